"""Taking a part away changes what it should, and nothing stays changed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from app.engine import Newsdesk
from app.fusion import Weights
from eval.ablation import METRICS, PARTS, Without, searched, table, write
from eval.case import Case, Record
from ingest.errors import UsageError
from tests.app.test_engine import desk  # noqa: F401

CASES = [
    Case("1", "Who resigned on Monday?", gold=("nowhere",)),
    Case("2", "ferry", gold=("nowhere", "none")),
]


def test_every_part_is_off_only_in_its_turn(desk: Newsdesk) -> None:  # noqa: F811
    before = desk.retriever.weights
    asked = []
    for part in PARTS:
        found = searched(desk, CASES, part, lambda: asked.append(1))
        assert [record.scores["mrr@10"] for record in found] == [0.0, 0.0]
        assert desk.retriever.weights == before
    assert len(asked) == len(PARTS) * len(CASES)


def test_an_expected_article_has_its_rank(desk: Newsdesk) -> None:  # noqa: F811
    [_, second, *_] = desk.search("ferry")
    gold = (second.passage.article_id, "nowhere")
    (found,) = searched(desk, [Case("1", "ferry", gold=gold, all_needed=True)], PARTS[0], lambda: None)
    scores = {name: found.scores[name] for name in METRICS}
    assert scores == {
        "hits@1": 0.0,
        "hits@4": 1.0,
        "hits@10": 1.0,
        "recall@10": 0.5,
        "all_evidence@10": 0.0,
        "mrr@10": 0.5,
    }


def test_a_part_that_matters_changes_what_is_found(desk: Newsdesk) -> None:  # noqa: F811
    def without_words(weights: Weights) -> Weights:
        return replace(weights, dense=0.0, passage_words=0.0, article_words=0.0)

    whole = [found.ranked for found in searched(desk, CASES[1:], PARTS[0], lambda: None)]
    blind = [found.ranked for found in searched(desk, CASES[1:], Without("x", without_words), lambda: None)]
    assert whole != blind


def record(id_: str, rank: int) -> Record:
    value = 1 / rank if rank else 0.0
    scores: dict[str, float | None] = dict.fromkeys(METRICS)
    scores |= {"hits@1": float(rank == 1), "mrr@10": value}
    return Record(Case(id_, "?"), None, (), {}, {}, scores=scores)


def test_a_row_for_each_part_with_its_difference() -> None:
    whole = [record(str(n), rank) for n, rank in enumerate((1, 1, 2))]
    less = [record(str(n), rank) for n, rank in enumerate((1, 2, 0))]
    header, _, first, second = table([("everything", whole), ("without meaning", less)]).splitlines()
    assert header == "| | hits@1 | mrr@10 | mrr@10 against the whole |"
    assert first.startswith("| everything | 0.667 [")
    assert second.endswith("] |")
    assert "-0.333 [" in second


def test_tables_go_between_their_marks(tmp_path: Path) -> None:
    document = tmp_path / "retrieval.md"
    document.write_text(
        "Before.\n<!-- ablation: made by `make ablation` -->\nold\n<!-- /ablation -->\nAfter.\n", "utf-8"
    )
    write("| new |", document)
    assert document.read_text("utf-8").split("\n\n")[1] == "| new |"
    assert "old" not in document.read_text("utf-8")
    assert document.read_text("utf-8").endswith("After.\n")
    document.write_text("No place.", "utf-8")
    with pytest.raises(UsageError, match="no place for the tables"):
        write("| new |", document)
