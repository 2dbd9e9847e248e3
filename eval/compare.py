"""Two runs of the same cases side by side: what changed, how surely, and what could have been told at all.

Pairs are cases that both runs have, asked with the same words. Differences are told apart when one of them
holds after all have been looked at together; times are shown, and decide nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from eval.case import Record
from eval.metrics import METRICS, Metric
from eval.stats import LEVEL, Difference, difference, together
from eval.stories import stories_of
from ingest.errors import UsageError

Pair = tuple[Record, Record]


@dataclass(frozen=True, slots=True)
class Row:
    """One metric: its mean before and after over the pairs where both are judged, and the difference.

    `adjusted` is its p value among all that decide; None for one that decides nothing.
    """

    metric: Metric
    before: float
    after: float
    change: Difference
    adjusted: float | None

    @property
    def is_told_apart(self) -> bool:
        return self.adjusted is not None and self.adjusted < LEVEL

    @property
    def is_worse(self) -> bool:
        """Told apart, and to the worse where the metric has one."""
        down = self.change.mean < 0
        return self.is_told_apart and (down if self.metric.better == "more" else not down)

    def to_json(self) -> dict[str, Any]:
        return {
            "metric": self.metric.name,
            "before": self.before,
            "after": self.after,
            "difference": asdict(self.change),
            "adjusted_p": self.adjusted,
            "told_apart": self.is_told_apart,
            "worse": self.is_worse,
        }


@dataclass(frozen=True, slots=True)
class Changed:
    """A case whose scores differ: the metrics that went up and those that went down, and both records."""

    before: Record
    after: Record
    better: tuple[str, ...]
    worse: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        return {
            "id": self.after.case.id,
            "question": self.after.case.question,
            "better": list(self.better),
            "worse": list(self.worse),
            "before": _text(self.before),
            "after": _text(self.after),
        }


@dataclass(frozen=True, slots=True)
class Comparison:
    """`alone` counts the cases that only one of the runs has, or that were worded otherwise."""

    rows: tuple[Row, ...]
    changed: tuple[Changed, ...]
    pairs: int
    alone: int
    versions: tuple[str, ...]

    @property
    def is_told_apart(self) -> bool:
        return any(row.is_told_apart for row in self.rows)

    @property
    def verdict(self) -> str:
        """What came of it, in one sentence."""
        told = [row.metric.name for row in self.rows if row.is_told_apart]
        if not told:
            return f"The two runs cannot be told apart on {self.pairs} cases."
        worse = [row.metric.name for row in self.rows if row.is_worse]
        better = [name for name in told if name not in worse]
        parts = [f"worse in {', '.join(worse)}"] if worse else []
        parts += [f"better or otherwise in {', '.join(better)}"] if better else []
        return f"The second run is {'; '.join(parts)}."

    def to_json(self) -> dict[str, Any]:
        return {
            "pairs": self.pairs,
            "alone": self.alone,
            "told_apart": self.is_told_apart,
            "verdict": self.verdict,
            "versions": list(self.versions),
            "metrics": [row.to_json() for row in self.rows],
            "changed": [one.to_json() for one in self.changed],
        }


def compare(before: Sequence[Record], after: Sequence[Record]) -> Comparison:
    """Raises UsageError when the runs share no case."""
    pairs = paired(before, after)
    if not pairs:
        raise UsageError("The two runs share no case: compare runs of the same suite.")
    stories = stories_of([record.case for record, _ in pairs])
    found = [row for metric in METRICS if (row := _row(metric, pairs, stories))]
    deciding = [row for row in found if decides(row.metric)]
    ps = together([row.change for row in deciding])
    adjusted = {row.metric.name: p for row, p in zip(deciding, ps, strict=True)}
    rows = tuple(Row(r.metric, r.before, r.after, r.change, adjusted.get(r.metric.name)) for r in found)
    alone = len(before) + len(after) - 2 * len(pairs)
    return Comparison(rows, tuple(_changed(pairs)), len(pairs), alone, tuple(_versions(pairs[0])))


def decides(metric: Metric) -> bool:
    """Not times, which another program on the machine can change, nor what has no better."""
    return metric.unit != "seconds" and metric.better != ""


def paired(before: Sequence[Record], after: Sequence[Record]) -> list[Pair]:
    """The cases that both have, asked with the same words."""
    first = {record.case.id: record for record in before}
    return [
        (first[record.case.id], record)
        for record in after
        if record.case.id in first and first[record.case.id].case.question == record.case.question
    ]


def _row(metric: Metric, pairs: Sequence[Pair], stories: Sequence[int]) -> Row | None:
    both = [
        (b, a, story)
        for (before, after), story in zip(pairs, stories, strict=True)
        if (b := before.scores.get(metric.name)) is not None
        and (a := after.scores.get(metric.name)) is not None
    ]
    if not both:
        return None
    befores, afters, of = (list(column) for column in zip(*both, strict=True))
    change = difference(befores, afters, of)
    return Row(metric, sum(befores) / len(both), sum(afters) / len(both), change, None)


def _changed(pairs: Sequence[Pair]) -> list[Changed]:
    """The cases with a difference, the ones that got worse first."""
    found = []
    for before, after in pairs:
        moved = [(m, a - b) for m in METRICS if decides(m)
                 and (a := after.scores.get(m.name)) is not None
                 and (b := before.scores.get(m.name)) is not None and a != b]  # fmt: skip
        if moved:
            worse = [m.name for m, change in moved if (change < 0) == (m.better == "more")]
            better = [m.name for m, _ in moved if m.name not in worse]
            found.append(Changed(before, after, tuple(better), tuple(worse)))
    return sorted(found, key=lambda one: (len(one.better) - len(one.worse), one.after.case.id))


def _versions(pair: Pair) -> list[str]:
    """What differs between the two experiments, as "name: before, after"."""
    before, after = (record.versions for record in pair)
    names = sorted(before.keys() | after.keys())
    return [f"{n}: {before.get(n, '–')}, {after.get(n, '–')}" for n in names if before.get(n) != after.get(n)]


def _text(record: Record) -> str:
    return record.error or str((record.answer or {}).get("text", ""))
