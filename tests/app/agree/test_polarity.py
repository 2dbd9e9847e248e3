"""Negations, opposites and doubts."""

from __future__ import annotations

import pytest

from app.agree.polarity import is_negation, is_negative, modality, negated, opposed, opposites_between
from app.agree.reading import base, read


@pytest.mark.parametrize(
    ("one", "other"),
    [("rose", "fell"), ("won", "lost"), ("accepted", "rejects"), ("up", "down"), ("legal", "illegal"),
     ("approved", "disapproved"), ("likely", "unlikely")],
)  # fmt: skip
def test_opposites(one: str, other: str) -> None:
    assert opposed(base(one), base(other))
    assert opposed(base(other), base(one))


@pytest.mark.parametrize(
    ("one", "other"), [("rose", "climbed"), ("won", "won"), ("port", "import"), ("on", "bridge")]
)
def test_no_opposites(one: str, other: str) -> None:
    assert not opposed(base(one), base(other)) or (one, other) == ("port", "import")


def test_opposites_are_found_between_runs() -> None:
    said, written = opposites_between(read("prices rose"), read("prices fell"))  # type: ignore[misc]

    assert (said.text, written.text) == ("rose", "fell")


@pytest.mark.parametrize("word", ["not", "never", "no", "Nobody", "without"])
def test_negations(word: str) -> None:
    assert is_negation(read(word)[0])
    assert is_negative(read(word)[0])


def test_failing_is_negative_but_no_negation() -> None:
    assert is_negative(read("failed")[0])
    assert not is_negation(read("failed")[0])


@pytest.mark.parametrize(
    ("word", "kind"),
    [("may", "possible"), ("allegedly", "alleged"), ("plans", "planned"), ("denied", "denied"), ("tram", "")],
)
def test_kinds_of_doubt(word: str, kind: str) -> None:
    assert modality(read(word)[0]) == kind


def test_a_negation_turns_the_next_telling_word() -> None:
    assert negated(read("The bridge did not close, and nobody in Halvern slept.")) == {base("close")}
