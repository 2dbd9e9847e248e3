"""The real engine under evaluation: every citation exact, nothing later than asked for, no case lost."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app import answering
from eval.compare import compare
from eval.log import read_run
from eval.main import run as newsdesk
from eval.smoke import shown_in, table


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> None:
    """Exactness does not depend on the model."""
    monkeypatch.setenv("NEWSDESK_EMBEDDER", "fake-hash-64")


def must_be_exact(report: dict[str, object], cases: int) -> None:
    metrics = report["metrics"]
    assert isinstance(metrics, dict)
    assert (report["cases"], report["errors"]) == (cases, [])
    assert metrics["citations_exact"]["mean"] == metrics["sentences_cited"]["mean"] == 1.0
    assert metrics["later_than_as_of"]["high"] == 0.0


def test_the_sample_archive_answers_its_questions(
    fake: None, home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert newsdesk(["ingest", "--sample", "--json"]) == 0
    capsys.readouterr()
    assert newsdesk(["eval", "run", "sample", "--out", str(tmp_path / "out.jsonl"), "--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    must_be_exact(report, report["cases"])
    assert report["notes"] == []
    assert report["metrics"]["hits@10"]["mean"] > 0.8


@pytest.mark.slow
def test_three_hundred_real_questions(
    fake: None, home: Path, data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    drawn, out = str(tmp_path / "articles.jsonl"), str(tmp_path / "out.jsonl")
    assert newsdesk(["eval", "draw", "realtimeqa", drawn, "--count", "300", "--data", str(data)]) == 0
    assert newsdesk(["ingest", drawn]) == 0
    capsys.readouterr()
    command = ["eval", "run", "realtimeqa-all", "-n", "300", "--data", str(data), "--out", out, "--json"]
    assert newsdesk(command) == 0
    must_be_exact(json.loads(capsys.readouterr().out), 300)


@pytest.mark.slow
def test_half_the_depth_is_caught_on_three_hundred_real_questions(
    fake: None, home: Path, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn = tmp_path / "articles.jsonl"
    assert newsdesk(["eval", "draw", "realtimeqa", str(drawn), "--count", "300", "--data", str(data)]) == 0
    assert newsdesk(["ingest", str(drawn)]) == 0
    runs = []
    for depth in (answering.HITS, answering.HITS // 2):
        monkeypatch.setattr(answering, "HITS", depth)
        out = tmp_path / f"depth-{depth}.jsonl"
        command = ["eval", "run", "realtimeqa-all", "-n", "300", "--data", str(data), "--out", str(out)]
        assert newsdesk([*command, "--fresh"]) == 0
        runs.append(read_run(out))
    found = compare(*runs)
    worse = {row.metric.name for row in found.rows if row.is_worse}
    assert {"articles_found", "context_recall"} <= worse, found.verdict


def test_the_smoke_suites_run_from_an_empty_folder(fake: None, tmp_path: Path) -> None:
    assert newsdesk(["eval", "smoke", "--out", str(tmp_path / "eval")]) == 0
    runs = {name: read_run(tmp_path / "eval" / f"{name}.jsonl") for name in ("sample", "made", "tow")}
    assert all((tmp_path / "eval" / f"{name}.html").stat().st_size > 10_000 for name in runs)
    assert not [record.error for records in runs.values() for record in records if record.error]
    shown = shown_in(table(runs))
    assert shown["tow", "headline_named"][0] > 0.8
    assert all(mean == 1.0 for (_, name), (mean, _, _) in shown.items() if name == "citations_exact")
