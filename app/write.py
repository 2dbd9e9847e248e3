"""Writes an answer from hits: which sentences of which articles answer the question.

A writer turns hits into sentences with citations. `ExtractiveWriter` needs nothing but the embedder: it
quotes. Whether to answer at all is not decided here (`app.refuse`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from app.answer import Citation, Hit, Sentence
from app.asking import Asked, asked
from app.holding import holds
from app.likeness import Question, Reader, mean_of
from app.quotable import Quotable, quotables
from app.scoring import Signals, asks, early, fresh, with_model
from app.understand import Query
from app.words import covered_share, stem, stems
from ingest.article import Article
from ingest.embed import Embedder

# An answer quotes at most this many sentences and words, besides those that only make it readable.
SENTENCES = 3
WORDS = 80
# A further sentence is worth reading only when its score is this close to the best one's.
MARGIN = 0.75
# How many sentences the model reads for one question: about four milliseconds of processor time each.
READ = 20
# Two sentences closer than this say the same.
REPEAT = 0.9

Floats = NDArray[np.float32]


class Writer(Protocol):
    """Turns hits into cited sentences, the best first, and yields them as they are ready."""

    name: str

    def write(self, query: Query, hits: Sequence[Hit], articles: Mapping[str, Article]) -> Iterator[Sentence]:
        """`articles` holds the article of every hit by its id."""
        ...


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that may be quoted, the one before it, and what speaks for it."""

    article: Article
    sentence: Quotable
    before: Quotable | None
    signals: Signals

    @property
    def needed(self) -> Quotable | None:
        """The sentence without which this one cannot be understood."""
        return self.before if self.sentence.leans else None

    @property
    def length(self) -> int:
        return self.sentence.length + (self.needed.length if self.needed else 0)


class ExtractiveWriter:
    """Quotes one to three sentences that answer. `idf(word)` tells how rare a word is in the archive."""

    name = "extractive"

    def __init__(self, embedder: Embedder, idf: Callable[[str], float]) -> None:
        self._reader = Reader(embedder)
        self._idf = idf

    def write(self, query: Query, hits: Sequence[Hit], articles: Mapping[str, Article]) -> Iterator[Sentence]:
        question = asked(query.text)
        candidates = self._candidates(question, hits, articles)
        likely = sorted(candidates, key=lambda c: c.signals.score, reverse=True)[:READ]
        if likely:
            vectors, scores = self._read(query.text, likely)
            yield from _quoted(likely[i] for i in _chosen(likely, vectors, scores))

    def _candidates(
        self, question: Asked, hits: Sequence[Hit], articles: Mapping[str, Article]
    ) -> list[Candidate]:
        """The quotable sentences of the passages found, each once."""
        terms = [(stem(term), self._idf(term)) for term in question.terms]
        found: dict[str, list[Hit]] = {}
        for hit in hits:
            found.setdefault(hit.passage.article_id, []).append(hit)
        best = max((hit.score for hit in hits), default=0.0) or 1.0
        placed = [
            (rank, passages, pair, _coverage(terms, articles[id_].title, *pair))
            for rank, (id_, passages) in enumerate(found.items(), 1)
            for pair in _sentences(articles[id_], passages)
        ]
        newest = _newest([(coverage, passages[0]) for _, passages, _, coverage in placed])
        return [
            Candidate(
                articles[passages[0].passage.article_id],
                *pair,
                Signals(
                    passage=max(0.0, passages[0].score / best),
                    rank=1 / rank,
                    inside=float(_is_inside(pair[0], passages[0])),
                    coverage=coverage,
                    kind=holds(question, pair[0].text),
                    early=early(pair[0]),
                    fresh=fresh(question.kind, _epoch(passages[0]), newest),
                    asks=asks(pair[0]),
                ),
            )
            for rank, passages, pair, coverage in placed
        ]

    def _read(self, question: str, candidates: Sequence[Candidate]) -> tuple[Floats, Floats]:
        """The vectors of the candidates and their whole scores, with one call of the model."""
        asking, *texts = self._reader.read([question, *(c.sentence.text for c in candidates)])
        reading = Question(question, asking, self._idf)
        scores = [
            with_model(c.signals.score, reading.meaning(text), reading.wording(reading.found_in(text)))
            for c, text in zip(candidates, texts, strict=True)
        ]
        return np.stack([mean_of(text) for text in texts]), np.array(scores, np.float32)


def _sentences(article: Article, passages: Sequence[Hit]) -> Iterator[tuple[Quotable, Quotable | None]]:
    """The quotable sentences that stand in one of the passages, each with the one before it."""
    everything = quotables(article.text)
    for sentence in everything:
        if any(_is_inside(sentence, hit) for hit in passages):
            yield sentence, None if sentence.before is None else everything[sentence.before]


def _is_inside(sentence: Quotable, hit: Hit) -> bool:
    return hit.passage.start <= sentence.start < hit.passage.end


def _coverage(
    terms: Sequence[tuple[str, float]], title: str, sentence: Quotable, before: Quotable | None
) -> float:
    around = f"{title}\n{before.text if before else ''}\n{sentence.text}"
    return covered_share(terms, frozenset(stems(around)))


def _epoch(hit: Hit) -> int | None:
    return hit.published.epoch if hit.published else None


def _newest(covering: Sequence[tuple[float, Hit]]) -> int | None:
    """When the newest report on the matter itself appeared: of those that cover the question about best."""
    enough = 0.8 * max((coverage for coverage, _ in covering), default=0.0)
    return max((hit.published.epoch for coverage, hit in covering if coverage >= enough and hit.published), default=None)


def _chosen(candidates: Sequence[Candidate], vectors: Floats, scores: Floats) -> Iterator[int]:
    """The best candidates that fit into an answer and say something that none before them says."""
    order = [int(i) for i in np.argsort(-scores, kind="stable")]
    chosen = order[:1]
    room = WORDS - candidates[order[0]].length
    said = [candidates[order[0]].needed]
    yield order[0]
    for i in order[1:]:
        candidate = candidates[i]
        if len(chosen) == SENTENCES or scores[i] < scores[order[0]] - MARGIN:
            return
        repeats = candidate.sentence in said or float((vectors[chosen] @ vectors[i]).max()) > REPEAT
        if not repeats and candidate.length <= room:
            chosen.append(i)
            said.append(candidate.needed)
            room -= candidate.length
            yield i


def _quoted(candidates: Iterable[Candidate]) -> Iterator[Sentence]:
    """The candidates as cited sentences, each after the sentence that it needs; nothing twice."""
    done: set[tuple[str, int]] = set()
    for candidate in candidates:
        for part in (candidate.needed, candidate.sentence):
            if part and (candidate.article.id, part.start) not in done:
                done.add((candidate.article.id, part.start))
                yield quoted(candidate.article, part.start, part.end)


def quoted(article: Article, start: int, end: int) -> Sentence:
    """The characters of an article as a sentence; only line breaks are shown as spaces."""
    citation = Citation.of(article, start, end)
    return Sentence(re.sub(r"\s*[\n\r\v\f\x85\u2028\u2029]\s*", " ", citation.quote), (citation,))
