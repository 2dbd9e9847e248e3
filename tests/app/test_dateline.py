"""Where a dateline ends and the report begins."""

from __future__ import annotations

import pytest

from app.dateline import dateline_end
from app.quotable import quotables

SAID = "The ferry to Velm sails again on Monday, the harbour said."


@pytest.mark.parametrize(
    "dateline",
    [
        "HALVERN — ",
        "PORT ELLERY, March 3 (TWS) - ",
        "Tarran (Wire) - ",
        "(Tarran Wire) -- ",
        "ST. ORRIN – ",
        "New Velm — ",
        "HALVERN − ",
        "HALVERN, TN ― ",
        "HALVERN—",
        "HALVERN, Tarran —",
        "Velm, Tarran (TWS) ",
        "New Velm (Reuters) ",
        "Port Ellery (TWS Business) ",
    ],
)
def test_a_dateline_is_no_part_of_what_is_said(dateline: str) -> None:
    assert dateline_end(dateline + SAID) == len(dateline)
    assert [quotable.text for quotable in quotables(dateline + SAID)] == [SAID]


@pytest.mark.parametrize(
    "sentence",
    [
        SAID,
        "Velm — the old town — was quiet.",
        "Lind — Velm’s mayor — left.",
        "HALVERN — ",
        "A well-known ferry sank.",
        "Orrin Ferry Board (OFB) Chair Lind left.",
        "HALVERN-Velm is a ferry.",
        "",
    ],
)
def test_what_is_no_dateline_stays(sentence: str) -> None:
    assert dateline_end(sentence) == 0
