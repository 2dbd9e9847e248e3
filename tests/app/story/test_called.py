"""The names in a topic, and whether a text has them or means them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.story.called import Name, called

REPORTS = (
    "The Harlow Key Bridge fell on Tuesday, and the Key Bridge was old.",
    "Divers looked at the Key Bridge. A key role was theirs.",
)


def names(topic: str, *texts: str) -> list[str]:
    """The names in a topic, each by the stems of its words."""
    return [" ".join(sorted(name.stems)) for name in called(topic, texts)]


def test_words_that_texts_have_together_are_one_name() -> None:
    assert names("the fall of Key Bridge", *REPORTS) == ["bridg key"]
    assert names("the fall of Velm Bridge", *REPORTS) == ["velm", "bridg"]
    assert names("the fall of the bridge", *REPORTS) == []


@pytest.mark.parametrize(
    ("words", "text", "is_in"),
    [
        ("Key Bridge", "the Key  Bridge fell", True),
        ("Key Bridge", "the key to the bridge", False),
        ("Tarn I", "Tarn 1 flew", True),
        ("Tarn 2", "Tarn II flew", True),
        ("Tarn I", "Tarn II flew", False),
        ("Iran", "Iranian ships", True),
        ("Iran", "Irangate", False),
    ],
)
def test_a_text_has_a_name_in_its_spellings(words: str, text: str, is_in: bool) -> None:
    assert Name.of(words.split(), ()).is_in(text) is is_in


@pytest.mark.parametrize(
    ("words", "text", "is_meant"),
    [
        ("Ada Quill", "Mayor Quill spoke", True),
        ("Ada Quill", "Ben Quill spoke", False),
        ("Ada Quill", "they thanked Ada for it", True),
        ("Ada Quill", "they thanked Ada Marr for it", False),
        ("Tarn II", "the Tarn flew", False),
    ],
)
def test_a_part_may_stand_for_the_whole(words: str, text: str, is_meant: bool) -> None:
    assert Name.of(words.split(), ()).is_meant(text) is is_meant


def test_an_everyday_word_that_opens_a_sentence_stands_for_nothing() -> None:
    name = Name.of(["Spirit", "Ferries"], ["in that spirit they sailed"])
    assert not name.is_meant("They sailed. Spirit is all.")
    assert name.is_meant("They asked Spirit for more.")


@given(st.text(), st.text())
def test_any_topic_is_read(topic: str, text: str) -> None:
    for name in called(topic, (text,)):
        assert name.is_meant(text) or not name.is_in(text)
