"""What Python callers get wrong is told in one sentence, and None is nothing given."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from app import Newsdesk
from app.talk.converse import Exchange
from ingest.errors import UsageError
from ingest.fakes import HashEmbedder
from tests.app.test_engine import ARTICLES, TOLL, fill


@pytest.fixture
def desk(home: Path) -> Iterator[Any]:
    """Typed as anything: what is given here is wrong on purpose."""
    fill(home, *ARTICLES)
    with Newsdesk.open(home, embedder=HashEmbedder()) as opened:
        yield opened


@pytest.mark.parametrize(
    ("question", "told"),
    [(None, "None"), (5, "an int"), (b"who", "a bytes"), (["Who?"], "a list")],
)
def test_a_question_is_a_text(desk: Any, question: object, told: str) -> None:
    with pytest.raises(UsageError, match=f"`question` is {told}: give a text"):
        desk.ask(question)


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"as_of": 2026}, "`as_of` is an int: write it as 2026-03-14"),
        ({"since": ["2026"]}, "`since` is a list"),
        ({"as_of": "9" * 100_000}, "`as_of` has a text of 100,000 characters: give at most 100"),
        ({"sources": "The Courier"}, "`sources` is one text: give a list"),
        ({"sources": 5}, "`sources` is an int"),
        ({"sources": [5]}, "One of `sources` is an int"),
        ({"sections": ["x" * 5_000]}, "`sections` has a text of 5,000 characters"),
        ({"history": "Who?"}, "`history` is one text: give a list of earlier questions"),
        ({"history": [{"question": "Who?"}]}, "One of `history` is a dict"),
        ({"history": [Exchange("Who?", answer_text=5)]}, "One of `history` is an Exchange"),  # type: ignore[arg-type]
        ({"choices": "abc"}, "`choices` is one text: give a list"),
        ({"choices": {"a": 1}}, "`choices` is a dict"),
        ({"choices": ["a", None]}, "One of `choices` is None"),
        ({"choices": [1, 2]}, "One of `choices` is an int"),
        ({"writer": 3}, "`writer` is an int"),
        ({"outlets": ["The Courier"]}, "There is no filter `outlets`; there are: as_of, since"),
    ],
)
def test_what_cannot_be_used_is_told_by_its_name(desk: Any, given: dict[str, Any], told: str) -> None:
    with pytest.raises(UsageError, match=told) as error:
        desk.ask(TOLL, **given)
    assert len(str(error.value)) < 200


def test_none_is_nothing_given(desk: Any) -> None:
    optional = ("history", "choices", "writer", "as_of", "since", "until", "sources", "sections")
    assert desk.ask(TOLL, **dict.fromkeys(optional)).text == desk.ask(TOLL).text
    assert desk.search("ferry", sources=None) == desk.search("ferry")


def test_any_series_of_texts_will_do(desk: Any) -> None:
    options = ("eleven", "thirty")
    chosen = desk.ask(TOLL, choices=iter(options), sources=(name for name in ["The Courier"])).choice
    assert chosen.text in options
    assert desk.ask(TOLL, as_of=date(2026, 3, 5)).as_of == "2026-03-05"


@pytest.mark.parametrize(
    ("call", "told"),
    [
        (lambda desk: desk.search("ferry", k="3"), "`k` is one text: give a whole number"),
        (lambda desk: desk.search("ferry", k=True), "`k` is a bool"),
        (lambda desk: desk.examples("3"), "`n` is one text"),
        (lambda desk: desk.show(None), "`article_id` is None"),
        (lambda desk: desk.show("x" * 5_000), "`article_id` has a text of 5,000 characters"),
        (lambda desk: desk.show("bridge", "1"), "`version` is one text"),
        (lambda desk: desk.related(7), "`article_id` is an int"),
        (lambda desk: desk.related("bridge", as_of=7), "`as_of` is an int"),
        (lambda desk: Newsdesk.open(desk, llm=None), "`home` is a Newsdesk"),
        (lambda desk: Newsdesk.open(llm=5), "`llm` is an int"),
    ],
)
def test_so_it_is_at_every_door(desk: Any, call: Callable[[Any], object], told: str) -> None:
    with pytest.raises(UsageError, match=told):
        call(desk)


@pytest.mark.parametrize(
    "call",
    [
        lambda desk: desk.ask(TOLL),
        lambda desk: desk.search("ferry"),
        lambda desk: desk.understood("ferry"),
        lambda desk: desk.show("bridge"),
        lambda desk: desk.related("bridge"),
        lambda desk: desk.status(),
        lambda desk: desk.topics(),
    ],
)
def test_a_closed_desk_says_that_it_is(desk: Any, call: Callable[[Any], object]) -> None:
    assert desk.ask(TOLL).text
    desk.close()
    desk.close()
    with pytest.raises(UsageError, match="This desk is closed: open the archive again"):
        call(desk)
