"""The order of the steps from a question to an answer, with language models that misbehave by script."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from app import Answer, Newsdesk
from app.answer import Citation
from ingest.archive import Archive
from ingest.article import Article, Moment
from ingest.chunk import passages_of
from ingest.errors import UsageError
from ingest.fakes import HashEmbedder
from tests.app.test_engine import ARTICLES, TOLL, fill


def ask(home: Path, question: str = TOLL, llm: str | None = None, **how: object) -> Answer:
    with Newsdesk.open(home, embedder=HashEmbedder(), llm=llm) as desk:
        return desk.ask(question, **how)  # type: ignore[arg-type]


@pytest.fixture
def home(home: Path) -> Path:
    fill(home, *ARTICLES)
    return home


def test_an_honest_model_writes_the_answer(home: Path) -> None:
    answer = ask(home, llm="scripted/honest")
    assert answer.writer == "scripted/honest"
    assert "thirty" in answer.text
    assert all(sentence.verdict == "supported" for sentence in answer.sentences)


@pytest.mark.parametrize("behaviour", ["invents-a-number", "negates"])
def test_what_is_not_borne_out_is_withheld_and_quotations_stand_in(home: Path, behaviour: str) -> None:
    answer = ask(home, llm=f"scripted/{behaviour}")
    assert answer.withheld
    assert all(sentence.faults for sentence in answer.withheld)
    shown = {sentence.text for sentence in answer.sentences}
    assert shown.isdisjoint(sentence.text for sentence in answer.withheld)
    if answer.writer == "extractive":
        assert "quotations" in answer.warning


def test_a_model_that_refuses_is_believed(home: Path) -> None:
    answer = ask(home, llm="scripted/refuses")
    assert answer.abstained
    assert answer.reason == "not_covered"
    assert "scripted/refuses found no answer" in answer.explanation


def test_a_model_that_breaks_is_said_and_quotations_stand_in(home: Path) -> None:
    answer = ask(home, llm="scripted/breaks")
    assert "thirty" in answer.text
    assert answer.warning


def test_a_model_that_nobody_knows_is_one_clear_sentence(home: Path) -> None:
    with pytest.raises(UsageError, match="ollama/NAME"):
        ask(home, llm="nonsense")


def test_one_of_the_options_is_chosen_by_the_evidence(home: Path) -> None:
    answer = ask(
        home, "Who is the mayor who spoke of the harbour bridge?", choices=["Gerard Fenn", "Ada Thule"]
    )
    assert answer.choice is not None
    assert answer.choice.text == "Ada Thule"
    assert answer.choice.index == 1
    assert answer.choice.citation is not None
    assert "Ada Thule" in answer.choice.citation.quote


def test_where_reports_differ_there_is_no_short_answer(home: Path) -> None:
    day = Moment.parse("2026-03-09")
    text = "Police said {} sheep had died in the flood at Marl on Monday. Farmers blamed the river board."
    fill(
        home,
        Article("argus", "Flood at Marl", text.format("eleven"), "The Marl Argus", published=day),
        Article("echo", "Sheep drown at Marl", text.format("thirty"), "The Orrin Echo", published=day),
    )
    answer = ask(home, "How many sheep died in the flood at Marl?")
    assert [note.kind for note in answer.notes] == ["conflict"]
    assert {reading.value for reading in answer.notes[0].readings} == {"eleven", "thirty"}
    assert answer.direct is None


def test_a_citation_stands_after_the_article_has_changed(home: Path) -> None:
    citation = ask(home).sentences[0].citations[0]
    kept = Citation.from_json(citation.to_json())
    archive = Archive(home)
    old = archive.article(citation.article_id)
    assert old is not None
    changed = replace(old, text=f"Corrected. {old.text.replace('thirty', 'thirty-one')}")
    with archive.transaction():
        archive.put(changed, passages_of(changed))
    archive.close()
    with Newsdesk.open(home, embedder=HashEmbedder()) as desk:
        standing = desk.check(kept)
        assert standing.outcome == "changed_since"
        assert standing.cited is not None
        assert kept.quote in standing.cited.text
        assert kept.quote in desk.show(citation.article_id, version=1).text
        assert kept.quote not in desk.show(citation.article_id).text
        with pytest.raises(UsageError, match="no version 7"):
            desk.show(citation.article_id, version=7)


def test_a_bracket_that_the_archive_does_not_bear_out_is_taken_out(home: Path) -> None:
    text = (
        "The mayor of Orrin, Nela Ferrant, opened the lock in Orrin. Ferrant said it cost 12 million euros."
    )
    fill(home, Article("lock", "Lock opened", text, "The Courier"))
    answer = ask(home, "What did the lock in Orrin cost?")
    for sentence in answer.sentences:
        if sentence.added:
            assert "[Nela]" in sentence.text
            assert sentence.verdict == "supported"
