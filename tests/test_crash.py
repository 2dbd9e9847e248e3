"""`kill -9` at random moments of an ingest: the same command again ends where an undisturbed one does."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from app import Newsdesk
from ingest.archive import Archive
from ingest.cli import SAMPLE
from ingest.indexes import Indexes

pytestmark = pytest.mark.crash

QUESTIONS = (
    "How many people died on the Lady Corran?",
    "How much will the Ellery Narrows Bridge cost?",
    "Who won the mayoral election?",
    "What is the price of oil?",
)
PROGRAM = "from eval.main import main; main()"


def start(home: Path, embedder: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-c", PROGRAM, "ingest", str(SAMPLE), "--home", str(home), "--json"]
    environment = os.environ | {"NEWSDESK_EMBEDDER": embedder}
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def finish(home: Path, embedder: str) -> float:
    """Runs the command to its end; returns how long it took, in seconds."""
    began = time.monotonic()
    process = start(home, embedder)
    _, errors = process.communicate(timeout=300)
    assert process.returncode == 0, errors.decode()
    return time.monotonic() - began


def contents(home: Path, monkeypatch: pytest.MonkeyPatch, embedder: str) -> dict[str, Any]:
    """Everything a reader could tell two archives apart by."""
    monkeypatch.setenv("NEWSDESK_EMBEDDER", embedder)
    archive = Archive(home)
    indexes = Indexes(archive)
    indexes.catch_up_words()
    articles = list(archive.articles())
    found: dict[str, Any] = {
        "articles": articles,
        "passages": [archive.passages_of(article) for article in articles],
        "damage": archive.damage() + indexes.differences(),
        "vectors": dict(indexes.vectors.stored()),
        "versions": archive.counts().versions,
        "stories": archive.stories_of(article.id for article in articles),
        "corrections": archive.corrections_of(archive.corrected()),
    }
    indexes.close()
    archive.close()
    with Newsdesk.open(home) as desk:
        answers = [desk.ask(question) for question in QUESTIONS]
    found["answers"] = [(a.abstained, [s.text for s in a.sentences]) for a in answers]
    return found


def kill_and_go_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, embedder: str, kills: int) -> None:
    whole = tmp_path / "whole"
    seconds = finish(whole, embedder)
    expected = contents(whole, monkeypatch, embedder)
    assert expected["damage"] == []
    moments = random.Random(7)
    for turn in range(kills):
        home = tmp_path / f"killed-{turn}"
        process = start(home, embedder)
        time.sleep(moments.uniform(0.0, seconds))
        process.send_signal(signal.SIGKILL)
        process.communicate()
        finish(home, embedder)
        assert_same(contents(home, monkeypatch, embedder), expected)


def assert_same(found: dict[str, Any], expected: dict[str, Any]) -> None:
    for key in ("damage", "articles", "passages", "versions", "stories", "corrections", "answers"):
        assert found[key] == expected[key], key
    assert found["vectors"].keys() == expected["vectors"].keys()
    for number, vector in expected["vectors"].items():
        # Batches differ after an interruption, and with them the last bits of half precision.
        assert float(vector @ found["vectors"][number]) == pytest.approx(1.0, abs=5e-3)


def test_killed_ingests_end_as_an_undisturbed_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kill_and_go_on(tmp_path, monkeypatch, "fake-hash-64", kills=5)


@pytest.mark.slow
@pytest.mark.model
def test_twenty_kills_with_the_real_model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kill_and_go_on(tmp_path, monkeypatch, "all-MiniLM-L6-v2", kills=20)
