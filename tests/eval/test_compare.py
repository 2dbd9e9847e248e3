"""Two runs told apart when there is something to tell, and left together when there is not."""

from __future__ import annotations

import random
from dataclasses import replace
from io import StringIO

import pytest
from rich.console import Console

from app.verify import Verifier
from eval.case import Case, Record
from eval.compare import compare
from eval.gate import Limit, limits_held, no_worse
from eval.side_by_side import show
from ingest.errors import UsageError
from tests.eval import runs

CASES = 300


@pytest.fixture(scope="module")
def judge() -> Verifier:
    return runs.verifier()


@pytest.fixture(scope="module")
def before(judge: Verifier) -> list[Record]:
    return runs.run(CASES, judge=judge)


@pytest.mark.parametrize(
    ("change", "seen_in"),
    [
        (runs.half_depth, {"hits@10", "articles_found"}),
        (runs.shifted_citations, {"citation_recall", "citation_precision", "number_agreement"}),
        (runs.altered_numbers, {"number_agreement", "citation_recall"}),
    ],
)
def test_a_planted_regression_is_caught_on_300_cases(
    before: list[Record], judge: Verifier, change: runs.Change, seen_in: set[str]
) -> None:
    after = runs.changed(before, change, judge)
    found = compare(before, after)
    worse = {row.metric.name for row in found.rows if row.is_worse}
    assert seen_in <= worse, found.verdict
    assert all(row.adjusted < 0.05 for row in found.rows if row.metric.name in seen_in)
    assert not no_worse(before, after)[0].passed
    assert found.changed
    assert found.changed[0].worse


def test_a_shifted_citation_stays_exact_and_is_still_caught(before: list[Record], judge: Verifier) -> None:
    """Each still points at what it quotes: only support gives it away."""
    after = runs.changed(before, runs.shifted_citations, judge)
    assert {record.scores["citations_exact"] for record in after} == {1.0}
    assert {record.scores["faithfulness"] for record in after} == {1.0}
    assert {record.scores["citation_recall"] for record in after} == {0.0}


def test_two_runs_of_the_same_engine_are_hardly_ever_told_apart() -> None:
    """A hundred pairs of runs that differ by luck alone, every metric looked at: at most five told apart."""
    told = 0
    for attempt in range(100):
        luck = random.Random(attempt)
        one, other = ([_lucky(n, luck) for n in range(60)] for _ in range(2))
        told += compare(one, other).is_told_apart
    assert told <= 5


def _lucky(number: int, luck: random.Random) -> Record:
    """A record of an engine that is right more often than not, at random."""
    names = ("hits@1", "mrr@10", "contains_answer", "citation_recall", "refused_wrongly", "number_agreement")
    scores = {name: float(luck.random() < 0.7) for name in names} | {"token_f1": luck.random()}
    return Record(Case(f"c{number}", "What?", story=f"s{number // 2}"), None, (), {}, {}, scores)


def test_a_run_is_not_told_apart_from_itself(before: list[Record]) -> None:
    found = compare(before, before)
    assert not found.is_told_apart
    assert "cannot be told apart on 300 cases" in found.verdict
    assert found.changed == ()
    assert no_worse(before, before)[0].passed


def test_times_decide_nothing(before: list[Record]) -> None:
    slow = [replace(r, scores={**r.scores, "ask_seconds": 9.0}) for r in before]
    found = compare(before, slow)
    row = next(row for row in found.rows if row.metric.name == "ask_seconds")
    assert (row.adjusted, found.is_told_apart) == (None, False)
    assert row.change.mean > 8


def test_only_cases_asked_alike_are_paired(before: list[Record]) -> None:
    other = replace(before[0], case=replace(before[0].case, question="Something else?"))
    found = compare(before[:3], [other, *before[1:3], before[4]])
    assert (found.pairs, found.alone) == (2, 3)
    with pytest.raises(UsageError, match="share no case"):
        compare(before[:1], before[1:2])


def test_both_answers_are_shown_side_by_side(before: list[Record], judge: Verifier) -> None:
    said = StringIO()
    after = runs.changed(before[:40], runs.shifted_citations, judge)
    show(compare(before, after), Console(file=said, width=160), cases=1)
    text = said.getvalue()
    assert "citation_recall" in text
    assert "McNemar" in text
    assert text.count("What about") == 1
    assert "worse: " in text


def test_a_limit_is_held_to_the_bound_and_not_to_the_mean(before: list[Record]) -> None:
    scores = [{"contains_answer": score} for score in (1.0, 1.0, 0.0, 1.0)]
    few = [replace(record, scores=one) for record, one in zip(before[:4], scores, strict=True)]
    (check,) = limits_held(few, [Limit("contains_answer", "min", 0.7)])
    assert not check.passed
    assert ".750, lower bound" in check.text
    (check,) = limits_held(before, [Limit("contains_answer", "min", 0.7)])
    assert check.passed
    (check,) = limits_held(before, [Limit("refused_wrongly", "max", 0.02)])
    assert check.passed
    (check,) = limits_held(before, [Limit("choice_right", "min", 0.0)])
    assert not check.passed
    assert "not judged in any case" in check.text


def test_everything_in_a_comparison_is_json(before: list[Record], judge: Verifier) -> None:
    found = compare(before, runs.changed(before, runs.half_depth, judge)).to_json()
    assert (found["pairs"], found["told_apart"]) == (300, True)
    assert found["changed"][0]["before"]
    assert {"metric", "before", "after", "difference", "adjusted_p"} <= set(found["metrics"][0])
