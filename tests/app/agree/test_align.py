"""Laying a claim beside a sentence, and finding what was swapped."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.agree.align import align, exchanged

SENTENCE = "Halvern beat Maresby 2-1 on Friday, and Ann Lee scored both goals for the side from the capital."


def test_the_same_words_are_wholly_shared() -> None:
    laid = align(SENTENCE, SENTENCE)

    assert laid.share == laid.kept == pytest.approx(1.0)
    assert laid.slots == ()


def test_a_slot_says_what_is_said_and_what_is_written() -> None:
    (slot,) = align(SENTENCE.replace("Friday", "Monday"), SENTENCE).slots

    assert [t.text for t in slot.said] == ["Monday"]
    assert [t.text for t in slot.written] == ["Friday"]
    assert slot.before is not None
    assert slot.before.text == "on"
    assert slot.after == slot.then or (slot.after and slot.then and slot.after.text == slot.then.text)


@pytest.mark.parametrize(
    "claim",
    [
        "Maresby beat Halvern 2-1 on Friday.",
        "Halvern beat Maresby 1-2 on Friday.",
        SENTENCE.replace("Halvern", "X").replace("Maresby", "Halvern").replace("X", "Maresby"),
    ],
)
def test_swapped_words_are_found(claim: str) -> None:
    assert exchanged(claim, SENTENCE) is not None


def test_whole_names_are_swapped_as_one() -> None:
    one, other = exchanged("Ann Lee sued Bo Marl.", "Bo Marl sued Ann Lee.")  # type: ignore[misc]

    assert {one.text, other.text} == {"Ann Lee", "Bo Marl"}


@pytest.mark.parametrize(
    ("claim", "sentence"),
    [
        ("On Friday, Halvern beat Maresby 2-1.", "Halvern beat Maresby 2-1 on Friday."),
        ("Ann Lee said the tram stopped.", "The tram stopped, Ann Lee said."),
        ("Maresby and Halvern drew.", "Halvern and Maresby drew."),
    ],
)
def test_moved_phrases_are_not_swaps(claim: str, sentence: str) -> None:
    assert exchanged(claim, sentence) is None


@given(st.text(), st.text())
def test_any_two_texts_can_be_laid_side_by_side(claim: str, sentence: str) -> None:
    laid = align(claim, sentence)

    assert 0 <= laid.share <= 1 + 1e-9
    exchanged(claim, sentence)
