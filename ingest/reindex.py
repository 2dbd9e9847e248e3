"""Makes the vectors of an archive again with another embedding model; texts and passages stay as they are.

The old vectors go first, in one step with the change of the model, so that two models' never mix. Until the
new ones are made the archive is searched by words. Stopped at any moment, the same command goes on.
"""

from __future__ import annotations

from collections.abc import Callable

from ingest.archive import Archive
from ingest.chunk import CHUNKER
from ingest.embed import Embedder
from ingest.errors import BusyError, EmbedderError
from ingest.indexes import Indexes, take
from ingest.pipeline import embed_pending
from ingest.progress import step
from ingest.prompts import identity_of


def reindex(
    archive: Archive,
    indexes: Indexes,
    embedder: Callable[[], Embedder],
    embedder_name: str,
    *,
    anew: bool = False,
) -> int:
    """Gives every passage a vector of this model, and returns how many were made.

    Vectors that this model has made are kept unless `anew`. Raises BusyError while a page or an ingest runs,
    EmbedderError for a missing model (and nothing is changed), or when the passages were cut otherwise.
    """
    lock = take(archive.home, "ingest")
    if lock is None:
        raise BusyError("An ingest is running on this archive: wait until it has finished.")
    try:
        model = embedder()
        known, identity = archive.remembered("identity"), identity_of(embedder_name, CHUNKER)
        if known is not None and known.rpartition(" ")[2] != CHUNKER:
            raise EmbedderError(
                f"The passages in {archive.home} were cut by another version: ingest into another --home."
            )
        if anew or known != identity:
            indexes.forget_vectors()
            with archive.transaction():
                archive.drop_vectors()
                archive.remember("identity", identity)
        made = embed_pending(archive, lambda: model)
        with step("Indexing", None, "vectors") as advance:
            indexes.catch_up_vectors(advance)
    finally:
        lock.release()
    return made
