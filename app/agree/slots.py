"""What disagrees where a claim parts from a sentence that it otherwise follows word for word.

There, one thing put for another is an error unless it is a figure rounded, a date counted out, a name's other
form or another verb of saying. Names and other words are compared in `app.agree.wording`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from app.agree import numbers
from app.agree.align import Alignment, Slot, Unit, exchanged
from app.agree.cuts import half_told
from app.agree.dates import When, fit, times
from app.agree.dropped import dropped_faults
from app.agree.figures import linked_as_written
from app.agree.ground import Ground, Source
from app.agree.polarity import has_opposite, is_negative, is_one_sided
from app.agree.reading import Token, read
from app.agree.runs import (
    LONGEST,
    has_negation,
    meets,
    modalities,
    negates,
    opposites,
    phrase,
    telling_of,
    within_sentence,
)
from app.agree.wording import Wording
from app.verify import Fault, FaultKind

# Characters within which a negation may move.
_NEAR = 30
# So many telling words on each side of a place tell which sentence it goes by.
_AROUND = 3


class Comparison:
    """One claim beside one sentence of its evidence."""

    def __init__(self, claim: str, source: Source, alignment: Alignment, ground: Ground) -> None:
        self.claim, self.source, self.ground = claim, source, ground
        self.slots = tuple(within_sentence(slot, source.text) for slot in alignment.slots)
        self._wording = Wording(claim, source, self.slots, ground)

    def faults(self) -> Iterator[Fault]:
        """What disagrees: two things swapped, then slot by slot, at most one fault of each kind in each."""
        if (swapped := exchanged(self.claim, self.source.text)) and not self._is_rightly_swapped():
            yield _swap(*swapped)
            return
        if fault := half_told(self.claim, self.source.text):
            yield fault
        for slot in self.slots:
            if self._is_told_elsewhere(slot):
                continue
            seen: set[FaultKind] = set()
            for fault in self._long(slot) if self._is_long(slot) else self._slot(slot):
                if fault.kind not in seen:
                    seen.add(fault.kind)
                    yield fault

    def _is_rightly_swapped(self) -> bool:
        """Whether a passive turned two names, or "to" and "from" went along with their figures."""
        return self._wording.is_passive or linked_as_written(self.claim, self.source.text)

    def _is_long(self, slot: Slot) -> bool:
        """Whether a place is another wording rather than another word."""
        there = len(telling_of(slot.written)) > LONGEST
        return len(telling_of(slot.said)) > LONGEST or bool(there and slot.said)

    def _long(self, slot: Slot) -> Iterator[Fault]:
        """What another wording has that the evidence has not: it is compared with all of it."""
        yield from self._dates(slot)
        yield from self._wording.added(slot)

    def _is_told_elsewhere(self, slot: Slot) -> bool:
        """Whether another sentence has this, and half of what is new around it: claims join sentences."""
        said = {t.base for t in telling_of(slot.said)}
        if not said:
            return False
        telling = [t for t in read(self.claim) if t.is_content]
        inside = [i for i, t in enumerate(telling) if t in slot.said]
        around = {t.base for t in telling[max(0, inside[0] - _AROUND) : inside[-1] + 1 + _AROUND]} - said
        around -= {t.base for t in read(self.source.text)}
        if not around:
            return False
        others = ({t.base for t in read(other.text)} for other in self.ground.sources)
        return any(said <= other and 2 * len(around & other) >= len(around) for other in others)

    def _slot(self, slot: Slot) -> Iterator[Fault]:
        figures = list(self._numbers(slot))
        dates = list(self._dates(slot))
        turned = list(self._turned(slot))
        yield from (*figures, *dates, *turned)
        if not turned:
            yield from dropped_faults(slot, self.claim, self.source)
            yield from self._wording.faults(slot)

    # Figures and dates

    def _numbers(self, slot: Slot) -> Iterator[Fault]:
        written = [q for q in numbers.quantities(self.source.text) if meets(slot.written, q.start, q.end)]
        then = slot.then.start if slot.then else -1
        bound = [q for q in numbers.quantities(self.source.text) if q.start == then]
        for said in numbers.quantities(self.claim):
            if said.bound and slot.after and slot.after.start == said.start and bound:
                written = bound
            elif not meets(slot.said, said.start, said.end):
                continue
            if any(numbers.agree(said, w) for w in written):
                continue
            elsewhere = any(numbers.agree(said, q) for q in self.ground.quantities)
            if written:
                other = min(written, key=lambda w: w.unit != said.unit)
                sure = other.unit == said.unit and (self._alone(slot) or not elsewhere)
                sure = sure and not numbers.is_sum(said, numbers.quantities(self.source.text))
                yield Fault("number", f"The article says {_figure(other)}, not {_figure(said)}.", sure)
            elif not elsewhere:
                yield Fault("number", f"The article does not say {_figure(said)}.", False)

    def _dates(self, slot: Slot) -> Iterator[Fault]:
        anchor = self.source.anchor
        written = [w for w in times(self.source.text, anchor) if meets(slot.written, w.start, w.end)]
        for said in times(self.claim, anchor):
            if not meets(slot.said, said.start, said.end):
                continue
            fits = [fit(said, w) for w in written]
            if "same" in fits or (not written and self._is_dated_elsewhere(said)):
                continue
            if "other" in fits:
                sure = self._alone(slot) or not self._is_dated_elsewhere(said)
                yield Fault("date", f"The article says {written[0].text}, not {said.text}.", sure)
            elif not self.ground.is_dated(said):
                yield Fault("date", f"The article does not say {said.text}.", False)

    def _alone(self, slot: Slot) -> bool:
        """Whether the claim adds or changes nothing but this: then nothing else can be meant."""
        return not any(telling_of(other.said) for other in self.slots if other is not slot)

    def _is_dated_elsewhere(self, said: When) -> bool:
        return self.ground.is_dated(said) or any(fit(said, w) == "same" for w in self.ground.times)

    # Words that turn the sentence round

    def _turned(self, slot: Slot) -> Iterator[Fault]:
        said = telling_of(slot.said)
        if pair := opposites(slot.said, slot.written):
            sure = is_one_sided(pair, self.claim, self.source.text)
            yield Fault("direction", f"The article says “{pair[1].text}”, not “{pair[0].text}”.", sure)
        if self._turned_round(slot) and not self._made_up_for(slot):
            one, other = phrase(slot.written[-8:], slot.then), phrase(slot.said[-8:], slot.after)
            sure = not has_opposite(slot.after, self.source.text)
            yield Fault("negation", f"The article says “{one}”, not “{other}”.", sure)
        here = modalities(slot.said, slot.after, self.claim)
        there = modalities(slot.written, slot.then, self.source.text)
        if self._denies(slot.said) and self._denies(slot.written):
            return
        if here != there and len(said) <= 2:
            lost = there - here
            one, other = phrase(slot.written[-4:], slot.then), phrase(slot.said, slot.after)
            yield Fault("modality", f"The article says “{one}”, not “{other}”.", "denied" in lost)

    @staticmethod
    def _denies(tokens: Sequence[Token]) -> bool:
        return any(is_negative(token) for token in tokens)

    def _made_up_for(self, slot: Slot) -> bool:
        """Whether a negation only moved: "did not find any trace", "found no trace"."""
        turns = (has_negation(slot.said), has_negation(slot.written))
        return turns[0] != turns[1] and any(
            (has_negation(other.written), has_negation(other.said)) == turns
            for other in self.slots
            if len(other.written) < LONGEST and abs(self._place(other) - self._place(slot)) <= _NEAR
        )

    def _place(self, slot: Slot) -> int:
        """Where a slot is in the claim."""
        follows = (*slot.said, slot.after)[0]
        return follows.start if follows else len(self.claim)

    def _turned_round(self, slot: Slot) -> bool:
        """Whether the word that follows is negated on one side only."""
        return negates(slot.said, slot.after, self.claim) != negates(
            slot.written, slot.then, self.source.text
        )


def _swap(one: Unit, other: Unit) -> Fault:
    kind: FaultKind = "meaning"
    if one.text[0].isupper() and other.text[0].isupper():
        kind = "name"
    elif one.text[0].isdigit() and other.text[0].isdigit():
        kind = "number"
    text = f"The article has “{one.text}” and “{other.text}” the other way round."
    return Fault(kind, text, kind != "meaning")


def _figure(quantity: numbers.Quantity) -> str:
    word = {"": "", "about": "about ", "over": "more than ", "under": "fewer than "}[quantity.bound]
    return word + quantity.text
