"""What the archive knows of an article beside its text."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.page.related import related_to
from ingest.archive import Archive
from ingest.cli import SAMPLE
from ingest.fakes import HashEmbedder
from ingest.indexes import Indexes
from ingest.pipeline import ingest
from tests.app.fake_desk import STORM


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    """The sample archive, with an embedder that costs nothing."""
    opened = Archive(tmp_path_factory.mktemp("home"))
    indexes = Indexes(opened)
    ingest(opened, indexes, [SAMPLE], HashEmbedder, HashEmbedder().name)
    yield opened
    indexes.close()
    opened.close()


def test_reprints_name_the_other_outlets_of_a_story(archive: Archive) -> None:
    articles = list(archive.articles())
    known = related_to(str(archive.home), articles)
    told = [article for article in articles if known[article.id].reprints]
    assert told
    for article in told:
        outlets = {archive.article(id_).source for id_ in archive.story(article.id)}  # type: ignore[union-attr]
        assert set(known[article.id].reprints) == outlets - {article.source}


def test_a_corrected_article_has_the_words_of_its_notice(archive: Archive) -> None:
    articles = list(archive.articles())
    known = related_to(str(archive.home), articles)
    corrected = {id_ for id_, related in known.items() if related.corrections}
    assert corrected == set(archive.corrected())
    assert all(text.strip() for id_ in corrected for text in known[id_].corrections)


def test_without_an_archive_nothing_is_known_and_none_is_made(tmp_path: Path) -> None:
    assert related_to(str(tmp_path / "nowhere"), [STORM]) == {}
    assert not (tmp_path / "nowhere").exists()
