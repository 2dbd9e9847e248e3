"""Kept conversations: one SQLite file beside the archive, and the only module that knows it.

    keep = Keep(home)
    keep.save(reader, conversation, Saved.of(question, answer, articles))
    keep.conversations(reader, "bridge cost")

Each call is a short transaction of its own connection, so that it neither waits for a running ingest nor
leaves anything half done when its process is killed. A `reader` is a secret that a browser holds: what one
reader kept, no other finds. It does not know what an answer is made of (`app.kept`).
"""

from __future__ import annotations

import re
import sqlite3
import time
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from itertools import chain
from pathlib import Path
from typing import Any, get_args

from app.kept import Conversation, Listed, Saved, Thumb, name_for, packed, unpacked
from ingest.errors import ArchiveError, UsageError

FILE = "kept.sqlite3"

_NAME_LENGTH = 200
_REASON_LENGTH = 2_000
_LISTED = 200
# So many words are looked for, and no more.
_WORDS = 100
_TABLES = """
CREATE TABLE IF NOT EXISTS conversations (
    id TEXT PRIMARY KEY, reader TEXT NOT NULL, name TEXT NOT NULL, made REAL NOT NULL, changed REAL NOT NULL);
CREATE INDEX IF NOT EXISTS conversations_reader ON conversations (reader, changed);
CREATE TABLE IF NOT EXISTS answers (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, conversation TEXT NOT NULL, place INTEGER NOT NULL,
    question TEXT NOT NULL, asked REAL NOT NULL, since TEXT NOT NULL, until TEXT NOT NULL,
    sources TEXT NOT NULL, thumb TEXT NOT NULL, reason TEXT NOT NULL, answer TEXT NOT NULL,
    UNIQUE (conversation, place));
CREATE VIRTUAL TABLE IF NOT EXISTS words USING fts5 (
    question, answer, tokenize = "unicode61 remove_diacritics 2");
"""
# A writer takes its turn at once: one that first reads could find that another has written meanwhile.
_WRITE = "BEGIN IMMEDIATE"
_COLUMNS = "a.id, a.question, a.asked, a.since, a.until, a.sources, a.thumb, a.reason, a.answer"
# Outlets have no line breaks in their names.
_BETWEEN = "\n"


