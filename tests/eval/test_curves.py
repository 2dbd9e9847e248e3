"""Risk–coverage and calibration, by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.curves import calibration, risk_coverage


def test_risk_and_coverage_by_hand() -> None:
    # Surest first: right, wrong, right, wrong. Risks 0, 1/2, 1/3, 1/2 (Geifman and El-Yaniv 2018).
    got = risk_coverage([0.2, 0.9, 0.5, 0.7], [False, True, True, False])
    assert got is not None
    assert got.coverage == (0.25, 0.5, 0.75, 1.0)
    assert got.risk == pytest.approx((0, 1 / 2, 1 / 3, 1 / 2))
    assert got.area == pytest.approx((0 + 1 / 2 + 1 / 3 + 1 / 2) / 4)
    assert got.best == pytest.approx((0 + 0 + 1 / 3 + 1 / 2) / 4)


def test_answers_equally_sure_come_in_together() -> None:
    one = risk_coverage([1.0, 1.0], [True, False])
    other = risk_coverage([1.0, 1.0], [False, True])
    assert one == other
    assert one is not None
    assert one.risk == pytest.approx((1 / 2, 1 / 2))


def test_nothing_answered_has_no_curve() -> None:
    assert risk_coverage([], []) is None
    assert calibration([], []) is None


def test_calibration_by_hand() -> None:
    got = calibration([0.1, 0.1, 0.9, 0.9], [False, False, True, False], bins=2)
    assert got is not None
    assert [(one.belief, one.share, one.n) for one in got.bins] == [(0.1, 0.0, 2), (0.9, 0.5, 2)]
    assert got.error == pytest.approx(0.5 * 0.1 + 0.5 * 0.4)
    assert got.brier == pytest.approx((0.01 + 0.01 + 0.01 + 0.81) / 4)


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=30))
def test_no_order_of_confidence_beats_knowing_ones_errors(answers: list[tuple[float, bool]]) -> None:
    got = risk_coverage([sure for sure, _ in answers], [right for _, right in answers])
    assert got is not None
    assert got.best <= got.area + 1e-9
    assert got.risk[-1] == pytest.approx(1 - sum(right for _, right in answers) / len(answers))
