"""Writes an answer in the archive's own words: which sentences of those read answer the question.

It needs no language model: it quotes. Which sentences are read is known to `app.sift`, and whether to answer
at all to `app.refuse`; writers in words of their own are `app.answering.Generates`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet

import numpy as np

from app.answer import Citation, Reading, Sentence
from app.candidates import Candidate
from app.complete import completed
from app.direct import Share
from app.likeness import Floats
from app.quotable import Quotable
from app.sift import Sifted
from ingest.article import Article, Moment

# An answer quotes at most this many sentences that answer; what these need to be understood comes on top of
# them, but not on top of the words.
SENTENCES = 3
WORDS = 80
# And so many with the headlines of its articles, which are read with it.
SHOWN = 100
# A further sentence is worth reading only when its score is this close to the best one's.
MARGIN = 0.75
# And this close where one figure is the answer: what else is near it is mostly of another time.
MARGIN_OF_FIGURE = 0.3
# Two sentences closer than this say the same, unless their figures differ.
REPEAT = 0.9
# What a sentence loses that cannot be understood, not even after the one before it.
DANGLING = 0.4
# What the belief in the short answer that a sentence holds adds to its score.
HELD = 1.0
_LINE_BREAK = re.compile(r"[\n\r\v\f\x85\u2028\u2029]")

Place = tuple[str, int]


class ExtractiveWriter:
    """Quotes one to three sentences that answer, with brackets for what they cannot say alone."""

    name = "extractive"

    def compose(
        self,
        sifted: Sifted,
        shares: Sequence[Share] = (),
        lead: Reading | None = None,
        outdated: AbstractSet[Place] = frozenset(),
    ) -> Iterator[Sentence]:
        """The answer from sentences that were read already.

        `shares` are those of the short answers, which speak for the sentences that hold them. The sentence of
        `lead` goes first; those at the places `outdated` (article id, start) are not quoted.
        """
        first = next((c for c in sifted.found if lead and _has(c, lead.citation)), None)
        margin = MARGIN_OF_FIGURE if lead else MARGIN
        said = ""
        for article, part in _chosen(sifted, *_order(sifted, shares, outdated), first, margin):
            sentence = quoted(article, part.start, part.end, sifted.query.as_of, said)
            said += f" {sentence.text}"
            yield sentence


def _order(sifted: Sifted, shares: Sequence[Share], outdated: AbstractSet[Place]) -> tuple[list[int], Floats]:
    """The sentences that may be quoted, the best first, and the scores of all without the short answers."""
    dangles = np.array([candidate.sentence.dangles for candidate in sifted.sentences], np.float32)
    plain = sifted.scores - DANGLING * dangles
    scores = plain.copy()
    held: dict[int, float] = {}
    for share in shares:
        for i in share.stretch.sentences:
            held[i] = max(held.get(i, 0.0), share.share)
    for i, most in held.items():
        scores[i] += HELD * most
    order = [int(i) for i in np.argsort(-scores, kind="stable")]
    kept = [i for i in order if _key(sifted.sentences[i], sifted.sentences[i].sentence) not in outdated]
    return kept, plain


def _chosen(
    sifted: Sifted, order: Sequence[int], scores: Floats, first: Candidate | None, margin: float
) -> Iterator[tuple[Article, Quotable]]:
    """`first`, then the best sentences that fit into an answer and say something new, each after the one that
    it needs."""
    chosen: list[int] = []
    said: set[Place] = set()
    room, number = _Room(), 0
    if first is not None:
        parts = _parts(first)
        said.update(_key(first, part) for part in parts)
        room.take(first.article, parts)
        number = 1
        yield from ((first.article, part) for part in parts)
    least = max((scores[i] for i in order), default=0.0) - margin
    for i in order:
        candidate = sifted.sentences[i]
        if number == SENTENCES:
            return
        is_weak = number and scores[i] < least
        is_said = _key(candidate, candidate.sentence) in said or any(_repeats(sifted, i, j) for j in chosen)
        if is_weak or is_said:
            continue
        parts = [part for part in _parts(candidate) if _key(candidate, part) not in said]
        if not number or room.has_for(candidate.article, parts):
            chosen.append(i)
            said.update(_key(candidate, part) for part in parts)
            room.take(candidate.article, parts)
            number += 1
            yield from ((candidate.article, part) for part in parts)


class _Room:
    """What is left of the words that an answer may quote, and of those that it may show with headlines."""

    def __init__(self) -> None:
        self._quoted, self._shown = WORDS, SHOWN
        self._titles: set[str] = set()

    def has_for(self, article: Article, parts: Sequence[Quotable]) -> bool:
        quoted, shown = self._lengths(article, parts)
        return quoted <= self._quoted and shown <= self._shown

    def take(self, article: Article, parts: Sequence[Quotable]) -> None:
        quoted, shown = self._lengths(article, parts)
        self._quoted -= quoted
        self._shown -= shown
        self._titles.add(article.title)

    def _lengths(self, article: Article, parts: Sequence[Quotable]) -> tuple[int, int]:
        quoted = sum(part.length for part in parts)
        return quoted, quoted + (0 if article.title in self._titles else len(article.title.split()))


def _key(candidate: Candidate, part: Quotable) -> Place:
    return candidate.article.id, part.start


def _has(candidate: Candidate, citation: Citation) -> bool:
    """Whether the candidate is the sentence that is cited."""
    sentence = candidate.sentence
    return (
        candidate.article.id == citation.article_id
        and sentence.start < citation.end
        and citation.start < sentence.end
    )


def _repeats(sifted: Sifted, one: int, other: int) -> bool:
    """Whether two candidates say the same, figures included."""
    alike = bool(sifted.vectors[one] @ sifted.vectors[other] > REPEAT)
    return alike and _figures(sifted.sentences[one]) == _figures(sifted.sentences[other])


def _figures(candidate: Candidate) -> frozenset[str]:
    return frozenset(word for word in candidate.sentence.stems if word[0].isdigit())


def _parts(candidate: Candidate) -> list[Quotable]:
    """The sentence after the one that it needs, unless both together are more than an answer may say."""
    sentence = candidate.sentence
    if sentence.needed and sentence.needed.length + sentence.length <= WORDS:
        return [sentence.needed, sentence]
    return [sentence]


def quoted(article: Article, start: int, end: int, as_of: Moment | None = None, said: str = "") -> Sentence:
    """The characters of an article as a sentence, with its brackets; only line breaks are shown as spaces."""
    citation = Citation.of(article, start, end)
    done = completed(article, start, end, as_of, said)
    return Sentence(_LINE_BREAK.sub(" ", done.text), (citation,), added=done.added)


def bare(sentence: Sentence) -> Sentence:
    """A quotation without its brackets."""
    (citation,) = sentence.citations
    return Sentence(_LINE_BREAK.sub(" ", citation.quote), (citation,))


def claim_of(sentence: Sentence) -> str:
    """What a quotation with its brackets claims: its words and theirs, without the marks."""
    marks = {i for start, end in sentence.added for i in range(start, end) if sentence.text[i] in "[]"}
    return "".join(c for i, c in enumerate(sentence.text) if i not in marks)
