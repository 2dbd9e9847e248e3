"""RealTimeQA (Kasai et al. 2023): quiz questions about the week's news, each with its date.

Reads `realtimeqa/questions.jsonl` in the folder of data sets, and draws from `articles.jsonl.zst` beside
it an archive small enough to try things on. The articles are not ours: they stay in that folder.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from eval.case import Case, json_lines
from ingest.errors import UsageError

_QUESTIONS, _ARTICLES = "questions.jsonl", "articles.jsonl.zst"
_QUOTES = "“”‘’\"' "


def cases(data: Path) -> list[Case]:
    """The questions whose source article is known; asked as of the day the quiz came out."""
    return [case for case in all_cases(data) if case.gold]


def web_cases(data: Path) -> list[Case]:
    """The questions with an article that a search of the web found to hold the answer, as their source.

    The article may have come out later than the quiz, so that whether one can be answered is not known.
    """
    values = [value for _, value in json_lines(_file(data, _QUESTIONS)) if value["weak_gold"]]
    return [replace(_case(value), gold=(*value["gold"], *value["weak_gold"])) for value in values]


def all_cases(data: Path) -> list[Case]:
    """Every question. Whether an archive can answer one without a known article is not known."""
    return [_case(value) for _, value in json_lines(_file(data, _QUESTIONS))]


def choice_cases(data: Path) -> list[Case]:
    """Every question with its four options: one of them is to be chosen, and nothing refused."""
    values = [value for _, value in json_lines(_file(data, _QUESTIONS)) if len(value["choices"]) > 1]
    return [replace(_case(value), choices=_plain(value["choices"])) for value in values]


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


def articles(data: Path, count: int = 2_000, seed: str = "newsdesk") -> Iterator[dict[str, Any]]:
    """An archive to ask these questions of: all source articles, and others drawn up to `count`.

    In the order of the data set. The draw depends on the seed and each article's id alone; when `count`
    is less than the source articles, it is drawn from those.
    """
    gold = {article for case in cases(data) for article in case.gold}
    ids = [article["doc_id"] for article in _published(data)]
    drawn = set(sorted(ids, key=lambda id_: (id_ not in gold, _lot(seed, id_)))[:count])
    for article in _published(data):
        if article["doc_id"] in drawn:
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

    with zstandard.open(_file(data, _ARTICLES), "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def _file(data: Path, name: str) -> Path:
    path = data / "realtimeqa" / name
    if not path.is_file():
        raise UsageError(f"RealTimeQA needs {path}: set NEWSDESK_DATA to the folder that holds `realtimeqa`.")
    return path
