"""Runs of words that a claim has in another's place: what is in them that can turn a sentence round."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from app.agree.align import Slot
from app.agree.polarity import is_negation, modality, opposed, opposites_between, reverses
from app.agree.reading import Token

# Longer runs are another wording, not another word.
LONGEST = 7
_STOP = re.compile(r"[.;:!?]\s")
_LINKS = frozenset("to from ever having that any he she it they had have been".split())


def plain(token: Token) -> str:
    return token.text.lower().replace("’", "'").removesuffix("'s").rstrip(".")


def telling_of(tokens: Sequence[Token]) -> list[Token]:
    return [token for token in tokens if token.is_content]


def meets(tokens: Sequence[Token], start: int, end: int) -> bool:
    return bool(tokens) and tokens[0].start < end and start < tokens[-1].end


def within_sentence(slot: Slot, text: str) -> Slot:
    """At a claim's ends, without what is written in the sentences before and after its own.

    Texts without proper full stops come as one long sentence.
    """
    written = slot.written
    stops = [i for i, (a, b) in enumerate(pairwise(written), 1) if _STOP.search(text[a.end : b.start])]
    if stops and slot.after is None:
        written = written[: stops[0]]
    elif stops and slot.before is None:
        written = written[stops[-1] :]
    return replace(slot, written=written)


def _bearing(tokens: Sequence[Token], then: Token | None, text: str) -> list[Token]:
    """The last words of a run that bear on the word after it: back to the last other telling word or stop."""
    found: list[Token] = []
    end = then.start if then else len(text)
    for token in reversed(tokens):
        if _STOP.search(text[token.end : end]):
            break
        if token.is_content and not (modality(token) or is_negation(token) or reverses(token)):
            break
        found.append(token)
        end = token.start
    return found


def negates(tokens: Sequence[Token], then: Token | None, text: str) -> bool:
    """Whether a run negates the word after it; at a sentence's end, whether it does nothing else.

    Two negations make none: "did not refuse to".
    """
    if then is None and telling_of(tokens):
        return False
    bearing = _bearing(tokens, then, text)
    turns = sum(is_negation(token) for token in bearing)
    turns += any(reverses(token) and _governs(token, then, text) for token in bearing)
    return turns % 2 == 1


def _governs(verb: Token, then: Token | None, text: str) -> bool:
    """Whether a verb that reverses stands right before the one it reverses: "refused to go", "stop going"."""
    if then is None:
        return False
    between = text[verb.end : then.start].lower().split()
    return _LINKS.issuperset(between) if between else then.text.endswith("ing")


def has_negation(tokens: Sequence[Token]) -> bool:
    return any(is_negation(token) for token in tokens)


def modalities(tokens: Sequence[Token], then: Token | None, text: str) -> set[str]:
    """The kinds of doubt that a run puts before what follows it; a month is none."""
    found = _bearing(tokens, then, text) if then else []
    return {modality(token) for token in found if token.text != "May"} - {""}


def opposites(said: Sequence[Token], written: Sequence[Token]) -> tuple[Token, Token] | None:
    """Opposites put for each other; small words ("in", "up") only where nothing else differs."""
    if pair := opposites_between(telling_of(said), telling_of(written)):
        return pair
    return opposites_between(said, written) if len(said) == len(written) == 1 else None


def alike(said: Sequence[Token], written: Sequence[Token]) -> bool:
    """Whether each word said has a written one of its family (protest, protesters)."""
    return all(any(_family(s.base, w.base) for w in written) for s in said)


def _family(one: str, other: str) -> bool:
    common = next(
        (i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )
    return one == other or (common >= max(4, min(len(one), len(other)) - 2) and not opposed(one, other))


def text_of(tokens: Sequence[Token]) -> str:
    return " ".join(token.text for token in tokens)


def phrase(tokens: Sequence[Token], after: Token | None) -> str:
    return text_of((*tokens, after) if after else tokens) or "nothing of it"
