"""Names by their looks, their other forms, and what an article ties to them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.agree.names import (
    is_given,
    is_known,
    known_names,
    name_tokens,
    other_title,
    same_name,
    stand_together,
)
from app.agree.reading import read


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("Glynn", "Brigadier General James Glynn"),
        ("Mr Glynn", "General Glynn"),
        ("General", "Brigadier"),
        ("WHO", "World Health Organization"),
        ("World Health Organization", "WHO"),
        ("US", "American"),
        ("Britain", "UK"),
        ("Syrian", "Syria"),
        ("Skers", "Skerrow"),
    ],
)
def test_these_may_be_one(said: str, written: str) -> None:
    assert same_name(read(said), read(written))


@pytest.mark.parametrize(
    ("said", "written"),
    [("Glynn", "Ann Lee"), ("France", "Spain"), ("James", "Jane"), ("Lt", "Supreme"), ("Halvern", "Maresby")],
)
def test_these_are_two(said: str, written: str) -> None:
    assert not same_name(read(said), read(written))


def test_a_lone_capital_at_the_beginning_is_a_name_only_when_known() -> None:
    text = "Protesters met Ann Lee. Halvern was calm."

    assert [t.text for t in name_tokens(text)] == ["Ann", "Lee"]
    assert [t.text for t in name_tokens(text, known=frozenset({"halvern"}))] == ["Ann", "Lee", "Halvern"]


def test_names_of_a_text_are_the_capitals_inside_its_sentences() -> None:
    assert known_names("Workers met Ann Lee. They left, Halvern said.") == {"ann", "lee", "halvern"}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Lee", "So said Ann Lee."),
        ("WHO", "The World Health Organization warned."),
        ("American", "The U.S. army left."),
        ("Kosovan", "It happened in Kosovo."),
    ],
)
def test_an_article_knows_other_forms(name: str, text: str) -> None:
    assert is_known(name, [text])


def test_an_article_does_not_know_strangers() -> None:
    assert not is_known("Brack", ["So said Ann Lee of Halvern."])


def test_a_role_is_tied_to_the_name_beside_it() -> None:
    text = "Ann Lee, the mayor of Halvern, spoke first. " + "It rained. " * 10 + "A baker listened."

    assert stand_together("Lee", "mayor", text)
    assert not stand_together("Lee", "baker", text)


@given(st.text(), st.text())
def test_any_text_can_be_compared(one: str, other: str) -> None:
    assert isinstance(same_name(read(one), read(other)), bool)
    assert isinstance(is_known(one or "x", [other]), bool)
    name_tokens(one)


@pytest.mark.parametrize(
    ("one", "other"), [("Niger", "Nigeria"), ("Victor", "Victoria"), ("Austria", "Australia")]
)
def test_names_that_begin_alike_are_two(one: str, other: str) -> None:
    assert not same_name(read(one), read(other))


def test_given_names_have_no_other_form() -> None:
    text = "Julian Marl spoke; Syrian President Lee did not."

    assert is_given(read(text)[0], text)
    assert not is_given(read("Syrian President Lee")[0], "Syrian President Lee")
    assert not same_name(read("Julian"), read("Julia"), is_given=True)


@pytest.mark.parametrize(
    ("said", "written", "is_other"),
    [
        ("Colonel", "General", True),
        ("Prime Minister Lee", "President Lee", True),
        ("Gen Marl", "General Marl", False),
        ("Lee", "President Lee", False),
    ],
)
def test_one_title_is_not_another(said: str, written: str, is_other: bool) -> None:
    assert other_title(read(said), read(written)) is is_other
