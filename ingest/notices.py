"""Notices in which a paper takes something back: corrections, clarifications, retractions, kills.

Finds where one stands in an article, word for word: "Correction: …", "This article was amended on …", "An
earlier version of this story said …", "Editor's note", an article that is itself one ("MANDATORY KILL"). What
exactly was wrong, and which article a notice of another one means, is not known here (`ingest.corrections`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Literal

from ingest.sentences import sentence_spans

NoticeKind = Literal["correction", "clarification", "retraction"]

# A notice is read so far, in characters, and so many are read of one column.
_LONGEST, _MOST = 1_500, 50
# Told cheaply first: most articles take nothing back.
_TRIGGERS = (
    "correct", "clarifi", "retract", "withdrawn", "earlier version", "previous version", "original version",
    "amended", "originally", "misstated", "wrongly", "regret", "this story", "this article", "mandatory kill",
    "please kill",
)  # fmt: skip
_NAMED = r"(?:corrections?|clarifications?|retractions?)"
# How agencies withdraw a story. In small letters "kill" and "withdrawn" are words like any other.
_KILL = (
    r"(?:mandatory kill|kill (?:notice|advisory)|notice of withdrawal|withdrawal notice|"
    r"(?-i:KILL|WITHDRAWN)(?=\W*$|\s*[:—–-]))"
)
_PLEA = r"\bmandatory kill\b|\bplease kill\b"
_KILLS = re.compile(rf"^\W*{_KILL}|{_PLEA}", re.IGNORECASE)
_TITLE = re.compile(rf"^\W*(?:{_NAMED}(?:\s*(?:and|&|/)\s*{_NAMED})?\b|{_KILL})\W*", re.IGNORECASE)
_COLUMN = re.compile(r"^\W*(?:corrections|clarifications)\b", re.IGNORECASE)
_OPENS = re.compile(
    rf"\W*{_NAMED}(?:\s*(?:and|&|/)\s*{_NAMED})?(?:\s*\([^)\n]{{1,40}}\)|(?:,|\s+\d)[^:.\n]{{0,30}})?\s*(?:[:.—–]|$)",
    re.IGNORECASE,
)
_HEADING = re.compile(rf"^\W*{_NAMED}(?:\s*(?:and|&|/)\s*{_NAMED})?\W*$", re.IGNORECASE)
_PIECE = (
    r"(?:article|story|report|piece|post|page|column|obituary|review|interview|headline|graphic|caption|"
    r"video)"
)
_AMENDED = (
    r"(?:amended|corrected|clarified|retracted|withdrawn|taken down|revised to|edited to (?:correct|clarify)|"
    r"updated to (?:correct|clarify|fix|remove|"
    r"(?:accurately |more clearly |correctly )?(?:reflect|describe|state)))"
)
_WRONG = r"(?:mis\w+|incorrect\w*|wrong\w*|mistaken\w*|erroneous\w*|inaccurate\w*|in error)"
_SAID = (
    r"(?:said|stated|gave|reported|described|named|identified|suggested|implied|omitted|contained|included|"
    rf"referred|quoted|attributed|{_WRONG})"
)
_TAKES_BACK = re.compile(
    rf"\bthis {_PIECE}(?:['’]s {_PIECE})? (?:was|is|has been|has since been) (?:\w+ ){{0,2}}{_AMENDED}\b|"
    rf"\b(?:earlier|previous|original|prior|initial) version of (?:this|the) {_PIECE}\b.{{0,200}}?"
    rf"\b{_SAID}\b|\b(?:earlier|previous|original) {_PIECE}\b.{{0,60}}?\b{_WRONG}\b|"
    rf"\bthis {_PIECE} (?:originally|previously|initially) {_SAID}\b|\bthis {_PIECE} {_WRONG} \w+|"
    r"\bwe (?:have |are )?(?:corrected|retracted|retracting|withdrawn)\b|"
    r"\bregrets? (?:the|this|any) (?:error|mistake)|"
    rf"\((?:this (?:story|version|article) (?:has been )?)?correct(?:s|ed)\b|{_PLEA}",
    re.IGNORECASE,
)
_OWN = re.compile(
    rf"\bthis {_PIECE}\b|\bversion of (?:this|the) {_PIECE}\b|\(correct(?:s|ed)\b", re.IGNORECASE
)
_LINE = re.compile(r"[^\n]+")


@dataclass(frozen=True, slots=True)
class Notice:
    """`text[start:end]` is the notice; `own` when it speaks of the article that it stands in."""

    start: int
    end: int
    kind: NoticeKind
    own: bool


def notices(title: str, text: str) -> list[Notice]:
    """The notices of an article, in order."""
    if is_notice(title):
        return _whole(title, text)
    return list(islice(_within(text), _MOST)) if _may_take_back(text) else []


def is_notice(title: str) -> bool:
    """Whether an article with this headline is itself a notice."""
    return bool(_TITLE.match(title))


def is_kill(words: str) -> bool:
    """Whether a headline, or an agency's note to editors, withdraws a story."""
    return bool(_KILLS.search(words))


def subject(title: str) -> str:
    """What the headline of a notice names: "Correction: the Dray verdict" names "the Dray verdict"."""
    return _TITLE.sub("", title, count=1)


def _may_take_back(text: str) -> bool:
    low = text.lower()
    return any(map(low.__contains__, _TRIGGERS))


def _whole(title: str, text: str) -> list[Notice]:
    """An article that is a notice; a column of them has one in each paragraph."""
    if not _COLUMN.match(title):
        end = min(len(text.rstrip()), _LONGEST)
        own = not is_kill(title) and bool(_OWN.search(text[:end]))
        return [Notice(0, end, _kind(title), own)] if end else []
    lines = [m.span() for m in _LINE.finditer(text) if not _HEADING.match(m.group())]
    return [
        Notice(start, min(end, start + _LONGEST), _kind(text[start:end]), False)
        for start, end in lines[:_MOST]
    ]


def _within(text: str) -> Iterator[Notice]:
    """Lines of an article that take back what it said."""
    headed = False
    for line in _LINE.finditer(text):
        start, end = line.start(), min(line.end(), line.start() + _LONGEST)
        if not line.group().strip() or not (headed or _may_take_back(text[start:end])):
            continue
        if _HEADING.match(line.group()):
            headed = True
            continue
        if headed or _OPENS.match(text, start, end):
            yield Notice(start, end, _kind(text[start:end]), True)
        elif found := _TAKES_BACK.search(text, start, end):
            begin = _sentence_of(text, start, end, found.start())
            yield Notice(begin, end, _kind(text[begin:end]), True)
        headed = False


def _sentence_of(text: str, start: int, end: int, place: int) -> int:
    """Where the sentence begins in which a place of a line stands."""
    spans = sentence_spans(text[start:end])
    return start + max((a for a, _ in spans if start + a <= place), default=0)


def _kind(text: str) -> NoticeKind:
    low = text.lower()
    if "retract" in low or "withdrawn" in low or is_kill(text):
        return "retraction"
    is_clarification = "clarif" in low and "correct" not in low.replace("correctly", "")
    return "clarification" if is_clarification else "correction"
