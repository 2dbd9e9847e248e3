"""The dated events of a topic, each a cited sentence, merged over outlets, the oldest first.

    timeline(desk, "the Lady Corran", as_of="2026-03-01")

An event's date is the one that its sentence tells ("on Friday", "3 March"), counted from the day of the
report; where it tells none, the day of the report itself, and marked so. What is only planned has the date of
the report that tells it. It knows no events but sentences.
"""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from app.agree.dates import When as Named
from app.agree.dates import times
from app.answer import Citation, Sentence
from app.story.correct import corrections
from app.story.topic import Desk, Filters, Told, When, matter, told
from app.story.twins import is_copy, likeness
from ingest.article import Article

Precision = Literal["day", "month", "year", "published"]

EVENTS = 20
_ARTICLES = 40
# A sentence of an event has this share of the topic, or opens an article that has it in its headline.
_OWN = 0.34
_AROUND = 0.6
# Of one day, sentences this like one another tell the same event.
_SAME_EVENT = 0.4
_PER_DAY = 2
_PER_ARTICLE = 3
# A time further back than this is background, told only where the sentence itself speaks of the topic.
_BACKGROUND_DAYS = 120
_CAPTION = re.compile(r"\w/[A-Z]\w+ [A-Z]|\bposes for\b|\bpictured\b|^(?:Play|Read|Watch|Sign up)\b")
# What somebody says is less of an event than what happened.
_SPOKEN = re.compile(r"[“\"‘']|I(?:\s|[’']m\b)")
# Before a time, these make it one that is still to come, or the beginning or end of something longer.
_AHEAD = re.compile(
    r"\b(?:will|shall|would|could|may|might|to be|due|expected|planned|plans|scheduled)\b", re.I
)
_AHEAD_AT_ONCE = re.compile(
    r"\b(?:until|till|by|before|from|since|after|for|next|to)\s(?:the\s|early\s|late\s|this\s|last\s)?$", re.I
)
_CLAUSE = re.compile(r"[,;:()“”\"—–]|\b(?:that|which|who|whose|when|while|but|and|after)\s", re.I)


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


@dataclass(frozen=True, slots=True)
class _Dated:
    """A sentence with its day (a proleptic ordinal) and how good an event it makes."""

    told: Told
    day: int
    precision: Precision
    score: float


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
    withdrawn = _withdrawn(found.articles.values())
    dated = [event for one in told(found) if not withdrawn(one) and (event := _dated(one))]
    groups = _groups(sorted(dated, key=lambda d: (-d.score, d.told.article.id, d.told.sentence.start)))
    chosen = _spread(groups, limit)
    return Timeline(
        topic,
        filters.day,
        tuple(sorted(map(_event, chosen), key=lambda event: event.date)),
        time.perf_counter() - started,
    )


def _withdrawn(articles: Iterable[Article]) -> Callable[[Told], bool]:
    """Tells of a sentence whether a notice of correction takes it back, or is one."""
    found = [correction for article in articles for correction in corrections(article)]

    def is_withdrawn(one: Told) -> bool:
        return any(
            (
                one.article.id == c.article.id
                and c.wrong_sentence[0] <= one.sentence.start < c.wrong_sentence[1]
            )
            or c.takes_back(one.article, one.sentence.text)
            for c in found
        )

    return is_withdrawn


def _dated(one: Told) -> _Dated | None:
    """The sentence as an event; None when it is off the topic, undated, or no statement of its own."""
    article, sentence = one.article, one.sentence
    opens = sentence.place == 0 and one.around >= _AROUND
    if article.published is None or (one.own < _OWN and not opens) or one.around < _AROUND:
        return None
    if (
        sentence.needed is not None
        or _CAPTION.search(sentence.text)
        or sentence.text.rstrip("\"”’'").endswith("?")
    ):
        return None
    published = article.published.start.date()
    day, precision = _when(sentence.text, published)
    if precision != "published" and published.toordinal() - day > _BACKGROUND_DAYS and one.worded < _AROUND:
        return None
    score = one.own + 0.4 * one.standing + 0.4 * opens + 0.3 * (precision == "day")
    score -= 0.4 * bool(_SPOKEN.match(sentence.text))
    return _Dated(one, day, precision, score)


def _when(text: str, published: date) -> tuple[int, Precision]:
    """The first day that the sentence tells of what is past by then, else the month or year it begins with,
    else the day of the report."""
    today = published.toordinal()
    coarse: tuple[int, Precision] | None = None
    for when in times(text, published):
        past = [(low, high) for low, high in when.spans if low <= today]
        if not past or _is_ahead(text, when):
            continue
        low, high = max(past)
        if high - low <= 1:
            return low, "day"
        # "the figure that he gave in January" dates what is told on the way.
        if coarse is None and not _CLAUSE.search(text[: when.start]):
            coarse = (low, "month") if 27 <= high - low <= 30 else (low, "year") if high <= today else None
    return coarse or (today, "published")


def _is_ahead(text: str, when: Named) -> bool:
    """Whether the time is one still to come, a limit of something, or a weekday before its own date."""
    before = text[: when.start]
    dated_next = when.weekday >= 0 and re.match(r",?\s+(?:\d|[A-Z][a-z]+\.? \d)", text[when.end :])
    return bool(dated_next or _AHEAD_AT_ONCE.search(before) or _AHEAD.search(_CLAUSE.split(before)[-1]))


def _groups(dated: Iterable[_Dated]) -> list[list[_Dated]]:
    """Sentences of one event together, the best of each first, the best event first."""
    groups: list[list[_Dated]] = []
    for one in dated:
        home = next((group for group in groups if any(_is_same(one, other) for other in group)), None)
        if home is None:
            groups.append([one])
        elif all(one.told.article.id != other.told.article.id for other in home):
            home.append(one)
    return groups


def _is_same(one: _Dated, other: _Dated) -> bool:
    texts = one.told.sentence.text, other.told.sentence.text
    if is_copy(*texts):
        return True
    near = abs(one.day - other.day) <= 1
    return near and likeness(*texts) >= _SAME_EVENT


def _spread(groups: Sequence[list[_Dated]], limit: int) -> list[list[_Dated]]:
    """The best events, at first few of each day, so that one busy day does not crowd out the story."""
    first: list[list[_Dated]] = []
    rest: list[list[_Dated]] = []
    seen: Counter[int | str] = Counter()
    for group in groups:
        best = group[0]
        seen.update((best.day, best.told.article.id))
        if seen[best.told.article.id] <= _PER_ARTICLE:
            (first if seen[best.day] <= _PER_DAY else rest).append(group)
    return [*first, *rest][:limit]


def _event(group: Sequence[_Dated]) -> Event:
    best = group[0]
    citations = tuple(_citation(one.told) for one in group)
    sources = tuple(dict.fromkeys(one.told.article.source for one in group if one.told.article.source))
    text = " ".join(citations[0].quote.split())
    return Event(_iso(best), best.precision, Sentence(text, citations), sources, _independent(group))


def _citation(one: Told) -> Citation:
    article: Article = one.article
    return Citation.of(article, one.sentence.start, one.sentence.end)


def _independent(group: Sequence[_Dated]) -> int:
    kept: list[str] = []
    for one in group:
        if not any(is_copy(one.told.sentence.text, text) for text in kept):
            kept.append(one.told.sentence.text)
    return len(kept)


def _iso(one: _Dated) -> str:
    day = date.fromordinal(one.day).isoformat()
    return {"month": day[:7], "year": day[:4]}.get(one.precision, day)
