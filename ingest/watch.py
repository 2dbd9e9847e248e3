"""Keeps an archive current: folders and files as they change, feeds and pages as they are published.

Looks again every so often and takes in what is new since the last look. Knows which files changed; what is
read of them, and of the addresses, is not known here.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ingest.errors import BusyError
from ingest.report import Report

TakeIn = Callable[[Sequence[Path], Sequence[str]], Report]
Stamp = tuple[int, int, int]


@dataclass(slots=True)
class Watched:
    """Files as they were at the last look."""

    paths: Sequence[Path]
    _seen: dict[Path, Stamp] = field(default_factory=dict)

    def changed(self) -> dict[Path, Stamp]:
        """The files that are new or differ from what `remember` was told."""
        now = dict(_stamps(self.paths))
        self._seen = {path: stamp for path, stamp in self._seen.items() if path in now}
        return {path: stamp for path, stamp in now.items() if self._seen.get(path) != stamp}

    def remember(self, changed: dict[Path, Stamp]) -> None:
        """Notes that these were taken in, as they were when they were looked at."""
        self._seen |= changed


def _stamps(paths: Iterable[Path]) -> Iterator[tuple[Path, Stamp]]:
    """Every file at these paths and below, with what tells that it was changed; no hidden ones, no links."""
    waiting = list(paths)
    while waiting:
        path = waiting.pop()
        try:
            if path.is_dir():
                inside = (inner for inner in path.iterdir() if not inner.name.startswith("."))
                waiting += [inner for inner in inside if not inner.is_symlink()]
            elif path.is_file():
                about = path.stat()
                yield path, (about.st_mtime_ns, about.st_size, about.st_ino)
        except OSError:  # it went while it was looked at: the next look finds it, or not
            continue


def watch(
    take_in: TakeIn,
    paths: Sequence[Path],
    urls: Sequence[str],
    every: float,
    *,
    rounds: int | None = None,
    sleep: Callable[[float], None] = time.sleep,
) -> Iterator[Report]:
    """Takes in what is there, then what changes, and looks again after `every` seconds; the report of each.

    Goes on until it is interrupted, or for so many `rounds`. While another ingest runs it waits its turn.
    """
    watched, done = Watched(paths), 0
    while rounds is None or done < rounds:
        if done:
            sleep(every)
        done += 1
        changed = watched.changed()
        if not changed and not urls:
            continue
        try:
            yield take_in(sorted(changed, key=os.fspath), urls)
        except BusyError:
            continue
        watched.remember(changed)
