"""Dates in a question become ranges of days, counted back from the day it is asked on."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.hints.times import times_in

ASKED = datetime(2026, 3, 18, 12, tzinfo=UTC)  # a Wednesday


def ranges(text: str) -> list[tuple[str, str]]:
    return [
        (t.since.date().isoformat() if t.since else "", t.until.date().isoformat() if t.until else "")
        for t in times_in(text, ASKED)
    ]


@pytest.mark.parametrize(
    ("text", "since", "until"),
    [
        ("Who spoke on 4 October 2023?", "2023-10-04", "2023-10-04"),
        ("Who spoke on February 4th?", "2026-02-04", "2026-02-04"),
        ("Who spoke on the 4th of February?", "2026-02-04", "2026-02-04"),
        ("What has changed since Feb. 4?", "2026-02-04", ""),
        ("Who was hurt in the 4 October 2023 attack?", "2023-10-04", "2023-10-04"),
        ("What closed in February?", "2026-02-01", "2026-02-28"),
        ("What closed in Feb 2024?", "2024-02-01", "2024-02-29"),
        ("What closed on 2024-02-10?", "2024-02-10", "2024-02-10"),
        ("What has changed since Easter 2023?", "2023-04-09", ""),
        ("What happened before Christmas?", "", "2025-12-25"),
        ("Who led in the polls in the run-up to the March vote?", "2025-12-31", "2026-03-31"),
        ("Who was hurt between May 1 and May 4, 2025?", "2025-05-01", "2025-05-04"),
        ("What was said from January to March 2025?", "2025-01-01", "2025-03-31"),
        ("What happened two weeks ago?", "2026-03-01", "2026-03-07"),
        ("How many fires in the past 3 months?", "2025-12-18", "2026-03-18"),
        ("Who resigned last Friday?", "2026-03-13", "2026-03-13"),
        ("Who resigned yesterday?", "2026-03-17", "2026-03-17"),
        ("What did the budget of last year say?", "2025-01-01", "2025-12-31"),
        ("What was built in 1997?", "1997-01-01", "1997-12-31"),
        ("What burned in the summer of 2019?", "2019-06-01", "2019-08-31"),
        ("In 2024, who won?", "2024-01-01", "2024-12-31"),
        ("By 2024, how many had left?", "", "2024-12-31"),
        ("In February, who won?", "2026-02-01", "2026-02-28"),
        ("Last February, who won?", "2026-02-01", "2026-02-28"),
        ("Yesterday the mayor resigned: why?", "2026-03-17", "2026-03-17"),
        ("The day before yesterday, who resigned?", "2026-03-16", "2026-03-16"),
        ("Last Friday the mayor resigned: why?", "2026-03-13", "2026-03-13"),
        ("Two weeks ago, who resigned?", "2026-03-01", "2026-03-07"),
        ("A year ago, who was mayor?", "2024-09-19", "2025-09-14"),
        ("Past 3 months: how many fires?", "2025-12-18", "2026-03-18"),
        ("Last year, what did the budget say?", "2025-01-01", "2025-12-31"),
        ("Since February 4, what has changed?", "2026-02-04", ""),
        ("From November to January 2026, what closed?", "2025-11-01", "2026-01-31"),
        ("What closed from November to January 2025?", "2024-11-01", "2025-01-31"),
        ("What closed between March 2025 and March 2021?", "2021-03-01", "2025-03-31"),
    ],
)
def test_times_as_people_say_them(text: str, since: str, until: str) -> None:
    assert ranges(text) == [(since, until)]


@pytest.mark.parametrize(
    "text",
    [
        "May the mayor do that?",
        "Who marched through Halvern?",
        "Which of the 2022 reports was withdrawn?",
        "Who was hurt on 31 June?",
        "What costs 2024 pounds?",
        "Who planned the Feb. 4 attack?",
        "What did the February 4 committee find?",
        "Who survived the attack of February 4?",
        "What has changed since the Feb. 4 attack?",
        "Who was hurt in the Easter Sunday bombings?",
        "What was on Halvern's Christmas market?",
        "This may be the end: who said so?",
        "Last may the best win?",
        "May Halvern win?",
    ],
)
def test_what_is_no_time(text: str) -> None:
    assert ranges(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Who spoke on October 4th?",
        "How many were freed since Oct. 4?",
        "What stood there before October 4?",
        "Since October 4, how many were freed?",
    ],
)
def test_a_day_long_ago_may_be_of_any_year(text: str) -> None:
    assert ranges(text) == []
    assert len(ranges(text.replace(" 4th", " 4").replace(" 4", " 4, 2025"))) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Will there be a recession in 2027?",
        "Who will speak on 30 March?",
        "What will be built by 2030?",
        "Who runs from April 2026 to May 2027?",
    ],
)
def test_what_is_to_come_was_not_reported_then(text: str) -> None:
    assert ranges(text) == []


def test_a_time_that_has_begun_is_one_of_reports() -> None:
    assert ranges("Will there be a recession in 2026?") == [("2026-01-01", "2026-12-31")]
    assert ranges("What opened today, 18 March 2026?") == [("2026-03-18", "2026-03-18")]


def test_a_leap_day_is_a_day() -> None:
    [time] = times_in("Who spoke on 29 February?", datetime(2024, 3, 18, tzinfo=UTC))
    assert time.since == datetime(2024, 2, 29, tzinfo=UTC)
    assert ranges("Who spoke on 29 February?") == []  # in 2026 it is long ago, as any other day


def test_a_range_from_a_leap_day_to_a_year_without_one() -> None:
    asked = datetime(2028, 3, 18, tzinfo=UTC)
    [time] = times_in("What closed between 29 February and 31 March 2025?", asked)
    assert (time.since, time.until and time.until.date()) == (
        datetime(2025, 2, 28, tzinfo=UTC),
        datetime(2025, 3, 31, tzinfo=UTC).date(),
    )


def test_a_range_over_a_new_year_is_never_empty() -> None:
    asked = datetime(2027, 3, 18, tzinfo=UTC)
    [time] = times_in("What closed from November to January 2026?", asked)
    assert time.since == datetime(2025, 11, 1, tzinfo=UTC)
    assert 90 < time.days < 93


def test_how_far_a_day_is_from_a_time() -> None:
    [time] = times_in("on 4 October 2023", ASKED)
    at = datetime(2023, 10, 4, 15, tzinfo=UTC).timestamp()
    assert time.distance(int(at)) == 0
    assert time.distance(int(at + 86_400)) == 0  # the report of the day after
    assert time.distance(int(at + 3 * 86_400)) == pytest.approx(1.6, abs=0.1)
    assert time.distance(int(at - 3 * 86_400)) == pytest.approx(2.4, abs=0.1)


WORDS = st.sampled_from(
    "In since from From to between and until 29 February November January March 2024 2025 2026 1900 ² 5th , "
    "last Last Two weeks ago Easter year Friday on the run-up".split()
)


@given(
    st.text(alphabet="in since may 0123456789-ofMarchEasterlast,", max_size=60)
    | st.lists(WORDS, max_size=12).map(" ".join)
)
def test_no_wording_is_too_strange(text: str) -> None:
    for time in times_in(text, ASKED):
        assert 0 <= time.start < time.end <= len(text)
        assert time.since or time.until
        assert not (time.since and time.until) or time.days >= 0
