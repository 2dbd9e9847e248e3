"""Fits the weights of the fusion to questions whose articles are known, for an archive of one's own.

Conditional logistic regression (McFadden 1974): the weights under which the expected articles get most of
the belief among all that are found, none below 0, drawn towards the weights in use. The gain is measured on
the fifth of the questions that each fit has not seen.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import astuple, dataclass, fields, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.engine import Newsdesk
from app.fusion import Score, Weights, best_first
from app.weights import shares_of
from eval.case import Case
from eval.stats import Difference, difference
from ingest.errors import UsageError

Floats = NDArray[np.float64]

LEAST = 40
NAMES = tuple(field.name for field in fields(Weights))
_FOLDS = 5
_DEPTH = 10
# How many of the articles found may be named by address or headline.
_LIKELY = 50
# How sharply scores turn into belief, and how strongly the weights are drawn to those in use.
_SHARPNESS = 20.0
_RIDGE = 0.01


@dataclass(frozen=True, slots=True)
class Group:
    """The articles found for one question, a row of arms each, and which are expected."""

    id: str
    rows: Floats
    expected: NDArray[np.bool_]

    def reciprocal_rank(self, weights: Floats) -> float:
        """1 / rank of the first expected article among the first ten; 0 when it is not there."""
        order = np.argsort(-(self.rows @ weights), kind="stable")[:_DEPTH]
        places = np.flatnonzero(self.expected[order])
        return 1.0 / (1.0 + float(places[0])) if len(places) else 0.0


@dataclass(frozen=True, slots=True)
class Tuned:
    """The weights in use, those fitted to all questions, and what they gain on unseen ones in MRR@10."""

    questions: int
    before: Weights
    after: Weights
    mrr_before: float
    mrr_after: float
    gain: Difference

    def changes(self) -> dict[str, tuple[float, float]]:
        """Each weight before and after, by its name."""
        return dict(zip(NAMES, zip(astuple(self.before), astuple(self.after), strict=True), strict=True))

    def to_json(self) -> dict[str, Any]:
        changes = self.changes().items()
        return {
            "questions": self.questions,
            "weights": {name: {"before": before, "after": after} for name, (before, after) in changes},
            "mrr@10": {"before": self.mrr_before, "after": self.mrr_after},
            "gain": {"mean": self.gain.mean, "low": self.gain.low, "high": self.gain.high, "p": self.gain.p},
        }


def gather(desk: Newsdesk, cases: Sequence[Case], done: Callable[[], None] = lambda: None) -> list[Group]:
    """What the arms say of every article found for each question that names its articles."""
    groups = []
    for case in cases:
        done()
        query = desk.understood(case.question, as_of=case.as_of)
        scores = desk.retriever.scores(query)
        named = _named(desk, case, scores)
        expected = np.array([id_ in named for id_ in scores], bool)
        if expected.any() and not query.parts:
            rows = np.array([_row(s, desk.retriever.weights, query.wants_newest) for s in scores.values()])
            groups.append(Group(case.id, rows, expected))
    return groups


def _named(desk: Newsdesk, case: Case, scores: Mapping[str, Score]) -> set[str]:
    """The ids of the expected articles, which a case may name by id, address or headline."""
    wanted = set(case.gold)
    likely = best_first(scores)[:_LIKELY]
    by_other_names = {id_ for id_ in likely if wanted & {(a := desk.show(id_)).url, a.title}}
    return by_other_names | (wanted & scores.keys())


def _row(score: Score, weights: Weights, wants_newest: bool) -> Floats:
    """The arms of one score without their weights, in the order of the weights; the rest comes last."""
    by_name = dict(zip(NAMES, astuple(weights), strict=True))
    new = score.parts.get("recency", 0.0) / (by_name["newest" if wants_newest else "recency"] or 1.0)
    arms = {name: score.parts[name] / (by_name[name] or 1.0) for name in NAMES[:3]}
    arms |= {"recency": 0.0 if wants_newest else new, "newest": new if wants_newest else 0.0}
    rest = sum(part for name, part in score.parts.items() if name not in NAMES)
    return np.array([*(arms[name] for name in NAMES), rest])


def tune(groups: Sequence[Group], weights: Weights) -> Tuned:
    """Fits to these questions; raises UsageError for fewer than `LEAST`."""
    if len(groups) < LEAST:
        raise UsageError(
            f"{len(groups)} of the questions have an expected article among those found; fitting takes at "
            f"least {LEAST}: add questions with `gold`."
        )
    now = _vector(weights)
    before, after = [], []
    for left_out in range(_FOLDS):
        fitted = _fit([g for n, g in enumerate(groups) if n % _FOLDS != left_out], now)
        for group in groups[left_out::_FOLDS]:
            before.append(group.reciprocal_rank(now))
            after.append(group.reciprocal_rank(fitted))
    return Tuned(
        len(groups),
        weights,
        replace(weights, **dict(zip(NAMES, _fit(groups, now)[:-1].round(4).tolist(), strict=True))),
        float(np.mean(before)),
        float(np.mean(after)),
        difference(before, after),
    )


def _vector(weights: Weights) -> Floats:
    return np.array([*astuple(weights), 1.0])


def _fit(groups: Sequence[Group], start: Floats) -> Floats:
    """The weights of the arms; what is not weighted keeps its 1."""
    from scipy.optimize import minimize

    def loss(weights: Floats) -> tuple[float, Floats]:
        total, slope = 0.0, np.zeros_like(weights)
        for group in groups:
            share = shares_of(_SHARPNESS * (group.rows @ weights))
            right = max(float(share[group.expected].sum()), 1e-12)
            total -= float(np.log(right))
            slope += _SHARPNESS * group.rows.T @ (share - share * group.expected / right)
        away = _SHARPNESS * (weights - start)
        count = len(groups)
        return (
            total / count + _RIDGE * float(away @ away),
            slope / count + 2 * _RIDGE * _SHARPNESS * away,
        )

    bounds = [*[(0.0, None)] * len(NAMES), (1.0, 1.0)]
    return np.asarray(minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds).x)
