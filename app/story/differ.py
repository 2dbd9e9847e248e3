"""Reports that differ: two near-copies among the hits with another value of the kind that is asked for.

The same agency report in two papers, with another name, number or date in one place, is a disagreement for
certain, whoever is right. Near-copies of different days may tell of two events and are left alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from app.asking import Asked, Kind
from app.candidates import Candidate
from app.story.figures import figures
from app.story.quantity import Quantity
from app.story.readings import Findings, Report, conflict, days_apart
from app.story.twins import ValueKind, difference
from app.words import stem, stems

# Near-copies from among the hits are about one matter in any case.
_COVERED = 0.3
# Near-copies further apart tell of two events.
_DAYS = 2

FITTING: dict[Kind, frozenset[ValueKind]] = {
    "person": frozenset(("name",)),
    "place": frozenset(("name",)),
    "name": frozenset(("name", "number")),
    "time": frozenset(("date",)),
    "count": frozenset(("number",)),
    "money": frozenset(("number",)),
    "percent": frozenset(("number",)),
    "any": frozenset(("name", "number", "date", "outcome")),
    "reason": frozenset(),
    "quote": frozenset(),
    "yes_no": frozenset(("outcome",)),
}
_DATED = frozenset(map(stem, "date day year month".split()))


def differing(question: Asked, wanted: Quantity | None, found: Sequence[Candidate]) -> Findings | None:
    """Two reports with the same words around another value of the kind asked for, nearest to the question."""
    fitting = FITTING[question.kind]
    if _DATED & question.stems:
        fitting = frozenset(("date",))
    if not fitting:
        return None
    matter = [candidate for candidate in found if candidate.signals.coverage >= _COVERED]
    pairs = (_twin(question, wanted, fitting, one, other) for one, other in combinations(matter, 2))
    best = max(filter(None, pairs), key=lambda pair: pair[0].coverage + pair[1].coverage, default=None)
    if best is None:
        return None
    sides = sorted(best, key=lambda r: (-(r.when or 0), -r.coverage, r.article.id))
    return Findings((conflict(sides, _holding(best, matter)),), sides[0].reading)


def _twin(
    question: Asked, wanted: Quantity | None, fitting: frozenset[ValueKind], one: Candidate, other: Candidate
) -> tuple[Report, Report] | None:
    same_outlet = bool(one.article.source) and one.article.source == other.article.source
    if one.article.id == other.article.id or same_outlet:
        return None
    if len(one.sentence.stems & other.sentence.stems) * 2 < len(one.sentence.stems | other.sentence.stems):
        return None
    found = difference(one.sentence.text, other.sentence.text)
    if found is None or found.kind not in fitting:
        return None
    left, right = _report(one, found.one), _report(other, found.other)
    if found.kind == "number" and not (_is_of(wanted, left) and _is_of(wanted, right)):
        return None
    if days_apart(left, right) > _DAYS:
        return None
    asked = (question.stems.issuperset(stems(side.value)) for side in (left, right))
    if found.kind != "outcome" and any(asked):
        return None
    return left, right


def _is_of(wanted: Quantity | None, side: Report) -> bool:
    """Whether the number of a near-copy can be the amount asked for, by its unit and what is counted."""
    if wanted is None:
        return True
    told = [f for f in figures(side.text) if side.value in (f.text, side.text[f.start : f.end])]
    nouns = wanted.noun | wanted.rest
    return any(f.unit in wanted.units and (bool(f.unit) or bool(nouns & set(f.counted))) for f in told)


def _report(candidate: Candidate, span: tuple[int, int]) -> Report:
    sentence = candidate.sentence
    value = sentence.text[slice(*span)]
    return Report(candidate.article, sentence.start, sentence.end, value, candidate.signals.coverage)


def _holding(pair: tuple[Report, Report], matter: Sequence[Candidate]) -> list[Report]:
    """The other reports that have one of the two values."""
    return [
        _report(c, (at, at + len(side.value)))
        for side in pair
        for c in matter
        if c.article.id != side.article.id and (at := c.sentence.text.find(side.value)) >= 0
    ]
