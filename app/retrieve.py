"""Finds the passages that a question is about: words, meaning and time, fused (see `app.fusion`).

All filters act inside every arm, so nothing outside the window is ever scored. A question that asks for
several reports (`app.hints.parts`) is looked for part by part, and the parts are merged in turn. It does not
know what the question asks for beyond its words, nor how an answer is written.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from app.answer import Hit, Reprint
from app.cross import Reranker
from app.dense import Dense, Snapshot
from app.fusion import Arms, Clock, Score, Weights, best_first, fused, in_turn, mean
from app.hints.parts import Part
from app.lookup import Looked, look_up
from app.rerank import DEPTH, reranked
from app.understand import Query
from ingest.archive import Archive
from ingest.article import Article, Moment, Passage
from ingest.embed import Embedder
from ingest.errors import BusyError
from ingest.indexes import Indexes
from ingest.lexical import Lexical, Window

Vector = NDArray[np.float32]
_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")

# Under which the archive remembers weights of its own.
WEIGHTS = "fusion"
# How deep each arm looks before the fusion.
_DEPTH = 200
# Up to here the vectors are scored exactly; above it Chroma answers the questions without a filter.
EXACT_LIMIT = 400_000
# What an article gains that is from an outlet which the question names without asking for its reports.
_NAMED_OUTLET = 0.2


@dataclass(frozen=True, slots=True)
class _Looked:
    """What one search over the arms found: each article's score, and the BM25 of each passage found."""

    scores: dict[str, Score]
    words: Mapping[int, float]


