"""RGB (Chen et al. 2024): answers from noisy, irrelevant, scattered and altered passages.

Reads `rgb/` in the folder of data sets as published: `en_refine.json` or `en.json`, `en_int.json`,
`en_fact.json`, one object on each line. Every question is asked of its own passages alone: they are articles
of outlets that no other question has, and the question names those outlets. Where a file is missing, the
passages of `en_fact` stand in for noise and rejection.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import chain, islice
from pathlib import Path
from typing import Any

from eval.case import Case, json_lines
from eval.suites.suite import Suite, file_of

# Of the passages of a question how many are noise, and how many there are (Chen et al. 2024).
NOISE, PASSAGES = 0.4, 5
_PLAIN = ("en_refine.json*", "en.json*", "en_fact.json*")
_SCATTERED, _ALTERED = ("en_int.json*",), ("en_fact.json*",)
_DAY = "2023-03-01"
_TITLE_WORDS = 6

Value = dict[str, Any]
Passages = list[tuple[str, str]]
"""(outlet, text) of each."""


def _noisy(value: Value) -> Passages:
    noise = min(len(value["negative"]), round(PASSAGES * NOISE))
    said = [("The True Post", text) for text in _flat(value["positive"])[: PASSAGES - noise]]
    return said + [("The Other Post", text) for text in value["negative"][:noise]]


def _irrelevant(value: Value) -> Passages:
    return [("The Other Post", text) for text in value["negative"][:PASSAGES]]


def _scattered(value: Value) -> Passages:
    """One passage for each part of the answer in turn, then noise."""
    parts = list(chain.from_iterable(zip(*value["positive"], strict=False)))
    said = [("The True Post", text) for text in parts[:PASSAGES]]
    return said + [("The Other Post", text) for text in value["negative"][: PASSAGES - len(said)]]


def _altered(value: Value) -> Passages:
    kinds = {"positive": "The True Post", "positive_wrong": "The Altered Post", "negative": "The Other Post"}
    return [(outlet, text) for kind, outlet in kinds.items() for text in _flat(value[kind])]


def _cases(
    data: Path, files: Iterable[str], passages: Callable[[Value], Passages], make: Callable[[Value], Value]
) -> list[Case]:
    found = []
    for value in _values(data, files):
        outlets = dict.fromkeys(_outlet(value, outlet) for outlet, _ in passages(value))
        told = {"id": str(value["id"]), "question": value["query"], "sources": list(outlets)}
        found.append(Case.from_json(told | make(value)))
    return found


def _articles(
    data: Path, files: Iterable[str], passages: Callable[[Value], Passages], count: int
) -> Iterator[dict[str, Any]]:
    articles = (
        {
            "id": f"rgb-{value['id']}-{place}",
            "title": " ".join(text.split()[:_TITLE_WORDS]),
            "published": _DAY,
            "source": _outlet(value, outlet),
            "text": text,
        }
        for value in _values(data, files)
        for place, (outlet, text) in enumerate(passages(value))
    )
    yield from islice(articles, count)


def _values(data: Path, files: Iterable[str]) -> Iterator[Value]:
    return (value for _, value in json_lines(file_of(data, "rgb", files, "RGB")))


def _outlet(value: Value, name: str) -> str:
    return f"{name} {value['id']}"


def _flat(texts: Any) -> list[str]:
    """All texts, however deep they are listed."""
    return [text for part in texts for text in _flat(part)] if isinstance(texts, list) else [str(texts)]


def _answered(value: Value) -> Value:
    return {"answers": _flat(value["answer"]), "answerable": True, "contested": False}


def _refused(value: Value) -> Value:
    return {"answerable": False}


def _several(value: Value) -> Value:
    first, *others = value["answer"]
    return {"answers": _flat(first), "also": list(map(_flat, others)), "answerable": True}


def _contested(value: Value) -> Value:
    return {
        "answers": _flat(value["answer"]),
        "wrong": [value["fakeanswer"]],
        "contested": True,
        "answerable": True,
    }


def _suite(
    name: str, measures: str, files: tuple[str, ...], passages: Callable[[Value], Passages],
    make: Callable[[Value], Value],
) -> Suite:  # fmt: skip
    return Suite(
        f"rgb-{name}",
        f"RGB: {measures}",
        lambda data: _cases(data, files, passages, make),
        lambda data, count: _articles(data, files, passages, count),
    )


SUITES = (
    _suite("noise", "two passages of five are beside the point", _PLAIN, _noisy, _answered),
    _suite("rejection", "no passage has the answer", _PLAIN, _irrelevant, _refused),
    _suite("integration", "the answer is in two passages", _SCATTERED, _scattered, _several),
    _suite("counterfactual", "passages altered to say otherwise", _ALTERED, _altered, _contested),
)
