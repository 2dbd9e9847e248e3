"""Outlets side by side on one question: what each says, where they agree, where they differ.

    compare(desk, "How much will the bridge cost?")

Every outlet is asked alone, so each gives its own answer with its own quotes, or none. Values that two or
more outlets share are agreements; notes of reports that differ and of figures that changed come from
`app.story.findings`. What an outlet told of another year or of a part of the time ("in July") is not set
beside the rest. It does not judge who is right.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from app.agree.dates import times
from app.answer import Citation, Note, Reading, Sentence
from app.holding import new_names
from app.story.amounts import amounts
from app.story.findings import find
from app.story.quantity import quantity
from app.story.readings import Report, independent
from app.story.topic import Desk, Filters, Matter, When, matter, told, weight
from app.words import stems
from ingest.article import Moment

_ARTICLES = 30
_OUTLETS = 8
# Of one outlet's answer at most so many sentences are set beside the others'.
_SENTENCES = 2
_AGREEMENTS = 5
# A sentence with an amount tells it of the topic when so much of the topic is in or around it.
_SUBJECT = 0.5
# The matter is of the days of most of its nearest articles: those with this share of the best one's score, at
# most so many. What was filed further away, in days, or tells of what was so long before is of another time.
_NEAREST, _NEAREST_COUNT = 0.6, 6
_AWAY = 400
_YEAR = re.compile(r"\b(?:1[89]|20)\d\d\b")
# Of what goes on, an amount "In July, ..." is one of a part.
_MONTH = (
    "(?:January|February|March|April|May|June|July|August|September|October|November|December)\\b(?!\\s+\\d)"
)
_IN_PART = re.compile(
    rf"^(?:In|During) {_MONTH}|\bfor {_MONTH}|"
    r"\b(?:in|over) the (?:past|last|first) (?:\w+ )?(?:day|week|month)s?\b"
)
# The label before a sentence may tell its year ("August 1999 in Orrin: "), in so many characters.
_LABEL = 40


@dataclass(frozen=True, slots=True)
class Outlet:
    """What one outlet says, with the day of each sentence's article."""

    source: str
    sentences: tuple[Sentence, ...]
    published: tuple[Moment | None, ...]

    def to_json(self) -> dict[str, Any]:
        told = zip(self.sentences, self.published, strict=True)
        dated = [{**s.to_json(), "published": str(when) if when else None} for s, when in told]
        return {"source": self.source, "sentences": dated}


@dataclass(frozen=True, slots=True)
class Agreement:
    """A value that outlets share. `independent` counts the reports whose wording is their own."""

    value: str
    readings: tuple[Reading, ...]
    independent: int

    def to_json(self) -> dict[str, Any]:
        readings = [reading.to_json() for reading in self.readings]
        return {"value": self.value, "independent": self.independent, "readings": readings}


@dataclass(frozen=True, slots=True)
class Comparison:
    """`reason` says in one sentence why there is nothing to set side by side; empty when there is."""

    topic: str
    as_of: str | None
    outlets: tuple[Outlet, ...]
    agreements: tuple[Agreement, ...]
    disagreements: tuple[Note, ...]
    series: tuple[Note, ...]
    reason: str
    seconds: float

    def to_json(self) -> dict[str, Any]:
        return {
            "topic": self.topic,
            "as_of": self.as_of,
            "outlets": [outlet.to_json() for outlet in self.outlets],
            "agreements": [agreement.to_json() for agreement in self.agreements],
            "disagreements": [note.to_json() for note in self.disagreements],
            "series": [note.to_json() for note in self.series],
            "reason": self.reason or None,
            "seconds": round(self.seconds, 4),
        }


def compare(
    desk: Desk,
    topic: str,
    *,
    as_of: When = None,
    since: When = None,
    until: When = None,
    sources: Sequence[str] = (),
    sections: Sequence[str] = (),
) -> Comparison:
    """The outlets that report on a topic, the nearest first. Filters and errors as for `Newsdesk.ask`."""
    started = time.perf_counter()
    filters = Filters(as_of, since, until, tuple(sources), tuple(sections))
    found = matter(desk, topic, filters, _ARTICLES)
    asked_of = _sources(found)
    reports = {name: _reports(desk, found, name, filters) for name in asked_of}
    given = [report for some in reports.values() for report in some]
    hits = [hit for hit in found.hits if _is_of_its_time(found, hit.passage.article_id)]
    notes = find(found.topic, found.question, hits, found.articles, weight).notes
    outlets = tuple(_outlet(name, some) for name, some in reports.items() if some)
    return Comparison(
        topic,
        filters.day,
        outlets,
        tuple(_agreements(found, given)),
        tuple(note for note in notes if note.kind in ("conflict", "correction")),
        tuple(note for note in notes if note.kind == "series"),
        _reason(found, outlets),
        time.perf_counter() - started,
    )


def _sources(found: Matter) -> list[str]:
    """The outlets with a name, the one with the nearest article first."""
    return list(dict.fromkeys(hit.source for hit in found.hits if hit.source))[:_OUTLETS]


