"""The fusion: what each arm adds, exact and approximate vectors alike, time as evidence."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from app import retrieve
from app.retrieve import Retriever, recency
from app.understand import understand
from ingest.archive import Archive
from ingest.article import Article, Moment
from ingest.fakes import HashEmbedder
from ingest.indexes import Indexes
from tests.app.test_engine import ARTICLES, fill


@pytest.fixture
def retriever(home: Path) -> Retriever:
    same = "The council of Tillbrook met and agreed on the budget of the library."
    new = Article("budget-2026", "Council budget", same, "The Courier", published=Moment.parse("2026-03-01"))
    old = replace(new, id="budget-2024", published=Moment.parse("2024-03-01"))
    fill(home, *ARTICLES, old, new, replace(new, id="budget-undated", published=None))
    archive = Archive(home)
    indexes = Indexes(archive)
    indexes.catch_up_words()
    return Retriever(archive, indexes, HashEmbedder())


def ids(retriever: Retriever, question: str, **given: str) -> list[str]:
    return [hit.passage.article_id for hit in retriever.search(understand(question, **given), 10)[0]]


def test_of_equal_reports_the_newest_comes_first(retriever: Retriever) -> None:
    found = ids(retriever, "budget of the library of Tillbrook")
    assert found[0] == "budget-2026"
    assert set(found[1:3]) == {"budget-2024", "budget-undated"}


def test_the_parts_add_up_to_the_score(retriever: Retriever) -> None:
    for hit in retriever.search(understand("Who died in the ferry disaster?"), 10)[0]:
        assert hit.score == pytest.approx(sum(hit.parts.values()))
        assert all(part >= 0 for part in hit.parts.values())


def test_hits_are_passages_of_their_articles(retriever: Retriever) -> None:
    hits, articles = retriever.search(understand("ferry"), 10, deeper=3)
    for hit in hits:
        passage = hit.passage
        assert articles[passage.article_id].text[passage.start : passage.end] == passage.text


def test_chroma_finds_what_exact_scoring_finds(retriever: Retriever, monkeypatch: pytest.MonkeyPatch) -> None:
    question = "When will the harbour bridge open?"
    exact = ids(retriever, question)
    retriever._indexes.catch_up_vectors()
    monkeypatch.setattr(retrieve, "EXACT_LIMIT", 0)
    assert ids(retriever, question) == exact
    retriever._indexes.close()


@pytest.mark.parametrize(
    ("published", "expected"), [("2026-03-31", 1.0), ("2026-03-01", 0.5), ("2026-04-30", 1.0), (None, 0.0)]
)
def test_recency_halves_in_thirty_days(published: str | None, expected: float) -> None:
    anchor = Moment.parse("2026-03-31").epoch
    assert recency(Moment.parse(published) if published else None, anchor) == pytest.approx(expected)
