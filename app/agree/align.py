"""A claim laid beside one sentence, word by word: what they share, and the places where they part.

In a claim that is close to the wording of its sentence, these places are where an error can be.
"""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from app.agree.reading import Token, read

_FUNCTION_WEIGHT = 0.25


@dataclass(frozen=True, slots=True)
class Slot:
    """One place where claim and sentence part: what is `said` there, and what is `written` instead.

    Either may be empty. `before` and `after` are the claim's words around it; `since` and `then` are the
    sentence's.
    """

    said: tuple[Token, ...]
    written: tuple[Token, ...]
    before: Token | None
    after: Token | None
    then: Token | None
    since: Token | None = None


@dataclass(frozen=True, slots=True)
class Alignment:
    """`share` of the claim's words stands in the sentence in the same order; small words count little.

    `kept` is the share of the sentence's words that the claim has.
    """

    share: float
    kept: float
    slots: tuple[Slot, ...]


@lru_cache(maxsize=4096)
def align(claim: str, sentence: str) -> Alignment:
    said, written = read(claim), read(sentence)
    matcher = SequenceMatcher(None, [t.base for t in written], [t.base for t in said], autojunk=False)
    slots: list[Slot] = []
    both = 0.0
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            both += _weight(said[c:d])
        else:
            around = said[c - 1] if c else None, _at(said, d), _at(written, b), written[a - 1] if a else None
            slots.append(Slot(said[c:d], written[a:b], *around))
    return Alignment(
        both / max(_weight(said), 1e-9), both / max(_weight(written), 1e-9), tuple(slots) if both else ()
    )


@dataclass(frozen=True, slots=True)
class Unit:
    """A telling word, or the words of a name together, that stands in a text once, with its neighbours."""

    text: str
    base: str
    place: int
    before: str
    after: str
    gap: str
    """The text between this and the next unit."""


@lru_cache(maxsize=4096)
def exchanged(claim: str, sentence: str) -> tuple[Unit, Unit] | None:
    """Two words or names of a claim that stand in each other's place in the sentence, as if swapped.

    A phrase that was moved takes its neighbours along; words that were swapped leave theirs behind.
    """
    said, written = _units(claim), _units(sentence)
    shared = [base for base in said if base in written]
    for number, name in enumerate(shared):
        one, there = said[name], written[name]
        for other in (said[base] for base in shared[number + 1 :]):
            if there.place < written[other.base].place or (other.place == one.place + 1 and _lists(one.gap)):
                continue
            rooms = _same_room(one, written[other.base]), _same_room(other, there)
            if sum(rooms) >= 3 and min(rooms) >= 1:
                return one, other
    return None


def _units(text: str) -> dict[str, Unit]:
    runs: list[list[Token]] = []
    for token in read(text):
        if not token.is_content:
            continue
        last = runs[-1][-1] if runs else None
        if last and token.is_capital and last.is_capital and not text[last.end : token.start].strip():
            runs[-1].append(token)
        else:
            runs.append([token])
    bases = ["", *(" ".join(t.base for t in run) for run in runs), ""]
    ends = [run[0].start for run in runs[1:]] + [len(text)]
    return {
        base: Unit(text[run[0].start : run[-1].end], base, i, bases[i], bases[i + 2], text[run[-1].end : end])
        for i, (base, run, end) in enumerate(zip(bases[1:], runs, ends, strict=False))
        if bases.count(base) == 1
    }


def _lists(gap: str) -> bool:
    """Whether two neighbours are items of a list, whose order says nothing."""
    return gap.strip().lower() in ("and", "or", "&", ",", ", and", ", or")


def _same_room(one: Unit, other: Unit) -> int:
    """How many neighbours two units share, the two themselves taken for each other."""
    pairs = ((one.before, other.before), (one.after, other.after))
    return sum(a == b or (a, b) == (other.base, one.base) for a, b in pairs)


def _at(tokens: tuple[Token, ...], place: int) -> Token | None:
    return tokens[place] if place < len(tokens) else None


def _weight(tokens: tuple[Token, ...]) -> float:
    return sum(1.0 if token.is_content else _FUNCTION_WEIGHT for token in tokens)
