"""Which values are read from sentences, with their units, what they count and what they are."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.asking import asked
from app.story.amounts import amounts
from app.story.figures import figures, value_of
from app.story.quantity import quantity
from app.words import stem


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("It brings the number who died to 30.", [("30", 30, "", "level")]),
        ("At least eleven people were killed.", [("eleven", 11, "", "level")]),
        ("One hundred and forty-one, not 138.", [("One hundred and forty-one", 141, "", "level"),
                                                ("138", 138, "", "former")]),
        ("The dam will cost €520m.", [("€520m", 520e6, "€", "level")]),
        ("It cost 1.2 billion dollars.", [("1.2 billion dollars", 1.2e9, "$", "level")]),
        ("The toll was cut from 29 to 28.", [("29", 29, "", "former"), ("28", 28, "", "level")]),
        ("Prices rose 4.5 per cent.", [("4.5 per cent", 4.5, "%", "change")]),
        ("The lake stood at 61% of capacity.", [("61%", 61, "%", "level")]),
        ("That is €53m above the estimate.", [("€53m", 53e6, "€", "change")]),
        ("There were 3,981,600 people.", [("3,981,600", 3_981_600, "", "level")]),
        ("She won by 461 votes.", [("461", 461, "", "level")]),
        ("Parking costs €2 a day.", [("€2", 2, "€", "change")]),
        ("Support is three points up.", [("three points", 3, "point", "change")]),
        ("It was a $1.2-billion deal.", [("$1.2-billion", 1.2e9, "$", "level")]),
        ("Eighteen of the dead were old.", [("Eighteen", 18, "", "part")]),
        ("All but five were ill.", [("five", 5, "", "part")]),
    ],
)  # fmt: skip
def test_reads_values_with_unit_and_role(sentence: str, expected: list[tuple[str, float, str, str]]) -> None:
    assert [(f.text, f.value, f.unit, f.role) for f in figures(sentence)] == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "It sank on 2 December 2025.",
        "The ferry left at 5.40 p.m. on Dec. 2.",
        "Jory Pascoe, 38, watched the 66-year-old ship.",
        "Athletic won 3-2 in 1921.",
        "No one but the 12th man came to Pier 4.",
    ],
)
def test_dates_times_ages_and_scores_are_no_figures(sentence: str) -> None:
    assert figures(sentence) == ()


def test_tells_what_is_counted_and_how_surely() -> None:
    (figure,) = figures("Almost 38,000 homes lost power when the storm came.")
    assert figure.bound == "almost"
    assert figure.counted == tuple(map(stem, ("homes", "lost", "power")))


@pytest.mark.parametrize(
    ("words", "value"),
    [("twenty-nine", 29), ("fourteen thousand", 14_000), ("two million", 2e6), ("hundred", None), ("", None)],
)
def test_number_words(words: str, value: float | None) -> None:
    assert value_of(words) == value


@given(st.text(max_size=200))
def test_any_text_is_read_and_spans_point_into_it(text: str) -> None:
    found = figures(text)
    assert all(text[f.start : f.end] == f.text and f.text for f in found)
    assert all(one.end <= other.start for one, other in pairwise(found))


@given(st.lists(st.sampled_from("at least 30 29 people died €5 million from to by 61 per cent , .".split())))
def test_any_run_of_news_words_is_read(words: list[str]) -> None:
    sentence = " ".join(words)
    assert all(sentence[f.start : f.end] == f.text for f in figures(sentence))


@pytest.mark.parametrize(
    ("question", "sentence", "expected"),
    [
        (
            "How many people died in the mill fire?",
            "The number of dead in the mill fire stands at 24.",
            ["24"],
        ),
        ("How many people died in the mill fire?", "It brings the number who died to 30.", ["30"]),
        ("How many people died in the mill fire?", "Nine people were injured in the mill fire.", []),
        ("How many people died in the mill fire?", "Three children died in the mill fire.", []),
        ("How many people died in the mill fire?", "The mill fire killed 12, up from nine.", ["12"]),
        (
            "How many people died in the mill fire?",
            "The fire of 1921 killed 57 people at the mill in Oslo.",
            [],
        ),
        ("How many homes lost power in the storm?", "The storm left 900 homes without power.", ["900"]),
        ("How many homes lost power in the storm?", "The storm sank 52 boats and power failed.", []),
        ("How much will the Tarn bridge cost?", "The Tarn bridge will cost €520m.", ["€520m"]),
        ("How much will the Tarn bridge cost?", "The pause costs the builder €180,000 a day.", []),
        ("How full is Lake Orr?", "Lake Orr has fallen to 54 per cent of capacity.", ["54 per cent"]),
        ("How full is Lake Orr?", "Demand for Lake Orr water fell by 3 per cent.", []),
        ("Mill fire death toll", "The mill fire killed 12 people.", ["12"]),
        ("How many people did Storm Odile kill?", "Storm Ivo killed 12 people.", []),
        ("How many people did Storm Odile kill?", "In Varn, seven people were killed by Storm Odile.", []),
        (
            "How many people did Storm Odile kill?",
            "In all 19 died in Storm Odile, 4 in Varn.",
            ["19"],
        ),
        ("How many people died in the mill fire?", "Fires at mills killed 40 people nationally.", []),
        ("How many cases of fever are there?", "Fever cases are in men with a median age of 36.", []),
        ("How many people died in the mill fire?", "The toll of the mill fire was put at 100 to 300.", []),
        ("How many people died in France and Spain?", "The toll in France rose to 12.", []),
        ("How much did the Tarn office save?", "The Tarn office has a savings goal of €2 million.", []),
    ],
)
def test_only_the_amount_that_is_asked_for(question: str, sentence: str, expected: list[str]) -> None:
    wanted = quantity(asked(question), question)
    assert wanted is not None
    assert [f.text for f in amounts(wanted, sentence)] == expected


def test_no_amount_is_asked_for_by_who_and_why() -> None:
    for question in ("Who won the election?", "Why did the mill burn?", "The harbour of Ennismore"):
        assert quantity(asked(question), question) is None
