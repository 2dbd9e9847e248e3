"""Finding a claim word for word, and what stands around it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.agree.verbatim import stands_in
from app.verify import Evidence
from ingest.article import Article


def evidence(text: str, start: int = 0) -> Evidence:
    return Evidence(Article("a1", "Title", text), start, len(text))


def found(claim: str, text: str) -> str | None:
    place = stands_in(claim, evidence(text))
    return text[place.start : place.end] if place else None


TEXT = "HALVERN — The bridge “will\nnot close”, he said. He denied that the tram stopped. It rained, though."


@pytest.mark.parametrize(
    "claim",
    [
        'The bridge "will not close", he said.',
        "The bridge “will not close”, he said.",
        "the tram stopped.",
        "It rained",
    ],
)
def test_quotes_and_space_may_differ(claim: str) -> None:
    assert found(claim, TEXT) is not None


@pytest.mark.parametrize(
    "claim", ["the bridge", "The bridge will", "ridge", "tram stop", "", "…", "It snowed"]
)
def test_letters_and_word_ends_may_not(claim: str) -> None:
    assert found(claim, TEXT) is None


def test_a_whole_sentence_has_nothing_around_it_and_a_dateline_does_not_count() -> None:
    place = stands_in('The bridge "will not close", he said.', evidence(TEXT))

    assert place is not None
    assert place.is_whole


def test_what_stands_around_a_part_is_known() -> None:
    place = stands_in("the tram stopped.", evidence(TEXT))

    assert place is not None
    assert place.before.strip() == "He denied that"
    assert not place.is_whole


def test_only_the_evidence_is_searched() -> None:
    assert stands_in("It rained, though.", evidence(TEXT)) is not None
    assert stands_in("It rained, though.", Evidence(Article("a1", "", TEXT), 0, 40)) is None


@given(st.text(), st.text(), st.text())
def test_what_is_found_is_the_claim(before: str, claim: str, after: str) -> None:
    text = f"{before} {claim} {after}"
    place = stands_in(claim, evidence(text))
    if any(c.isalnum() for c in claim):
        assert place is not None
        assert 0 <= place.start < place.end <= len(text)
