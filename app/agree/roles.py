"""Who does what to whom, as far as the places of words around a verb tell it.

"Ann sued Bo" and "Bo sued Ann" have the same words. Here the unit before a verb and the one after it are
compared with those around the same verb in a sentence of the evidence; a passive with "by" turns them. It
knows no grammar beyond that: a verb is a word in the form of the past that stands in a text once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from app.agree.dates import dated_spans
from app.agree.reading import Token, base, is_irregular, read
from app.agree.speaker import SAYING
from app.verify import Fault

_STOP = re.compile(r"[.,;:!?()“”\"—–]")
_BE = frozenset("is are was were be been being get got gets".split())
_AUXILIARY = frozenset(
    "has have had will would may might can could did does do also not never then already later".split()
)
_SMALL = frozenset("the a an its his her their our my this that these those all both".split())
# Who meets whom is one and the same.
_MUTUAL = frozenset(
    base(word)
    for word in "meet marry wed play face fight merge debate match equal border divorce rival".split()
)
_WHOM = frozenset("it him her them me us you himself herself itself themselves".split())
_TIMES = frozenset("end noon midnight night dawn morning evening late early mid".split())
_RELATIVE = frozenset("who which that".split())
# What commas enclose between a unit and its verb has at most so many words.
_ENCLOSED = 14
# An agent may follow its verb at this distance: "was beaten 3-1 at home by Halvern".
_AGENT = 8


@dataclass(frozen=True, slots=True)
class Role:
    """The unit before a verb and the one after it; in a passive the second is the one who acts.

    Without "to be", "by" and an object ("the man arrested on Friday") the voice is not known: None.
    """

    verb: Token
    left: tuple[Token, ...]
    right: tuple[Token, ...]
    is_passive: bool | None

    @property
    def subject(self) -> frozenset[str]:
        return _bases(self.right if self.is_passive else self.left)

    @property
    def object(self) -> frozenset[str]:
        return _bases(self.left if self.is_passive else self.right)


def role_faults(claim: str, sentences: Sequence[str]) -> Iterator[Fault]:
    """The first verb of a claim whose units have another role in a sentence, and in none the same."""
    for said in roles(claim):
        there = [(role, one) for one in sentences for role in roles(one) if role.verb.base == said.verb.base]
        if not there or any(_agree(said, role) for role, _ in there):
            continue
        if any(_turned(said, role) for role, _ in there):
            yield Fault("name", f"The article has “{_told(said)}” the other way round.", True)
            return
        for role, sentence in there:
            if _has_another(said, role, sentence):
                yield Fault("name", f"The article says “{_told(role)}”, not “{_told(said)}”.", False)
                return


def is_turned_rightly(claim: str, sentence: str) -> bool:
    """Whether a verb is passive in one of the two only, and its units change places as they must."""
    pairs = [(one, other) for one in roles(claim) for other in roles(sentence)]
    return any(
        one.verb.base == other.verb.base
        and None not in (one.is_passive, other.is_passive)
        and one.is_passive != other.is_passive
        and _agree(one, other)
        for one, other in pairs
    )


def _agree(said: Role, written: Role) -> bool:
    """Whether nothing speaks against the same roles, and something for them."""
    if None in (said.is_passive, written.is_passive) and _all(said.left) & _all(written.left):
        return True
    is_turned = bool(said.is_passive) != bool(written.is_passive)
    sides = (written.right, written.left) if is_turned else (written.left, written.right)
    known = [(_all(a), _all(b)) for a, b in zip((said.left, said.right), sides, strict=True) if a and b]
    return bool(known) and all(one & other for one, other in known)


def _turned(said: Role, written: Role) -> bool:
    """Whether the one who acts is in the other acted upon."""
    if None in (said.is_passive, written.is_passive):
        return False
    acts = said.subject & written.object and not said.subject & written.subject
    suffers = said.object & written.subject and not said.object & written.object
    return bool(acts or suffers)


def _has_another(said: Role, written: Role, sentence: str) -> bool:
    """Whether another one of the same sentence does the same there: two names, or two things."""
    if said.is_passive or written.is_passive or not said.left or not written.left:
        return False
    same = _all(said.right) & _all(written.right) or (not said.right and not written.right)
    alike = any(t.is_capital for t in said.left) == any(t.is_capital for t in written.left)
    there = {token.base for token in read(sentence)}
    return bool(same and alike and not _all(said.left) & _all(written.left) and said.subject <= there)


@lru_cache(maxsize=4096)
def roles(text: str) -> tuple[Role, ...]:
    """The verbs of a text, each base once, with a unit on one side at least."""
    tokens = read(text)
    bases = [token.base for token in tokens]
    found = (
        _role(text, tokens, place)
        for place, token in enumerate(tokens)
        if _is_verb(token) and text[token.start - 1 : token.start] != "-" and bases.count(token.base) == 1
    )
    return tuple(role for role in found if role.left or role.right)


def _is_verb(token: Token) -> bool:
    """Whether a word has the form of a verb in the past; verbs of saying turn nobody round."""
    is_past = token.text.endswith(("ed", "en")) or is_irregular(token.text)
    is_one = token.is_content and token.text[0].islower() and is_past
    return is_one and token.base not in SAYING and token.base not in _MUTUAL


def _role(text: str, tokens: Sequence[Token], place: int) -> Role:
    agent = _agent(text, tokens, place)
    helped = _helped(tokens, place)
    left = _left(text, tokens, place)
    right = _right(text, tokens, place)
    if agent or helped:
        return Role(tokens[place], left, agent, True)
    follows = tokens[place + 1].text.lower() if place + 1 < len(tokens) else ""
    return Role(tokens[place], left, right, False if right or follows in _WHOM else None)


def _helped(tokens: Sequence[Token], place: int) -> bool:
    """Whether a form of "to be" stands right before a verb."""
    for token in reversed(tokens[max(0, place - 3) : place]):
        if token.text.lower() in _BE:
            return True
        if token.text.lower() not in _AUXILIARY and not token.text.endswith("ly"):
            return False
    return False


def _agent(text: str, tokens: Sequence[Token], place: int) -> tuple[Token, ...]:
    """Who acts in "beaten 3-1 by Ann Lee"; neither an amount nor a time ("by 2028", "by a third")."""
    for at in range(place + 1, min(len(tokens), place + _AGENT)):
        token = tokens[at]
        if _STOP.search(text[tokens[at - 1].end : token.start]) or _is_verb(token):
            return ()
        if token.text.lower() == "by":
            unit = _right(text, tokens, at)
            return unit if _is_who(unit, tokens[place], text) else ()
    return ()


def _is_who(unit: Sequence[Token], verb: Token, text: str) -> bool:
    """Whether a unit after "by" can act: no amount and no time."""
    if not unit or unit[0].text[0].isdigit() or unit[0].text.lower() in _TIMES:
        return False
    if any(a <= unit[0].start < b for a, b in dated_spans(text)):
        return False
    return unit[0].is_capital or verb.text.endswith(("ed", "en"))


def _left(text: str, tokens: Sequence[Token], place: int) -> tuple[Token, ...]:
    """The unit that ends right before a verb and its helpers, "who" and what commas enclose aside."""
    at = place - 1
    while at >= 0 and (tokens[at].text.lower() in _AUXILIARY | _BE or tokens[at].base == "not"):
        at -= 1
    if at >= 0 and at + 1 < len(tokens) and "," in text[tokens[at].end : tokens[at + 1].start]:
        at = _enclosed(text, tokens, at)
    elif at >= 0 and tokens[at].text.lower() in _RELATIVE:
        at -= 1
    return _run_before(text, tokens, at)


def _run_before(text: str, tokens: Sequence[Token], at: int) -> tuple[Token, ...]:
    """The telling words that end at a place, one after the other."""
    run: list[Token] = []
    while (
        at >= 0 and tokens[at].is_content and not (run and _STOP.search(text[tokens[at].end : run[-1].start]))
    ):
        run.append(tokens[at])
        at -= 1
    return tuple(reversed(run))


def _enclosed(text: str, tokens: Sequence[Token], at: int) -> int:
    """The place before the comma that opens what ends at a place; -1 where nothing is enclosed so."""
    for first in range(at, max(0, at - _ENCLOSED), -1):
        if "," in text[tokens[first - 1].end : tokens[first].start]:
            opens = tokens[first].text.lower()
            return first - 1 if opens in _RELATIVE | _SMALL or opens[0].isdigit() or opens == "aged" else -1
    return -1


def _right(text: str, tokens: Sequence[Token], place: int) -> tuple[Token, ...]:
    """The unit that begins right after a verb, small words like "the" aside."""
    run: list[Token] = []
    for at in range(place + 1, len(tokens)):
        token = tokens[at]
        if _STOP.search(text[tokens[at - 1].end : token.start]):
            break
        if token.is_content:
            run.append(token)
        elif run or token.text.lower() not in _SMALL:
            break
    return tuple(run)


def _all(run: Sequence[Token]) -> frozenset[str]:
    return frozenset(token.base for token in run)


def _bases(run: Sequence[Token]) -> frozenset[str]:
    """The names of a unit, or where it has none, its last word."""
    names = [token for token in run if token.is_capital]
    return frozenset(token.base for token in (names or list(run)[-1:]))


def _told(role: Role) -> str:
    by = ("by",) if role.is_passive and role.right else ()
    return " ".join([t.text for t in (*role.left, role.verb)] + [*by] + [t.text for t in role.right])
