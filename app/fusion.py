"""What each arm says of an article, made into one score.

    score = d nearness(D) + p P / max P + a A / max A + n 2^(-age in days / 30) + t
    nearness(D) = 1 - (max D - D) / max(max D - min D, 0.2)

a combination (after Bruch, Gai and Ingber, 2023) of its best passage by meaning (D), its best passage by
words (P) and the whole article by words (A), and time as evidence: how new the article is, and how near it
is to a time that the question names (t). n is `newest` where the question wants the newest; else it is
`recency`, as far as what is new answers nearly as well as the best. The weights were fitted on dated news
questions (docs/retrieval.md); an archive can have its own. It searches nothing.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields

from app.hints.times import Time
from ingest.article import Moment

HALF_LIFE_DAYS = 30.0
# What nearness to a time in the question is worth: a day tells more of when it was reported than a year.
_WORTH = ((7.0, 0.3), (100.0, 0.15), (400.0, 0.05))
_WORTH_OPEN = 0.1
_FADES_DAYS = 3.0
# Cosines that lie closer together than this tell little apart: two articles are not one at 1 and one at 0.
_SPREAD = 0.2
# What is new, and how far behind the best its best may be for newness to count at all.
_NEW_DAYS = 60.0
_BEHIND = 0.6


@dataclass(frozen=True, slots=True)
class Weights:
    """What each arm counts, and how much being new does: `newest` when the question wants the newest."""

    dense: float = 0.35
    passage_words: float = 0.24
    article_words: float = 0.41
    recency: float = 0.24
    newest: float = 0.47

    @classmethod
    def from_json(cls, text: str) -> Weights:
        """Reads what `to_json` wrote; raises ValueError for anything else."""
        value = json.loads(text)
        names = {field.name for field in fields(cls)}
        if not isinstance(value, dict) or set(value) != names:
            raise ValueError(f"weights of a fusion are an object of {', '.join(sorted(names))}")
        if not all(isinstance(w, (int, float)) and math.isfinite(w) and w >= 0 for w in value.values()):
            raise ValueError("a weight of a fusion is a number of at least 0")
        return cls(**value)

    def to_json(self) -> str:
        return json.dumps(asdict(self))


@dataclass(slots=True)
class Arms:
    """What each arm says of one article: a cosine, and two BM25 scores."""

    dense: float = -1.0
    words: float = 0.0
    article_words: float = 0.0


@dataclass(frozen=True, slots=True)
class Score:
    """The score of an article and what it is the sum of, by name."""

    parts: Mapping[str, float]

    @property
    def total(self) -> float:
        return sum(self.parts.values())

    def plus(self, **more: float) -> Score:
        return Score({**self.parts, **more})


@dataclass(frozen=True, slots=True)
class Clock:
    """When articles appeared, as evidence: `anchor` is now, in UTC seconds; `times` are those asked about."""

    anchor: int
    wants_newest: bool = False
    times: Sequence[Time] = ()


def fused(
    found: Mapping[str, Arms], clock: Clock, when: Callable[[str], Moment | None], weights: Weights
) -> dict[str, Score]:
    """Each article's score among the articles found.

    An article without a vector, while they are being made, has the share of `dense` that it has of the words.
    """
    dense = [arms.dense for arms in found.values() if arms.dense > -1.0]
    low, high = (min(dense), max(dense)) if dense else (0.0, 0.0)
    spread = max(high - low, _SPREAD)
    most = max((arms.words for arms in found.values()), default=0.0) or 1.0
    most_article = max((arms.article_words for arms in found.values()), default=0.0) or 1.0
    by_words = weights.passage_words + weights.article_words or 1.0
    scores = {}
    for id_, arms in found.items():
        parts = {
            "passage_words": weights.passage_words * (arms.words / most),
            "article_words": weights.article_words * (arms.article_words / most_article),
        }
        near = sum(parts.values()) / by_words if arms.dense == -1.0 else 1.0 - (high - arms.dense) / spread
        parts = {"dense": weights.dense * min(1.0, max(0.0, near)), **parts}
        if clock.times:
            parts["time"] = max(nearness(when(id_), time) for time in clock.times)
        scores[id_] = Score(parts)
    worth = weights.newest if clock.wants_newest else weights.recency * _news_share(scores, clock, when)
    return {id_: s.plus(recency=worth * recency(when(id_), clock.anchor)) for id_, s in scores.items()}


def _news_share(scores: Mapping[str, Score], clock: Clock, when: Callable[[str], Moment | None]) -> float:
    """How much being new may count, 0 to 1, in a question that does not say that it is about news.

    It is when what is new answers it nearly as well as the best of any time. Asked years later, when nothing
    new does, the reports of its day keep their places.
    """
    best = max((score.total for score in scores.values()), default=0.0)
    since = clock.anchor - _NEW_DAYS * 86_400
    new = (s.total for id_, s in scores.items() if (day := when(id_)) and day.epoch > since)
    share = max(new, default=0.0) / best if best else 0.0
    return max(0.0, share - _BEHIND) / (1.0 - _BEHIND)


def mean(scores: Sequence[Mapping[str, Score]]) -> dict[str, Score]:
    """The scores of several searches, averaged part by part; not found counts as nothing."""
    found = {}
    for id_ in dict.fromkeys(id_ for ranked in scores for id_ in ranked):
        several = [ranked[id_].parts for ranked in scores if id_ in ranked]
        names = dict.fromkeys(name for parts in several for name in parts)
        found[id_] = Score({n: sum(parts.get(n, 0.0) for parts in several) / len(scores) for n in names})
    return found


def in_turn(lists: Iterable[Sequence[str]]) -> list[str]:
    """The first of each list, then the second of each, and so on, none twice."""
    queues = [list(ranked) for ranked in lists]
    deepest = max(map(len, queues), default=0)
    return list(dict.fromkeys(queue[n] for n in range(deepest) for queue in queues if n < len(queue)))


def best_first(scores: Mapping[str, Score]) -> list[str]:
    return sorted(scores, key=lambda id_: (-scores[id_].total, id_))


def recency(published: Moment | None, anchor: int) -> float:
    """2^(-age / half-life), 1 for today, 0 for an undated article; age in days before `anchor`."""
    if published is None:
        return 0.0
    days = max(0.0, (anchor - published.epoch) / 86_400)
    return math.exp2(-days / HALF_LIFE_DAYS)


def nearness(published: Moment | None, time: Time) -> float:
    """What it is worth that an article appeared within a time, or how many days from it."""
    if published is None:
        return 0.0
    worth = next((worth for days, worth in _WORTH if time.days <= days), 0.0)
    if math.isinf(time.days):
        worth = _WORTH_OPEN
    return worth * math.exp2(-time.distance(published.epoch) / _FADES_DAYS)
