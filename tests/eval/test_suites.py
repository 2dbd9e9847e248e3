"""The suites read their files as they are published, and an archive is drawn the same way every time."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import zstandard

from eval.suites import SUITES, data_folder, load, real_or_sample, realtimeqa
from ingest.errors import UsageError

QUESTIONS = [
    {"id": "q1", "date": "2026-03-12", "outlet": "Velm Courier", "question": "Which port reopened?",
     "choices": ["“Velm”", "Brask"], "answer": ["“Velm”"], "gold": ["velm.example/1"], "weak_gold": []},
    {"id": "q2", "date": "2026-03-12", "outlet": "Velm Courier", "question": "Who won?",
     "choices": ["Ada"], "answer": ["Ada"], "gold": [], "weak_gold": ["velm.example/2"]},
]  # fmt: skip


@pytest.fixture
def published(tmp_path: Path) -> Path:
    """A data folder with two invented questions and thirty invented articles."""
    folder = tmp_path / "realtimeqa"
    folder.mkdir()
    lines = "".join(json.dumps(question) + "\n" for question in QUESTIONS)
    (folder / "questions.jsonl").write_text(lines, encoding="utf-8")
    with zstandard.open(folder / "articles.jsonl.zst", "wt", encoding="utf-8") as file:
        for n in range(30):
            file.write(json.dumps(article(n)) + "\n")
    return tmp_path


def article(n: int) -> dict[str, object]:
    date = "2026/03/11" if n else None
    return {"doc_id": f"velm.example/{n}", "url": f"https://velm.example/{n}", "title": f"Title {n}",
            "authors": ["Ada Lind"], "publish_date": date, "text": f"Text {n}."}  # fmt: skip


def test_realtimeqa_asks_what_has_a_source_as_of_its_day(published: Path) -> None:
    (case,) = load("realtimeqa", published)
    assert (case.id, case.as_of, case.gold) == ("q1", "2026-03-12", ("velm.example/1",))
    assert (case.answers, case.choices, case.answerable) == (("Velm",), (), True)


def test_realtimeqa_choice_gives_the_options(published: Path) -> None:
    (case,) = load("realtimeqa-choice", published)
    assert (case.id, case.choices, case.answers) == ("q1", ("Velm", "Brask"), ("Velm",))


def test_realtimeqa_web_takes_what_a_search_found_as_source(published: Path) -> None:
    (case,) = load("realtimeqa-web", published)
    assert (case.id, case.gold) == ("q2", ("velm.example/2",))


def test_realtimeqa_all_does_not_guess_what_can_be_answered(published: Path) -> None:
    assert [(case.id, case.answerable) for case in load("realtimeqa-all", published)] == [
        ("q1", True),
        ("q2", None),
    ]


def test_a_drawn_archive_holds_the_sources_and_others_in_order(published: Path) -> None:
    drawn = list(realtimeqa.articles(published, 10))
    ids = [str(a["id"]) for a in drawn]
    assert len(drawn) == len(set(ids)) == 10
    assert "velm.example/1" in ids
    assert ids == sorted(ids, key=lambda id_: int(id_.rpartition("/")[2]))
    assert next(a for a in drawn if a["id"] == "velm.example/1") == {
        "id": "velm.example/1", "url": "https://velm.example/1", "title": "Title 1", "authors": ["Ada Lind"],
        "published": "2026/03/11", "text": "Text 1.",
    }  # fmt: skip


def test_the_draw_depends_on_the_seed_alone(published: Path) -> None:
    def ids(seed: str) -> list[str]:
        return [article["id"] for article in realtimeqa.articles(published, 10, seed)]

    assert ids("a") == ids("a") != ids("b")
    assert set(ids("a")) < {article["id"] for article in realtimeqa.articles(published, 15, "a")}


def test_all_there_is_is_drawn_when_there_are_fewer(published: Path) -> None:
    assert len(list(realtimeqa.articles(published, 2_000))) == 30


def test_real_news_is_taken_where_it_is(published: Path, tmp_path: Path) -> None:
    assert real_or_sample(published).name == "realtimeqa"
    assert real_or_sample(tmp_path / "nowhere").name == "sample"


def test_the_sample_archive_holds_the_articles_of_its_questions() -> None:
    articles = list(SUITES["sample"].articles(Path(), 1_000))
    names = {article[name] for article in articles for name in ("id", "title", "url")}
    lost = {case.id for case in load("sample") if case.gold and not names & set(case.gold)}
    assert not lost
    assert len(list(SUITES["sample"].articles(Path(), 10))) == 10


def test_where_data_lies(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEWSDESK_DATA", "/somewhere")
    assert data_folder() == Path("/somewhere")
    monkeypatch.delenv("NEWSDESK_DATA")
    assert data_folder().parts[-2:] == ("shared", "data")


def test_missing_data_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"needs .*questions\.jsonl: set NEWSDESK_DATA"):
        load("realtimeqa", tmp_path)


def test_the_sample_has_questions_of_every_kind() -> None:
    cases = load("sample")
    assert len(cases) >= 60
    assert sum(case.answerable is False for case in cases) >= 15
    assert sum(case.as_of is not None for case in cases) >= 10
    answerable = [case for case in cases if case.answerable]
    assert all(case.answers and case.gold and case.quote for case in answerable)


def test_the_real_questions_are_read_whole(data: Path) -> None:
    cases = load("realtimeqa", data)
    assert len(cases) > 100
    assert all(case.gold and case.answers and case.as_of for case in cases)


def test_every_suite_says_what_it_measures() -> None:
    assert all(suite.measures and suite.name == name for name, suite in SUITES.items())


def test_multihop_asks_of_facts_and_of_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "multihop500"
    folder.mkdir()
    asked = [
        {"id": "0", "question": "Do both say so?", "question_type": "comparison_query", "answer": "yes",
         "gold_fact_ids": ["f1", "f2"], "gold_urls": []},
        {"id": "1", "question": "Who else?", "question_type": "null_query", "answer": "", "gold_fact_ids": [],
         "gold_urls": []},
    ]  # fmt: skip
    fact = {"fact_id": "f1", "author": "", "fact": "The pier is closed.", "published_at": "2023-09-26",
            "source": "The Echo", "title": "Pier closed", "url": "https://echo.example/1"}  # fmt: skip
    (folder / "queries.jsonl").write_text("".join(json.dumps(q) + "\n" for q in asked), encoding="utf-8")
    (folder / "facts.jsonl").write_text(json.dumps(fact) + "\n", encoding="utf-8")
    answerable, null = load("multihop", tmp_path)
    assert (answerable.gold, answerable.answerable, answerable.tags) == (("f1", "f2"), True, ("comparison",))
    assert (null.gold, null.answerable) == ((), False)
    (article,) = SUITES["multihop"].articles(tmp_path, 10)
    assert (article["id"], article["text"], article["authors"]) == ("f1", "The pier is closed.", [])
