"""Means and intervals against values known beforehand, and a table that hides nothing."""

from __future__ import annotations

import json
import math
from io import StringIO

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.console import Console

from eval import report
from eval.case import Case, Record
from eval.metrics import Unit
from eval.report import Mean, mean_of, number


def record(id_: str, *tags: str, error: str | None = None, **scores: float | None) -> Record:
    return Record(Case(id_, "Who?", tags=tags), None, (), {}, {"newsdesk": "1.0"}, scores, error)


def test_no_scores_have_no_mean() -> None:
    assert mean_of([]) is None


def test_one_score_has_no_interval() -> None:
    assert mean_of([0.5]) == Mean(0.5, None, None, 1)


def test_the_interval_of_a_share_is_near_the_binomial_one() -> None:
    # 60 of 200: the normal approximation gives .3 ± 1.96 · sqrt(.3 · .7 / 200).
    got = mean_of([1.0] * 60 + [0.0] * 140)
    assert got is not None
    half = 1.96 * math.sqrt(0.3 * 0.7 / 200)
    assert got.mean == pytest.approx(0.3)
    assert (got.low, got.high) == (pytest.approx(0.3 - half, abs=0.01), pytest.approx(0.3 + half, abs=0.01))


def test_the_interval_holds_the_truth_about_as_often_as_it_says() -> None:
    draw = np.random.default_rng(7)
    samples = draw.normal(5.0, 2.0, size=(300, 60))
    intervals = [mean_of(list(sample), resamples=1_000) for sample in samples]
    held = sum(i is not None and i.low is not None and i.low <= 5.0 <= (i.high or 0) for i in intervals)
    assert 0.90 <= held / 300 <= 0.98


def test_the_same_scores_give_the_same_interval() -> None:
    scores = [0.0, 1.0, 1.0, 0.5, 0.25]
    assert mean_of(scores) == mean_of(scores)


def test_many_scores_take_little_memory() -> None:
    got = mean_of([0.0, 1.0] * 5_000, resamples=500)
    assert got is not None
    assert got.n == 10_000


@settings(max_examples=30)
@given(st.lists(st.floats(0, 1), min_size=2, max_size=40))
def test_the_interval_lies_around_the_mean_within_the_scores(scores: list[float]) -> None:
    got = mean_of(scores, resamples=200)
    assert got is not None
    assert got.low is not None
    assert got.high is not None
    slack = 1e-9
    assert min(scores) - slack <= got.low <= got.high <= max(scores) + slack
    assert min(scores) - slack <= got.mean <= max(scores) + slack


def test_what_could_not_be_judged_is_not_zero() -> None:
    records = [record("1", **{"mrr@10": 1.0}), record("2", **{"mrr@10": None}), record("3", error="broken")]
    assert report.means(records)["mrr@10"] == Mean(1.0, None, None, 1)
    assert "hits@1" not in report.means(records)


RECORDS = [
    record("1", "dated", "sport", contains_answer=1.0, **{"hits@10": 1.0}, ask_seconds=0.1),
    record("2", "dated", contains_answer=0.0, **{"hits@10": 0.0}, ask_seconds=0.3),
    record("3", error="The index is gone."),
]


def test_the_json_report_adds_up() -> None:
    found = json.loads(json.dumps(report.to_json(RECORDS, tags=True)))
    assert found["cases"] == 3
    assert found["errors"] == [{"id": "3", "error": "The index is gone."}]
    assert found["versions"] == {"newsdesk": "1.0"}
    assert found["metrics"]["contains_answer"]["mean"] == 0.5
    assert found["metrics"]["contains_answer"]["n"] == 2
    assert found["tags"]["sport"]["contains_answer"] == {"mean": 1.0, "low": None, "high": None, "n": 1}
    assert list(found["tags"]) == ["dated", "sport"]
    assert "tags" not in report.to_json(RECORDS)


def test_the_table_says_mean_interval_count_and_errors() -> None:
    said = StringIO()
    report.show(RECORDS, Console(file=said, width=120), tags=True)
    text = said.getvalue()
    row = next(line for line in text.splitlines() if line.strip().startswith("contains_answer "))
    assert ".500" in row
    assert "[.000, 1.000]" in row
    assert row.split()[-1] == "2"
    assert "1 of 3 cases failed and are in no mean; first: The index is gone." in text
    assert "median 0.200 s" in text
    assert "sport: 1 cases" in text


def test_an_archive_of_other_articles_is_noticed() -> None:
    lost = [record(str(i), **{"hits@10": 0.0}) for i in range(3)]
    assert "is this the archive that belongs to them?" in report.notes(lost)[0]
    assert not report.notes([*lost, record("4", **{"hits@10": 1.0})])


@pytest.mark.parametrize(
    ("value", "unit", "written"),
    [(0.8921, "share", ".892"), (1.0, "share", "1.000"), (0.0, "share", ".000"), (0.9996, "share", "1.000"),
     (0.1234, "seconds", "0.123 s"), (84.0, "words", "84.0")],
)  # fmt: skip
def test_numbers_are_written_as_usual(value: float, unit: Unit, written: str) -> None:
    assert number(value, unit) == written
