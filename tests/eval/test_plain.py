"""The plain formulas find, quote and keep to the day; they are a run like any other."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from eval import plain
from eval.log import read_run
from eval.plain import Plain
from ingest.embed import Embedder
from ingest.errors import UsageError
from ingest.fakes import HashEmbedder
from tests.app.test_engine import ARTICLES, TOLL, fill


@pytest.fixture
def desk(home: Path) -> Iterator[Plain]:
    fill(home, *ARTICLES)
    opened = Plain(home, HashEmbedder())
    yield opened
    opened.close()


def test_a_few_sentences_of_the_first_articles_are_quoted(desk: Plain) -> None:
    answer = desk.ask(TOLL)
    first = [hit.passage.article_id for hit in answer.hits[:3]]
    assert 1 <= len(answer.sentences) <= 3
    assert len(answer.text.split()) <= 80 or len(answer.sentences) == 1
    assert len({sentence.text for sentence in answer.sentences}) == len(answer.sentences)
    for sentence in answer.sentences:
        for citation in sentence.citations:
            citation.check(desk.show(citation.article_id))
            assert citation.article_id in first


def test_hits_are_ranked_and_each_has_a_passage_of_its_article(desk: Plain) -> None:
    hits = desk.search(TOLL)
    scores = [hit.score for hit in hits]
    assert scores == sorted(scores, reverse=True)
    for hit in hits:
        text = desk.show(hit.passage.article_id).text
        assert text[hit.passage.start : hit.passage.end] == hit.passage.text
    assert desk.search(TOLL, k=1) == hits[:1]


def test_nothing_from_after_the_day_is_found(desk: Plain) -> None:
    assert "ferry-2" in {hit.passage.article_id for hit in desk.search(TOLL)}
    assert "ferry-2" not in {hit.passage.article_id for hit in desk.search(TOLL, as_of="2026-03-05")}
    nothing = desk.ask(TOLL, as_of="2020-01-01")
    assert (nothing.sentences, nothing.hits) == ((), ())


def test_its_run_can_be_scored(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fake(_: str) -> Embedder:
        return HashEmbedder()

    monkeypatch.setattr(plain, "open_embedder", fake)
    fill(home, *ARTICLES)
    cases, out = tmp_path / "cases.jsonl", tmp_path / "run.jsonl"
    cases.write_text(f'{{"question": "{TOLL}", "answers": ["thirty"], "gold": ["ferry-2"]}}\n', "utf-8")
    plain.main([str(cases), "--home", str(home), "--out", str(out)])
    assert "contains_answer" in capsys.readouterr().out
    (record,) = read_run(out)
    assert record.error is None
    assert record.scores["hits@10"] == 1.0
    assert record.versions["llm"] == "plain"


def test_without_an_archive_it_says_so(home: Path, tmp_path: Path) -> None:
    cases = tmp_path / "cases.jsonl"
    cases.write_text('{"question": "Who?"}\n', "utf-8")
    with pytest.raises(UsageError, match="There is no archive"):
        plain.main([str(cases), "--home", str(home)])
