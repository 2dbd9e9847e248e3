"""Fits the weights of the short answer and of the choice between options to questions with known answers.

    python -m eval.fit SUITE [--home DIR] [--data DIR] [--write]

For every question what is found is described as the engine describes it (`app.direct`, `app.choose`); a
linear model then learns to put the right stretch, or the right option, first (conditional logistic
regression, McFadden 1974, with a ridge). The figures printed are for each fifth of the questions with the
weights of the others; fifths are drawn by the ids. With --write the weights of all go to app/weights.json.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app import choose, direct
from app.answering import Tools
from app.asking import wants_odd_one
from app.engine import Newsdesk
from app.weights import FILE, shares_of
from eval.case import Case
from eval.metrics import answers_directly
from eval.stats import wilson
from eval.suites import load
from ingest.progress import step

Rows = NDArray[np.float32]
Flags = NDArray[np.bool_]

# A short answer is given for at least this share of the questions, the surest ones.
GIVEN = 0.45
# What keeps the weights small. The choice has less to learn from each question.
RIDGE, RIDGE_OF_CHOICE = 3e-2, 2e-2
_PARTS = 5


@dataclass(frozen=True, slots=True)
class Group:
    """The candidates of one question, a row each, which are right, and whether its source is known.

    `is_odd`: the odd one out is right, and the signs of the rows are turned; nothing is learned from that.
    """

    id: str
    rows: Rows
    right: Flags
    is_sourced: bool = True
    tags: tuple[str, ...] = ()
    is_odd: bool = False


def gather(tools: Tools, cases: Iterable[Case]) -> tuple[list[Group], list[Group]]:
    """The possible short answers of each case, and its options, as the engine would describe them."""
    stretches: list[Group] = []
    options: list[Group] = []
    for case in cases:
        looked = tools.look(tools.understand(case.question, as_of=case.as_of))
        sifted = tools.sift(looked)
        found = direct.stretches(sifted, tools.idf)
        rows = (
            np.stack([s.features for s in found]) if found else np.zeros((0, len(direct.NAMES)), np.float32)
        )
        right = np.array([answers_directly(s.span.text, case.answers) for s in found], bool)
        stretches.append(Group(case.id, rows, right, bool(case.gold)))
        if len(case.choices) > 1 and sifted.sentences:
            described = tools.chooser.described(case.choices, sifted)
            right = np.array([choice in case.answers for choice in case.choices])
            tags = (*case.tags, *(("a known source",) if case.gold else ()))
            is_odd = wants_odd_one(sifted.query.text)
            options.append(Group(case.id, described, right, tags=tags, is_odd=is_odd))
    return stretches, options


def fit(groups: Sequence[Group], ridge: float) -> Rows:
    """The weights under which the right rows of each group get most of its belief."""
    from scipy.optimize import minimize

    told = [g for g in groups if g.right.any() and not g.right.all() and not g.is_odd]
    everything = np.concatenate([group.rows for group in told])
    spread = everything.std(axis=0) + 1e-6
    scaled = [((group.rows - everything.mean(axis=0)) / spread, group.right) for group in told]

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        total, slope = 0.0, np.zeros_like(weights)
        for rows, right in scaled:
            share = shares_of(rows @ weights)
            among = share * right / max(float(share[right].sum()), 1e-12)
            total -= float(np.log(max(float(share[right].sum()), 1e-12)))
            slope += rows.T @ (share - among)
        count = len(scaled)
        return total / count + ridge * float(weights @ weights), slope / count + 2 * ridge * weights

    best = minimize(loss, np.zeros(everything.shape[1]), jac=True, method="L-BFGS-B")
    return np.asarray(best.x / spread, np.float32)


@dataclass(frozen=True, slots=True)
class Outcome:
    """How the best candidate of one question did: its share of belief, and whether it is right."""

    share: float
    is_right: bool
    tags: tuple[str, ...] = ()


def crossed(groups: Sequence[Group], ridge: float) -> list[Outcome]:
    """Each fifth judged with the weights of the others; only questions with a known source are judged."""
    outcomes = []
    for fifth in range(_PARTS):
        weights = fit([group for group in groups if _part(group.id) != fifth], ridge)
        judged = [group for group in groups if group.is_sourced and _part(group.id) == fifth]
        outcomes += [_judged(group, weights) for group in judged]
    return outcomes


def _judged(group: Group, weights: Rows) -> Outcome:
    if not len(group.rows):
        return Outcome(0.0, False, group.tags)
    shares = shares_of(group.rows @ weights)
    best = int(shares.argmax())
    return Outcome(float(shares[best]), bool(group.right[best]), group.tags)


def _part(id_: str) -> int:
    return int(hashlib.sha256(id_.encode()).hexdigest(), 16) % _PARTS


def _right(outcomes: Sequence[Outcome]) -> str:
    right = [outcome.is_right for outcome in outcomes]
    low, high = wilson(sum(right), len(right))
    return f"{len(right)} questions: right in {np.mean(right):.3f} [{low:.3f}, {high:.3f}]"


def share_needed(outcomes: Sequence[Outcome], given: float = GIVEN) -> float:
    """The share of belief that this part of the questions reaches."""
    return float(np.quantile([outcome.share for outcome in outcomes], 1 - given))


def keep(sections: dict[str, Any]) -> None:
    """Writes these sections of weights.json and leaves the others as they are."""
    everything = json.loads(FILE.read_text("utf-8")) | sections
    FILE.write_text(json.dumps(everything, indent=1) + "\n", "utf-8")


def section(names: Sequence[str], weights: NDArray[Any], needed: float) -> dict[str, Any]:
    return {
        "needed": round(needed, 4),
        "weights": {name: round(float(w), 5) for name, w in zip(names, weights, strict=True)},
    }


def main(arguments: Sequence[str] | None = None) -> None:
    """Prints how both models do on the fifths of a suite that they have not seen; with --write keeps their
    weights."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("suite")
    parser.add_argument("--home", help="the archive's folder")
    parser.add_argument("--data", type=Path, help="the folder of data sets")
    parser.add_argument("--write", action="store_true", help="keep the weights in app/weights.json")
    given = parser.parse_args(arguments)
    cases = [case for case in load(given.suite, given.data) if case.answers]
    with Newsdesk.open(given.home) as desk, step("Reading", len(cases), "questions") as advance:
        stretches, options = [], []
        for case in cases:
            one, other = gather(desk.tools, [case])
            stretches += one
            options += other
            advance(1)
    short = crossed(stretches, RIDGE)
    needed = share_needed(short)
    print(f"short answers, the surest {GIVEN:.0%}, {_right([o for o in short if o.share >= needed])}")
    chosen = crossed(options, RIDGE_OF_CHOICE)
    print(f"choices, {_right(chosen)}")
    for tag in sorted({tag for outcome in chosen for tag in outcome.tags}):
        print(f"choices of {tag}, {_right([outcome for outcome in chosen if tag in outcome.tags])}")
    if given.write:
        keep(
            {
                "direct": section(direct.NAMES, fit(stretches, RIDGE), needed),
                "choice": section(choose.NAMES, fit(options, RIDGE_OF_CHOICE), 0.0),
            }
        )


if __name__ == "__main__":
    main()
