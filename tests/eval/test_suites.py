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


def test_realtimeqa_later_asks_the_same_in_later_years(published: Path) -> None:
    assert [(case.id, case.as_of, case.gold) for case in load("realtimeqa-later", published)] == [
        ("q2 +1", "2027-03-12", ("velm.example/2",)),
        ("q2 +3", "2029-03-12", ("velm.example/2",)),
        ("q1 +1", "2027-03-12", ("velm.example/1",)),
        ("q1 +3", "2029-03-12", ("velm.example/1",)),
    ]


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


def test_realtimeqa_is_read_as_published_too(tmp_path: Path) -> None:
    folder = tmp_path / "realtimeqa" / "past" / "2026"
    folder.mkdir(parents=True)
    asked = {
        "question_id": "20260313_0", "question_date": "2026/03/13", "question_source": "Velm Courier",
        "question_url": "https://velm.example/quiz", "question_sentence": "Which port reopened?",
        "choices": ["“Velm”", "Brask"], "answer": ["0"],
        "evidence": 'The <a href="https://velm.example/1#top">port</a> is open.',
    }  # fmt: skip
    none = asked | {
        "question_id": "20260313_0_nota",
        "choices": ["Brask", "None of the above"],
        "answer": ["1"],
    }
    (folder / "20260313_qa.jsonl").write_text(json.dumps(asked) + "\n", encoding="utf-8")
    (folder / "20260313_qa_nota.jsonl").write_text(json.dumps(none) + "\n", encoding="utf-8")
    (case,) = load("realtimeqa", tmp_path)
    assert (case.as_of, case.answers, case.gold) == ("2026-03-13", ("Velm",), ("https://velm.example/1",))
    (case,) = load("realtimeqa-none", tmp_path)
    assert (case.choices, case.answers) == (("Brask", "None of the above"), ("None of the above",))


def test_none_of_the_above_is_right_when_the_answer_is_taken_away(published: Path) -> None:
    questions = [
        QUESTIONS[0] | {"id": f"q{n}", "choices": ["“Velm”", "Brask", "Orrin", "Tarn"]} for n in range(40)
    ]
    lines = "".join(json.dumps(question) + "\n" for question in questions)
    (published / "realtimeqa" / "questions.jsonl").write_text(lines, encoding="utf-8")
    cases = load("realtimeqa-none", published)
    assert cases == load("realtimeqa-none", published)
    assert all(len(case.choices) == 4 and case.choices[-1] == "None of the above" for case in cases)
    gone = [case for case in cases if "Velm" not in case.choices]
    assert 0 < len(gone) < 20
    assert {case.answers for case in gone} == {("None of the above",)}
    assert {case.answers for case in cases if case not in gone} == {("Velm",)}


RGB = {"id": 7, "query": "Where was the cup played?", "answer": ["Velm", "the city of Velm"],
       "positive": ["The cup was played in Velm.", "Velm saw the cup."],
       "negative": ["Brask has a harbour.", "Orrin rained.", "Tarn slept."]}  # fmt: skip


@pytest.fixture
def rgb(tmp_path: Path) -> Path:
    folder = tmp_path / "rgb"
    folder.mkdir()
    altered = RGB | {"fakeanswer": "Brask", "positive_wrong": ["The cup was played in Brask."]}
    parts = RGB | {"answer": [["1 May", "May 1"], ["2 June"]], "positive": [["On 1 May."], ["On 2 June."]]}
    for name, value in (("en_refine.json", RGB), ("en_fact.json", altered), ("en_int.json", parts)):
        (folder / name).write_text(json.dumps(value) + "\n", encoding="utf-8")
    return tmp_path


def test_rgb_asks_each_question_of_its_own_passages(rgb: Path) -> None:
    (case,) = load("rgb-noise", rgb)
    articles = list(SUITES["rgb-noise"].articles(rgb, 100))
    assert len(articles) == 4  # two with the answer, two of noise
    assert (
        {article["source"] for article in articles}
        == set(case.sources)
        == {"The True Post 7", "The Other Post 7"}
    )
    assert (case.answers, case.contested, case.answerable) == (("Velm", "the city of Velm"), False, True)


