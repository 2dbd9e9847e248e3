"""Whether a run is good enough, for a build to fail when it is not.

A limit is held to the bound of the interval, not to the mean: what was measured on few cases passes only when
even its worst end would do. It knows limits and intervals, not where records come from.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from eval.case import Record
from eval.compare import compare
from eval.metrics import METRICS
from eval.report import means, number
from eval.stats import Mean
from ingest.errors import UsageError

Side = Literal["min", "max"]
_UNITS = {metric.name: metric.unit for metric in METRICS}


@dataclass(frozen=True, slots=True)
class Limit:
    """A metric must not be below ("min") or above ("max") a value."""

    metric: str
    side: Side
    value: float

    @classmethod
    def parse(cls, text: str, side: Side) -> Limit:
        """Reads `metric=value`; raises UsageError for anything else, also for a metric that there is not."""
        name, equals, value = text.partition("=")
        if name.strip() not in _UNITS:
            raise UsageError(f"There is no metric {name.strip()!r}: `newsdesk eval metrics` lists them.")
        try:
            if equals:
                return cls(name.strip(), side, float(value))
        except ValueError:
            pass
        raise UsageError(f"--{side} {text!r} is not of the form metric=value, for example hits@4=.9.")


@dataclass(frozen=True, slots=True)
class Check:
    """One demand, whether it is met, and the figures in plain words."""

    passed: bool
    text: str


def limits_held(records: Sequence[Record], limits: Sequence[Limit]) -> list[Check]:
    """Each limit against the bound of the metric's interval."""
    found = means(records)
    return [_held(limit, found) for limit in limits]


def _held(limit: Limit, found: Mapping[str, Mean]) -> Check:
    mean, unit = found.get(limit.metric), _UNITS[limit.metric]
    wanted = f"{limit.metric} at {'least' if limit.side == 'min' else 'most'} {number(limit.value, unit)}"
    if mean is None:
        return Check(False, f"{wanted}: not judged in any case")
    bound = mean.low if limit.side == "min" else mean.high
    if bound is None:
        return Check(False, f"{wanted}: one case alone proves nothing")
    passed = bound >= limit.value if limit.side == "min" else bound <= limit.value
    end = "lower" if limit.side == "min" else "upper"
    told = f"{number(mean.mean, unit)}, {end} bound {number(bound, unit)}, {mean.n} cases"
    return Check(passed, f"{wanted}: {told}")


def no_worse(baseline: Sequence[Record], records: Sequence[Record]) -> list[Check]:
    """Nothing may be told to be worse than in the baseline, which must have been asked the same."""
    found = compare(baseline, records)
    worse = [row for row in found.rows if row.is_worse]
    if not worse:
        return [Check(True, f"not told to be worse than the baseline on {found.pairs} cases")]
    return [
        Check(
            False,
            f"{row.metric.name} is worse than the baseline's: {number(row.before, row.metric.unit)} to "
            f"{number(row.after, row.metric.unit)}, p {row.adjusted:.4f} on {row.change.n} cases",
        )
        for row in worse
    ]
