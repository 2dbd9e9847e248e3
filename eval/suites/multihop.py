"""MultiHop-RAG (Tang and Yang 2024): questions that need several articles, and some that none answers.

Reads `multihop-rag/MultiHopRAG.json` and `corpus.json` in the folder of data sets, as published, or a part
of it in `multihop500/queries.jsonl` and `facts.jsonl`, where every fact is an article of one sentence.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from eval.case import Case, json_lines
from eval.suites.suite import Suite, file_of
from ingest.errors import UsageError

_WHOLE, _PART = "multihop-rag", "multihop500"


def cases(data: Path) -> list[Case]:
    """The questions of all four types; those of type null cannot be answered.

    Only the answers that are names are expected: hardly any "yes" or "before" stands in an article.
    """
    if _is_whole(data):
        values = enumerate(_json(data / _WHOLE / "MultiHopRAG.json"))
        return [_case(str(n), v["query"], v, [one["url"] for one in v["evidence_list"]]) for n, v in values]
    path = file_of(data, _PART, ("queries.jsonl",), "MultiHop-RAG")
    return [_case(v["id"], v["question"], v, v["gold_fact_ids"]) for _, v in json_lines(path)]


def _case(id_: str, question: str, value: dict[str, Any], gold: list[Any]) -> Case:
    kind = value["question_type"].removesuffix("_query")
    if kind == "null":
        return Case(id_, question, answerable=False, tags=(kind,))
    answers = (value["answer"],) if kind == "inference" else ()
    return Case(
        id_, question, None, answers, tuple(map(str, gold)), answerable=True, tags=(kind,), all_needed=True
    )


def articles(data: Path, count: int) -> Iterator[dict[str, Any]]:
    """The first `count` articles, or facts as articles."""
    if _is_whole(data):
        values = islice(_json(data / _WHOLE / "corpus.json"), count)
        yield from (_article(v, v["url"], v["body"]) for v in values)
        return
    path = file_of(data, _PART, ("facts.jsonl",), "MultiHop-RAG")
    yield from (_article(v, str(v["fact_id"]), v["fact"]) for _, v in islice(json_lines(path), count))


def _article(value: dict[str, Any], id_: str, text: str) -> dict[str, Any]:
    return {
        "id": id_,
        "url": value["url"],
        "title": value["title"],
        "authors": [value["author"]] if value["author"] else [],
        "published": value["published_at"],
        "source": value["source"],
        "text": text,
    }


def _is_whole(data: Path) -> bool:
    return (data / _WHOLE / "MultiHopRAG.json").is_file()


def _json(path: Path) -> list[dict[str, Any]]:
    try:
        found = json.loads(path.read_bytes())
    except (OSError, ValueError):
        raise UsageError(f"{path} cannot be read as JSON: fetch MultiHop-RAG's files anew.") from None
    return list(found)


SUITE = Suite(
    "multihop",
    "MultiHop-RAG: needs several articles, or none has it",
    cases,
    articles,
    ("bge-large with a reranker: Hits@4 .663, Hits@10 .747, MRR@10 .586 (Tang and Yang 2024)",),
)
