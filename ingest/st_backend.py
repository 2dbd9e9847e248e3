"""Any sentence-transformers embedder on torch: its prompts, its dimension, its window.

A text longer than the window is read in parts whose vectors are averaged. The only module that imports the
library; which prompts a model wants is `ingest.prompts`' to say.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import inf
from typing import Any

import numpy as np

from ingest.embed import Floats, TokenVectors, average, cuts, flat, readable, unit
from ingest.errors import EmbedderError
from ingest.prompts import Prompts, is_folder
from ingest.settings import stay_offline


@dataclass(frozen=True, slots=True)
class Part:
    """What a model reads of a text at a time, where it starts, and how many pieces it has."""

    text: str
    start: int
    pieces: int


class SentenceTransformersEmbedder:
    """Any sentence-transformers model, on torch, with its prompts, dimension and window."""

    def __init__(self, name: str, source: str, prompts: Prompts) -> None:
        self.name = name
        self._prompts = prompts
        self._model = _load(source)
        self._tokenizer = self._model.tokenizer
        self._lock = threading.Lock()  # Hugging Face's tokenizers cannot be shared between threads
        self.dimension = int(self._model.get_embedding_dimension())
        self.backend = f"torch {self._model.device.type}"

    def embed(self, texts: Sequence[str]) -> Floats:
        return self._embed(self._model.encode_document, texts, self._prompts.passage)

    def embed_query(self, text: str) -> Floats:
        return np.asarray(self._embed(self._model.encode_query, [text], self._prompts.query)[0], np.float32)

    def _embed(self, encode: Callable[..., Any], texts: Sequence[str], prompt: str) -> Floats:
        if not texts:
            return np.zeros((0, self.dimension), np.float32)
        with self._lock:
            parts = [self._parts(readable(text), prompt) for text in texts]
            read = [part.text for part in flat(parts)]
            # Always with a prompt, even an empty one: left to itself the library would choose another.
            vectors = iter(encode(read, prompt=prompt, show_progress_bar=False))
        return np.array([average([(next(vectors), part.pieces) for part in text]) for text in parts])

    def tokens(self, texts: Sequence[str]) -> list[TokenVectors]:
        with self._lock:
            if not callable(self._tokenizer):
                return [self._static_tokens(readable(text)) for text in texts]
            parts = [self._parts(readable(text), "") for text in texts]
            return [_joined([self._tokens(part) for part in text]) for text in parts]

    def _tokens(self, part: Part) -> TokenVectors:
        read = self._tokenizer(part.text, return_offsets_mapping=True, return_special_tokens_mask=True)
        hidden = self._model.encode(
            part.text, prompt="", output_value="token_embeddings", show_progress_bar=False
        )
        inner = [index for index, special in enumerate(read["special_tokens_mask"]) if not special]
        pieces = self._tokenizer.convert_ids_to_tokens([read["input_ids"][index] for index in inner])
        spans = [read["offset_mapping"][index] for index in inner]
        offsets = [(part.start + start, part.start + end) for start, end in spans]
        return TokenVectors(pieces, offsets, unit(hidden.float().cpu().numpy()[inner]))

    def _static_tokens(self, text: str) -> TokenVectors:
        """Those of a static model: a piece has the same vector wherever it stands."""
        read = self._tokenizer.encode(text, add_special_tokens=False)
        table = self._model[0].embedding.weight.detach().float().cpu().numpy()
        return TokenVectors(read.tokens, read.offsets, unit(table[read.ids]))

    def _parts(self, text: str, prompt: str) -> list[Part]:
        """The text cut so that the model, with this prompt, reads each part whole."""
        limit = self._model.max_seq_length
        if not limit or limit == inf:  # static models read everything
            return [Part(text, 0, 1)]
        room = max(1, limit - len(self._tokenizer(prompt)["input_ids"]))
        read = self._tokenizer(text, add_special_tokens=False, return_offsets_mapping=True, verbose=False)
        offsets = read["offset_mapping"]
        at = [0, *cuts(offsets, room), len(offsets)]
        starts = [0, *(offsets[index][0] for index in at[1:-1]), len(text)]
        spans = zip(pairwise(starts), pairwise(at), strict=True)
        return [Part(text[start:end], start, last - first + 2) for (start, end), (first, last) in spans]


def _joined(parts: list[TokenVectors]) -> TokenVectors:
    return TokenVectors(
        flat([part.pieces for part in parts]),
        flat([part.offsets for part in parts]),
        np.concatenate([part.vectors for part in parts]),
    )


def library() -> Any:
    """sentence-transformers, kept quiet and from calling out; raises EmbedderError without it."""
    stay_offline()
    try:
        import sentence_transformers
        from transformers.utils.logging import disable_progress_bar
    except ImportError:
        raise EmbedderError("Other models need: pip install sentence-transformers.") from None
    disable_progress_bar()  # type: ignore[no-untyped-call]
    logging.getLogger("sentence_transformers").setLevel(logging.ERROR)
    return sentence_transformers


def _load(source: str) -> Any:
    """A model from this machine's disk; never from the network."""
    models = library()
    try:
        return models.SentenceTransformer(source, local_files_only=True)
    except Exception as error:
        # Of a model that is not there the library says that it could not reach the network.
        absent = isinstance(error, OSError) and not is_folder(source)
        reason = "" if absent or not str(error) else f" that can be opened ({str(error).splitlines()[0]})"
        raise EmbedderError(
            f"There is no embedding model {source!r} on this machine{reason}: "
            "set NEWSDESK_EMBEDDER to the folder of one, or unset it."
        ) from error
