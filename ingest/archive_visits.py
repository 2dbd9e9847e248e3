"""The archive's table of visits: what servers said of what was fetched, for the next time.

A part of `ingest.archive`, set apart for its size: statements only.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3

TABLES = """
CREATE TABLE IF NOT EXISTS visits (
    url TEXT PRIMARY KEY, etag TEXT NOT NULL, modified TEXT NOT NULL, visited_at REAL NOT NULL);
"""


@dataclass(frozen=True, slots=True)
class Visit:
    """The last time an address was fetched and taken in: its ETag, its Last-Modified, and when that was."""

    etag: str
    modified: str
    visited_at: float


class VisitTables:
    """Mixed into the archive."""

    @property
    def _db(self) -> sqlite3.Connection:
        raise NotImplementedError

    def visit(self, url: str) -> Visit | None:
        row = self._db.execute(
            "SELECT etag, modified, visited_at FROM visits WHERE url = ?", (url,)
        ).fetchone()
        return Visit(*row) if row else None

    def visited(self, url: str, etag: str, modified: str) -> None:
        """Notes a visit; belongs into the transaction that stores what was fetched."""
        self._db.execute(
            "INSERT OR REPLACE INTO visits VALUES (?, ?, ?, ?)", (url, etag, modified, time.time())
        )
