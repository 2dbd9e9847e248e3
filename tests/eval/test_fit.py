"""Fitting puts the right rows first, and the weights that are kept fit the code."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from app import choose, direct
from app.weights import shares_of, weights_of
from eval.fit import RIDGE, Group, Outcome, crossed, fit, section, share_needed


def _groups(count: int) -> list[Group]:
    """Of five rows the right one has the largest second feature; the first is noise."""
    random = np.random.default_rng(7)
    groups = []
    for number in range(count):
        rows = random.normal(size=(5, 2)).astype(np.float32)
        right = np.arange(5) == rows[:, 1].argmax()
        groups.append(Group(f"case-{number}", rows, right))
    return groups


def test_the_feature_that_tells_gets_the_weight() -> None:
    noise, telling = fit(_groups(60), RIDGE)
    assert telling > 3 * abs(noise)


def test_nothing_is_learned_from_the_odd_one_out() -> None:
    odd = [replace(group, id=f"odd-{group.id}", rows=-group.rows, is_odd=True) for group in _groups(60)]
    assert (fit([*_groups(60), *odd], RIDGE) == fit(_groups(60), RIDGE)).all()


def test_each_fifth_is_judged_with_the_weights_of_the_others() -> None:
    outcomes = crossed(_groups(80), RIDGE)
    assert len(outcomes) == 80
    assert np.mean([outcome.is_right for outcome in outcomes]) > 0.9


def test_a_question_without_a_candidate_counts_as_not_answered() -> None:
    empty = Group("empty", np.zeros((0, 2), np.float32), np.zeros(0, bool))
    outcomes = crossed([*_groups(40), empty], RIDGE)
    assert sum(outcome.share == 0.0 and not outcome.is_right for outcome in outcomes) == 1


def test_only_questions_with_a_known_source_are_judged() -> None:
    first, *others = _groups(40)
    unsourced = Group(first.id, first.rows, first.right, is_sourced=False)
    assert len(crossed([unsourced, *others], RIDGE)) == 39


def test_the_border_lets_the_surest_through() -> None:
    outcomes = [Outcome(share / 10, True) for share in range(11)]
    needed = share_needed(outcomes, given=0.3)
    assert sum(outcome.share >= needed for outcome in outcomes) == pytest.approx(0.3 * 11, abs=1)


def test_shares_add_up_to_one() -> None:
    assert shares_of(np.array([1000.0, 999.0, -1000.0])).sum() == pytest.approx(1.0)


def test_a_section_names_every_feature() -> None:
    kept = section(("a", "b"), np.array([0.5, -1.0], np.float32), 0.25)
    assert kept == {"needed": 0.25, "weights": {"a": 0.5, "b": -1.0}}


@pytest.mark.parametrize(("model", "names"), [("direct", direct.NAMES), ("choice", choose.NAMES)])
def test_the_weights_kept_are_those_of_the_code(model: str, names: tuple[str, ...]) -> None:
    assert len(weights_of(model, names).values) == len(names)
    with pytest.raises(KeyError, match=r"eval\.fit"):
        weights_of(model, ("something", "else"))
