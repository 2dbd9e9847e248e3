"""The fusion: what each arm adds, exact and approximate vectors alike, time as evidence."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from app import retrieve
from app.fusion import Weights
from app.retrieve import WEIGHTS, Retriever
from app.understand import understand
from ingest.archive import Archive
from ingest.article import Article, Moment
from ingest.errors import EmbedderError
from ingest.fakes import HashEmbedder
from ingest.indexes import Indexes
from ingest.pipeline import tell_stories
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


def test_an_outlet_asked_for_is_the_only_one_searched(retriever: Retriever) -> None:
    known = retriever.outlets
    query = understand("What does the Courier report about the ferry?", known_sources=known)
    assert [outlet.names for outlet in query.outlets] == [("The Courier",)]
    hits, _ = retriever.search(query, 10)
    assert hits
    assert {hit.source for hit in hits} == {"The Courier"}


def test_an_outlet_that_is_only_named_gains(retriever: Retriever) -> None:
    query = understand("Who owns the Courier of Tillbrook?", known_sources=retriever.outlets)
    hits, _ = retriever.search(query, 10)
    assert len({hit.source for hit in hits}) > 1
    assert all(("outlet" in hit.parts) == (hit.source == "The Courier") for hit in hits)


def test_the_reader_s_outlets_count_before_the_wording(retriever: Retriever) -> None:
    other = next(name for name in retriever.outlets if name != "The Courier")
    query = understand(
        "What does the Courier report about the ferry?", sources=[other], known_sources=retriever.outlets
    )
    assert {hit.source for hit in retriever.search(query, 10)[0]} == {other}


def test_parts_are_merged_in_turn(retriever: Retriever) -> None:
    query = understand("How does the budget of March 2024 compare with the budget of March 2026?")
    assert len(query.parts) == 2
    assert {hit.passage.article_id for hit in retriever.search(query, 2)[0]} == {
        "budget-2024",
        "budget-2026",
    }


def test_an_archive_can_have_its_own_weights(retriever: Retriever) -> None:
    retriever._archive.remember(WEIGHTS, Weights(0.0, 0.0, 1.0, 0.0, 0.0).to_json())
    [first, *_] = retriever.search(understand("budget of the library"), 3)[0]
    assert first.score == pytest.approx(first.parts["article_words"])


def test_nothing_later_than_as_of_is_found(retriever: Retriever) -> None:
    for day in ("2024-03-01", "2024-12-31", "2026-02-28", "2026-03-01"):
        query = understand("What does the Courier report of the budget since 2020?", as_of=day)
        last = Moment.parse(day).last
        hits, _ = retriever.search(query, 10, deeper=5)
        assert hits
        assert all(hit.published is None or hit.published.last <= last for hit in hits)


def test_a_story_is_found_once_with_its_reprints(home: Path) -> None:
    wire = (
        "The harbour of Skerrow was closed on Monday after a crane fell across the quay. Nobody was hurt, "
        "the port authority said. Ships were turned away to Tarran until divers had looked at the piles. "
        "The crane was forty years old and had been inspected in March. An inquiry is to report within "
        "six weeks."
    )
    first = Article("wire", "Crane falls in Skerrow", wire, "The Wire", published=Moment.parse("2026-03-02"))
    later = replace(first, id="courier", source="The Courier", published=Moment.parse("2026-03-04"))
    fill(home, *ARTICLES, first, later)
    archive = Archive(home)
    indexes = Indexes(archive)
    indexes.catch_up_words()
    tell_stories(archive, indexes)
    retriever = Retriever(archive, indexes, HashEmbedder())
    hits, _ = retriever.search(understand("Which crane fell in Skerrow?"), 10)
    found = [hit for hit in hits if hit.passage.article_id in ("wire", "courier")]
    assert [len(hit.also) for hit in found] == [1]
    [then] = retriever.search(understand("Which crane fell in Skerrow?", as_of="2026-03-03"), 1)[0]
    assert (then.passage.article_id, then.also) == ("wire", ())


def test_vectors_of_two_models_never_mix(retriever: Retriever) -> None:
    assert ids(retriever, "ferry")
    retriever._archive.remember("identity", "another-model sentences")
    with retriever._archive.transaction():
        retriever._archive.put(replace(ARTICLES[0], id="new"), [])
    with pytest.raises(EmbedderError, match="open it again"):
        ids(retriever, "ferry")


def test_a_reprint_with_another_figure_is_found_too(home: Path) -> None:
    said = "Some {} people marched through Orrin on Friday for the drivers of the tram, their union said."
    one = Article(
        "one", "March in Orrin", said.format("14,000"), "The Wire", published=Moment.parse("2026-03-02")
    )
    two = replace(one, id="two", source="The Courier", text=said.format("9,000"))
    fill(home, one, two)
    archive = Archive(home)
    indexes = Indexes(archive)
    indexes.catch_up_words()
    tell_stories(archive, indexes)
    assert set(archive.story("one")) == {"one", "two"}
    assert set(ids(Retriever(archive, indexes, HashEmbedder()), "How many marched in Orrin?")) == {
        "one",
        "two",
    }
