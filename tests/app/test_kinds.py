"""Lists of countries and states, as newspapers call them."""

from __future__ import annotations

import pytest

from app.kinds import listed


@pytest.mark.parametrize(
    ("noun", "name", "is_one"),
    [
        ("country", "Kenya", True),
        ("African country", "Africa", False),
        ("country", "the United States", True),
        ("country", "the U.S.", True),
        ("countries", "Bolivia", True),
        ("country", "Tanzania", True),
        ("island nation", "Sri Lanka", True),
        ("country", "Paris", False),
        ("state", "Utah", True),
        ("state", "Georgia", True),
        ("state", "Chicago", False),
        ("company", "Utah", None),
        ("", "Kenya", None),
    ],
)
def test_a_name_is_what_the_list_says(noun: str, name: str, is_one: bool | None) -> None:
    assert listed(noun, name) is is_one
