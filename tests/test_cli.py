"""The outside contract, as a script would use it: statuses, JSON documents, one sentence for bad input."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from eval.main import run
from ingest.cli import SAMPLE

Run = Callable[..., tuple[int, str, str]]
RECORD = {
    "id": "ferry-1",
    "title": "Ferry capsizes off the islands",
    "text": "A ferry capsized off the islands on Tuesday evening. At least eleven people died in the ferry.",
    "published": "2026-03-03",
    "source": "The Courier",
    "url": "https://courier.example/ferry",
}


@pytest.fixture
def newsdesk(home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command line with the fake model; gives its status, standard output and standard error."""
    monkeypatch.setenv("NEWSDESK_EMBEDDER", "fake-hash-64")

    def call(*arguments: str | Path) -> tuple[int, str, str]:
        capsys.readouterr()
        status = run([str(argument) for argument in arguments])
        out, err = capsys.readouterr()
        return status, out, err

    return call


@pytest.fixture
def news(tmp_path: Path) -> Path:
    file = tmp_path / "news.jsonl"
    file.write_text(json.dumps(RECORD))
    return file


def document(newsdesk: Run, *arguments: str | Path) -> Any:
    status, out, _ = newsdesk(*arguments, "--json")
    assert status == 0
    return json.loads(out)


def test_the_way_of_a_script(newsdesk: Run, news: Path) -> None:
    report = document(newsdesk, "ingest", news)
    assert report.pop("seconds") > 0
    assert report == {
        "read": 1, "ingested": 1, "unchanged": 0, "replaced": 0, "rejected_count": 0, "rejected": [],
        "warnings_count": 0, "warnings": [], "retracted": 0, "passages": 1,
    }  # fmt: skip
    assert document(newsdesk, "status")["articles"] == 1
    answer = document(newsdesk, "ask", "How many people died in the ferry?", "--as-of", "2026-03-10")
    assert answer["as_of"] == "2026-03-10"
    citation = answer["sentences"][0]["citations"][0]
    article = document(newsdesk, "show", citation["article_id"])
    assert article["text"][citation["start"] : citation["end"]] == citation["quote"]
    hits = document(newsdesk, "search", "ferry", "-k", "3")
    assert hits["query"] == "ferry"
    assert hits["hits"][0]["url"] == RECORD["url"]
    assert document(newsdesk, "verify") == {"sound": True, "problems": []}
    assert document(newsdesk, "repair") == {"passages": 1, "vectors": 1}


def test_the_same_for_people(newsdesk: Run, news: Path) -> None:
    assert "1 ingested" in newsdesk("ingest", news)[1]
    assert "The Courier (1)" in newsdesk("status")[1]
    answer = newsdesk("ask", "How many people died in the ferry?")[1]
    assert "At least eleven people died" in answer
    assert "[1] Ferry capsizes off the islands · The Courier, 2026-03-03 · ferry-1" in answer
    assert "nothing close enough" in newsdesk("ask", "What is the price of crude oil in Rotterdam?")[1]
    assert "ferry-1" in newsdesk("search", "ferry")[1]
    assert RECORD["text"] in newsdesk("show", "ferry-1")[1]
    assert "sound" in newsdesk("verify")[1]


def test_every_command_that_asks_can_be_held_to_a_section(newsdesk: Run, tmp_path: Path) -> None:
    other = {"id": "race", "title": "The ferry race", "text": "The ferry race was won by the Gull on Sunday."}
    records = [RECORD | {"section": "Islands"}, RECORD | other | {"section": "sport"}]
    (tmp_path / "news.jsonl").write_text("\n".join(map(json.dumps, records)))
    document(newsdesk, "ingest", tmp_path / "news.jsonl")
    sections = document(newsdesk, "status")["sections"]
    assert sections == [{"section": "Islands", "articles": 1}, {"section": "sport", "articles": 1}]
    for command, name in product(("ask", "search", "timeline", "compare"), ("Sport", "islands")):
        told = json.dumps(document(newsdesk, command, "ferry", "--section", name))
        assert ("race" in told, "ferry-1" in told) == (name == "Sport", name == "islands"), (command, name)
    both = document(newsdesk, "search", "ferry", "--section", "SPORT", "--section", "Islands")
    assert {hit["article_id"] for hit in both["hits"]} == {"race", "ferry-1"}


