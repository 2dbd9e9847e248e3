"""What speaks for a claim and against it, in a few numbers that a person can read.

The first four say how well the claim is met by its evidence, in 0..1; the others count what is new in it and
what disagrees, by kind of fault and what contradicts of it, two at most. How much each weighs stands in
`app/verifier.json`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import get_args

import numpy as np

from app.agree.align import Alignment, align
from app.agree.fresh import fresh
from app.agree.ground import Ground, Source, carried, weight, weights
from app.agree.reading import Token, read
from app.likeness import Question, Reads, mean_of
from app.verify import Fault, FaultKind

# How many sentences of the evidence the model reads for one claim, and how many are laid beside it.
READ, LAID = 12, 6
# Two words stand near each other when at most three come between them.
_NEAR = 4
_MOST_FAULTS = 2

MET = ("wording", "nearest", "in_order", "pairs")
KINDS: tuple[FaultKind, ...] = get_args(FaultKind)
AGAINST = "against"
NEW = "new"
NAMES = (*MET, NEW, *KINDS, AGAINST)


@dataclass(frozen=True, slots=True)
class Beside:
    """A sentence of the evidence laid beside the claim."""

    source: Source
    alignment: Alignment


@dataclass(frozen=True, slots=True)
class Met:
    """How a claim of one sentence is met.

    `wording`: likeness of its words to their nearest in the evidence, the rare ones counting most.
    `nearest`: likeness of the whole to the sentence nearest in meaning, which is `meant`.
    `in_order`: share of its words that one sentence, `beside`, has in the same order.
    `pairs`: share of its neighbouring words that stand near each other in some sentence too.
    `length` counts its telling words; `new` are those that nothing in the evidence is like.
    """

    wording: float
    nearest: float
    in_order: float
    pairs: float
    length: int
    beside: Beside
    meant: Source
    new: tuple[Token, ...] = ()


def ranked(claim: str, ground: Ground) -> list[Source]:
    """The sentences of the evidence, those first that share most with the claim."""
    wanted = weights(claim)
    return sorted(ground.sources, key=lambda s: carried(wanted, (t.base for t in read(s.text))), reverse=True)


def met(claim: str, likely: Sequence[Source], model: Reads, bases: frozenset[str]) -> Met:
    """How a claim is met by sentences of its evidence: at least one, the likeliest first.

    `bases` are all words of the evidence, those of other sentences too.
    """
    asked, *texts = model.tokens([claim, *(source.text for source in likely)])
    question = Question(claim, asked, weight)
    found = np.maximum.reduce(question.found_in(texts))
    likeness = np.stack([mean_of(text) for text in texts]) @ question.mean
    beside = max((Beside(s, align(claim, s.text)) for s in likely[:LAID]), key=lambda b: b.alignment.share)
    telling = [token for token in read(claim) if token.is_content]
    return Met(
        wording=question.wording(found),
        nearest=float(likeness.max()),
        in_order=beside.alignment.share,
        pairs=_pairs(telling, likely),
        length=len(telling),
        beside=beside,
        meant=likely[int(likeness.argmax())],
        new=fresh(claim, asked, found, bases),
    )


def _pairs(telling: Sequence[Token], likely: Sequence[Source]) -> float:
    near = {pair for source in likely for pair in _near(read(source.text))}
    pairs = [(one.base, other.base) for one, other in pairwise(telling)]
    return sum(pair in near for pair in pairs) / len(pairs) if pairs else 1.0


def _near(tokens: Sequence[Token]) -> Iterable[tuple[str, str]]:
    for place, token in enumerate(tokens):
        if token.is_content:
            yield from ((token.base, other.base) for other in tokens[place + 1 : place + 1 + _NEAR])


def features(parts: Sequence[Met], faults: Sequence[Fault]) -> dict[str, float]:
    """Those of a claim of one or more sentences, longer ones counting more."""
    total = sum(max(1, part.length) for part in parts)
    values = {name: sum(max(1, p.length) * getattr(p, name) for p in parts) / total for name in MET}
    counts: dict[str, float] = {kind: _count(f.kind == kind for f in faults) for kind in KINDS}
    counts[NEW] = min(float(_MOST_FAULTS), float(sum(len(part.new) for part in parts)))
    return values | counts | {AGAINST: _count(f.contradicts for f in faults)}


def _count(which: Iterable[bool]) -> float:
    return float(min(_MOST_FAULTS, sum(which)))
