"""Taking a part away changes what it should, and nothing stays changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.engine import Newsdesk
from eval.ablation import PARTS, Ranks, ranks, table, write
from eval.case import Case
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
        found = ranks(desk, CASES, part, lambda: asked.append(1))
        assert found == Ranks((0, 0), (0.0, 0.0))
        assert desk.retriever.weights == before
    assert len(asked) == len(PARTS) * len(CASES)


def test_an_expected_article_has_its_rank(desk: Newsdesk) -> None:  # noqa: F811
    [_, second, *_] = desk.search("ferry")
    gold = (second.passage.article_id, "nowhere")
    found = ranks(desk, [Case("1", "ferry", gold=gold)], PARTS[0], lambda: None)
    assert found == Ranks((2,), (0.5,))
    assert found.reciprocal == [0.5]
    assert (found.hits(1), found.hits(4)) == ([0.0], [1.0])


def test_a_row_for_each_part_with_its_difference() -> None:
    whole, less = Ranks((1, 1, 2), (1.0, 1.0, 1.0)), Ranks((1, 2, 0), (1.0, 1.0, 0.0))
    header, _, first, second = table([("everything", whole), ("without meaning", less)]).splitlines()
    assert header.startswith("| | Hits@1")
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
