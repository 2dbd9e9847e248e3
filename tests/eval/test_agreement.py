"""Figures, names, dates, quotations and speakers: what stands in the quotes, and what was slipped in."""

from __future__ import annotations

from typing import Any

import pytest

from eval.case import Case, Record
from eval.metrics import score
from eval.metrics.agreement import dates, figures, names
from eval.shown import Shown

TEXT = (
    "Mayor Ada Lind said on Tuesday that damage to the port of Velm came to 3,200 crowns. “We will pay for "
    "all of it,” she told reporters. In March 2026 twelve boats were lost. Bo Ek, a fisherman, said he had "
    "lost two."
)
ARTICLE = Shown("velm", "Port of Velm counts its losses", "Velm Courier", "2026-03-10", "", TEXT)
OTHER = Shown(
    "brask", "Trams", "Brask Post", "2026-03-11", "", "Cora Holm said that nobody would drive a tram."
)


def scores(text: str, quote: str = TEXT, *, added: list[list[int]] | None = None) -> dict[str, float | None]:
    citation = {"article_id": "velm", "start": 0, "end": len(quote), "quote": quote}
    return of([{"text": text, "citations": [citation], "added": added or []}])


def of(sentences: list[dict[str, Any]]) -> dict[str, float | None]:
    reply = {"abstained": not sentences, "sentences": sentences, "hits": [], "text": ""}
    return score(Record(Case("c", "What?"), reply, (), {}, {}, {}, shown=(ARTICLE, OTHER)))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It cost 3,200 crowns and 5.9 million.", {"3200", "5.9"}),
        ("Twelve of twenty boats", {"12", "20"}),
        ("One of them is someone", set()),
        ("the A40 and G7", set()),
    ],
)
def test_numbers_in_figures_and_words(text: str, found: set[str]) -> None:
    assert figures(text) == found


def test_names_and_dates_are_told_apart() -> None:
    assert names("x On Tuesday Ada Lind’s boat left Velm") == {"Ada", "Lind", "Velm"}
    assert dates("On Tuesday in March 2026, at 1200") == {"Tuesday", "March", "2026"}


def test_what_is_quoted_agrees() -> None:
    got = scores(TEXT)
    for name in ("number", "date", "name", "quote", "speaker"):
        assert got[f"{name}_agreement"] == 1, name


def test_a_number_altered_is_a_number_too_few() -> None:
    got = scores("Damage came to 3,300 crowns and 12 boats were lost.")
    assert got["number_agreement"] == 1 / 2


def test_a_year_is_a_date_and_no_number() -> None:
    got = scores("Twelve boats were lost in March 2025.")
    assert (got["number_agreement"], got["date_agreement"]) == (1, 1 / 2)


def test_another_name_is_seen() -> None:
    assert scores("The damage was counted by Ada Holm.")["name_agreement"] == 1 / 2


def test_a_citation_to_the_wrong_passage_has_none_of_it() -> None:
    got = scores("In March 2026 twelve boats were lost near Velm.", "Bo Ek said he had lost two.")
    assert (got["number_agreement"], got["date_agreement"], got["name_agreement"]) == (0, 0, 0)


def test_brackets_may_lean_on_the_article_but_not_make_things_up() -> None:
    told = "Damage to the port came to 3,200 crowns [in 2026]."
    quote = "damage to the port of Velm came to 3,200 crowns"
    span = [[told.index("["), told.index("]") + 1]]
    assert scores(told, quote, added=span)["date_agreement"] == 1
    assert scores(told.replace("2026", "1999"), quote, added=span)["date_agreement"] == 0


def test_a_quotation_stitched_from_two_articles_stands_in_neither() -> None:
    stitched = "“We will pay for all of it and nobody would drive a tram,” she said."
    quotes = [
        {
            "article_id": "velm",
            "start": 0,
            "end": 10,
            "quote": "“We will pay for all of it,” she told reporters.",
        },
        {"article_id": "brask", "start": 0, "end": 10, "quote": OTHER.text},
    ]
    assert of([{"text": stitched, "citations": quotes, "added": []}])["quote_agreement"] == 0
    honest = "“We will pay for all of it,” she said."
    assert of([{"text": honest, "citations": quotes, "added": []}])["quote_agreement"] == 1


def test_words_put_into_another_mouth_are_seen() -> None:
    assert scores("Bo Ek said he had lost two boats.")["speaker_agreement"] == 1
    assert scores("Cora Holm said he had lost two boats.")["speaker_agreement"] == 0


@pytest.mark.parametrize("name", ["number", "date", "name", "quote", "speaker"])
def test_where_there_is_nothing_to_agree_there_is_no_score(name: str) -> None:
    assert scores("boats were lost")[f"{name}_agreement"] is None
    assert of([])[f"{name}_agreement"] is None
