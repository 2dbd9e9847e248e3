"""The archive: one SQLite file that holds everything, and the only module that knows SQLite.

It is the log. Article versions, passages, vectors and rejections are written here first, each in a
transaction that survives `kill -9`; the indexes (`ingest.lexical`, `ingest.vectors`) follow the numbered
changes and can be rebuilt from here without embedding again. It does not know how text is read, cut,
embedded or searched.
"""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, NamedTuple

from ingest.archive_notices import TABLES as NOTICE_TABLES
from ingest.archive_notices import NoticeTables
from ingest.archive_stories import TABLES as STORY_TABLES
from ingest.archive_stories import StoryTables
from ingest.archive_vectors import TABLES as VECTOR_TABLES
from ingest.archive_vectors import VectorTable
from ingest.archive_visits import TABLES as VISIT_TABLES
from ingest.archive_visits import VisitTables
from ingest.article import Article, Moment, Passage, Rejection
from ingest.errors import ArchiveError
from ingest.schema import (
    COLUMNS,
    DETAILS,
    MIGRATIONS,
    TABLES,
    VERSION,
    article_of,
    details_of,
    moment_of,
    row_of,
)

Outcome = Literal["ingested", "unchanged", "replaced", "outdated"]

FILE = "archive.sqlite3"
# Sketches come in no order: with SQLite's own 2 MB each would be read and written page by page.
_CACHE_KIB = 65_536


@dataclass(frozen=True, slots=True)
class Change:
    """One step of the log: this article got this version; passages `gone` (first, last) went."""

    seq: int
    article_id: str
    version: int
    gone: tuple[int, int] | None


class Outline(NamedTuple):
    """An article without its text: its outlet, its section as spelled there, and when it was published."""

    id: str
    source: str
    section: str
    published: Moment | None


@dataclass(frozen=True, slots=True)
class Counts:
    """How much the archive holds now: current articles and passages, and how many have vectors."""

    articles: int
    passages: int
    vectors: int
    versions: int
    rejected: int


