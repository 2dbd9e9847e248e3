"""Which stretches of a sentence could be a short answer."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.spans import LONGEST, spans_of


@pytest.mark.parametrize(
    ("sentence", "shape", "text"),
    [
        ("It will cost €438 million in all.", "money", "€438 million"),
        ("It cost 90 dollars.", "money", "90 dollars"),
        ("Turnout was 61.4 percent.", "percent", "61.4 percent"),
        ("Prices rose 3.2%.", "percent", "3.2%"),
        ("It opens on 14 March 2026, they said.", "date", "14 March 2026"),
        ("It opens on Friday.", "date", "Friday"),
        ("At least 3,981,600 people live there.", "number", "3,981,600"),
        ("Twenty-one people came.", "number", "Twenty-one"),
        ("The mayor, Nela Ferrant, spoke.", "name", "Nela Ferrant"),
        ("It was Ferrant’s idea.", "name", "Ferrant"),
        ("It was said by Tarrany Gov. Nela Ferrant.", "name", "Tarrany Gov. Nela Ferrant"),
        ("They sang “The Long Way Home” twice.", "title", "The Long Way Home"),
        ("He was treated for a skin cancer.", "words", "skin cancer"),
        ("Bank of Tarrany and Halvern agreed.", "name", "Halvern"),
    ],
)
def test_finds(sentence: str, shape: str, text: str):
    assert (shape, text) in {(span.shape, span.text) for span in spans_of(sentence)}


def test_function_words_alone_are_no_answer():
    assert spans_of("It was to be for the.") == ()


@given(st.text(max_size=200))
def test_every_span_is_a_short_stretch_of_the_sentence(sentence: str):
    spans = spans_of(sentence)
    assert len({(span.start, span.end) for span in spans}) == len(spans)
    for span in spans:
        assert sentence[span.start : span.end] == span.text == span.text.strip() != ""
        assert len(span.text.split()) <= LONGEST