def _reports(desk: Desk, found: Matter, source: str, filters: Filters) -> list[Report]:
    """The first sentences of what the outlet alone would answer; none where it would not."""
    answer = desk.ask(
        found.topic,
        as_of=filters.as_of,
        since=filters.since,
        until=filters.until,
        sources=(source,),
        sections=filters.sections,
    )
    cited = [sentence.citations[0] for sentence in answer.sentences if sentence.citations]
    articles = found.articles
    answered = [
        Report(articles[c.article_id], c.start, c.end, c.quote, 1.0)
        for c in cited
        if c.article_id in articles and _is_of_its_time(found, c.article_id)
    ]
    answered = [report for report in answered if not _tells_apart(found, report)]
    latest = _latest(found, source) if answered else None
    if latest is None:
        return answered[:_SENTENCES]
    others = [r for r in answered if (r.article.id, r.start) != (latest.article.id, latest.start)]
    return [latest, *others][:_SENTENCES]


def _latest(found: Matter, source: str) -> Report | None:
    """The outlet's latest sentence with the amount that is asked for."""
    wanted = quantity(found.question, found.topic)
    given = [
        Report(one.article, one.sentence.start, one.sentence.end, figure.text, one.around, figure)
        for one in told(found)
        if wanted is not None and one.article.source == source and one.around >= _SUBJECT
        for figure in amounts(wanted, one.sentence.text)[:1]
    ]
    fitting = [r for r in given if _is_of_its_time(found, r.article.id) and not _tells_apart(found, r)]
    return max(fitting, key=lambda r: (r.when or 0, r.coverage), default=None)


def _is_of_its_time(found: Matter, article_id: str) -> bool:
    """Whether an article was filed near the days of the nearest articles, or the topic names its year."""
    filed = {id_: a.published.epoch // 86_400 for id_, a in found.articles.items() if a.published}
    nearest = [id_ for id_ in filed if found.standing[id_] >= _NEAREST][:_NEAREST_COUNT]
    if article_id not in filed or not nearest or _YEAR.search(found.topic):
        return True
    near = {id_: sum(abs(filed[id_] - filed[other]) <= _AWAY for other in nearest) for id_ in filed}
    return 2 * near[article_id] > max(near[id_] for id_ in nearest)


def _tells_apart(found: Matter, report: Report) -> bool:
    """Whether a sentence tells of a year long before its article, or of a part of what goes on."""
    if _YEAR.search(found.topic):
        return False
    wanted = quantity(found.question, found.topic)
    grows = wanted is not None and bool(wanted.states) and wanted.grows
    return _tells_before(report) or (grows and bool(_IN_PART.search(report.text)))


def _tells_before(report: Report) -> bool:
    """Whether all times that a sentence and its label name are of a year long before its article."""
    published = report.article.published
    if published is None:
        return False
    label = report.article.text[max(0, report.start - _LABEL) : report.start].rsplit("\n", 1)[-1]
    text = f"{label if label.endswith(': ') else ''}{report.text}"
    day = published.start.date()
    last = [max(high for _, high in when.spans) for when in times(text, day) if when.spans]
    return bool(last) and day.toordinal() - max(last) > _AWAY


def _outlet(source: str, reports: Sequence[Report]) -> Outlet:
    sentences = tuple(
        Sentence(" ".join(r.text.split()), (Citation.of(r.article, r.start, r.end),)) for r in reports
    )
    return Outlet(source, sentences, tuple(r.article.published for r in reports))


def _reason(found: Matter, outlets: Sequence[Outlet]) -> str:
    if not found.hits:
        return "The archive has nothing on this."
    if not any(hit.source for hit in found.hits):
        return "The articles on this name no outlet, so there is nothing to set side by side."
    if not outlets:
        return "No outlet in the archive answers this."
    return f"Only {outlets[0].source} answers this." if len(outlets) == 1 else ""


def _agreements(found: Matter, given: Sequence[Report]) -> Iterator[Agreement]:
    """What independent outlets give alike for the thing asked for, the value of most reports first."""
    values: dict[tuple[str, ...], list[Report]] = {}
    for report in given:
        for key, value in _values(found, report):
            values.setdefault(key, []).append(value)
    shared = [some for some in values.values() if len({r.article.source for r in some}) > 1]
    counted = sorted(((len(independent(some)), some) for some in shared), key=lambda pair: -pair[0])
    for count, some in counted[:_AGREEMENTS]:
        yield Agreement(some[0].value, tuple(report.reading for report in some), count)


def _values(found: Matter, report: Report) -> Iterator[tuple[tuple[str, ...], Report]]:
    """The values of a sentence that can answer: the amount, or the names that the question does not have."""
    text, asked = report.text, found.question
    wanted = quantity(asked, found.topic)
    if wanted is not None:
        for figure in amounts(wanted, text):
            yield (f"{figure.value:g}", figure.unit), replace(report, value=figure.text)
    elif asked.kind in ("person", "place", "name"):
        for name in new_names(asked, text):
            if len(name.split()) > 1 and name in text:
                yield tuple(stems(name)), replace(report, value=name)
