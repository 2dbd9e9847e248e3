"""A quotation is found where its words stand, whatever its typography, and nowhere else."""

from __future__ import annotations

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.locate import locate, normal

# Any characters, and those that trouble a normal form more often than chance would have them.
TROUBLE = "“”‘’'\"—–--…. \u00a0\u2009\u200b\u00ad\u0301\u0327\u0323ﬁéüÅ\u1100\u1161\u11a8각\u0ccc\u202e\n\x00"
TEXTS = st.text(st.one_of(st.characters(), st.sampled_from(TROUBLE)), max_size=60)


@pytest.mark.parametrize(
    ("quote", "text"),
    [
        ("we were told nothing", "“We know,” they said; we were told nothing."),
        ("'we' - \"now\"", "‘we’ — “now”"),
        ("‘we’ — “now”", "'we' -- \"now\""),
        ("nine people died", "nine\u00a0people\u2009\n died"),
        ("nine people", "ni\u00adne peo\u200bple"),
        ("the first office", "the ﬁrst oﬃce"),
        ("the ﬁrst oﬃce", "the first office"),
        ("left ... again", "left … again"),
        ("José Núñez", unicodedata.normalize("NFD", "José Núñez")),
        (unicodedata.normalize("NFD", "José Núñez 각"), "José Núñez 각"),
        ("−5 degrees", "-5 degrees"),
        ("  nine   people ", "nine people"),
    ],
)
def test_the_same_words_in_other_typography(quote: str, text: str) -> None:
    for around in ("", "Before it. ", "“Née”… "):
        found = locate(quote, f"{around}{text} And after.")
        assert found is not None
        start, end = found
        cited = f"{around}{text} And after."[start:end]
        assert cited in text
        assert normal(cited) == normal(quote)


def test_the_span_has_neither_space_nor_unseen_characters_around_it() -> None:
    text = "It sank. \u200b\u00ad “Nine died,”\u00ad \u200b he said."
    assert locate('"Nine died,"', text) == (text.index("“"), text.index("”") + 1)


@pytest.mark.parametrize(
    ("quote", "text"),
    [
        ("The mayor", "the mayor"),
        ("resume", "résumé"),
        ("cafe-", unicodedata.normalize("NFD", "café—")),
        ("10²", "102"),
        ("inflation had fallen to 3.2", "inflation had risen to 9.8"),
        ("nine people", "nine, people"),
        ("recreate", "re-create"),
        ("left.. ", "left…"),
        ("", "anything"),
        (" \u200b\n", "a \u200b\n b"),
        ("anything", ""),
    ],
)
def test_other_words_are_not_found(quote: str, text: str) -> None:
    assert locate(quote, text) is None


def test_of_several_the_nearest_or_the_first() -> None:
    text = "it’s one, it’s two, it’s three"
    spans = [(0, 4), (10, 14), (20, 24)]
    assert locate("it's", text) == spans[0]
    assert [locate("it's", text, near) for near in (-5, 4, 6, 12, 19, 999)] == [
        spans[i] for i in (0, 0, 1, 1, 2, 2)
    ]
    assert [locate("it’s", text, near) for near in (-5, 4, 6, 12, 19, 999)] == [
        spans[i] for i in (0, 0, 1, 1, 2, 2)
    ]


def test_the_very_characters_come_before_others() -> None:
    assert locate("'no'", "‘no’ and 'no'") == (9, 13)


@given(TEXTS, TEXTS, st.none() | st.integers(-5, 70))
def test_what_is_found_is_the_same_in_normal_form_and_inside_the_text(
    quote: str, text: str, near: int | None
) -> None:
    found = locate(quote, text, near)
    if found is not None:
        assert 0 <= found[0] < found[1] <= len(text)
        assert normal(text[slice(*found)]) == normal(quote)


@given(st.data(), st.none() | st.integers(-5, 70))
def test_every_part_of_a_text_is_found_in_it(data: st.DataObject, near: int | None) -> None:
    text = data.draw(TEXTS)
    start, end = sorted(data.draw(st.tuples(*[st.integers(0, len(text))] * 2)))
    found = locate(text[start:end], text, near)
    if not normal(text[start:end]):
        assert found is None
    else:
        assert found is not None
        assert normal(text[slice(*found)]) == normal(text[start:end])


@given(TEXTS, TEXTS, TEXTS)
def test_a_text_is_found_in_its_normal_form_among_others(before: str, text: str, after: str) -> None:
    whole = f"{before} “{text}” {after}"
    found = locate(normal(f'"{text}"'), whole)
    assert found is not None
    assert normal(whole[slice(*found)]) == normal(f"“{text}”")


@given(TEXTS)
def test_twice_normal_is_once_normal(text: str) -> None:
    assert normal(normal(text)) == normal(text)


@given(TEXTS.filter(lambda text: not any("\ud800" <= c <= "\udfff" for c in text)))
def test_composed_or_not_is_the_same(text: str) -> None:
    forms = {normal(unicodedata.normalize(form, text)) for form in ("NFC", "NFD")}
    assert forms == {normal(text)}


@pytest.mark.parametrize(
    "piece", ["a", "it’s ", " - ", "e\u0301", "\u0301\u0315", "\u00ad", "…", "각", "-", "的"]
)
def test_a_very_long_text_takes_no_time(piece: str) -> None:
    text = piece * (60_000 // len(piece))
    quote = text[:20_000] + "…x"
    began = time.process_time()
    assert locate(quote, text) is None
    assert locate(quote, text, 30_000) is None
    assert time.process_time() - began < 2
