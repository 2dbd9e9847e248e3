"""The archive's table of vectors: a log of its own, which the vector index follows.

A part of `ingest.archive`, set apart for its size: statements only.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import sqlite3


TABLES = """
CREATE TABLE IF NOT EXISTS vectors (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, passage INTEGER NOT NULL UNIQUE, vector BLOB NOT NULL);
"""


class VectorTable:
    """Mixed into the archive. Vectors are kept as half floats, and given as floats."""

    @property
    def _db(self) -> sqlite3.Connection:
        raise NotImplementedError

    def transaction(self) -> AbstractContextManager[None]:
        raise NotImplementedError

    def pending(self, after: int = 0, limit: int = 512) -> list[tuple[int, str]]:
        """(number, article id) of passages without a vector, by number, from after a number on."""
        return self._db.execute(
            "SELECT number, article_id FROM passages p WHERE number > ? AND NOT EXISTS "
            "(SELECT 1 FROM vectors v WHERE v.passage = p.number) ORDER BY number LIMIT ?",
            (after, limit),
        ).fetchall()

    def add_vectors(self, numbers: Sequence[int], vectors: NDArray[np.float32]) -> None:
        """Stores unit vectors as half floats; a passage that left meanwhile is passed over."""
        rows = [(n, v.tobytes()) for n, v in zip(numbers, vectors.astype(np.float16), strict=True)]
        with self.transaction():
            self._db.executemany(
                "INSERT OR REPLACE INTO vectors (passage, vector) "
                "SELECT ?1, ?2 WHERE EXISTS (SELECT 1 FROM passages WHERE number = ?1)",
                rows,
            )

    def drop_vectors(self) -> None:
        """Takes every vector away; those that come later continue the numbering of the log."""
        self._db.execute("DELETE FROM vectors")

    def dimension(self) -> int:
        """How many numbers a vector has; 0 without any."""
        row = self._db.execute("SELECT length(vector) / 2 FROM vectors LIMIT 1").fetchone()
        return row[0] if row else 0

    def last_vector(self) -> int:
        return self._db.execute("SELECT coalesce(max(seq), 0) FROM vectors").fetchone()[0]  # type: ignore[no-any-return]

    def vectors_after(self, seq: int, limit: int = 5_000) -> tuple[int, list[int], NDArray[np.float32]]:
        """The next vectors of the log: (last seq read, passage numbers, matrix of shape (n, dimension))."""
        rows = self._db.execute(
            "SELECT seq, passage, vector FROM vectors WHERE seq > ? ORDER BY seq LIMIT ?", (seq, limit)
        ).fetchall()
        if not rows:
            return seq, [], np.zeros((0, 0), np.float32)
        matrix = np.frombuffer(b"".join(r[2] for r in rows), np.float16).reshape(len(rows), -1)
        return rows[-1][0], [r[1] for r in rows], matrix.astype(np.float32)
