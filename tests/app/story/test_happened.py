"""When something happened, as a sentence tells it."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.story.happened import Happened, happened, last_told

SATURDAY = date(2026, 3, 14)


@pytest.mark.parametrize(
    ("sentence", "day"),
    [
        ("The pier burned down on Friday.", date(2026, 3, 13)),
        ("The pier burned down on Saturday.", SATURDAY),
        ("The pier burned down on Wednesday, the mayor will say.", date(2026, 3, 11)),
        ("The mayor said on Tuesday that the pier will burn.", date(2026, 3, 10)),
        ("The mayor opened the pier last Monday.", date(2026, 3, 9)),
        ("The pier burned down yesterday.", date(2026, 3, 13)),
        ("The pier burned down on 2 March.", date(2026, 3, 2)),
        ("The pier burned down on 2 December.", date(2025, 12, 2)),
        ("The pier burned down on 2 December 2031, as was planned.", date(2031, 12, 2)),
        ("Ten days after the pier burned down on 17 March, nobody has been charged.", date(2026, 3, 17)),
    ],
)
def test_what_happened_has_the_day_that_is_told(sentence: str, day: date) -> None:
    until = date(2031, 12, 31).toordinal() if "2031" in sentence else 0
    found = happened(sentence, SATURDAY, until)
    assert (date.fromordinal(found.day), found.precision, found.other) == (day, "day", 0)


@pytest.mark.parametrize(
    "sentence",
    [
        "The mayor will open the pier on Tuesday.",
        "The mayor is ready for another launch attempt Tuesday.",
        "If the mayor wins on Thursday, the pier goes.",
        "The uncrewed ferry leaves on Tuesday.",
        "The ceremony, initially set Monday evening, is off.",
        "Her funeral on Thursday is days away.",
        "The mayor is willing to speak Tuesday.",
        "The pier is to open on 20 March.",
        "A 20 March film was inspired by the pier.",
        "The 2 December march made the mayor known.",
        "“I slept badly today,” the mayor said.",
        'Monday Night Football went on, "Today" anchor Ada Quill reports.',
        "The mayor must win in January.",
    ],
)
def test_what_is_to_come_or_is_a_name_dates_nothing(sentence: str) -> None:
    assert happened(sentence, SATURDAY) == Happened(SATURDAY.toordinal(), "published")


@pytest.mark.parametrize("sentence", ["The pier burned down on Sunday.", "The mayor resigned Monday."])
def test_a_weekday_long_past_may_be_the_one_to_come(sentence: str) -> None:
    found = happened(sentence, SATURDAY)
    assert found.other == found.day + 7


@pytest.mark.parametrize(
    ("sentence", "precision"),
    [
        ("In January the pier closed.", "month"),
        ("Last month the pier closed.", "month"),
        ("In 2024 the pier closed.", "year"),
        ("Last year the pier closed.", "year"),
        ("This week the pier is in the news.", "month"),
        ("In the 1990s the pier closed.", "published"),
        ("In the last decade the pier closed.", "published"),
        ("In the last century the pier closed.", "published"),
        ("Last quarter the pier closed.", "year"),
        ("The 2024 fire made it known.", "published"),
        ("The pier, which the mayor praised in January, closed.", "published"),
    ],
)
def test_months_and_years_are_told_where_no_day_is(sentence: str, precision: str) -> None:
    assert happened(sentence, SATURDAY).precision == precision


def test_a_page_tells_of_days_after_its_own_when_it_was_updated() -> None:
    assert last_told("The pier burned down on 3 May 2027.", SATURDAY) == date(2027, 5, 3).toordinal()
    assert last_told("The pier will open on 3 May 2027. It closed on 3 May 2025.", SATURDAY) == 0
    weekday = happened("The pier burned down on Friday.", SATURDAY, date(2026, 5, 3).toordinal())
    assert weekday.other == weekday.day + 7


@given(st.text(), st.dates(date(2, 1, 1)), st.integers(0, 800_000))
def test_any_text_tells_some_day(text: str, anchor: date, until: int) -> None:
    assert happened(text, anchor, until).day > 0
    assert last_told(text, anchor) >= 0
