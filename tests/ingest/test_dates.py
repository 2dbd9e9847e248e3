"""Dates are read as exactly as they say, and never guessed."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.article import Moment
from ingest.dates import EARLIEST_YEAR, date_in_address, parse_date_line, parse_moment

MOMENTS = st.builds(
    Moment.of,
    st.datetimes(datetime(EARLIEST_YEAR, 1, 2), datetime(9999, 12, 30), timezones=st.just(UTC)),
    st.sampled_from(["second", "day", "month"]),
)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2026-03-03", "2026-03-03"),
        (" 2026-3-3 ", "2026-03-03"),
        ("2026/03/03", "2026-03-03"),
        ("2026.03.03", "2026-03-03"),
        ("20260303", "2026-03-03"),
        (20260303, "2026-03-03"),
        ("2026-03", "2026-03"),
        ("March 2026", "2026-03"),
        ("2026-03-03T18:40:00Z", "2026-03-03T18:40:00+00:00"),
        ("2026-03-03T18:40:00.123+02:00", "2026-03-03T16:40:00+00:00"),
        ("2026-03-03T18:40:00+0000", "2026-03-03T18:40:00+00:00"),
        ("2026-03-03 18:40", "2026-03-03T18:40:00+00:00"),
        ("20260303184000", "2026-03-03T18:40:00+00:00"),
        ("Tue, 03 Mar 2026 18:40:00 -0500", "2026-03-03T23:40:00+00:00"),
        ("March 3, 2026", "2026-03-03"),
        ("Sept. 3, 2026", "2026-09-03"),
        ("3rd of March 2026", "2026-03-03"),
        ("03-Mar-2026", "2026-03-03"),
        ("3 March 2026, 18:40 GMT", "2026-03-03T18:40:00+00:00"),
        ("March 3, 2026 at 6:25 p.m. ET", "2026-03-03T23:25:00+00:00"),
        ("July 3, 2026 12:05 AM EDT", "2026-07-03T04:05:00+00:00"),
        ("3 March 2026 18:40 XYZ", "2026-03-03"),
        ("25/12/2021", "2021-12-25"),
        ("12/25/2021 10:30 AM", "2021-12-25T10:30:00+00:00"),
        ("03/03/2026", "2026-03-03"),
        (1772563200, "2026-03-03T18:40:00+00:00"),
        (1772563200.9, "2026-03-03T18:40:00+00:00"),
        ("1772563200", "2026-03-03T18:40:00+00:00"),
        (1772563200000, "2026-03-03T18:40:00+00:00"),
        (-1_000_000_000, "1938-04-24T22:13:20+00:00"),
        (date(2026, 3, 3), "2026-03-03"),
        (datetime(2026, 3, 3, 20, 40, tzinfo=timezone(timedelta(hours=2))), "2026-03-03T18:40:00+00:00"),
        ("3. März 2026", "2026-03-03"),
        ("3 de marzo de 2026", "2026-03-03"),
    ],
)
def test_a_date_is_read_with_its_precision(value: Any, expected: str) -> None:
    assert str(parse_moment(value)) == expected


@pytest.mark.parametrize(
    "value",
    ["01/02/03", "01/02/2003", "03.04.2026", "0000-00-00", "0001-01-01T00:00:00Z", "2026-02-30", "2026-13-01",
     "2026-03-03T25:00",
     "2026", "10", "yesterday", "Sat", "a", "", "   ", "3 thing 2026",
     "Article 3 March 2026", "March 3, 2026 was cold",
     "9999-12-31T23:59:59-14:00", "1" * 5_000, "9" * 119, None, True,
     0, 2026,
     float("nan"), float("inf"), -float("inf"), 10**30, [], {}, ["2026-03-03"], b"2026-03-03"],
)  # fmt: skip
def test_what_is_ambiguous_or_no_date_is_none(value: Any) -> None:
    assert parse_moment(value) is None


@given(MOMENTS)
def test_a_printed_moment_is_read_as_itself(moment: Moment) -> None:
    assert parse_moment(str(moment)) == moment


@given(st.one_of(st.text(max_size=130), st.integers(), st.floats(), st.binary()))
def test_nothing_raises(value: Any) -> None:
    moment = parse_moment(value)
    assert moment is None or moment.start.year >= EARLIEST_YEAR


@pytest.mark.parametrize(
    ("line", "published", "updated"),
    [
        ("2026-03-03", "2026-03-03", None),
        ("Published: 2026-03-03 18:40", "2026-03-03T18:40:00+00:00", None),
        ("First published on 3 March 2026", "2026-03-03", None),
        ("Updated 4 March 2026, 9 a.m.", None, "2026-03-04T09:00:00+00:00"),
        ("3 March 2026 | Updated 4 March 2026", "2026-03-03", "2026-03-04"),
        ("3 March 2026 (updated 4 March 2026)", "2026-03-03", "2026-03-04"),
        ("April 5, 2026 Updated April 8, 2026, 6:25 p.m. ET", "2026-04-05", "2026-04-08T22:25:00+00:00"),
        ("March 3, 2026 was cold.", None, None),
        ("The bridge opens on 3 March 2026", None, None),
        ("Updated daily", None, None),
        ("", None, None),
    ],
)
def test_a_line_of_dates_is_told_from_prose(line: str, published: str | None, updated: str | None) -> None:
    found = tuple(str(moment) if moment else None for moment in parse_date_line(line))
    assert found == (published, updated)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://courier.example/2026/03/14/bridge", "2026-03-14"),
        ("https://courier.example/news/2026/mar/4/bridge", "2026-03-04"),
        ("https://courier.example/2026-03-14", "2026-03-14"),
        ("https://courier.example/2026/03/bridge", "2026-03"),
        ("https://courier.example/2026/13/bridge", None),
        ("https://courier.example/2026/02/31/bridge", None),
        ("https://courier.example/1234/56/78", None),
        ("https://courier.example/bridge-2026", None),
        ("", None),
    ],
)
def test_the_date_in_an_address(url: str, expected: str | None) -> None:
    found = date_in_address(url)
    assert (str(found) if found else None) == expected
