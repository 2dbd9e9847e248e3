"""What the tabs on a topic share: the part of the archive that is asked, and the articles that are cited."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, TypedDict

import gradio as gr

from app.answer import Citation
from app.page.evidence import whole
from app.page.panel import Values, first
from app.page.text import safe
from app.related import NOTHING
from ingest.article import Article
from ingest.errors import UsageError

if TYPE_CHECKING:
    from app.engine import Newsdesk


_STARTERS = 4
_LONGEST_NUMBER = 10


class Window(TypedDict):
    """The filters of `Newsdesk.ask`, as a form holds them."""

    as_of: str | None
    since: str | None
    until: str | None
    sources: tuple[str, ...]
    sections: tuple[str, ...]


def topic_of(values: Values) -> str:
    """The topic that was typed; raises UsageError when there is none."""
    topic = first(values, "topic")
    if not topic:
        raise UsageError("Type a topic first: a name, a place or a few words.")
    return topic


def window_of(values: Values) -> Window:
    return Window(
        as_of=first(values, "as_of") or None,
        since=first(values, "since") or None,
        until=first(values, "until") or None,
        sources=tuple(values.get("source", ())),
        sections=tuple(values.get("section", ())),
    )


def articles_of(desk: Newsdesk, citations: Iterable[Citation]) -> dict[str, Article]:
    """The cited articles by id."""
    return {id_: desk.show(id_) for id_ in dict.fromkeys(citation.article_id for citation in citations)}


class Reading:
    """What every tab lets a reader do beside its own matter: choose outlets and sections, open an article."""

    def __init__(self, desk: Newsdesk) -> None:
        self._desk = desk

    def outlets(self, values: Values, request: gr.Request) -> str:
        """The outlets of the archive, to be ticked."""
        return _ticks("source", self._desk.status().outlets)

    def sections(self, values: Values, request: gr.Request) -> str:
        """The sections of the archive, to be ticked."""
        return _ticks("section", self._desk.status().sections)

    def starters(self, values: Values, request: gr.Request) -> str:
        """Topics to begin with, from the archive itself."""
        buttons = "".join(map(_starter, self._desk.topics(_STARTERS)))
        return f'<h3 class="head">For instance</h3>{buttons}' if buttons else ""

    def article(self, values: Values, request: gr.Request) -> str:
        """A whole article in the version that was quoted, its quotes marked.

        Where the day is known that it was asked as of, also who else had printed it by then, and what
        corrected it.
        """
        now = self._desk.show(first(values, "article"))
        version = _number(first(values, "version"))
        quoted = now if version is None else self._desk.show(now.id, version)
        spans = [span for text in first(values, "at").split() if (span := _span(text, len(quoted.text)))]
        as_of = first(values, "as_of") or None
        related = self._desk.related(now.id, as_of=as_of) if "as_of" in values else NOTHING
        shown = whole(quoted, spans, newer=quoted.version < now.version, related=related)
        # In this tab's reading view; the name is that of another's.
        return shown.replace(' id="reader-title"', "", 1)


def _ticks(field: str, counted: Iterable[tuple[str, int]]) -> str:
    return "".join(
        f'<label><input type="checkbox" name="{field}" value="{safe(name)}"> <bdi>{safe(name)}</bdi> '
        f"<small>{articles:,}</small></label>"
        for name, articles in counted
    )


def _starter(topic: str) -> str:
    name = safe(topic)
    return f'<button type="button" class="starter" data-topic="{name}" dir="auto">{name}</button>'


def _span(text: str, length: int) -> tuple[int, int] | None:
    begins, _, ends = text.partition("-")
    start, end = _number(begins), _number(ends)
    return (start, end) if start is not None and end is not None and start < end <= length else None


def _number(text: str) -> int | None:
    """The number that a page handed in; no place in an article and no version has more digits."""
    return int(text) if text.isdecimal() and len(text) <= _LONGEST_NUMBER else None
