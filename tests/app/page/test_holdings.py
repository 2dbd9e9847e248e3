"""What the archive holds, as HTML."""

from __future__ import annotations

from dataclasses import replace

from app.page import holdings
from ingest.article import Moment, Rejection
from ingest.census import Edited, Reprinted, Tally
from ingest.status import Status
from tests.app.hostile import HOSTILE
from tests.app.page.elements import Elements

STATUS = Status(
    "home", "model", articles=5, versions=7, passages=20, vectors=20, undated=1, stories=1, reprints=2,
    outlets=(("Halverton Post", 4), ("", 1)), first=Moment.parse("2025-12-03"),
    last=Moment.parse("2026-02-14"),
)  # fmt: skip
TALLIES = [
    Tally("2025-12", "Halverton Post", 1),
    Tally("2026-02", "Coastal Wire", 1),
    Tally("2026-02", "Halverton Post", 2),
    Tally("", "Halverton Post", 1),
]


def test_the_archive_in_numbers_by_month_and_by_outlet() -> None:
    page = Elements(holdings.holdings(STATUS, TALLIES))
    assert "3 December 2025 – 14 February 2026" in page.text
    assert "reprints of 1 report2" in page.text
    assert "earlier versions kept" in page.text
    assert "All 20 passages can be found" in page.text
    # Three months, the empty one between too, as columns and as rows of a table.
    assert "January 20260" in page.text
    assert "February 20263" in page.text
    chart = page.values("aria-label")[0]
    assert chart == "Articles by month. December 2025 to February 2026, most in February 2026: 3."


def test_vectors_on_their_way_are_told() -> None:
    page = Elements(holdings.holdings(replace(STATUS, vectors=5), TALLIES))
    assert "5 of 20 passages (25 %)" in page.text
    assert ("max", "20") in page.attributes
    quiet = Elements(holdings.holdings(replace(STATUS, reprints=0, versions=5), TALLIES))
    assert not any(word in quiet.text for word in ("reprint", "earlier", "correction"))


def test_a_long_archive_is_counted_by_year() -> None:
    tallies = [Tally("1998-05", "Halverton Post", 3), Tally("2026-02", "Halverton Post", 1)]
    page = Elements(holdings.holdings(STATUS, tallies))
    assert page.values("aria-label")[0] == "Articles by year. 1998 to 2026, most in 1998: 3."


def test_an_empty_archive_invites() -> None:
    assert "sample archive" in holdings.nothing(may_add=True)
    assert "newsdesk ingest PATH" in holdings.nothing(may_add=False)
    assert "below" not in holdings.nothing(may_add=False)


def test_versions_and_rejections_are_listed_with_reasons() -> None:
    page = Elements(holdings.edited([Edited("a1", "Storm", "Post", Moment.parse("2026-01"), 7)]))
    assert page.values("data-version") == ["3", "4", "5", "6", "7"]
    page = Elements(
        holdings.rejected([Rejection("/secret/place/x.txt", "line 3", "empty", "It has no text.")], 9)
    )
    assert "x.txt, line 3" in page.text
    assert "secret" not in page.text
    assert "9 rejected, the last 1" in page.text
    report = Reprinted("a1", "Storm", "Wire", Moment.parse("2026-01"), (("a2", "Post"), ("a3", "")))
    page = Elements(holdings.reprinted([report]))
    assert page.values("data-article") == ["a1", "a2", "a3"]
    assert "1 report printed more than once" in page.text
    assert holdings.edited([]) == holdings.reprinted([]) == holdings.rejected([], 0) == ""


def test_hostile_names_are_harmless() -> None:
    text = " ".join(HOSTILE)
    tallies = [Tally("2026-02", text, 1)]
    html = holdings.holdings(replace(STATUS, outlets=((text, 1),)), tallies)
    html += holdings.edited([Edited(text, text, text, None, 2)])
    html += holdings.reprinted([Reprinted(text, text, text, None, ((text, text),))])
    html += holdings.rejected([Rejection(text, text, "code", text)], 1)
    assert Elements(html).harmless
