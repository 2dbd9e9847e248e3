"""What follows from an article's words alone: its passages, its sketch, its notices.

Made once, by a process beside the one that stores, for all who follow the archive's log; whoever finds
nothing made for a version makes it anew. Knows who makes each of them, not who keeps it.
"""

from __future__ import annotations

from typing import NamedTuple

from ingest.chunk import passage_spans
from ingest.duplicates import Sketch, Wording
from ingest.notices import Notice, notices
from ingest.sentences import Span

Version = tuple[str, int]
"""The id of an article and the number of one of its versions."""


class Derived(NamedTuple):
    """Of one version of an article."""

    passages: list[Span]
    sketch: Sketch
    notices: list[Notice]


def derive(words: tuple[str, str]) -> Derived:
    """What follows from a headline and its text."""
    title, text = words
    return Derived(passage_spans(text), Wording(title, text).sketch, notices(title, text))
