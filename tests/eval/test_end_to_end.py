"""The real engine under evaluation: every citation exact, nothing later than asked for, no case lost."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from eval.main import run as newsdesk


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> None:
    """Exactness does not depend on the model."""
    monkeypatch.setenv("NEWSDESK_EMBEDDER", "fake-hash-64")


def must_be_exact(report: dict[str, object], cases: int) -> None:
    metrics = report["metrics"]
    assert isinstance(metrics, dict)
    assert (report["cases"], report["errors"]) == (cases, [])
    assert metrics["citations_exact"]["low"] == metrics["sentences_cited"]["low"] == 1.0
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
