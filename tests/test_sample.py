"""The sample archive with the real model: found, answered, cited to the character, never from the future."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app import Newsdesk
from eval.case import Record
from eval.report import means
from eval.run import run
from eval.suites import load
from ingest.archive import Archive
from ingest.article import Article
from ingest.chunk import embedded_text, header_of, passages_of
from ingest.cli import SAMPLE
from ingest.embed import open_embedder
from ingest.indexes import Indexes
from ingest.pipeline import ingest
from ingest.report import Report

pytestmark = pytest.mark.model

NAME = "all-MiniLM-L6-v2"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("sample")


@pytest.fixture(scope="module")
def report(folder: Path) -> Report:
    archive = Archive(folder / "home")
    indexes = Indexes(archive)
    try:
        return ingest(archive, indexes, [SAMPLE], lambda: open_embedder(NAME), NAME)
    finally:
        indexes.close()
        archive.close()


@pytest.fixture(scope="module")
def desk(folder: Path, report: Report) -> Iterator[Newsdesk]:
    with Newsdesk.open(folder / "home") as opened:
        yield opened


@pytest.fixture(scope="module")
def records(desk: Newsdesk, folder: Path) -> list[Record]:
    return run(load("sample", None), desk, folder / "records.jsonl")


@pytest.fixture(scope="module")
def articles(desk: Newsdesk) -> list[Article]:
    return list(desk._archive.articles())


def test_the_archive_is_what_a_newsroom_would_have(report: Report, articles: list[Article]) -> None:
    assert report.rejected == report.warnings == []
    assert len(articles) >= 60
    assert len({article.source for article in articles}) >= 5
    assert all(article.title and article.source and article.published for article in articles)
    days = sorted(article.published.start for article in articles if article.published)
    assert (days[-1] - days[0]).days > 200


def test_no_passage_is_longer_than_the_model_reads(articles: list[Article]) -> None:
    model = open_embedder(NAME)
    texts = [embedded_text(header_of(a), p.text) for a in articles for p in passages_of(a)]
    # [CLS] and [SEP] take two of MiniLM's 256 word pieces.
    assert max(len(read.pieces) for read in model.tokens(texts)) <= 254


def test_every_citation_is_exact_and_nothing_comes_from_the_future(records: list[Record]) -> None:
    assert [record.error for record in records if record.error] == []
    scores = means(records)
    assert scores["citations_exact"].mean == 1.0
    assert scores["sentences_cited"].mean == 1.0
    assert scores["later_than_as_of"].mean == 0.0


def test_quality_stays_where_it_was(records: list[Record]) -> None:
    """Floors a little under what was measured: a drop below them is a fault, not noise."""
    scores = means(records)
    assert scores["hits@4"].mean >= 0.93
    assert scores["mrr@10"].mean >= 0.8
    assert scores["contains_answer"].mean >= 0.7
    assert scores["refused_wrongly"].mean <= 0.11
    assert scores["refused_rightly"].mean >= 0.4


SEED = """Patrols from the harbour police now "hardly ever" board trawlers, according to a senior officer.

"The inspections are increasingly done without us on deck," Commodore Ruth Ashdown, deputy chief of the \
joint fisheries task force for Operation Clear Water, told reporters on Tuesday.

Officials estimate there are now fewer than 1,000 poached lobster pots left in Orrin Bay and Lowmarsh Sound.

On Monday, at least 31 people were rescued and dozens more treated after a double collision off Fish Quay.

Source: Radio Tarrany"""


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("How many poached pots are left in Orrin Bay and Lowmarsh Sound?", "fewer than 1,000"),
        ("Who is the deputy chief of the joint fisheries task force?", "Ashdown"),
        ("How many people were rescued in the double collision off Fish Quay?", "at least 31"),
        ("What is the price of oil?", None),
    ],
)
def test_one_article_alone_is_an_archive(home: Path, tmp_path: Path, question: str, said: str | None) -> None:
    (tmp_path / "000_fisheries.txt").write_text(SEED)
    archive = Archive(home)
    indexes = Indexes(archive)
    ingest(archive, indexes, [tmp_path / "000_fisheries.txt"], lambda: open_embedder(NAME), NAME)
    indexes.close()
    archive.close()
    with Newsdesk.open(home) as desk:
        assert desk.status().outlets == (("Radio Tarrany", 1),)
        answer = desk.ask(question)
    assert answer.abstained == (said is None)
    if said:
        assert said in answer.sentences[0].text
