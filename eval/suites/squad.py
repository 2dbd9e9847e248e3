"""SQuAD 2.0 (Rajpurkar et al. 2018): half of the questions have no answer in the paragraph they belong to.

Reads `squad2/dev-v2.0.json` in the folder of data sets, or a part of it whose name ends so. Every paragraph
is an article of an outlet of its own, and its questions name that outlet: they are asked of it alone.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from eval.case import Case
from eval.suites.suite import Suite, file_of
from ingest.errors import UsageError


def cases(data: Path) -> list[Case]:
    """One question of each paragraph after another, so that a beginning of them is of many paragraphs."""
    asked = [
        [_case(question, outlet) for question in paragraph["qas"]]
        for outlet, _, paragraph in _paragraphs(data)
    ]
    longest = max(map(len, asked), default=0)
    return [questions[turn] for turn in range(longest) for questions in asked if turn < len(questions)]


def _case(value: dict[str, Any], outlet: str) -> Case:
    can_answer = not value["is_impossible"]
    answers = tuple(dict.fromkeys(answer["text"] for answer in value["answers"])) if can_answer else ()
    gold = (_id(outlet),) if can_answer else ()
    return Case(
        value["id"],
        value["question"],
        None,
        answers,
        gold,
        answerable=can_answer,
        sources=(outlet,),
        story=outlet,
    )


def articles(data: Path, count: int) -> Iterator[dict[str, Any]]:
    """The first `count` paragraphs as articles."""
    for outlet, title, paragraph in islice(_paragraphs(data), count):
        yield {"id": _id(outlet), "title": title, "source": outlet, "text": paragraph["context"]}


def _id(outlet: str) -> str:
    return re.sub(r"\W+", "-", outlet)


def _paragraphs(data: Path) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """(outlet, title, paragraph) of each."""
    path = file_of(data, "squad2", ("dev-v2.0.json", "*dev-v2.0.json"), "SQuAD 2.0")
    try:
        values = json.loads(path.read_bytes())["data"]
    except (OSError, ValueError, KeyError):
        raise UsageError(f"{path} is not SQuAD 2.0: fetch it anew.") from None
    for value in values:
        title = value["title"].replace("_", " ")
        for number, paragraph in enumerate(value["paragraphs"]):
            yield f"{title}, paragraph {number + 1}", title, paragraph


SUITE = Suite("squad2", "SQuAD 2.0: reading a paragraph, or seeing that it has no answer", cases, articles)
