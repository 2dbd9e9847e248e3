"""A cross-encoder's word counts beside that of the arms; what it did not reach stays behind."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from app.answer import Hit
from app.rerank import DEPTH, WORTH, reranked
from ingest.article import Article, Passage


class Likes:
    """Likes texts that hold a word, and reads no more than so many."""

    name = "likes"

    def __init__(self, word: str, reads: int = 1_000) -> None:
        self.word, self.reads = word, reads
        self.seen: list[str] = []

    def scores(self, question: str, texts: Sequence[str]) -> list[float | None]:
        self.seen = list(texts)
        return [float(self.word in text) if n < self.reads else None for n, text in enumerate(texts)]


def made(*texts: str) -> tuple[list[Hit], dict[str, Article]]:
    articles = {str(n): Article(str(n), f"Headline {n}", text, "The Courier") for n, text in enumerate(texts)}
    hits = [
        Hit(Passage(str(n), 0, len(text), text), 1 - n / 100, f"Headline {n}", "The Courier", None, "")
        for n, text in enumerate(texts)
    ]
    return hits, articles


def ids(hits: Sequence[Hit]) -> list[str]:
    return [hit.passage.article_id for hit in hits]


def test_what_the_model_likes_comes_first() -> None:
    hits, articles = made("A fire.", "A flood.", "A ferry sank.")
    found = reranked(hits, articles, "Which ferry sank?", Likes("ferry"))
    assert ids(found) == ["2", "0", "1"]
    assert found[0].score == pytest.approx(hits[2].score + WORTH)
    assert found[0].parts["reranker"] == WORTH


def test_what_was_not_reached_stays_behind_in_its_order() -> None:
    hits, articles = made("A fire.", "A ferry.", "A flood.", "A ferry sank.")
    assert ids(reranked(hits, articles, "Which ferry?", Likes("ferry", reads=2))) == ["1", "0", "2", "3"]


def test_it_reads_the_headline_too_and_only_the_best() -> None:
    hits, articles = made(*["A fire."] * (DEPTH + 5))
    model = Likes("Headline 7 ")
    found = reranked(hits, articles, "Which?", model)
    assert len(model.seen) == DEPTH
    assert ids(found)[0] == "7"
    assert ids(found)[DEPTH:] == ids(hits)[DEPTH:]
