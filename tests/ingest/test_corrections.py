"""Notices are linked to the article they correct, whichever came first, and follow its versions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest import corrections
from ingest.archive import Archive
from ingest.article import Article, Moment
from ingest.chunk import passages_of
from ingest.indexes import Indexes

FERRY = Article(
    "ferry", "Ferry with 24 aboard sinks off the islands",
    "The ferry Lady Corran sank off the islands on Tuesday with 24 people aboard, the coast guard said.",
    "Courier", published=Moment.parse("2026-03-03"), url="https://courier.example/ferry",
)  # fmt: skip
MAYOR = Article(
    "mayor", "Mayor Thule to step down", "Conrad Thule will step down as mayor in May, he told the council.",
    "Courier", published=Moment.parse("2026-03-02"),
)  # fmt: skip
OWN = "Correction: An earlier version of this article said that 24 people were aboard. There were 42."


def notice(text: str, title: str = "Correction", source: str = "Courier", day: str = "2026-03-05") -> Article:
    return Article("notice", title, text, source, published=Moment.parse(day))


class Desk:
    def __init__(self, home: Path) -> None:
        self.archive = Archive(home)
        self.indexes = Indexes(self.archive)

    def take_in(self, *articles: Article) -> None:
        with self.archive.transaction():
            for article in articles:
                if self.archive.outcome_for(article) != "unchanged":
                    self.archive.put(article, passages_of(article))
        self.indexes.catch_up_words()
        corrections.catch_up(self.archive)
        corrections.link(self.archive, self.indexes.lexical)

    def corrected(self, id_: str) -> list[tuple[str, str]]:
        """(the notice's article, what it says); each says it where it says it does."""
        found = self.archive.corrections_of([id_]).get(id_, [])
        for one in found:
            article = self.archive.article(one.article_id, one.version)
            assert article is not None
            assert article.text[one.start : one.end] == one.text
            assert one.corrects == id_
        return [(one.article_id, one.text) for one in found]

    def close(self) -> None:
        self.indexes.close()
        self.archive.close()


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(tmp_path)
    yield desk
    desk.close()


def test_an_article_corrects_itself(desk: Desk) -> None:
    desk.take_in(replace(FERRY, text=f"{FERRY.text}\n\n{OWN}"), MAYOR)
    assert desk.corrected("ferry") == [("ferry", OWN)]
    assert desk.archive.corrections_of(["mayor", "unknown"]) == {}
    assert desk.archive.corrected() == ["ferry"]
    assert desk.archive.count_notices() == (1, 1)


def test_a_notice_comes_and_goes_with_the_version(desk: Desk) -> None:
    desk.take_in(FERRY)
    assert desk.corrected("ferry") == []
    desk.take_in(replace(FERRY, text=f"{FERRY.text}\n\n{OWN}"))
    assert desk.corrected("ferry") == [("ferry", OWN)]
    assert desk.archive.corrections_of(["ferry"])["ferry"][0].version == 2
    desk.take_in(FERRY)
    assert desk.corrected("ferry") == []


BY_URL = notice("The report at https://courier.example/ferry, gave the wrong number of people.")
BY_QUOTED_TITLE = notice("In “Ferry with 24 aboard sinks” (3 March) we gave a wrong number. It was 42.")
BY_OWN_TITLE = notice("We gave a wrong number. It was 42.", f"Correction: {FERRY.title}")
BY_WORDING = notice(
    "Our report on the Lady Corran, which sank off the islands on Tuesday, said 24 people. It was 42."
)


@pytest.mark.parametrize("other", [BY_URL, BY_QUOTED_TITLE, BY_OWN_TITLE, BY_WORDING])
@pytest.mark.parametrize("notice_first", [True, False])
def test_another_article_is_found(desk: Desk, other: Article, notice_first: bool) -> None:
    for article in (other, FERRY, MAYOR) if notice_first else (MAYOR, FERRY, other):
        desk.take_in(article)
    assert desk.corrected("ferry") == [("notice", other.text)]
    assert desk.corrected("mayor") == []


@pytest.mark.parametrize(
    "other",
    [
        notice("We gave the wrong score in Saturday's match. Athletic won 3-2.", "Correction: Athletic"),
        replace(BY_WORDING, source="Mercury"),
        replace(BY_WORDING, published=Moment.parse("2026-02-01")),
        notice("The report at https://courier.example/other gave the wrong number."),
        notice("We apologise.", "Correction"),
    ],
)
def test_what_no_article_fits_is_left_alone(desk: Desk, other: Article) -> None:
    desk.take_in(FERRY, MAYOR, other)
    assert desk.archive.corrected() == []
    assert desk.archive.count_notices() == (1, 0)


KILL = notice("Editors: please kill this story, which was based on a false report.", f"KILL: {FERRY.title}")


def test_a_kill_retracts_the_article_under_its_headline(desk: Desk) -> None:
    desk.take_in(MAYOR, FERRY, KILL)
    assert desk.corrected("ferry") == [("notice", KILL.text)]
    assert desk.archive.corrections_of(["ferry"])["ferry"][0].kind == "retraction"
    assert desk.corrected("notice") == []


def test_a_kill_that_comes_as_a_new_version_retracts_that_article(desk: Desk) -> None:
    desk.take_in(MAYOR, FERRY)
    desk.take_in(replace(KILL, id="ferry"))
    assert desk.corrected("ferry") == [("ferry", KILL.text)]


def test_an_archive_from_before_is_caught_up_with(desk: Desk) -> None:
    desk.take_in(FERRY, BY_URL)
    desk.archive.remember("corrections", "0 2")
    assert corrections.pending(desk.archive) == 2
    corrections.catch_up(desk.archive)
    corrections.link(desk.archive, desk.indexes.lexical)
    assert desk.corrected("ferry") == [("notice", BY_URL.text)]
    assert corrections.pending(desk.archive) == 0


VERSIONS = st.sampled_from(
    [
        FERRY, replace(FERRY, text=f"{FERRY.text}\n\n{OWN}"), replace(FERRY, title="Another headline"),
        MAYOR, replace(MAYOR, text=f"{MAYOR.text}\n\n{OWN}"), BY_URL, BY_QUOTED_TITLE, BY_OWN_TITLE,
    ]
)  # fmt: skip


@settings(max_examples=15)
@given(st.lists(st.lists(VERSIONS, max_size=3), max_size=4))
def test_links_are_the_same_however_articles_came(runs: Sequence[Sequence[Article]]) -> None:
    last = {article.id: article for run in runs for article in run}
    with TemporaryDirectory() as folder:
        found = []
        for number, batches in enumerate((runs, [list(last.values())])):
            desk = Desk(Path(folder) / str(number))
            for batch in batches:
                desk.take_in(*batch)
            links = {id_: set(desk.corrected(id_)) for id_ in last}
            notices, linked = desk.archive.count_notices()
            assert linked == sum(map(len, links.values())) <= notices
            found.append(links)
            desk.close()
    assert found[0] == found[1]
