"""Fitting the weights of refusal, and judging questions as if their articles were not there."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from app import Newsdesk
from app.refuse import Coverage
from eval.case import Case
from eval.refusal import ANSWERED, Judged, crossed, described, fit, judged, main
from ingest.errors import UsageError
from ingest.fakes import HashEmbedder
from tests.app.test_engine import ARTICLES, TOLL, fill


@pytest.fixture
def desk(home: Path) -> Iterator[Newsdesk]:
    fill(home, *ARTICLES)
    with Newsdesk.open(home, embedder=HashEmbedder()) as opened:
        yield opened


def made(count: int) -> list[Judged]:
    """Questions that can be answered are like what is quoted, the others are not; the rest is noise."""
    chance = random.Random(11)

    def coverage(likeness: float) -> Coverage:
        noise = [chance.random() for _ in range(9)]
        return Coverage(likeness + chance.gauss(0, 0.03), *noise)

    answerable = [Judged("made", f"case-{n}", coverage(0.8), True) for n in range(count)]
    return answerable + [Judged("made", f"case-{n}", coverage(0.4), False) for n in range(count)]


def test_what_tells_the_two_apart_is_found() -> None:
    found = made(60)
    scores = crossed(found)
    assert "AUROC 1.000" in described(found, scores)
    refused = [score < 0 for one, score in zip(found, scores, strict=True) if not one.can_answer]
    assert sum(refused) / len(refused) > 0.9


def test_the_border_answers_what_it_promises() -> None:
    found = made(100)
    weights, needed = fit(found)
    reached = [float(sum(w * v for w, v in zip(weights, vars_of(one.coverage), strict=True))) >= needed
               for one in found if one.can_answer]  # fmt: skip
    assert sum(reached) / len(reached) == pytest.approx(ANSWERED, abs=0.02)


def vars_of(coverage: Coverage) -> list[float]:
    return [getattr(coverage, name) for name in Coverage.__slots__]


def test_a_question_is_judged_with_and_without_its_articles(desk: Newsdesk) -> None:
    case = Case("toll", TOLL, answers=("thirty",), gold=("ferry-2",))
    with_it, without = judged(desk.tools, "made", [case])
    assert (with_it.can_answer, without.can_answer) == (True, False)
    assert with_it.coverage != without.coverage


def test_what_shows_the_answer_without_its_article_is_left_out(desk: Newsdesk) -> None:
    case = Case("toll", TOLL, answers=("died",), gold=("ferry-2",))
    assert [one.can_answer for one in judged(desk.tools, "made", [case])] == [True]


def test_where_nobody_knows_nothing_is_judged(desk: Newsdesk) -> None:
    case = Case("toll", TOLL)
    assert judged(desk.tools, "made", [case]) == []
    assert len(judged(desk.tools, "made", [replace(case, answerable=False)])) == 1


def test_an_archive_without_a_suite_is_one_clear_sentence() -> None:
    with pytest.raises(UsageError, match="write SUITE=HOME"):
        main(["somewhere"])
