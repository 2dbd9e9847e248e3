"""What a browser sends is read strictly, and a made-up message is one sentence, not a fault."""

from __future__ import annotations

from typing import Any

import pytest

from app.page.asked import Asked
from app.page.turn import Filters
from app.talk.converse import Exchange
from ingest.errors import UsageError

EARLIER = {"question": "Who won?", "understood": "Who won the race?", "answer": "Ada.", "sources": ["Echo"]}
SENT: dict[str, Any] = {
    "id": "q1",
    "conversation": "c-123456",
    "number": 2,
    "question": "And who lost?",
    "filters": {
        "as_of": " 2026-01-16 ",
        "since": "",
        "until": "",
        "sources": ["The Meridian"],
        "sections": ["Culture"],
        "writer": "extractive",
    },
    "history": [EARLIER],
}


def test_a_question_is_read_with_its_filters_and_what_came_before() -> None:
    asked = Asked.from_json(SENT)
    assert (asked.id, asked.conversation, asked.number) == ("q1", "c-123456", 2)
    assert asked.question == "And who lost?"
    assert asked.filters == Filters("2026-01-16", "", "", ("The Meridian",), ("Culture",), "extractive")
    assert asked.history == (Exchange("Who won?", "Who won the race?", "Ada.", ("Echo",)),)


def test_only_the_latest_exchanges_are_read() -> None:
    many = [EARLIER | {"question": str(number)} for number in range(50)]
    assert [e.question for e in Asked.from_json(SENT | {"history": many}).history] == [
        str(number) for number in range(30, 50)
    ]


def test_half_characters_are_replaced() -> None:
    assert Asked.from_json(SENT | {"question": "who \ud800?"}).question == "who ??"


@pytest.mark.parametrize(
    "change",
    [
        {"id": 3},
        {"id": "x" * 65},
        {"conversation": None},
        {"number": 0},
        {"number": "1"},
        {"question": None},
        {"filters": []},
        {"filters": {"as_of": 1, "since": "", "until": "", "sources": [], "sections": [], "writer": ""}},
        {"filters": {"as_of": "", "since": "", "until": "", "sources": [], "sections": "", "writer": ""}},
        {"filters": {"as_of": "", "since": "", "until": "", "sources": [], "sections": [], "writer": None}},
        {"history": {}},
        {"history": ["Who won?"]},
        {"history": [EARLIER | {"answer": None}]},
    ],
)
def test_anything_else_is_no_question(change: dict[str, Any]) -> None:
    with pytest.raises(UsageError, match="The page sent something that is no question"):
        Asked.from_json(SENT | change)
    with pytest.raises(UsageError):
        Asked.from_json(None)
