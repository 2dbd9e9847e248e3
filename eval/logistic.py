"""Logistic regression whose weights keep the sign that their meaning gives them.

What speaks for a claim may not come out as speaking against it because of a quirk of some data set. It knows
numbers only, neither claims nor features.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

RIDGE = 0.03
_ROUNDS = 3_000


def fit_signed(x: Floats, y: Floats, counts: Floats, signs: Floats, ridge: float = RIDGE) -> Floats:
    """Weights without an intercept, each zero or of its sign, by accelerated projected gradient.

    (Nesterov 1983; Beck and Teboulle 2009.) `counts` is how much each row weighs; the columns should have
    like spreads, since the ridge is the same for all.
    """
    counts = counts / counts.sum()
    step = 1.0 / (0.25 * float(np.linalg.norm((x * counts[:, None]).T @ x, 2)) + ridge)
    weights = ahead = np.zeros(x.shape[1])
    pace = 1.0
    for _ in range(_ROUNDS):
        slope = x.T @ (counts * (chance(x @ ahead) - y)) + ridge * ahead
        new = ahead - step * slope
        new = np.where(new * signs > 0, new, 0.0)
        faster = (1 + np.sqrt(1 + 4 * pace**2)) / 2
        ahead = new + (pace - 1) / faster * (new - weights)
        weights, pace = new, faster
    return weights


def calibrate(scores: Floats, y: Floats, counts: Floats) -> tuple[float, float]:
    """(slope, intercept) that make chances of scores (Platt 1999).

    By steps along a bound of the curvature, which cannot overshoot (Böhning and Lindsay 1988).
    """
    counts = counts / counts.sum()
    middle, spread = float(counts @ scores), float(np.sqrt(counts @ (scores - counts @ scores) ** 2)) + 1e-9
    x = np.stack([(scores - middle) / spread, np.ones_like(scores)], axis=1)
    at, bound = np.zeros(2), 0.25 * (x * counts[:, None]).T @ x + 1e-9 * np.eye(2)
    for _ in range(_ROUNDS):
        at = at - np.linalg.solve(bound, x.T @ (counts * (chance(x @ at) - y)))
    slope = float(at[0]) / spread
    return slope, float(at[1]) - slope * middle


def chance(scores: Floats) -> Floats:
    return np.asarray(1.0 / (1.0 + np.exp(-np.clip(scores, -30.0, 30.0))), np.float64)


def auroc(scores: Floats, y: Floats) -> float:
    """The chance that a positive is above a negative; ties count half (Hanley and McNeil 1982)."""
    above = np.subtract.outer(scores[y == 1], scores[y == 0])
    return float((above > 0).mean() + (above == 0).mean() / 2)


def balanced_accuracy(called: NDArray[np.bool_], y: Floats) -> float:
    return float((called[y == 1].mean() + (~called[y == 0]).mean()) / 2)
