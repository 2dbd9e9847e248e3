"""Weights are fitted to where the expected articles are, and kept only when asked."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from app.engine import Newsdesk
from app.fusion import Weights, best_first
from eval.case import Case
from eval.tune import LEAST, Group, gather, tune
from ingest.errors import UsageError
from tests.app.test_engine import desk  # noqa: F401


def groups(count: int, telling: int) -> list[Group]:
    """Questions in which one arm alone tells the expected article, and the others point elsewhere."""
    rng = np.random.default_rng(7)
    made = []
    for n in range(count):
        rows = np.hstack([rng.random((12, 5)), np.zeros((12, 1))])
        rows[0, :5] = 0.3
        rows[0, telling] = 1.2
        made.append(Group(str(n), rows, np.arange(12) == 0))
    return made


def test_the_arm_that_tells_gains() -> None:
    tuned = tune(groups(60, telling=1), Weights())
    assert tuned.after.passage_words > 2 * tuned.before.passage_words
    assert tuned.mrr_after > tuned.mrr_before + 0.1
    assert tuned.gain.low > 0
    assert min(after for _, after in tuned.changes().values()) >= 0


def test_too_few_questions_are_refused() -> None:
    with pytest.raises(UsageError, match=f"at least {LEAST}"):
        tune(groups(LEAST - 1, telling=0), Weights())


def test_rows_with_their_weights_are_the_scores(desk: Newsdesk) -> None:  # noqa: F811
    [hit, *_] = desk.search("ferry")
    [group] = gather(desk, [Case("1", "ferry", gold=(hit.title,)), Case("2", "ferry", gold=("nowhere",))])
    scores = desk.retriever.scores(desk.understood("ferry"))
    weights = np.array([*(getattr(desk.retriever.weights, n) for n in Weights.__dataclass_fields__), 1.0])
    assert group.rows @ weights == pytest.approx([score.total for score in scores.values()])
    assert [id_ for id_, expected in zip(scores, group.expected, strict=True) if expected] == [
        hit.passage.article_id
    ]


def test_an_archive_keeps_its_weights_until_they_are_taken_back(desk: Newsdesk) -> None:  # noqa: F811
    own = replace(Weights(), dense=0.0, recency=0.0)
    desk.retriever.weigh(own)
    assert all(hit.parts["dense"] == 0 for hit in desk.search("ferry"))
    assert Weights.from_json(desk._archive.remembered("fusion") or "") == own
    desk.retriever.weigh(None)
    assert desk.retriever.weights == Weights()
    assert best_first(desk.retriever.scores(desk.understood("ferry")))
