"""Telling words that a claim brings in: the evidence has neither them nor anything like them.

"Killed" is like "died", and "drunk" is like nothing in a report on an appeal. What is like what is asked of
the model that reads the words in their places; names, figures and dates are compared elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator

from app.agree.dates import dated_spans
from app.agree.numbers import quantities
from app.agree.reading import Token, base, read
from app.agree.speaker import SAYING
from app.likeness import Floats
from app.verify import Fault
from ingest.embed import TokenVectors

# Words less like all of the evidence than this are new to it.
LIKE = 0.42
# These say little, and mean what their neighbours make of them.
_LIGHT = frozenset(
    base(word)
    for word in """want get go come take make give have do be hold keep stay put set let leave remain face see
    use find finish become seem appear happen begin start continue include involve report expect believe think
    know feel call name describe former new old late early last next first second recent year month week day
    time people person man woman thing way part number total several many few some least maximum minimum ahead
    behind across along around back away together currently previously meanwhile however instead also able
    want need try following amid despite wake due well yet still again almost nearly about roughly""".split()
)


def fresh(claim: str, read_as: TokenVectors, found: Floats, bases: frozenset[str]) -> tuple[Token, ...]:
    """The words of a claim that are new; `found` is the likeness of each of its pieces to their nearest."""
    taken = [*dated_spans(claim), *((q.start, q.end) for q in quantities(claim))]
    return tuple(
        token
        for token in read(claim)
        if _tells(token, bases)
        and not any(a < token.end and token.start < b for a, b in taken)
        and _likeness(token, read_as, found) < LIKE
    )


def _tells(token: Token, bases: frozenset[str]) -> bool:
    known = token.base in bases or token.base in SAYING or token.base in _LIGHT
    return token.is_content and not known and not token.text[0].isdigit()


def _likeness(token: Token, read_as: TokenVectors, found: Floats) -> float:
    """That of a word is the mean of its pieces'; of a word that the model did not read, none."""
    pieces = [i for i, (a, b) in enumerate(read_as.offsets) if a < token.end and token.start < b]
    return float(found[pieces].mean()) if pieces else 0.0


def fresh_faults(words: tuple[Token, ...]) -> Iterator[Fault]:
    if words:
        said = " ".join(token.text for token in words)
        yield Fault("meaning", f"The article does not say “{said}”, nor anything like it.", False)
