"""`newsdesk eval run` end to end on an engine of the test's own."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import app
from eval.cli import evaluate
from eval.main import run as newsdesk
from ingest.archive import Archive
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
        def open(home: Path, llm: str | None) -> OpenedDesk:
            return OpenedDesk(
                ARTICLES, home=str(home), fails=["harbour of Velm?"] if home.name == "bad" else []
            )

    monkeypatch.setitem(vars(app), "Newsdesk", Newsdesk)
    monkeypatch.setenv("NEWSDESK_EMBEDDER", "fake-hash-64")
    monkeypatch.setenv("NEWSDESK_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    for home in ("home", "bad"):
        Archive(tmp_path / home).close()
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
            "suites: sample, realtimeqa, realtimeqa-web, realtimeqa-later, realtimeqa-all, "
            "realtimeqa-choice, realtimeqa-none, multihop, rgb-noise, rgb-rejection, rgb-integration, "
            "rgb-counterfactual, squad2, tow.",
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


def test_a_mistyped_home_is_said_so_and_not_made(cases: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert newsdesk(["eval", "run", str(cases), "--home", "hoem"]) == 2
    assert "There is no archive in" in capsys.readouterr().err
    assert not Path("hoem").exists()
    assert not Path("eval-own.jsonl").exists()


def test_the_same_question_is_not_asked_twice_unless_it_is_to_be(cases: Path) -> None:
    first = json.loads(invoke(cases, "--out", "a.jsonl", "--json").stdout)
    again = json.loads(invoke(cases, "--out", "b.jsonl", "--json").stdout)
    # Kept answers come with the times they took, to the last digit.
    assert Path("a.jsonl").read_bytes() == Path("b.jsonl").read_bytes()
    assert first["metrics"] == again["metrics"]
    invoke(cases, "--out", "c.jsonl", "--fresh")
    assert Path("a.jsonl").read_bytes() != Path("c.jsonl").read_bytes()


def test_an_old_run_is_scored_again_without_its_archive(cases: Path) -> None:
    invoke(cases, "--out", "run.jsonl")
    whole = Path("run.jsonl").read_bytes()
    lines = [json.loads(line) | {"scores": {}} for line in whole.splitlines()]
    Path("run.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    for home in ("home", "bad"):
        shutil.rmtree(home)
    assert newsdesk(["eval", "score", "run.jsonl", "--json"]) == 0
    assert Path("run.jsonl").read_bytes() == whole


def test_the_suites_and_metrics_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert newsdesk(["eval", "suites", "--json"]) == 0
    listed = json.loads(capsys.readouterr().out)
    assert {suite["name"] for suite in listed} >= {"sample", "tow", "squad2", "rgb-noise"}
    assert any(suite["reference"] for suite in listed)
    assert newsdesk(["eval", "metrics", "--json"]) == 0
    assert all(metric["about"] for metric in json.loads(capsys.readouterr().out))


@pytest.mark.parametrize(
    ("demands", "status"),
    [
        (["--min", "mrr@10=.2"], 0),
        (["--min", "mrr@10=.99"], 1),  # the mean is 1, but three cases do not prove it
        (["--max", "refused_wrongly=.9"], 0),
        (["--max", "refused_wrongly=.1"], 1),
        (["--min", "choice_right=.1"], 1),  # judged nowhere: no silent pass
        (["--baseline", "run.jsonl"], 0),
        (["--min", "beauty=.5"], 2),
        (["--min", "mrr@10"], 2),
        ([], 2),
    ],
)
def test_a_gate_ends_with_the_status_of_its_bound(cases: Path, demands: list[str], status: int) -> None:
    line = {"question": "harbour of Velm?", "answers": ["Velm"], "gold": ["a1"], "answerable": True}
    many = [line | {"id": f"c{n}", "story": f"s{n}"} for n in range(3)]
    Path("three.jsonl").write_text("".join(json.dumps(one) + "\n" for one in many), encoding="utf-8")
    invoke("three.jsonl", "--out", "run.jsonl")
    assert newsdesk(["eval", "gate", "run.jsonl", *demands]) == status


@pytest.mark.parametrize("ending", ["html", "md", "json"])
def test_a_report_is_written_by_its_ending(cases: Path, ending: str) -> None:
    invoke(cases, "--out", "run.jsonl")
    assert newsdesk(["eval", "report", "run.jsonl", "--out", f"told/report.{ending}", "--title", "Mine"]) == 0
    assert "Mine" in Path(f"told/report.{ending}").read_text(encoding="utf-8")


def test_a_report_of_another_kind_is_refused(cases: Path, capsys: pytest.CaptureFixture[str]) -> None:
    invoke(cases, "--out", "run.jsonl")
    assert newsdesk(["eval", "report", "run.jsonl", "--out", "report.pdf"]) == 2
    assert "ends in .html, .md, .json" in capsys.readouterr().err


def test_two_runs_are_compared(cases: Path, capsys: pytest.CaptureFixture[str]) -> None:
    invoke(cases, "--out", "a.jsonl")
    assert newsdesk(["eval", "compare", "a.jsonl", "a.jsonl"]) == 0
    assert "cannot be told apart on 2 cases" in capsys.readouterr().out
    assert newsdesk(["eval", "compare", "a.jsonl", "own.jsonl"]) == 2
