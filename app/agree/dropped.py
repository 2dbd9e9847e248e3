"""What a claim leaves out of a sentence that it otherwise follows, where that changes what is said.

Most of what is left out is missed by nobody. "Second" before "largest" is, and so is "former" before
"minister", or "most of" before "the women". Told by lists of words; longer cuts are looked at in
`app.agree.cuts`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from app.agree.align import Slot
from app.agree.cuts import cut_fault, instead
from app.agree.ground import Source
from app.agree.reading import Token
from app.agree.runs import telling_of
from app.verify import Fault

_ORDINALS = frozenset("second third fourth fifth sixth seventh eighth ninth tenth 2nd 3rd 4th 5th".split())
_LIMITS = frozenset(
    "among almost nearly not arguably perhaps probably joint possibly potentially virtually".split()
)
_UTMOST = frozenset("most least first last only best worst top all every entire whole none".split())
# Without these before it, a word says of somebody or something what it is not, or not surely.
_UNDOING = frozenset(
    """former ex acting interim deputy vice assistant alleged suspected accused would-be aspiring retired
    outgoing incoming then fake false failed attempted so-called mock proposed planned potential supposed
    unborn anti non mistaken disputed unconfirmed rumoured rumored honorary self-proclaimed""".split()
)
_CONDITIONS = frozenset("if unless whether".split())
_DOUBTS = frozenset("would could might may can should if unless whether when".split())
_PART = frozenset("most some many several few half part two three majority".split())
_WHOLE = frozenset("all every each both none no everyone nobody".split())


def dropped_faults(slot: Slot, claim: str, source: Source) -> Iterator[Fault]:
    """What is wrong with a place where the sentence has words and the claim has none that tell."""
    if telling_of(slot.said) or not slot.written:
        return
    for check in (_limit(slot), _undone(slot), _condition(slot, claim), _share(slot), _owned(slot)):
        if check:
            yield check
            return
    if fault := cut_fault(slot, source):
        yield fault


def _limit(slot: Slot) -> Fault | None:
    """ "The second largest" without the second; "one of the largest"."""
    if slot.then is None:
        return None
    if not _is_utmost(slot.then):
        words = [token.text.lower() for token in (*slot.written[-2:], slot.then)]
        return instead(slot, False) if words == ["one", "of", "the"] else None
    near = [token.text.lower() for token in slot.written[-3:]]
    if (
        near[-1] in _ORDINALS
        or "not" in near[-1:]
        or near[-3:-1] == ["one", "of"]
        or _LIMITS & set(near[-2:])
    ):
        return instead(slot, near[-1] in _ORDINALS or near[-1] == "not")
    return None


def _is_utmost(token: Token) -> bool:
    low = token.text.lower()
    return low in _UTMOST or (low.endswith("est") and len(low) > 5)


def _undone(slot: Slot) -> Fault | None:
    """A word that undoes the one after it."""
    if slot.then is None or slot.written[-1].text.lower() not in _UNDOING:
        return None
    return Fault("modality", f"The article says “{slot.written[-1].text} {slot.then.text}”.", False)


def _condition(slot: Slot, claim: str) -> Fault | None:
    """ "If it had failed" without the if, in a claim that leaves nothing open."""
    if not any(token.text.lower() in _CONDITIONS for token in slot.written):
        return None
    if slot.then is None or _DOUBTS & {word.lower() for word in re.findall(r"\w+", claim)}:
        return None
    return Fault("modality", "The article says this as a condition.", False)


def _share(slot: Slot) -> Fault | None:
    """ "All" for "most", "the" for "some of the"."""
    here = {token.text.lower() for token in slot.said}
    there = {token.text.lower() for token in slot.written}
    if here & _WHOLE and there & _PART and not there & _WHOLE:
        return instead(slot, True)
    return None


def _owned(slot: Slot) -> Fault | None:
    """ "Okoye's wife" as "Okoye"."""
    if slot.since is None or slot.before is None or slot.said:
        return None
    ends = [token.text.lower().endswith(("'s", "’s")) for token in (slot.since, slot.before)]
    return instead(slot, False) if ends == [True, False] else None
