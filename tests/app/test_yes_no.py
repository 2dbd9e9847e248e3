"""Yes and no, only where a sentence settles it."""

from __future__ import annotations

import pytest

from app.answer import Citation, Sentence
from app.verify import open_verifier
from app.yes_no import decided
from ingest.article import Article, Moment
from ingest.fakes import HashEmbedder

QUESTION = "Did the council approve the budget?"


def answer(question: str, text: str, *quotes: str) -> str | None:
    """The answer by these quotes of a text, or else by the whole of it."""
    article = Article(
        "a", "Budget vote in Marl", text, "The Marl Argus", published=Moment.parse("2031-03-03")
    )
    spans = [(text.index(quote), text.index(quote) + len(quote)) for quote in quotes or (text,)]
    sentences = [Sentence(text[a:b], (Citation.of(article, a, b),)) for a, b in spans]
    found = decided(question, sentences, {"a": article}, open_verifier(HashEmbedder(256)))
    if found is None:
        return None
    assert found.citation.quote in (quotes or (text,))
    return found.text


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("The council approved the budget on Monday.", "Yes"),
        ("The council did not approve the budget on Monday.", "No"),
        ("The council rejected the budget on Monday.", "No"),
        ("The council plans to approve the budget on Monday.", None),
        ("The council debated the budget on Monday.", None),
        ("The ferry to Marl did not sail on Monday.", None),
        ("The council sent the budget back on Monday, when nine members approved of it.", None),
    ],
)
def test_a_sentence_settles_it_or_does_not(text: str, told: str | None) -> None:
    assert answer(QUESTION, text) == told


def test_sentences_that_settle_it_both_ways_settle_nothing() -> None:
    yes, no = "The council approved the budget on Monday.", "The council did not approve the budget."
    assert answer(QUESTION, f"{yes} {no}", yes) == "Yes"
    assert answer(QUESTION, f"{yes} {no}", yes, no) is None


@pytest.mark.parametrize(
    "question",
    [
        "Did the council approve or reject the budget?",
        "Did the council not approve the budget?",
        "Did anyone approve the budget?",
        "Did the council approve every budget?",
        "Will the council approve the budget?",
        "Who approved the budget?",
    ],
)
def test_what_is_no_plain_question_gets_neither(question: str) -> None:
    assert answer(question, "The council approved the budget on Monday.") is None
