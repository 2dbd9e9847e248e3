"""Sentences on a topic as events, each with its day.

A sentence has the day that it tells ("on Friday", "3 March"), else the day of its report. What somebody takes
back, a caption, a question, and a day that cannot be believed make no event: a page that goes on for long (a
gallery, a timeline) dates only by the days that it names, one that was updated later not by its own. It knows
each sentence by itself and its page, and no other report.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from app.story.correct import Correction, corrections
from app.story.happened import Happened, Precision, happened, last_told
from app.story.quantity import CALENDAR
from app.story.topic import Matter, Told, told
from app.words import content_words, stem, stems_of
from ingest.article import Article

# A sentence of an event has this share of the topic, or opens an article that has it in its headline.
_OWN = 0.34
_AROUND = 0.6
# Words that tell when, and not what.
_WHEN = CALENDAR | stems_of("yesterday tonight tomorrow morning afternoon evening night weekend early late")
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
class Dated:
    """A sentence with its day (a proleptic ordinal) and how good an event it makes.

    `other`: it may as well have been that day (0: it may not); `words` are its content words but for the
    topic's; `filed` is the day of its report.
    """

    told: Told
    day: int
    precision: Precision
    score: float
    other: int
    words: frozenset[str]
    filed: int


def dated(found: Matter) -> list[Dated]:
    """The sentences on a topic that make an event."""
    notices = [notice for article in found.articles.values() for notice in corrections(article)]
    pages = {id_: _Page.of(article) for id_, article in found.articles.items()}
    return [
        event
        for one in told(found)
        if not _is_withdrawn(one, notices)
        and (event := _dated(one, pages[one.article.id], found.question.stems))
    ]


def _is_withdrawn(one: Told, notices: Iterable[Correction]) -> bool:
    """Whether a notice of correction takes a sentence back, or quotes it as wrong."""
    return any(
        (one.article.id == notice.article.id and _is_within(one.sentence.start, notice.wrong_sentence))
        or notice.takes_back(one.article, one.sentence.text)
        for notice in notices
    )


def _is_within(place: int, span: tuple[int, int]) -> bool:
    return span[0] <= place < span[1]


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


def _dated(one: Told, page: _Page, topic: frozenset[str]) -> Dated | None:
    """The sentence as an event; None when it is off the topic, undated, or no statement of its own."""
    sentence, published = one.sentence, one.article.published
    opens = sentence.place == 0 and one.around >= _AROUND
    if published is None or (one.own < _OWN and not opens) or one.around < _AROUND:
        return None
    if sentence.needed is not None or _is_no_statement(one):
        return None
    filed = published.start.date()
    today = filed.toordinal()
    when = happened(_main(sentence.text, topic), filed, page.until)
    if when.precision == "published" and published.precision == "month":
        when = replace(when, precision="month")
    is_back = when.precision != "published" and today - when.day > _BACKGROUND_DAYS
    if not page.dates(when, today) or (is_back and one.worded < _AROUND):
        return None
    words = frozenset(map(stem, content_words(sentence.text))) - _WHEN - topic
    return Dated(one, when.day, when.precision, _score(one, when, opens), when.other, words, today)


def _score(one: Told, when: Happened, opens: bool) -> float:
    """How good an event it makes: it is on the topic, opens its report, tells the day, quotes nobody."""
    score = one.own + 0.4 * one.standing + 0.4 * opens + 0.3 * (when.precision == "day" and not when.other)
    undated = when.precision == "published" and not opens
    return score - (0.4 * bool(_SPOKEN.match(one.sentence.text)) + 0.3 * undated)


def _main(sentence: str, topic: frozenset[str]) -> str:
    """Of a sentence with semicolons the part that has most of the topic."""
    return max(sentence.split(";"), key=lambda part: len(stems_of(part) & topic))


def _is_no_statement(one: Told) -> bool:
    """Whether a sentence is a caption or a question."""
    text = one.sentence.text
    before = one.article.text[max(0, one.sentence.start - _CREDIT) : one.sentence.start]
    return bool(_CAPTION.search(text) or _CREDITED.search(before) or text.rstrip("\"”'’").endswith("?"))
