"""MultiHop-RAG (Tang and Yang 2024), part: questions that need several articles, and some that none answers.

Reads `multihop500/queries.jsonl` and `facts.jsonl` in the folder of data sets; every fact is an article of
one sentence.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from eval.case import Case, json_lines
from ingest.errors import UsageError

_QUERIES, _FACTS = "queries.jsonl", "facts.jsonl"


def cases(data: Path) -> list[Case]:
    """The questions of all four types; those of type null cannot be answered.

    The answers are names, yes, no or a phrase about them, of which hardly any stands in an article: they are
    left out.
    """
    return [_case(value) for _, value in json_lines(_file(data, _QUERIES))]


def _case(value: dict[str, Any]) -> Case:
    kind = value["question_type"].removesuffix("_query")
    can_answer = kind != "null"
    gold = tuple(map(str, value["gold_fact_ids"])) if can_answer else ()
    return Case(value["id"], value["question"], gold=gold, answerable=can_answer, tags=(kind,))


def articles(data: Path, count: int) -> Iterator[dict[str, Any]]:
    """The first `count` facts as articles."""
    for _, value in islice(json_lines(_file(data, _FACTS)), count):
        yield {
            "id": str(value["fact_id"]),
            "url": value["url"],
            "title": value["title"],
            "authors": [value["author"]] if value["author"] else [],
            "published": value["published_at"],
            "source": value["source"],
            "text": value["fact"],
        }


def _file(data: Path, name: str) -> Path:
    path = data / "multihop500" / name
    if not path.is_file():
        raise UsageError(
            f"MultiHop-RAG needs {path}: set NEWSDESK_DATA to the folder that holds `multihop500`."
        )
    return path
