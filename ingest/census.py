"""What an archive holds, counted: by month and outlet, what has several versions, what was turned away.

Reads the archive's file by a connection of its own that cannot write, so that a page may count while an
ingest goes on. It knows the tables of `ingest.schema`; what the numbers are for is not its matter.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from ingest.archive import FILE
from ingest.article import Moment, Rejection
from ingest.errors import ArchiveError
from ingest.schema import moment_of


@dataclass(frozen=True, slots=True)
class Tally:
    """So many articles of an outlet in a month (`2026-03`; "" for those without a date)."""

    month: str
    source: str
    articles: int


@dataclass(frozen=True, slots=True)
class Edited:
    """An article of which the archive keeps several versions."""

    id: str
    title: str
    source: str
    published: Moment | None
    versions: int


@dataclass(frozen=True, slots=True)
class Reprinted:
    """A report that several articles print: its originator, and (id, outlet) of the others."""

    id: str
    title: str
    source: str
    published: Moment | None
    others: tuple[tuple[str, str], ...]


class Census:
    """Counts what is in the archive of a home folder; an archive that is not there holds nothing."""

    def __init__(self, home: str | Path) -> None:
        self._path = Path(home) / FILE

    @contextmanager
    def _db(self) -> Iterator[sqlite3.Connection]:
        if not self._path.is_file():
            raise ArchiveError(f"There is no archive in {self._path.parent}.")
        try:
            address = f"{self._path.absolute().as_uri()}?mode=ro"
            with closing(sqlite3.connect(address, uri=True, timeout=10)) as db:
                yield db
        except sqlite3.Error as error:
            raise ArchiveError(f"The archive in {self._path.parent} cannot be read ({error}).") from error

    def tallies(self) -> list[Tally]:
        """Current articles by month and outlet, the earliest month first."""
        with self._db() as db:
            rows = db.execute(
                "SELECT coalesce(strftime('%Y-%m', epoch, 'unixepoch'), '') AS month, source, count(*) "
                "FROM articles WHERE is_current GROUP BY month, source ORDER BY month, source"
            ).fetchall()
        return [Tally(*row) for row in rows]

    def edited(self, limit: int = 50) -> list[Edited]:
        """The articles with more than one version, the last changed first."""
        with self._db() as db:
            rows = db.execute(
                "SELECT id, title, source, epoch, date_precision, version FROM articles "
                "WHERE is_current AND version > 1 ORDER BY stored_at DESC LIMIT ?",
                (limit,),
            ).fetchall()
        return [Edited(id_, title, source, moment_of(epoch, precision), version)
                for id_, title, source, epoch, precision, version in rows]  # fmt: skip

    def reprinted(self, limit: int = 50) -> list[Reprinted]:
        """The reports that most articles print."""
        with self._db() as db:
            rows = db.execute(
                "SELECT id, title, source, epoch, date_precision FROM articles JOIN "
                "(SELECT story, count(*) AS printed FROM members GROUP BY story HAVING printed > 1) "
                "ON id = story WHERE is_current ORDER BY printed DESC, epoch DESC LIMIT ?",
                (limit,),
            ).fetchall()
            others = {
                row[0]: db.execute(
                    "SELECT id, source FROM members JOIN articles ON id = article_id "
                    "WHERE story = ?1 AND id <> ?1 AND is_current ORDER BY epoch, id",
                    (row[0],),
                ).fetchall()
                for row in rows
            }
        return [Reprinted(id_, title, source, moment_of(epoch, precision), tuple(others[id_]))
                for id_, title, source, epoch, precision in rows]  # fmt: skip

    def rejections(self, limit: int = 200) -> list[Rejection]:
        """What was turned away, the latest first."""
        return list(self.each_rejection(limit))

    def each_rejection(self, limit: int = -1) -> Iterator[Rejection]:
        """The same one by one, however many there are."""
        with self._db() as db:
            yield from (
                Rejection(*row)
                for row in db.execute(
                    "SELECT path, place, code, reason FROM rejections "
                    "ORDER BY seen_at DESC, path, place LIMIT ?",
                    (limit,),
                )
            )
