"""What the browser asks for beside answers: what the archive holds, questions to try, an article to read.

Plain functions, as Gradio calls them from a component's script by their names (`server.archive()`).
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import gradio as gr

from app.page import evidence, parts
from app.page.changes import is_allowed
from app.page.text import safe, visible
from app.page.working import Working
from ingest.errors import NewsdeskError, UsageError

if TYPE_CHECKING:
    from app.engine import Newsdesk
    from ingest.article import Moment

logger = logging.getLogger(__name__)

EXAMPLES = 4


def lookups(desk: Newsdesk, working: Working) -> list[Callable[..., Any]]:
    """The functions, over one open archive."""
    examples_of = _Examples(desk)

    def archive(_: object, request: gr.Request) -> dict[str, Any]:
        with working:
            return _archive(desk) | {"may_add": is_allowed(request)}

    def examples(_: object = None) -> list[str]:
        with working:
            return [visible(question) for question in examples_of()]

    def article(wanted: object) -> str:
        try:
            with working:
                return _article(desk, wanted)
        except NewsdeskError as error:
            return f'<p class="problem">{safe(str(error))}</p>'

    return [archive, examples, article]


def _archive(desk: Newsdesk) -> dict[str, Any]:
    """What the archive holds now, for the masthead and the controls."""
    try:
        status = desk.status()
    except NewsdeskError as error:
        return {"masthead": parts.troubled_masthead(str(error)), "unfinished": True}
    return {
        "masthead": parts.masthead(status),
        "articles": status.articles,
        "first": _day(status.first),
        "last": _day(status.last),
        "unfinished": not status.articles or status.vectors < status.passages,
    }


def _day(moment: Moment | None) -> str:
    return f"{moment.start:%Y-%m-%d}" if moment else ""


class _Examples:
    """Questions to try. The engine tries them itself: once for an archive of one size, not per visitor."""

    def __init__(self, desk: Newsdesk) -> None:
        self._desk = desk
        self._trying = threading.Lock()
        self._tried: tuple[int, list[str]] = (0, [])

    def __call__(self) -> list[str]:
        with self._trying:
            try:
                if (size := self._desk.status().articles) != self._tried[0]:
                    self._tried = (size, self._desk.examples(EXAMPLES)[:EXAMPLES] if size else [])
            except NewsdeskError as error:
                logger.warning("No examples: %s", error)
            return self._tried[1]


def _article(desk: Newsdesk, wanted: object) -> str:
    """A whole article as it was when it was quoted, its quotes marked, with who else had it as of a day."""
    match wanted:
        case {"id": str(id_), "version": int(version), "at": list(at), "as_of": str(as_of)}:
            now = desk.show(id_)
            quoted = now if version in (0, now.version) else desk.show(id_, version)
            spans = _spans(at, len(quoted.text))
            related = desk.related(now.id, as_of=as_of or None)
            return evidence.whole(quoted, spans, newer=quoted is not now, related=related)
    raise UsageError("The page asked for no article: load it again.")


def _spans(values: list[object], length: int) -> list[tuple[int, int]]:
    """The pairs among the values that are spans of a text of this length."""
    spans = []
    for value in values:
        match value:
            case [int(start), int(end)] if 0 <= start < end <= length:
                spans.append((start, end))
    return spans