def test_rgb_rejection_has_nothing_to_say(rgb: Path) -> None:
    (case,) = load("rgb-rejection", rgb)
    assert (case.answerable, case.answers) == (False, ())
    assert [a["text"] for a in SUITES["rgb-rejection"].articles(rgb, 100)] == RGB["negative"]


def test_rgb_integration_wants_both_parts(rgb: Path) -> None:
    (case,) = load("rgb-integration", rgb)
    assert (case.answers, case.also) == (("1 May", "May 1"), (("2 June",),))
    assert [a["text"] for a in SUITES["rgb-integration"].articles(rgb, 100)][:2] == [
        "On 1 May.",
        "On 2 June.",
    ]


def test_rgb_counterfactual_knows_the_altered_value(rgb: Path) -> None:
    (case,) = load("rgb-counterfactual", rgb)
    assert (case.wrong, case.contested) == (("Brask",), True)
    sources = {article["source"] for article in SUITES["rgb-counterfactual"].articles(rgb, 100)}
    assert sources == {"The True Post 7", "The Altered Post 7", "The Other Post 7"}


def test_squad_asks_each_paragraph_in_turn(tmp_path: Path) -> None:
    def asked(id_: str, answer: str) -> dict[str, object]:
        answers = [{"text": answer, "answer_start": 0}] * 2 if answer else []
        return {"id": id_, "question": f"What is {id_}?", "answers": answers, "is_impossible": not answer}

    paragraphs = [{"context": "Velm is a port.", "qas": [asked("a", "a port"), asked("b", "")]},
                  {"context": "Brask is a town.", "qas": [asked("c", "a town")]}]  # fmt: skip
    document = {"version": "v2.0", "data": [{"title": "Old_Towns", "paragraphs": paragraphs}]}
    (tmp_path / "squad2").mkdir()
    (tmp_path / "squad2" / "dev-v2.0.json").write_text(json.dumps(document), encoding="utf-8")
    cases = load("squad2", tmp_path)
    assert [case.id for case in cases] == ["a", "c", "b"]
    assert (cases[0].answers, cases[0].sources) == (("a port",), ("Old Towns, paragraph 1",))
    assert (cases[2].answerable, cases[2].gold, cases[2].answers) == (False, (), ())
    articles = list(SUITES["squad2"].articles(tmp_path, 10))
    assert [(a["source"], a["text"]) for a in articles][1] == ("Old Towns, paragraph 2", "Brask is a town.")


def test_multihop_is_read_as_published_too(tmp_path: Path) -> None:
    folder = tmp_path / "multihop-rag"
    folder.mkdir()
    source = {
        "title": "Pier closed", "author": "Ada Lind", "url": "https://echo.example/1", "source": "The Echo",
        "category": "news", "published_at": "2023-09-26T17:01:22+00:00",
    }  # fmt: skip
    queries = [{"query": "Who closed it?", "answer": "Velm", "question_type": "inference_query",
                "evidence_list": [source | {"fact": "The pier is closed."}]},
               {"query": "Who else?", "answer": "Insufficient information.", "question_type": "null_query",
                "evidence_list": []}]  # fmt: skip
    (folder / "MultiHopRAG.json").write_text(json.dumps(queries), encoding="utf-8")
    (folder / "corpus.json").write_text(
        json.dumps([source | {"body": "The pier is closed."}]), encoding="utf-8"
    )
    first, null = load("multihop", tmp_path)
    assert (first.answers, first.gold, first.all_needed) == (("Velm",), (source["url"],), True)
    assert null.answerable is False
    (article,) = SUITES["multihop"].articles(tmp_path, 10)
    assert (article["id"], article["text"]) == (source["url"], "The pier is closed.")


def test_an_excerpt_names_its_article_or_none(tmp_path: Path) -> None:
    cases = load("tow", tmp_path)
    articles = {article["id"]: article for article in SUITES["tow"].articles(tmp_path, 1_000)}
    assert cases == load("tow", tmp_path)
    told = [case for case in cases if case.answerable]
    held_out = [case for case in cases if not case.answerable]
    assert len(told) > 3 * len(held_out) > 0
    for case in told:
        article = articles[case.gold[0]]
        assert article["text"][case.start : case.end] == case.quote
        assert (case.article.title, case.article.source) == (article["title"], article["source"])
    assert not {case.id.removeprefix("tow-") for case in held_out} & articles.keys()
