"""The derived indexes of an archive together, and the rule that one process at a time may write them.

Anyone may read the word index. The vector index is opened only by the owner, since two processes in one
Chroma folder lose vectors without a word. Knows nothing of embedding: vectors come from the archive.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

from filelock import FileLock, Timeout

from ingest.archive import Archive
from ingest.errors import ArchiveError, BusyError
from ingest.lexical import Lexical
from ingest.vectors import Vectors, missing, remove


def take(home: Path, name: str) -> FileLock | None:
    """The lock of that name in a home folder, or None when another process holds it.

    The operating system lets go of it when its process ends, however it ends.
    """
    lock = FileLock(home / f"{name}.lock", thread_local=False)
    try:
        lock.acquire(blocking=False)
    except Timeout:
        return None
    except OSError as error:
        raise ArchiveError(
            f"The folder {home} cannot be written ({error}): choose another with --home."
        ) from error
    return lock


class Indexes:
    """Opens the word index for reading; `own` makes this process the one that keeps both up to date."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._one_at_a_time = threading.RLock()
        self._lock: FileLock | None = None
        self._vectors: Vectors | None = None
        self.lexical = Lexical(archive.home)

    def own(self) -> bool:
        """True when this process owns the indexes now."""
        if self._lock is None:
            self._lock = take(self._archive.home, "owner")
        return self._lock is not None

    @property
    def vectors(self) -> Vectors:
        """The vector index, opened (and inspected) at first use; raises BusyError for all but the owner."""
        with self._one_at_a_time:
            if not self.own():
                raise BusyError("Another process owns the vector index of this archive.")
            if self._vectors is None:
                identity = self._archive.remembered("identity") or ""
                self._vectors = Vectors.open(self._archive.home, self._archive, identity)
            return self._vectors

    def catch_up_words(self, progress: Callable[[int], None] = lambda done: None) -> None:
        """Makes new texts searchable by words; without ownership, sees what the owner has done."""
        with self._one_at_a_time:
            if self.lexical.applied() != self._archive.last_change() and self.own():
                self.lexical.catch_up(self._archive, progress)
            self.lexical.refresh()

    def catch_up_vectors(self, progress: Callable[[int], None] = lambda done: None) -> None:
        """Brings Chroma level with the archive, when this process owns it and there is anything to do."""
        with self._one_at_a_time:
            if self.own() and (self._archive.last_vector() or self._vectors):
                self.vectors.catch_up(self._archive, progress)

    def forget_vectors(self) -> None:
        """Throws the vector index away; it is made again from the archive when it is next used."""
        with self._one_at_a_time:
            if not self.own():
                raise BusyError("Another process (a running chat or ingest) owns the indexes: stop it first.")
            if self._vectors is not None:
                self._vectors.close()
                self._vectors = None
            remove(self._archive.home)

    def differences(self) -> list[str]:
        """What the indexes hold that the archive does not, or the reverse, in words."""
        found = []
        counts = self._archive.counts()
        if (words := self.lexical.count()) != counts.passages:
            found.append(f"the word index has {words} passages, the archive {counts.passages}")
        if wrong := missing(self._archive, self.vectors):
            found.append(f"the vector index has {len(wrong)} passages missing, left over or changed")
        return found

    def rebuild(self) -> None:
        """Makes both indexes again from the archive, without embedding anything."""
        with self._one_at_a_time:
            if not self.own():
                raise BusyError("Another process (a running chat or ingest) owns the indexes: stop it first.")
            self.lexical.rebuild(self._archive)
            self.vectors.rebuild(self._archive)

    def close(self) -> None:
        if self._vectors is not None:
            self._vectors.close()
            self._vectors = None
        if self._lock is not None:
            self._lock.release()
            self._lock = None
