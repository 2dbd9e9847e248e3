"""The Timeline tab: the dated events of a topic."""

from __future__ import annotations

from typing import TYPE_CHECKING

import gradio as gr

from app.page.panel import Values, panel
from app.page.tabs.asking import Reading, articles_of, topic_of, window_of
from app.page.topics import timeline_html

if TYPE_CHECKING:
    from app.engine import Newsdesk
    from app.page.working import Working


class _Timeline(Reading):
    def timeline(self, values: Values, request: gr.Request) -> str:
        from app.story.timeline import timeline

        found = timeline(self._desk, topic_of(values), **window_of(values))
        cited = [citation for event in found.events for citation in event.sentence.citations]
        return timeline_html(found, articles_of(self._desk, cited))


def build(desk: Newsdesk, working: Working) -> None:
    """The tab's component, inside its `gr.Tab`."""
    tab = _Timeline(desk)
    panel("timeline", working, tab.timeline, tab.outlets, tab.sections, tab.starters, tab.article)