class Retriever:
    """Searches one archive. May be used from any thread."""

    def __init__(
        self, archive: Archive, indexes: Indexes, embedder: Embedder, reranker: Reranker | None = None
    ) -> None:
        self._archive = archive
        self._indexes = indexes
        self._embedder = embedder
        self._reranker = reranker
        self._dense = Dense(archive)

    @property
    def lexical(self) -> Lexical:
        return self._indexes.lexical

    @cached_property
    def weights(self) -> Weights:
        """The archive's own weights, or those that come with the program."""
        own = self._archive.remembered(WEIGHTS)
        return Weights.from_json(own) if own else Weights()

    def weigh(self, weights: Weights | None) -> None:
        """Makes these the archive's own weights; None gives it those of the program again."""
        self._archive.remember(WEIGHTS, weights.to_json() if weights else "")
        self.weights = weights or Weights()

    @property
    def outlets(self) -> tuple[str, ...]:
        """The names of the archive's outlets."""
        return self._dense.current().outlets

    @property
    def sections(self) -> tuple[str, ...]:
        """The names of the archive's sections, the largest first."""
        return self._dense.current().sections

    @property
    def newest(self) -> datetime:
        """When the archive's newest article appeared, but not later than now."""
        now = datetime.now(UTC)
        newest = self._dense.current().newest
        return now if newest is None else min(now, Moment(newest).start)

    def search(self, query: Query, k: int = 10, *, deeper: int = 0) -> tuple[list[Hit], dict[str, Article]]:
        """The best passage of each of the k best articles, best first, and those articles by id.

        `deeper` adds, after them, the three next passages of that many of the first articles.
        """
        table = self._dense.current()
        vector = self._vector(query.text, table)
        ranked, scores, words = self._ranked(query, table, vector)
        best = self._stories(ranked, max(k, DEPTH if self._reranker else 0))
        loaded = {id_: article for id_ in best if (article := self._archive.article(id_))}
        cosines = table.cosines_of(loaded, vector) if vector is not None else {}
        passages = {id_: self._passages(article, cosines, words) for id_, article in loaded.items()}
        hits = [_hit(loaded[id_], passages[id_][0], scores[id_]) for id_ in best if passages.get(id_)]
        if self._reranker:
            hits = reranked(hits, loaded, query.text, self._reranker)[:k]
        hits = [replace(hit, also=self._also(hit, query, table)) for hit in hits]
        for hit in hits[:deeper]:
            more = passages[hit.passage.article_id][1:4]
            hits += [replace(hit, passage=passage) for passage in more]
        return hits, {id_: loaded[id_] for id_ in dict.fromkeys(hit.passage.article_id for hit in hits)}

    def _stories(self, ranked: Sequence[str], k: int) -> list[str]:
        """The best article of each of the first k stories, and reprints with figures of their own."""
        best: dict[str, list[str]] = {}
        chosen: list[str] = []
        for start in range(0, len(ranked), k):
            some = ranked[start : start + k]
            stories = self._archive.stories_of(some)
            for id_ in some:
                told = best.setdefault(stories[id_], [])
                if not any(self._agree(id_, other) for other in told):
                    told.append(id_)
                    chosen.append(id_)
            if len(chosen) >= k:
                break
        return chosen[:k]

    def _agree(self, one: str, other: str) -> bool:
        """Whether two reprints have the same figures, or one only more than the other: who asks about a
        figure must see those that differ."""
        first, second = (self._archive.article(id_) for id_ in (one, other))
        if first is None or second is None:
            return False
        figures = [set(_FIGURE.findall(article.text)) for article in (first, second)]
        return figures[0] <= figures[1] or figures[1] <= figures[0]

    def _also(self, hit: Hit, query: Query, table: Snapshot) -> tuple[Reprint, ...]:
        """The other articles of a hit's story, the originator first, as far as the window shows them."""
        told = (id_ for id_ in self._archive.story(hit.passage.article_id) if id_ not in query.without)
        others = (id_ for id_ in told if id_ != hit.passage.article_id and table.admits(id_, query.window))
        articles = (article for id_ in others if (article := self._archive.article(id_)))
        return tuple(Reprint(a.id, a.title, a.source, a.published) for a in articles)

    def scores(self, query: Query) -> dict[str, Score]:
        """The score of every article that the arms find for the question as a whole."""
        table = self._dense.current()
        whole = Part(query.text, times=query.times)
        return self._look(whole, query, query.window, table, self._vector(query.text, table)).scores

    def _ranked(
        self, query: Query, table: Snapshot, vector: Vector | None
    ) -> tuple[list[str], Mapping[str, Score], Mapping[int, float]]:
        """Article ids, best first, their scores, and the BM25 of the passages found."""
        whole = Part(query.text, times=query.times)
        looked = [self._look_for(part, query, table, vector) for part in query.parts]
        if not any(found.scores for found in looked):
            looked = [self._look(whole, query, query.window, table, vector)]
        scores: dict[str, Score] = {}
        words: dict[int, float] = {}
        for found in looked:
            for id_, score in found.scores.items():
                if id_ not in scores or score.total > scores[id_].total:
                    scores[id_] = score
            words |= {n: max(bm25, words.get(n, 0.0)) for n, bm25 in found.words.items()}
        return in_turn(best_first(found.scores) for found in looked), scores, words

    def _look_for(self, part: Part, query: Query, table: Snapshot, vector: Vector | None) -> _Looked:
        """One part of a question: its own words and the whole question's count the same."""
        outlets = part.outlets
        if query.sources:  # what the reader has chosen counts before what the wording says
            outlets = tuple(name for name in query.sources if name in outlets) or query.sources
        window = replace(query.window, sources=outlets)
        whole = self._look(replace(part, text=query.text), query, window, table, vector)
        if part.text == query.text:
            return whole
        own = self._look(part, query, window, table, self._vector(part.text, table))
        return _Looked(mean([whole.scores, own.scores]), whole.words)

    def _look(
        self, part: Part, query: Query, window: Window, table: Snapshot, vector: Vector | None
    ) -> _Looked:
        """The articles that the arms find for a text, scored."""
        terms = self.lexical.terms(part.text)
        words = dict(self.lexical.passages(terms, _DEPTH, window))
        articles = dict(self.lexical.articles(terms, _DEPTH, window))
        near = self._nearest(vector, window, table)
        owners = self._archive.owners_of([*near, *words])
        owners = {number: id_ for number, id_ in owners.items() if id_ not in query.without}
        candidates = {*owners.values(), *articles} - query.without
        closest = table.closest(candidates, vector) if vector is not None else {}
        clock = Clock(_anchor(query, table), query.wants_newest, part.times)
        arms = _gather(candidates, closest, words, owners, articles)
        scores = fused(arms, clock, table.when, self.weights)
        named = {name for outlet in query.outlets for name in outlet.names}
        if named and not window.sources:
            scores = {
                id_: s.plus(outlet=_NAMED_OUTLET) if table.outlet(id_) in named else s
                for id_, s in scores.items()
            }
        return _Looked(scores, words)

    def look_up(self, text: str, query: Query) -> Looked:
        """What the archive has of a text's words, under the query's filters."""
        table = self._dense.current()
        return look_up(
            text,
            query.window,
            _anchor(query, table),
            lexical=self.lexical,
            archive=self._archive,
            when=table.when,
            without=query.without,
        )

    def _vector(self, text: str, table: Snapshot) -> Vector | None:
        return self._embedder.embed_query(text) if len(table.numbers) else None

    def _nearest(self, vector: Vector | None, window: Window, table: Snapshot) -> list[int]:
        """The numbers of the passages nearest in meaning."""
        if vector is None:
            return []
        if len(table.numbers) > EXACT_LIMIT and window.is_open:
            try:
                return [number for number, _ in self._indexes.vectors.query(vector, _DEPTH)]
            except BusyError:
                pass  # another process owns Chroma: score exactly
        rows, _ = table.nearest(vector, _DEPTH, window)
        return table.numbers[rows].tolist()  # type: ignore[no-any-return]

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
) -> dict[str, Arms]:
    """What each article got in each arm: its best passage counts, not the sum."""
    found = {id_: Arms(closest.get(id_, -1.0), 0.0, articles.get(id_, 0.0)) for id_ in candidates}
    for number, score in words.items():
        if id_ := owners.get(number):
            found[id_].words = max(found[id_].words, score)
    return found


def _hit(article: Article, passage: Passage, score: Score) -> Hit:
    return Hit(
        passage, score.total, article.title, article.source, article.published, article.url, score.parts
    )
