"""How like two texts are, word piece by word piece, with the rare words counting most.

Each piece of the question looks for its nearest piece in the other text (late interaction); the likeness is
the mean of what they find, weighted by the rarity of the word that a piece belongs to. This knows nothing of
articles or answers.
"""

from __future__ import annotations

import math
import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from app.words import is_function_word
from ingest.embed import TokenVectors

Floats = NDArray[np.float32]

# Words like "the" still break ties.
_FUNCTION_WEIGHT = 0.01
_LEAST_WEIGHT = 0.1


class Reads(Protocol):
    """What is needed of a model here: the word pieces of texts with their vectors."""

    def tokens(self, texts: Sequence[str]) -> list[TokenVectors]: ...


class Reader:
    """Reads with a model and remembers the last texts, so that none is read twice for one question.

    Threads may share it.
    """

    def __init__(self, model: Reads, keep: int = 512) -> None:
        self._model = model
        self._keep = keep
        self._known: OrderedDict[str, TokenVectors] = OrderedDict()
        self._lock = threading.Lock()

    def tokens(self, texts: Sequence[str]) -> list[TokenVectors]:
        """The word pieces of each text with their vectors, the new texts read in one batch."""
        with self._lock:
            known = {text: self._known[text] for text in texts if text in self._known}
        new = [text for text in dict.fromkeys(texts) if text not in known]
        if new:
            known.update(zip(new, self._model.tokens(new), strict=True))
        with self._lock:
            for text in texts:
                self._known[text] = known[text]
                self._known.move_to_end(text)
            while len(self._known) > self._keep:
                self._known.popitem(last=False)
        return [known[text] for text in texts]


class Question:
    """A question as read: its pieces, the word that each is a part of, that word's rarity, and its mean."""

    def __init__(self, text: str, pieces: TokenVectors, idf: Callable[[str], float]) -> None:
        self._spans = [_word_around(text, *span) for span in pieces.offsets]
        self.words = [text[start:end] for start, end in self._spans]
        self.weights = np.array([_weight(word, idf) for word in self.words], np.float32)
        self._text = text
        self._offsets = pieces.offsets
        self._pieces = pieces.vectors
        self.mean = mean_of(pieces)

    def found_in(self, others: Sequence[TokenVectors]) -> list[Floats]:
        """For each text, the likeness of each piece of the question to its nearest there, in -1..1."""
        likeness = self._pieces @ np.concatenate([other.vectors for other in others]).T
        ends = np.cumsum([len(other.vectors) for other in others])
        parts = np.split(likeness, ends[:-1], axis=1)
        return [part.max(axis=1, initial=-1.0) for part in parts]

    def by_word(self, found: Floats) -> list[tuple[str, float, float]]:
        """Each word with its weight and likeness by what `found_in` gave: that of its piece least like.

        In the order of the question, without punctuation.
        """
        told: dict[tuple[int, int], tuple[str, float, float]] = {}
        for span, word, weight, like in zip(self._spans, self.words, self.weights, found, strict=True):
            _, before, least = told.get(span, (word, 0.0, math.inf))
            told[span] = word, before + float(weight), min(least, float(like))
        return [one for one in told.values() if any(map(str.isalnum, one[0]))]

    def part(self, words: str) -> Floats:
        """The mean vector of the pieces of these words, where the question first has them; else zero."""
        start = self._text.find(words) if words else -1
        inside = [start >= 0 and a < start + len(words) and b > start for a, b in self._offsets]
        return self._pieces[np.array(inside, bool)].mean(axis=0) if any(inside) else np.zeros_like(self.mean)

    def wording(self, found: Floats) -> float:
        """The weighted mean of what `found_in` gave."""
        return float(found @ self.weights) / max(float(self.weights.sum()), 1e-9)


def mean_of(pieces: TokenVectors) -> Floats:
    """The unit vector of a text from those of its pieces; zero for a text without any."""
    if not len(pieces.vectors):
        return np.zeros(pieces.vectors.shape[1], np.float32)
    mean = pieces.vectors.mean(axis=0)
    return np.asarray(mean / max(float(np.linalg.norm(mean)), 1e-9), np.float32)


def _word_around(text: str, start: int, end: int) -> tuple[int, int]:
    """Where the whole word around a piece of it stands; a mark of punctuation stands for itself."""
    if not text[start:end].isalnum():
        return start, end
    while start > 0 and text[start - 1].isalnum():
        start -= 1
    while end < len(text) and text[end].isalnum():
        end += 1
    return start, end


def _weight(word: str, idf: Callable[[str], float]) -> float:
    if is_function_word(word) or not any(c.isalnum() for c in word):
        return _FUNCTION_WEIGHT
    return max(_LEAST_WEIGHT, idf(word))
