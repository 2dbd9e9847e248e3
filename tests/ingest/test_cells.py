"""What is written for a spreadsheet is no formula there, and comes back as it was."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.cells import neutral, plain


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])
def test_what_could_be_a_formula_is_marked_as_text(sign: str) -> None:
    assert neutral(f"{sign}1+1") == f"'{sign}1+1"
    assert plain(f"'{sign}1+1") == f"{sign}1+1"
    assert plain(f"{sign}1+1") == f"{sign}1+1"


@pytest.mark.parametrize("cell", ["", "Bridge opens", "'Tis done", "'", "2 = 2", "a-b", "“=1”", " =1"])
def test_what_is_no_formula_stays_as_it_is(cell: str) -> None:
    assert neutral(cell) == plain(cell) == cell


@given(st.text(alphabet="'=+-@\t\ra ", max_size=6) | st.text())
def test_every_cell_comes_back(cell: str) -> None:
    assert plain(neutral(cell)) == cell
    assert neutral(cell)[:1] not in ("=", "+", "-", "@", "\t", "\r")
