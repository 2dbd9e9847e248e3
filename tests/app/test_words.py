"""Stems, content words and how much a word tells."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.words import content_words, covered_share, rarity, stem


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("killed", "killing"),
        ("bombings", "bombing"),
        ("cities", "city"),
        ("stopped", "stop"),
        ("Quill’s", "quill"),
        ("six", "6"),
        ("1,000", "1000"),
        ("U.S.", "US"),
        ("closed", "closes"),
    ],
)
def test_forms_of_a_word_share_their_stem(one: str, other: str) -> None:
    assert stem(one) == stem(other)


@pytest.mark.parametrize(("one", "other"), [("bus", "but"), ("this", "thing"), ("sing", "sin")])
def test_different_words_keep_apart(one: str, other: str) -> None:
    assert stem(one) != stem(other)


def test_content_words_leave_out_the_small_ones_and_repeats() -> None:
    assert content_words("Who is the captain of the ferry, and whose ferry is it?") == ["captain", "ferry"]


def test_in_a_large_archive_its_own_counts_decide() -> None:
    counts = {"ferry": 90_000, "hull": 3}
    idf = rarity(100_000, lambda word: counts.get(word, 0))

    assert idf("ferry") < 0.2
    assert idf("hull") > 7


def test_in_an_archive_of_one_article_common_words_still_tell_little() -> None:
    idf = rarity(1, lambda word: 1)

    assert idf("the") < idf("people") < idf("hull") <= idf("anchorage")


def test_the_share_covered_counts_by_weight() -> None:
    terms = [("hull", 3.0), ("ferry", 1.0)]

    assert covered_share(terms, {"hull"}) == 0.75
    assert covered_share(terms, set()) == 0.0
    assert covered_share([], {"hull"}) == 1.0


@given(st.text(max_size=60), st.integers(0, 1_000), st.integers(0, 1_000))
def test_rarity_is_never_negative(word: str, documents: int, frequency: int) -> None:
    assert rarity(documents, lambda _: min(frequency, documents))(word) >= 0.0
    assert isinstance(stem(word), str)
