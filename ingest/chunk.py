"""Cuts an article into passages of whole sentences that an embedder reads to the end.

Sizes are tiktoken tokens. A passage with its header stays below MiniLM's 256 word pieces; it knows
nothing of the model itself, only of the budget.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.article import Article, Passage
from ingest.sentences import Span, sentence_spans
from ingest.tokens import count_tokens

# Part of an archive's identity: change it whenever the same text would be cut or headed differently.
CHUNKER = "sentences-180-v1"
PASSAGE_TOKENS = 180
# 180 + 40 tokens are at most 245 word pieces at the highest ratio seen in news.
HEADER_TOKENS = 40


def passages_of(article: Article) -> list[Passage]:
    """The passages of an article in order: disjoint, covering every sentence, evenly filled."""
    return [Passage(article.id, *span, article.text[slice(*span)]) for span in passage_spans(article.text)]


def passage_spans(text: str) -> list[Span]:
    """Where the passages of a text begin and end."""
    return list(_pack(list(_readable(text)), PASSAGE_TOKENS))


def header_of(article: Article) -> str:
    """What is put before a passage for the embedder: `title | outlet | March 14, 2026`, cut to its budget."""
    title = article.title
    while count_tokens(title) > HEADER_TOKENS - 16:
        title = title[: len(title) * 3 // 4]
    outlet = article.source[:40]
    return " | ".join(part for part in (title, outlet, spoken_date(article)) if part)


def spoken_date(article: Article) -> str:
    """The date as people write it, as exactly as it is known; empty for an undated article."""
    if article.published is None:
        return ""
    start = article.published.start
    day = "" if article.published.precision == "month" else f" {start.day},"
    return f"{start:%B}{day} {start.year}"


def embedded_text(header: str, passage: str) -> str:
    """What the embedder reads for a passage."""
    return f"{header}\n{passage}" if header else passage


def _readable(text: str) -> Iterator[tuple[Span, int]]:
    """Sentences with their sizes, one that is longer than a passage cut between words."""
    for start, end in sentence_spans(text):
        size = count_tokens(text[start:end])
        if size <= PASSAGE_TOKENS:
            yield (start, end), size
        else:
            yield from _cut_between_words(text, start, end)


def _cut_between_words(text: str, start: int, end: int) -> Iterator[tuple[Span, int]]:
    """Runs of words of at most a passage; a word is cut into pieces that surely fit."""
    begin, last, filled = start, start, 0
    for match in re.finditer(rf"\S{{1,{PASSAGE_TOKENS}}}\s*", text[start:end]):
        size = count_tokens(match.group())
        if filled and filled + size > PASSAGE_TOKENS:
            yield (begin, last), count_tokens(text[begin:last])
            begin, filled = start + match.start(), 0
        filled += size
        last = start + match.start() + len(match.group().rstrip())
    if last > begin:
        yield (begin, last), count_tokens(text[begin:last])


def _pack(sized: list[tuple[Span, int]], limit: int) -> Iterator[Span]:
    """Neighbouring spans joined up to `limit` tokens, as even as whole sentences allow."""
    total = sum(size for _, size in sized)
    even = total / max(1, -(-total // limit))
    begin, end, filled = 0, 0, 0
    for (start, stop), size in sized:
        if filled and (filled + size > limit or filled >= even):
            yield begin, end
            filled = 0
        if not filled:
            begin = start
        end, filled = stop, filled + size
    if filled:
        yield begin, end
