"""Which outlets a sentence names as its source, and what is left when that is read off."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.llm.attribution import attributed
from tests.app.llm.press import PRESS, whole

PASSAGES = whole(*PRESS)


@pytest.mark.parametrize(
    ("text", "claim", "outlets"),
    [
        ("According to the Orrin Echo, the pier fell.", "The pier fell.", ["The Orrin Echo"]),
        ("The Orrin Echo reported that the pier fell.", "The pier fell.", ["The Orrin Echo"]),
        ("Inland Post said on 6 November 2031 that the pier fell.", "The pier fell.", ["Inland Post"]),
        ("On November 6, the Inland Post reported the pier fell.", "The pier fell.", ["Inland Post"]),
        ("The pier fell, the Inland Post reported.", "The pier fell.", ["Inland Post"]),
        ("The pier fell, according to Inland Post.", "The pier fell.", ["Inland Post"]),
        ("The pier fell (Inland Post, 6 November 2031).", "The pier fell.", ["Inland Post"]),
        (
            "The pier fell (Inland Post), according to The Orrin Echo.",
            "The pier fell.",
            ["The Orrin Echo", "Inland Post"],
        ),
        ("The Inland Post has moved to Marl.", "The Inland Post has moved to Marl.", []),
        ("According to the Daily Lamp, the pier fell.", "According to the Daily Lamp, the pier fell.", []),
        ("According to the Inland Post.", "According to the Inland Post.", []),
    ],
)
def test_outlets_are_read_off(text: str, claim: str, outlets: list[str]) -> None:
    said = attributed(text, PASSAGES)

    assert said.claim == claim
    assert sorted(said.outlets) == sorted(outlets)


@pytest.mark.parametrize("when", ["6 March 2019", "Monday", "5 November 2031", "June"])
def test_a_wrong_date_of_publication_stays_in_the_claim(when: str) -> None:
    text = f"Inland Post reported on {when} that the pier fell."

    assert attributed(text, PASSAGES).claim == text


@given(text=st.text(max_size=80), source=st.text(max_size=12))
def test_any_outlet_and_any_sentence_will_do(text: str, source: str) -> None:
    from dataclasses import replace

    said = attributed(f"According to {source}, {text}", whole(replace(PRESS[0], source=source)))
    assert set(said.outlets) <= {source}
