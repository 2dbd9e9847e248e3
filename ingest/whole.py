"""Files that are there whole or not at all: written beside their place, and put there in one step."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import get_ident
from typing import TextIO


@contextmanager
def replacing(path: Path, encoding: str = "utf-8", errors: str = "strict") -> Iterator[TextIO]:
    """A file's new content: in its place once all of it is on the disk, and gone when anything fails.

    Whoever reads the file meanwhile sees the old content. Line feeds are written as they are. Raises OSError.
    """
    beside = path.with_name(f".{path.name}.{os.getpid()}-{get_ident()}")
    try:
        with beside.open("w", encoding=encoding, errors=errors, newline="") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
