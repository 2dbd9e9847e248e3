"""A question that asks for several reports is looked for report by report."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from app.hints.outlets import outlets_in
from app.hints.parts import Part, parts_of
from app.hints.times import times_in

KNOWN = ("The Halvern Courier", "The Beacon", "Radio Tarrany")
ASKED = datetime(2026, 3, 18, tzinfo=UTC)


def parts(text: str) -> tuple[Part, ...]:
    return parts_of(text, outlets_in(text, KNOWN), times_in(text, ASKED))


def test_each_outlet_with_what_it_is_asked_for() -> None:
    text = "Does the Halvern Courier report that the mayor lied, while the Beacon calls it a mistake?"
    assert [(part.text, part.outlets) for part in parts(text)] == [
        ("Does the Halvern Courier report that the mayor lied", ("The Halvern Courier",)),
        ("while the Beacon calls it a mistake?", ("The Beacon",)),
    ]


def test_outlets_in_one_list_share_their_words() -> None:
    text = "Who sank the ferry, according to the Beacon and Radio Tarrany?"
    assert {(part.text, part.outlets) for part in parts(text)} == {
        (text, ("The Beacon",)),
        (text, ("Radio Tarrany",)),
    }


def test_each_report_has_its_own_day() -> None:
    text = (
        "Between the Beacon report of October 4, 2025 on the toll and the Beacon report of October 9, 2025 "
        "on the charges, who spoke?"
    )
    first, second = parts(text)
    assert [len(part.times) for part in (first, second)] == [1, 1]
    assert first.times[0].since == datetime(2025, 10, 4, tzinfo=UTC)
    assert second.times[0].since == datetime(2025, 10, 9, tzinfo=UTC)


def test_two_times_that_are_compared_are_two_parts() -> None:
    text = "How does the toll of February 2025 compare with that of February 2026?"
    assert [part.times[0].since for part in parts(text)] == [
        datetime(2025, 2, 1, tzinfo=UTC),
        datetime(2026, 2, 1, tzinfo=UTC),
    ]


@pytest.mark.parametrize(
    "text", ["Who sank the ferry?", "Who owns the Beacon?", "Who spoke in May 2025?", "What burned in 1997?"]
)
def test_most_questions_are_one(text: str) -> None:
    assert parts(text) == ()
