"""Which of several options the evidence speaks for."""

from __future__ import annotations

import numpy as np
import pytest

from app.answer import Choice
from app.choose import NAMES, Chooser, filled
from app.likeness import Reads
from app.lookup import Looked, Match
from app.understand import Query
from ingest.article import Article
from ingest.embed import Embedder, open_embedder
from ingest.fakes import HashEmbedder
from tests.app.test_direct import FIRE, everyday, sifted

OTHER = Article(
    "ferry", "The ferry", "The ferry of Velm stayed in port. Ida Brandt spoke of it.", "The Argus"
)


COST = Article(
    "cost", "The mill", "The mill in Brandt cost its owners 9.5 million dollars. It made paper.", "The Argus"
)


def chooser(model: Reads, *articles: Article) -> Chooser:
    """One that finds these articles whatever it looks up."""

    def look_up(text: str, query: Query) -> Looked:
        return Looked((1.0, 1.0, 0.0), tuple(Match(a, ((0, len(a.text)),), 1.0, 0.5) for a in articles))

    return Chooser(model, everyday, look_up)


def choice(
    question: str, options: list[str], *articles: Article, embedder: Embedder | None = None
) -> Choice | None:
    model = embedder or HashEmbedder()
    return chooser(model, *articles).choose(options, sifted(question, *articles, embedder=model))


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
    assert chosen
    assert (chosen.index, chosen.text) == (right, options[right])
    assert 1 / len(options) < chosen.support <= 1
    assert chosen.citation
    chosen.citation.check(FIRE)


@pytest.mark.model
def test_the_odd_one_is_what_the_evidence_does_not_have_and_is_not_cited() -> None:
    options, model = ["a theatre", "a paper mill"], open_embedder()
    burned = choice("Which of these burned in Brandt?", options, FIRE, embedder=model)
    odd = choice("Which of these did not burn in Brandt?", options, FIRE, embedder=model)
    assert burned
    assert odd
    assert (burned.text, odd.text) == ("a paper mill", "a theatre")
    assert burned.citation
    assert odd.citation is None


@pytest.mark.model
@pytest.mark.parametrize(
    ("options", "right"),
    [
        (["paper", "sails", "All of the above"], 2),
        (["paper", "clocks", "All of the above"], 0),
        (["paper", "clocks", "None of the above"], 0),
    ],
)
def test_all_of_the_above_is_chosen_where_one_report_tells_of_all(options: list[str], right: int) -> None:
    mill = Article("m", "The mill in Brandt", "The mill in Brandt makes paper and sails.", "The Argus")
    chosen = choice("What does the mill in Brandt make?", options, mill, OTHER, embedder=open_embedder())
    assert chosen
    assert chosen.index == right
    assert chosen.citation
    chosen.citation.check(mill)


def test_none_of_the_above_is_never_cited() -> None:
    chosen = choice("What burned in Brandt?", ["None of the above"], FIRE)
    assert chosen
    assert chosen.citation is None


def test_without_evidence_nothing_is_chosen() -> None:
    assert choice("Who owns the mill?", ["Holt", "Varley"]) is None


def test_an_option_that_no_sentence_has_is_chosen_without_a_citation() -> None:
    chosen = choice("What colour is the mill?", ["green", "purple"], FIRE)
    assert chosen
    assert chosen.citation is None


def from_another_report(question: str) -> Choice | None:
    model = HashEmbedder()
    return chooser(model, OTHER).choose(["the ferry of Velm"], sifted(question, FIRE, embedder=model))


def test_an_option_that_only_another_report_has_is_cited_from_there() -> None:
    chosen = from_another_report("What stayed in port?")
    assert chosen
    assert chosen.citation
    assert chosen.citation.quote == "The ferry of Velm stayed in port."
    chosen.citation.check(OTHER)


def test_an_option_is_not_cited_from_what_does_not_speak_of_the_question() -> None:
    chosen = from_another_report("What burned in Brandt?")
    assert chosen
    assert chosen.citation is None


def test_an_option_is_not_cited_for_another_number() -> None:
    chosen = choice(
        "How much does the mill in Brandt cost its owners?", ["$9.4 million", "$9.5 million"], COST
    )
    assert chosen
    assert chosen.index == 1
    assert chosen.citation
    assert chosen.citation.quote == "The mill in Brandt cost its owners 9.5 million dollars."


def test_an_option_takes_the_place_of_what_is_asked() -> None:
    assert filled("Which city burned?", "Marl") == "Marl city burned?"
    assert filled("The fire broke out in", "Marl") == "The fire broke out in Marl"


def test_every_option_is_described() -> None:
    assert len(NAMES) == len(set(NAMES))
    model = HashEmbedder()
    rows = chooser(model, FIRE).described(
        ["nine", "green", "nine"], sifted("How many died?", FIRE, embedder=model)
    )
    assert rows.shape == (3, len(NAMES))
    assert np.isfinite(rows).all()
    assert (rows[0] == rows[2]).all()
    assert (rows[1] <= rows[0]).all()
