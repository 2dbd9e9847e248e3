"""Which words of a question point outside it: "she", "there", "that".

A pronoun that has something to stand for in its own question ("what did the mayor say when he resigned") does
not, nor does the "it" of "is it true that"; in doubt none does. What they stand for is told elsewhere
(`app.talk.antecedent`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from app.talk.lists import AUXILIARY, LINKS
from app.talk.mentions import mentions
from app.words import content_words

Points = Literal["person", "thing", "group", "place", "said", "other"]

_POINTER = re.compile(
    r"\b(?:(?P<person>he|she|him|his|her|hers)|(?P<thing>it|its)|(?P<group>they|them|theirs?)|(?P<place>there)|"
    r"(?P<said>this|that|these|those)|"
    r"(?P<other>else|instead|(?:which|another|the other|the same) one|the others|the same thing|"
    r"(?<=said )so|(?<=say )so|(?<=says )so))\b",
    re.IGNORECASE,
)
# "That" and "this" point back at the end and after the verb that opens a question.
_POINTS = re.compile(
    rf"(?:^|\b(?:{AUXILIARY}) )(?:this|that|(?:these|those)(?! the))\b"
    r"(?! the (?:\w+ ){1,2}(?:when|that|who|where)\b)|\b(?:this|that|these|those)\W*$",
    re.IGNORECASE,
)
# Before a noun ("who made that decision") they do where nothing else is named.
_POINTS_WITH = re.compile(r"\b(?:this|that|these|those) [a-z]+\W*$", re.IGNORECASE)
_THIS_TIME = re.compile(
    r"this (?:week|weekend|month|year|morning|afternoon|evening|summer|autumn|fall|winter|spring|season|time|"
    r"decade|century)\b",
    re.IGNORECASE,
)
_NO_PLACE = re.compile(rf"(?:^|\b(?:{AUXILIARY}|been|be) )there$", re.IGNORECASE)
# An "it" that stands for nothing, and one that may when enough is told after it.
_EMPTY = re.compile(
    r"\bwhat time is it\b|\bhow far is it from\b|\bhow (?:cold|hot|warm|dark|late|windy|wet) \w+ it\b|"
    r"\bit (?:been |be )?(?:rain|snow|hot\b|cold\b|dark\b)|\bit too \w+ to\b|"
    r"\bit (?:called|mean) (?:when|if)\b|\b(?:long|\w+s) has it been since\b",
    re.IGNORECASE,
)
_FORMAL = re.compile(
    r"\bit (?:(?:takes?|took|costs?|means?|is|was|seems?|turns?|turned) )?(?:\S+ ){0,4}?"
    r"(?:to(?! (?:the|an?|his|her|its|[A-Z]))|that|whether)\b"
)
_SOMEBODY = re.compile(
    r"\b(?:an?|some|any|every|each|another) (?!of\b)\w+|\b(?:some|any|every|no)(?:one|body|thing)\b|"
    r"\b(?:who|which \w+)\b.+\bsa(?:y|id)\b",
    re.IGNORECASE,
)
SEVERAL = re.compile(
    r"\b(?:people|police|men|women|children|(?!does|was|is|has|this|says)[a-z]{3,}[^s\W]s)\b", re.IGNORECASE
)
# "How many seats did they win?": nothing that stands before "they" can be what it means.
_INVERTED = re.compile(
    rf"(?:what|which|how|whom?|whose|where|when|why)\b[^,]*\b(?:{AUXILIARY}) $", re.IGNORECASE
)
# "Which minister lost her seat?": the one asked for is the one meant, and so it is in "who said he would".
_ASKED_FOR = re.compile(
    rf"which (?!of\b)\w+(?:(?!\b(?:{AUXILIARY}) (?:the|an?|he|she|it|they|(?-i:[A-Z])|$)).)*$", re.IGNORECASE
)
_WHO_DID = re.compile(rf"who (?!(?:{AUXILIARY})\b)(?:(?!\b(?:{AUXILIARY})\b).)*$", re.IGNORECASE)
_DOES = re.compile(rf" (?:{AUXILIARY})\b", re.IGNORECASE)
_SUBORDINATE = re.compile(r"(?:when|after|before|while|although|since|if|as|during)\b[^,?]*,", re.IGNORECASE)
_NEW_CLAUSE = re.compile(
    r"\b(?:when|while|after|before|because|that|who|which|if|as|and|but|until|since|sa(?:y|ys|id)(?! about)|"
    r"thinks?|thought|claim(?:s|ed)?|believed?s?|hope[sd]?|want(?:s|ed)?)\b|[,;]",
    re.IGNORECASE,
)
OBJECT = re.compile(
    rf"(?:\W*$| (?:{LINKS}|and|or|when|while|if|as|that|last|next|this|again)\b)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Pointer:
    """A word that points outside its question."""

    kind: Points
    start: int
    end: int


def pointer(clause: str, outlets: tuple[str, ...]) -> Pointer | None:
    """The first word of a clause that points outside it."""
    is_settled = False
    for found in _POINTER.finditer(clause):
        kind: Points = found.lastgroup  # type: ignore[assignment]  # the groups have the names of the kinds
        is_pronoun = kind in ("person", "thing", "group")
        if is_pronoun and is_settled:
            continue
        if not _is_bound(kind, found, clause, outlets):
            return Pointer(kind, *found.span())
        # What one pronoun stands for, the next one mostly does.
        is_settled |= is_pronoun and not _EMPTY.search(clause) and not _FORMAL.search(clause)
    return None


def is_pointer(text: str) -> bool:
    return bool(_POINTER.fullmatch(text))


def _is_bound(kind: Points, found: re.Match[str], clause: str, outlets: tuple[str, ...]) -> bool:
    """Whether a word has what it stands for in its own question, or stands for nothing."""
    ahead, behind = clause[: found.start()], clause[found.end() :]
    elsewhere = {m.kind for m in mentions(f"{ahead}… {behind}", outlets)} - {"date"}
    named = {m.kind for m in mentions(ahead, outlets)} - {"date"}
    if kind == "said":
        points = [*_POINTS.finditer(clause), *(() if elsewhere else _POINTS_WITH.finditer(clause))]
        # "That new law on short lets" is told what it is.
        is_told = _THIS_TIME.match(clause, found.start()) or len(content_words(behind)) > 3
        return bool(is_told) or not any(m.start() < found.end() <= m.end() for m in points)
    if kind == "other":
        return bool(elsewhere & {"thing", "person", "place"})
    if kind == "place":
        return bool(_NO_PLACE.search(clause[: found.end()]) or elsewhere & {"place", "thing"})
    is_asked_for = _WHO_DID.match(ahead) and (elsewhere or _DOES.match(behind))
    if _ASKED_FOR.match(ahead) or is_asked_for or (kind == "thing" and _EMPTY.search(clause)):
        return True
    if kind == "thing" and (formal := _FORMAL.search(clause)):
        return bool(elsewhere) or len(content_words(clause[formal.end() :])) > 1
    if kind == "person":
        named -= {"place", "outlet"}
    return _is_cataphor(found, clause, outlets) or (
        not _is_object(found, clause) and (bool(named) or _has_somebody(kind, ahead))
    )


def _has_somebody(kind: Points, ahead: str) -> bool:
    """Whether somebody or something without a name stands ahead: "a man", "nurses"."""
    is_typed = ahead[1:] == ahead[1:].lower() and len(content_words(ahead)) > 1
    return (
        bool(_SOMEBODY.search(ahead))
        or (kind == "group" and bool(SEVERAL.search(ahead)) and not _INVERTED.match(ahead))
        # Without capitals names cannot be told: "how old was edmund iv when he died".
        or (is_typed and bool(_NEW_CLAUSE.search(ahead)))
    )


def _is_object(found: re.Match[str], clause: str) -> bool:
    """Whether it is the object of the only clause so far: the subject of that one cannot be what it means."""
    word, ahead = found[0].lower(), clause[: found.start()]
    ends = OBJECT.match(clause, found.end()) and not re.search(rf"\b(?:{AUXILIARY}) $", ahead, re.IGNORECASE)
    is_object = word in ("him", "them") or (word in ("her", "it") and bool(ends))
    return is_object and not _NEW_CLAUSE.search(ahead)


def _is_cataphor(found: re.Match[str], clause: str, outlets: tuple[str, ...]) -> bool:
    """ "When he resigned, what did Boris Johnson say?": what it means comes after."""
    opening = _SUBORDINATE.match(clause)
    return bool(opening and opening.end() > found.start() and mentions(clause[opening.end() :], outlets))
