"""Runs at once and runs killed: the same file, whatever happens, and answers kept by what decides them."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from eval.cache import Cache
from eval.case import Case
from eval.log import read_run, rewrite
from eval.main import run as newsdesk
from eval.run import Setup, run
from eval.versions import code, settings, versions_of
from ingest.archive import Archive
from ingest.article import Article
from ingest.errors import UsageError
from tests.eval.fake_desk import FakeDesk, FakeStatus

ARTICLES = tuple(Article(f"a{n}", f"Title {n}", f"Thing{n} happened in Velm. It rained.") for n in range(20))
CASES = tuple(
    Case(f"c{n}", f"thing{n}?", None, (f"Thing{n}",), (f"a{n}",), answerable=True) for n in range(20)
)


class SlowDesk(FakeDesk):
    """Takes a moment, and a different one for every question."""

    def ask(self, question: str, **filters: Any) -> Any:
        time.sleep(random.Random(question).uniform(0.0, 0.01))
        return super().ask(question, **filters)


def test_many_at_once_write_the_same_file_in_order(tmp_path: Path) -> None:
    kept = Setup(cache=Cache(tmp_path / "kept"))
    run(CASES, SlowDesk(ARTICLES), tmp_path / "one.jsonl", kept)
    run(CASES, SlowDesk(ARTICLES), tmp_path / "many.jsonl", replace(kept, jobs=6))
    assert (tmp_path / "one.jsonl").read_bytes() == (tmp_path / "many.jsonl").read_bytes()
    fresh = run(CASES, SlowDesk(ARTICLES), tmp_path / "fresh.jsonl", Setup(jobs=6))
    assert [record.case.id for record in fresh] == [case.id for case in CASES]


def test_many_at_once_stop_at_ctrl_c_with_what_is_done(tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    with pytest.raises(KeyboardInterrupt):
        run(CASES, FakeDesk(ARTICLES, interrupts=["thing7?"]), out, Setup(jobs=4))
    assert [record.case.id for record in read_run(out)] == [case.id for case in CASES[:7]]


def test_kept_answers_are_asked_again_when_anything_that_matters_changes(tmp_path: Path) -> None:
    setup = Setup(cache=Cache(tmp_path / "kept"))
    run(CASES[:3], FakeDesk(ARTICLES), tmp_path / "a.jsonl", setup)
    same, more, llm = FakeDesk(ARTICLES), FakeDesk(ARTICLES[:19]), FakeDesk(ARTICLES)
    run(CASES[:3], same, tmp_path / "b.jsonl", setup)
    run(CASES[:3], more, tmp_path / "c.jsonl", setup)
    run(CASES[:3], llm, tmp_path / "d.jsonl", replace(setup, llm="scripted/honest"))
    assert [len(desk.asked) for desk in (same, more, llm)] == [0, 3, 3]
    later = replace(CASES[0], as_of="2026-03-14")
    run([later], same, tmp_path / "e.jsonl", setup)
    assert len(same.asked) == 1


def test_a_broken_or_locked_cache_costs_time_only(tmp_path: Path) -> None:
    setup = Setup(cache=Cache(tmp_path / "kept"))
    run(CASES[:1], FakeDesk(ARTICLES), tmp_path / "a.jsonl", setup)
    (kept,) = (tmp_path / "kept").rglob("*.json")
    kept.write_text("{half a", encoding="utf-8")
    desk = FakeDesk(ARTICLES)
    run(CASES[:1], desk, tmp_path / "b.jsonl", setup)
    assert len(desk.asked) == 1
    (tmp_path / "file").touch()
    run(CASES[:1], desk, tmp_path / "c.jsonl", Setup(cache=Cache(tmp_path / "file")))
    assert len(desk.asked) == 2


def test_what_decides_an_answer_is_written_down(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEWSDESK_LLM_KEY", "secret")
    monkeypatch.setenv("NEWSDESK_ENTAILMENT", "some/model")
    assert "some/model" in settings()
    assert "secret" not in settings()
    assert len(code()) == 16
    found = versions_of(FakeStatus(3, "fake"), llm="ollama/x", judge="agreement")
    assert {"newsdesk", "code", "python", "libraries", "archive", "embedder", "llm", "judge"} <= found.keys()


def test_the_fingerprint_is_of_the_texts(tmp_path: Path) -> None:
    def fingerprint(text: str) -> str:
        archive = Archive(tmp_path / text)
        with archive.transaction():
            archive.put(Article("a", "Title", text), [])
        archive.close()
        return versions_of(FakeStatus(1, "fake", home=str(tmp_path / text)))["archive"]

    # The same number of everything, other words.
    assert fingerprint("Velm burns.") != fingerprint("Velm rains.")


def test_a_rewritten_run_is_whole(tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    records = run(CASES[:3], FakeDesk(ARTICLES), out)
    rewrite(out, [replace(record, scores={}) for record in records])
    assert [record.scores for record in read_run(out)] == [{}, {}, {}]
    assert list(tmp_path.iterdir()) == [out]


def test_a_file_without_records_is_no_run(tmp_path: Path) -> None:
    (tmp_path / "empty.jsonl").touch()
    with pytest.raises(UsageError, match="holds no records"):
        read_run(tmp_path / "empty.jsonl")


# Real processes, really killed


CASES_ASKED = 40


def start(home: Path, out: Path) -> subprocess.Popen[bytes]:
    program = "from eval.main import main; main()"
    command = [sys.executable, "-c", program, "eval", "run", "sample", "-n", str(CASES_ASKED), "--jobs", "2"]
    command += ["--home", str(home), "--out", str(out), "--json"]
    environment = os.environ | {"NEWSDESK_EMBEDDER": "fake-hash-64"}
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def finish(home: Path, out: Path) -> float:
    began = time.monotonic()
    process = start(home, out)
    _, errors = process.communicate(timeout=300)
    assert process.returncode == 0, errors.decode()
    return time.monotonic() - began


def timeless(out: Path) -> list[dict[str, Any]]:
    """The lines of a run without how long anything took."""
    lines = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    for line in lines:
        line["timings"] = {}
        line["answer"]["seconds"] = 0
        line["scores"] = {name: s for name, s in line["scores"].items() if not name.endswith("_seconds")}
    return lines


@pytest.mark.crash
def test_killed_runs_go_on_to_the_same_file(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("NEWSDESK_EMBEDDER", "fake-hash-64")
    assert newsdesk(["ingest", "--sample"]) == 0
    capsys.readouterr()
    seconds = finish(home, tmp_path / "whole.jsonl")
    whole = timeless(tmp_path / "whole.jsonl")
    moments, partly = random.Random(3), 0
    for turn in range(3):
        shutil.rmtree(home / "eval-cache")
        out = tmp_path / f"killed-{turn}.jsonl"
        for _ in range(2):
            process = start(home, out)
            time.sleep(moments.uniform(0.5, 1.0) * seconds)
            process.send_signal(signal.SIGKILL)
            process.communicate()
            partly += out.exists() and 0 < len(out.read_bytes().splitlines()) < CASES_ASKED
        finish(home, out)
        assert timeless(out) == whole
        # With the answers that are kept now it is the same to the last byte.
        finish(home, tmp_path / f"undisturbed-{turn}.jsonl")
        assert (tmp_path / f"undisturbed-{turn}.jsonl").read_bytes() == out.read_bytes()
    assert partly, "no kill met a run half done"
