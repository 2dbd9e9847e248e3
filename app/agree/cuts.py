"""Longer cuts out of a sentence that a claim otherwise follows, where what is left joins to something else.

"Arrested a man who threw eggs at Stern" must not become "arrested Stern", nor "near Ronda in June, but near
Seville in May" become "near Ronda in May". Told by the places of words and by what separates clauses.
"""

from __future__ import annotations

import re

from app.agree import numbers
from app.agree.align import Slot
from app.agree.dates import times
from app.agree.ground import Source
from app.agree.names import same_name
from app.agree.reading import Token, read
from app.agree.runs import phrase, telling_of, text_of
from app.agree.speaker import SAYING
from app.verify import Fault

_CLEARS = frozenset(("acquit", "clear", "innocent"))
_VERDICTS = _CLEARS | frozenset(("convict", "guilty"))
_LIMITING = re.compile(
    r"\s*((?:in|for|since|of|among|outside|by|under|between|this|last|to|during|after|before|within|on|at)\s"
    r"[^,.;:]{2,40})"
)
_CLAIMED_UTMOST = re.compile(
    r"\b(?:\w{2,}est|first|only|most|least|last|ever|record|never|all|every)\b", re.I
)
_PLACING = frozenset(
    "at of with for in to from by on against into over under about between behind near".split()
)
_SMALL = frozenset("the a an its his her their our".split())
# "The city of Halvern" is Halvern.
_SAME_THING = frozenset(
    """city town village state province county district region island group number series couple kind sort
    part republic kingdom capital port suburb borough month year team club company country continent
    area""".split()
)
_IS = frozenset("is are was were has have had will would".split())
_CLAUSES = re.compile(
    r"^[^,;]*(?:[,;]\s(?:and|but|while|after|before|when|as|because|although)|\bbut)\s[^,;]*$"
)
_SEPARATE = re.compile(r"[,;:()“”\"—–]")


def cut_fault(slot: Slot, source: Source) -> Fault | None:
    """What is wrong with a place where the claim says nothing and the sentence says more."""
    return _replaced(slot, source) or _place(slot, source.text) or _joined(slot, source.text)


def _replaced(slot: Slot, source: Source) -> Fault | None:
    """A later figure, day or name of the sentence that stands, after a cut, where another one stood."""
    if slot.then is None or slot.after is None or len(telling_of(slot.written)) < 2:
        return None
    if _lists(slot, source.text):
        return None
    return _other_value(slot.written[0], slot.then, source) or _other_name(slot, source.text)


def _other_value(first: Token, then: Token, source: Source) -> Fault | None:
    for kind, spans in (
        ("date", [(w.start, w.end) for w in times(source.text, source.anchor)]),
        ("number", [(q.start, q.end) for q in numbers.quantities(source.text)]),
    ):
        one = next((s for s in spans if s[0] <= first.start < s[1]), None)
        other = next((s for s in spans if s[0] == then.start), None)
        if one and other and one != other:
            text = f"The article says {source.text[slice(*one)]} here, not {source.text[slice(*other)]}."
            return Fault(kind, text, kind == "date")  # type: ignore[arg-type]
    return None


def _other_name(slot: Slot, text: str) -> Fault | None:
    first, then, since = slot.written[0], slot.then, slot.since
    if then is None or since is None or since.is_capital:
        return None
    are_names = all(token.is_capital and token.is_content for token in (first, then))
    if not are_names or _SEPARATE.search(text[since.end : first.start]):
        return None
    if same_name([t for t in slot.written if t.is_capital], [then]):
        return None
    return Fault("name", f"The article says “{first.text}” here, not “{then.text}”.", False)


def _lists(slot: Slot, text: str) -> bool:
    """Whether what was left out are items of a list, or parts of one name."""
    between = text[slot.written[0].end : slot.then.start] if slot.then else ""
    return not any(t.is_content and t.text[0].islower() for t in slot.written) and not re.search(
        r"\b(?:of|in|at|from|to|on|for)\b", between
    )


def _place(slot: Slot, text: str) -> Fault | None:
    """What a word was attached to left out: "arrested a man who threw eggs at Stern" as "arrested Stern"."""
    if slot.then is None or slot.since is None or slot.before is None or slot.said:
        return None
    if not slot.then.is_content:
        return None
    words = [token for token in slot.written if token.text.lower() not in _SMALL]
    if len(words) < 2 or words[-1].text.lower() not in _PLACING or not slot.since.is_content:
        return None
    if _SEPARATE.search(text[slot.since.end : slot.then.start]) or not telling_of(words):
        return None
    if telling_of(words)[-1].base in _SAME_THING and words[-1].text.lower() == "of":
        return None
    return instead(slot, False)


def _joined(slot: Slot, text: str) -> Fault | None:
    """Two clauses made one: "Rescuers said many of the dead were children" as "Rescuers were children"."""
    if slot.then is None or slot.since is None or slot.before is None or not telling_of(slot.written):
        return None
    between = text[slot.since.end : slot.then.start]
    is_speech = (
        slot.written[0].base in SAYING and slot.since.is_content and not _SEPARATE.match(between.strip())
    )
    is_speech = is_speech and slot.after is not None and slot.after.text.lower() in _IS
    if is_speech or _CLAUSES.search(between):
        return instead(slot, False)
    return None


def cut_short(claim: str, after: str) -> Fault | None:
    """A claim cut out of a sentence right before what limits its "first" or "largest"."""
    found = _LIMITING.match(after)
    if found and _CLAIMED_UTMOST.search(claim[-60:]):
        return Fault("meaning", f"The article goes on: “{found.group(1)}”.", False)
    return None


def half_told(claim: str, sentence: str) -> Fault | None:
    """A verdict of which a claim tells one half, and not on what: "acquitted", where also found guilty."""
    said = [t for t in read(claim) if t.base in _VERDICTS]
    clears = {t.base in _CLEARS for t in said}
    if len(clears) != 1 or any(re.match(r"\sof\b", claim[t.end :]) for t in said):
        return None
    other = next((t for t in read(sentence) if t.base in _VERDICTS and {t.base in _CLEARS} != clears), None)
    return Fault("meaning", f"The article also says “{other.text}”.", False) if other else None


def instead(slot: Slot, contradicts: bool) -> Fault:
    """What the sentence has there instead, with the words around it."""
    since = (slot.since,) if slot.since else ()
    written = phrase((*since, *slot.written), slot.then)
    said = text_of(tuple(t for t in (slot.before, *slot.said, slot.after) if t))
    return Fault("meaning", f"The article says “{written}”, not “{said}”.", contradicts)