class Archive(VectorTable, StoryTables, NoticeTables, VisitTables):
    """Reads from any thread; writes from one thread of one process at a time."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.path = home / FILE
        self._local = threading.local()
        self._opened: list[sqlite3.Connection] = []
        try:
            home.mkdir(parents=True, exist_ok=True)
            self._db.executescript(TABLES + VECTOR_TABLES + STORY_TABLES + NOTICE_TABLES + VISIT_TABLES)
        except (OSError, sqlite3.Error) as error:
            raise ArchiveError(
                f"The archive in {home} cannot be opened ({error}): "
                "choose a folder you can write with --home."
            ) from error
        self._check_schema()

    def _check_schema(self) -> None:
        found = self.remembered("schema")
        if found is None:
            self.remember("schema", str(VERSION))
        elif found in MIGRATIONS:
            self._migrate()
        elif found != str(VERSION):
            raise ArchiveError(
                f"The archive in {self.home} has format {found}, this program reads format {VERSION}: "
                "use the program that made it, or ingest into a new --home."
            )

    def _migrate(self) -> None:
        """Brings an archive made before to the present format, if no other process just did."""
        with self.transaction():
            for statement in MIGRATIONS.get(self.remembered("schema") or "", "").split(";"):
                self._db.execute(statement)
            self.remember("schema", str(VERSION))

    @property
    def _db(self) -> sqlite3.Connection:
        """This thread's connection; WAL lets readers go on while one writes."""
        if not hasattr(self._local, "db"):
            db = sqlite3.connect(self.path, timeout=60, isolation_level=None, check_same_thread=False)
            db.execute("PRAGMA journal_mode=WAL")
            db.execute("PRAGMA synchronous=FULL")
            db.execute(f"PRAGMA cache_size=-{_CACHE_KIB}")
            self._local.db = db
            self._opened.append(db)
        return self._local.db  # type: ignore[no-any-return]

    def close(self) -> None:
        for db in self._opened:
            db.close()
        self._opened.clear()
        self._local = threading.local()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All of what is written inside, or nothing of it; one inside another is a part of that."""
        if self._db.in_transaction:
            yield
            return
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._db.execute("ROLLBACK")
            raise
        self._db.execute("COMMIT")

    # What the archive remembers about itself

    def remembered(self, key: str) -> str | None:
        row = self._db.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return row[0] if row else None

    def remember(self, key: str, value: str) -> None:
        self._db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))

    # Articles

    def outcome_for(self, article: Article) -> Outcome:
        """What storing this article would mean.

        Outdated: its provider gave what is here a higher number, or it is a summary of what is here in full.
        """
        row = self._db.execute(
            "SELECT content_hash, revision, guessed FROM articles WHERE id = ? AND is_current", (article.id,)
        ).fetchone()
        if row is None:
            return "ingested"
        if row[0] == article.content_hash:
            return "unchanged"
        is_summary = "text" in article.guessed and "text" not in row[2].split()
        return "outdated" if is_summary or 0 < article.revision < row[1] else "replaced"

    def put(self, article: Article, passages: Sequence[Passage]) -> int:
        """Stores a new article or a new version, whose number it returns; call inside `transaction`, as
        `outcome_for` says.

        The old version's text stays readable; its passages and vectors leave.
        """
        db, id_ = self._db, article.id
        (before,) = db.execute("SELECT max(version) FROM articles WHERE id = ?", (id_,)).fetchone()
        gone, version = self._withdraw_passages(id_) if before else (None, None), (before or 0) + 1
        db.execute(
            f"INSERT INTO articles ({COLUMNS}, is_current, content_hash, stored_at) "
            f"VALUES ({', '.join('?' * 16)}, 1, ?, ?)",
            (*row_of(article), version, article.content_hash, time.time()),
        )
        db.executemany(
            "INSERT INTO passages (article_id, begins, ends) VALUES (?, ?, ?)",
            [(id_, p.start, p.end) for p in passages],
        )
        db.execute(
            "INSERT INTO changes (article_id, version, gone_first, gone_last) VALUES (?, ?, ?, ?)",
            (id_, version, *gone),
        )
        return version

    def _withdraw_passages(self, id_: str) -> tuple[int | None, int | None]:
        """Takes the current version of an article from view; returns the first and last of its passages."""
        db, its_passages = self._db, "FROM passages WHERE article_id = ?"
        first, last = db.execute(f"SELECT min(number), max(number) {its_passages}", (id_,)).fetchone()
        db.execute(f"DELETE FROM vectors WHERE passage IN (SELECT number {its_passages})", (id_,))
        db.execute(f"DELETE {its_passages}", (id_,))
        db.execute("UPDATE articles SET is_current = 0 WHERE id = ? AND is_current", (id_,))
        return first, last

    def refine(self, article: Article) -> None:
        """Takes over what is known now beside the content of the current version."""
        details = details_of(article)
        self._db.execute(
            f"UPDATE articles SET ({DETAILS}) = (?1, ?2, ?3, ?4, ?5) WHERE id = ?6 AND is_current "
            f"AND revision <= ?5 AND ({DETAILS}) IS NOT (?1, ?2, ?3, ?4, ?5)",
            (*details, article.id),
        )

    def stored_since(self, id_: str, moment: float) -> bool:
        """Whether the current version of an article came in after a moment in UTC seconds."""
        statement = "SELECT stored_at >= ? FROM articles WHERE id = ? AND is_current"
        row = self._db.execute(statement, (moment, id_)).fetchone()
        return bool(row and row[0])

    def article(self, id_: str, version: int | None = None) -> Article | None:
        """The current version, or the one asked for."""
        which = "is_current" if version is None else "version = ?"
        parameters = (id_,) if version is None else (id_, version)
        row = self._db.execute(
            f"SELECT {COLUMNS} FROM articles WHERE id = ? AND {which}", parameters
        ).fetchone()
        return article_of(row) if row else None

    def title_and_text(self, id_: str, version: int) -> tuple[str, str] | None:
        """Of one version, without making the article."""
        return self._db.execute(  # type: ignore[no-any-return]
            "SELECT title, text FROM articles WHERE id = ? AND version = ?", (id_, version)
        ).fetchone()

    def article_with(self, id_: str, content_hash: str) -> Article | None:
        """The last version of an article that had this content."""
        row = self._db.execute(
            f"SELECT {COLUMNS} FROM articles WHERE id = ? AND content_hash = ? ORDER BY version DESC",
            (id_, content_hash),
        ).fetchone()
        return article_of(row) if row else None

    def find(self, reference: str) -> Article | None:
        """The current article with this id or URL."""
        # A command line can hold bytes that are no text, which SQLite will not be asked for.
        reference = reference.encode(errors="replace").decode()
        if found := self.article(reference):
            return found
        row = self._db.execute(
            f"SELECT {COLUMNS} FROM articles WHERE url = ? AND url <> '' AND is_current", (reference,)
        ).fetchone()
        return article_of(row) if row else None

    def articles(self) -> Iterator[Article]:
        """All current articles in the order they came, one at a time."""
        for (id_,) in self._db.execute("SELECT id FROM articles WHERE is_current ORDER BY rowid").fetchall():
            if found := self.article(id_):
                yield found

    def outlines(self) -> list[Outline]:
        """Of every current article what filters go by."""
        rows = self._db.execute(
            "SELECT id, source, section, epoch, date_precision FROM articles WHERE is_current"
        )
        return [Outline(id_, source, section, moment_of(*when)) for id_, source, section, *when in rows]

    # Where single-article files came from

    def article_of_origin(self, origin: str) -> str | None:
        """The article a file held before, unless another file holds it too."""
        row = self._db.execute(
            "SELECT article_id FROM origins o WHERE origin = ? AND NOT EXISTS "
            "(SELECT 1 FROM origins p WHERE p.article_id = o.article_id AND p.origin <> o.origin)",
            (origin,),
        ).fetchone()
        return row[0] if row else None

    def set_origin(self, origin: str, article_id: str) -> None:
        self._db.execute("INSERT OR REPLACE INTO origins VALUES (?, ?)", (origin, article_id))

    # The log the indexes follow

    def last_change(self) -> int:
        return self._db.execute("SELECT coalesce(max(seq), 0) FROM changes").fetchone()[0]  # type: ignore[no-any-return]

    def changes_after(self, seq: int, limit: int = 1_000) -> list[Change]:
        rows = self._db.execute(
            "SELECT seq, article_id, version, gone_first, gone_last FROM changes WHERE seq > ? "
            "ORDER BY seq LIMIT ?",
            (seq, limit),
        )
        return [Change(r[0], r[1], r[2], None if r[3] is None else (r[3], r[4])) for r in rows]

    def passage_spans(self, article_id: str) -> list[tuple[int, int, int]]:
        """(number, start, end) of each passage of the current version, in order."""
        statement = "SELECT number, begins, ends FROM passages WHERE article_id = ? ORDER BY number"
        return self._db.execute(statement, (article_id,)).fetchall()

    def passages_of(self, article: Article) -> list[tuple[int, Passage]]:
        """(number, passage) of the current version, in order."""
        spans = self.passage_spans(article.id)
        return [(n, Passage(article.id, start, end, article.text[start:end])) for n, start, end in spans]

    def owners_of(self, numbers: Sequence[int]) -> dict[int, str]:
        """Passage number → article id, for those that still exist."""
        found: dict[int, str] = {}
        for part in _parts(numbers):
            marks = ", ".join("?" * len(part))
            rows = self._db.execute(
                f"SELECT number, article_id FROM passages WHERE number IN ({marks})", part
            )
            found.update(rows.fetchall())
        return found

    def owners(self) -> list[tuple[int, str]]:
        """(passage number, article id) of all current passages, by number."""
        return self._db.execute("SELECT number, article_id FROM passages ORDER BY number").fetchall()

    # What was turned away, and how much there is

    def reject(self, rejections: Iterable[Rejection]) -> None:
        """Remembers rejections; the same place of the same file is remembered once, with its last reason."""
        now = time.time()
        self._db.executemany(
            "INSERT OR REPLACE INTO rejections VALUES (?, ?, ?, ?, ?)",
            [(r.path, r.where, r.code, r.reason, now) for r in rejections],
        )

    def forgive(self, path: str, before: float) -> None:
        """Forgets what was turned away of a file before a moment, in UTC seconds: it is read again."""
        self._db.execute("DELETE FROM rejections WHERE path = ? AND seen_at < ?", (path, before))

    def counts(self) -> Counts:
        row = self._db.execute(
            "SELECT (SELECT count(*) FROM articles WHERE is_current), (SELECT count(*) FROM passages), "
            "(SELECT count(*) FROM vectors), (SELECT count(*) FROM articles), "
            "(SELECT count(*) FROM rejections)"
        ).fetchone()
        return Counts(*row)

    def damage(self) -> list[str]:
        """What SQLite finds wrong with the file; empty when it is sound."""
        rows = self._db.execute("PRAGMA integrity_check").fetchall()
        return [] if rows == [("ok",)] else [str(r[0]) for r in rows]


def _parts(numbers: Sequence[int], size: int = 900) -> Iterator[list[int]]:
    """SQLite takes a bounded number of parameters."""
    for i in range(0, len(numbers), size):
        yield [int(n) for n in numbers[i : i + size]]
