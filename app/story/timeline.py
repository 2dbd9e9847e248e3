"""The dated events of a topic, each a cited sentence, merged over outlets, the oldest first.

    timeline(desk, "the Lady Corran", as_of="2026-03-01")

An event's date is the one that its sentence tells ("on Friday", "3 March"), counted from the day of the
report; where it tells none, the day of the report itself, and marked so. What is only planned has the date of
the report that tells it. Where a weekday may be the one before the report or, on a page that was updated, the
one after it, other reports of the event decide, else the month is told. Pages that go on for long (galleries,
timelines) date nothing but by the days that they name. It knows no events but sentences.
"""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from app.answer import Citation, Sentence
from app.story.correct import corrections
from app.story.happened import Happened, Precision, happened, last_told
from app.story.quantity import CALENDAR
from app.story.topic import Desk, Filters, Told, When, matter, told
from app.story.twins import is_copy, likeness
from app.words import content_words, stem, stems_of
from ingest.article import Article

EVENTS = 20
_ARTICLES = 60
# A sentence of an event has this share of the topic, or opens an article that has it in its headline.
_OWN = 0.34
_AROUND = 0.6
# Of one day and the next, sentences this like one another tell the same event; of one day also those with
# this share of the content words of the shorter one, at least so many of them.
_SAME_EVENT = 0.4
_SHARED, _SHARED_WORDS = 0.34, 3
# A report that tells no day tells the same as one that does, filed up to so many days before or after it.
_RETOLD, _RETOLD_WORDS = 0.65, 4
_FILED_BEFORE, _FILED_AFTER = 200, 400
# Another report says which of two days a weekday is, or of which day of its month it tells.
_DECIDES = 0.3
_PER_ARTICLE = 3
# The same words on pages filed over so many days are an insert, and date nothing.
_INSERTED = 30
# The same a week apart: the page of the one was updated.
_WEEK, _WEEK_APART = 7, 0.5
# Words that tell when, and not what.
_WHEN = CALENDAR | stems_of("yesterday tonight tomorrow morning afternoon evening night weekend early late")
# What each event chosen already takes from the worth of others within these days.
_CROWDING = ((0, 0.35), (7, 0.09), (30, 0.03), (180, 0.01))
# What each further report adds to the worth of an event, up to so many.
_REPORT, _REPORTS = 0.08, 5
# An event with a smaller share of the best one's worth is not told.
_WORTH = 0.45
# A time further back than this is background, told only where the sentence itself speaks of the topic.
_BACKGROUND_DAYS = 120
_CAPTION = re.compile(r"\w/[A-Z]\w+ [A-Z]|\bposes for\b|\bpictured\b|^(?:Play|Read|Watch|Sign up)\b")
# The credit of the picture before stands before the caption, in so many characters.
_CREDITED, _CREDIT = re.compile(r"\w/[A-Z][\w. ]*\s$"), 60
# A page that is kept up for months, by its headline or address.
_LASTING = re.compile(r"\b(?:photos|pictures|gallery|timeline)\b", re.I)
# So many days after it was filed, a page that was updated dates no event by the day of its report.
_LATE = 7
# What somebody says is less of an event than what happened.
_SPOKEN = re.compile(r"[“\"‘']|I(?:\s|[’']m\b)")


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
    """A sentence with its day (a proleptic ordinal) and how good an event it makes.

    `other`: it may as well have been that day (0: it may not); `words` are its content words but for the
    topic's.
    """

    told: Told
    day: int
    precision: Precision
    score: float
    other: int
    words: frozenset[str]

    @property
    def filed(self) -> int:
        return _filed(self.told.article)


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
    pages = {id_: _Page.of(article) for id_, article in found.articles.items()}
    dated = [
        event
        for one in told(found)
        if not withdrawn(one) and (event := _dated(one, pages[one.article.id], found.question.stems))
    ]
    settled = [_settled(one, dated) for one in dated]
    groups = _groups(sorted(settled, key=lambda d: (-d.score, d.told.article.id, d.told.sentence.start)))
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


@dataclass(frozen=True, slots=True)
class _Page:
    """What an article's page can date: the last day that it tells of, and whether it goes on for long."""

    until: int
    is_lasting: bool

    @classmethod
    def of(cls, article: Article) -> _Page:
        updated = article.updated.start.date().toordinal() if article.updated else 0
        published = article.published.start.date() if article.published else None
        until = max(updated, last_told(article.text, published) if published else 0)
        return cls(until, bool(_LASTING.search(f"{article.title} {article.url}")))

    def dates(self, when: Happened, today: int) -> bool:
        """Whether the time that a sentence of this page tells can be believed."""
        if self.is_lasting and when.is_counted:
            return False
        return when.precision != "published" or self.until - today <= _LATE


def _filed(article: Article) -> int:
    return article.published.start.date().toordinal() if article.published else 0


def _dated(one: Told, page: _Page, topic: frozenset[str]) -> _Dated | None:
    """The sentence as an event; None when it is off the topic, undated, or no statement of its own."""
    article, sentence = one.article, one.sentence
    opens = sentence.place == 0 and one.around >= _AROUND
    if article.published is None or (one.own < _OWN and not opens) or one.around < _AROUND:
        return None
    if sentence.needed is not None or _is_no_statement(one):
        return None
    today = _filed(article)
    when = happened(_main(sentence.text, topic), article.published.start.date(), page.until)
    if when.precision == "published" and article.published.precision == "month":
        when = replace(when, precision="month")
    is_back = when.precision != "published" and today - when.day > _BACKGROUND_DAYS
    if not page.dates(when, today) or (is_back and one.worded < _AROUND):
        return None
    score = one.own + 0.4 * one.standing + 0.4 * opens + 0.3 * (when.precision == "day" and not when.other)
    score -= 0.4 * bool(_SPOKEN.match(sentence.text)) + 0.3 * (when.precision == "published" and not opens)
    words = frozenset(map(stem, content_words(sentence.text))) - _WHEN - topic
    return _Dated(one, when.day, when.precision, score, when.other, words)


