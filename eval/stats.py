"""Intervals and tests for scores that come in stories: means, differences, and what could be told apart.

Questions about one story fail and succeed together, so stories are resampled, not questions. It knows numbers
and the story of each, neither records nor metrics.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Stories = Sequence[int]

RESAMPLES = 10_000
SEED = 20_260_314  # any fixed one: the same scores give the same interval every time
LEVEL = 0.05
# Of the standard error: what is found with 80 % power at the level of 5 %, both sides.
_DETECTABLE = 1.959964 + 0.841621
_CELLS = 2_000_000
_NOTHING = 1e-12


@dataclass(frozen=True, slots=True)
class Mean:
    """The mean of `n` scores with its 95 % interval; a single score has none (low and high are None)."""

    mean: float
    low: float | None
    high: float | None
    n: int


@dataclass(frozen=True, slots=True)
class Difference:
    """The mean of `n` paired differences, its 95 % interval, and how surely it is not 0.

    `p` is that of a randomisation test over stories, `attainable` the least that it could have been with as
    many stories that differ. `won` and `lost` count pairs that went up and down; `mcnemar` is the exact test
    of those two, where all scores are 0 or 1. `detectable` is the least difference that as many pairs would
    show in 80 of 100 tries.
    """

    mean: float
    low: float
    high: float
    p: float
    attainable: float
    n: int
    won: int
    lost: int
    mcnemar: float | None
    detectable: float


def mean_of(
    scores: Sequence[float],
    stories: Stories | None = None,
    *,
    resamples: int = RESAMPLES,
    is_share: bool = False,
) -> Mean | None:
    """The mean with the percentile bootstrap's interval (Efron 1979), None without scores.

    Whole stories are drawn again with replacement (Cameron, Gelbach and Miller 2008). Where every score is 0,
    or every one 1, that interval has no width: for shares it is then Wilson's (1927), of as many as there are
    stories.
    """
    if not scores:
        return None
    values = np.asarray(scores, np.float64)
    mean = float(values.mean())
    sums, counts = _by_story(values, stories)
    if len(values) == 1:
        return Mean(mean, None, None, 1)
    if is_share and len(set(values)) == 1 and values[0] in (0.0, 1.0):
        return Mean(mean, *wilson(int(values[0]) * len(sums), len(sums)), len(values))
    low, high = np.percentile(_resampled(sums, counts, resamples), [2.5, 97.5])
    return Mean(mean, float(low), float(high), len(values))


def wilson(successes: int, n: int, z: float = 1.959964) -> tuple[float, float]:
    """Wilson's 95 % interval of a share: it has a width even when all or none succeed (Wilson 1927)."""
    share, z2 = successes / n, z * z
    middle = share + z2 / (2 * n)
    half = z * sqrt(share * (1 - share) / n + z2 / (4 * n * n))
    low, high = (middle - half) / (1 + z2 / n), (middle + half) / (1 + z2 / n)
    return (0.0 if successes == 0 else low), (1.0 if successes == n else high)


def difference(before: Sequence[float], after: Sequence[float], stories: Stories | None = None) -> Difference:
    """After minus before, pair by pair; raises ValueError when there is no pair.

    The interval is the paired bootstrap's over stories (Efron and Tibshirani 1993; Koehn 2004); p is that of
    flipping the signs of whole stories (Fisher 1935): no approximation, however few or uneven they are.
    """
    if not before or len(before) != len(after):
        raise ValueError(f"{len(before)} scores before and {len(after)} after make no pairs")
    b, a = np.asarray(before, np.float64), np.asarray(after, np.float64)
    change = a - b
    sums, counts = _by_story(change, stories)
    means = _resampled(sums, counts, RESAMPLES) if sums.any() else np.zeros(1)
    low, high = np.percentile(means, [2.5, 97.5])
    won, lost = int((change > 0).sum()), int((change < 0).sum())
    is_binary = bool(np.isin(np.concatenate([a, b]), (0.0, 1.0)).all())
    return Difference(
        mean=float(change.mean()),
        low=float(low),
        high=float(high),
        p=_flipped(sums),
        attainable=2.0 ** (1 - int((np.abs(sums) > _NOTHING).sum())),
        n=len(change),
        won=won,
        lost=lost,
        mcnemar=mcnemar(won, lost) if is_binary else None,
        detectable=_DETECTABLE * float(means.std()),
    )


