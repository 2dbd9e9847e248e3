"""The dated events of a topic, each a cited sentence, merged over outlets, the oldest first.

    timeline(desk, "the Lady Corran", as_of="2026-03-01")

An event's date is the one that its sentence tells, counted from the day of the report (`app.story.events`);
where it tells none, or none that other reports settle (`app.story.merge`), the day of the report itself, and
marked so. What is only planned has the date of the report that tells it. Of many events the best are
given, and not all of one busy week. It knows no events but sentences.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.answer import Citation, Sentence
from app.story.events import Dated, dated
from app.story.happened import Precision
from app.story.merge import merged
from app.story.readings import independent
from app.story.topic import Desk, Filters, When, matter

EVENTS = 20
_ARTICLES = 60
_PER_ARTICLE = 3
# What each event chosen already takes from the worth of others within these days.
_CROWDING = ((0, 0.35), (7, 0.09), (30, 0.03), (180, 0.01))
# What each further report adds to the worth of an event, up to so many.
_REPORT, _REPORTS = 0.08, 5
# An event with a smaller share of the best one's worth is not told.
_WORTH = 0.45


@dataclass(frozen=True, slots=True)
class Event:
    """What happened: `date` as exactly as it is told, "published" for the day of the report.

    The first citation is the sentence itself, the further ones are other reports of the same event; `sources`
    are their outlets, `independent` counts those whose wording is their own.
    """

    date: str
    precision: Precision
    sentence: Sentence
    sources: tuple[str, ...]
    independent: int

    def to_json(self) -> dict[str, Any]:
        return {
            "date": self.date,
            "precision": self.precision,
            "text": self.sentence.text,
            "sources": list(self.sources),
            "independent": self.independent,
            "citations": [citation.to_json() for citation in self.sentence.citations],
        }


@dataclass(frozen=True, slots=True)
class Timeline:
    """The events of a topic, sorted by date."""

    topic: str
    as_of: str | None
    events: tuple[Event, ...]
    seconds: float

    def to_json(self) -> dict[str, Any]:
        return {
            "topic": self.topic,
            "as_of": self.as_of,
            "events": [event.to_json() for event in self.events],
            "seconds": round(self.seconds, 4),
        }


def timeline(
    desk: Desk,
    topic: str,
    *,
    as_of: When = None,
    since: When = None,
    until: When = None,
    sources: Sequence[str] = (),
    sections: Sequence[str] = (),
    limit: int = EVENTS,
) -> Timeline:
    """Up to `limit` events of a topic. Filters as for `Newsdesk.ask`; raises UsageError as it does."""
    started = time.perf_counter()
    filters = Filters(as_of, since, until, tuple(sources), tuple(sections))
    found = matter(desk, topic, filters, _ARTICLES)
    chosen = _spread(merged(dated(found)), limit)
    return Timeline(
        topic,
        filters.day,
        tuple(sorted(map(_event, chosen), key=lambda event: event.date)),
        time.perf_counter() - started,
    )


def _spread(groups: Sequence[list[Dated]], limit: int) -> list[list[Dated]]:
    """The best events, each worth less the more of its days are chosen: no busy week crowds out the story."""
    best_worth = max(map(_worth, groups), default=0.0)
    left = [group for group in groups if _worth(group) >= _WORTH * best_worth]
    chosen: list[list[Dated]] = []
    articles: Counter[str] = Counter()
    while left and len(chosen) < limit:
        best = max(left, key=lambda group: _worth(group) - _crowded(group[0], chosen))
        left.remove(best)
        id_ = best[0].told.article.id
        if articles[id_] < _PER_ARTICLE:
            articles[id_] += 1
            chosen.append(best)
    return chosen


def _worth(group: Sequence[Dated]) -> float:
    return max(one.score for one in group) + _REPORT * min(_REPORTS, len(group) - 1)


def _crowded(one: Dated, chosen: Iterable[list[Dated]]) -> float:
    away = [abs(one.day - group[0].day) for group in chosen]
    return sum(next((takes for days, takes in _CROWDING if days >= apart), 0.0) for apart in away)


def _event(group: Sequence[Dated]) -> Event:
    best = group[0]
    citations = tuple(
        Citation.of(one.told.article, one.told.sentence.start, one.told.sentence.end) for one in group
    )
    sources = tuple(dict.fromkeys(one.told.article.source for one in group if one.told.article.source))
    text = " ".join(citations[0].quote.split())
    prints = len(independent([one.told.sentence for one in group]))
    return Event(_iso(best), best.precision, Sentence(text, citations), sources, prints)


def _iso(one: Dated) -> str:
    day = date.fromordinal(one.day).isoformat()
    return {"month": day[:7], "year": day[:4]}.get(one.precision, day)
