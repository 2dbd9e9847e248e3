"""A run can be stopped anywhere and gone on with, writes what went wrong, and mixes nothing."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from eval.case import Case
from eval.run import DEPTH, distinct, run
from ingest.article import Article, Moment
from ingest.errors import UsageError
from tests.eval.fake_desk import FakeDesk

ARTICLES = (
    Article(
        "a1", "Harbour reopens", "The harbour of Velm reopened. Boats left.", url="https://example.org/1"
    ),
    Article(
        "a2", "Mayor resigns", "Mayor Ada Lind resigned. She said so.", published=Moment.parse("2026-03-10")
    ),
    Article("a3", "Cup final", "Brask won the cup. It rained.", published=Moment.parse("2026-03-20")),
)
CASES = (
    Case("c1", "harbour of Velm?", None, ("Velm",), ("https://example.org/1",), answerable=True),
    Case("c2", "Mayor Lind?", "2026-03-14", ("Ada Lind",), ("Mayor resigns",), answerable=True),
    Case("c3", "cup won by?", "2026-03-14", answerable=False),
)


@pytest.fixture
def desk() -> FakeDesk:
    return FakeDesk(ARTICLES)


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "runs" / "out.jsonl"


def timeless(out: Path) -> list[dict[str, object]]:
    """The lines of a run without what differs between two runs of the same."""
    lines = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    return [line | {"timings": None, "scores": line["scores"] | {"ask_seconds": None}} for line in lines]


def test_every_case_is_asked_scored_and_written(desk: FakeDesk, out: Path) -> None:
    records = run(CASES, desk, out)
    assert [record.case.id for record in records] == ["c1", "c2", "c3"]
    assert [record.scores["mrr@10"] for record in records] == [1, 1, None]
    assert [record.scores["contains_answer"] for record in records] == [1, 1, None]
    assert records[2].scores["refused_rightly"] == 1  # the cup was won after as_of
    assert [record.scores["later_than_as_of"] for record in records] == [None, 0, 0]
    assert records[0].versions == records[2].versions
    assert len(out.read_text(encoding="utf-8").splitlines()) == 3


def test_a_finished_run_asks_nothing_and_gives_the_same(desk: FakeDesk, out: Path) -> None:
    records = run(CASES, desk, out)
    before = out.read_bytes()
    again = FakeDesk(ARTICLES, home="moved")
    assert run(CASES, again, out) == records
    assert (again.asked, out.read_bytes()) == ([], before)


def test_a_smoke_run_is_the_beginning_of_the_whole(desk: FakeDesk, out: Path) -> None:
    run(CASES[:1], desk, out)
    assert len(run(CASES, desk, out)) == 3
    assert desk.asked == [case.question for case in CASES]
    assert [record.case.id for record in run(CASES[:2], desk, out)] == ["c1", "c2"]


def test_killed_at_any_byte_it_goes_on_to_the_same_file(desk: FakeDesk, out: Path) -> None:
    run(CASES, desk, out)
    whole, expected = out.read_bytes(), timeless(out)
    for size in range(0, len(whole), 41):
        out.write_bytes(whole[:size])
        run(CASES, desk, out)
        assert timeless(out) == expected, f"cut after {size} bytes"


def test_a_line_without_its_end_is_asked_again(desk: FakeDesk, out: Path) -> None:
    run(CASES, desk, out)
    out.write_bytes(out.read_bytes()[:-1])
    desk.asked.clear()
    run(CASES, desk, out)
    assert desk.asked == ["cup won by?"]


def test_ctrl_c_keeps_what_is_done(out: Path) -> None:
    desk = FakeDesk(ARTICLES, interrupts=["Mayor Lind?"])
    with pytest.raises(KeyboardInterrupt):
        run(CASES, desk, out)
    assert [line["case"]["id"] for line in map(json.loads, out.open(encoding="utf-8"))] == ["c1"]
    assert len(run(CASES, FakeDesk(ARTICLES), out)) == 3


def test_one_failing_case_stops_no_other(out: Path) -> None:
    desk = FakeDesk(ARTICLES, fails=["harbour of Velm?"], breaks=["Mayor Lind?"])
    first, second, third = run(CASES, desk, out)
    assert first.error == "The question is too hard."
    assert second.error == "ZeroDivisionError: division by zero"
    assert set(first.scores.values()) == {None}
    assert third.error is None


@pytest.mark.parametrize(
    ("other", "what"),
    [
        (FakeDesk(ARTICLES[:2]), "archive"),
        (FakeDesk(ARTICLES, embedder="other"), "archive and another embedder"),
    ],
)
def test_another_archive_or_model_is_not_mixed_in(
    desk: FakeDesk, out: Path, other: FakeDesk, what: str
) -> None:
    run(CASES[:1], desk, out)
    before = out.read_bytes()
    with pytest.raises(UsageError, match=f"made with another {what}: name a new --out"):
        run(CASES, other, out)
    assert out.read_bytes() == before


def test_another_wording_of_a_case_is_not_mixed_in(desk: FakeDesk, out: Path) -> None:
    run(CASES, desk, out)
    with pytest.raises(UsageError, match="another case c2"):
        run((CASES[0], replace(CASES[1], answers=("Ada",))), desk, out)


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ("my notes", "does not end like a run"),
        ("my notes\n", "line 1: not a JSON object"),
        ('{"id": 1}\n', "line 1: not a record"),
        ('{"case": {"id": "c1", "question": "x"}}\n', "line 1: not a record"),
    ],
)
def test_a_file_that_is_no_run_is_left_alone(desk: FakeDesk, out: Path, content: str, complaint: str) -> None:
    out.parent.mkdir()
    out.write_text(content, encoding="utf-8")
    with pytest.raises(UsageError, match=complaint):
        run(CASES, desk, out)
    assert out.read_text(encoding="utf-8") == content


def test_a_case_that_is_there_twice_is_refused(desk: FakeDesk, out: Path) -> None:
    run(CASES[:1], desk, out)
    out.write_bytes(out.read_bytes() * 2)
    with pytest.raises(UsageError, match="line 2: case 'c1' is there twice"):
        run(CASES, desk, out)


def test_an_empty_archive_is_no_measurement(out: Path) -> None:
    with pytest.raises(UsageError, match="run `newsdesk ingest`"):
        run(CASES, FakeDesk(()), out)
    assert not out.exists()


def test_an_output_that_cannot_be_written_is_said_so(desk: FakeDesk, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be"):
        run(CASES, desk, tmp_path)


def test_an_article_ranks_at_its_best_passage(desk: FakeDesk) -> None:
    hits = [desk.hit(ARTICLES[i]) for i in (1, 0, 1, 2, 0)]
    assert [found.article_id for found in distinct(hits)] == ["a2", "a1", "a3"]
    assert DEPTH == 10
