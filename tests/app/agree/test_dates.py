"""Times as articles name them, counted from the day of the article."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.agree.dates import dated_spans, fit, times

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


JUNE = date(2026, 6, 15)


@pytest.mark.parametrize(
    ("period", "inside"),
    [
        ("in the last quarter", "in January 2026"),
        ("in the last quarter", "on March 31, 2026"),
        ("this quarter", "in April 2026"),
        ("next quarter", "in September 2026"),
        ("in the last decade", "in 2014"),
        ("in the last decade", "in 2010"),
        ("in the last decade", "in May 2026"),
        ("in the past decade", "in 2017"),
        ("this decade", "in 2021"),
        ("in the next decade", "in 2027"),
        ("in the next decade", "in 2038"),
        ("in the coming decade", "in 2035"),
        ("in the last century", "in 1905"),
        ("in the last century", "in the 1950s"),
        ("in the past century", "in 2003"),
        ("this century", "in 2003"),
    ],
)
def test_long_periods_hold_all_their_years(period: str, inside: str) -> None:
    assert how(period, inside, JUNE) == "same"
    assert how(inside, period, JUNE) in ("same", "finer")


@pytest.mark.parametrize(
    ("period", "outside"),
    [
        ("in the last quarter", "in December 2025"),
        ("in the last quarter", "in April 2026"),
        ("this quarter", "in July 2026"),
        ("in the last decade", "in 2009"),
        ("in the past decade", "in 2014"),
        ("this decade", "in 2019"),
        ("in the coming decade", "in 2038"),
        ("in the last century", "in 1850"),
        ("this century", "in 1999"),
    ],
)
def test_long_periods_hold_no_other_years(period: str, outside: str) -> None:
    assert how(period, outside, JUNE) == "other"
    assert how(outside, period, JUNE) == "other"


def test_the_last_quarter_of_january_is_of_the_year_before() -> None:
    assert how("in the last quarter", "in October 2025", date(2026, 1, 5)) == "same"


def test_the_last_decade_does_not_hold_the_day_of_the_article() -> None:
    (last,) = times("in the last decade", JUNE)
    assert all(not low <= JUNE.toordinal() <= high for low, high in last.spans)


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
