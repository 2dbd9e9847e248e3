"""The window: the table of vectors and the word index let through the same articles, and the right ones."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.dense import Snapshot
from app.retrieve import Retriever
from ingest.archive import Archive
from ingest.article import Article, Moment
from ingest.fakes import HashEmbedder
from ingest.indexes import Indexes
from ingest.lexical import Lexical, Window
from ingest.sections import section_key
from tests.app.test_engine import fill

DATES = ("2025-12-31", "2026-01", "2026-01-31T23:59:59+00:00", "2026-02-01", "", "2026-03-15")
OUTLETS = ("The Courier", "Radio Tarrany", "")
SECTIONS = ("Sport", "SPORT", "Arts & Ideas", "")
ARTICLES = {
    f"a{number}": Article(
        f"a{number}",
        "The bridge",
        f"The bridge was closed for the {number}th time.",
        outlet,
        published=Moment.parse(date) if date else None,
        section=section,
    )
    for number, (date, outlet, section) in enumerate(product(DATES, OUTLETS, SECTIONS))
}

moments = st.sampled_from([Moment.parse(date) for date in (*DATES, "2026-01-15", "2027-01-01") if date])
windows = st.builds(
    Window,
    as_of=st.none() | moments.map(lambda moment: moment.last),
    since=st.none() | moments.map(lambda moment: moment.epoch),
    until=st.none() | moments.map(lambda moment: moment.last),
    sources=st.lists(st.sampled_from([*OUTLETS[:2], "Nobody"]), unique=True).map(tuple),
    sections=st.lists(st.sampled_from([*map(section_key, SECTIONS[1:3]), "law"]), unique=True).map(tuple),
)


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Snapshot, Lexical]]:
    home = tmp_path_factory.mktemp("home")
    fill(home, *ARTICLES.values())
    archive = Archive(home)
    indexes = Indexes(archive)
    indexes.catch_up_words()
    yield Retriever(archive, indexes, HashEmbedder())._dense.current(), indexes.lexical
    indexes.close()
    archive.close()


def passes(article: Article, window: Window) -> bool:
    """The rule in plain words: undated articles are there on every day, but within no dates."""
    when = article.published
    return (
        (window.as_of is None or when is None or when.last <= window.as_of)
        and (window.since is None or (when is not None and when.last >= window.since))
        and (window.until is None or (when is not None and when.epoch <= window.until))
        and (not window.sources or article.source in window.sources)
        and (not window.sections or article.section.casefold() in window.sections)
    )


@given(window=windows)
def test_every_arm_keeps_to_the_same_window(both: tuple[Snapshot, Lexical], window: Window) -> None:
    table, words = both
    expected = {id_ for id_, article in ARTICLES.items() if passes(article, window)}
    assert {id_ for id_ in ARTICLES if table.admits(id_, window)} == expected
    assert {id_ for id_, _ in words.articles(words.terms("bridge"), 1_000, window)} == expected
    rows, _ = table.nearest(HashEmbedder().embed_query("bridge"), 1_000, window)
    owners = list(table.place)
    assert {owners[table.owner[row]] for row in rows} == expected


def test_a_section_is_named_as_most_of_its_articles_spell_it(both: tuple[Snapshot, Lexical]) -> None:
    assert both[0].sections == ("SPORT", "Arts & Ideas")


def test_an_article_that_changes_its_section_is_found_in_the_new_one(home_with_one: Retriever) -> None:
    sport, arts = Window(sections=("sport",)), Window(sections=("arts",))
    assert home_with_one._dense.current().admits("a", sport)
    with home_with_one._archive.transaction():
        home_with_one._archive.put(replace(ONE, section="Arts"), [])
    assert home_with_one._dense.current().admits("a", arts)
    assert not home_with_one._dense.current().admits("a", sport)
    assert home_with_one.sections == ("Arts",)


ONE = Article("a", "The bridge", "The bridge was closed.", section="Sport")


@pytest.fixture
def home_with_one(tmp_path: Path) -> Retriever:
    fill(tmp_path, ONE)
    archive = Archive(tmp_path)
    return Retriever(archive, Indexes(archive), HashEmbedder())
