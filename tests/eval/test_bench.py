"""The bench measures what it says: on a few invented articles with the fake model, in real processes."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from eval import bench
from eval.bench import NEWSDESK, Build, Times
from eval.case import Case
from eval.main import run as newsdesk
from eval.peers import PEERS, WHOLE
from ingest.errors import NewsdeskError
from tests.eval.test_peers import installed

CASES = [Case("c1", "Which port reopened?"), Case("c2", "Who is the mayor?", "2026-03-14")]


@pytest.fixture
def articles(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("NEWSDESK_EMBEDDER", "fake-hash-64")
    file = tmp_path / "articles.jsonl"
    lines = [
        {
            "id": f"a{n}",
            "title": f"Port {n} reopens",
            "text": f"The port of Velm {n} reopened. Boats left it.",
        }
        for n in range(7)
    ]
    file.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return file


def test_an_ingest_is_watched_from_outside(articles: Path, tmp_path: Path) -> None:
    built = bench.build(NEWSDESK, articles, tmp_path / "home", ["Which port reopened?", "Who left it?"])
    assert (built.program, built.articles, built.passages) == (NEWSDESK, 7, 7)
    assert built.searchable is not None
    assert 0 < built.searchable <= built.seconds + built.loading + 0.2
    assert built.cpu > 0
    assert [len(seconds) for seconds in built.searches.values()] == [2]

    times = bench.warm_questions(tmp_path / "home", CASES)
    assert (times.what, times.n) == ("a warm question, 7 articles", 2)
    cold = bench.cold_commands(tmp_path / "home", "Which port reopened?", goes=1)
    assert [one.what for one in cold] == ["newsdesk --help", "newsdesk status", "newsdesk ask, cold"]
    assert all(0 < one.median == one.p95 for one in cold)


@pytest.mark.model
@pytest.mark.slow
@pytest.mark.parametrize("program", [*PEERS, WHOLE])
def test_a_peer_builds_and_is_asked_in_a_process_of_its_own(
    program: str, articles: Path, tmp_path: Path
) -> None:
    installed(program.partition(",")[0])
    built = bench.build(program, articles, tmp_path / "folder", ["Which port reopened?", "Who left it?"])
    assert (built.program, built.articles, built.passages) == (program, 7, 7)
    assert min(built.seconds, built.loading, built.cpu) > 0
    assert all(len(seconds) == 2 and min(seconds) > 0 for seconds in built.searches.values())
    assert next(iter(built.searches)) == program


def test_a_build_that_fails_is_no_measurement(tmp_path: Path) -> None:
    with pytest.raises(NewsdeskError, match="ended with status 2"):
        bench.build(NEWSDESK, tmp_path / "gone.jsonl", tmp_path / "home")


OTHER = "LlamaIndex"


def built(program: str, seconds: float, searchable: float | None = None) -> Build:
    took = {NEWSDESK: [0.01, 0.03], OTHER: [0.04, 0.06]}.get(program, [])
    searches = {program: took} if took else {}
    return Build(program, 200, 1_000, seconds, 1.5, 3.25, searchable, searches)


# Medians of 10, 2 and 20 seconds; the slow rounds of the first two are noise.
MADE = [
    [built(NEWSDESK, 10.0, 2.0), built(NEWSDESK, 40.0, 4.0), built(NEWSDESK, 8.0, 3.0)],
    [built(OTHER, 20.0), built(OTHER, 90.0), built(OTHER, 18.0)],
    [built(WHOLE, 40.0), built(WHOLE, 41.0), built(WHOLE, 39.0)],
]


def test_ratios_are_of_the_median_rates() -> None:
    assert bench.ratios(MADE) == {OTHER: pytest.approx(2.0), WHOLE: pytest.approx(4.0)}
    assert bench.search_ratios(MADE) == {OTHER: pytest.approx(2.5)}


def test_times_are_a_median_and_a_95th_percentile() -> None:
    assert Times.of("x", [float(n) for n in range(1, 102)]) == Times("x", 51.0, 96.0, 101)
    assert Times.of("x", [3.0]) == Times("x", 3.0, 3.0, 1)
    assert bench.first_words(MADE) == Times("new articles found by their words", 3.0, pytest.approx(3.9), 3)


def test_the_tables_and_the_json_say_the_same() -> None:
    said = StringIO()
    bench.show(MADE, [Times("newsdesk status", 0.25, 0.5, 5)], Console(file=said, width=100))
    rows = {line.split("  ")[0]: line for line in said.getvalue().splitlines()}
    assert "4.00 ×" in rows[WHOLE]
    assert "20.00" in rows[NEWSDESK]
    assert "0.250 s" in rows["newsdesk status"]
    assert "2.50 ×" in rows["a warm search, LlamaIndex"]
    report = json.loads(json.dumps(bench.to_json(MADE, [])))
    assert report["times_as_fast"] == {OTHER: pytest.approx(2.0), WHOLE: pytest.approx(4.0)}
    assert report["search_times_as_fast"] == {OTHER: pytest.approx(2.5)}
    assert report["searches"][OTHER]["n"] == 6
    assert [build["articles_per_second"] for build in report["builds"][:3]] == [20.0, 5.0, 25.0]


@pytest.mark.slow
def test_the_command_alone_on_the_sample(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("NEWSDESK_EMBEDDER", "fake-hash-64")
    assert newsdesk(["eval", "bench", "--alone", "--count", "5", "--data", str(tmp_path), "--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert (report["suite"], report["articles"], report["times_as_fast"]) == ("sample", 5, {})
    assert len(report["times"]) == 5
