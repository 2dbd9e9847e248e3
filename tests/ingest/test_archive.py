"""The archive: versions, the log, vectors, and what survives a broken transaction."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from ingest.archive import Archive
from ingest.article import Article, Moment, Rejection
from ingest.chunk import passages_of
from ingest.errors import ArchiveError

ARTICLE = Article(
    "a",
    "Ferry sinks",
    "The ferry sank. Nine died.",
    "Courier",
    ("Ann Lee",),
    Moment.parse("2026-03-14"),
    "https://courier.example/ferry",
    "News",
    "en",
)


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive(tmp_path)


def put(archive: Archive, article: Article) -> None:
    with archive.transaction():
        archive.put(article, passages_of(article))


def put_and_fail(archive: Archive) -> None:
    with archive.transaction():
        archive.put(ARTICLE, passages_of(ARTICLE))
        1 // 0  # noqa: B018


def test_an_article_comes_back_as_it_was(archive: Archive) -> None:
    put(archive, ARTICLE)
    assert archive.article("a") == ARTICLE
    assert archive.find("https://courier.example/ferry") == ARTICLE
    assert archive.find("nothing") is None
    assert archive.find("\udcff") is None
    assert [p.text for _, p in archive.passages_of(ARTICLE)] == ["The ferry sank. Nine died."]


def test_a_changed_article_is_a_new_version_and_the_old_text_stays_readable(archive: Archive) -> None:
    put(archive, ARTICLE)
    changed = replace(ARTICLE, text="The ferry sank. Eleven died.")
    assert archive.outcome_for(ARTICLE) == "unchanged"
    assert archive.outcome_for(changed) == "replaced"
    archive.add_vectors([1], np.ones((1, 4), np.float32))
    put(archive, changed)
    assert archive.article("a") == replace(changed, version=2)
    old = archive.article("a", version=1)
    assert old is not None
    assert old.text == ARTICLE.text
    assert archive.counts().vectors == 0
    assert archive.changes_after(1)[0].gone == (1, 1)


def test_a_transaction_is_all_or_nothing(archive: Archive) -> None:
    with pytest.raises(ZeroDivisionError):
        put_and_fail(archive)
    assert archive.counts().articles == 0
    assert archive.last_change() == 0


def test_vectors_are_made_once_and_read_in_order(archive: Archive) -> None:
    for id_ in "abc":
        put(archive, replace(ARTICLE, id=id_, url=""))
    assert [n for n, _ in archive.pending()] == [1, 2, 3]
    archive.add_vectors([2, 1], np.eye(2, dtype=np.float32))
    assert [n for n, _ in archive.pending()] == [3]
    seq, numbers, matrix = archive.vectors_after(0)
    assert (seq, numbers) == (2, [2, 1])
    assert np.array_equal(matrix, np.eye(2))
    assert archive.vectors_after(2)[1] == []


def test_a_vector_of_a_passage_that_left_is_not_kept(archive: Archive) -> None:
    archive.add_vectors([99], np.ones((1, 4), np.float32))
    assert archive.counts().vectors == 0


def test_a_file_keeps_its_article_unless_another_file_holds_it_too(archive: Archive) -> None:
    archive.set_origin("/news/a.txt", "a")
    assert archive.article_of_origin("/news/a.txt") == "a"
    archive.set_origin("/news/copy.txt", "a")
    assert archive.article_of_origin("/news/a.txt") is None


def test_a_rejection_is_remembered_once_for_each_place(archive: Archive) -> None:
    archive.reject([Rejection("f", "line 1", "no_text", "x"), Rejection("f", "line 1", "no_text", "y")])
    assert archive.counts().rejected == 1


def test_a_file_that_is_no_archive_is_said_so(tmp_path: Path) -> None:
    (tmp_path / "archive.sqlite3").write_text("not a database " * 100)
    with pytest.raises(ArchiveError, match="cannot be opened"):
        Archive(tmp_path)


def test_an_archive_of_another_format_is_refused(tmp_path: Path) -> None:
    Archive(tmp_path).remember("schema", "99")
    with pytest.raises(ArchiveError, match="format 99"):
        Archive(tmp_path)


def test_a_home_that_is_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("x")
    with pytest.raises(ArchiveError, match="--home"):
        Archive(tmp_path / "home")


def test_a_version_is_found_by_its_content(archive: Archive) -> None:
    changed = replace(ARTICLE, text="The ferry sank. Eleven died.")
    for article in (ARTICLE, changed, ARTICLE):
        put(archive, article)
    put(archive, replace(ARTICLE, id="b"))
    assert archive.article_with("a", changed.content_hash) == replace(changed, version=2)
    assert archive.article_with("a", ARTICLE.content_hash) == replace(ARTICLE, version=3)
    assert archive.article_with("a", "0" * 32) is None
    assert archive.article_with("nobody", ARTICLE.content_hash) is None


UPDATED = replace(
    ARTICLE, updated=Moment.parse("2026-03-15T08:00:00+00:00"), place="Halvern", guessed=("source", "title"),
    revision=3,
)  # fmt: skip


def test_what_is_known_beside_the_content_comes_back(archive: Archive) -> None:
    put(archive, UPDATED)
    assert archive.article("a") == UPDATED


def test_what_is_known_beside_the_content_is_taken_over_without_a_new_version(archive: Archive) -> None:
    put(archive, ARTICLE)
    assert archive.outcome_for(UPDATED) == "unchanged"
    with archive.transaction():
        archive.refine(UPDATED)
    assert archive.article("a") == UPDATED
    with archive.transaction():
        archive.refine(replace(UPDATED, place="Maresby", revision=2))  # an older copy with the same text
    assert archive.article("a") == UPDATED
    assert archive.last_change() == 1


def test_a_lower_number_of_the_provider_is_outdated(archive: Archive) -> None:
    put(archive, UPDATED)
    outcomes = [archive.outcome_for(replace(UPDATED, text="Other.", revision=n)) for n in (0, 2, 3, 4)]
    assert outcomes == ["replaced", "outdated", "replaced", "replaced"]


# The table of articles as the first format had it.
FIRST_FORMAT = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);
INSERT INTO meta VALUES ('schema', '1');
CREATE TABLE articles (
    id TEXT NOT NULL, version INTEGER NOT NULL, is_current INTEGER NOT NULL, content_hash TEXT NOT NULL,
    title TEXT NOT NULL, source TEXT NOT NULL, authors TEXT NOT NULL, epoch INTEGER, date_precision TEXT,
    url TEXT NOT NULL, section TEXT NOT NULL, language TEXT NOT NULL, stored_at REAL NOT NULL,
    text TEXT NOT NULL, PRIMARY KEY (id, version));
"""


def test_an_archive_of_the_first_format_opens_and_goes_on(tmp_path: Path) -> None:
    db = sqlite3.connect(tmp_path / "archive.sqlite3")
    db.executescript(FIRST_FORMAT)
    assert ARTICLE.published
    db.execute(
        "INSERT INTO articles VALUES (?, 1, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?)",
        (ARTICLE.id, ARTICLE.content_hash, ARTICLE.title, ARTICLE.source, '["Ann Lee"]',
         ARTICLE.published.epoch, ARTICLE.published.precision, ARTICLE.url, ARTICLE.section,
         ARTICLE.language, ARTICLE.text),
    )  # fmt: skip
    db.commit()
    db.close()
    for _ in range(2):
        archive = Archive(tmp_path)
        assert archive.article("a") == ARTICLE
        assert archive.remembered("schema") == "2"
        archive.close()
    archive = Archive(tmp_path)
    assert archive.outcome_for(UPDATED) == "unchanged"
    with archive.transaction():
        archive.refine(UPDATED)
    put(archive, replace(UPDATED, text="The ferry sank. Eleven died."))
    assert archive.article("a", version=1) == UPDATED
    assert archive.article("a") == replace(UPDATED, text="The ferry sank. Eleven died.", version=2)
    archive.close()