class Keep:
    """What readers of the archive in `home` have kept. Threads and processes may share the file."""

    def __init__(self, home: str | Path) -> None:
        self.path = Path(home) / FILE

    @contextmanager
    def _db(self, begin: str = "BEGIN") -> Iterator[sqlite3.Connection]:
        """A transaction: all of what is written inside, or nothing of it."""
        # Looking makes no file.
        place = self.path if begin == _WRITE or self.path.is_file() else ":memory:"
        try:
            with closing(sqlite3.connect(place, timeout=30, isolation_level=None)) as db:
                db.execute("PRAGMA journal_mode=WAL")
                db.execute("PRAGMA synchronous=FULL")
                # What is deleted is gone from the file too.
                db.execute("PRAGMA secure_delete=ON")
                db.executescript(_TABLES)
                db.create_function("folded", 1, _folded, deterministic=True)
                db.execute(begin)
                yield db
                db.execute("COMMIT")
        except sqlite3.Error as error:
            raise ArchiveError(
                f"The kept conversations in {self.path} cannot be read or written ({error}): see that the "
                "folder can be written and the disk is not full."
            ) from error

    # Keeping

    def save(self, reader: str, conversation: str, saved: Saved, at: int | None = None) -> None:
        """Adds an answer to a conversation, which begins with its first one.

        With `at`, the answer takes that place, counted from 0: what stood there and after it goes, since it
        followed from another answer.
        """
        _must_be_known(reader)
        now = time.time()
        with self._db(_WRITE) as db:
            owner = db.execute("SELECT reader FROM conversations WHERE id = ?", (conversation,)).fetchone()
            if owner and owner[0] != reader:
                raise _no_conversation()
            if not owner:
                name = _text(name_for(saved.question))
                db.execute(
                    "INSERT INTO conversations VALUES (?, ?, ?, ?, ?)", (conversation, reader, name, now, now)
                )
            place = _next_place(db, conversation)
            if at is not None and at < place:
                _remove(db, "conversation = ? AND place >= ?", (conversation, at))
                place = at
            _insert(db, conversation, place, saved)
            db.execute("UPDATE conversations SET changed = ? WHERE id = ?", (now, conversation))

    def judge(self, reader: str, answer: str, thumb: Thumb, reason: str = "") -> None:
        """Remembers what the reader thought of an answer: "up", "down", or "" for nothing any more."""
        if thumb not in get_args(Thumb):
            raise UsageError(f"{thumb!r} is no judgement: an answer is judged up or down.")
        with self._db(_WRITE) as db:
            done = db.execute(
                "UPDATE answers SET thumb = ?, reason = ? WHERE id = ? AND conversation IN "
                "(SELECT id FROM conversations WHERE reader = ?)",
                (thumb, _text(reason.strip())[:_REASON_LENGTH] if thumb else "", answer, reader),
            )
            if not done.rowcount:
                raise UsageError("This answer is not kept, so it cannot be judged.")

    def rename(self, reader: str, conversation: str, name: str) -> None:
        """Gives a conversation another name; raises UsageError for an empty one."""
        name = _text(" ".join(name.split()))[:_NAME_LENGTH]
        if not name:
            raise UsageError("A conversation needs a name: type one.")
        with self._db(_WRITE) as db:
            done = db.execute(
                "UPDATE conversations SET name = ? WHERE id = ? AND reader = ?", (name, conversation, reader)
            )
            if not done.rowcount:
                raise _no_conversation()

    def delete(self, reader: str, conversation: str) -> None:
        """Removes a conversation with all its answers; one that is gone already is no error."""
        with self._db(_WRITE) as db:
            done = db.execute("DELETE FROM conversations WHERE id = ? AND reader = ?", (conversation, reader))
            if done.rowcount:
                _remove(db, "conversation = ?", (conversation,))

    # Finding again

    def conversations(self, reader: str, words: str = "") -> list[Listed]:
        """The reader's conversations, the latest first; with `words`, those that have all of them.

        Each word may be in any of its questions and answers, or in its name; the last may be a beginning.
        Case and accents do not count.
        """
        wanted = re.findall(r"[^\W_]+", _text(words))[:_WORDS]
        if words.strip() and not wanted:
            return []
        with self._db() as db:
            rows = db.execute(*_list_query(reader, wanted)).fetchall()
        return [Listed(*row[:5]) for row in rows]

    def conversation(self, reader: str, id: str) -> Conversation:
        """A conversation with its answers; raises UsageError when this reader has no such one."""
        with self._db() as db:
            row = db.execute(
                "SELECT id, name, made, changed FROM conversations WHERE id = ? AND reader = ?", (id, reader)
            ).fetchone()
            rows = db.execute(
                f"SELECT {_COLUMNS} FROM answers a WHERE conversation = ? ORDER BY place", (id,)
            ).fetchall()
        if row is None:
            raise _no_conversation()
        _, name, made, changed = row
        return Conversation(id, name, made, changed, tuple(map(_saved, rows)))

    def answer(self, reader: str, id: str) -> Saved:
        """One kept answer; raises UsageError when this reader has no such one."""
        with self._db() as db:
            row = db.execute(
                f"SELECT {_COLUMNS} FROM answers a JOIN conversations c ON c.id = a.conversation "
                "WHERE a.id = ? AND c.reader = ?",
                (id, reader),
            ).fetchone()
        if row is None:
            raise UsageError("This answer is not kept any more.")
        return _saved(row)

    # For those who look after the archive: what all readers kept

    def answers(self) -> list[tuple[str, Saved]]:
        """Every kept answer with the name of its conversation, the oldest first."""
        return self._all("")

    def judged(self, reader: str | None = None) -> list[Saved]:
        """The answers that were judged, by one reader or by all."""
        whose = "" if reader is None else " AND c.reader = :reader"
        return [saved for _, saved in self._all(f"AND a.thumb <> ''{whose}", {"reader": reader})]

    def _all(self, condition: str, values: dict[str, Any] | None = None) -> list[tuple[str, Saved]]:
        with self._db() as db:
            rows = db.execute(
                f"SELECT c.name, {_COLUMNS} FROM answers a JOIN conversations c ON c.id = a.conversation "
                f"WHERE 1 {condition} ORDER BY a.asked",
                values or {},
            ).fetchall()
        return [(name, _saved(row)) for name, *row in rows]


