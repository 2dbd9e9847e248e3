"""Which sentences of an article can be quoted as they stand, and which need the one before them.

Splits an article into quotable sentences: furniture of the page (captions, bylines, link lists, headlines) is
left out, a dateline before the first words is trimmed off, what is too long is cut at a clause. All spans
point into `article.text`. It knows nothing of questions.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from app.words import words
from ingest.sentences import sentence_spans

# A sentence longer than this is cut at its last clause before it.
LONGEST = 70

_ENDED = re.compile(r"[.!?…。！？][\"”’'»)\]]*$")
_DATELINE = re.compile(
    r"^(?:[A-Z][A-Z.'’-]+(?:[ ,/]+[A-Z][A-Za-z.'’-]*|,? \d{1,2}){0,6}\s*(?:\([^()]{2,30}\)\s*)?|"
    r"\([A-Z][\w /.]{1,30}\)\s*)"
    r"[—–-]{1,2}\s+(?=\S)"
)
_FURNITURE = re.compile(
    r"^(?:read (?:more|also|next|the full)|related|see also|more (?:on|from)|sign up|subscribe|photos?\b|"
    r"image[s:]|"
    r"video\s*:|watch\s*:|listen\s*:|advertisement|follow (?:us|him|her|them)|click (?:here|to)|"
    r"share this|copyright|"
    r"all rights|get (?:the latest|our|more)|download|editor[’']s note|source\s*:|contributing\s*:|"
    r"contact (?:us|the)|"
    r"support (?:us|our|local)|by [A-Z][\w.]+ [A-Z][\w.]+$|published|updated|\d+ min(?:ute)? read|"
    r"we may earn|"
    r"this (?:article|story|content|video|page) (?:was|is|has|originally|contains)|log ?in|your (?:email|"
    r"privacy))"
    r"|©|\bgetty images\b|\bnewsletters?\b|\bcookies?\b (?:policy|settings|on)|\bprivacy policy\b|"
    r"\bterms of (?:use|service)\b"
    r"|https?://|\bwww\.|\S+@\S+\.\w|\bcontributed to this (?:report|story|article)\b|\bhide caption\b|"
    r"\bsubscribers?\b"
    r"|\b(?:reach|follow) (?:him|her|them|the reporter)\b.*\b(?:at|on)\b|\(AP Photo|\bfile photo\b",
    re.IGNORECASE,
)
_PRONOUN = re.compile(
    r"^[\"“‘']?(?:(?:But|And|So|Still|Then|Later|Instead|However|Now|Yet|Also|Meanwhile),?\s+)?"
    r"(?:he|she|they|his|her|hers|their|him|them|these|those|such|both|neither|"
    r"it(?!\s+(?:is|was|’s|'s|will be|would be|remains|remained)\s+(?:not\s+)?\w+\s+(?:that|whether|if|to|"
    r"how|why)\b)|its|"
    r"this(?!\s+(?:week|month|year|morning|evening|summer|winter|spring|autumn|fall)\b)|that)\b",
    re.IGNORECASE,
)
_BARE_SPEAKER = re.compile(
    r"[\"”],?\s+(?:he|she|they)\s+(?:said|says|added|told|wrote|explained|warned|insisted|argued|continued)\b"
    r"|,\s+(?:he|she|they)\s+(?:said|says|added|told|wrote|explained|warned|insisted|argued)\b"
)
_ANAPHOR = re.compile(r"^(?:But |And |So )?(?:The|That|This|Those|These)\s+((?:[a-z-]+\s+){0,2}[a-z-]+)")
_NAMED = re.compile(r"(?<=\s)(?:[A-Z][\w’'-]+)")


@dataclass(frozen=True, slots=True)
class Quotable:
    """A sentence that can be quoted: its span, its place among the article's sentences, and its words.

    `before` is the index (in the list from `quotables`) of the sentence just before it, when that one
    can be quoted too and stands in reach; `leans` says that it is hard to read without it.
    """

    start: int
    end: int
    text: str
    place: int
    length: int
    before: int | None
    leans: bool


@lru_cache(maxsize=256)
def quotables(text: str) -> tuple[Quotable, ...]:
    """The quotable sentences of a text, in order; none is empty or page furniture."""
    found: list[Quotable] = []
    for place, (start, end) in enumerate(sentence_spans(text)):
        start, end = _trimmed(text, start, end)
        sentence = text[start:end]
        length = len(words(sentence))
        if is_furniture(sentence, length):
            continue
        near = found and found[-1].place == place - 1 and "\n\n\n" not in text[found[-1].end : start]
        before = len(found) - 1 if near else None
        found.append(Quotable(start, end, sentence, place, length, before, leans(sentence)))
    return tuple(found)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Without a dateline in front, and without the end of what is too long to quote."""
    if dateline := _DATELINE.match(text[start:end]):
        start += dateline.end()
    for start_of_word in _starts_of_words(text, start, end)[LONGEST : LONGEST + 1]:
        cut = max(text.rfind(mark, start, start_of_word) for mark in ("; ", " — ", " – ", ", ", ": "))
        end = cut if cut > start + (start_of_word - start) // 2 else start_of_word
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _starts_of_words(text: str, start: int, end: int) -> list[int]:
    return [start + m.start() for m in re.finditer(r"\S+", text[start:end])]


def is_furniture(sentence: str, length: int | None = None) -> bool:
    """Whether the sentence belongs to the page rather than to the report: captions, links, headlines."""
    length = len(words(sentence)) if length is None else length
    if length < 4 or _FURNITURE.search(sentence):
        return True
    if not _ENDED.search(sentence) and length < LONGEST - 2:
        return True
    return _looks_like_a_headline(sentence) or sentence.count("|") > 1 or sentence.count("•") > 3


def _looks_like_a_headline(sentence: str) -> bool:
    long = [w for w in words(sentence) if len(w) > 3 and w[0].isalpha()]
    capitals = sum(1 for w in long if w[0].isupper())
    return len(long) >= 5 and capitals / len(long) > 0.85


def leans(sentence: str) -> bool:
    """Whether the sentence hinges on the one before it: a pronoun or "the …" that nothing here explains."""
    if _PRONOUN.match(sentence):
        return True
    if bare := _BARE_SPEAKER.search(sentence):
        return not _NAMED.search(sentence[: bare.start()])
    anaphor = _ANAPHOR.match(sentence)
    # "The company said" leans; "The city of Leeds" and "The rise in prices that ..." explain themselves.
    return (
        bool(anaphor)
        and not re.match(r".*\b(?:of|in|for|that|who|which|at)\b", anaphor.group(1))
        and (not _NAMED.search(sentence[: max(60, anaphor.end())]))
    )
