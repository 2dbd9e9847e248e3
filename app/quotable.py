"""Which sentences of an article can be quoted as they stand, and which need the one before them.

Furniture of the page (`app.furniture`) is left out, a dateline, label or heading before the first words is
trimmed off, and what is too long is cut at a clause. All spans point into the article's text. It knows
nothing of questions.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from app.dateline import dateline_end
from app.furniture import Head, heads, is_furniture, label_end
from app.words import is_function_word, stems_of, words
from ingest.sentences import Span, sentence_spans

# A sentence with more words is cut at its last clause before that.
LONGEST = 70
# Shorter lines without an end are headings.
_HEADING_CHARS = 45
# So many sentences at the end may be about who wrote the report.
_LAST_LINES = 4

_HEADING = re.compile(rf"^[^\n]{{0,{_HEADING_CHARS}}}?([^\s.,;:!?…”\"]+)\n+\s*(?=[A-Z“\"])")
_LINK = r"(?:(?:But|And|So|Still|Then|Later|Instead|However|Now|Yet|Also|Meanwhile),?\s+)?"
_PRONOUN = re.compile(
    rf"^{_LINK}(?:he|she|they|his|hers?|theirs?|him|them|these|those|such|both|neither|its|"
    r"it(?!(?:\s+(?:is|was|remains)|[’']s)\s+(?:not\s+)?\w+\s+(?:that|whether|if|to|how|why)\b)|"
    r"th(?:is|at)(?!\s+(?:week|month|year|morning|evening|summer|winter|spring|autumn|fall)\b))\b",
    re.IGNORECASE,
)
_QUOTATION = re.compile(r"[“\"][^”\"]*(?:[”\"]|$)")
_BARE_SPEAKER = re.compile(r",\s+(?:he|she|they)\s+(?:said|says|added|told|wrote|explained|warned|argued)\b")
_ANAPHOR = re.compile(rf"^{_LINK}(?:The|the)\s+((?:[a-z-]+\s+){{0,2}}[a-z-]+)")
_EXPLAINED = re.compile(r"\b(?:of|in|for|that|who|which|at|to)\b")
_CAPITAL = re.compile(r"\b[A-Z][\w’'-]+")
_NAMED = re.compile(r"(?<=\s)[A-Z][\w’'-]+")


@dataclass(frozen=True, slots=True)
class Quotable:
    """A sentence that can be quoted.

    `text` is the article's from `start` to `end`, `place` its number among all sentences of the article,
    `length` its words, `stems` their stems. `needed` is the sentence right before it, if without that one
    it is hard to understand; `before` is that sentence in any case, unless it cannot be quoted. `dangles`:
    even with `needed` it is hard to understand.
    """

    start: int
    end: int
    text: str
    place: int
    length: int
    stems: frozenset[str]
    before: Quotable | None
    needed: Quotable | None
    dangles: bool = False

    def around(self, title: str) -> frozenset[str]:
        """The stems of the sentence, of the one before it and of the article's headline."""
        return self.stems | (self.before.stems if self.before else frozenset()) | stems_of(title)


@lru_cache(maxsize=256)
def quotables(text: str, parts: tuple[Span, ...] | None = None) -> tuple[Quotable, ...]:
    """The quotable sentences of a text, in order; none is empty or page furniture.

    With `parts`, only those that begin in one of these spans, and the sentence before each.
    """
    found: list[Quotable] = []
    spans = [_after_head(span, heads(text)) for span in sentence_spans(text)]
    wanted = [parts is None or any(a <= start < b for a, b in parts) for start, _ in spans]
    for place, (start, end) in enumerate(spans):
        if not any(wanted[place : place + 2]):
            continue
        start, end, is_cut = _trimmed(text, start, end)
        sentence = text[start:end]
        is_last = place >= len(spans) - _LAST_LINES
        if is_furniture(sentence, is_cut=is_cut, is_last=is_last):
            continue
        last = found[-1] if found and found[-1].place == place - 1 else None
        before = last and Quotable(
            last.start, last.end, last.text, last.place, last.length, last.stems, None, None, last.dangles
        )
        is_leaning = leans(sentence, before.text if before else "")
        needed = before if is_leaning else None
        dangles = is_leaning and (before is None or before.dangles or _points_back(before.text))
        length = len(words(sentence))
        found.append(
            Quotable(start, end, sentence, place, length, stems_of(sentence), before, needed, dangles)
        )
    return tuple(found)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int, bool]:
    """Without headings and a dateline in front, and without the end of what is too long to quote."""
    while (heading := _HEADING.match(text[start:end])) and not is_function_word(heading.group(1)):
        start += heading.end()
    start += label_end(text[start:end])
    start += dateline_end(text[start:end])
    begins = [start + word.start() for word in re.finditer(r"\S+", text[start:end])]
    if len(begins) <= LONGEST:
        return start, end, False
    limit = begins[LONGEST]
    clause = max(text.rfind(mark, start, limit) for mark in ("; ", " — ", " – ", ", ", ": "))
    end = clause if clause > begins[LONGEST // 2] else limit
    return start, start + len(text[start:end].rstrip()), True


def _after_head(span: Span, live: tuple[Head, ...]) -> Span:
    """The span without the head of an update in it; empty where nothing sure is left."""
    start, end = span
    for head in live:
        if head.start <= start < head.end:
            return (head.end, end) if head.is_sure and head.end < end else (end, end)
    return span


def _points_back(sentence: str) -> bool:
    """Whether a sentence begins with a pronoun: it explains no other."""
    return bool(_PRONOUN.match(sentence))


def leans(sentence: str, before: str) -> bool:
    """Whether a sentence hinges on the one before: for who speaks, whom a pronoun or what a "the …" means."""
    if sentence[0] in '“"':
        return not _CAPITAL.search(_QUOTATION.sub("", sentence))
    if _PRONOUN.match(sentence):
        return True
    if bare := _BARE_SPEAKER.search(sentence):
        return not _NAMED.search(sentence[: bare.start()])
    # "The company said" leans; "The mayor of Leeds" and "The rise in prices" explain themselves.
    anaphor = _ANAPHOR.match(sentence)
    if anaphor is None or _EXPLAINED.search(anaphor.group(1)):
        return False
    return bool(_NAMED.search(before)) and not _NAMED.search(sentence[: max(60, anaphor.end())])
