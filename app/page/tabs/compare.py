"""The Compare tab: outlets side by side on one question."""

from __future__ import annotations

from typing import TYPE_CHECKING

import gradio as gr

from app.page.panel import Values, panel
from app.page.tabs.asking import Reading, articles_of, topic_of, window_of
from app.page.topics import comparison_html

if TYPE_CHECKING:
    from app.engine import Newsdesk
    from app.page.working import Working


class _Compare(Reading):
    def compare(self, values: Values, request: gr.Request) -> str:
        from app.story.compare import compare

        found = compare(self._desk, topic_of(values), **window_of(values))
        cited = [c for side in found.outlets for sentence in side.sentences for c in sentence.citations]
        shared = [r.citation for agreement in found.agreements for r in agreement.readings]
        noted = [r.citation for note in (*found.disagreements, *found.series) for r in note.readings]
        return comparison_html(found, articles_of(self._desk, [*cited, *shared, *noted]))


def build(desk: Newsdesk, working: Working) -> None:
    """The tab's component, inside its `gr.Tab`."""
    tab = _Compare(desk)
    panel("compare", working, tab.compare, tab.outlets, tab.sections, tab.starters, tab.article)
