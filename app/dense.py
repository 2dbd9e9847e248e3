"""Every passage vector of the archive in memory, for exact nearest neighbours under any filter.

Exact scoring of 100,000 passages is one matrix product of a few milliseconds and filters for free, where an
approximate index slows down fifty-fold under a date filter; Chroma takes over where a table would be
too large (see `app.retrieve`). The table follows the archive's log and knows nothing of words.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from ingest.archive import Archive
from ingest.article import Moment
from ingest.errors import EmbedderError
from ingest.lexical import UNDATED, Window
from ingest.sections import counted, section_key

Rows = NDArray[np.intp]


@dataclass(frozen=True)
class Snapshot:
    """One consistent state of the table: row i is passage `numbers[i]` of the article at `owner[i]`.

    `place` gives an article's position in `published`, `begins`, `ends` (UTC seconds), `sources` and
    `in_section` (its `section_key`); all current articles are there, with or without vectors. `sections` are
    the names of all sections, the largest first.
    """

    numbers: NDArray[np.int64]
    matrix: NDArray[np.float32]
    owner: NDArray[np.intp]
    place: dict[str, int]
    published: list[Moment | None]
    begins: NDArray[np.int64]
    ends: NDArray[np.int64]
    sources: NDArray[np.str_]
    in_section: NDArray[np.str_]
    sections: tuple[str, ...]
    rows_of: dict[int, list[int]]

    @property
    def newest(self) -> int | None:
        """The last second of the newest article's date; None when no article has one."""
        latest = int(self.ends.max(initial=UNDATED))
        return None if latest == UNDATED else latest

    @cached_property
    def outlets(self) -> tuple[str, ...]:
        """The names of all outlets, in order of the alphabet."""
        return tuple(sorted({str(name) for name in self.sources.tolist() if name}))

    def outlet(self, article_id: str) -> str:
        position = self.place.get(article_id)
        return "" if position is None else str(self.sources[position])

    def when(self, article_id: str) -> Moment | None:
        position = self.place.get(article_id)
        return None if position is None else self.published[position]

    def admitted(self, window: Window) -> NDArray[np.bool_]:
        """Which articles the window lets through, by their position: the rule of `Window.admits`."""
        passed = np.ones(len(self.place), np.bool_)
        if window.as_of is not None:
            passed &= self.ends <= window.as_of
        if window.since is not None:
            passed &= self.ends >= window.since
        if window.until is not None:
            passed &= (self.begins <= window.until) & (self.begins != UNDATED)
        if window.sources:
            passed &= np.isin(self.sources, window.sources)
        if window.sections:
            passed &= np.isin(self.in_section, window.sections)
        return passed

    def admits(self, article_id: str, window: Window) -> bool:
        """Whether the window lets this article through."""
        if (position := self.place.get(article_id)) is None:
            return False
        source, section = str(self.sources[position]), str(self.in_section[position])
        return window.admits(self.published[position], source, section)

    def closest(self, article_ids: Iterable[str], vector: NDArray[np.float32]) -> dict[str, float]:
        """Article id → cosine of its nearest passage, for those of these articles that have vectors."""
        best = {}
        for id_ in article_ids:
            position = self.place.get(id_)
            if position is not None and (rows := self.rows_of.get(position)):
                best[id_] = float((self.matrix[rows] @ vector).max())
        return best

    def cosines_of(self, article_ids: Iterable[str], vector: NDArray[np.float32]) -> dict[int, float]:
        """Passage number → cosine for every passage of these articles that has a vector."""
        places = (self.place[id_] for id_ in article_ids if id_ in self.place)
        rows = [row for place in places for row in self.rows_of.get(place, ())]
        cosines = self.matrix[rows] @ vector if rows else np.zeros(0, np.float32)
        return dict(zip(self.numbers[rows].tolist(), cosines.tolist(), strict=True))

    def nearest(
        self, vector: NDArray[np.float32], k: int, window: Window
    ) -> tuple[Rows, NDArray[np.float32]]:
        """The rows of the k nearest admitted passages and their cosines, best first."""
        rows = np.arange(len(self.numbers))
        if not window.is_open:
            rows = np.flatnonzero(self.admitted(window)[self.owner])
        # A product over all rows is cheaper than copying more than a few of them out.
        if len(rows) * 4 > len(self.numbers):
            cosines = (self.matrix @ vector)[rows]
        else:
            cosines = self.matrix[rows] @ vector
        best = np.argpartition(-cosines, min(k, len(cosines) - 1))[:k] if len(cosines) else rows[:0]
        best = best[np.argsort(-cosines[best], kind="stable")]
        return rows[best], cosines[best]


class Dense:
    """Keeps a `Snapshot` up to date. `current` may be called from any thread."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._lock = threading.Lock()
        self._mark = (-1, -1)
        self._seq = 0
        self._model = archive.remembered("identity")
        self._blocks: list[tuple[NDArray[np.int64], NDArray[np.float32]]] = []
        self._snapshot: Snapshot | None = None

    def current(self) -> Snapshot:
        """The table as of the archive's last change; reads only what is new."""
        mark = (self._archive.last_change(), self._archive.last_vector())
        with self._lock:
            if self._snapshot is None or mark != self._mark:
                self._read_new()
                self._snapshot, self._mark = self._build(), mark
            return self._snapshot

    def _read_new(self) -> None:
        if self._model != self._archive.remembered("identity"):
            raise EmbedderError("The archive was re-indexed with another model meanwhile: open it again.")
        while True:
            self._seq, numbers, matrix = self._archive.vectors_after(self._seq)
            if not numbers:
                return
            self._blocks.append((np.array(numbers, np.int64), matrix))

    def _build(self) -> Snapshot:
        outlines = self._archive.outlines()
        place = {outline.id: i for i, outline in enumerate(outlines)}
        owners = {number: place[id_] for number, id_ in self._archive.owners() if id_ in place}
        numbers, matrix = self._joined(owners)
        owner = np.fromiter((owners[n] for n in numbers.tolist()), np.intp, len(numbers))
        rows_of: dict[int, list[int]] = {}
        for row, position in enumerate(owner.tolist()):
            rows_of.setdefault(position, []).append(row)
        published = [outline.published for outline in outlines]
        begins = np.array([m.epoch if m else UNDATED for m in published], np.int64)
        ends = np.array([m.last if m else UNDATED for m in published], np.int64)
        sources = np.array([outline.source for outline in outlines], np.str_)
        in_section = np.array([section_key(outline.section) for outline in outlines], np.str_)
        sections = tuple(name for name, _ in counted(outline.section for outline in outlines))
        return Snapshot(
            numbers, matrix, owner, place, published, begins, ends, sources, in_section, sections, rows_of
        )

    def _joined(self, owners: dict[int, int]) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """All blocks as one, without the passages that left."""
        if not self._blocks:
            return np.zeros(0, np.int64), np.zeros((0, 1), np.float32)
        numbers = np.concatenate([block[0] for block in self._blocks])
        matrix = np.concatenate([block[1] for block in self._blocks])
        kept = np.fromiter((n in owners for n in numbers.tolist()), np.bool_, len(numbers))
        if not kept.all():
            numbers, matrix = numbers[kept], matrix[kept]
        self._blocks = [(numbers, matrix)]
        return numbers, matrix