def _main(sentence: str, topic: frozenset[str]) -> str:
    """Of a sentence with semicolons the part that has most of the topic."""
    return max(sentence.split(";"), key=lambda part: len(stems_of(part) & topic))


def _is_no_statement(one: Told) -> bool:
    """Whether a sentence is a caption or a question."""
    text = one.sentence.text
    before = one.article.text[max(0, one.sentence.start - _CREDIT) : one.sentence.start]
    return bool(_CAPTION.search(text) or _CREDITED.search(before) or text.rstrip("\"”'’").endswith("?"))


def _settled(one: _Dated, dated: Sequence[_Dated]) -> _Dated:
    """A weekday that may be one of two days: the day that other reports tell of the same, else the month."""
    if not one.other:
        return one
    others = (
        (_shared(one, other), other.day)
        for other in dated
        if other.precision in ("day", "published")
        and not other.other
        and other.day in (one.day, one.other)
        and other.told.article.id != one.told.article.id
    )
    share, day = max(others, default=(0.0, 0))
    if share >= _DECIDES:
        return replace(one, day=day, other=0)
    first = date.fromordinal(one.day).replace(day=1)
    if date.fromordinal(one.other).replace(day=1) == first:
        return replace(one, day=first.toordinal(), precision="month", other=0)
    return replace(one, day=one.filed, precision="published", other=0)


def _shared(one: _Dated, other: _Dated, least: int = _SHARED_WORDS) -> float:
    """The share of the content words of the shorter sentence that the other has too; 0 for too few."""
    both = one.words & other.words
    return len(both) / min(len(one.words), len(other.words)) if len(both) >= least else 0.0


def _groups(dated: Iterable[_Dated]) -> list[list[_Dated]]:
    """Sentences of one event together, the best of each first, the best event first."""
    groups: list[list[_Dated]] = []
    for one in dated:
        home = next((group for group in groups if _is_same(one, group[0])), None)
        if home is None:
            groups.append([one])
        elif all(one.told.article.id != other.told.article.id for other in home):
            home.append(one)
    return [_best_dated(group) for group in groups if not _is_inserted(group)]


def _is_inserted(group: Sequence[_Dated]) -> bool:
    """Whether the same words without a day stand on pages of many days."""
    filed = [one.filed for one in group if is_copy(one.told.sentence.text, group[0].told.sentence.text)]
    return all(one.precision == "published" for one in group) and max(filed) - min(filed) > _INSERTED


def _best_dated(group: list[_Dated]) -> list[_Dated]:
    """The group with a sentence first that knows the day: of two a week apart the one told soonest after it.

    A report filed before the day knows of it only from being updated.
    """
    days = [one for one in group if one.precision == "day"] or [
        one for one in group if one.precision != "published"
    ]
    if not days or (group[0] is days[0] and all(abs(one.day - days[0].day) < _WEEK for one in days)):
        return group
    first = min(days, key=lambda one: (one.filed < one.day, abs(one.filed - one.day)))
    return [first, *(one for one in group if one is not first)]


def _is_same(one: _Dated, other: _Dated) -> bool:
    texts = one.told.sentence.text, other.told.sentence.text
    if is_copy(*texts):
        return True
    apart = abs(one.day - other.day)
    if apart <= 1 and "month" not in (one.precision, other.precision):
        is_alike = likeness(*texts) >= _SAME_EVENT and _shared(one, other, 1) > 0
        return is_alike or (apart == 0 and _shared(one, other) >= _SHARED)
    if one.precision == other.precision == "day":
        return apart == _WEEK and _shared(one, other) >= _WEEK_APART
    return _is_retold(one, other) or _is_retold(other, one)


def _is_retold(vague: _Dated, exact: _Dated) -> bool:
    """Whether a report that tells no day tells what another dates: it was updated then, or looks back."""
    if exact.precision != "day" and (exact.precision, vague.precision) != ("month", "published"):
        return False
    if vague.precision == "month":
        is_within = date.fromordinal(exact.day).replace(day=1).toordinal() == vague.day
        return is_within and _shared(vague, exact) >= _DECIDES
    is_near = -_FILED_BEFORE <= vague.filed - exact.day <= _FILED_AFTER
    return vague.precision == "published" and is_near and _shared(vague, exact, _RETOLD_WORDS) >= _RETOLD


def _spread(groups: Sequence[list[_Dated]], limit: int) -> list[list[_Dated]]:
    """The best events, each worth less the more of its days are chosen: no busy week crowds out the story."""
    best_worth = max(map(_worth, groups), default=0.0)
    left = [group for group in groups if _worth(group) >= _WORTH * best_worth]
    chosen: list[list[_Dated]] = []
    articles: Counter[str] = Counter()
    while left and len(chosen) < limit:
        best = max(left, key=lambda group: _worth(group) - _crowded(group[0], chosen))
        left.remove(best)
        id_ = best[0].told.article.id
        if articles[id_] < _PER_ARTICLE:
            articles[id_] += 1
            chosen.append(best)
    return chosen


def _worth(group: Sequence[_Dated]) -> float:
    return max(one.score for one in group) + _REPORT * min(_REPORTS, len(group) - 1)


def _crowded(one: _Dated, chosen: Iterable[list[_Dated]]) -> float:
    away = [abs(one.day - group[0].day) for group in chosen]
    return sum(next((takes for days, takes in _CROWDING if days >= apart), 0.0) for apart in away)


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
