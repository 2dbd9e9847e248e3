"""What of a given answer must be in a text for the text to hold it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.wanted import wanted
from app.words import stem


def share(answer: str, *texts: str, asked: str = "") -> float:
    return wanted(answer, {stem(word) for word in asked.split()}, lambda _: 1.0).share_in(*texts)


@pytest.mark.parametrize(
    ("answer", "text"),
    [
        ("six", "The trial lasts 6 months."),
        ("6", "Six of them left."),
        ("$1.6bn", "It cost 1.6 billion dollars."),
        ("68%", "About 68 per cent voted."),
        ("1,600", "In all 1,648 books were banned."),
        ("16 states", "Laws changed in sixteen states."),
        ("Philadelphia 76ers", "The Philadelphia 76ers won."),
        ("38.7C", "It was 38.7C in Cambridge."),
    ],
)
def test_numbers_are_held_as_amounts(answer: str, text: str) -> None:
    assert share(answer, text) == 1.0


@pytest.mark.parametrize(
    ("answer", "text"),
    [
        ("6", "It begins at 6 p.m."),
        ("6", "The 6th of them."),
        ("$450,000", "The ticket is $240."),
        ("60%", "It grew by 75%."),
        ("8 billion", "The 8 million of them."),
        ("$5 million", "About 5 per cent."),
    ],
)
def test_another_number_is_not_held(answer: str, text: str) -> None:
    assert share(answer, text) == 0.0


def test_words_and_numbers_count_together() -> None:
    assert share("five weeks", "After five years.") == 0.5
    assert share("five weeks", "After some weeks.") == 0.5
    assert share("five weeks", "Weeks ago.", "Five died.") == 1.0


def test_words_of_the_question_tell_nothing_unless_there_are_no_others() -> None:
    assert share("Hall mayor", "Ada Hall spoke.", asked="which mayor") == 1.0
    assert share("the mayor", "Ada Hall spoke.", asked="which mayor") == 0.0
    assert share("six mayor", "The mayor spoke.", asked="which mayor") == 0.0


@given(st.text(max_size=60), st.text(max_size=60))
def test_a_share_is_a_share_and_every_answer_is_in_itself_with_more_around_it(answer: str, text: str) -> None:
    assert 0.0 <= share(answer, text) <= 1.0
    assert share(answer, text, answer) >= share(answer, answer) - 1e-9
