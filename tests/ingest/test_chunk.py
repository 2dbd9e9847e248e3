"""Passages: whole sentences, exact offsets, within what the embedder reads."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from ingest.article import Article, Moment
from ingest.chunk import PASSAGE_TOKENS, embedded_text, header_of, passages_of
from ingest.sentences import sentence_spans
from ingest.tokens import count_tokens


def article(text: str, title: str = "A title") -> Article:
    return Article("a", title, text, "The Courier", published=Moment.parse("2026-03-14"))


def test_passages_end_where_sentences_end_and_are_evenly_filled() -> None:
    text = " ".join(f"The council met for the {n}th time and agreed on the harbour." for n in range(60))
    passages = passages_of(article(text))
    starts, ends = zip(*sentence_spans(text), strict=True)
    assert len(passages) > 2
    assert all(p.start in starts and p.end in ends for p in passages)
    sizes = [count_tokens(p.text) for p in passages]
    assert max(sizes) <= PASSAGE_TOKENS
    assert min(sizes) > max(sizes) / 2


def test_a_sentence_longer_than_a_passage_is_cut_between_words() -> None:
    text = "word " * 1_000 + "end."
    passages = passages_of(article(text))
    assert "".join(p.text.replace(" ", "") for p in passages) == text.replace(" ", "")
    assert all(not p.text.startswith("ord") for p in passages)


def test_one_enormous_word_and_a_million_spaces_are_bearable() -> None:
    for text in ("a" * 200_000, " " * 1_000_000 + "x"):
        passages = passages_of(article(text))
        assert "".join(p.text for p in passages) == text.strip()


@given(st.text(max_size=3_000))
def test_offsets_are_exact_and_nothing_is_lost(text: str) -> None:
    made = article(text)
    passages = passages_of(made)
    assert all(made.text[p.start : p.end] == p.text and p.text for p in passages)
    assert all(a.end <= b.start for a, b in pairwise(passages))
    assert "".join("".join(p.text.split()) for p in passages) == "".join(text.split())


def test_the_header_names_title_outlet_and_date() -> None:
    assert header_of(article("x")) == "A title | The Courier | March 14, 2026"
    month = Article("a", "T", "x", published=Moment.parse("2026-03"))
    assert header_of(month) == "T | March 2026"
    assert header_of(Article("a", "T", "x")) == "T"
    assert embedded_text("", "x") == "x"


def test_a_monstrous_title_leaves_room_for_the_passage() -> None:
    assert count_tokens(header_of(article("x", title="headline " * 500))) <= 40


def test_special_tokens_in_a_text_are_text() -> None:
    assert count_tokens("<|endoftext|>") > 1
