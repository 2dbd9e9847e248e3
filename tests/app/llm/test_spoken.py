"""A quotation belongs to the one whom its sentence, or the nearest before it, names."""

from __future__ import annotations

import pytest

from app.llm.spoken import wrong_speaker
from ingest.article import Article

TEXT = (
    "Marl Foods has made an offer for the lamp works.\n\n"
    "Philippa Lund, the chairman, said on Tuesday that it was too low. “I have been offered crumbs before,” "
    "she said, “but usually at a table.”\n\n"
    "“It will not do,” she added.\n\n"
    "Ivo Marsh, who sells lamps, was not surprised. “They make them well,” he said."
)
ARTICLE = Article("works", "Offer for the lamp works", TEXT, "The Marl Ledger")


def fault_of(words: str, speaker: str) -> bool:
    start = TEXT.index(words)
    return bool(wrong_speaker(f"“{words},” said {speaker}.", [(ARTICLE, start, start + len(words))]))


@pytest.mark.parametrize(
    ("words", "right", "wrong"),
    [
        ("I have been offered crumbs before", "Philippa Lund", "Marl Foods"),
        ("I have been offered crumbs before", "Lund", "Ivo Marsh"),
        ("It will not do", "Philippa Lund", "Ivo Marsh"),
        ("They make them well", "Ivo Marsh", "Philippa Lund"),
    ],
)
def test_the_speaker_is_the_one_named_last(words: str, right: str, wrong: str) -> None:
    assert not fault_of(words, right)
    assert fault_of(words, wrong)


def test_the_outlet_may_be_quoted_and_so_may_nobody() -> None:
    place = [(ARTICLE, 0, 10)]

    assert wrong_speaker("“Marl Foods has made an offer,” the Marl Ledger reported.", place) is None
    assert wrong_speaker("There was talk of “an offer for the lamp works”.", place) is None
    assert wrong_speaker("Ivo Marsh said so.", []) is None