def _list_query(reader: str, wanted: Sequence[str]) -> tuple[str, tuple[Any, ...]]:
    count = "(SELECT count(*) FROM answers a WHERE a.conversation = c.id)"
    latest = f"ORDER BY c.changed DESC LIMIT {_LISTED}"
    if not wanted:
        return (
            f"SELECT c.id, c.name, c.changed, {count}, '' FROM conversations c WHERE c.reader = ? {latest}",
            (reader,),
        )
    # Quoted, a word is a word whatever it looks like to the query language.
    terms = [f'"{word}"' for word in wanted]
    terms[-1] += "*"
    said = "SELECT a.conversation{} FROM words JOIN answers a ON a.number = words.rowid WHERE words MATCH ?"
    has = f"(c.id IN ({said.format('')}) OR instr(folded(c.name), folded(?)) > 0)"
    excerpts = said.format(", snippet(words, -1, '', '', '…', 24) AS excerpt, rank AS place")
    # Of the answers of a conversation the one is shown that has most of the words: its rank is the least.
    return (
        f"WITH f AS MATERIALIZED ({excerpts}) "
        f"SELECT c.id, c.name, c.changed, {count}, coalesce(f.excerpt, ''), min(f.place) "
        "FROM conversations c LEFT JOIN f ON f.conversation = c.id WHERE c.reader = ? "
        f"AND {' AND '.join([has] * len(wanted))} GROUP BY c.id {latest}",
        (" OR ".join(terms), reader, *chain.from_iterable(zip(terms, wanted, strict=True))),
    )


def _folded(text: str) -> str:
    """Without case and accents, as the index of words has them."""
    plain = (c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    return "".join(plain)


def _next_place(db: sqlite3.Connection, conversation: str) -> int:
    row = db.execute(
        "SELECT coalesce(max(place) + 1, 0) FROM answers WHERE conversation = ?", (conversation,)
    ).fetchone()
    return int(row[0])


def _insert(db: sqlite3.Connection, conversation: str, place: int, saved: Saved) -> None:
    sources = _BETWEEN.join(" ".join(name.split()) for name in saved.sources)
    row = (saved.id, conversation, place, _text(saved.question), saved.asked, _text(saved.since),
           _text(saved.until), _text(sources), saved.thumb, _text(saved.reason), packed(saved))  # fmt: skip
    number = db.execute(
        "INSERT INTO answers "
        "(id, conversation, place, question, asked, since, until, sources, thumb, reason, answer) "
        f"VALUES ({', '.join('?' * len(row))})",
        row,
    ).lastrowid
    db.execute(
        "INSERT INTO words (rowid, question, answer) VALUES (?, ?, ?)",
        (number, _text(saved.question), _text(saved.words)),
    )


def _remove(db: sqlite3.Connection, condition: str, values: tuple[Any, ...]) -> None:
    db.execute(f"DELETE FROM words WHERE rowid IN (SELECT number FROM answers WHERE {condition})", values)
    db.execute(f"DELETE FROM answers WHERE {condition}", values)
    # The words of what was deleted would stay in the index until its parts are merged.
    db.execute("INSERT INTO words (words) VALUES ('optimize')")


def _saved(row: Sequence[Any]) -> Saved:
    id_, question, asked, since, until, sources, thumb, reason, line = row
    try:
        answer, articles, sections = unpacked(line)
    except ValueError as error:
        raise ArchiveError(f"The kept answer {id_} is damaged ({error}): delete its conversation.") from None
    outlets = tuple(filter(None, sources.split(_BETWEEN)))
    limits = since, until, outlets, sections
    return Saved(question, answer, articles, *limits, thumb, reason, asked, id_)


def _must_be_known(reader: str) -> None:
    if not reader:
        raise UsageError("This browser takes no cookies, so nothing can be kept for it: allow them here.")


def _no_conversation() -> UsageError:
    return UsageError("There is no such conversation: it may have been deleted.")


def _text(text: str) -> str:
    """Fit for a database: halves of characters cannot be stored."""
    return text.encode(errors="replace").decode().replace("\x00", "")
