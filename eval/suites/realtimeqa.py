"""RealTimeQA (Kasai et al. 2023): quiz questions about the week's news, each with its date.

Reads `realtimeqa/` in the folder of data sets: `questions.jsonl`, or the files as they are published
(`*_qa.jsonl`, `*_qa_nota.jsonl`). Draws from `articles.jsonl.zst` beside them an archive small enough to try
things on. The articles are not ours: they stay in that folder.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from app.understand import understand
from eval.case import Case, json_lines
from eval.suites.suite import Suite, file_of

NONE = "None of the above"
_QUESTIONS, _ARTICLES = "questions.jsonl", "articles.jsonl.zst"
_PUBLISHED, _PUBLISHED_NONE = "**/*_qa.jsonl", "**/*_qa_nota.jsonl"
_QUOTES = "“”‘’\"' "
_LINK = re.compile(r'href="(https?://[^"#]+)')


def cases(data: Path) -> list[Case]:
    """The questions whose source article is known; asked as of the day the quiz came out."""
    return [case for case in all_cases(data) if case.gold]


def web_cases(data: Path) -> list[Case]:
    """The questions with an article that a search of the web found to hold the answer, as their source.

    The article may have come out later than the quiz, so that whether one can be answered is not known.
    """
    values = [value for value in _questions(data) if value["weak_gold"]]
    return [replace(_case(value), gold=(*value["gold"], *value["weak_gold"])) for value in values]


def later_cases(data: Path) -> list[Case]:
    """Questions without a word of when, asked one and three years later: newness must not cost them much.

    Those with a known source, or with one found on the web.
    """
    sourced = {case.id: case for case in (*web_cases(data), *cases(data))}
    return [
        replace(case, id=f"{case.id} +{years}", as_of=_later(case.as_of, years), tags=(f"+{years}",))
        for case in sourced.values()
        if case.as_of and not understand(case.question).wants_newest
        for years in (1, 3)
    ]


def _later(day: str, years: int) -> str:
    """The same day, years later; the 28th for a 29th of February."""
    year, rest = day.split("-", 1)
    return f"{int(year) + years}-{'02-28' if rest == '02-29' else rest}"


def all_cases(data: Path) -> list[Case]:
    """Every question. Whether an archive can answer one without a known article is not known."""
    return [_case(value) for value in _questions(data)]


def choice_cases(data: Path) -> list[Case]:
    """Every question with its four options: one of them is to be chosen, and nothing refused."""
    return [_with_choices(value) for value in _questions(data) if len(value["choices"]) > 1]


def none_cases(data: Path) -> list[Case]:
    """Every question with one option taken away, perhaps the right one, and "None of the above" put last.

    As published where that is there; else the option is drawn by the id of the question.
    """
    published = sorted((data / "realtimeqa").glob(_PUBLISHED_NONE))
    if published:
        values = (_as_prepared(value) for path in published for _, value in json_lines(path))
    else:
        values = (_without_one(value) for value in _questions(data) if len(value["choices"]) > 1)
    return [_with_choices(value) for value in values]


def _without_one(value: dict[str, Any]) -> dict[str, Any]:
    gone = value["choices"][int(_lot("none", value["id"]), 16) % len(value["choices"])]
    choices = [*(choice for choice in value["choices"] if choice != gone), NONE]
    return value | {"choices": choices, "answer": [NONE] if gone in value["answer"] else value["answer"]}


def _with_choices(value: dict[str, Any]) -> Case:
    return replace(_case(value), choices=_plain(value["choices"]))


def _plain(texts: list[str]) -> tuple[str, ...]:
    return tuple(text.strip(_QUOTES) for text in texts)


def _case(value: dict[str, Any]) -> Case:
    return Case(
        id=value["id"],
        question=value["question"],
        as_of=value["date"],
        answers=_plain(value["answer"]),
        gold=tuple(value["gold"]),
        answerable=True if value["gold"] else None,
        tags=(value["outlet"],),
    )


def _questions(data: Path) -> Iterator[dict[str, Any]]:
    path = file_of(data, "realtimeqa", (_QUESTIONS, _PUBLISHED), "RealTimeQA")
    if path.name == _QUESTIONS:
        yield from (value for _, value in json_lines(path))
        return
    for published in sorted((data / "realtimeqa").glob(_PUBLISHED)):
        yield from (_as_prepared(value) for _, value in json_lines(published))


def _as_prepared(value: dict[str, Any]) -> dict[str, Any]:
    """A question as published, in the shape of `questions.jsonl`: answers in words, links as sources."""
    return {
        "id": value["question_id"],
        "date": value["question_date"].replace("/", "-"),
        "outlet": value["question_source"],
        "question": value["question_sentence"],
        "choices": value["choices"],
        "answer": [value["choices"][int(place)] for place in value["answer"]],
        "gold": _LINK.findall(value.get("evidence", "")),
        "weak_gold": [],
    }


def articles(data: Path, count: int = 2_000, seed: str = "newsdesk") -> Iterator[dict[str, Any]]:
    """An archive to ask these questions of: all source articles, and others drawn up to `count`.

    In the order of the data set. The draw depends on the seed and each article's id alone; when `count`
    is less than the source articles, it is drawn from those.
    """
    gold = {article for case in cases(data) for article in case.gold}
    ids = [(article["doc_id"], article["url"]) for article in _published(data)]
    drawn = sorted(ids, key=lambda one: (not gold & set(one), _lot(seed, one[0])))[:count]
    wanted = {id_ for id_, _ in drawn}
    for article in _published(data):
        if article["doc_id"] in wanted:
            yield {
                "id": article["doc_id"],
                "url": article["url"],
                "title": article["title"],
                "authors": article["authors"],
                "published": article["publish_date"],
                "text": article["text"],
            }


def is_in(data: Path) -> bool:
    return all((data / "realtimeqa" / name).is_file() for name in (_QUESTIONS, _ARTICLES))


def _lot(seed: str, id_: str) -> str:
    return hashlib.sha256(f"{seed}:{id_}".encode()).hexdigest()


def _published(data: Path) -> Iterator[dict[str, Any]]:
    import zstandard

    path = file_of(data, "realtimeqa", (_ARTICLES,), "RealTimeQA")
    with zstandard.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


_LLAMAINDEX = (
    "LlamaIndex as it comes, 2,000 articles: Hits@1 .665, @4 .871, @10 .960, MRR@10 .767 (measured here)"
)
_CHOICE = "given retrieved documents: GPT-3 .641, GPT-5.4 .725 (published)"
SUITES = (
    Suite("realtimeqa", "RealTimeQA: questions with a known source", cases, articles, (_LLAMAINDEX,)),
    Suite("realtimeqa-web", "RealTimeQA: questions with a source found on the web", web_cases, articles),
    Suite("realtimeqa-later", "RealTimeQA: asked one and three years later", later_cases, articles),
    Suite("realtimeqa-all", "RealTimeQA: every question", all_cases, articles),
    Suite("realtimeqa-choice", "RealTimeQA: with four options", choice_cases, articles, (_CHOICE,)),
    Suite("realtimeqa-none", "RealTimeQA: with three options and none of the above", none_cases, articles),
)  # fmt: skip
