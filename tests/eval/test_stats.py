"""Intervals that hold the truth as often as they say, and tests that do not cry wolf."""

from __future__ import annotations

import numpy as np
import pytest

from eval.stats import difference, holm, mcnemar, mean_of, together, wilson


def test_wilson_by_hand() -> None:
    # Brown, Cai and DasGupta 2001: Wilson's interval of 0 in 10 and 10 in 10.
    assert wilson(0, 10) == (0.0, pytest.approx(0.2775, abs=1e-4))
    assert wilson(10, 10) == (pytest.approx(0.7225, abs=1e-4), 1.0)
    assert wilson(5, 10) == (pytest.approx(0.2366, abs=1e-4), pytest.approx(0.7634, abs=1e-4))


def test_all_right_is_not_certain() -> None:
    got = mean_of([1.0] * 30, is_share=True)
    assert got is not None
    assert (got.mean, got.high) == (1.0, 1.0)
    assert got.low == pytest.approx(wilson(30, 30)[0])


def test_questions_of_one_story_count_as_one() -> None:
    alone = mean_of([1.0] * 30, list(range(30)), is_share=True)
    story = mean_of([1.0] * 30, [n // 10 for n in range(30)], is_share=True)
    assert alone is not None
    assert story is not None
    assert story.low == pytest.approx(wilson(3, 3)[0])
    assert story.low < alone.low


def test_the_interval_of_stories_holds_the_truth_about_as_often_as_it_says() -> None:
    draw = np.random.default_rng(5)
    held = 0
    stories = [n // 4 for n in range(160)]
    for _ in range(200):
        luck = np.repeat(draw.normal(0, 1, 40), 4)  # what the four questions of a story share
        got = mean_of(list(luck + draw.normal(0, 0.5, 160)), stories, resamples=600)
        assert got is not None
        held += got.low <= 0.0 <= got.high
    assert 0.90 <= held / 200 <= 0.98


def test_mcnemar_is_the_exact_binomial() -> None:
    assert mcnemar(0, 0) == 1.0
    assert mcnemar(5, 0) == pytest.approx(2 / 2**5)
    assert mcnemar(1, 9) == pytest.approx(2 * 11 / 2**10)


def test_flipping_signs_of_single_questions_is_mcnemars_test() -> None:
    before = [1.0] * 9 + [0.0] + [1.0] * 40
    after = [0.0] * 9 + [1.0] + [1.0] * 40
    got = difference(before, after)
    assert (got.won, got.lost) == (1, 9)
    assert got.p == pytest.approx(got.mcnemar)
    assert got.mean == pytest.approx(-8 / 50)
    assert got.low < -8 / 50 < got.high < 0


def test_twelve_answers_of_one_story_prove_nothing() -> None:
    got = difference([1.0] * 12, [0.0] * 12, [0] * 12)
    assert got.p == 1.0
    assert difference([1.0] * 12, [0.0] * 12).p < 0.001


def test_what_could_be_detected_shrinks_with_the_number_of_pairs() -> None:
    draw = np.random.default_rng(3)
    few = [float(x) for x in draw.random(50) < 0.5]
    wide = difference(few, few[::-1]).detectable
    assert difference(few * 16, few[::-1] * 16).detectable == pytest.approx(wide / 4, rel=0.05)


def test_nothing_changed_is_no_difference() -> None:
    got = difference([0.5, 1.0], [0.5, 1.0])
    assert (got.mean, got.low, got.high, got.p, got.won, got.lost) == (0, 0, 0, 1, 0, 0)


def test_pairs_must_be_pairs() -> None:
    with pytest.raises(ValueError, match="make no pairs"):
        difference([1.0], [])


def test_holm_by_hand() -> None:
    assert holm([0.01, 0.04, 0.03]) == pytest.approx([0.03, 0.06, 0.06])
    assert holm([0.5, 0.9]) == pytest.approx([1.0, 1.0])
    assert holm([]) == []


def test_what_could_not_have_been_significant_takes_nothing_from_the_others() -> None:
    """Tarone 1990: with four stories that differ the least p is 2 / 2^4, which is no test at .05."""
    moved = difference([1.0] * 8, [0.0] * 8)
    few = difference([1.0] * 4 + [0.0] * 4, [0.0] * 8)
    assert (moved.attainable, few.attainable) == (2 / 2**8, 2 / 2**4)
    assert together([moved]) == pytest.approx([2 / 2**8])
    assert together([moved, *[few] * 20]) == pytest.approx([2 / 2**8, *[1.0] * 20])
    assert together([moved, moved]) == pytest.approx([4 / 2**8] * 2)
    assert together([]) == []


def test_the_test_is_no_surer_than_it_says() -> None:
    """Two draws of the same: p below .05 in about five of a hundred tries."""
    draw = np.random.default_rng(11)
    low = sum(
        difference(list((draw.random(80) < 0.6) * 1.0), list((draw.random(80) < 0.6) * 1.0)).p < 0.05
        for _ in range(100)
    )
    assert low <= 10
