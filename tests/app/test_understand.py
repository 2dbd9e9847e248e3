"""Questions and filters become exact windows; what cannot be used is said in one sentence."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from app.talk.converse import Exchange
from app.understand import LONGEST_QUESTION, Query, understand
from ingest.article import Moment
from ingest.errors import UsageError

NOW = datetime(2026, 3, 18, 12, tzinfo=UTC)  # a Wednesday


def understood(question: str = "Who won?", **given: object) -> Query:
    return understand(question, now=NOW, **given)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("2026-03-14", "2026-03-14"),
        (date(2026, 3, 14), "2026-03-14"),
        ("2026-03", "2026-03"),
        ("14 March 2026", "2026-03-14"),
        ("March 2026", "2026-03"),
        ("yesterday", "2026-03-17"),
        ("last Friday", "2026-03-13"),
        ("", None),
        (None, None),
    ],
)
def test_dates_as_people_give_them(given: str | date | None, expected: str | None) -> None:
    as_of = understood(as_of=given).as_of
    assert (str(as_of) if as_of else None) == expected


@pytest.mark.parametrize(
    ("given", "since", "until", "as_of"),
    [
        ("2025", "2025-01-01", "2025-12-31", "2025-12-31"),
        ("in 2025", "2025-01-01", "2025-12-31", "2025-12-31"),
        ("last year", "2025-01-01", "2025-12-31", "2025-12-31"),
        ("this year", "2026-01-01", "2026-12-31", "2026-03-18"),  # nothing is asked from a day to come
        ("Q4 2025", "2025-10-01", "2025-12-31", "2025-12-31"),
        ("last week", "2026-03-09", "2026-03-15", "2026-03-15"),
        ("this week", "2026-03-16", "2026-03-22", "2026-03-18"),
        ("in March 2025", "2025-03", "2025-03", "2025-03"),
        ("last month", "2026-02", "2026-02", "2026-02"),
        ("two years ago", "2024-03-18", "2024-03-18", "2024-03-18"),
        ("3 months ago", "2025-12-18", "2025-12-18", "2025-12-18"),
        ("20260314", "2026-03-14", "2026-03-14", "2026-03-14"),
    ],
)
def test_a_year_begins_where_it_is_since_and_ends_where_it_is_until(
    given: str, since: str, until: str, as_of: str
) -> None:
    limits = (understood(since=given).since, understood(until=given).until, understood(as_of=given).as_of)
    assert tuple(map(str, limits)) == (since, until, as_of)


def test_a_window_of_one_year_is_all_of_it() -> None:
    window = understood(since="2025", until="2025").window
    assert window.since == Moment.parse("2025-01-01").epoch
    assert window.until == Moment.parse("2025-12-31T23:59:59+00:00").epoch


def test_a_week_after_all_years_is_no_date() -> None:
    with pytest.raises(UsageError, match="is not a date"):
        understood(as_of="9999-12-31", until="this week")


def test_the_window_holds_whole_days() -> None:
    window = understood(as_of="2026-03-14", since="2026-03", until="2026-03-10").window
    assert window.as_of == Moment.parse("2026-03-14T23:59:59+00:00").epoch
    assert window.since == Moment.parse("2026-03-01").epoch
    assert window.until == Moment.parse("2026-03-10T23:59:59+00:00").epoch


def test_relative_filters_count_from_as_of() -> None:
    assert str(understood(as_of="2026-01-10", since="last Monday").since) == "2026-01-05"


@pytest.mark.parametrize(
    ("question", "given", "said"),
    [
        ("", {}, "empty"),
        ("  \n ", {}, "empty"),
        ("x" * 100_000, {}, "100,000 characters"),
        ("Who?", {"as_of": "soonish"}, "The as-of date 'soonish' is not a date"),
        ("Who?", {"since": "2026-02-30"}, "is not a date"),
        ("Who?", {"since": "2026-03-02", "until": "2026-03-01"}, "swap them"),
        ("Who?", {"sources": ["Nobody"], "known_sources": ["The Courier"]}, "it has: The Courier"),
    ],
)
def test_what_cannot_be_used_is_said_in_one_sentence(
    question: str, given: dict[str, object], said: str
) -> None:
    with pytest.raises(UsageError, match=said) as error:
        understood(question, **given)
    assert "\n" not in str(error.value)
    assert len(str(error.value)) < 300


def test_outlets_are_found_whatever_their_case() -> None:
    known = ["The Halvern Courier", "Radio Tarrany"]
    assert understood(sources=["halvern courier", "RADIO TARRANY"], known_sources=known).sources == tuple(
        known
    )


@pytest.mark.parametrize(
    ("asked", "chosen"),
    [
        (["Courier"], ("Courier",)),
        (["The Courier"], ("The Courier",)),
        (["the courier"], ("The Courier", "Courier")),
        (["courier", "Courier"], ("The Courier", "Courier")),
        (["Tarrany Mail"], ("tarranymail.co.uk",)),
    ],
)
def test_of_outlets_of_one_name_the_very_one_is_chosen_else_all(
    asked: list[str], chosen: tuple[str, ...]
) -> None:
    known = ["The Courier", "Courier", "tarranymail.co.uk"]
    assert understood(sources=asked, known_sources=known).sources == chosen


@pytest.mark.parametrize("name", ["", "!!", "the"])
def test_what_names_no_outlet_chooses_none(name: str) -> None:
    with pytest.raises(UsageError, match="No outlet"):
        understood(sources=[name], known_sources=["Courier", "…"])


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("What is the latest on the bridge?", True),
        ("Who resigned on Monday?", True),
        ("Who designed the bridge?", False),
        ("Is the sun a star?", False),
        ("Which article says this: “The mayor resigned on Monday, the council said.”", False),
        ("What did the mayor call “a new day” this week?", True),
        ("What did the council decide last weekend?", True),
        ("Who speaks at the opening tomorrow?", True),
    ],
)
def test_wording_that_wants_the_newest(question: str, wanted: bool) -> None:
    assert understood(question).wants_newest is wanted


def test_the_name_of_an_outlet_wants_nothing_new() -> None:
    known = ["Tarrany Today", "New Halvern"]
    question = "What did Tarrany Today report about the ferry, and what New Halvern?"
    query = understood(question, known_sources=known)
    assert (query.wants_newest, query.is_of_these_days) == (False, False)
    assert understood("What did Tarrany Today report today?", known_sources=known).is_of_these_days


@pytest.mark.parametrize(
    ("question", "is_of_these_days"),
    [
        ("What did the council decide last weekend?", True),
        ("Who resigned on Monday?", True),
        ("What is the latest on the bridge?", False),  # it may be years old
        ("Which article says this: “The mayor resigned on Monday, the council said.”", False),
    ],
)
def test_wording_that_is_about_these_days(question: str, is_of_these_days: bool) -> None:
    assert understood(question).is_of_these_days is is_of_these_days


@pytest.mark.parametrize(
    ("question", "meant"),
    [
        ("And in Tillbrook?", "Who runs the ferry in Tillbrook?"),
        ("Who said that?", "Who runs the ferry? Who said that?"),
        ("When did it capsize?", "When did the ferry capsize?"),
        ("Why?", "Who runs the ferry? Why?"),
        ("Who said that the ferry was safe?", "Who said that the ferry was safe?"),
        ("What did the mayor announce in January?", "What did the mayor announce in January?"),
    ],
)
def test_a_follow_up_is_understood_after_the_question_before(question: str, meant: str) -> None:
    query = understood(question, history=["Who runs the ferry?"])
    assert (query.question, query.text) == (question, meant)
    assert understood(question).text == question


def test_the_answer_before_tells_who_is_meant() -> None:
    before = Exchange("Who runs the ferry?", answer_text="The ferry is run by Gerard Fenn.")
    assert understood("How old is he?", history=[before]).text == "How old is Gerard Fenn?"


def test_wording_that_wants_the_newest_is_carried_on() -> None:
    history = ["What is the latest on the bridge in Halvern?"]
    assert understood("And in Tillbrook?", history=history).wants_newest
    assert not understood("Who designed the tower?", history=history).wants_newest


@pytest.mark.parametrize("question", ["Why?", "And in Syria?", "Who said that?", "x" * LONGEST_QUESTION])
def test_a_follow_up_is_never_longer_than_a_question_may_be(question: str) -> None:
    history = ["Who won? " * 1_000, "Did the mayor of Halvern resign, " * 1_000]
    assert len(understood(question, history=history).text) <= LONGEST_QUESTION
