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
