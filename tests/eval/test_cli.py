"""`newsdesk eval run` end to end on an engine of the test's own."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import app
from eval.cli import evaluate
from eval.main import run as newsdesk
from ingest.article import Article
from tests.eval.fake_desk import FakeDesk

ARTICLES = (
    Article("a1", "Harbour reopens", "The harbour of Velm reopened. Boats left."),
    Article("a2", "Mayor resigns", "Mayor Ada Lind resigned. She said so."),
)
LINES = (
    {"id": "c1", "question": "harbour of Velm?", "answers": ["Velm"], "gold": ["a1"], "answerable": True,
     "tags": ["sea"]},
    {"id": "c2", "question": "cup?", "answerable": False},
)  # fmt: skip


class OpenedDesk(FakeDesk):
    def __enter__(self) -> FakeDesk:
        return self

    def __exit__(self, *_: object) -> None:
        pass


@pytest.fixture
def cases(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file of two questions; the engine that is opened is the fake one, and remembers its home."""

    class Newsdesk:
        @staticmethod
        def open(home: str | None) -> OpenedDesk:
            return OpenedDesk(ARTICLES, home=str(home), fails=["harbour of Velm?"] if home == "bad" else [])

    monkeypatch.setitem(vars(app), "Newsdesk", Newsdesk)
    monkeypatch.chdir(tmp_path)
    file = tmp_path / "own.jsonl"
    file.write_text("".join(json.dumps(line) + "\n" for line in LINES), encoding="utf-8")
    return file


def invoke(*arguments: object) -> Result:
    return CliRunner().invoke(evaluate, ["run", *map(str, arguments)])


def test_json_is_one_document_on_standard_output(cases: Path) -> None:
    result = invoke(cases, "--json", "--tags")
    assert result.exit_code == 0
    report = json.loads(result.stdout)
    assert (report["suite"], report["out"], report["cases"]) == (str(cases), "eval-own.jsonl", 2)
    assert report["metrics"]["mrr@10"] == {"mean": 1.0, "low": None, "high": None, "n": 1}
    assert report["metrics"]["refused_rightly"]["mean"] == 1.0
    assert list(report["tags"]) == ["sea"]
    assert "Asking: 2 questions" in result.stderr


def test_the_table_is_readable_without_json(cases: Path) -> None:
    result = invoke(cases, "--out", "runs/first.jsonl")
    assert result.exit_code == 0
    assert "mrr@10" in result.stdout
    assert "Records: runs/first.jsonl" in result.stdout
    assert len(Path("runs/first.jsonl").read_text(encoding="utf-8").splitlines()) == 2


def test_a_smoke_run_then_the_whole(cases: Path) -> None:
    assert json.loads(invoke(cases, "-n", 1, "--json").stdout)["cases"] == 1
    again = invoke(cases, "--json")
    assert json.loads(again.stdout)["cases"] == 2
    assert "Asking: 1 questions" in again.stderr


def test_when_every_case_fails_so_does_the_run(cases: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert newsdesk(["eval", "run", str(cases), "-n", "1", "--home", "bad", "--json"]) == 1
    said = capsys.readouterr()
    assert json.loads(said.out)["errors"] == [{"id": "c1", "error": "The question is too hard."}]
    assert said.err.endswith("newsdesk: Every case failed, the first with: The question is too hard.\n")


@pytest.mark.parametrize(
    ("suite", "complaint"),
    [
        (
            "nonesuch",
            "There is no suite and no file 'nonesuch'; "
            "suites: sample, realtimeqa, realtimeqa-web, realtimeqa-choice, multihop, realtimeqa-all.",
        ),
        ("empty.jsonl", "empty.jsonl has no questions"),
        ("broken.jsonl", "broken.jsonl, line 2: not a JSON object"),
        ("realtimeqa", "set NEWSDESK_DATA to the folder that holds `realtimeqa`"),
    ],
)
def test_what_is_no_suite_is_one_sentence(
    cases: Path, suite: str, complaint: str, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("empty.jsonl").write_text("\n", encoding="utf-8")
    Path("broken.jsonl").write_text('{"question": "Who?"}\nWho?\n', encoding="utf-8")
    Path("nothing").mkdir()
    assert newsdesk(["eval", "run", suite, "--data", "nothing"]) == 2
    said = capsys.readouterr()
    assert complaint in said.err
    assert (said.out, said.err.count("\n")) == ("", 1)
