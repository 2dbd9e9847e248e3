"""Quotation marks in a sentence somebody wrote: they stay only around words that an article has exactly so.

Who spoke the words is not told here (`app.verify`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from app.locate import locate
from app.verify import Evidence
from ingest.article import Article
from ingest.sentences import Span, sentence_spans

Place = tuple[Article, int, int]

_SINGLE = r"(?:[^‘’']|(?<=\w)[’'](?=\w))+"
_QUOTATION = re.compile(
    rf"“([^“”]*)”|„([^„“”]*)[“”]|«([^«»]*)»|\"([^\"]*)\"|‘({_SINGLE})’(?!\w)|(?<!\w)'({_SINGLE})'(?!\w)"
)
_CLOSING_SINGLE = re.compile(r"’(?!\w)")
# A mark without its fellow; after a figure it means inches.
_STRAY = re.compile(r"[“”„«»]|(?<!\d)\"")
# "It will hold." said Quill: the full stop goes with the marks.
_STOP_INSIDE = re.compile(r"(?<=[^\W\d]{3})\.(?= [a-z]{3})")
# Fewer words, between single marks, are a nickname or a term as often as a quotation.
_FEWEST = 3


@dataclass(frozen=True, slots=True)
class Marked:
    """A sentence whose quotation marks hold: `quotes` says where each stands; `lost` what had marks."""

    text: str
    quotes: tuple[Place, ...]
    lost: tuple[str, ...]


def marked(text: str, evidence: Sequence[Evidence], *, is_speech: bool = False) -> Marked:
    """The sentence with marks only around words that stand exactly so in one article of the evidence.

    All quotations of a sentence must be in the same article: two put together were never said together. With
    `is_speech` the article must quote the words itself: its own words are nobody's speech.
    """
    quotations = _quotations(text)
    places = ({q.span(): _place(q, e, is_speech) for q in quotations} for e in evidence)
    best = max(places, key=_found, default={})
    lost = [quotation for quotation in quotations if best.get(quotation.span()) is None]
    strays = _strays(text, quotations)
    gone = [at for q in lost for at in (q.start(), q.end() - 1)] + strays
    # Where a mark has no fellow, anything may have been meant to be quoted.
    words = tuple(q.group()[1:-1] for q in lost) + ((text,) if strays else ())
    quotes = {span: place for span, place in best.items() if place}
    return Marked(_without(_as_written(text, quotes), gone), tuple(quotes.values()), words)


def _as_written(text: str, quotes: Mapping[Span, Place]) -> str:
    """The sentence with the first letter of each quotation as the article has it."""
    for (start, _), (article, at, _) in quotes.items():
        first = start + 1 + len(text[start + 1 :]) - len(text[start + 1 :].lstrip())
        if text[first].isalpha():
            text = f"{text[:first]}{article.text[at]}{text[first + 1 :]}"
    return text


def unmarked(text: str) -> str:
    """The sentence without any quotation marks."""
    quotations = _quotations(text)
    pairs = [at for q in quotations for at in (q.start(), q.end() - 1)]
    return _without(text, pairs + _strays(text, quotations))


def sentence_around(article: Article, start: int, end: int) -> Span:
    """The whole sentence, or sentences, that a stretch of an article lies in."""
    around = [(a, b) for a, b in _sentences(article.text) if a < end and start < b]
    return (around[0][0], around[-1][1]) if around else (start, end)


@lru_cache(maxsize=64)
def _sentences(text: str) -> tuple[Span, ...]:
    return tuple(sentence_spans(text))


def _quotations(text: str) -> list[re.Match[str]]:
    found = []
    for quotation in _QUOTATION.finditer(text):
        is_single = quotation.group()[0] in "‘'"
        if not is_single or len(quotation.group().split()) >= _FEWEST:
            found.append(quotation)
    return found


def _found(places: Mapping[Span, Place | None]) -> int:
    return sum(place is not None for place in places.values())


def _place(quotation: re.Match[str], evidence: Evidence, is_speech: bool) -> Place | None:
    """Where the article has the words, its own punctuation at their end and their first capital aside."""
    words = quotation.group()[1:-1].strip().rstrip(" ,.;:")
    text = evidence.article.text
    # A word or two may be a name, where the capital tells.
    other = [words[:1].swapcase() + words[1:]] if len(words.split()) >= _FEWEST else []
    for wording in (words, *other):
        span = locate(wording, text, evidence.start)
        if span and _is_edge(text, span[0]) and _is_edge(text, span[1]):
            return None if is_speech and not _is_quoted(text, *span) else (evidence.article, *span)
    return None


def _is_quoted(text: str, start: int, end: int) -> bool:
    """Whether the article itself has these words between quotation marks."""
    first = text.rfind("\n", 0, start) + 1
    before = text[first:start]
    is_open = before.count("“") + before.count("«") > before.count("”") + before.count("»")
    single = before.rfind("‘")
    is_open_single = single >= 0 and not _CLOSING_SINGLE.search(before, single)
    return is_open or is_open_single or before.count('"') % 2 == 1 or text[start] in "“‘«\"'"


def _is_edge(text: str, at: int) -> bool:
    return not (0 < at < len(text) and text[at - 1].isalnum() and text[at].isalnum())


def _strays(text: str, quotations: Sequence[re.Match[str]]) -> list[int]:
    inside = {at for q in quotations for at in range(*q.span())}
    return [m.start() for m in _STRAY.finditer(text) if m.start() not in inside]


def _without(text: str, gone: Sequence[int]) -> str:
    dropped = set(gone)
    plain = "".join(c for at, c in enumerate(text) if at not in dropped)
    if len(plain) < len(text):
        plain = _STOP_INSIDE.sub(",", plain)
    return " ".join(plain.split())
