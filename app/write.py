"""Writes an answer from hits: which sentences of which articles answer the question.

A writer turns hits into sentences with citations. `ExtractiveWriter` needs nothing but the embedder: it
quotes. What it quotes is chosen by a score that adds up what tells an answering sentence from a related
one (see `Weights`). Whether to answer at all is not decided here (`app.refuse`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from app.answer import Citation, Hit, Sentence
from app.asking import Asked, asked
from app.holding import holds
from app.quotable import Quotable, Quotables
from app.words import covered_share, stem, stems
from ingest.article import Article
from ingest.embed import Embedder

if TYPE_CHECKING:
    from app.understand import Query

# An answer says at most this many words in at most this many sentences, neighbours not counted.
WORDS = 80
SENTENCES = 3
# How many sentences are embedded for one question: about four milliseconds of processor time each.
EMBEDDED = 24
# Two sentences closer than this say the same.
REPEAT = 0.9


class Writer(Protocol):
    """Turns hits into cited sentences, the best first; yields them as they are ready."""

    name: str

    def write(self, query: Query, hits: Sequence[Hit], articles: Mapping[str, Article]) -> Iterator[Sentence]:
        """`articles` holds at least the article of every hit, by id."""
        ...


@dataclass(frozen=True, slots=True)
class Weights:
    """What a sentence's score is made of, and how much each part counts."""

    meaning: float = 1.0
    passage: float = 0.3
    coverage: float = 0.3
    kind: float = 0.2
    lead: float = 0.1


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that may be quoted, with what its score is made of (each in 0..1)."""

    article: Article
    sentence: Quotable
    passage: float
    coverage: float
    kind: float
    lead: float

    def prior(self, weights: Weights) -> float:
        """The score without the meaning."""
        return (
            weights.passage * self.passage
            + weights.coverage * self.coverage
            + weights.kind * self.kind
            + weights.lead * self.lead
        )


class ExtractiveWriter:
    """Quotes one to three sentences that answer. `idf(word)` tells how rare a word is in the archive."""

    name = "extractive"

    def __init__(self, embedder: Embedder, idf: Callable[[str], float], weights: Weights | None = None) -> None:
        self._embedder = embedder
        self._idf = idf
        self._weights = weights or Weights()
        self._quotables = Quotables()

    def write(self, query: Query, hits: Sequence[Hit], articles: Mapping[str, Article]) -> Iterator[Sentence]:
        question = asked(query.text)
        candidates = self.candidates(question, hits, articles)
        candidates.sort(key=lambda c: c.prior(self._weights), reverse=True)
        yield from self._answer(query.text, candidates[:EMBEDDED])

    def candidates(
        self, question: Asked, hits: Sequence[Hit], articles: Mapping[str, Article]
    ) -> list[Candidate]:
        """The quotable sentences of the passages found, each once."""
        terms = [(stem(term), self._idf(term)) for term in question.terms]
        top = max((hit.score for hit in hits), default=0.0) or 1.0
        seen: dict[tuple[str, int], Candidate] = {}
        for hit in hits:
            article = articles[hit.passage.article_id]
            all_of_it = self._quotables.of(article)
            title = frozenset(stems(article.title))
            for sentence in all_of_it:
                inside = hit.passage.start <= sentence.start and sentence.end <= hit.passage.end
                if inside and (article.id, sentence.start) not in seen:
                    around = title.union(stems(sentence.text))
                    if sentence.before is not None:
                        around = around.union(stems(all_of_it[sentence.before].text))
                    seen[article.id, sentence.start] = Candidate(
                        article,
                        sentence,
                        passage=max(0.0, hit.score / top),
                        coverage=covered_share(terms, around),
                        kind=holds(question, sentence.text),
                        lead=float(sentence.place < 4),
                    )
        return list(seen.values())

    def _answer(self, question: str, candidates: Sequence[Candidate]) -> Iterator[Sentence]:
        if not candidates:
            return
        vectors = self._embedder.embed([question, *(c.sentence.text for c in candidates)])
        meaning = vectors[1:] @ vectors[0]
        scores = self._weights.meaning * meaning + [c.prior(self._weights) for c in candidates]
        for chosen in self._choose(candidates, vectors[1:], scores):
            yield from self._quoted(candidates[chosen], float(scores[chosen]))

    def _choose(
        self, candidates: Sequence[Candidate], vectors: NDArray[np.float32], scores: NDArray[np.float32]
    ) -> Iterator[int]:
        """The best sentences that fit, none like one chosen before."""
        room, chosen = WORDS, list[int]()
        for i in map(int, np.argsort(-scores, kind="stable")):
            if len(chosen) == SENTENCES:
                return
            cost = candidates[i].sentence.length
            repeats = chosen and float((vectors[chosen] @ vectors[i]).max()) > REPEAT
            if repeats or (chosen and cost > room):
                continue
            chosen.append(i)
            room -= cost
            yield i

    def _quoted(self, candidate: Candidate, score: float) -> Iterator[Sentence]:
        sentence, article = candidate.sentence, candidate.article
        if sentence.leans and sentence.before is not None:
            before = self._quotables.of(article)[sentence.before]
            yield quoted(article, before.start, before.end, score)
        yield quoted(article, sentence.start, sentence.end, score)


def quoted(article: Article, start: int, end: int, score: float) -> Sentence:
    """The characters of an article as a sentence; line breaks are shown as spaces."""
    citation = Citation.of(article, start, end)
    text = re.sub(r"\s+", " ", citation.quote) if re.search(r"[\n\r\t]", citation.quote) else citation.quote
    return Sentence(text, (citation,), support=max(0.0, min(1.0, score / 2)))
