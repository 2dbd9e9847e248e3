"""What the wording was taken to say can be read, and is not missed in the evidence."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from app.hints.outlets import outlets_in
from app.hints.times import times_in
from app.hints.told import subject, told

KNOWN = ("The Halvern Courier", "The Beacon")
ASKED = datetime(2026, 3, 18, tzinfo=UTC)


def test_a_line_for_each_hint() -> None:
    text = "What has the Beacon reported about the ferry since May 2025?"
    hints = told(text, outlets_in(text, KNOWN), times_in(text, ASKED))
    assert [(h.kind, h.words, h.meaning) for h in hints] == [
        ("outlet", "the Beacon", "reports of The Beacon"),
        ("time", "since May 2025", "rather reports from 2025-05-01"),
    ]


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("According to the Halvern Courier, how many died?", "how many died?"),
        ("How many died, according to the Beacon?", "How many died?"),
        ("What did the Beacon say about the ferry?", "What did it say about the ferry?"),
        ("What did the Beacon report about the ferry?", "What did it say about the ferry?"),
        ("What has the Beacon written about the ferry?", "What has it said about the ferry?"),
        ("What do the Beacon and the Halvern Courier report on it?", "What does it say on it?"),
        ("What did the Beacon report?", "What did it report?"),
        ("What is the Beacon's report on the ferry?", "What is its report on the ferry?"),
        ("Who owns the Beacon?", "Who owns the Beacon?"),
        ("Which bridge closed in May 2025?", "Which bridge closed?"),
        ("What did the Beacon say in May 2025 about the ferry?", "What did it say about the ferry?"),
    ],
)
def test_the_subject_is_what_remains(text: str, about: str) -> None:
    assert subject(text, outlets_in(text, KNOWN), times_in(text, ASKED)) == about
