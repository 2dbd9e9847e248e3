"""The tables of the archive, and how an article becomes a row and a row an article.

Knows the shape of what is kept, not the database that keeps it (`ingest.archive`).
"""

from __future__ import annotations

import json
from typing import Any

from ingest.article import Article, Moment, Precision

VERSION = 2
# The text comes last in its table: what stands behind a long value is slow to reach.
TABLES = """
CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS articles (
    id TEXT NOT NULL, version INTEGER NOT NULL, is_current INTEGER NOT NULL, content_hash TEXT NOT NULL,
    title TEXT NOT NULL, source TEXT NOT NULL, authors TEXT NOT NULL, epoch INTEGER, date_precision TEXT,
    url TEXT NOT NULL, section TEXT NOT NULL, language TEXT NOT NULL, stored_at REAL NOT NULL,
    updated INTEGER, updated_precision TEXT, place TEXT NOT NULL DEFAULT '',
    guessed TEXT NOT NULL DEFAULT '', revision INTEGER NOT NULL DEFAULT 0,
    text TEXT NOT NULL, PRIMARY KEY (id, version));
CREATE UNIQUE INDEX IF NOT EXISTS articles_current ON articles (id) WHERE is_current;
CREATE INDEX IF NOT EXISTS articles_url ON articles (url) WHERE is_current AND url <> '';
CREATE TABLE IF NOT EXISTS origins (origin TEXT PRIMARY KEY, article_id TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS origins_article ON origins (article_id);
CREATE TABLE IF NOT EXISTS passages (
    number INTEGER PRIMARY KEY AUTOINCREMENT, article_id TEXT NOT NULL,
    begins INTEGER NOT NULL, ends INTEGER NOT NULL);
CREATE INDEX IF NOT EXISTS passages_article ON passages (article_id);
CREATE TABLE IF NOT EXISTS changes (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, article_id TEXT NOT NULL, version INTEGER NOT NULL,
    gone_first INTEGER, gone_last INTEGER);
CREATE TABLE IF NOT EXISTS rejections (
    path TEXT NOT NULL, place TEXT NOT NULL, code TEXT NOT NULL, reason TEXT NOT NULL, seen_at REAL NOT NULL,
    PRIMARY KEY (path, place));
"""
MIGRATIONS = {
    "1": """
ALTER TABLE articles ADD COLUMN updated INTEGER;
ALTER TABLE articles ADD COLUMN updated_precision TEXT;
ALTER TABLE articles ADD COLUMN place TEXT NOT NULL DEFAULT '';
ALTER TABLE articles ADD COLUMN guessed TEXT NOT NULL DEFAULT '';
ALTER TABLE articles ADD COLUMN revision INTEGER NOT NULL DEFAULT 0;
"""
}
"""From the format of an archive made before to the present one; what was not kept then is empty."""

DETAILS = "updated, updated_precision, place, guessed, revision"
COLUMNS = (
    f"id, title, text, source, authors, epoch, date_precision, url, section, language, {DETAILS}, version"
)

Row = tuple[str | int | None, ...]


def row_of(article: Article) -> Row:
    """The values of `COLUMNS`, but for the version, which the archive counts."""
    when = article.published
    return (article.id, article.title, article.text, article.source, json.dumps(list(article.authors)),
            when.epoch if when else None, when.precision if when else None,
            article.url, article.section, article.language, *details_of(article))  # fmt: skip


def details_of(article: Article) -> Row:
    """The values of `DETAILS`: what may change while the version stays."""
    when = article.updated
    return (when.epoch if when else None, when.precision if when else None,
            article.place, " ".join(article.guessed), article.revision)  # fmt: skip


def article_of(row: tuple[Any, ...]) -> Article:
    (id_, title, text, source, authors, epoch, precision, url, section, language,
     updated, updated_precision, place, guessed, revision, version) = row  # fmt: skip
    published, changed = moment_of(epoch, precision), moment_of(updated, updated_precision)
    return Article(id_, title, text, source, tuple(json.loads(authors)), published, url, section, language,
                   version, changed, place, tuple(guessed.split()), revision)  # fmt: skip


def moment_of(epoch: int | None, precision: Precision) -> Moment | None:
    return None if epoch is None else Moment(epoch, precision)
