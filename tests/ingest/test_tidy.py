"""Tidy text has no unseen characters, and tidying it again changes nothing."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.tidy import tidy, tidy_line, unescaped

# The characters that text is spoiled with, more often than chance would draw them.
SPOILED = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from(
            " \n\r\t\v\x00\x85\u00a0\u00ad\u0301\u2000\u200b\u200c\u200d\u2028\u202e\u212b\ufe0f\ufeff"
        ),
        st.sampled_from("a1é“👩🔬❤🏽ک\ud800\udfff\U000e0041\ufdd0"),
    )
)


@given(SPOILED)
def test_tidying_twice_is_tidying_once(text: str) -> None:
    assert tidy(tidy(text)) == tidy(text)


@given(SPOILED)
def test_tidy_text_can_be_stored_and_shown(text: str) -> None:
    done = tidy(text)
    assert unicodedata.is_normalized("NFC", done)
    assert done.encode("utf-8").decode("utf-8") == done
    assert not any(unicodedata.category(c) in ("Cc", "Cs") and c != "\n" for c in done)
    assert "\n\n\n" not in done
    assert "  " not in done
    assert done == done.strip()


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("one\r\ntwo\rthree\u2028four", "one\ntwo\nthree\nfour"),
        ("one\u2029two\n \t\n\n\nthree", "one\n\ntwo\n\nthree"),
        ("a\u00a0b\t\u2009 c", "a b c"),
        ("cafe\u0301", "café"),
        ("in\u00advis\u200bible\x00\ufeff", "invisible"),
        ("abc\u202edcba\u2066x\u2069", "abcdcbax"),
        ("flag\U000e0067\U000e0062\U000e007f", "flag"),
        ("broken \ud83d", "broken \ufffd"),
        ("a\u200db \u200d👩\u200d🔬 👩\u200d", "ab 👩\u200d🔬 👩"),
        ("❤\ufe0f x\ufe0f 1\ufe0f\u20e3", "❤\ufe0f x 1\ufe0f\u20e3"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("z" + "\u0316" * 40, "z" + "\u0316" * 4),
    ],
)
def test_what_is_not_seen_goes_and_what_is_written_stays(raw: str, expected: str) -> None:
    assert tidy(raw) == expected


def test_a_field_is_one_line() -> None:
    assert tidy_line(" Two\n\n lines\t here ") == "Two lines here"


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("R&amp;D", "R&D"),
        ("caf&#233;", "café"),
        ("&#0000000233;", "é"),
        ("a &#99999999; b", "a \ufffd b"),
        (f"a &#{'9' * 5_000}; b", "a \ufffd b"),
        (f"a &#{'9' * 5_000} b", "a \ufffd b"),
    ],
)
def test_entities_are_the_characters_that_they_stand_for(text: str, meant: str) -> None:
    assert unescaped(text) == meant


@given(SPOILED)
def test_a_text_without_entities_stays_as_it_is(text: str) -> None:
    assert unescaped(text.replace("&", "")) == text.replace("&", "")
