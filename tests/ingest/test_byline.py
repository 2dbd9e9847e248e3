"""Bylines are told from sentences that begin alike, and authors are people."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.byline import byline_names, is_full_name, people


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("By Jane Doe", ("Jane Doe",)),
        ("BY JANE DOE AND JOHN ROE", ("Jane Doe", "John Roe")),
        ("By Jane Doe, John Roe and Ana de la Cruz", ("Jane Doe", "John Roe", "Ana de la Cruz")),
        ("by Jane O’Neil, Staff Writer", ("Jane O’Neil",)),
        ("*By J. R. Smith-Jones Jr.*", ("J. R. Smith-Jones Jr.",)),
        ("By Jane Doe in Port Ellery", ("Jane Doe",)),
        ("By Jane Doe | Harbour Desk", ("Jane Doe",)),
        ("Written by Jane Doe", ("Jane Doe",)),
        ("By Staff", ("Staff",)),
        ("By midnight the streets were empty", ()),
        ("By Monday Evening", ()),
        ("By Jane Doe is a song.", ()),
        ("By the river", ()),
        ("By Order of the King the fair was closed.", ()),
        ("Byron Bay", ()),
        ("Jane Doe", ()),
        ("By", ()),
    ],
)
def test_a_byline_is_told_from_prose(line: str, names: tuple[str, ...]) -> None:
    assert byline_names(line) == names


@pytest.mark.parametrize(
    ("entries", "names"),
    [
        (["Ann Lee Bo Ray", "Ann Lee", "Bo Ray"], ("Ann Lee", "Bo Ray")),
        (["By Ann Lee and Bo Ray"], ("Ann Lee", "Bo Ray")),
        (["Ann Lee; Bo Ray & Cy Fox, Staff Writers"], ("Ann Lee", "Bo Ray", "Cy Fox")),
        (["Ann Lee | The Paper", "Ann Lee"], ("Ann Lee",)),
        (["ANN LEE"], ("Ann Lee",)),
        (["Staff", "News Desk", "Associated Press", "The Paper", "ann@paper.example", "", "1"], ()),
        (["Ann Lee", "Ann Lee Smith"], ("Ann Lee", "Ann Lee Smith")),
        (["Analysis by Ann Lee", "Opinion: Bo Ray", "Review Cy Fox"], ("Ann Lee", "Bo Ray", "Cy Fox")),
        (["Ann Conway. Halvern International", "Prof. Bo Ray"], ("Ann Conway", "Prof. Bo Ray")),
        (["PTI", "webadmin", "Regan"], ("Regan",)),
        (["x" * 5_000], ()),
    ],
)
def test_authors_are_people_each_once(entries: list[str], names: tuple[str, ...]) -> None:
    assert people(entries) == names


@given(st.lists(st.text()))
def test_authors_stay_as_they_are(entries: list[str]) -> None:
    assert all(name.strip() for name in people(entries))
    assert len(set(people(entries))) == len(people(entries))


def test_a_full_name_is_two_words_or_more_and_no_day() -> None:
    assert is_full_name("Jane Doe")
    assert not is_full_name("Jane")
    assert not is_full_name("The Paper")
    assert not is_full_name("Jane Doe Monday")
    assert not is_full_name("Jane went home")
