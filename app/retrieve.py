"""Finds the passages that a question is about: words and meaning fused with time.

An article's score is a convex combination of its best passage by meaning, its best passage by words and
the whole article by words, plus a recency prior, with the weights measured on dated news questions (see
docs/retrieval.md):

    score = .3 minmax(dense) + .35 P / max P + .35 A / max A + recency · 2^(-age in days / 30)

All filters act inside every arm, so nothing outside the window is ever scored. It does not know what the
question asks for beyond its words, nor how an answer is written.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np
from numpy.typing import NDArray

from app.answer import Hit
from app.dense import Dense, Snapshot
from app.understand import Query
from app.words import stems
from ingest.archive import Archive
from ingest.article import Article, Moment, Passage
from ingest.embed import Embedder
from ingest.errors import BusyError
from ingest.indexes import Indexes
from ingest.lexical import Lexical

DENSE, PASSAGE_WORDS, ARTICLE_WORDS = 0.3, 0.35, 0.35
HALF_LIFE_DAYS = 30.0
# How deep each arm looks before the fusion.
_DEPTH = 200
# Up to here the vectors are scored exactly; above it Chroma answers the questions without a filter.
EXACT_LIMIT = 400_000


@dataclass(slots=True)
class _Found:
    """What each arm says of one article."""

    dense: float = -1.0
    words: float = 0.0
    article_words: float = 0.0


class Retriever:
    """Searches one archive. May be used from any thread."""

    def __init__(self, archive: Archive, indexes: Indexes, embedder: Embedder) -> None:
        self._archive = archive
        self._indexes = indexes
        self._embedder = embedder
        self._dense = Dense(archive)

    @property
    def lexical(self) -> Lexical:
        return self._indexes.lexical

    def search(self, query: Query, k: int = 10, *, deeper: int = 0) -> tuple[list[Hit], dict[str, Article]]:
        """The best passage of each of the k best articles, best first, and those articles by id.

        `deeper` adds, after them, the three next passages of that many of the first articles.
        """
        table = self._dense.current()
        vector = self._embedder.embed_query(query.text) if len(table.numbers) else None
        terms = self.lexical.terms(query.text)
        words = dict(self.lexical.passages(terms, _DEPTH, query.window))
        articles = dict(self.lexical.articles(terms, _DEPTH, query.window))
        near = self._nearest(vector, query, table)
        owners = self._archive.owners_of([*near, *words])
        owners = {number: id_ for number, id_ in owners.items() if id_ not in query.without}
        candidates = {*owners.values(), *articles} - query.without
        closest = table.closest(candidates, vector) if vector is not None else {}
        scores = self._fused(_gather(candidates, closest, words, owners, articles), query, table)
        best = sorted(scores, key=lambda id_: (-scores[id_][0], id_))[:k]
        loaded = {id_: article for id_ in best if (article := self._archive.article(id_))}
        cosines = table.cosines_of(loaded, vector) if vector is not None else {}
        ranked = {id_: self._passages(article, cosines, words) for id_, article in loaded.items()}
        hits = [_hit(loaded[id_], ranked[id_][0], *scores[id_]) for id_ in best if ranked.get(id_)]
        for id_ in best[:deeper]:
            hits += [_hit(loaded[id_], p, *scores[id_]) for p in ranked.get(id_, [])[1:4]]
        return hits, loaded

    def lookup(self, text: str, query: Query, k: int = 8) -> list[frozenset[str]]:
        """The stems of the k passages with the most of the text's words and the newest, each with its
        headline's."""
        found = dict(self.lexical.passages(self.lexical.terms(text), 4 * k, query.window))
        owners = self._archive.owners_of(list(found))
        table = self._dense.current()
        anchor, most = _anchor(query, table), max(found.values(), default=0.0) or 1.0
        scores = {
            n: found[n] / most + query.recency * recency(table.when(id_), anchor) for n, id_ in owners.items()
        }
        best = set(sorted(scores, key=lambda n: -scores[n])[:k])
        looked = []
        for id_ in dict.fromkeys(owners[n] for n in best):
            if article := self._archive.article(id_):
                title = stems(article.title)
                passages = self._archive.passages_of(article)
                looked += [frozenset((*title, *stems(p.text))) for n, p in passages if n in best]
        return looked

    def _nearest(self, vector: NDArray[np.float32] | None, query: Query, table: Snapshot) -> list[int]:
        """The numbers of the passages nearest in meaning."""
        if vector is None:
            return []
        if len(table.numbers) > EXACT_LIMIT and query.window.is_open:
            try:
                return [number for number, _ in self._indexes.vectors.query(vector, _DEPTH)]
            except BusyError:
                pass  # another process owns Chroma: score exactly
        rows, _ = table.nearest(vector, _DEPTH, query.window)
        return table.numbers[rows].tolist()  # type: ignore[no-any-return]

    def _fused(
        self, found: Mapping[str, _Found], query: Query, table: Snapshot
    ) -> dict[str, tuple[float, dict[str, float]]]:
        """Article id → (score, its parts)."""
        dense = [f.dense for f in found.values() if f.dense > -1.0]
        low, high = (min(dense), max(dense)) if dense else (0.0, 0.0)
        most = max((f.words for f in found.values()), default=0.0) or 1.0
        most_article = max((f.article_words for f in found.values()), default=0.0) or 1.0
        anchor = _anchor(query, table)
        fused = {}
        for id_, f in found.items():
            parts = {
                "dense": DENSE * max(0.0, (f.dense - low) / ((high - low) or 1.0)),
                "passage_words": PASSAGE_WORDS * f.words / most,
                "article_words": ARTICLE_WORDS * f.article_words / most_article,
                "recency": query.recency * recency(table.when(id_), anchor),
            }
            fused[id_] = (sum(parts.values()), parts)
        return fused

    def _passages(
        self,
        article: Article,
        cosines: Mapping[int, float],
        words: Mapping[int, float],
    ) -> list[Passage]:
        """The article's passages, the best first, by meaning and words in equal parts."""
        most = max(words.values(), default=0.0) or 1.0

        def score(number: int) -> float:
            return cosines.get(number, 0.0) + words.get(number, 0.0) / most

        numbered = self._archive.passages_of(article)
        return [passage for _, passage in sorted(numbered, key=lambda p: -score(p[0]))]


def recency(published: Moment | None, anchor: int) -> float:
    """2^(-age / half-life), 1 for today, 0 for an undated article; age in days before `anchor`."""
    if published is None:
        return 0.0
    days = max(0.0, (anchor - published.epoch) / 86_400)
    return math.exp2(-days / HALF_LIFE_DAYS)


def _anchor(query: Query, table: Snapshot) -> int:
    """The moment that "new" is measured from: the question's own, but not later than the news itself."""
    limits = [int(datetime.now(UTC).timestamp())]
    limits += [m.last for m in (query.as_of, query.until) if m]
    limits += [table.newest] if table.newest is not None else []
    return min(limits)


def _gather(
    candidates: Iterable[str],
    closest: Mapping[str, float],
    words: Mapping[int, float],
    owners: Mapping[int, str],
    articles: Mapping[str, float],
) -> dict[str, _Found]:
    """What each article got in each arm: its best passage counts, not the sum."""
    found = {id_: _Found(closest.get(id_, -1.0), 0.0, articles.get(id_, 0.0)) for id_ in candidates}
    for number, score in words.items():
        if id_ := owners.get(number):
            found[id_].words = max(found[id_].words, score)
    return found


def _hit(article: Article, passage: Passage, score: float, parts: Mapping[str, float]) -> Hit:
    return Hit(passage, score, article.title, article.source, article.published, article.url, dict(parts))
