"""The place of a dateline is told from labels, teams and names, and spelled as in running text."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.dateline import place_at_start, place_in

LEAD = "The bridge over the Sele opened on Tuesday."


@pytest.mark.parametrize(
    ("dateline", "place"),
    [
        ("HALVERN — ", "Halvern"),
        ("HALVERN -- ", "Halvern"),
        ("PORT ELLERY (Reuters) - ", "Port Ellery"),
        ("PORT ELLERY, March 3 (Reuters) - ", "Port Ellery"),
        ("Port Ellery, 3 May (TWS) — ", "Port Ellery"),
        ("HALVERN, Tuesday — ", "Halvern"),
        ("HALVERN, 3 mai (AFP) – ", "Halvern"),
        ("Halvern (AP) — ", "Halvern"),
        ("MARESBY, Tarrany (AP) — ", "Maresby, Tarrany"),
        ("MARESBY, D.C., March 3, 2026 (AP) — ", "Maresby, D.C."),
        ("WELLING, Fla.—", "Welling, Fla."),
        ("NEW HALVERN, Jan. 5 /NewsRoom/ -- ", "New Halvern"),
        ("HALVERN/MARESBY (Reuters) - ", "Halvern/Maresby"),
        ("ST. ANN’S, Tarrany — ", "St. Ann’s, Tarrany"),
        ("McELLERY, Tarrany — ", "McEllery, Tarrany"),
        ("PORT-AU-SELE — ", "Port-au-Sele"),
        ("SANTA FE — ", "Santa Fe"),
        ("“HALVERN — ", ""),
        ("Halvern — ", ""),  # any name may stand there: no outlet, date or agency bears it out
        ("BREAKING — ", ""),
        ("EXCLUSIVE, TODAY — ", ""),
        ("NBA — ", ""),
        ("Sele Ferries (SELF) — ", ""),
        ("HALVERN: ", ""),
        ("HALVERN-based, ", ""),
        ("", ""),
    ],
)
def test_the_dateline_that_a_text_opens_with(dateline: str, place: str) -> None:
    assert place_at_start(dateline + LEAD) == place


@pytest.mark.parametrize(
    ("dateline", "place"),
    [
        ("HALVERN, Monday (Reuters)", "Halvern"),
        ("    PORT ELLERY, March 3 - ", "Port Ellery"),
        ("Halvern", "Halvern"),
        ("MARESBY, MA", "Maresby, MA"),
        ("MARESBY, Mo.", "Maresby, Mo."),
        ("Maresby.", "Maresby"),
        ("MARESBY DC", "Maresby DC"),
        ("Stead-upon-Sele", "Stead-upon-Sele"),
        ("Trois-Gués, Québec", "Trois-Gués, Québec"),
        ("HALVERN/MARESBY, May", "Halvern/Maresby"),
        ("HALVERN (dpa)", "Halvern"),
        ("3 March", ""),
        ("—", ""),
        ("", ""),
        ("Nowhere in particular " * 20, ""),
    ],
)
def test_the_place_of_a_dateline_that_stands_alone(dateline: str, place: str) -> None:
    assert place_in(dateline) == place


@given(st.text())
def test_any_text_has_a_place_or_none(text: str) -> None:
    for place in (place_in(text), place_at_start(text)):
        assert place == place.strip()
    assert place_in(place_in(text)) in ("", place_in(text))


@pytest.mark.parametrize("piece", ["A", "A ", "AB/", "A. ", "AB, ", "— ", "Ab, Cd ", "1 ", "(", "McM"])
def test_a_dateline_without_end_takes_no_time(piece: str) -> None:
    began = time.process_time()
    place_at_start(piece * 200_000 + " — A")
    place_in(piece * 200_000)
    assert time.process_time() - began < 1
