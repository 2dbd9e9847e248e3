"""Brackets say only what the article says elsewhere, and taking them out gives the quotation back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.complete import completed
from ingest.article import Article, Moment


def _article(text: str, published: str = "2024-03-15") -> Article:
    return Article("a", "A headline", text, published=Moment.parse(published))


def _completed(text: str, quote: str, as_of: str = "2024-03-20", **rest: str) -> str:
    article = _article(text, **rest)
    start = text.rindex(quote)
    return completed(article, start, start + len(quote), Moment.parse(as_of)).text


def test_a_surname_gets_the_first_name_that_the_article_gave():
    text = "The mayor, Nela Ferrant, won by 487 votes. Ferrant said she was tired."
    assert _completed(text, "Ferrant said she was tired.") == "[Nela] Ferrant said she was tired."


@pytest.mark.parametrize(
    "before",
    [
        "Nela Ferrant and her brother Otto Ferrant spoke.",  # two people
        "The party, Young Ferrant, won. The Ferrant is a river.",  # also a thing
        "Mayor Ferrant spoke.",  # never named in full
        "They met in Ferrant. Nela Ferrant, the mayor, was there.",  # also a place
        "Will Ferrant won a prize. Nela Ferrant, his wife, was there.",  # a first name that is a verb too
    ],
)
def test_where_the_article_leaves_a_choice_nothing_is_added(before: str):
    assert _completed(f"{before} Ferrant said no.", "Ferrant said no.") == "Ferrant said no."


@pytest.mark.parametrize("name", ["Old Norway", "Port Orrin Thursday", "Sunny May", "Ohio"])
def test_a_place_or_a_day_is_no_surname(name: str):
    last = name.split()[-1]
    text = f"{name}, was the word. {last} was said. {last} said no."
    assert _completed(text, f"{last} said no.") == f"{last} said no."


def test_a_name_given_in_the_sentence_itself_is_not_given_twice():
    text = "Nela Ferrant, the mayor, spoke. “No,” Nela Ferrant said."
    assert _completed(text, "“No,” Nela Ferrant said.") == "“No,” Nela Ferrant said."


def test_what_was_said_before_is_not_added_again():
    text = "The mayor, Nela Ferrant, won. Ferrant said no."
    start = text.index("Ferrant said")
    assert completed(_article(text), start, len(text), said="Nela Ferrant won.").added == ()


def test_an_acronym_gets_its_words():
    text = "The National Statistics Office (NSO) counted. The NSO said so."
    assert _completed(text, "The NSO said so.") == "The NSO [National Statistics Office] said so."


def test_an_acronym_whose_initials_do_not_fit_is_left_alone():
    text = "He spoke to reporters in the capital (NSO). The NSO said so."
    assert _completed(text, "The NSO said so.") == "The NSO said so."


def test_a_day_of_an_old_report_gets_its_year():
    text = "It opens on April 2."
    assert _completed(text, text, as_of="2026-01-01") == "It opens on April 2 [2024]."


def test_the_year_is_the_one_nearest_to_the_report():
    text = "It closed on 20 December."
    assert (
        _completed(text, text, as_of="2026-01-01", published="2024-01-10")
        == "It closed on 20 December [2023]."
    )


@pytest.mark.parametrize("as_of", ["2024-03-20", "2024-09-01"])
def test_a_fresh_report_needs_no_year(as_of: str):
    assert _completed("It opens on April 2.", "It opens on April 2.", as_of=as_of) == "It opens on April 2."


@pytest.mark.parametrize("day", ["April 2, 2031", "2 April 2031", "August 30"])
def test_a_day_with_a_year_or_far_from_the_report_is_left_alone(day: str):
    text = f"It opens on {day}."
    assert _completed(text, text, as_of="2026-01-01") == text


_NEWS = "Nela Ferrant NSO (NSO) National Statistics Office said April 2 the in , . “ ” Ferrant's \u0301 𝔘 \n"
_WORDS = st.sampled_from(_NEWS.split(" "))


@given(st.lists(_WORDS, min_size=1, max_size=40), st.data())
def test_taking_the_brackets_out_gives_the_quotation_back(words: list[str], data: st.DataObject):
    text = " ".join(words)
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    done = completed(_article(text), start, end, Moment.parse("2026-01-01"))
    kept = "".join(c for i, c in enumerate(done.text) if not any(a <= i < b for a, b in done.added))
    assert kept == text[start:end]
    assert all(done.text[a:b].strip()[0] == "[" and done.text[a:b].strip()[-1] == "]" for a, b in done.added)
