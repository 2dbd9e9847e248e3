"""A deterministic embedder without a model, for tests, demonstrations and `--help`-fast checks.

Texts that share words get similar vectors; it knows nothing of meaning.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from ingest.embed import TokenVectors

WORD = re.compile(r"\w+")
ENDINGS = ("ings", "ing", "edly", "ed", "ies", "es", "s", "ly", "e", "y")


class HashEmbedder:
    """A bag of stemmed words, each a random direction fixed by its SHA-256."""

    def __init__(self, dimension: int = 64) -> None:
        self.name = f"fake-hash-{dimension}"
        self.dimension = dimension
        self.backend = "hash"

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """A unit vector for each text, in order; that of a text without words is the word ""'s."""
        vectors = [self._bag([stem(word) for word in WORD.findall(text)]) for text in texts]
        return np.array(vectors, np.float32).reshape(len(vectors), self.dimension)

    def embed_query(self, text: str) -> NDArray[np.float32]:
        """The same as `embed`: the fake has no prompts."""
        return np.asarray(self.embed([text])[0], np.float32)

    def tokens(self, texts: Sequence[str]) -> list[TokenVectors]:
        """Whole words for pieces."""
        return [self._tokens(text) for text in texts]

    def _tokens(self, text: str) -> TokenVectors:
        words = list(WORD.finditer(text))
        vectors = [direction(stem(word[0]), self.dimension) for word in words]
        rows = np.array(vectors, np.float32).reshape(len(words), self.dimension)
        return TokenVectors([word[0] for word in words], [word.span() for word in words], rows)

    def _bag(self, stems: Sequence[str]) -> NDArray[np.float32]:
        total = np.sum([direction(one, self.dimension) for one in stems or [""]], axis=0)
        return np.asarray(total / np.linalg.norm(total), np.float32)


def stem(word: str) -> str:
    """The word in lower case without a common English ending: crude, but the same everywhere."""
    word = word.lower()
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word.removesuffix(ending)
    return word


@lru_cache(maxsize=65536)
def direction(word: str, dimension: int) -> NDArray[np.float32]:
    """The unit vector of a word: SHA-256 in counter mode (Python's own `hash` differs in every process)."""
    blocks = range(-(-dimension // 32))
    digest = b"".join(
        hashlib.sha256(f"{block}:{word}".encode("utf-8", "surrogatepass")).digest() for block in blocks
    )
    vector = np.frombuffer(digest, np.uint8)[:dimension].astype(np.float32) - 127.5
    return np.asarray(vector / np.linalg.norm(vector), np.float32)
