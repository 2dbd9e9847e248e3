"""Figures that an article has, but of something else."""

from __future__ import annotations

import pytest

from app.agree.figures import figure_faults, linked_as_written
from app.agree.ground import Ground
from app.verify import Evidence
from ingest.article import Article

TEXT = (
    "The tremor killed at least 132 people in Maresby and injured more than 300. Profit fell by a third to "
    "310 million euros. Lawmakers voted 212 to 198 to lift the ban. Parliament has 900 members. Holt freed "
    "76 hostages, most of them women. A trial began at 6 a.m. in Halvern. Turnout was 67 percent, up from 59."
)
ARTICLE = Article("a1", "", TEXT, "Ledger")
GROUND = Ground([Evidence(ARTICLE, 0, len(TEXT))])


def found(claim: str) -> list[str]:
    return [fault.text for fault in figure_faults(claim, GROUND)]


@pytest.mark.parametrize(
    "claim",
    [
        "Profit fell by 310 million euros.",
        "More than 300 people were killed.",
        "They voted 900 to 212.",
        "Holt freed 76 women.",
        "The fire burned 6 houses.",
        "Turnout fell to 59 percent.",
    ],
)
def test_a_figure_of_something_else_is_a_fault(claim: str) -> None:
    assert found(claim)


@pytest.mark.parametrize(
    "claim",
    [
        "Profit fell to 310 million euros.",
        "At least 132 people were killed.",
        "The vote was 212 to 198.",
        "Holt freed 76 hostages.",
        "Turnout was up to 67 percent from 59.",
    ],
)
def test_a_figure_of_the_same_is_none(claim: str) -> None:
    assert found(claim) == []


def test_figures_may_change_places_with_their_links() -> None:
    assert linked_as_written("cut to 0.75 from 1.5", "cut from 1.5 to 0.75")
    assert not linked_as_written("cut from 0.75 to 1.5", "cut from 1.5 to 0.75")
