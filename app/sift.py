"""Reads the likeliest sentences of what was found: one call of the model for one question.

The outcome serves whoever needs the evidence sentence by sentence: the writer that quotes, the short answer,
the choice between options. It chooses nothing itself.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from app.answer import Hit
from app.asking import Asked, asked
from app.candidates import Candidate, candidates
from app.likeness import Floats, Question, Reads, mean_of
from app.scoring import with_model, years_in
from app.understand import Query
from ingest.article import Article
from ingest.embed import TokenVectors

# How many sentences the model reads for one question: about four milliseconds of processor time each.
READ = 20


@dataclass(frozen=True, slots=True)
class Sifted:
    """The sentences read, the best first: `tokens`, `vectors`, `likeness` and `scores` go with `sentences`,
    one each; `likeness` holds that to the question in meaning and in wording.

    `found` are all the sentences that might have been read; `asking` is the question as read, with them.
    """

    query: Query
    asked: Asked
    asking: Question | None
    found: tuple[Candidate, ...]
    sentences: tuple[Candidate, ...]
    tokens: tuple[TokenVectors, ...]
    vectors: Floats
    likeness: Floats
    scores: Floats


class Sieve:
    """`idf(word)` tells how rare a word is in the archive. Threads may share it."""

    def __init__(self, model: Reads, idf: Callable[[str], float]) -> None:
        self._model = model
        self._idf = idf

    def sift(self, query: Query, hits: Sequence[Hit], articles: Mapping[str, Article]) -> Sifted:
        """`articles` holds the article of every hit by its id."""
        question = asked(query.text)
        found = candidates(
            question,
            hits,
            articles,
            self._idf,
            wants_newest=query.wants_newest,
            years=years_in(query.text),
        )
        likely = sorted(found, key=lambda c: c.signals.score, reverse=True)[:READ]
        if not likely:
            nothing = np.zeros((0, 0), np.float32)
            return Sifted(query, question, None, (), (), (), nothing, nothing, nothing.reshape(0))
        pieces, *texts = self._model.tokens([query.text, *(c.sentence.text for c in likely)])
        asking = Question(query.text, pieces, self._idf)
        vectors = np.stack([mean_of(text) for text in texts])
        wordings = [asking.wording(near) for near in asking.found_in(texts)]
        likeness = np.stack([vectors @ asking.mean, np.array(wordings, np.float32)], axis=1)
        parts = zip(likely, likeness, strict=True)
        scores = np.array([with_model(c.signals.score, *read) for c, read in parts], np.float32)
        order = np.argsort(-scores, kind="stable")
        return Sifted(
            query,
            question,
            asking,
            tuple(found),
            tuple(likely[i] for i in order),
            tuple(texts[i] for i in order),
            vectors[order],
            likeness[order],
            scores[order],
        )
