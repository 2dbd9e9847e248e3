"""Questions made from sentences: grammatical, alone, with their answer and its place, and always the same."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.llm import models
from eval import llm_questions
from eval.case import Case, read_cases
from eval.main import run as newsdesk
from eval.questions import EACH, questions
from eval.shapes import asked_of
from eval.suites import sample
from eval.suites.tow import excerpts_of
from eval.thumbs import from_thumbs
from ingest.article import Article, Moment
from ingest.errors import UsageError

ARTICLE = "Cora Holm said so. Mr. Rigg told the inquiry. Bo Ek said nothing."


@pytest.mark.parametrize(
    ("sentence", "question", "answer"),
    [
        ("Judge Ada Lind, who is chairing the inquiry at the Corn Exchange, asked why.",
         "Who is chairing the inquiry at the Corn Exchange?", "Judge Ada Lind"),
        ("Cora Holm, the mayor of Port Velm, said the pier would open.",
         "Who is the mayor of Port Velm?", "Cora Holm"),
        ("Cora Holm opened the new pier at Velm on Monday, to cheers.",
         "Who opened the new pier at Velm on Monday?", "Cora Holm"),
        ("Cora Holm said that the pier at Velm would stay shut until June.",
         "Who said that the pier at Velm would stay shut until June?", "Cora Holm"),
        ("“Nobody told the harbour master that the door was open,” Bo Ek said.",
         "Who said “Nobody told the harbour master that the door was open”?", "Bo Ek"),
        ("At least 11 people were killed when a ferry sank off Velm.",
         "How many people were killed when a ferry sank off Velm?", "11"),
        ("Twelve thousand people marched through Halvern on Saturday.",
         "How many people marched through Halvern on Saturday?", "Twelve thousand"),
        ("The Velm Narrows Bridge will cost €495 million, the city said.",
         "How much will the Velm Narrows Bridge cost?", "€495 million"),
        ("The population of Tarrany has fallen below four million for the first time since 1988.",
         "What has fallen below four million for the first time since 1988?", "The population of Tarrany"),
    ],
)  # fmt: skip
def test_a_sentence_and_its_question(sentence: str, question: str, answer: str) -> None:
    found = asked_of(sentence, f"{sentence} {ARTICLE}")
    assert found is not None
    assert (found.question, found.answer) == (question, answer)


@pytest.mark.parametrize(
    "sentence",
    [
        "He opened the new pier at Velm on Monday.",
        "Cora Holm opened it on Monday because she had promised them.",  # points outside itself
        "Velm Water closed the reservoir at Brask on Monday.",  # nobody by that name speaks
        "But Holm opened the new pier at Velm on Monday.",
        "Bo Ek is a politics reporter for the Velm Courier and lives there.",
        "At least 11 people were killed and 12 were hurt when a ferry sank off Velm.",
        "The meeting went on.",
        "",
    ],
)
def test_better_no_question_than_a_bad_one(sentence: str) -> None:
    assert asked_of(sentence, f"{sentence} {ARTICLE}") is None


def test_every_case_points_at_its_sentence() -> None:
    articles = {article.id: article for article in sample.archive()}
    cases = list(questions(articles.values()))
    assert len(cases) >= 12
    for case in cases:
        article = articles[case.gold[0]]
        assert article.text[case.start : case.end] == case.quote
        assert case.answers[0] in " ".join(case.quote.split())
        assert case.answers[0].lower() not in case.question.lower()
        assert case.question.endswith("?")
        assert case.as_of == str(article.published)[:10]
    assert list(questions(articles.values())) == cases
    assert list(questions(list(articles.values())[::-1])) == cases
    assert max(sum(case.gold == other.gold for other in cases) for case in cases) <= EACH


def test_the_command_writes_cases_that_can_be_asked(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("NEWSDESK_EMBEDDER", "fake-hash-64")
    assert newsdesk(["ingest", "--sample"]) == 0
    file = tmp_path / "made.jsonl"
    assert newsdesk(["eval", "cases", str(file), "--count", "5"]) == 0
    assert "5 cases in" in capsys.readouterr().out
    assert len(read_cases(file)) == 5
    assert newsdesk(["eval", "run", str(file), "--out", str(tmp_path / "out.jsonl"), "--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert (report["cases"], report["errors"]) == (5, [])
    assert report["metrics"]["citations_exact"]["mean"] == 1.0


# Worded by a language model


PIER = Article(
    "pier",
    "Pier opens",
    "Cora Holm opened the new pier at Velm on Monday before four hundred guests. It rained all day and "
    "nobody minded, because the band went on playing under the awning of the old ticket office.",
    published=Moment.parse("2026-03-10"),
)


class Written:
    """A model that writes the same thing whatever it is given."""

    def __init__(self, text: str) -> None:
        self.text = text

    def stream(self, system: str, user: str) -> list[str]:
        return [self.text]


def made(text: str, monkeypatch: pytest.MonkeyPatch) -> list[Case]:
    monkeypatch.setattr(models.Model, "of", lambda llm: Written(text))
    return list(llm_questions.questions([PIER], "scripted/any"))


def test_a_worded_question_counts_when_its_answer_stands_there(monkeypatch: pytest.MonkeyPatch) -> None:
    (case,) = made("Question: Who opened the new pier at Velm?\nAnswer: Cora Holm", monkeypatch)
    assert (case.question, case.answers) == ("Who opened the new pier at Velm?", ("Cora Holm",))
    assert PIER.text[case.start : case.end] == case.quote


@pytest.mark.parametrize(
    "text",
    [
        "Question: Who opened the new pier at Velm?\nAnswer: Bo Ek",  # made up
        "Question: Who is Cora Holm of the pier?\nAnswer: Cora Holm",  # gives itself away
        "Question: What did she open at Velm on Monday?\nAnswer: the new pier",  # points outside itself
        "Question: Who opened the new pier at Velm?\nAnswer:",
        "I cannot help with that.",
        "",
    ],
)
def test_what_a_model_makes_up_is_dropped(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert made(text, monkeypatch) == []


# Marked by readers


def test_what_readers_marked_becomes_cases(tmp_path: Path) -> None:
    lines = [
        {"question": "Who opened it?", "as_of": None, "verdict": "down", "reason": "", "answer": "Nobody."},
        {"question": "Who won?", "as_of": "2026-03-14", "verdict": "down", "reason": "old", "answer": "Bo."},
        {"question": "Who opened it?", "as_of": None, "verdict": "up", "reason": "", "answer": "Cora did."},
    ]
    file = tmp_path / "thumbs.jsonl"
    file.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    first, second = from_thumbs(file)
    assert (first.question, first.quote, first.tags) == ("Who opened it?", "Cora did.", ("thumb up",))
    assert (second.as_of, second.quote, second.tags) == ("2026-03-14", "", ("thumb down", "old"))


@pytest.mark.parametrize(
    "line", ['{"question": "Who?"}', '{"question": "Who?", "verdict": "meh", "answer": ""}', "[]",
             '{"question": " ", "verdict": "up", "answer": "x"}'],
)  # fmt: skip
def test_what_is_no_mark_is_named_with_its_line(tmp_path: Path, line: str) -> None:
    file = tmp_path / "thumbs.jsonl"
    file.write_text(line + "\n", encoding="utf-8")
    with pytest.raises(UsageError, match=r"thumbs\.jsonl, line 1"):
        from_thumbs(file)


def test_the_pages_own_export_is_read(tmp_path: Path) -> None:
    from app.answer import Answer
    from app.export import cases
    from app.kept import Saved

    answer = Answer("Who?", "Who?", "2026-03-14", (), (), True, "nothing_found", "Nothing says so.")
    saved = Saved("Who?", answer, thumb="up", reason="right to refuse")
    (tmp_path / "export.jsonl").write_text(cases([saved]), encoding="utf-8")
    (case,) = from_thumbs(tmp_path / "export.jsonl")
    assert (case.question, case.as_of, case.tags) == ("Who?", "2026-03-14", ("thumb up", "right to refuse"))


def test_excerpts_of_an_archive_name_their_articles() -> None:
    articles = {article.id: article for article in sample.archive()}
    cases = list(excerpts_of(articles.values()))
    assert len(cases) > 50
    for case in cases:
        article = articles[case.gold[0]]
        assert article.text[case.start : case.end] == case.quote
        assert (case.article.title, case.article.url) == (article.title, article.url)
