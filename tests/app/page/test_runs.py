"""Runs read from their files, and as HTML."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from app.page import measured
from app.page.runs import Run, difference, estimate, read_run, runs_folder, runs_in, unit_of
from ingest.errors import UsageError
from tests.app.hostile import HOSTILE
from tests.app.page.elements import Elements


def record(number: int, **scores: float | None) -> dict[str, Any]:
    citation = {"article_id": "storm-1", "quote": "The bridge stayed closed.", "start": 0, "end": 25}
    sentence = {"text": "The bridge stayed closed.", "verdict": "supported", "citations": [citation]}
    hit = {"article_id": "storm-1", "title": "Storm Idris", "source": "Post", "published": "2026-01-15"}
    return {
        "case": {
            "id": f"q{number}",
            "question": f"Question {number}?",
            "answers": ["closed"],
            "tags": ["who"],
        },
        "answer": {"abstained": False, "sentences": [sentence], "hits": [hit], "direct": {"text": "closed"}},
        "scores": scores,
        "versions": {"newsdesk": "0.1.0"},
        "error": None,
        "something_new": {"to": "tolerate"},
    }


def write(folder: Path, name: str, *records: dict[str, Any], torn: str = "") -> Path:
    folder.mkdir(exist_ok=True)
    (folder / name).write_text("".join(json.dumps(one) + "\n" for one in records) + torn, encoding="utf-8")
    return folder


def some(folder: Path, name: str, right: int, of: int = 20) -> Run:
    write(folder, name, *(record(n, hits=float(n < right), ask_seconds=0.5, judged=None) for n in range(of)))
    return read_run(folder, name)


def test_runs_are_found_the_latest_first_and_nothing_else(tmp_path: Path) -> None:
    write(tmp_path, "old.jsonl", record(1, hits=1.0))
    write(tmp_path, "new.jsonl", record(1, hits=1.0))
    os.utime(tmp_path / "old.jsonl", (1, 1))
    (tmp_path / "articles.jsonl").write_text('{"title": "x"}\n')
    (tmp_path / "notes.txt").write_text("x")
    assert runs_in(tmp_path) == ["new.jsonl", "old.jsonl"]
    assert runs_in(tmp_path / "nowhere") == []


@pytest.mark.parametrize("name", ["../secret.jsonl", "/etc/passwd", "notes.txt", ""])
def test_no_other_file_is_read(tmp_path: Path, name: str) -> None:
    write(tmp_path, "run.jsonl", record(1))
    with pytest.raises(UsageError, match="no such run"):
        read_run(tmp_path, name)


def test_the_folder_is_a_setting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert runs_folder(tmp_path) == tmp_path / "runs"
    monkeypatch.setenv("NEWSDESK_RUNS", str(tmp_path / "elsewhere"))
    assert runs_folder(tmp_path) == tmp_path / "elsewhere"


def test_what_is_no_record_is_counted_and_passed_over(tmp_path: Path) -> None:
    write(tmp_path, "run.jsonl", record(1, hits=1.0), {"case": {"id": 2}}, torn='{"case": {"id": "q3", "ques')
    run = read_run(tmp_path, "run.jsonl")
    assert ([case.id for case in run.cases], run.skipped) == (["q1"], 2)


def test_a_run_that_grows_is_read_again(tmp_path: Path) -> None:
    assert len(some(tmp_path, "run.jsonl", 1, of=3).cases) == 3
    assert len(some(tmp_path, "run.jsonl", 1, of=4).cases) == 4


def test_a_mean_has_its_interval_and_leaves_out_what_could_not_be_judged(tmp_path: Path) -> None:
    run = some(tmp_path, "run.jsonl", 15)
    found = estimate(run.cases, "hits")
    assert found is not None
    assert (found.mean, found.n) == (0.75, 20)
    assert found.low is not None
    assert found.high is not None
    assert 0.5 <= found.low < 0.75 < found.high <= 0.95
    assert estimate(run.cases, "judged") is None
    assert run.metrics == ["hits", "ask_seconds"]


def test_cases_of_one_story_are_not_taken_for_independent(tmp_path: Path) -> None:
    alone = [record(n, hits=float(n % 2)) for n in range(40)]
    told = [{**one, "case": {**one["case"], "story": f"s{n % 4}"}} for n, one in enumerate(alone)]
    write(tmp_path, "alone.jsonl", *alone)
    write(tmp_path, "told.jsonl", *told)
    narrow, wide = (
        estimate(read_run(tmp_path, name).cases, "hits") for name in ("alone.jsonl", "told.jsonl")
    )
    assert wide.high - wide.low > 1.5 * (narrow.high - narrow.low)
    one_story = [{**one, "case": {**one["case"], "story": "s"}} for one in alone]
    write(tmp_path, "one.jsonl", *one_story)
    assert estimate(read_run(tmp_path, "one.jsonl").cases, "hits").low is None


def test_two_runs_differ_on_the_cases_they_share(tmp_path: Path) -> None:
    better, worse = some(tmp_path, "a.jsonl", 18), some(tmp_path, "b.jsonl", 8)
    found = difference(better, worse, "hits")
    assert (found.mean, found.n) == (0.5, 20)
    assert found.low > 0
    assert difference(better, Run("other", (), 0), "hits") is None


@pytest.mark.parametrize(
    ("name", "scores", "unit"),
    [("ask_seconds", [0.5], "seconds"), ("hits@1", [0.0, 1.0], "share"), ("answer_words", [12.0], "number")],
)
def test_a_score_is_read_by_its_name_and_values(name: str, scores: list[float], unit: str) -> None:
    assert unit_of(name, scores) == unit


def test_scores_stand_with_their_intervals_and_beside_another_runs(tmp_path: Path) -> None:
    better, worse = some(tmp_path, "a.jsonl", 18), some(tmp_path, "b.jsonl", 8)
    alone = Elements(measured.scores(better, None))
    assert ".900 [" in alone.text
    assert "0.500 s" in alone.text
    assert alone.names.count("svg") == 1, "seconds are no share"
    beside = Elements(measured.scores(better, worse))
    assert "+.500 [" in beside.text
    assert "] more" in beside.text
    assert beside.names.count("svg") == 2
    assert "20 cases" in beside.text


def test_cases_are_found_by_words_and_ordered_by_a_score(tmp_path: Path) -> None:
    run = some(tmp_path, "a.jsonl", 18, of=60)
    everything = Elements(measured.cases(run, None, "", "", measured.PAGE))
    assert everything.names.count("li") == measured.PAGE
    assert "Show more of 60" in everything.text
    assert Elements(measured.cases(run, None, "", "QUESTION q7", 50)).values("data-case") == ["q7"]
    lowest = Elements(measured.cases(run, None, "hits", "", 10)).values("data-case")
    assert lowest[0] == "q18"


def test_a_case_shows_what_was_expected_and_its_evidence(tmp_path: Path) -> None:
    run, other = some(tmp_path, "a.jsonl", 18), some(tmp_path, "b.jsonl", 8)
    page = Elements(measured.one_case(run.cases[0], other.cases[0], (run.name, other.name)))
    assert "Expectedclosed" in page.text
    assert "The bridge stayed closed." in page.text
    assert "Post, 2026-01-15: Storm Idris" in page.text
    assert page.text.count("2 scores") == 2


@pytest.mark.parametrize("answer", [None, 5, {}, {"abstained": True, "reason": None}, {"sentences": [3, {}]}])
def test_an_odd_answer_is_no_failure(tmp_path: Path, answer: Any) -> None:
    write(tmp_path, "run.jsonl", {**record(1, hits=1.0), "answer": answer, "versions": 7})
    run = read_run(tmp_path, "run.jsonl")
    assert "Question 1?" in measured.one_case(run.cases[0], None, ("run", ""))
    assert "1 case" in measured.scores(run, None)


def test_hostile_runs_are_harmless(tmp_path: Path) -> None:
    text = " ".join(HOSTILE)
    odd = record(1, **{text: 0.5})
    odd["case"] |= {
        "id": text,
        "question": text,
        "answers": [text],
        "gold": [text],
        "quote": text,
        "tags": [text],
    }
    odd["answer"]["sentences"][0] |= {"text": text, "verdict": text}
    odd["answer"]["sentences"][0]["citations"][0]["quote"] = text
    odd["answer"]["hits"][0] |= {"title": text, "source": text, "published": text}
    odd["versions"] = {text: text}
    run = read_run(write(tmp_path, "run.jsonl", odd, {**odd, "error": text}), "run.jsonl")
    html = measured.scores(run, run) + measured.cases(run, run, text, "", 9) + measured.none_yet(text)
    html += measured.one_case(run.cases[0], run.cases[0], (text, text)) + measured.choices([text])
    assert Elements(html).harmless
