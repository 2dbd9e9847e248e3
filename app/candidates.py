"""The sentences that may answer a question, with what can be told of them before a model reads them.

Takes the quotable sentences of the passages that were found and gathers their signals. It does not weigh
them (`app.scoring`) and does not choose (`app.write`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from app.answer import Hit
from app.asking import Asked
from app.holding import holds
from app.quotable import Quotable, quotables
from app.scoring import Signals, asks, early, elsewhen, fresh, is_changing
from app.words import covered_share
from ingest.article import Article

# Reports that cover this share of what the best one covers are about the same matter.
_SAME_MATTER = 0.8


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that may be quoted, and what speaks for it."""

    article: Article
    sentence: Quotable
    signals: Signals


@dataclass(frozen=True, slots=True)
class _Found:
    """A sentence of a found article: its place among the hits and how much of the question it covers."""

    article: Article
    sentence: Quotable
    rank: int
    best: Hit
    coverage: float


def candidates(
    question: Asked,
    hits: Sequence[Hit],
    articles: Mapping[str, Article],
    idf: Callable[[str], float],
    *,
    wants_newest: bool = False,
    years: frozenset[int] = frozenset(),
) -> list[Candidate]:
    """Each quotable sentence of the passages found, once; `years` are those that the question names."""
    found = list(_found(question, hits, articles, idf))
    top = max((hit.score for hit in hits), default=0.0) or 1.0
    matter = latest = None
    if wants_newest:
        latest = max((hit.published.epoch for hit in hits if hit.published), default=None)
    elif is_changing(question.kind):
        matter = _newest_of_the_matter(found)
    return [
        Candidate(f.article, f.sentence, _signals(question, f, top, matter, latest, years)) for f in found
    ]


def _found(
    question: Asked, hits: Sequence[Hit], articles: Mapping[str, Article], idf: Callable[[str], float]
) -> Iterator[_Found]:
    terms = question.weighed(idf)
    by_article: dict[str, list[Hit]] = {}
    for hit in hits:
        by_article.setdefault(hit.passage.article_id, []).append(hit)
    for rank, (id_, passages) in enumerate(by_article.items(), 1):
        article = articles[id_]
        parts = tuple((hit.passage.start, hit.passage.end) for hit in passages)
        for sentence in quotables(article.text, parts):
            if any(_is_inside(sentence, hit) for hit in passages):
                coverage = covered_share(terms, sentence.around(article.title))
                yield _Found(article, sentence, rank, passages[0], coverage)


def _is_inside(sentence: Quotable, hit: Hit) -> bool:
    return hit.passage.start <= sentence.start < hit.passage.end


def _newest_of_the_matter(found: Sequence[_Found]) -> int | None:
    """When the newest report on the matter itself appeared."""
    enough = _SAME_MATTER * max((f.coverage for f in found), default=0.0)
    dates = [f.article.published.epoch for f in found if f.coverage >= enough and f.article.published]
    return max(dates, default=None)


def _signals(
    question: Asked,
    found: _Found,
    top: float,
    matter: int | None,
    latest: int | None,
    years: frozenset[int],
) -> Signals:
    """`matter` and `latest`: when the newest report on the matter, and of all, appeared, where it counts."""
    moment = found.article.published
    published = moment.epoch if moment else None
    return Signals(
        passage=max(0.0, found.best.score / top),
        rank=1 / found.rank,
        inside=float(_is_inside(found.sentence, found.best)),
        coverage=found.coverage,
        kind=holds(question, found.sentence.text),
        early=early(found.sentence),
        fresh=fresh(published, matter),
        newest=fresh(published, latest),
        elsewhen=elsewhen(years, found.sentence, found.article.title, moment.start.year if moment else None),
        asks=asks(found.sentence),
    )
