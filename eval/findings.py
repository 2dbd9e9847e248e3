"""What a run came to, as values to be written down: means, curves, slices, and the worst cases.

It knows records and their scores. How it looks as a page, as Markdown or as JSON is for others
(`eval.written`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from app.asking import asked
from eval.case import Record
from eval.curves import Calibration, RiskCoverage, calibration, risk_coverage
from eval.metrics.base import abstained, by_id
from eval.metrics.refusing import confidence
from eval.report import means, notes, scores_of
from eval.shown import Shown
from eval.stats import Mean, mean_of
from eval.stories import stories_of
from ingest.article import Moment

WORST = 12
# What a slice is judged by: the first that applies to the case; one of two that do will suffice.
RIGHT = (("choice_right",), ("contains_answer", "direct_right"), ("headline_named",), ("gold_quoted",))
_DAY = 86_400
_AGES = ((7, "within a week"), (30, "within a month"), (365, "within a year"))
_FEWEST = 3


@dataclass(frozen=True, slots=True)
class Slice:
    """The cases that have something in common: right answers among them, and refusals."""

    name: str
    right: Mean | None
    refused: Mean | None
    cases: int


@dataclass(frozen=True, slots=True)
class Fault:
    """A case that went wrong: what is wrong with it, and how sure the answer was."""

    record: Record
    what: str
    weight: float


@dataclass(frozen=True, slots=True)
class Findings:
    """`slices` by what they cut along; `seconds` are the median and the 95th percentile of an answer."""

    title: str
    cases: int
    errors: tuple[tuple[str, str], ...]
    versions: Mapping[str, str]
    means: Mapping[str, Mean]
    risk: RiskCoverage | None
    belief: Calibration | None
    slices: Mapping[str, tuple[Slice, ...]]
    worst: tuple[Fault, ...]
    notes: tuple[str, ...]
    seconds: tuple[float, float] | None

    def to_json(self) -> dict[str, Any]:
        return {
            "title": self.title,
            "cases": self.cases,
            "errors": [{"id": id_, "error": error} for id_, error in self.errors],
            "versions": dict(self.versions),
            "metrics": {name: asdict(mean) for name, mean in self.means.items()},
            "risk_coverage": asdict(self.risk) if self.risk else None,
            "calibration": asdict(self.belief) if self.belief else None,
            "slices": {name: [asdict(one) for one in part] for name, part in self.slices.items()},
            "worst": [
                {"id": f.record.case.id, "question": f.record.case.question, "what": f.what,
                 "answer": (f.record.answer or {}).get("text")}
                for f in self.worst
            ],
            "notes": list(self.notes),
            "seconds": {"median": self.seconds[0], "p95": self.seconds[1]} if self.seconds else None,
        }  # fmt: skip


def findings(records: Sequence[Record], title: str) -> Findings:
    sure = [(c, bool(r)) for record in records
            if (c := confidence(record)) is not None and (r := right(record)) is not None]  # fmt: skip
    believed = [(record, support) for record in records if (support := _belief(record)) is not None]
    seconds = scores_of(records, "ask_seconds")
    return Findings(
        title=title,
        cases=len(records),
        errors=tuple((r.case.id, r.error) for r in records if r.error),
        versions=records[0].versions if records else {},
        means=means(records),
        risk=risk_coverage([c for c, _ in sure], [r for _, r in sure]),
        belief=calibration([s for _, s in believed], [bool(right(r)) for r, _ in believed]),
        slices={name: _slices(records, cut) for name, cut in CUTS.items()},
        worst=tuple(sorted(_faults(records), key=lambda fault: -fault.weight)[:WORST]),
        notes=tuple(notes(records)),
        seconds=(float(np.median(seconds)), float(np.percentile(seconds, 95))) if seconds else None,
    )


def right(record: Record) -> float | None:
    """Whether the answer is right, by the first of `RIGHT` that applies."""
    for names in RIGHT:
        if found := [s for name in names if (s := record.scores.get(name)) is not None]:
            return max(found)
    return None


def _belief(record: Record) -> float | None:
    """The chance that an answer gives itself, where it gives one: the belief in the option chosen."""
    choice = (record.answer or {}).get("choice")
    return float(choice["support"]) if choice and right(record) is not None else None


# Slices


def _kind(record: Record) -> str:
    return asked(record.case.question).kind.replace("_", " ")


def _outlet(record: Record) -> str:
    expected = _expected(record)
    return expected.source if expected and expected.source else "not known"


def _age(record: Record) -> str:
    """How old the news was on the day of the question."""
    expected = _expected(record)
    when = expected.when if expected else None
    if when is None or record.case.as_of is None:
        return "no day given"
    days = (Moment.parse(record.case.as_of).last - when.epoch) / _DAY
    return next((name for limit, name in _AGES if days <= limit + 1), "older")


CUTS: Mapping[str, Callable[[Record], str]] = {
    "kind of question": _kind,
    "outlet of the source": _outlet,
    "age of the news": _age,
}


def _expected(record: Record) -> Shown | None:
    """The expected article, as the archive has it."""
    shown = by_id(record)
    found = (s for s in shown.values() if {s.article_id, s.url, s.title} & set(record.case.gold))
    return next(found, None)


def _slices(records: Sequence[Record], cut: Callable[[Record], str]) -> tuple[Slice, ...]:
    """The largest first; what has hardly any case is left out."""
    parts: dict[str, list[Record]] = {}
    for record in records:
        if record.error is None and record.case.answerable is not False:
            parts.setdefault(cut(record), []).append(record)
    found = (_slice(name, part) for name, part in parts.items() if len(part) >= _FEWEST)
    return tuple(sorted(found, key=lambda one: (-one.cases, one.name)))


def _slice(name: str, part: Sequence[Record]) -> Slice:
    stories = stories_of([record.case for record in part])
    judged = [(s, story) for r, story in zip(part, stories, strict=True) if (s := right(r)) is not None]
    refused = mean_of([float(abstained(r)) for r in part], stories, is_share=True)
    scores, of = [score for score, _ in judged], [story for _, story in judged]
    return Slice(name, mean_of(scores, of, is_share=True), refused, len(part))


# What went wrong


def _faults(records: Sequence[Record]) -> Iterator[Fault]:
    """Every fault, heavier the less it should ever happen and the surer the answer was of itself."""
    for record in records:
        told = list(_told(record))
        if told:
            weight = max(weight for weight, _ in told) + (confidence(record) or 0.0) / 1_000
            yield Fault(record, "; ".join(what for _, what in told), weight)


def _told(record: Record) -> Iterator[tuple[float, str]]:
    scores = record.scores
    if record.error:
        yield 9, f"failed: {record.error}"
    for name, weight, what in _DEMANDS:
        if (score := scores.get(name)) is not None and score < 1:
            yield weight, what
    if scores.get("misled"):
        yield 6, "says what an altered report says"
    if scores.get("refused_rightly") == 0:
        yield 4, "answers what the archive does not say"
    if right(record) == 0:
        where = "nothing that was found has it" if scores.get("retriever_at_fault") else "though it was found"
        yield (2, "refused") if abstained(record) else (3, f"lacks what was expected, {where}")


_DEMANDS = (
    ("citations_exact", 8, "a citation is not where it says"),
    ("temporally_right", 8, "shows what came out later"),
    ("sentences_cited", 7, "a sentence without a citation"),
    ("citation_recall", 6, "a sentence that its citations do not support"),
    ("number_agreement", 5, "a number that is not in its quote"),
    ("quote_agreement", 5, "a quotation that stands in no article"),
    ("speaker_agreement", 5, "words of somebody else"),
    ("date_agreement", 5, "a date that is not in its quote"),
    ("name_agreement", 5, "a name that is not in its quote"),
)
