"""The values of an answer: a citation that cannot be made wrong, and what comes back from JSON."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.answer import Citation
from ingest.article import Article
from ingest.errors import IntegrityError

ARTICLE = Article("a", "Ferry sinks", "The ferry sank. Nine died.")
CITATION = Citation.of(ARTICLE, 16, 26)
JSON = {
    "article_id": "a",
    "content_hash": ARTICLE.content_hash,
    "start": 16,
    "end": 26,
    "quote": "Nine died.",
}


def test_a_citation_is_the_articles_own_characters() -> None:
    assert CITATION.quote == "Nine died."
    CITATION.check(ARTICLE)
    CITATION.check(replace(ARTICLE, version=7))


@pytest.mark.parametrize(("start", "end"), [(-1, 5), (5, 5), (6, 5), (0, 27), (99, 100)])
def test_impossible_spans_cannot_be_cited(start: int, end: int) -> None:
    with pytest.raises(IntegrityError, match=f"No characters {start} to {end}"):
        Citation.of(ARTICLE, start, end)


@pytest.mark.parametrize(
    "wrong",
    [
        {"article_id": "b"},
        {"content_hash": "0" * 32},
        {"quote": "Ten died."},
        {"start": 15, "end": 25},
        {"start": -10, "end": 26},
        {"start": -10, "end": -1, "quote": "Nine died"},
        {"end": 99},
        {"start": 3, "end": 3, "quote": ""},
    ],
)
def test_a_wrong_citation_does_not_pass(wrong: dict[str, Any]) -> None:
    citation = replace(CITATION, **wrong)
    assert not citation.stands_in(ARTICLE)
    with pytest.raises(IntegrityError, match="newsdesk verify"):
        citation.check(ARTICLE)


def test_a_citation_of_an_older_text_does_not_pass_for_the_newer() -> None:
    with pytest.raises(IntegrityError):
        CITATION.check(replace(ARTICLE, text=f"{ARTICLE.text} One lived."))


def test_a_citation_comes_back_from_json() -> None:
    assert CITATION.to_json() == JSON
    assert Citation.from_json(json.loads(json.dumps(JSON))) == CITATION
    assert Citation.from_json({**JSON, "more": 1}) == CITATION


@pytest.mark.parametrize(
    "nonsense",
    [
        None,
        [],
        "a",
        {},
        *({name: value for name, value in JSON.items() if name != left} for left in JSON),
        {**JSON, "start": "16"},
        {**JSON, "start": 16.0},
        {**JSON, "start": True},
        {**JSON, "start": -10, "end": -1},
        {**JSON, "end": 16},
        {**JSON, "quote": None},
        {**JSON, "article_id": "\ud800"},
    ],
)
def test_nonsense_is_no_citation(nonsense: object) -> None:
    with pytest.raises(ValueError, match="A citation is a JSON object") as error:
        Citation.from_json(nonsense)
    assert "\n" not in str(error.value)


@given(st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from([*JSON]), inner),
    max_leaves=8,
))  # fmt: skip
def test_any_json_is_a_citation_or_a_value_error(value: object) -> None:
    try:
        citation = Citation.from_json(value)
    except ValueError:
        return
    assert citation.to_json().items() <= dict(value).items()  # type: ignore[call-overload]
