"""Times as articles name them, counted from the day of the article."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.agree.dates import Happened, dated_spans, fit, happened, last_told, times

SATURDAY = date(2026, 3, 14)


def how(claim: str, evidence: str, anchor: date | None = SATURDAY) -> str:
    return fit(times(claim, anchor)[0], times(evidence, anchor)[0])


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        ("on March 13", "on Friday"),
        ("on 13 March 2026", "on Friday"),
        ("on 2026-03-13", "yesterday"),
        ("on Friday", "on March 13"),
        ("on March 20", "next on Friday"),
        ("in March", "on Friday"),
        ("in 2026", "on March 13"),
        ("in 2025", "last year"),
        ("in February 2026", "last month"),
        ("on March 5", "on March 5, 2026"),
        ("in the 1990s", "in 1994"),
        ("in 2024", "two years ago"),
        ("on Sept. 3", "on 3 September"),
    ],
)
def test_these_are_the_same(claim: str, evidence: str) -> None:
    assert how(claim, evidence) == "same"


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        ("on March 12", "on Friday"),
        ("on Thursday", "on Friday"),
        ("in 2025", "in 2024"),
        ("in April", "on March 13"),
        ("in 2026", "last year"),
        ("in January 2026", "last month"),
    ],
)
def test_these_are_others(claim: str, evidence: str) -> None:
    assert how(claim, evidence) == "other"


@pytest.mark.parametrize(("claim", "evidence"), [("on March 13", "in March"), ("in June 2024", "in 2024")])
def test_a_claim_can_know_it_more_exactly(claim: str, evidence: str) -> None:
    assert how(claim, evidence) == "finer"


def test_without_a_date_of_the_article_weekdays_are_compared_as_words() -> None:
    assert how("on Friday", "on Friday", None) == "same"
    assert how("on Monday", "on Friday", None) == "other"
    assert how("on March 13", "on Friday", None) == "finer"
    assert how("on March 13", "on March 13, 2026", None) == "same"


@pytest.mark.parametrize(
    "text",
    ["They may march.", "$2024 in all", "room 2019b", "an august 12 men", "2,024 people", "2024 people"],
)
def test_these_are_no_dates(text: str) -> None:
    assert dated_spans(text) == ()


def test_impossible_days_are_unknown_and_do_no_harm() -> None:
    (one,) = times("on February 31", SATURDAY)

    assert not one.is_known


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


@given(st.text(), st.one_of(st.none(), st.dates()))
def test_any_text_can_be_read(text: str, anchor: date | None) -> None:
    for one in times(text, anchor):
        assert text[one.start : one.end] == one.text
        assert all(low <= high for low, high in one.spans)
        assert fit(one, one) == "same"


@given(st.dates(date(1950, 1, 1), date(2060, 1, 1)), st.integers(0, 6))
def test_a_weekday_is_the_day_that_it_was(anchor: date, back: int) -> None:
    day = date.fromordinal(anchor.toordinal() - back)

    assert how(f"on {day:%B} {day.day}, {day.year}", f"on {day:%A}", anchor) == "same"
