"""The stretches of a sentence that could be a short answer: figures, dates, names, titles, noun-like runs.

It goes by looks alone (capitals, figures, marks of quotation, small words) and knows no question; which of
the stretches answers one is told by `app.direct`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from app.words import WORD, is_function_word

Shape = Literal["number", "money", "percent", "date", "name", "title", "words"]

# The most words that a short answer may have.
LONGEST = 6
# A run of common words gives stretches of at most this many.
_RUN = 3
_SIGNS = frozenset("$€£¥%")

_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December|"
    r"Jan\.|Feb\.|Aug\.|Sept?\.|Oct\.|Nov\.|Dec\.)"
)
_UNIT = r"(?:thousand|million|billion|trillion|hundred|dozen)s?"
_SPELT = (
    r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|"
    r"seventeen|eighteen|nineteen|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:-\w+)?|dozens|"
    r"hundreds|thousands|millions)"
)
_FIGURE = r"\d+(?:,\d{3})*(?:\.\d+)?"
_LOOKS: tuple[tuple[Shape, str], ...] = (
    ("money", rf"(?:US|A|C|HK)?[$€£¥]\s?{_FIGURE}(?:[ -]?(?:{_UNIT}|bn|m|k)\b)?"),
    ("money", rf"\b{_FIGURE}(?: {_UNIT})? (?:dollars?|euros?|pounds?|cents|pence|yen)\b"),
    ("percent", rf"\b{_FIGURE}(?:\s?%| per ?cent\b| percentage points?\b)"),
    ("date", rf"\b{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?(?:, (?:19|20)\d\d)?(?!\d)"),
    ("date", rf"\b\d{{1,2}}(?:st|nd|rd|th)? {_MONTH}(?: (?:19|20)\d\d)?\b"),
    ("date", rf"\b{_MONTH}(?:,? (?:19|20)\d\d)?(?![\w.])"),
    ("date", r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b"),
    ("date", r"\b(?:19|20)\d\ds?\b(?![,.]\d)"),
    ("date", r"(?i:\b\d{1,2}(?:[:.]\d\d)? ?[ap]\.?m\b\.?|\b(?:noon|midnight)\b)"),
    ("number", rf"(?i:(?<![\w.,$€£])(?<![a-z]-)(?:{_FIGURE}|{_SPELT})(?:[ -]{_UNIT})?(?![\w%]))"),
)
_PATTERNS = tuple((shape, re.compile(look)) for shape, look in _LOOKS)
_QUOTED = re.compile(r"[“\"]([^”\"“]{2,80}?)[,.]?[”\"]|‘([^‘’]{2,60})’")
_JOINT = r"(?:of|the|de|da|del|der|van|von|al|bin|and|&|for|la|le|los|du|in)"
_RANK = r"(?:Gov|Sen|Rep|Dr|Mr|Mrs|Ms|Lt|Gen|Col|Maj|Sgt|Capt|Cmdr|Adm|Rev|Prof|Supt|St)\.(?=\s[A-Z])"
_CAPITAL = rf"(?:{_RANK}|[A-Z][\w’'&.-]*[\w’'&-]|[A-Z](?:\.[A-Z])+\.?|[A-Z]\.?)"
_NAME = re.compile(rf"\b{_CAPITAL}(?:[ ](?:{_JOINT}[ ]){{0,2}}(?:{_CAPITAL}|\d+\b))*")
_JOINED = re.compile(r"\s(?:and|of|for|in|&)\s(?:the\s)?")
_POSSESSIVE = re.compile(r"[’']s?$")


@dataclass(frozen=True, slots=True)
class Span:
    """The characters `start` to `end` of a sentence, which look like a thing of this shape."""

    start: int
    end: int
    shape: Shape
    text: str


@lru_cache(maxsize=1024)
def spans_of(sentence: str) -> tuple[Span, ...]:
    """Every stretch of at most six words that could be an answer; they may overlap, none occurs twice."""
    found: dict[tuple[int, int], Span] = {}
    for shape, start, end in _stretches(sentence):
        text = sentence[start:end]
        if text.strip() == text and text and len(text.split()) <= LONGEST:
            found.setdefault((start, end), Span(start, end, shape, text))
    return tuple(found.values())


def _stretches(sentence: str) -> Iterator[tuple[Shape, int, int]]:
    for shape, pattern in _PATTERNS:
        for match in pattern.finditer(sentence):
            yield shape, *match.span()
    for match in _QUOTED.finditer(sentence):
        yield "title", *match.span(1 if match.group(1) is not None else 2)
    for match in _NAME.finditer(sentence):
        for start, end in _names_in(sentence, *match.span()):
            yield "name", start, end
    for start, end in _runs(sentence):
        yield "words", start, end


def _names_in(sentence: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A run of capitals, and its parts on both sides of an "and" or "of"."""
    for begin, stop in _parts(sentence, start, end):
        words = [(begin + w.start(), begin + w.end()) for w in re.finditer(r"\S+", sentence[begin:stop])]
        while words and is_function_word(sentence[slice(*words[0])].strip(".")):
            words.pop(0)  # "The", "In" at the beginning of a sentence
        if words:
            yield words[0][0], _without_possessive(sentence, words[0][0], words[-1][1])


def _parts(sentence: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    yield start, end
    cuts = [(start + c.start(), start + c.end()) for c in _JOINED.finditer(sentence[start:end])]
    if cuts:
        edges = [start, *(edge for cut in cuts for edge in cut), end]
        yield from zip(edges[::2], edges[1::2], strict=True)


def _runs(sentence: str) -> Iterator[tuple[int, int]]:
    """One to three neighbouring words that are no function words, without punctuation between them."""
    run: list[tuple[int, int]] = []
    for match in WORD.finditer(sentence):
        start, end = match.span()
        joined = run and sentence[run[-1][1] : start] in (" ", "-")
        if is_function_word(match.group()) or match.group() in _SIGNS:
            run = []
            continue
        if not joined:
            run = []
        run.append((start, end))
        for begin, _ in run[-_RUN:]:
            yield begin, _without_possessive(sentence, begin, end)


def _without_possessive(sentence: str, start: int, end: int) -> int:
    """Where the stretch ends when a closing 's is left out."""
    possessive = _POSSESSIVE.search(sentence[start:end])
    return start + possessive.start() if possessive else end
