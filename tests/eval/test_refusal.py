"""Fitting the constants of refusal, and taking the gold articles out of what was found."""

from __future__ import annotations

import pytest

from app.answer import Hit
from app.refuse import Coverage
from eval.refusal import Judged, _first, auroc, fit
from ingest.article import Passage


def hit(id_: str, start: int = 0) -> Hit:
    return Hit(Passage(id_, start, start + 1, "x"), 1.0, f"Title {id_}", "", None, f"https://{id_}.example")


def test_auroc_counts_ties_as_half() -> None:
    assert auroc([2.0, 3.0], [0.0, 1.0]) == 1.0
    assert auroc([1.0], [1.0]) == 0.5
    assert auroc([0.0], [1.0]) == 0.0


@pytest.mark.parametrize("reference", ["a", "https://a.example", "Title a"])
def test_an_article_is_taken_out_by_id_address_or_title(reference: str) -> None:
    kept = _first([hit("a"), hit("b"), hit("a", 5), hit("b", 5)], (reference,))

    assert [one.passage.id for one in kept] == ["b#0-1", "b#5-6"]


def test_further_passages_come_after_the_best_of_each_article() -> None:
    kept = _first([hit("a"), hit("b"), hit("c"), hit("d"), hit("a", 5), hit("d", 5)], ())

    assert [one.passage.id for one in kept] == ["a#0-1", "b#0-1", "c#0-1", "d#0-1", "a#5-6"]


def test_what_tells_the_two_apart_is_found() -> None:
    same = [Coverage(0.5 + step / 100, 0.0, 0.0) for step in range(20)]
    strange = [Coverage(c.likeness, 0.5, 0.0) for c in same]
    found = fit(Judged(same, strange))

    assert found.strangers > 0
    assert found.answered >= 0.9
    assert found.refused > 0.9
