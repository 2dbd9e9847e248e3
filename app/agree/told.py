"""What in a claim is not told by its evidence, when the claim has a wording of its own.

Here words have other neighbours, so a figure that differs contradicts only where it counts the same thing in
the sentence that is nearest in meaning.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from app.agree import numbers
from app.agree.dates import fit, times
from app.agree.ground import Ground, Source
from app.agree.names import all_words, is_given, is_known, name_tokens
from app.agree.polarity import is_negative, negated, opposed
from app.agree.reading import Token, read
from app.verify import Fault

# So many neighbours must two words share before they are taken to speak of one thing.
_COMPANY = 2


def nowhere(claim: str, ground: Ground) -> Iterator[Fault]:
    """The figures, dates and names of a claim that the evidence does not have at all, not even as a part."""
    words = {word for text in ground.texts for word in all_words(text)}
    for said in numbers.quantities(claim):
        is_there = any(numbers.agree(said, q) for q in ground.quantities)
        if not is_there and not words.issuperset(all_words(said.text)):
            yield Fault("number", f"The article does not say {said.text}.", False)
    yield from _dates(claim, ground)
    yield from _names(claim, ground)


def told_faults(claim: str, ground: Ground, best: Source | None) -> Iterator[Fault]:
    yield from _numbers(claim, ground, best)
    yield from _dates(claim, ground)
    yield from _names(claim, ground)
    if best is not None:
        yield from _turned(claim, ground, best)


def _numbers(claim: str, ground: Ground, best: Source | None) -> Iterator[Fault]:
    for said in numbers.quantities(claim):
        if any(numbers.agree(said, q) for q in ground.quantities):
            continue
        other = _counts_same(claim, said, best) if best else None
        if other:
            yield Fault("number", f"The article says {other.text}, not {said.text}.", True)
        else:
            yield Fault("number", f"The article does not say {said.text}.", False)


def _counts_same(claim: str, said: numbers.Quantity, best: Source) -> numbers.Quantity | None:
    """A different number in the nearest sentence that counts what the claim's counts."""
    thing = counted(claim, said)
    for written in numbers.quantities(best.text):
        if numbers.differ(said, written) and thing and thing == counted(best.text, written):
            return written
    return None


def counted(text: str, quantity: numbers.Quantity) -> str:
    """The word after a number, in its base form."""
    after = [t for t in read(text) if t.start >= quantity.end]
    return after[0].base if after and after[0].is_content else ""


def _dates(claim: str, ground: Ground) -> Iterator[Fault]:
    """What is dated by none of the articles, from whichever of their days it is counted."""
    anchors = dict.fromkeys(source.anchor for source in ground.sources)
    for readings in zip(*(times(claim, anchor) for anchor in anchors), strict=True):
        if not any(ground.is_dated(r) or any(fit(r, w) == "same" for w in ground.times) for r in readings):
            yield Fault("date", f"The article does not say {readings[0].text}.", False)


def _names(claim: str, ground: Ground) -> Iterator[Fault]:
    for token in name_tokens(claim):
        if not is_known(token.text, ground.texts, is_given=is_given(token, claim)):
            yield Fault("name", f"The article does not name {token.text}.", False)


def _turned(claim: str, ground: Ground, best: Source) -> Iterator[Fault]:
    """A word negated on one side only, or standing where the evidence has only its opposite."""
    said, written = read(claim), read(best.text)
    here, there = negated(said), negated(written)
    bases, others = {t.base for t in said}, {t.base for t in written}
    for word in sorted((here - there) & others):
        if not any(is_negative(t) for t in written) and _company(word, said, written):
            yield Fault("negation", f"The article does not negate “{_as_said(word, claim)}”.", True)
    for word in sorted((there - here) & bases):
        if not any(is_negative(t) for t in said) and _company(word, said, written):
            yield Fault("negation", f"The article negates “{_as_said(word, claim)}”.", True)
    for token in said:
        if token.base in ground.bases:
            continue
        for other in written:
            if not token.is_content or other.base in bases or not opposed(token.base, other.base):
                continue
            if _company(token.base, said, written, other.base):
                yield Fault("direction", f"The article says “{other.text}”, not “{token.text}”.", True)
                break


def _company(word: str, said: Sequence[Token], written: Sequence[Token], other: str = "") -> bool:
    """Whether a word has a telling neighbour in the claim that it, or its opposite, has in the sentence."""
    return len(_neighbours(word, said) & _neighbours(other or word, written)) >= _COMPANY


def _neighbours(word: str, tokens: Sequence[Token]) -> set[str]:
    telling = [t.base for t in tokens if t.is_content or t.base == word]
    places = [i for i, one in enumerate(telling) if one == word]
    return {telling[j] for i in places for j in range(max(0, i - 3), min(len(telling), i + 4)) if j != i}


def _as_said(word: str, claim: str) -> str:
    return next((t.text for t in read(claim) if t.base == word), word)
