"""The vector index in Chroma, and the only module that knows chromadb.

It follows the archive's vectors as `ingest.lexical` follows its texts. Chroma can lose vectors when its
process is killed in the middle of a flush, and opening what is left can crash the interpreter, so a
folder that was not closed properly is inspected by a child process before it is trusted, and made again
from the archive when anything is missing. Only the owner of the archive's indexes may open it.

`python -m ingest.vectors HOME` is that inspection: exit status 0 when every vector can be fetched.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ingest.archive import Archive
from ingest.errors import ArchiveError
from ingest.settings import stay_offline
from ingest.state import read_state, write_state

if TYPE_CHECKING:
    from chromadb.api.models.Collection import Collection

NAME = "passages"
_FORMAT = 1
# Chroma's largest batch is 5,461.
_BATCH = 5_000
# Recall@10 .998 on 11,000 random vectors, where Chroma's defaults gave .80.
_CONFIGURATION: Any = {
    "hnsw": {"space": "cosine", "max_neighbors": 32, "ef_construction": 200, "ef_search": 400}
}


class Vectors:
    """Approximate nearest passages by cosine. Use `open`; `close` tells the next opening that all is well."""

    def __init__(self, folder: Path, identity: str) -> None:
        self.folder = folder
        self._identity = identity
        self._client: Any = None
        self._collection: Collection | None = None
        self._state: dict[str, Any] = {}

    @classmethod
    def open(cls, home: Path, archive: Archive, identity: str) -> Vectors:
        """Opens the index of an archive, inspecting and mending it first when it needs that.

        `identity` names the model and the chunker; an index made with another is made again.
        """
        vectors = cls(_folder(home), identity)
        state = read_state(vectors.folder)
        usable = state.get("identity") == identity and state.get("format") == _FORMAT
        ahead = usable and state["vector"] > archive.last_vector()
        if not usable or ahead or not (state["is_closed"] or _is_sound(home)):
            shutil.rmtree(vectors.folder, ignore_errors=True)
        vectors._connect()
        return vectors

    def _connect(self) -> None:
        stay_offline()
        import chromadb
        from chromadb.config import Settings

        self._state = read_state(self.folder) or self._fresh_state()
        try:
            self._client = chromadb.PersistentClient(
                str(self.folder), settings=Settings(anonymized_telemetry=False)
            )
            self._collection = self._client.get_or_create_collection(
                NAME, embedding_function=None, configuration=_CONFIGURATION
            )
        except Exception as error:
            raise ArchiveError(
                f"The vector index in {self.folder} cannot be opened ({error}): run `newsdesk repair`."
            ) from error

    def _fresh_state(self) -> dict[str, Any]:
        return {"format": _FORMAT, "identity": self._identity, "change": 0, "vector": 0, "is_closed": True}

    def _note(self, **changes: Any) -> None:
        self._state |= changes
        write_state(self.folder, self._state)

    @property
    def _passages(self) -> Collection:
        if self._collection is None:
            raise ArchiveError("The vector index is closed.")
        return self._collection

    def catch_up(self, archive: Archive, progress: Callable[[int], None] = lambda done: None) -> None:
        """Deletes passages that left and upserts vectors that came since the last time."""
        if self._state["change"] == archive.last_change() and self._state["vector"] == archive.last_vector():
            return
        self._note(is_closed=False)
        while changes := archive.changes_after(self._state["change"]):
            gone = [str(n) for c in changes if c.gone for n in range(c.gone[0], c.gone[1] + 1)]
            for i in range(0, len(gone), _BATCH):
                self._passages.delete(ids=gone[i : i + _BATCH])
            self._note(change=changes[-1].seq)
        while True:
            seq, numbers, matrix = archive.vectors_after(self._state["vector"], _BATCH)
            if not numbers:
                return
            self._passages.upsert(ids=[str(n) for n in numbers], embeddings=matrix)
            self._note(vector=seq)
            progress(len(numbers))

    def rebuild(self, archive: Archive) -> None:
        """Throws the index away and makes it again from the archive's vectors."""
        self.close()
        shutil.rmtree(self.folder, ignore_errors=True)
        self._connect()
        self.catch_up(archive)

    def query(self, vector: NDArray[np.float32], k: int) -> list[tuple[int, float]]:
        """The k nearest as (passage number, cosine), best first; Chroma itself speaks distance."""
        found = self._passages.query(query_embeddings=vector[None, :], n_results=k, include=["distances"])
        distances = found["distances"] or [[]]
        return [(int(i), 1.0 - d) for i, d in zip(found["ids"][0], distances[0], strict=True)]

    def stored(self) -> Mapping[int, NDArray[np.float32]]:
        """Every vector as Chroma gives it back, by passage number."""
        found: dict[int, NDArray[np.float32]] = {}
        while True:
            page = self._passages.get(include=["embeddings"], limit=_BATCH, offset=len(found))
            if not page["ids"]:
                return found
            vectors: Sequence[Any] | NDArray[Any] = (
                page["embeddings"] if page["embeddings"] is not None else []
            )
            found.update(
                {int(i): np.asarray(v, np.float32) for i, v in zip(page["ids"], vectors, strict=True)}
            )

    def close(self) -> None:
        """Leaves the folder in a state the next opening need not inspect."""
        if self._client is not None:
            self._client.close()
            self._client = self._collection = None
            self._note(is_closed=True)


def remove(home: Path) -> None:
    """Takes the index of an archive away, if there is one; it must not be open."""
    shutil.rmtree(_folder(home), ignore_errors=True)


def _folder(home: Path) -> Path:
    return home / "chroma"


def missing(archive: Archive, vectors: Vectors) -> list[int]:
    """Passages whose vector Chroma lacks, has too many or gives back changed: a count alone would lie."""
    stored = dict(vectors.stored())
    wrong: list[int] = []
    seq = 0
    while True:
        seq, numbers, matrix = archive.vectors_after(seq)
        if not numbers:
            return wrong + list(stored)
        for number, expected in zip(numbers, matrix, strict=True):
            found = stored.pop(number, None)
            if found is None or not np.allclose(found, expected, atol=1e-3):
                wrong.append(number)


def _is_sound(home: Path) -> bool:
    """Asks a child process, since a damaged segment can crash the interpreter that opens it."""
    command = [sys.executable, "-m", "ingest.vectors", str(home)]
    root = str(Path(__file__).resolve().parent.parent)
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([root, os.environ.get("PYTHONPATH", "")])}
    return subprocess.run(command, env=environment, capture_output=True, check=False).returncode == 0


def _inspect(home: Path) -> int:
    """Catches up and compares everything; 0 when Chroma gives back exactly what the archive holds."""
    archive = Archive(home)
    vectors = Vectors(_folder(home), archive.remembered("identity") or "")
    vectors._connect()
    vectors.catch_up(archive)
    if missing(archive, vectors):
        return 1
    stored = vectors.stored()
    if stored:  # the graph must answer too, not only the table beside it
        vectors.query(next(iter(stored.values())), min(10, len(stored)))
    vectors.close()
    return 0


if __name__ == "__main__":
    sys.exit(_inspect(Path(sys.argv[1])))
