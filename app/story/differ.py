"""Reports that differ: two near-copies among the hits with another value of the kind that is asked for.

The same agency report in two papers, with another name, number or date in one place, is a disagreement for
certain, whoever is right. Near-copies of different days may tell of two events and are left alone. So that
both are among the hits, a reprint that contradicts what was found is set apart as a hit of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import combinations

from app.answer import Hit, Reprint
from app.asking import Asked, Kind
from app.candidates import Candidate
from app.story.figures import figures
from app.story.quantity import Quantity
from app.story.readings import Findings, Report, conflict, days_apart
from app.story.twins import ValueKind, contradict, difference, likeness
from app.words import stem, stems
from ingest.article import Article, Passage

# Near-copies from among the hits are about one matter in any case; about the one that is asked for where one
# of them covers so much of what the best sentence does.
_COVERED = 0.3
_OF_BEST = 0.6
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
# So many reprints of a hit are compared with it.
_REPRINTS = 12
_DATED = frozenset(map(stem, "date day year month".split()))


def differing(question: Asked, wanted: Quantity | None, found: Sequence[Candidate]) -> Findings | None:
    """Two reports with the same words around another value of the kind asked for, nearest to the question."""
    fitting = _fitting(question)
    if not fitting:
        return None
    matter = [candidate for candidate in found if candidate.signals.coverage >= _COVERED]
    enough = _OF_BEST * max((candidate.signals.coverage for candidate in matter), default=0.0)
    pairs = (
        _twin(question, wanted, fitting, one, other)
        for one, other in combinations(matter, 2)
        if max(one.signals.coverage, other.signals.coverage) >= enough
    )
    best = max(filter(None, pairs), key=lambda pair: pair[0].coverage + pair[1].coverage, default=None)
    if best is None:
        return None
    sides = sorted(best, key=lambda r: (-(r.when or 0), -r.coverage, r.article.id))
    return Findings((conflict(sides, _holding(best, matter)),), sides[0].reading)


def _fitting(question: Asked) -> frozenset[ValueKind]:
    """The kinds of values in which reports may differ on what is asked."""
    if _DATED & question.stems:
        return frozenset(("date",))
    if question.kind == "yes_no":
        return FITTING["any"]
    # "What did the court rule": names no thing that it wants the name of.
    is_open = question.kind == "name" and not question.noun
    return FITTING["any" if is_open else question.kind]


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
    if found.kind != "outcome" and not _is_asked_for(question, left, right):
        return None
    return left, right


def _is_asked_for(question: Asked, left: Report, right: Report) -> bool:
    """Whether a question wants the value: it names neither, or asks of one whether it is so."""
    named = [question.stems.issuperset(stems(side.value)) for side in (left, right)]
    return named.count(True) == (1 if question.kind == "yes_no" else 0)


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


def set_apart(
    hits: Sequence[Hit],
    articles: Mapping[str, Article],
    read: Callable[[str], Article | None],
    passages: Callable[[Article], Sequence[Passage]],
) -> tuple[list[Hit], dict[str, Article]]:
    """The hits and their articles, with those reprints that contradict them as hits of their own.

    Each comes right after the hit whose reprint it was taken for; of several that agree the first. `read`
    gives an article by its id, `passages` those of an article.
    """
    known = dict(articles)
    found: list[Hit] = []
    for hit in hits:
        own = known[hit.passage.article_id]
        others = [a for r in hit.also[:_REPRINTS] if (a := known.get(r.article_id) or read(r.article_id))]
        found.append(replace(hit, also=_agreeing(own, hit.also, others)))
        told = [own, *(a for a in others if a.id in known)]
        for other in others:
            if all(contradict(other.text, one.text) for one in told) and (
                near := _nearest(hit, passages(other))
            ):
                found.append(_as_hit(hit, own, other, near, others))
                known[other.id] = other
                told.append(other)
    return found, known


def _agreeing(own: Article, also: Sequence[Reprint], others: Sequence[Article]) -> tuple[Reprint, ...]:
    """The reprints of an article but for those of the others that contradict it."""
    against = {other.id for other in others if contradict(own.text, other.text)}
    return tuple(reprint for reprint in also if reprint.article_id not in against)


def _nearest(hit: Hit, passages: Sequence[Passage]) -> Passage | None:
    """The passage that is most like the one found."""
    return max(passages, key=lambda passage: likeness(passage.text, hit.passage.text), default=None)


def _as_hit(hit: Hit, own: Article, other: Article, passage: Passage, others: Sequence[Article]) -> Hit:
    """A reprint in the place of the hit that it was taken for a copy of."""
    also = (Reprint(own.id, own.title, own.source, own.published), *hit.also)
    rest = [reprint for reprint in also if reprint.article_id != other.id]
    return replace(
        hit,
        passage=passage,
        title=other.title,
        source=other.source,
        published=other.published,
        url=other.url,
        also=_agreeing(other, rest, [own, *others]),
    )
