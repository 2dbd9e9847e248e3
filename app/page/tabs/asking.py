"""What the tabs on a topic share: the part of the archive that is asked, and the articles that are cited."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict

import gradio as gr

from app.answer import Citation
from app.examples import running_topics
from app.page.evidence import whole
from app.page.panel import Values, first
from app.page.parts import outlet
from app.page.text import safe
from ingest.archive import Archive
from ingest.article import Article
from ingest.errors import UsageError

if TYPE_CHECKING:
    from app.engine import Newsdesk


_STARTERS = 4


class Window(TypedDict):
    """The filters of `Newsdesk.ask`, as a form holds them."""

    as_of: str | None
    since: str | None
    until: str | None
    sources: tuple[str, ...]


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
    )


def articles_of(desk: Newsdesk, citations: Iterable[Citation]) -> dict[str, Article]:
    """The cited articles by id."""
    return {id_: desk.show(id_) for id_ in dict.fromkeys(citation.article_id for citation in citations)}


class Reading:
    """What every tab lets a reader do beside its own matter: choose outlets, open an article."""

    def __init__(self, desk: Newsdesk) -> None:
        self._desk = desk

    def outlets(self, values: Values, request: gr.Request) -> str:
        """The outlets of the archive, to be ticked."""
        return "".join(
            f'<label><input type="checkbox" name="source" value="{safe(name)}"> {outlet(name)} '
            f"<small>{articles:,}</small></label>"
            for name, articles in self._desk.status().outlets
        )

    def starters(self, values: Values, request: gr.Request) -> str:
        """Topics to begin with, from the archive itself."""
        archive = Archive(Path(self._desk.status().home))
        try:
            topics = list(islice(running_topics(archive), _STARTERS))
        finally:
            archive.close()
        buttons = "".join(map(_starter, topics))
        return f'<h3 class="head">For instance</h3>{buttons}' if topics else ""

    def article(self, values: Values, request: gr.Request) -> str:
        """A whole article in the version that was quoted, its quotes marked."""
        now = self._desk.show(first(values, "article"))
        version = first(values, "version")
        quoted = self._desk.show(now.id, int(version)) if version.isdigit() else now
        spans = [span for text in first(values, "at").split() if (span := _span(text, len(quoted.text)))]
        # In this tab's reading view; the name is that of another's.
        return whole(quoted, spans, newer=quoted.version < now.version).replace(' id="reader-title"', "", 1)


def _starter(topic: str) -> str:
    name = safe(topic)
    return f'<button type="button" class="starter" data-topic="{name}" dir="auto">{name}</button>'


def _span(text: str, length: int) -> tuple[int, int] | None:
    start, _, end = text.partition("-")
    if not (start.isdigit() and end.isdigit()):
        return None
    span = int(start), int(end)
    return span if 0 <= span[0] < span[1] <= length else None
