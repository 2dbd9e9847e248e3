"""Keeps the indexes of a running page level with its archive, while others ingest beside it.

One thread, every few seconds: words, then vectors that an interrupted ingest left unmade, then Chroma.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from ingest.archive import Archive
from ingest.embed import Embedder
from ingest.errors import NewsdeskError
from ingest.indexes import Indexes, take
from ingest.pipeline import embed_pending

logger = logging.getLogger(__name__)


def follow(
    archive: Archive,
    indexes: Indexes,
    embedder: Callable[[], Embedder],
    done: threading.Event,
    seconds: float,
) -> None:
    """Catches up every `seconds` until `done` is set; a fault is logged and tried again."""
    while not done.is_set():
        try:
            indexes.catch_up_words()
            _finish_vectors(archive, embedder)
            indexes.catch_up_vectors()
        except NewsdeskError as error:
            logger.warning("%s", error)
        except Exception:
            logger.exception("The indexes could not be brought up to date; trying again.")
        done.wait(seconds)


def _finish_vectors(archive: Archive, embedder: Callable[[], Embedder]) -> None:
    """Goes on with an interrupted ingest; leaves it alone while an ingest is running."""
    if not archive.pending(limit=1):
        return
    lock = take(archive.home, "ingest")
    if lock is None:
        return
    try:
        embed_pending(archive, embedder)
    finally:
        lock.release()
