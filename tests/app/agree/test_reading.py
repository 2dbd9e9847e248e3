"""Base forms, and folding that finds its way back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.agree.reading import base, fold, read


@pytest.mark.parametrize(
    "forms", ["rise rose risen rises", "fall fell fallen falling", "win won wins", "city cities", "man men"]
)
def test_forms_of_a_word_share_a_base(forms: str) -> None:
    assert len({base(word) for word in forms.split()}) == 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("didn't", ["did", "n't"]),
        ("won’t", ["wo", "n’t"]),
        ("cannot", ["can", "not"]),
        ("knot", ["knot"]),
        ("Ann's", ["Ann's"]),
    ],
)
def test_negations_are_words_of_their_own(text: str, expected: list[str]) -> None:
    assert [token.text for token in read(text)] == expected


def test_wont_is_will_not() -> None:
    assert [token.base for token in read("won't")] == [base("will"), "not"]


def test_quotes_dashes_ligatures_and_space_are_alike() -> None:
    assert fold("“ﬁne”  —\n‘so’…").text == fold("\"fine\" - 'so'...").text


@given(st.text())
def test_every_sign_knows_where_it_stood(text: str) -> None:
    folded = fold(text)

    assert len(folded.text) == len(folded.places)
    assert list(folded.places) == sorted(folded.places)
    for at in range(len(folded.text)):
        start, end = folded.span(at, at + 1)
        assert 0 <= start < end <= len(text)


@given(st.text())
def test_words_stand_where_they_say(text: str) -> None:
    assert all(text[token.start : token.end] == token.text for token in read(text))
