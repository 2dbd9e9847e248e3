"""Writes an answer from hits: which sentences of which articles answer the question.

A writer turns hits into sentences with citations. `ExtractiveWriter` needs nothing but the embedder: it
quotes. Whether to answer at all is not decided here (`app.refuse`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Protocol

import numpy as np

from app.answer import Citation, Hit, Sentence
from app.asking import asked
from app.candidates import Candidate, candidates
from app.likeness import Floats, Question, Reads, mean_of
from app.quotable import Quotable
from app.scoring import with_model
from app.understand import Query
from ingest.article import Article

# An answer quotes at most this many sentences that answer; what these need to be understood comes on top of
# them, but not on top of the words.
SENTENCES = 3
WORDS = 80
# A further sentence is worth reading only when its score is this close to the best one's.
MARGIN = 0.75
# How many sentences the model reads for one question: about four milliseconds of processor time each.
READ = 16
# Two sentences closer than this say the same, unless their figures differ.
REPEAT = 0.9


class Writer(Protocol):
    """Turns hits into cited sentences, the best first, and yields them as they are ready."""

    name: str

    def write(self, query: Query, hits: Sequence[Hit], articles: Mapping[str, Article]) -> Iterator[Sentence]:
        """`articles` holds the article of every hit by its id."""
        ...


class ExtractiveWriter:
    """Quotes one to three sentences that answer. `idf(word)` tells how rare a word is in the archive."""

    name = "extractive"

    def __init__(self, model: Reads, idf: Callable[[str], float]) -> None:
        self._model = model
        self._idf = idf

    def write(self, query: Query, hits: Sequence[Hit], articles: Mapping[str, Article]) -> Iterator[Sentence]:
        found = candidates(asked(query.text), hits, articles, self._idf)
        likely = sorted(found, key=lambda c: c.signals.score, reverse=True)[:READ]
        if likely:
            for article, part in _chosen(likely, *self._read(query.text, likely)):
                yield quoted(article, part.start, part.end)

    def _read(self, question: str, likely: Sequence[Candidate]) -> tuple[Floats, Floats]:
        """The vectors of the candidates and their whole scores, with one call of the model."""
        asking, *texts = self._model.tokens([question, *(c.sentence.text for c in likely)])
        reading = Question(question, asking, self._idf)
        vectors = np.stack([mean_of(text) for text in texts])
        wordings = [reading.wording(found) for found in reading.found_in(texts)]
        parts = zip(likely, vectors @ reading.mean, wordings, strict=True)
        return vectors, np.array([with_model(c.signals.score, *read) for c, *read in parts], np.float32)


def _chosen(
    likely: Sequence[Candidate], vectors: Floats, scores: Floats
) -> Iterator[tuple[Article, Quotable]]:
    """The best sentences that fit into an answer and say something new, each after the one that it needs."""
    order = [int(i) for i in np.argsort(-scores, kind="stable")]
    chosen: list[int] = []
    said: set[tuple[str, int]] = set()
    room = WORDS
    for i in order:
        candidate = likely[i]
        if len(chosen) == SENTENCES or scores[i] < scores[order[0]] - MARGIN:
            return
        if _key(candidate, candidate.sentence) in said or any(
            _repeats(likely, vectors, i, j) for j in chosen
        ):
            continue
        parts = [part for part in _parts(candidate) if _key(candidate, part) not in said]
        length = sum(part.length for part in parts)
        if not chosen or length <= room:
            chosen.append(i)
            said.update(_key(candidate, part) for part in parts)
            room -= length
            yield from ((candidate.article, part) for part in parts)


def _key(candidate: Candidate, part: Quotable) -> tuple[str, int]:
    return candidate.article.id, part.start


def _repeats(likely: Sequence[Candidate], vectors: Floats, one: int, other: int) -> bool:
    """Whether two candidates say the same, figures included."""
    return bool(vectors[one] @ vectors[other] > REPEAT) and _figures(likely[one]) == _figures(likely[other])


def _figures(candidate: Candidate) -> frozenset[str]:
    return frozenset(word for word in candidate.sentence.stems if word[0].isdigit())


def _parts(candidate: Candidate) -> list[Quotable]:
    """The sentence after the one that it needs, unless both together are more than an answer may say."""
    sentence = candidate.sentence
    if sentence.needed and sentence.needed.length + sentence.length <= WORDS:
        return [sentence.needed, sentence]
    return [sentence]


def quoted(article: Article, start: int, end: int) -> Sentence:
    """The characters of an article as a sentence; only line breaks are shown as spaces."""
    citation = Citation.of(article, start, end)
    return Sentence(re.sub(r"\s*[\n\r\v\f\x85\u2028\u2029]\s*", " ", citation.quote), (citation,))
