"""Whether to answer at all: an archive that does not say is better said to be silent.

What is judged is coverage: how well the question's words, the rare ones most, find a counterpart (by
meaning, word piece by word piece) in the best passages. It cannot tell whether a sentence that is close
enough is also the answer, and does not claim to.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from app.answer import Hit, Reason, Sentence
from app.asking import asked
from app.words import content_words, covered_share, is_function_word, stem, stems
from ingest.article import Article
from ingest.embed import Embedder, TokenVectors

if TYPE_CHECKING:
    from app.understand import Query

# Below this chance of being covered a question is not answered.
THRESHOLD = 0.35
# Passages that are compared with the question word piece by word piece.
COMPARED = 2


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why nothing is answered: a code for programs and one or two sentences for people."""

    reason: Reason
    explanation: str


@dataclass(frozen=True, slots=True)
class Coverage:
    """How well an archive covers a question, each in 0..1."""

    similarity: float
    words: float

    @property
    def chance(self) -> float:
        """The chance that the archive covers the question."""
        return 1 / (1 + math.exp(-(18.0 * self.similarity + 3.0 * self.words - 10.8)))


class Judge:
    """Decides between an answer and a refusal. `idf(word)` tells how rare a word is in the archive."""

    def __init__(self, embedder: Embedder, idf: Callable[[str], float], threshold: float = THRESHOLD) -> None:
        self._embedder = embedder
        self._idf = idf
        self._threshold = threshold

    def judge(
        self, query: Query, hits: Sequence[Hit], articles: Mapping[str, Article], sentences: Sequence[Sentence]
    ) -> Refusal | None:
        """None when the question should be answered with the sentences."""
        if not articles and not hits:
            return Refusal("nothing_found", "Nothing in the archive matches this question.")
        if not sentences or self.coverage(query.text, hits).chance < self._threshold:
            return Refusal("not_covered", _explained(query.text, hits, self._idf))
        return None

    def coverage(self, question: str, hits: Sequence[Hit]) -> Coverage:
        """How well the best passages cover the question."""
        best = hits[:COMPARED]
        texts = [f"{hit.title}\n{hit.passage.text}" for hit in best]
        asking, *passages = self._embedder.tokens([question, *texts])
        similarity = max((self._similarity(question, asking, passage) for passage in passages), default=0.0)
        terms = [(stem(term), self._idf(term)) for term in asked(question).terms]
        present = {word for text in texts for word in stems(text)}
        return Coverage(similarity, covered_share(terms, present))

    def _similarity(self, question: str, asking: TokenVectors, passage: TokenVectors) -> float:
        """The mean over the question's pieces, weighted by rarity, of their best match in the passage."""
        if not len(passage.vectors) or not len(asking.vectors):
            return 0.0
        closest = (asking.vectors @ passage.vectors.T).max(axis=1)
        weights = np.array([self._weight(question, start, end) for start, end in asking.offsets])
        return float((closest * weights).sum() / max(float(weights.sum()), 1e-9))

    def _weight(self, question: str, start: int, end: int) -> float:
        """The rarity of the word that a piece belongs to; next to nothing for words like "the"."""
        while start > 0 and question[start - 1].isalnum():
            start -= 1
        while end < len(question) and question[end].isalnum():
            end += 1
        word = question[start:end]
        if not any(c.isalnum() for c in word) or is_function_word(word):
            return 0.01
        return max(0.1, self._idf(word))


def _explained(question: str, hits: Sequence[Hit], idf: Callable[[str], float]) -> str:
    rarest = sorted(content_words(question), key=idf, reverse=True)[:4]
    about = ", ".join(word for word in content_words(question) if word in rarest)
    subject = f" on {about}" if about else " on this"
    if not hits:
        return f"The archive has nothing{subject}."
    nearest = hits[0]
    named = ", ".join(part for part in (nearest.source, str(nearest.published or "")[:10]) if part)
    title = f"“{nearest.title}”" if nearest.title else "an untitled article"
    return f"The archive has nothing close enough{subject}; nearest: {title}{f' ({named})' if named else ''}."
