"""Planted errors: one thing is swapped, the rest stands, and the same seed plants the same."""

from __future__ import annotations

import random
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.planted import KINDS, PAIRS, Kind, light_changes, names_of, plant, swapped_direction
from ingest.article import Article, Moment

ARTICLE = Article(
    "a1",
    "Bridge",
    "HALVERN — The bridge in Port Ellery was opened by Ann Lee on Friday. It had 40 visitors, Bo Marl said. "
    "In 2024 the number rose, and the mayor, Odile Renshaw, did not object.",
    "Tarran Ledger",
    published=Moment.parse("2026-03-14"),
)
SENTENCES: dict[Kind, str] = {
    "number": "It had 40 visitors, Bo Marl said.",
    "name": "The bridge in Port Ellery was opened by Ann Lee on Friday.",
    "date": "The bridge in Port Ellery was opened by Ann Lee on Friday.",
    "negation": "In 2024 the number rose, and the mayor, Odile Renshaw, did not object.",
    "direction": "In 2024 the number rose, and the mayor, Odile Renshaw, did not object.",
    "speaker": "It had 40 visitors, Bo Marl said.",
    "ending": "In 2024 the number rose again, and the mayor, Odile Renshaw, did not object to the goats.",
    "clause": "It had 40 visitors, Bo Marl said.",
    "saying": "It had 40 visitors, Bo Marl said.",
    "currency": "It cost $40 and then $50, Bo Marl said.",
    "by": "In May Ann Lee defeated Bo Marl again.",
    "dropped": "It is the second largest bridge of the port.",
}


def planted(kind: Kind, seed: int = 0) -> str:
    text = plant(SENTENCES[kind], ARTICLE, kind, random.Random(seed))
    assert text is not None
    return text


def test_there_is_a_planter_for_every_kind() -> None:
    assert KINDS == get_args(Kind) == tuple(SENTENCES)


@pytest.mark.parametrize("kind", sorted(set(KINDS) - {"ending"}))
def test_one_thing_is_swapped(kind: Kind) -> None:
    for seed in range(20):
        before, after = SENTENCES[kind].split(), planted(kind, seed).split()
        assert before != after
        shared = sum(word in after for word in before)
        assert shared >= len(before) - 3


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_seed_plants_the_same(kind: Kind) -> None:
    assert planted(kind, 7) == planted(kind, 7)


def test_a_negation_is_taken_out_or_put_in() -> None:
    assert planted("negation") == SENTENCES["negation"].replace("did not", "did")
    put = plant("The bridge was opened.", ARTICLE, "negation", random.Random(0))
    assert put == "The bridge was not opened."


def test_an_ending_is_replaced() -> None:
    first = SENTENCES["ending"].split()[:10]

    assert planted("ending").split()[:10] == first
    assert planted("ending") != planted("ending", 1)


def test_what_is_made_up_and_what_is_left_out() -> None:
    assert any(name in planted("clause") for name in names_of(ARTICLE.text))
    assert planted("saying").startswith("It had 40 visitors, Bo Marl said, ")
    assert "$" not in planted("currency")
    assert planted("by") == "In May Ann Lee was defeated by Bo Marl again."
    assert planted("dropped") == "It is the largest bridge of the port."


def test_names_come_from_the_article() -> None:
    assert names_of(ARTICLE.text) == ["Port Ellery", "Ann Lee", "Bo Marl", "Odile Renshaw"]
    assert planted("speaker").endswith(("Ann Lee said.", "Port Ellery said.", "Odile Renshaw said."))


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_to_swap_gives_none(kind: Kind) -> None:
    assert plant("Hm.", ARTICLE, kind, random.Random(0)) is None


def test_a_day_beside_its_month_is_no_number() -> None:
    assert plant("It opened on March 13.", ARTICLE, "number", random.Random(0)) is None


def test_pairs_left_out_are_not_planted() -> None:
    assert swapped_direction("It rose.", random.Random(0), PAIRS) == "It fell."
    rest = tuple(pair for pair in PAIRS if "rose" not in pair)
    assert swapped_direction("It rose.", random.Random(0), rest) is None


def test_honest_changes() -> None:
    changes = dict(
        light_changes("On the quay, the mayor of the port opened a bridge of three miles on Friday.", ARTICLE)
    )

    assert changes["attribution appended"].endswith("on Friday, Tarran Ledger reported.")
    assert changes["leading clause removed"].startswith("The mayor of the port opened")
    assert changes["weekday resolved"].endswith("on March 13.")


@given(st.text(), st.text(), st.sampled_from(KINDS), st.integers())
def test_any_text_can_be_planted_into(sentence: str, text: str, kind: Kind, seed: int) -> None:
    changed = plant(sentence, Article("a", "", text), kind, random.Random(seed))

    assert changed is None or changed != sentence
