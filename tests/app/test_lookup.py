"""Words looked up: matched of late and at any time, under the question's filters."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from app.lookup import LATE_DAYS
from app.retrieve import Retriever
from app.understand import understand
from ingest.archive import Archive
from ingest.article import Article, Moment
from ingest.fakes import HashEmbedder
from ingest.indexes import Indexes
from tests.app.test_engine import fill

TEXT = "The council of Tillbrook met and agreed on the budget of the library."
DAYS = {
    "today": "2026-03-10",
    "month": "2026-02-10",
    "year": "2025-03-10",
    "undated": None,
    "later": "2026-03-20",
}


@pytest.fixture
def retriever(home: Path) -> Retriever:
    fill(
        home,
        *(
            Article(
                id_,
                "Council budget",
                f"{TEXT} {id_}.",
                "The Courier",
                published=Moment.parse(day) if day else None,
            )
            for id_, day in DAYS.items()
        ),
        Article("ferry", "The ferry", "The ferry sank.", "The Argus", published=Moment.parse("2026-03-09")),
    )
    archive = Archive(home)
    indexes = Indexes(archive)
    indexes.catch_up_words()
    return Retriever(archive, indexes, HashEmbedder())


def test_each_span_of_time_has_a_strength_of_its_own(retriever: Retriever) -> None:
    query = understand("budget of the library", as_of="2026-03-10")
    ever, weeks, days = retriever.look_up(query.text, query).strengths
    assert len(LATE_DAYS) == 2
    assert ever > weeks > days > 0
    old = understand("budget of the library", as_of="2025-12-24")
    ever, weeks, days = retriever.look_up(old.text, old).strengths
    assert ever > 0
    assert (weeks, days) == (0, 0)


def test_what_came_later_is_not_looked_up(retriever: Retriever) -> None:
    query = understand("budget of the library", as_of="2026-03-10")
    found = retriever.look_up(query.text, query).matches
    assert {match.article.id for match in found} == {"today", "month", "year", "undated", "ferry"}
    best = max(found, key=lambda match: match.score)
    assert best.article.id == "today"
    assert best.recency == pytest.approx(1, abs=0.05)


def test_what_is_taken_out_is_passed_over(retriever: Retriever) -> None:
    query = understand("budget of the library", as_of="2026-03-10")
    whole, less = (
        retriever.look_up(query.text, replace(query, without=frozenset(ids)))
        for ids in ((), ("today", "month"))
    )
    assert {match.article.id for match in less.matches} == {"year", "undated", "ferry"}
    assert 0 < less.strengths[0] < whole.strengths[0]
    assert less.strengths[1] < whole.strengths[1]


def test_matches_hold_passages_of_their_articles(retriever: Retriever) -> None:
    query = understand("the ferry", sources=["The Argus"], known_sources=["The Argus", "The Courier"])
    (match,) = retriever.look_up(query.text, query).matches
    assert match.article.id == "ferry"
    assert [match.article.text[start:end] for start, end in match.parts] == [match.article.text]


def test_words_that_nothing_has_find_nothing(retriever: Retriever) -> None:
    query = understand("zyzzyva")
    assert retriever.look_up(query.text, query).strengths == (0, 0, 0)
    assert retriever.look_up(query.text, query).matches == ()
