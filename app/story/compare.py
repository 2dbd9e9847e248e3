"""Outlets side by side on one question: what each says, where they agree, where they differ.

    compare(desk, "How much will the bridge cost?")

Every outlet is asked alone, so each gives its own answer with its own quotes, or none. Values that two or
more outlets share are agreements; notes of reports that differ and of figures that changed come from
`app.story.findings`. It does not judge who is right.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

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
    notes = find(found.topic, found.question, found.hits, found.articles, weight).notes
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
        if c.article_id in articles
    ]
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
    return max(given, key=lambda r: (r.when or 0, r.coverage), default=None)


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