def test_home_may_stand_before_or_after_the_command(newsdesk: Run, news: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    assert newsdesk("--home", other, "ingest", news)[0] == 0
    assert document(newsdesk, "status", "--home", other)["articles"] == 1
    assert document(newsdesk, "status")["articles"] == 0


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (["ingest", "missing"], 2, "no file or folder"),
        (["ingest"], 2, "Nothing to ingest"),
        (["ingest", "ftp://news.example/story"], 2, "only http and https"),
        (["ingest", ".", "--map", "nonsense"], 2, "OURS=THEIRS"),
        (["ask", ""], 2, "question is empty"),
        (["ask", "x" * 100_000], 2, "100,000 characters"),
        (["ask", "Who?", "--as-of", "never"], 2, "is not a date"),
        (["ask", "Who?", "--source", "Nobody"], 2, "No outlet 'Nobody'"),
        (["search", "ferry", "--section", "Sport"], 2, "No section 'Sport'"),
        (["search", "x", "-k", "0"], 2, "1 or more"),
        (["show", "nothing"], 2, "No article 'nothing'"),
        (["ask"], 2, "Missing argument"),
        (["nonsense"], 2, "No such command"),
        (["ask", "Who?", "--home", "/nowhere"], 2, "no archive in /nowhere"),
    ],
)
def test_wrong_use_gets_one_sentence(
    newsdesk: Run, news: Path, arguments: list[str], status: int, said: str
) -> None:
    newsdesk("ingest", news)
    got, out, err = newsdesk(*arguments)
    assert (got, out) == (status, "")
    assert said in err
    assert "Traceback" not in err


def test_a_folder_with_every_kind_of_trouble(newsdesk: Run, tmp_path: Path) -> None:
    folder = tmp_path / "drop"
    folder.mkdir()
    (folder / "good.jsonl").write_text(json.dumps(RECORD) + '\n{"torn\n' + json.dumps({"title": "No text"}))
    (folder / "binary.txt").write_bytes(bytes(range(256)) * 40)
    (folder / "empty.txt").touch()
    status, out, err = newsdesk("ingest", folder, "--json")
    report = json.loads(out)
    assert status == 0
    assert (report["read"], report["ingested"], len(report["rejected"])) == (5, 1, 4)
    assert {r["code"] for r in report["rejected"]} >= {"binary", "empty", "no_text"}
    assert all(r["reason"] and r["path"] for r in report["rejected"])
    assert "Traceback" not in err


def test_an_empty_folder_is_done_and_said(newsdesk: Run, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    status, out, err = newsdesk("ingest", tmp_path / "empty", "--json")
    assert (status, json.loads(out)["read"]) == (0, 0)
    assert "nothing to read" in err


def test_when_everything_is_rejected_the_status_says_so(newsdesk: Run, tmp_path: Path) -> None:
    (tmp_path / "broken.txt").write_bytes(bytes(range(256)) * 40)
    assert newsdesk("ingest", tmp_path / "broken.txt")[0] == 1


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may write everywhere")
def test_a_home_that_cannot_be_written(newsdesk: Run, news: Path, tmp_path: Path) -> None:
    (tmp_path / "locked").mkdir(mode=0o500)
    status, _, err = newsdesk("ingest", news, "--home", tmp_path / "locked")
    assert status == 1
    assert "--home" in err


def test_a_home_that_is_a_file(newsdesk: Run, news: Path) -> None:
    status, _, err = newsdesk("ingest", news, "--home", news)
    assert status == 1
    assert "choose a folder you can write with --home" in err


def test_an_archive_of_another_model(newsdesk: Run, news: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    newsdesk("ingest", news)
    monkeypatch.setenv("NEWSDESK_EMBEDDER", "fake-hash-32")
    for command in (["ingest", news], ["ask", "Who?"]):
        status, _, err = newsdesk(*command)
        assert status == 1
        assert "NEWSDESK_EMBEDDER=fake-hash-64" in err


def test_the_sample_archive_comes_with_the_program(newsdesk: Run) -> None:
    report = document(newsdesk, "ingest", "--sample")
    assert report["ingested"] >= 60
    assert not report["rejected"]
    assert len(document(newsdesk, "status")["outlets"]) >= 5
    assert SAMPLE.is_dir()
