"""Whether a sentence tells a thing as done, or as not done, of the one asked about."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.facts import denies, tells


@pytest.mark.parametrize(
    ("auxiliary", "claim", "sentence"),
    [
        ("did", "Ida Quist buy the mill", "Quist bought the old mill in May."),
        ("did", "the council approve the plan", "On Monday the council approved the plan."),
        ("has", "Ida Quist resigned", "Mayor Ida Quist, who was ill, resigned on Monday."),
        ("was", "Nils Aker convicted", "Aker – once a captain – was convicted of fraud."),
        ("was", "the Orrin rule overturned", "The court overturned the Orrin rule on Friday."),
        ("does", "salt cause rust", "Salt causes rust."),
        ("is", "Nils Aker dead", "Nils Aker is dead, his son said."),
    ],
)
def test_what_is_told_as_done(auxiliary: str, claim: str, sentence: str) -> None:
    assert tells(auxiliary, claim, sentence)
    assert not denies(auxiliary, claim, sentence)


@pytest.mark.parametrize(
    ("auxiliary", "claim", "sentence"),
    [
        ("did", "Ida Quist buy the mill", "Quist agreed to buy the mill."),
        ("did", "Ida Quist buy the mill", "Quist tried to buy the mill."),
        ("did", "Ida Quist buy the mill", "If Quist bought the mill, it would reopen."),
        ("did", "Ida Quist buy the mill", "There were rumours that Quist bought the mill."),
        ("did", "Ida Quist defeat Karl Brandt", "Karl Brandt defeated Ida Quist."),
        ("did", "the Senate pass the act", "The act stalled in the Senate after the House passed it."),
        ("did", "Karl Brandt die", "Otto Brandt died in 2015."),
        ("did", "Karl Brandt die", "Otto, a son of Karl Brandt, died in 2015."),
        ("is", "Nils Aker dead", "I fear that Nils Aker is dead, his son said."),
        ("was", "the fine the largest", "The fine was the second largest of the year."),
        ("was", "the pier closed", "The mayor denied that the pier was closed."),
        ("did", "Nils Aker resign", "The Echo wrongly reported that Nils Aker had resigned."),
        ("does", "salt cause rust", "Salt may cause rust."),
    ],
)
def test_what_is_not_told_as_done(auxiliary: str, claim: str, sentence: str) -> None:
    assert not tells(auxiliary, claim, sentence)


@pytest.mark.parametrize(
    ("sentence", "is_denied"),
    [
        ("Quist did not buy the mill.", True),
        ("Quist refused to buy the mill.", True),
        ("Quist sold the mill.", True),
        ("Brandt did not buy the mill.", False),
        ("Quist bought the mill.", False),
        ("If Quist did not buy the mill, it would close.", False),
    ],
)
def test_what_is_told_as_not_done(sentence: str, is_denied: bool) -> None:
    assert denies("did", "Ida Quist buy the mill", sentence) is is_denied


@given(st.sampled_from(["did", "is", "has", "does"]), st.text(), st.text())
def test_any_text_can_be_read(auxiliary: str, claim: str, sentence: str) -> None:
    assert tells(auxiliary, claim, sentence) in (True, False)
    assert denies(auxiliary, claim, sentence) in (True, False)
