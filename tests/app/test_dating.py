"""The day that a short answer needs beside it."""

from __future__ import annotations

import pytest

from app.answer import Citation, Direct
from app.dating import dated
from ingest.article import Article, Moment


def told(question: str, text: str, answer: str, published: str, as_of: str) -> str:
    article = Article("a", "A headline", text, "The Argus", published=Moment.parse(published))
    start = text.index(answer)
    direct = Direct(answer, Citation.of(article, start, start + len(answer)))
    found = dated(direct, question, article, Moment.parse(as_of))
    assert found.citation == direct.citation
    return found.text


@pytest.mark.parametrize(
    ("text", "published", "expected"),
    [
        ("The mill burned on Monday, he said.", "2031-05-14", "Monday [12 May 2031]"),
        ("It was cold. The mill will open on Monday.", "2031-05-14", "Monday"),
        ("The mill burned on Monday.", "2031-05", "Monday"),
    ],
)
def test_a_weekday_gets_its_date_where_there_is_no_choice(text: str, published: str, expected: str) -> None:
    assert told("When did the mill burn?", text, "Monday", published, "2031-05-20") == expected


@pytest.mark.parametrize(
    ("question", "as_of", "expected"),
    [
        ("Who is the mayor?", "2033-01-01", "Ida Quist [as of 14 May 2031]"),
        ("Who is the mayor?", "2031-06-01", "Ida Quist"),
        ("Who was the mayor?", "2033-01-01", "Ida Quist"),
        ("Which mayor did the council elect?", "2033-01-01", "Ida Quist"),
    ],
)
def test_an_old_state_of_things_is_dated(question: str, as_of: str, expected: str) -> None:
    assert told(question, "The mayor is Ida Quist.", "Ida Quist", "2031-05-14", as_of) == expected
