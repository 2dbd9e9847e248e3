"""Numbers in English: what is read, and which agree."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.agree.numbers import agree, differ, is_sum, quantities


def values(text: str) -> list[float]:
    return [quantity.low for quantity in quantities(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It cost $1.2bn.", [1.2e9]),
        ("twenty-five sheep and a dozen goats", [25, 12]),
        ("half a million crowns, two-thirds of them stolen", [5e5, 2 / 3]),
        ("1,250 people in 40 boats", [1250, 40]),
        ("the 3rd ferry, and the second pier", [3, 2]),
        ("3.5 percent of 9,812,345", [3.5, 9_812_345]),
        ("They left at 5:30 p.m. on March 13, 2024", [17.5]),
        ("Tarran won 2-1.", [2, 1]),
        ("one of the sheep on a B52 with COVID-19", []),
        ("during the 2018–19 season", []),
        ("fifty cents", [0.5]),
        ("48 seats won, 9.2 trillion won", [48, 9.2e12]),
        ("hundreds of people", [200]),
    ],
)
def test_numbers_are_read(text: str, expected: list[float]) -> None:
    assert values(text) == pytest.approx(expected)


@pytest.mark.parametrize("text", ["between 3 and 5 days", "3 to 5 days"])
def test_a_range_is_one_quantity(text: str) -> None:
    (one,) = quantities(text)

    assert (one.low, one.high) == (3, 5)


def test_a_change_is_two_quantities() -> None:
    assert values("It rose from 3 to 5 crowns.") == [3, 5]


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        ("12 goats", "a dozen goats"),
        ("more than a dozen goats", "more than 12 goats"),
        ("more than 40 goats", "43 goats"),
        ("about 40 goats", "38 goats"),
        ("nearly 40 goats", "39 goats"),
        ("fewer than 50 goats", "43 goats"),
        ("9.8 million crowns", "9,812,345 crowns"),
        ("5 per cent", "5%"),
        ("$3 million", "three million dollars"),
        ("between 3 and 5 days", "3 to 5 days"),
        ("40 goats", "about 40 goats"),
        ("5.30 pm", "17:30"),
    ],
)
def test_these_agree(claim: str, evidence: str) -> None:
    assert agree(quantities(claim)[0], quantities(evidence)[0])


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        ("9.8 goats", "3.2 goats"),
        ("more than 40 goats", "38 goats"),
        ("more than 40 goats", "more than 60 goats"),
        ("fewer than 40 goats", "more than 30 goats"),
        ("about 40 goats", "60 goats"),
        ("40 goats", "more than 35 goats"),
        ("40 per cent", "$40"),
        ("the 3rd goat", "3 goats"),
        ("between 3 and 5 days", "3 to 6 days"),
        ("between 3 and 5 days", "4 days"),
        ("12.5 million crowns", "12.6 million crowns"),
    ],
)
def test_these_do_not_agree(claim: str, evidence: str) -> None:
    assert not agree(quantities(claim)[0], quantities(evidence)[0])


def test_only_numbers_of_one_unit_differ() -> None:
    (three,), (four,), (share,) = quantities("3 goats"), quantities("4 goats"), quantities("4 percent")

    assert differ(three, four)
    assert not differ(three, share)
    assert not differ(three, three)


@given(st.text())
def test_any_text_can_be_read(text: str) -> None:
    for one in quantities(text):
        assert text[one.start : one.end] == one.text
        assert one.low <= one.high


@given(st.integers(2, 10**12).filter(lambda number: not 1800 <= number < 2100))
def test_a_number_agrees_with_itself(number: int) -> None:
    (plain,), (grouped,) = quantities(f"{number} goats"), quantities(f"{number:,} goats")

    assert agree(plain, grouped)
    assert agree(grouped, plain)


@pytest.mark.parametrize(
    ("claim", "evidence", "is_one"),
    [
        ("€4 million", "$4 million", False),
        ("4 million pounds", "$4 million", False),
        ("5 million dollars", "5 million naira", False),
        ("$4 million", "4 million dollars", True),
        ("US$4 million", "$4 million", True),
        ("A$4 million", "US$4 million", False),
        ("4 million", "$4 million", True),
        ("61 patients", "61 percent of patients", False),
        ("from 61 on", "61 percent", True),
        ("more than five years", "up to five years", False),
        ("five years or more", "up to five years", False),
    ],
)
def test_units_and_bounds_must_be_one(claim: str, evidence: str, is_one: bool) -> None:
    assert agree(quantities(claim)[0], quantities(evidence)[0]) is is_one


def test_a_sum_is_told() -> None:
    assert is_sum(quantities("850,000 homes")[0], quantities("640,000 there and 210,000 here"))
    assert not is_sum(quantities("3 homes")[0], quantities("1 there and 2 here"))
