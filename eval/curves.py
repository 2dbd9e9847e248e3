"""Curves: what refusing more would cost and save, and whether belief is what comes true.

It knows numbers only. What counts as right and how sure an answer is of itself is decided elsewhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

BINS = 10


@dataclass(frozen=True, slots=True)
class RiskCoverage:
    """For each share of cases answered, the surest first, the share of those answers that is wrong.

    `area` is their mean (AURC, Geifman and El-Yaniv 2018): lower is better, and `best` is what an engine with
    the same answers would reach that knew which of them are wrong.
    """

    coverage: tuple[float, ...]
    risk: tuple[float, ...]
    area: float
    best: float


def risk_coverage(confidence: Sequence[float], right: Sequence[bool]) -> RiskCoverage | None:
    """The curve of some answers, None without any. Answers equally sure come in together, in no order."""
    if not right:
        return None
    sure, wrong = np.asarray(confidence, np.float64), 1.0 - np.asarray(right, np.float64)
    order = np.argsort(-sure, kind="stable")
    sure, wrong = sure[order], wrong[order]
    # Among equals each takes the mean of them all.
    for value in np.unique(sure):
        wrong[sure == value] = wrong[sure == value].mean()
    answered = np.arange(1, len(wrong) + 1)
    risk = np.cumsum(wrong) / answered
    ideal = np.cumsum(np.sort(1.0 - np.asarray(right, np.float64))) / answered
    coverage = answered / len(wrong)
    return RiskCoverage(
        tuple(coverage.tolist()), tuple(risk.tolist()), float(risk.mean()), float(ideal.mean())
    )


@dataclass(frozen=True, slots=True)
class Bin:
    """Beliefs that are alike: how strong on average, how often true, how many."""

    belief: float
    share: float
    n: int


@dataclass(frozen=True, slots=True)
class Calibration:
    """`error` is the expected calibration error (Naeini et al. 2015), `brier` Brier's score (1950)."""

    bins: tuple[Bin, ...]
    error: float
    brier: float


def calibration(belief: Sequence[float], true: Sequence[bool], bins: int = BINS) -> Calibration | None:
    """How often what is believed so strongly comes true, in bins of equal size; None without beliefs."""
    if not true:
        return None
    b, t = np.asarray(belief, np.float64), np.asarray(true, np.float64)
    order = np.argsort(b, kind="stable")
    parts = [part for part in np.array_split(order, min(bins, len(b))) if len(part)]
    found = tuple(Bin(float(b[part].mean()), float(t[part].mean()), len(part)) for part in parts)
    error = sum(one.n * abs(one.belief - one.share) for one in found) / len(b)
    return Calibration(found, float(error), float(((b - t) ** 2).mean()))
