"""The best articles read once more by a cross-encoder, when one is set (`app.cross`).

What it says of an article's best passage is added to the article's score: it knows how passage and question
belong together, but not what day it is. What it did not reach in its time keeps its place behind the rest.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.answer import Hit
from app.cross import Reranker
from ingest.article import Article
from ingest.chunk import embedded_text, header_of

# How many articles are read again.
DEPTH = 30
# What a sure passage gains: as much as the whole evidence of the arms.
WORTH = 1.0


def reranked(
    hits: Sequence[Hit], articles: Mapping[str, Article], question: str, reranker: Reranker
) -> list[Hit]:
    """The hits (the best passage of each article), best first by what they had and what the model adds."""
    first, rest = hits[:DEPTH], hits[DEPTH:]
    texts = [embedded_text(header_of(articles[hit.passage.article_id]), hit.passage.text) for hit in first]
    read, unread = [], list(rest)
    for hit, score in zip(first, reranker.scores(question, texts), strict=True):
        if score is None:
            unread.insert(len(unread) - len(rest), hit)
        else:
            read.append(hit.plus(reranker=WORTH * score))
    return sorted(read, key=lambda hit: -hit.score) + unread
