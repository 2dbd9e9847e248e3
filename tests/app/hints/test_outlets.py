"""Outlets are known by any of their names, and asked for only where the wording asks for their reports."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.hints.outlets import outlets_in

KNOWN = (
    "The Halvern Courier",
    "tarranymail.co.uk",
    "Ledger News - Business",
    "The Month",
    "Port Ellery Mercury",
    "Beacon",
)


def found(text: str) -> list[tuple[str, str, bool]]:
    return [(text[o.start : o.end], o.names[0], o.demanded) for o in outlets_in(text, KNOWN)]


@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        ("According to the Halvern Courier, who won?", "Halvern Courier", "The Halvern Courier"),
        ("What does the Tarrany Mail say of it?", "Tarrany Mail", "tarranymail.co.uk"),
        ("Who, tarranymail.co.uk reported, was hurt?", "tarranymail.co.uk", "tarranymail.co.uk"),
        ("Ledger's report on the strike", "Ledger", "Ledger News - Business"),
        ("the article in Ledger News", "Ledger News", "Ledger News - Business"),
        ("as reported by The Month", "The Month", "The Month"),
        ("Who owns the ferry, as stated in 'Beacon'?", "Beacon", "Beacon"),
    ],
)
def test_reports_are_asked_for_by_any_name(text: str, words: str, name: str) -> None:
    [(said, known, demanded)] = found(text)
    assert (said.removeprefix("the "), known, demanded) == (words, name, True)


@pytest.mark.parametrize(
    "text", ["Who is the owner of the Halvern Courier?", "Was anyone at the Beacon hurt?"]
)
def test_an_outlet_can_be_what_a_question_is_about(text: str) -> None:
    [(_, _, demanded)] = found(text)
    assert not demanded


@pytest.mark.parametrize(
    "text",
    [
        "Who resigned in the month of May?",
        "Which month was the driest?",
        "Beacon or tower, which burned?",
        "Who sends mail to Tarrany?",
    ],
)
def test_ordinary_words_are_no_outlets(text: str) -> None:
    assert not found(text)


def test_who_asks_for_one_outlet_asks_for_all_that_are_named() -> None:
    text = "Does the Halvern Courier report that the mayor lied, while the Beacon calls it a mistake?"
    assert [(name, demanded) for _, name, demanded in found(text)] == [
        ("The Halvern Courier", True),
        ("Beacon", True),
    ]


@given(st.text(max_size=200))
def test_places_are_in_the_text_and_in_order(text: str) -> None:
    outlets = outlets_in(text, KNOWN)
    assert all(0 <= o.start < o.end <= len(text) for o in outlets)
    assert all(a.end <= b.start for a, b in pairwise(outlets))
