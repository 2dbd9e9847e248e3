"""Who said it."""

from __future__ import annotations

import pytest

from app.agree.ground import Ground
from app.agree.speaker import attributions, quotations, speaker_faults, unattributed
from app.verify import Evidence
from ingest.article import Article

TEXT = (
    "“We are not closing the bridge,” said Brigadier General James Glynn, who commands the base. "
    "The mayor, Ann Lee, was unmoved. “Bridges do not argue back,” she said. It rained in Maresby."
)
ARTICLE = Article("a1", "Bridge stays open", TEXT, "Tarran Ledger")
GROUND = Ground([Evidence(ARTICLE, 0, len(TEXT))])


def faults(claim: str) -> list[tuple[str, bool]]:
    return [(fault.kind, fault.contradicts) for fault in speaker_faults(claim, GROUND, None)]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("“It is open,” said Ann Lee on Friday.", "Ann Lee"),
        ("Ann Lee said that it was open.", "Ann Lee"),
        ("It is open, according to Ann Lee.", "Ann Lee"),
        ("On Friday the mayor said that it was open.", ""),
        ("Ann Lee's brother said that it was open.", ""),
        ("In September staff said so.", ""),
    ],
)
def test_the_speaker_stands_beside_the_verb(text: str, speaker: str) -> None:
    assert " ".join(token.text for one in attributions(text) for token in one.speaker) == speaker


def test_nicknames_are_no_quotations() -> None:
    assert quotations("The “old lady” said: “We shall not be moved.”") == [(22, "We shall not be moved.")]


@pytest.mark.parametrize(
    "claim",
    [
        "“We are not closing the bridge,” Glynn said.",
        "“We are not closing the bridge”, said General Glynn.",
        "“Bridges do not argue back,” said Ann Lee.",
        "“Bridges do not argue back,” the Tarran Ledger reported.",
        "The bridge stays open.",
    ],
)
def test_these_said_it(claim: str) -> None:
    assert faults(claim) == []


def test_another_speaker_contradicts() -> None:
    assert faults("“We are not closing the bridge,” said Ann Lee.") == [("speaker", True)]


def test_a_stranger_is_not_said_to_speak() -> None:
    assert faults("“Bridges do not argue back,” said Odile Renshaw.") == [("speaker", False)]


def test_quoted_words_must_stand_in_the_article() -> None:
    assert faults("“We are closing the bridge today,” said Glynn.") == [("quotation", False)]


@pytest.mark.parametrize(
    "claim",
    [
        "The Tarran Ledger reported on 14 March 2026 that the bridge stays open now.",
        "According to the Tarran Ledger, the bridge stays open now.",
        "The bridge stays open now, the Tarran Ledger reported.",
        "The bridge stays open now, according to the Tarran Ledger on Monday.",
    ],
)
def test_who_printed_it_is_no_part_of_what_is_said(claim: str) -> None:
    assert unattributed(claim, ["", "The Tarran Ledger"]).removesuffix(".") == "The bridge stays open now"


def test_other_speakers_are_a_part_of_what_is_said() -> None:
    claim = "Ann Lee said that the bridge stays open now."

    assert unattributed(claim, ["Tarran Ledger"]) == claim
