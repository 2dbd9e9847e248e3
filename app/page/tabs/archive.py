"""The Archive tab: what is in it, adding to it, looking after it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property, wraps
from pathlib import Path
from typing import TYPE_CHECKING

import gradio as gr
from gradio.utils import get_upload_folder

from app.intake import Intake
from app.page import adding, holdings
from app.page.changes import SWITCHED_OFF, is_allowed, must_be_allowed
from app.page.files import read
from app.page.panel import Function, Text, Values, first, panel
from app.page.tabs.asking import Reading
from app.page.text import safe
from ingest.census import Census
from ingest.errors import UsageError

if TYPE_CHECKING:
    from app.engine import Newsdesk
    from app.page.working import Working

REFRESH_SECONDS = 1.0
_ADDRESSES = 100
_WATCH = '<p data-then="intake"></p>'
"""Has the page look how the adding goes."""


class _Archive(Reading):
    @cached_property
    def _home(self) -> Path:
        return Path(self._desk.status().home)

    @cached_property
    def _intake(self) -> Intake:
        return Intake(self._home)

    def held(self, values: Values, request: gr.Request) -> str:
        """What the archive holds."""
        status = self._desk.status()
        if not status.articles and not status.rejected:
            return holdings.nothing(is_allowed(request))
        census = Census(self._home)
        found = holdings.holdings(status, census.tallies()) if status.articles else holdings.nothing(True)
        found += holdings.reprinted(census.reprinted()) + holdings.edited(census.edited())
        return found + holdings.rejected(census.rejections(), status.rejected)

    def changing(self, values: Values, request: gr.Request) -> str:
        """The forms that add to it and look after it, or why there are none."""
        if is_allowed(request):
            return read("changing.html")
        return f'<p class="nothing">{safe(SWITCHED_OFF)}</p>'

    def take_in(self, values: Values, request: gr.Request) -> str:
        """Begins to take in what was sent and what is at the addresses."""
        files = list(_uploaded(values.get("files", ())))
        addresses = first(values, "addresses").split()
        if not files and not addresses:
            raise UsageError("Nothing to add: choose files or type an address.")
        if len(addresses) > _ADDRESSES:
            raise UsageError(f"Those are {len(addresses)} addresses: add at most {_ADDRESSES} at once.")
        for address in addresses:
            if not address.startswith(("http://", "https://")):
                raise UsageError(f"{address[:100]!r} is not an address: it begins with https://.")
        self._intake.begin([*files, *addresses], source=first(values, "outlet"))
        return _WATCH

    def take_sample(self, values: Values, request: gr.Request) -> str:
        self._intake.begin([], sample=True)
        return _WATCH

    def halt(self, values: Values, request: gr.Request) -> str:
        self._intake.stop()
        return _WATCH

    def intake(self, values: Values, request: gr.Request) -> str:
        """How the adding goes."""
        return adding.intake(self._intake.now(), REFRESH_SECONDS)

    def verify(self, values: Values, request: gr.Request) -> str:
        return adding.checked(self._desk.verify())

    def repair(self, values: Values, request: gr.Request) -> str:
        self._desk.repair()
        return adding.checked(self._desk.verify())


def _uploaded(paths: Sequence[str]) -> Iterator[Path]:
    """The files that were sent; raises UsageError for any other file of this machine."""
    folder = Path(get_upload_folder()).resolve()
    for path in paths:
        file = Path(path).resolve()
        if not file.is_relative_to(folder) or not file.is_file():
            raise UsageError("A file did not arrive: choose it again.")
        yield file


def build(desk: Newsdesk, working: Working) -> None:
    """The tab's component, inside its `gr.Tab`."""
    tab = _Archive(desk)
    changing = (tab.take_in, tab.take_sample, tab.halt, tab.verify, tab.repair)
    panel("archive", working, tab.held, tab.changing, tab.intake, *map(_allowed, changing), tab.article)


def _allowed(function: Function) -> Function:
    """The function, for those who may change the archive."""

    @wraps(function)
    def called(values: Values, request: gr.Request) -> str | Text:
        must_be_allowed(request)
        return function(values, request)

    return called
