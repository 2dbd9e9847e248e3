"""Late interaction: what finds its like, how rare words weigh, and that no text is read twice."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from app.likeness import Question, Reader, mean_of
from app.words import rarity
from ingest.embed import TokenVectors
from ingest.fakes import HashEmbedder


class Counting(HashEmbedder):
    """Notes every text that it reads."""

    def __init__(self) -> None:
        super().__init__(256)
        self.texts: list[str] = []

    def tokens(self, texts: Sequence[str]) -> list[TokenVectors]:
        self.texts += texts
        return super().tokens(texts)


def everyday(word: str) -> float:
    return rarity(0, lambda word: 0)(word)


def asking(text: str) -> Question:
    return Question(text, HashEmbedder(256).tokens([text])[0], everyday)


def wording(question: str, other: str) -> float:
    reading = asking(question)
    (found,) = reading.found_in(HashEmbedder(256).tokens([other]))
    return reading.wording(found)


def test_a_text_with_all_the_words_is_wholly_alike() -> None:
    assert wording("ferry captain", "The captain left the ferry.") == pytest.approx(1.0, abs=1e-5)


def test_rare_words_count_more_than_common_ones() -> None:
    assert wording("the harpsichord", "A harpsichord.") > wording("the harpsichord", "The end.")


def test_each_text_is_compared_by_itself() -> None:
    first, none, second = asking("ferry").found_in(HashEmbedder(256).tokens(["a ferry", "", "a pier"]))

    assert first[0] > 0.99 > second[0]
    assert none[0] == -1.0


def test_every_piece_knows_its_word() -> None:
    spans = [(0, 3), (3, 6), (7, 11), (11, 12)]
    pieces = TokenVectors(["Har", "##mon", "sang", "?"], spans, np.eye(4, dtype=np.float32))

    assert Question("Harmon sang?", pieces, everyday).words == ["Harmon", "Harmon", "sang", "?"]


def test_a_word_is_as_like_as_its_piece_least_like() -> None:
    spans = [(0, 3), (3, 6), (7, 11), (11, 12)]
    pieces = TokenVectors(["Har", "##mon", "sang", "?"], spans, np.eye(4, dtype=np.float32))
    question = Question("Harmon sang?", pieces, everyday)
    (name, both, least), (verb, one, like) = question.by_word(np.array([0.9, 0.2, 0.5, 0.1], np.float32))

    assert (name, verb) == ("Harmon", "sang")
    assert (least, like) == pytest.approx((0.2, 0.5))
    assert (both, one) == pytest.approx((question.weights[:2].sum(), question.weights[2]))


def test_the_mean_of_nothing_is_zero() -> None:
    (nothing,) = HashEmbedder(8).tokens([""])

    assert mean_of(nothing).tolist() == [0.0] * 8


def test_no_text_is_read_twice() -> None:
    model = Counting()
    reader = Reader(model)
    reader.tokens(["one", "two", "one"])
    again = reader.tokens(["two", "three"])

    assert model.texts == ["one", "two", "three"]
    assert [pieces.pieces for pieces in again] == [["two"], ["three"]]


def test_the_oldest_texts_are_forgotten() -> None:
    model = Counting()
    reader = Reader(model, keep=2)
    reader.tokens(["one", "two"])
    reader.tokens(["one", "three"])
    reader.tokens(["one"])
    reader.tokens(["two"])

    assert model.texts == ["one", "two", "three", "two"]
