"""How like two texts are, word piece by word piece, with the rare words counting most.

Each piece of the question looks for its nearest piece in the other text (late interaction); the likeness is
the mean of what they find, weighted by the rarity of the word that a piece belongs to. This knows nothing of
articles or answers.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from app.words import is_function_word
from ingest.embed import Embedder, TokenVectors

Floats = NDArray[np.float32]

# Words like "the" still break ties.
_FUNCTION_WEIGHT = 0.01
_LEAST_WEIGHT = 0.1


class Reader:
    """Reads texts with the embedder, in one batch, and remembers the last of them. Threads may share it."""

    def __init__(self, embedder: Embedder, keep: int = 512) -> None:
        self._embedder = embedder
        self._keep = keep
        self._known: OrderedDict[str, TokenVectors] = OrderedDict()
        self._lock = threading.Lock()

    def read(self, texts: Sequence[str]) -> list[TokenVectors]:
        """The word pieces of each text with their vectors."""
        with self._lock:
            known = {text: self._known[text] for text in texts if text in self._known}
        new = [text for text in dict.fromkeys(texts) if text not in known]
        known.update(zip(new, self._embedder.tokens(new), strict=True) if new else ())
        with self._lock:
            for text in texts:
                self._known[text] = known[text]
                self._known.move_to_end(text)
            while len(self._known) > self._keep:
                self._known.popitem(last=False)
        return [known[text] for text in texts]


class Question:
    """A question as read: its pieces, the word that each is a part of, and that word's rarity."""

    def __init__(self, text: str, pieces: TokenVectors, idf: Callable[[str], float]) -> None:
        self.words = [_word_at(text, *span) for span in pieces.offsets]
        self.weights = np.array([_weight(word, idf) for word in self.words], np.float32)
        self._pieces = pieces.vectors
        self._mean = mean_of(pieces)

    def found_in(self, other: TokenVectors) -> Floats:
        """The likeness of each piece of the question to its nearest in the other text, in -1..1."""
        if not len(other.vectors):
            return np.zeros(len(self._pieces), np.float32)
        return np.asarray((self._pieces @ other.vectors.T).max(axis=1), np.float32)

    def wording(self, found: Floats) -> float:
        """The weighted mean of what `found_in` gave."""
        return float(found @ self.weights) / max(float(self.weights.sum()), 1e-9)

    def meaning(self, other: TokenVectors) -> float:
        """The cosine of the two texts as wholes."""
        return float(self._mean @ mean_of(other))


def mean_of(pieces: TokenVectors) -> Floats:
    """The unit vector of a text from those of its pieces; zero for a text without any."""
    if not len(pieces.vectors):
        return np.zeros(pieces.vectors.shape[1], np.float32)
    mean = pieces.vectors.mean(axis=0)
    return np.asarray(mean / max(float(np.linalg.norm(mean)), 1e-9), np.float32)


def _word_at(text: str, start: int, end: int) -> str:
    """The whole word around a piece of it."""
    while start > 0 and text[start - 1].isalnum():
        start -= 1
    while end < len(text) and text[end].isalnum():
        end += 1
    return text[start:end]


def _weight(word: str, idf: Callable[[str], float]) -> float:
    if is_function_word(word) or not any(c.isalnum() for c in word):
        return _FUNCTION_WEIGHT
    return max(_LEAST_WEIGHT, idf(word))
