"""The archive's table of correction notices: where each stands, and which article it corrects.

A part of `ingest.archive`, set apart for its size: statements only. What a notice is, and which article it
means, is decided in `ingest.notices` and `ingest.corrections`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3

    from ingest.notices import Notice, NoticeKind

TABLES = """
CREATE TABLE IF NOT EXISTS notices (
    number INTEGER PRIMARY KEY, article_id TEXT NOT NULL, version INTEGER NOT NULL, begins INTEGER NOT NULL,
    ends INTEGER NOT NULL, kind TEXT NOT NULL, own INTEGER NOT NULL, corrects TEXT);
CREATE INDEX IF NOT EXISTS notices_article ON notices (article_id);
CREATE INDEX IF NOT EXISTS notices_corrects ON notices (corrects);
"""


@dataclass(frozen=True, slots=True)
class Correction:
    """A notice and the article it corrects (`corrects`), its own or another.

    `text` is what the notice says, word for word: `start` and `end` are its place in that version of the
    article it stands in.
    """

    article_id: str
    version: int
    start: int
    end: int
    kind: NoticeKind
    corrects: str
    text: str


@dataclass(frozen=True, slots=True)
class Kept:
    """A notice that speaks of another article than its own, as the archive keeps it."""

    number: int
    article_id: str
    version: int
    start: int
    end: int
    corrects: str | None


class NoticeTables:
    """Mixed into the archive; what writes belongs inside its `transaction`."""

    @property
    def _db(self) -> sqlite3.Connection:
        raise NotImplementedError

    def corrections_of(self, ids: Iterable[str]) -> dict[str, list[Correction]]:
        """The corrections of these articles, in the order they came; articles without any are left out."""
        found: dict[str, list[Correction]] = {}
        for id_ in dict.fromkeys(ids):
            rows = self._db.execute(
                "SELECT n.article_id, n.version, begins, ends, kind, corrects, "
                "substr(a.text, begins + 1, ends - begins) FROM notices n "
                "JOIN articles a ON a.id = n.article_id AND a.version = n.version "
                "WHERE corrects = ? ORDER BY n.number",
                (id_,),
            ).fetchall()
            if rows:
                found[id_] = [Correction(*row) for row in rows]
        return found

    def corrected(self) -> list[str]:
        """The ids of all articles that a notice corrects."""
        rows = self._db.execute("SELECT DISTINCT corrects FROM notices WHERE corrects IS NOT NULL ORDER BY 1")
        return [row[0] for row in rows]

    def count_notices(self) -> tuple[int, int]:
        """How many notices there are, and how many of them are linked to the article they correct."""
        return self._db.execute("SELECT count(*), count(corrects) FROM notices").fetchone()  # type: ignore[no-any-return]

    # What `ingest.corrections` keeps

    def put_notices(self, article_id: str, version: int, found: Iterable[Notice]) -> None:
        """The notices of the current version of an article, in place of those it had."""
        self._db.execute("DELETE FROM notices WHERE article_id = ?", (article_id,))
        self._db.executemany(
            "INSERT INTO notices (article_id, version, begins, ends, kind, own, corrects) "
            "VALUES (?, ?, ?, ?, ?, ?, ?)",
            [
                (article_id, version, n.start, n.end, n.kind, n.own, article_id if n.own else None)
                for n in found
            ],
        )

    def notices_of_others(self) -> list[Kept]:
        """The notices that speak of another article than their own."""
        rows = self._db.execute(
            "SELECT number, article_id, version, begins, ends, corrects FROM notices WHERE NOT own "
            "ORDER BY number"
        )
        return [Kept(*row) for row in rows]

    def link_notice(self, number: int, corrects: str | None) -> None:
        self._db.execute("UPDATE notices SET corrects = ? WHERE number = ?", (corrects, number))

    def forget_notices(self) -> None:
        self._db.execute("DELETE FROM notices")
