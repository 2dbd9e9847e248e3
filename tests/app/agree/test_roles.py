"""Who does what to whom."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.agree.roles import is_turned_rightly, role_faults, roles


def found(claim: str, sentence: str) -> list[bool]:
    return [fault.contradicts for fault in role_faults(claim, [sentence])]


@pytest.mark.parametrize(
    ("claim", "sentence"),
    [
        ("Varley sued Holt in 2011.", "Holt sued Varley in 2011; the two settled."),
        ("Bo Marl was defeated by Ann Lee.", "Bo Marl defeated Ann Lee in Halvern by 12 votes."),
        ("Holt was overtaken by Varley.", "Its rival Holt overtook it last year."),
        ("The army praised President Ferrant.", "President Ferrant praised the army."),
        ("Marl asked Lee to lie.", "Marl testified that Lee asked him to lie."),
    ],
)
def test_what_is_turned_round_contradicts(claim: str, sentence: str) -> None:
    assert found(claim, sentence) == [True]


@pytest.mark.parametrize(
    ("claim", "sentence"),
    [
        ("Varley was sued by Holt in 2011.", "Holt sued Varley in 2011; the two settled."),
        ("Ann Lee was defeated by Bo Marl.", "Bo Marl defeated Ann Lee in Halvern by 12 votes."),
        ("Skerrow met Maresby.", "Maresby met Skerrow on Friday."),
        ("Two women attacked in May have sued.", "He attacked two women in May."),
        ("The shop was closed.", "The shop closed by noon."),
        ("Holt opened pre-owned stores by end of May.", "Holt pre-owned stores opened."),
        ("A goat-based show made by Varley.", "Varley based a show on goats."),
    ],
)
def test_what_is_only_said_in_another_voice_does_not(claim: str, sentence: str) -> None:
    assert found(claim, sentence) == []


def test_another_who_does_it_in_the_same_sentence_is_no_support() -> None:
    sentence = "They feared that Odile would be worse than Ivo, which killed 14 people in Maresby."

    assert found("Odile killed 14 people in Maresby.", sentence) == [False]
    assert found("Ivo killed 14 people in Maresby.", sentence) == []


def test_commas_may_stand_between_a_unit_and_its_verb() -> None:
    (role,) = [r for r in roles("Lee, who served under Marl, resigned in May.") if r.verb.text == "resigned"]

    assert [token.text for token in role.left] == ["Lee"]


def test_a_passive_turns_its_units() -> None:
    assert is_turned_rightly("Varley was sued by Holt.", "Holt sued Varley.")
    assert not is_turned_rightly("Holt was sued by Varley.", "Holt sued Varley.")


@given(st.text(), st.text())
def test_any_two_texts_can_be_compared(claim: str, sentence: str) -> None:
    list(role_faults(claim, [sentence]))
