"""The archive's tables of stories: which articles share wording, and which are one story.

A part of `ingest.archive`, set apart for its size: statements only. What makes two articles one story, and
which of them is the originator, is decided in `ingest.stories`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import sqlite3

TABLES = """
CREATE TABLE IF NOT EXISTS members (
    number INTEGER PRIMARY KEY AUTOINCREMENT, article_id TEXT NOT NULL UNIQUE, version INTEGER NOT NULL,
    shingles INTEGER NOT NULL, bound INTEGER NOT NULL, story TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS members_story ON members (story);
CREATE TABLE IF NOT EXISTS sketches (
    shingle INTEGER NOT NULL, member INTEGER NOT NULL, PRIMARY KEY (shingle, member)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS reprints (
    one INTEGER NOT NULL, other INTEGER NOT NULL, PRIMARY KEY (one, other)) WITHOUT ROWID;
"""
_PARAMETERS = 900


@dataclass(frozen=True, slots=True)
class Member:
    """An article as the stories know it: the version compared, how many shingles it has, and the largest
    shingle of its sketch (`bound`)."""

    number: int
    article_id: str
    version: int
    shingles: int
    bound: int


class StoryTables:
    """Mixed into the archive; everything that writes belongs inside its `transaction`."""

    @property
    def _db(self) -> sqlite3.Connection:
        raise NotImplementedError

    # What others read

    def stories_of(self, ids: Iterable[str]) -> dict[str, str]:
        """Article id → story id, which is the id of the story's originator; an article alone is its own."""
        wanted = list(dict.fromkeys(ids))
        found = dict(self._rows("SELECT article_id, story FROM members WHERE article_id IN ({})", wanted))
        return {id_: found.get(id_, id_) for id_ in wanted}

    def story(self, id_: str) -> list[str]:
        """The ids of all articles of an article's story: the originator, then in the order they came."""
        rows = self._db.execute(
            "SELECT article_id FROM members WHERE story = (SELECT story FROM members WHERE article_id = ?) "
            "ORDER BY article_id <> story, number",
            (id_,),
        ).fetchall()
        return [row[0] for row in rows] or [id_]

    def count_stories(self) -> tuple[int, int]:
        """How many stories more than one article tells, and how many articles tell them again."""
        return self._db.execute(  # type: ignore[no-any-return]
            "SELECT count(*), coalesce(sum(n - 1), 0) FROM "
            "(SELECT count(*) AS n FROM members GROUP BY story HAVING n > 1)"
        ).fetchone()

    # What `ingest.stories` keeps

    def members(self, numbers: Iterable[int]) -> list[Member]:
        columns = "number, article_id, version, shingles, bound"
        statement = f"SELECT {columns} FROM members WHERE number IN ({{}}) ORDER BY number"
        return [Member(*row) for row in self._rows(statement, sorted(numbers))]

    def member(self, article_id: str) -> Member | None:
        row = self._db.execute(
            "SELECT number, article_id, version, shingles, bound FROM members WHERE article_id = ?",
            (article_id,),
        ).fetchone()
        return Member(*row) if row else None

    def enter(self, article_id: str, version: int, shingles: int, bound: int) -> Member:
        """Puts an article in, as a story of its own; one that is in already keeps its number."""
        number = self._db.execute(
            "INSERT INTO members (article_id, version, shingles, bound, story) VALUES (?1, ?2, ?3, ?4, ?1) "
            "ON CONFLICT (article_id) DO UPDATE SET version = ?2, shingles = ?3, bound = ?4 "
            "RETURNING number",
            (article_id, version, shingles, bound),
        ).fetchone()[0]
        return Member(number, article_id, version, shingles, bound)

    def alone(self, member: Member) -> None:
        """Makes a member a story of its own."""
        self._db.execute("UPDATE members SET story = article_id WHERE number = ?", (member.number,))

    def holders(self, sketch: Sequence[int]) -> dict[int, list[int]]:
        """Shingle → the numbers of the members that hold it in their sketches."""
        found: dict[int, list[int]] = {}
        for shingle, member in self._rows(
            "SELECT shingle, member FROM sketches WHERE shingle IN ({})", sketch
        ):
            found.setdefault(shingle, []).append(member)
        return found

    def hold(self, number: int, shingles: Iterable[int]) -> None:
        self._db.executemany("INSERT OR IGNORE INTO sketches VALUES (?, ?)", [(s, number) for s in shingles])

    def drop(self, number: int, shingles: Iterable[int]) -> None:
        self._db.executemany(
            "DELETE FROM sketches WHERE shingle = ? AND member = ?", [(s, number) for s in shingles]
        )

    def join(self, one: int, other: int) -> None:
        """Notes that two members share their wording."""
        self._db.executemany("INSERT OR IGNORE INTO reprints VALUES (?, ?)", [(one, other), (other, one)])

    def part(self, number: int) -> list[int]:
        """Forgets what a member shares its wording with; returns the numbers of those."""
        others = self.joined_with(number)
        self._db.executemany(
            "DELETE FROM reprints WHERE one = ? AND other = ?",
            [pair for other in others for pair in ((number, other), (other, number))],
        )
        return others

    def joined_with(self, number: int) -> list[int]:
        rows = self._db.execute("SELECT other FROM reprints WHERE one = ? ORDER BY other", (number,))
        return [row[0] for row in rows]

    def tell(self, story: str, numbers: Iterable[int]) -> None:
        """Puts members into a story."""
        self._db.executemany("UPDATE members SET story = ? WHERE number = ?", [(story, n) for n in numbers])

    def forget_stories(self) -> None:
        for table in ("members", "sketches", "reprints"):
            self._db.execute(f"DELETE FROM {table}")

    def _rows(self, statement: str, values: Sequence[int] | Sequence[str]) -> list[tuple[Any, ...]]:
        """The rows of a statement whose `{}` takes a list; SQLite takes a bounded number at once."""
        parts = (values[i : i + _PARAMETERS] for i in range(0, len(values), _PARAMETERS))
        return [
            row
            for part in parts
            for row in self._db.execute(statement.format(", ".join("?" * len(part))), part).fetchall()
        ]