def mcnemar(won: int, lost: int) -> float:
    """McNemar's exact test: how likely a split as uneven as this, if up and down were as likely (1947)."""
    if not won + lost:
        return 1.0
    from scipy.stats import binomtest

    return float(binomtest(won, won + lost, 0.5).pvalue)


def holm(ps: Sequence[float]) -> list[float]:
    """The p values made fit for being looked at together (Holm 1979): the surest is held to the most."""
    order = np.argsort(ps, kind="stable")
    found = [0.0] * len(ps)
    highest = 0.0
    for rank, place in enumerate(order):
        highest = max(highest, min(1.0, (len(ps) - rank) * ps[place]))
        found[place] = highest
    return found


def together(differences: Sequence[Difference], level: float = LEVEL) -> list[float]:
    """The p values of differences that are looked at together, made fit for it.

    Those that could not have been significant whatever happened, since too few stories differ, are no tests
    and take nothing from the others (Tarone 1990); the others are held to Holm's.
    """
    least = [one.attainable for one in differences]
    counts = range(1, len(least) + 1)
    tests = next((k for k in counts if sum(p <= level / k for p in least) <= k), 1)
    places = [place for place, p in enumerate(least) if p <= level / tests]
    found = [1.0] * len(differences)
    for place, p in zip(places, holm([differences[place].p for place in places]), strict=True):
        found[place] = p
    return found


def _by_story(values: Floats, stories: Stories | None) -> tuple[Floats, Floats]:
    """The sum of the scores of each story, and how many they are."""
    if stories is None:
        return values, np.ones(len(values))
    _, places = np.unique(np.asarray(stories), return_inverse=True)
    return np.bincount(places, weights=values).astype(np.float64), np.bincount(places).astype(np.float64)


def _resampled(sums: Floats, counts: Floats, resamples: int) -> Floats:
    """The mean of the scores in each draw of as many stories, with replacement."""
    means = [sums[draw].sum(axis=1) / counts[draw].sum(axis=1) for draw in _draws(len(sums), resamples)]
    return np.concatenate(means)


def _draws(n: int, resamples: int) -> Iterator[NDArray[np.int32]]:
    """Which of n things each draw takes; in parts, so that thousands of them do not take gigabytes."""
    draw = np.random.default_rng(SEED)
    part = max(1, _CELLS // n)
    for done in range(0, resamples, part):
        yield draw.integers(n, size=(min(part, resamples - done), n), dtype=np.int32)


def _flipped(sums: Floats) -> float:
    """How often chance signs give a sum as far from 0; exactly where few stories differ, else by sampling."""
    moved = sums[np.abs(sums) > _NOTHING]
    if not len(moved):
        return 1.0
    least = abs(moved.sum()) - 1e-9
    if len(moved) <= 14:
        signs = (np.arange(2 ** len(moved))[:, None] >> np.arange(len(moved))) & 1
        return float((np.abs((2 * signs - 1) @ moved) >= least).mean())
    draw = np.random.default_rng(SEED)
    part = max(1, _CELLS // len(moved))
    extreme = 0
    for done in range(0, RESAMPLES, part):
        signs = draw.integers(2, size=(min(part, RESAMPLES - done), len(moved)), dtype=np.int8)
        extreme += int((np.abs((2.0 * signs - 1.0) @ moved) >= least).sum())
    return (extreme + 1) / (RESAMPLES + 1)
