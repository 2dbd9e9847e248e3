"""Working ahead: the same results in the same order as one by one, whatever happens to the process."""

from __future__ import annotations

import os
from collections.abc import Iterator

from hypothesis import given, settings
from hypothesis import strategies as st

from ingest import apart
from ingest.ahead import _RUN, _RUNS_AHEAD, ahead

LONG = 50_000


def shout(text: str) -> str:
    """Stands for work, and ends the process over one text."""
    if text == "deadly":
        os.abort()
    return text.upper()


@settings(max_examples=8, deadline=None)
@given(st.lists(st.one_of(st.none(), st.text(max_size=60), st.just("long " * LONG)), max_size=250))
def test_order_and_results_are_those_of_one_by_one(texts: list[str | None]) -> None:
    expected = [(n, None if text is None else text.upper()) for n, text in enumerate(texts)]
    assert list(ahead(shout, enumerate(texts), len)) == expected


def test_a_thing_over_which_the_process_dies_costs_itself_alone() -> None:
    texts = [f"text {n}" for n in range(100)]
    texts[80] = "deadly"
    made = list(ahead(shout, enumerate(texts), len))
    died = made[80][1]
    assert isinstance(died, apart.Died)
    assert died.code == "crashed"
    others = [n for n in range(100) if n != 80]
    assert [made[n] for n in others] == [(n, f"TEXT {n}") for n in others]


def test_no_more_is_taken_than_a_few_runs_ahead() -> None:
    taken = 0

    def things() -> Iterator[tuple[int, str | None]]:
        nonlocal taken
        for taken in range(2_000):
            yield taken, "text"

    for at, _ in ahead(shout, things(), len):
        assert taken - at <= (_RUNS_AHEAD + 2) * _RUN
