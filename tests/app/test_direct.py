"""The short answer: exactly some words of a sentence that is shown, or none."""

from __future__ import annotations

from functools import lru_cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.answer import Citation, Hit, Reading, Sentence
from app.direct import NAMES, Share, Shortener, stretches
from app.sift import Sieve, Sifted
from app.spans import LONGEST
from app.understand import understand
from app.words import rarity
from app.write import ExtractiveWriter, quoted
from ingest.article import Article, Moment, Passage
from ingest.embed import Embedder, open_embedder
from ingest.fakes import HashEmbedder

FIRE = Article(
    "fire",
    "Fire at the mill in Brandt",
    "A fire at the paper mill in Brandt on Tuesday killed nine workers, the fire chief, Ada Quill, said. "
    "The mill belongs to Holt & Varley. Damage was put at €3.2 million.",
    "The Marl Argus",
    published=Moment.parse("2031-03-05"),
)


@lru_cache
def everyday(word: str) -> float:
    return rarity(0, lambda word: 0)(word)


def sifted(question: str, *articles: Article, embedder: Embedder | None = None) -> Sifted:
    hits = [
        Hit(Passage(a.id, 0, len(a.text), a.text), 1.0 - n / 10, a.title, a.source, a.published, "")
        for n, a in enumerate(articles)
    ]
    sieve = Sieve(embedder or HashEmbedder(), everyday)
    return sieve.sift(understand(question), hits, {a.id: a for a in articles})


@pytest.mark.model
@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("How many workers were killed in the mill fire in Brandt?", "nine"),
        ("Who is the fire chief who spoke of the mill fire in Brandt?", "Ada Quill"),
        ("What was the cost of the damage to the mill in Brandt?", "€3.2 million"),
    ],
)
def test_the_real_model_names_what_is_asked_for(question: str, answer: str) -> None:
    shares = Shortener(everyday).shares(sifted(question, FIRE, embedder=open_embedder()))
    assert answer in shares[0].stretch.span.text


@pytest.mark.parametrize(
    "question",
    ["Why did the mill burn?", "Did the mill burn?", "the mill fire", "When did the mill last burn before?"],
)
def test_what_needs_a_sentence_has_no_short_answer(question: str) -> None:
    assert stretches(sifted(question, FIRE), everyday) == []


@pytest.mark.parametrize(
    ("question", "answers"),
    [
        ("On what day did the kiln open?", {"Tuesday", "May 6", "May 6, 2031", "6 May"}),
        ("In which year did the kiln open?", {"2031", "May 6, 2031"}),
    ],
)
def test_a_day_is_no_year_and_no_hour(question: str, answers: set[str]) -> None:
    text = "The kiln opened at 10 p.m. on Tuesday, May 6, 2031."
    kiln = Article("kiln", "A kiln", text, "The Argus", published=Moment.parse("2031-05-07"))
    found = {stretch.span.text for stretch in stretches(sifted(question, kiln), everyday)}
    assert found
    assert found <= answers


def test_words_of_the_question_are_no_answer() -> None:
    found = stretches(sifted("What did the fire at the mill in Brandt do?", FIRE), everyday)
    assert {"Brandt", "mill", "fire"}.isdisjoint(stretch.span.text for stretch in found)


def test_shares_add_up_to_one_and_fall() -> None:
    shares = [s.share for s in Shortener(everyday).shares(sifted("Who died in Brandt?", FIRE))]
    assert sum(shares) == pytest.approx(1.0)
    assert shares == sorted(shares, reverse=True)


def test_what_stands_in_two_articles_gets_more_votes() -> None:
    again = Article("again", "Mill fire", "Nine workers died, the fire chief, Ada Quill, said.", "The Echo")
    question = "Who is the fire chief?"

    def articles(*found: Article) -> float:
        (quill,) = [s for s in stretches(sifted(question, *found), everyday) if s.span.text == "Ada Quill"]
        return float(quill.features[NAMES.index("articles")])

    assert articles(FIRE, again) > articles(FIRE)


def shown(article: Article = FIRE) -> list[Sentence]:
    return [quoted(article, 0, article.text.index(". ") + 1)]


CHIEF = "Who is the fire chief of Brandt?"


def sure(found: list[Share]) -> list[Share]:
    return [Share(found[0].stretch, 0.99)]


def test_a_short_answer_points_at_its_words() -> None:
    shortener = Shortener(everyday)
    found = shortener.shares(sifted(CHIEF, FIRE))
    for share in found:
        direct = shortener.direct(sifted(CHIEF, FIRE), [Share(share.stretch, 0.99)], shown())
        if direct is not None:
            direct.citation.check(FIRE)
            assert direct.text == direct.citation.quote
            assert len(direct.text.split()) <= LONGEST


def test_what_is_not_sure_or_not_shown_is_not_given() -> None:
    shortener = Shortener(everyday)
    found = shortener.shares(sifted(CHIEF, FIRE))
    assert shortener.direct(sifted(CHIEF, FIRE), [Share(found[0].stretch, 0.01)], shown()) is None
    assert shortener.direct(sifted(CHIEF, FIRE), sure(found), []) is None


def test_where_reports_differ_the_lead_is_the_answer() -> None:
    citation = Citation.of(FIRE, 0, len(FIRE.text))
    lead = Reading("nine", citation, FIRE.source, FIRE.published)
    direct = Shortener(everyday).direct(sifted("How many died?", FIRE), [], shown(), lead)
    assert direct is not None
    assert direct.citation.quote == "nine"
    direct.citation.check(FIRE)


def test_a_lead_that_is_part_of_another_figure_is_not_given() -> None:
    lead = Reading("3", Citation.of(FIRE, 0, len(FIRE.text)), "", None)
    whole = [quoted(FIRE, FIRE.text.index("Damage"), len(FIRE.text))]
    assert Shortener(everyday).direct(sifted("How much was it?", FIRE), [], whole, lead) is None


@given(text=st.text(max_size=200), question=st.text(min_size=1, max_size=80).filter(str.strip))
def test_any_text_has_exact_short_answers_or_none(text: str, question: str) -> None:
    article = Article("any", "", text)
    found = sifted(question, article)
    shares = Shortener(everyday).shares(found)
    direct = Shortener(everyday).direct(found, shares, list(ExtractiveWriter().compose(found, shares)))
    if direct is not None:
        direct.citation.check(article)
        assert direct.text == direct.citation.quote
