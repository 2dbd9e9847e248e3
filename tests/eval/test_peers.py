"""The comparison with LlamaIndex is fair: same articles, same questions, same scores, dates for both."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from eval.case import Case, Found
from eval.main import run as newsdesk
from eval.peers import retrieval

CASES = [
    Case("c1", "Which port reopened?", "2026-03-14", gold=("a1",)),
    Case("c2", "Who is the mayor?", "2026-03-14", gold=("a2",)),
]


def test_a_list_is_cut_at_the_day_asked_for() -> None:
    ranked = [
        Found(f"a{n}", "", "", date) for n, date in enumerate(["2026-03-14", "2026-03-15", None, "2026-03"])
    ]
    assert [f.article_id for f in retrieval._until(ranked, "2026-03-14")] == ["a0", "a2"]
    assert len(retrieval._until(ranked, None)) == 4


def test_each_way_of_searching_is_scored_alike() -> None:
    def find(case: Case) -> tuple[Found, ...]:
        return tuple(Found(f"a{n}", "", "", None) for n in range(20))

    ranks = {"one": retrieval._records("one", CASES, find)}
    assert retrieval.to_json(ranks)["one"]["mrr@10"]["mean"] == pytest.approx((1 / 2 + 1 / 3) / 2)
    said = StringIO()
    retrieval.show(ranks, Console(file=said, width=140))
    assert said.getvalue().splitlines()[-1].startswith("one  .000 [.000, .000]  1.000 [1.000, 1.000]")


@pytest.mark.model
@pytest.mark.slow
def test_both_programs_on_the_sample(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("llama_index.vector_stores.chroma", reason="needs the extra `bench`")
    pytest.importorskip("llama_index.embeddings.huggingface", reason="needs the extra `bench`")
    command = [
        "eval",
        "peers",
        "--count",
        "20",
        "--data",
        str(tmp_path),
        "--work",
        str(tmp_path / "w"),
        "--json",
    ]
    assert newsdesk(command) == 0
    report = json.loads(capsys.readouterr().out)
    assert (report["suite"], report["articles"], len(report["ways"])) == ("sample", 20, 4)
    assert all(way["hits@10"]["n"] > 60 for way in report["ways"].values())
    assert newsdesk(command) == 0  # with the indexes that are there
    assert json.loads(capsys.readouterr().out) == report
