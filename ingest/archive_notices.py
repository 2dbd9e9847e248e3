"""The archive's tables of correction notices: where each stands, and which article it corrects.

Beside notices, which are text, it keeps what providers withdrew by message. A part of `ingest.archive`, set
apart for its size: statements only. What a notice is, and which article it means, is decided in
`ingest.notices` and `ingest.corrections`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ingest.article import Moment
from ingest.schema import moment_of

if TYPE_CHECKING:
    import sqlite3

    from ingest.article import Withdrawal
    from ingest.notices import Notice, NoticeKind

TABLES = """
CREATE TABLE IF NOT EXISTS notices (
    number INTEGER PRIMARY KEY, article_id TEXT NOT NULL, version INTEGER NOT NULL, begins INTEGER NOT NULL,
    ends INTEGER NOT NULL, kind TEXT NOT NULL, own INTEGER NOT NULL, corrects TEXT);
CREATE INDEX IF NOT EXISTS notices_article ON notices (article_id);
CREATE INDEX IF NOT EXISTS notices_corrects ON notices (corrects);
CREATE TABLE IF NOT EXISTS withdrawals (
    article_id TEXT PRIMARY KEY, reason TEXT NOT NULL, revision INTEGER NOT NULL, moment INTEGER);
"""
# An item that its provider sent again later is no longer withdrawn, whichever of the two was read first.
_WITHDRAWN = """
FROM withdrawals w JOIN articles a ON a.id = w.article_id AND a.is_current
WHERE iif(a.revision AND w.revision, a.revision <= w.revision,
          coalesce(coalesce(a.updated, a.epoch) <= w.moment, 1))
"""


@dataclass(frozen=True, slots=True)
class Correction:
    """A notice and the article it corrects (`corrects`), its own or another.

    `text` is what the notice says, word for word: `start` and `end` are its place in that version of the
    article it stands in. What a provider withdrew by message is in no text: its place there is empty, and
    `when` tells when the message came.
    """

    article_id: str
    version: int
    start: int
    end: int
    kind: NoticeKind
    corrects: str
    text: str
    when: Moment | None = None

    @property
    def is_message(self) -> bool:
        """Whether a provider's message says so, and no text."""
        return not self.end

    def to_json(self) -> dict[str, str | int]:
        return {
            "article_id": self.article_id,
            "version": self.version,
            "start": self.start,
            "end": self.end,
            "kind": self.kind,
            "text": self.text,
        }


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
            if said := [*(Correction(*row) for row in rows), *self._messages(id_)]:
                found[id_] = said
        return found

    def _messages(self, id_: str) -> Iterator[Correction]:
        rows = self._db.execute(f"SELECT a.version, w.reason, w.moment {_WITHDRAWN} AND a.id = ?", (id_,))
        for version, reason, epoch in rows.fetchall():
            yield Correction(id_, version, 0, 0, "retraction", id_, reason, moment_of(epoch, "second"))

    def corrected(self) -> list[str]:
        """The ids of all articles that a notice corrects or that were withdrawn."""
        rows = self._db.execute(
            "SELECT corrects FROM notices WHERE corrects IS NOT NULL "
            f"UNION SELECT a.id {_WITHDRAWN} ORDER BY 1"
        )
        return [row[0] for row in rows]

    def withdrawn(self, as_of: int | None = None) -> frozenset[str]:
        """The ids of the articles that their providers withdrew, at the latest at `as_of` (UTC seconds)."""
        statement = f"SELECT a.id {_WITHDRAWN} AND (w.moment IS NULL OR w.moment <= coalesce(?, w.moment))"
        return frozenset(row[0] for row in self._db.execute(statement, (as_of,)))

    def count_notices(self) -> tuple[int, int]:
        """How many notices and withdrawals there are, and how many of them mean an article that is here."""
        notices, linked = self._db.execute("SELECT count(*), count(corrects) FROM notices").fetchone()
        (withdrawals,) = self._db.execute("SELECT count(*) FROM withdrawals").fetchone()
        (standing,) = self._db.execute(f"SELECT count(*) {_WITHDRAWN}").fetchone()
        return notices + withdrawals, linked + standing

    def withdraw(self, item: Withdrawal) -> bool:
        """Remembers that a provider took an item back; whether that retracts an article that is here."""
        self._db.execute(
            "INSERT OR REPLACE INTO withdrawals VALUES (?, ?, ?, ?)",
            (item.article_id, item.reason, item.revision, item.when.epoch if item.when else None),
        )
        statement = f"SELECT 1 {_WITHDRAWN} AND a.id = ?"
        return self._db.execute(statement, (item.article_id,)).fetchone() is not None

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
