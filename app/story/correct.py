"""Correction notices: what a paper takes back, and what it puts in its place.

Reads "Correction: …", "An earlier version of this article said …. It …", "In our report … we said …. He …".
It pairs a withdrawn value with the one that stands in the same place of what follows. Notices that do not
say what was wrong are left alone; where notices stand is known to `ingest.notices`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from app.story.figures import figures
from app.words import content_words, stem, stems
from ingest.article import Article
from ingest.notices import notices
from ingest.sentences import sentence_spans

CorrectedKind = Literal["number", "date", "name"]

# So many words in common with the notice make a sentence the one that it withdraws.
_SAME_STATEMENT = 3
_SAID = re.compile(
    r"\b(?:said|stated|reported|gave|wrote|misstated|misidentified|described|named|identified|suggested|put)\b",
    re.IGNORECASE,
)
_NOT = re.compile(r",?\s*(?:and\s+)?(?:not|rather than|instead of)\s+")
_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December|Jan\.|Feb\.|"
    r"Aug\.|Sept?\.|Oct\.|Nov\.|Dec\.)"
)
_DATE = re.compile(
    rf"\b\d{{1,2}} {_MONTH}(?: \d{{4}})?|\b{_MONTH} \d{{1,2}}(?:, \d{{4}})?|"
    r"\b\d{1,2}(?:[.:]\d\d)? ?[ap]\.?m\b\.?|"
    r"\b\d{1,2}:\d\d\b|\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|\b(?:19|20)\d\d\b"
)
_NAME = re.compile(r"(?:\b(?:St|Dr|Mr|Mrs|Ms|Prof)\. )?\b[A-Z][\w’'-]+(?: (?:of |de |van )?[A-Z][\w’'-]+)*")
_WORDS = re.compile(r"[\w’'-]+")


@dataclass(frozen=True, slots=True)
class Correction:
    """A value withdrawn and the one that stands: their spans in the article, and those of their sentences."""

    article: Article
    kind: CorrectedKind
    right: tuple[int, int]
    right_sentence: tuple[int, int]
    wrong: tuple[int, int]
    wrong_sentence: tuple[int, int]

    @property
    def right_text(self) -> str:
        return self.article.text[slice(*self.right)]

    @property
    def wrong_text(self) -> str:
        return self.article.text[slice(*self.wrong)]

    def takes_back(self, article: Article, sentence: str) -> bool:
        """Whether a sentence of another, earlier article of the same outlet gives the withdrawn value."""
        notice = self.article
        if article.id == notice.id or article.source != notice.source:
            return False
        if article.published and notice.published and article.published.epoch > notice.published.epoch:
            return False
        said = set(stems(sentence))
        about = set(map(stem, content_words(notice.text[slice(*self.wrong_sentence)])))
        return set(stems(self.wrong_text)) <= said and len(said & about) >= _SAME_STATEMENT


@dataclass(frozen=True, slots=True)
class _Value:
    kind: CorrectedKind
    start: int
    end: int


def corrections(article: Article) -> list[Correction]:
    """What the article corrects, of itself or of an earlier report."""
    found: list[Correction] = []
    for notice in notices(article.title, article.text):
        stretch = article.text[notice.start : notice.end]
        spans = [(notice.start + a, notice.start + b) for a, b in sentence_spans(stretch)]
        for number, span in enumerate(spans):
            if _SAID.search(article.text[slice(*span)]):
                following = spans[number + 1] if number + 1 < len(spans) else None
                found += _corrections(article, span, following)
    return found


def _corrections(
    article: Article, span: tuple[int, int], following: tuple[int, int] | None
) -> Iterator[Correction]:
    """From one notice: what it says was said, against the rest of the sentence or the next one."""
    text = article.text
    said = [span[0] + found.end() for found in _SAID.finditer(text[slice(*span)])]
    # "said that she was born in X; in fact she was born in Y", or the right one in a sentence of its own.
    cut = re.search(r";|\bin fact\b|\bactually\b", text[said[0] : span[1]])
    first = (said[0], said[0] + cut.start()) if cut else (said[0], span[1])
    second = (said[0] + cut.end(), span[1]) if cut else following
    if second is None:
        return
    wrong, right = list(_values(text, *first)), list(_values(text, *second))
    if pair := _pair(text, wrong, right):
        put, taken = pair
        yield Correction(
            article, put.kind, (put.start, put.end), second if not cut else span,
            (taken.start, taken.end), span,
        )  # fmt: skip


def _pair(text: str, wrong: list[_Value], right: list[_Value]) -> tuple[_Value, _Value] | None:
    """The two values of one kind that differ and stand after (or before) the most equal words."""
    best: tuple[int, _Value, _Value] | None = None
    for taken in wrong:
        for put in right:
            if put.kind != taken.kind or text[put.start : put.end] == text[taken.start : taken.end]:
                continue
            score = _equal_around(text, taken, put)
            if score and (best is None or score > best[0]):
                best = score, put, taken
    return best[1:] if best else None


def _equal_around(text: str, one: _Value, other: _Value) -> int:
    before = [_WORDS.findall(text[max(0, v.start - 60) : v.start].lower())[::-1] for v in (one, other)]
    after = [_WORDS.findall(text[v.end : v.end + 40].lower()) for v in (one, other)]
    return 2 * _equal(*before) + _equal(*after)


def _equal(one: list[str], other: list[str]) -> int:
    count = 0
    for a, b in zip(one[:4], other[:4], strict=False):
        if a != b:
            break
        count += 1
    return count


def _values(text: str, start: int, end: int) -> Iterator[_Value]:
    """The dates, times, figures and names of a stretch."""
    taken: list[tuple[int, int]] = []
    stretch = text[start:end]
    for found in _DATE.finditer(stretch):
        taken.append(found.span())
        yield _Value("date", start + found.start(), start + found.end())
    for figure in figures(stretch):
        if not any(a < figure.end and figure.start < b for a, b in taken):
            taken.append((figure.start, figure.end))
            yield _Value("number", start + figure.start, start + figure.end)
    for found in _NAME.finditer(stretch):
        opens = not any(c.isalnum() for c in stretch[: found.start()])
        if not opens and not any(a < found.end() and found.start() < b for a, b in taken):
            yield _Value("name", start + found.start(), start + found.end())
