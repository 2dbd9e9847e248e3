"""Which of several options the evidence speaks for."""

from __future__ import annotations

import pytest

from app.answer import Hit
from app.choose import NAMES, Chooser, filled
from app.direct import Shortener
from app.sift import Sieve
from app.understand import Query, understand
from app.words import stems
from ingest.article import Article, Passage
from ingest.embed import Embedder, open_embedder
from ingest.fakes import HashEmbedder
from tests.app.test_direct import FIRE, everyday


def choice(question: str, options: list[str], *articles: Article, embedder: Embedder | None = None):
    model = embedder or HashEmbedder()
    by_id = {article.id: article for article in articles}
    hits = [
        Hit(Passage(a.id, 0, len(a.text), a.text), 1.0, a.title, a.source, a.published, "") for a in articles
    ]
    sifted = Sieve(model, everyday).sift(understand(question), hits, by_id)

    def lookup(text: str, query: Query) -> list[frozenset[str]]:
        return [frozenset(stems(article.text)) for article in articles]

    chooser = Chooser(model, everyday, lookup)
    return chooser.choose(options, sifted, hits, by_id, Shortener(everyday).shares(sifted))


@pytest.mark.model
@pytest.mark.parametrize(
    ("question", "options", "right"),
    [
        ("How many workers did the fire kill?", ["two", "nine", "forty", "none"], 1),
        ("Who owns the mill in Brandt?", ["Holt & Varley", "Marl Paper", "the council", "Ada Quill"], 0),
        ("What burned in Brandt?", ["a school", "a ferry", "a theatre", "a paper mill"], 3),
    ],
)
def test_the_option_that_the_evidence_has_is_chosen(question: str, options: list[str], right: int) -> None:
    chosen = choice(question, options, FIRE, embedder=open_embedder())
    assert (chosen.index, chosen.text) == (right, options[right])
    assert 1 / len(options) < chosen.support <= 1
    chosen.citation.check(FIRE)


def test_without_evidence_nothing_is_chosen() -> None:
    assert choice("Who owns the mill?", ["Holt", "Varley"]) is None


def test_an_option_that_no_sentence_has_is_chosen_without_a_citation() -> None:
    chosen = choice("What colour is the mill?", ["green", "purple"], FIRE)
    assert chosen.citation is None


def test_an_option_takes_the_place_of_what_is_asked() -> None:
    assert filled("Which city burned?", "Marl") == ("Marl city burned?", (0, 4))
    text, (start, end) = filled("The fire broke out in", "Marl")
    assert text[start:end] == "Marl"


def test_every_option_is_described() -> None:
    assert len(NAMES) == len(set(NAMES))
