"""What is left out of a sentence: mostly nothing, sometimes what it all hangs on."""

from __future__ import annotations

import pytest

from app.agree.align import align
from app.agree.cuts import cut_short, half_told
from app.agree.dropped import dropped_faults
from app.agree.ground import Source
from app.agree.unsettled import unsettled_faults
from ingest.article import Article, Moment


def found(claim: str, sentence: str) -> list[tuple[str, bool]]:
    article = Article("a1", "", sentence, "Ledger", published=Moment.parse("2026-03-14"))
    source = Source(0, article, 0, len(sentence), sentence)
    slots = align(claim, sentence).slots
    return [(f.kind, f.contradicts) for slot in slots for f in dropped_faults(slot, claim, source)]


@pytest.mark.parametrize(
    ("claim", "sentence"),
    [
        ("The fine was the largest ever.", "The fine was the second largest ever."),
        ("Halvern is the oldest port.", "Halvern is one of the oldest port towns."),
        ("Its minister, Eva Stahl, resigned.", "Its former minister, Eva Stahl, resigned."),
        ("The pier was cut off and failed.", "The pier was cut off if it failed."),
        ("They freed 76 people, all women.", "They freed 76 people, most women."),
        ("Police arrested Stahl.", "Police arrested a man who threw eggs at Stahl."),
        ("Marl gave Lee a car.", "Marl gave Lee's wife a car."),
        ("Rescuers were children.", "Rescuers said many of the dead were children."),
        ("It struck late on Saturday.", "It struck late on Friday, officials said on Saturday."),
        (
            "Holt will close its plant in Kiel.",
            "Holt will close its plant in Rostel by May but keep its plant in Kiel.",
        ),
    ],
)
def test_what_changes_the_sentence_is_a_fault(claim: str, sentence: str) -> None:
    assert found(claim, sentence)


@pytest.mark.parametrize(
    ("claim", "sentence"),
    [
        ("Ann Lee resigned on Friday.", "Ann Lee, who is 61, resigned on Friday."),
        ("The bridge opened on Friday.", "The old bridge in Halvern opened with a speech on Friday."),
        ("It rained in Halvern.", "It rained in the city of Halvern."),
        ("Ann Lee and Cy Dunn won.", "Ann Lee, Bo Marl and Cy Dunn won."),
    ],
)
def test_what_nobody_misses_is_none(claim: str, sentence: str) -> None:
    assert found(claim, sentence) == []


def test_a_superlative_cut_off_from_its_limits_is_told() -> None:
    assert cut_short("the hottest day ever measured there.", " in March")
    assert cut_short("the hottest day ever measured there.", ", she said in March") is None
    assert cut_short("a hot day.", " in March") is None


def test_one_half_of_a_verdict_is_told_as_such() -> None:
    sentence = "Marl was acquitted of bribery but found guilty of fraud."

    assert half_told("Marl was acquitted.", sentence)
    assert half_told("Marl was acquitted of bribery.", sentence) is None
    assert half_told("Marl was acquitted of bribery but found guilty of fraud.", sentence) is None


@pytest.mark.parametrize(
    ("claim", "is_fault"),
    [
        ("Halvern was cut off.", True),
        ("Halvern would have been cut off.", False),
        ("Halvern was expected to be cut off.", False),
    ],
)
def test_what_is_only_possible_is_not_done(claim: str, is_fault: bool) -> None:
    assert (
        bool(list(unsettled_faults(claim, "Halvern would have been cut off if it had failed."))) is is_fault
    )
