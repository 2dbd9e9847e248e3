"""The Conversations tab: what this browser asked, found again, judged, saved as files."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, cast, get_args

import gradio as gr

from app import export
from app.keep import Keep
from app.kept import Saved, Thumb
from app.page import remembered
from app.page.panel import Text, Values, first, panel
from app.page.readers import reader_of
from app.page.tabs.asking import Reading
from ingest.errors import UsageError

if TYPE_CHECKING:
    from app.engine import Newsdesk
    from app.page.working import Working


class _Conversations(Reading):
    @cached_property
    def _keep(self) -> Keep:
        return Keep(self._desk.status().home)

    def listed(self, values: Values, request: gr.Request) -> str:
        """The conversations, those with the words where there are any."""
        words = first(values, "words")
        return remembered.listed(self._keep.conversations(reader_of(request), words), words)

    def kept(self, values: Values, request: gr.Request) -> str:
        """One conversation."""
        found = self._keep.conversation(reader_of(request), first(values, "conversation"))
        return remembered.conversation(found, self._desk.check)

    def rename(self, values: Values, request: gr.Request) -> str:
        reader, id_ = reader_of(request), first(values, "conversation")
        self._keep.rename(reader, id_, first(values, "name"))
        return remembered.renamed(self._keep.conversation(reader, id_), self._desk.check)

    def discard(self, values: Values, request: gr.Request) -> str:
        self._keep.delete(reader_of(request), first(values, "conversation"))
        return remembered.deleted()

    def judge(self, values: Values, request: gr.Request) -> str:
        """Remembers a thumb and a reason."""
        thumb = first(values, "thumb")
        if thumb not in get_args(Thumb):
            raise UsageError("An answer is judged good or bad.")
        reader, id_ = reader_of(request), first(values, "answer")
        self._keep.judge(reader, id_, cast(Thumb, thumb), first(values, "reason"))
        return remembered.judged(self._keep.answer(reader, id_), focus=True)

    def copied(self, values: Values, request: gr.Request) -> Text:
        """One answer for the clipboard."""
        form = first(values, "form")
        if form not in get_args(export.Copy):
            raise UsageError("An answer is copied as Markdown, plain text or with footnotes.")
        saved: Saved = self._keep.answer(reader_of(request), first(values, "answer"))
        return Text(export.copied(saved, cast(export.Copy, form)))

    def exported(self, values: Values, request: gr.Request) -> Text:
        """A conversation as a file."""
        form = first(values, "form")
        if form not in get_args(export.Document):
            raise UsageError("A conversation is saved as Markdown, HTML or JSON.")
        found = self._keep.conversation(reader_of(request), first(values, "conversation"))
        return Text(export.document(found, cast(export.Document, form)))

    def cases(self, values: Values, request: gr.Request) -> Text:
        """What this reader judged, as cases of an evaluation."""
        judged = self._keep.judged(reader_of(request))
        if not judged:
            raise UsageError("No answer was judged yet: mark one as good or bad first.")
        return Text(export.cases(judged))


def build(desk: Newsdesk, working: Working) -> None:
    """The tab's component, inside its `gr.Tab`."""
    tab = _Conversations(desk)
    panel(
        "conversations", working, tab.listed, tab.kept, tab.rename, tab.discard, tab.judge, tab.copied,
        tab.exported, tab.cases, tab.article,
    )  # fmt: skip
