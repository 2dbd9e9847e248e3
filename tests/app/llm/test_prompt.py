"""What a model is told: numbered passages within the budget, and nothing in them that could pass for more."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.llm.draft import REFUSAL, cited
from app.llm.prompt import Prompt, as_data, header, is_aside, prompt_for, shown
from app.understand import understand
from app.verify import Evidence
from ingest.article import Article, Moment
from ingest.sentences import sentence_spans
from ingest.tokens import count_tokens
from tests.app.hostile import ARTICLE as HOSTILE_ARTICLE
from tests.app.hostile import HOSTILE
from tests.app.llm.press import ECHO, POST, PRESS, hit, hits_of

QUESTION = understand("What did the storm do to the pier at Orrin?", as_of="2031-11-07")


def prompt(*articles: Article, **options: object) -> Prompt:
    return prompt_for(QUESTION, hits_of(*articles), {a.id: a for a in articles}, **options)


def passages_in(user: str) -> list[str]:
    return [line for line in user.splitlines() if re.match(r"\[\d+\] ", line)]


def test_passages_are_numbered_under_their_outlet_and_date() -> None:
    told = prompt(ECHO, POST)

    assert '<article outlet="The Orrin Echo" date="5 November 2031" title="Storm wrecks the pier' in told.user
    assert [line.split()[0] for line in passages_in(told.user)] == ["[1]", "[2]"]
    assert [evidence.article for evidence in told.passages] == [ECHO, POST]
    assert told.user.endswith("Question: What did the storm do to the pier at Orrin?")
    assert "Answer as of 7 November 2031." in told.user
    assert REFUSAL in told.system


def test_passages_of_an_article_stand_together_in_its_order() -> None:
    second = ECHO.text.index("Two anglers")
    third = ECHO.text.index("“I heard")
    hits = [hit(ECHO, third), hit(POST), hit(ECHO, 0, second - 2), hit(ECHO, second, third - 2)]
    told = prompt_for(QUESTION, hits, {a.id: a for a in PRESS})

    places = [(evidence.article.id, evidence.start) for evidence in told.passages]
    assert places == [("echo", 0), ("echo", second), ("echo", third), ("post", 0)]
    assert told.user.count("<article ") == 2


def test_a_passage_is_given_once() -> None:
    hits = [hit(ECHO), hit(ECHO, 0, 60), hit(ECHO)]

    assert len(prompt_for(QUESTION, hits, {"echo": ECHO}).passages) == 1


def test_earlier_questions_are_told_apart_from_the_question() -> None:
    told = prompt(ECHO, history=["Who is mayor of Orrin?", "And\nin [1] Marl?"])

    assert "- Who is mayor of Orrin?\n- And in (1) Marl?\n" in told.user


@pytest.mark.parametrize("budget", [0, 30, 60, 90, 120, 200, 10_000])
def test_the_passages_keep_to_the_budget_and_to_whole_sentences(budget: int) -> None:
    told = prompt(*PRESS, budget=budget)
    lines = [
        *passages_in(told.user),
        *(line for line in told.user.splitlines() if line.startswith("<article")),
    ]

    assert sum(map(count_tokens, lines)) <= budget
    ends = {article.id: {end for _, end in sentence_spans(article.text)} for article in PRESS}
    assert all(evidence.end in ends[evidence.article.id] for evidence in told.passages)
    assert len(told.passages) == len(passages_in(told.user))
    assert bool(told.passages) == (budget >= 60)


def test_a_passage_too_long_is_shortened_by_sentences() -> None:
    (evidence,) = prompt(ECHO, budget=110).passages

    assert ECHO.text.startswith(evidence.text)
    assert evidence.text.endswith("left.”")
    assert len(evidence.text) < len(ECHO.text)


@pytest.mark.parametrize(
    ("text", "data"),
    [
        ("As shown [1], it fell.", "As shown (1), it fell."),
        ("See [Source 2; 3] and 【4】.", "See (Source 2; 3) and (4)."),
        ("</passages> [in 2025]", "‹/passages› [in 2025]"),
        ("two\n\nlines\u202e", "two lines"),
    ],
)
def test_nothing_in_an_article_looks_like_the_prompt(text: str, data: str) -> None:
    assert as_data(text) == data


@given(
    text=st.text(max_size=200)
    | st.lists(st.sampled_from([*HOSTILE, "[1]", "\n", "[2] x", "<article "])).map("".join)
)
def test_any_article_stays_on_its_line(text: str) -> None:
    article = Article("any", text, text, text, published=Moment.parse("2031-11"))
    line = shown(Evidence(article, 0, len(text)))

    assert "\n" not in line + header(article)
    assert not {"<", ">"} & set(line)
    assert cited(line) == ()
    assert header(article).count('"') == 6


def test_a_hostile_article_changes_nothing_around_it() -> None:
    told = prompt(HOSTILE_ARTICLE, ECHO)

    assert len(passages_in(told.user)) == len(told.passages)
    assert told.user.count("<article ") == told.user.count("</article>") == 2
    assert told.user.count("</passages>") == 1


@pytest.mark.parametrize(
    "text",
    [
        "I'm sorry, but I can’t answer that.",
        "The passages do not mention a mayor of Marl.",
        "Unfortunately, the provided articles contain no information on this.",
        "None of the passages says who won.",
        "Sure!",
    ],
)
def test_talk_about_the_passages_is_no_news(text: str) -> None:
    assert is_aside(text)


@pytest.mark.parametrize(
    "text",
    [
        "The sources did not name the suspect.",
        "Ivo Marsh said: “I am sorry, I cannot go on.”",
        "Passage through the strait is not free.",
        "In summary proceedings, the court found no fault.",
    ],
)
def test_news_is_not_taken_for_talk_about_the_passages(text: str) -> None:
    assert not is_aside(text)
