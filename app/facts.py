"""Whether a sentence tells a thing as done, or as not done, of the one who is asked about.

"Did Quist buy the mill?" is told by "Quist bought the mill", and not by "Quist agreed to buy the mill", "if
Quist bought the mill", "Brandt bought the mill from Quist" or "rumours that Quist bought the mill". It reads
the words before a verb by lists of English words and no grammar; where it is not sure, it is not told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from app.agree.polarity import UNDONE, is_negation, modality, opposed
from app.agree.reading import Token, base, is_past, read
from app.ranks import is_rank
from app.words import is_function_word

_BE = frozenset("is are was were be been being became".split())
_HAVE = frozenset("has have had".split())
_REFUSING = frozenset(map(base, "refuse decline deny reject insist avoid escape stop fail".split()))
# What is supposed, anywhere before the verb.
_SUPPOSING = frozenset("if whether unless".split())
# What is thought of, feared or told falsely; none of it is done.
_NOTIONS = frozenset(
    map(
        base,
        """idea possibility chance likelihood odds risk threat fear fearful worry suggestion prospect rumour
        rumor wrongly falsely mistakenly incorrectly deny denied denying pretend imagine
        hypothetical""".split(),
    )
)
# Right before a word they say that it is not quite so.
_SHORT_OF = frozenset("second third fourth fifth nearly almost half partly to of".split())
# What is put between a subject and its verb: "Brandt, son of Quist, died".
_ASIDE = re.compile(r",\s[^,;:.]{1,80},(?=\s[a-z])|\s[–—-]\s[^–—]{1,80}\s[–—-](?=\s[a-z])|\s\([^)]{1,80}\)")
# So many words before a verb belong to it; so many lie between it and whose it is.
_BEFORE = 4
_NEAR = 8


def tells(auxiliary: str, claim: str, sentence: str) -> bool:
    """Whether the sentence tells as done what "`auxiliary` `claim`?" asks: "did", "Quist buy the mill"."""
    asked, said = read(claim), read(_ASIDE.sub(" ", sentence))
    return any(
        said[place].base == asked[number].base
        and _is_fact(auxiliary.lower(), asked[number], said, place)
        and not _is_doubted(said[:place])
        and _is_of(asked, number, said, place)
        for number, place in _verbs(asked, said)
    )


def denies(auxiliary: str, claim: str, sentence: str) -> bool:
    """Whether it tells that this was not done, or that the opposite was: "did not buy", "sold"."""
    asked, said = read(claim), read(_ASIDE.sub(" ", sentence))
    for number, place in _verbs(asked, said):
        verb = asked[number]
        if any(t.text.lower() in _SUPPOSING for t in said[:place]) or not _is_of(asked, number, said, place):
            continue
        if said[place].base == verb.base and _is_negated(said[:place], _bases(asked)):
            return True
        is_opposite = opposed(verb.base, said[place].base) and is_past(said[place].text)
        if is_opposite and not _is_doubted(said[:place]):
            return True
    return False


def _is_negated(before: Sequence[Token], claimed: set[str]) -> bool:
    """Whether the words before a verb negate it, and not another word of the claim between."""
    for token in reversed(before[-_BEFORE:]):
        if is_negation(token) or token.base in _REFUSING:
            return True
        if token.base in claimed:
            return False
    return False


def _verbs(asked: Sequence[Token], said: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """Places of words in the claim that may be its verb, and in the sentence of words that may answer it."""
    for number, verb in enumerate(asked):
        if number and verb.is_content and not verb.is_capital:
            for place, token in enumerate(said):
                if token.base == verb.base or opposed(verb.base, token.base):
                    yield number, place


def _is_fact(auxiliary: str, asked: Token, said: Sequence[Token], place: int) -> bool:
    """Whether the word stands in a form that tells what was or is so."""
    form, before = said[place].text.lower(), said[max(0, place - _BEFORE) : place]
    if auxiliary in ("do", "does"):
        return form == asked.text.lower() or form == f"{asked.text.lower()}s" or is_past(form)
    if auxiliary == "did" or auxiliary in _HAVE:
        return is_past(form)
    is_state = form == asked.text.lower()
    return is_state and (any(t.text.lower() in _BE for t in before) or is_past(form))


def _is_doubted(before: Sequence[Token]) -> bool:
    """Whether the words before a verb deny it, suppose it, or only think of it."""
    near = before[-_BEFORE:]
    return (
        any(t.text.lower() in _SUPPOSING for t in before)
        or any(is_negation(t) or t.base in _NOTIONS for t in before[-_NEAR:])
        or any(t.base in _REFUSING or modality(t) in UNDONE or t.text.lower() == "yet" for t in near)
        or any(t.text.lower() in _SHORT_OF for t in before[-1:])
    )


def _is_of(asked: Sequence[Token], number: int, said: Sequence[Token], place: int) -> bool:
    """Whether the verb is that of the one asked about: the nearest name, or word of the claim, before it.

    What was done to somebody may also be told of who did it: "the court overturned the ban".
    """
    subject, rest = _bases(asked[:number]), _bases(asked[number + 1 :])
    for back in range(place - 1, max(-1, place - 1 - _NEAR), -1):
        token = said[back]
        if token.base in subject:
            return not _is_namesake(subject, said[:back])
        if token.base in rest or _is_name(token):
            break
    is_active = not any(t.text.lower() in _BE for t in said[max(0, place - _BEFORE) : place])
    suffered = any(t.text.lower() in _BE for t in asked[:number]) or asked[number].text.lower().endswith("ed")
    return suffered and is_active and bool(subject & _bases(said[place + 1 : place + 1 + _BEFORE]))


def _is_namesake(subject: set[str], before: Sequence[Token]) -> bool:
    """Whether the words before a surname make it somebody else's: "Beau" where Joe Biden is asked about."""
    first = before[-1] if before else None
    return (
        first is not None
        and first.is_capital
        and first.is_content
        and not (first.base in subject or is_rank(first.text) or is_past(first.text))
    )


def _bases(tokens: Sequence[Token]) -> set[str]:
    return {t.base for t in tokens if t.is_content}


def _is_name(token: Token) -> bool:
    return token.is_capital and not is_function_word(token.text)
