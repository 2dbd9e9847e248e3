"""Names and other words where a claim parts from a sentence: what is put for what.

It does not know synonyms: those are reported as other words, which is what they are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property

from app.agree.align import Slot
from app.agree.dates import times
from app.agree.ground import Ground, Source
from app.agree.names import (
    all_words,
    is_given,
    is_known,
    known_names,
    lower_words,
    other_title,
    same_name,
    stand_together,
)
from app.agree.numbers import quantities
from app.agree.reading import Token, read
from app.agree.roles import is_turned_rightly
from app.agree.runs import alike, plain, telling_of, text_of
from app.agree.speaker import SAYING
from app.verify import Fault, FaultKind

# "The company" may be the one that was named before.
_THINGS = frozenset(
    """company firm group business maker retailer bank club team side party government ministry agency police
    university country city town department union airline court man woman""".split()
)
_PRONOUNS = frozenset("he she they it his her their him them who i we you my your our".split())
# So many telling words on each side of a word tell what it is said of.
_AROUND = 3
_GENDERS = (frozenset(("he", "his", "him", "himself")), frozenset(("she", "her", "hers", "herself")))


class Wording:
    """The words of one claim beside those of one sentence of its evidence."""

    def __init__(self, claim: str, source: Source, slots: Sequence[Slot], ground: Ground) -> None:
        self.claim, self.source, self.slots, self.ground = claim, source, slots, ground
        self._written = read(source.text)
        self._names = known_names(source.article.text) | known_names(claim)
        self._lower = lower_words(source.article.text)

    def faults(self, slot: Slot) -> Iterator[Fault]:
        said, written = self._telling(slot.said, self.claim), self._telling(slot.written, self.source.text)
        names = [t for t in said if self._is_name(t)]
        others = [t for t in written if self._is_name(t)]
        if names and others:
            if self._are_two(names, others) and not self.is_passive:
                tight = len(names) == len(said) and len(others) == len(written)
                inside = {t.base for t in self._written}
                sure = tight and self._are_sure(names, others) and not all(t.base in inside for t in names)
                yield self._instead(slot, names, others, "name", sure)
            return
        if names:
            yield from self._named(slot, names, written)
            if new := self._new([t for t in said if t not in names]):
                yield Fault("meaning", f"The article does not say “{text_of(new)}”.", False)
        elif said and not written and telling_of(slot.written) and said == telling_of(slot.said):
            yield self._instead(slot, said, slot.written, "meaning", False)  # words for a figure or a date
        elif written and not said and telling_of(slot.said) and written == telling_of(slot.written):
            yield self._instead(slot, slot.said, written, "meaning", False)
        elif others and said and len(others) == len(written) and not self._stands_for(said, others):
            yield self._instead(slot, said, others, "name", False)
        elif said and written:
            yield from self._other(slot, said, written)
        elif said and (new := self._new(said)):
            yield Fault("meaning", f"The article does not say “{text_of(new)}”.", False)
        if fault := self._pronoun(slot):
            yield fault

    def _named(self, slot: Slot, names: list[Token], written: list[Token]) -> Iterator[Fault]:
        """A name where the sentence has none: who a pronoun or "the company" is."""
        unknown = [t for t in names if not is_known(t.text, self.ground.texts)]
        if unknown:
            yield Fault("name", f"The article does not name {text_of(unknown)}.", False)
        elif self._refers_back(slot):
            words = all_words(self.ground.before(self.source, 1500))
            if not any(t.text.lower() in words for t in names):
                yield Fault("name", f"The article does not say that {text_of(names)} is meant.", False)
        elif slot.before and any(t.is_capital for t in slot.written):
            yield self._instead(slot, names, slot.written, "name", False)
        elif written and not any(
            stand_together(n.text, w.text, text) for n in names for w in written for text in self.ground.texts
        ):
            yield self._instead(slot, names, written, "name", False)

    def _refers_back(self, slot: Slot) -> bool:
        """Whether the sentence has here, or beside the same verb, a word for someone named before."""
        if slot.before and slot.before.base in SAYING:
            places = [i for i, t in enumerate(self._written) if t.base == slot.before.base]
            near = (t for i in places for t in self._written[max(0, i - 2) : i + 2])
            return any(t.text.lower() in _PRONOUNS for t in near)
        last = slot.written[-1].text.lower() if slot.written else ""
        return last in _THINGS or any(t.text.lower() in _PRONOUNS for t in slot.written)

    def _stands_for(self, said: list[Token], others: list[Token]) -> bool:
        """Whether "the president" may stand where the sentence has a name."""
        return any(
            stand_together(o.text, s.text, text) for o in others for s in said for text in self.ground.texts
        )

    def _are_two(self, names: list[Token], others: list[Token]) -> bool:
        """Whether names put for others are not theirs; nor is another title before the same name."""
        given = any(is_given(token, self.claim) for token in names[-1:])
        return not same_name(names, others, is_given=given) or other_title(names, others)

    def added(self, slot: Slot) -> Iterator[Fault]:
        """What a longer wording holds that the evidence has nowhere, or nowhere near the other words."""
        said = self._telling(slot.said, self.claim)
        unknown = [t for t in said if self._is_name(t) and not is_known(t.text, self.ground.texts)]
        if unknown:
            yield Fault("name", f"The article does not name {text_of(unknown)}.", False)
        if new := self._new([t for t in said if t not in unknown]) or self._strays(slot, said):
            yield Fault("meaning", f"The article does not say “{text_of(new)}” of this.", False)

    def _strays(self, slot: Slot, said: Sequence[Token]) -> list[Token]:
        """The words that no sentence of the evidence has beside two of the claim's words around them."""
        telling = [t for t in read(self.claim) if t.is_content]
        return [t for t in said if t.base not in SAYING and not self._has_company(t, telling)]

    def _has_company(self, token: Token, telling: Sequence[Token]) -> bool:
        place = telling.index(token)
        near = {t.base for t in telling[max(0, place - _AROUND) : place + 1 + _AROUND]} - {token.base}
        for source in self.ground.sources:
            bases = {t.base for t in read(source.text)}
            if token.base in bases and len(near & bases) >= min(2, len(near)):
                return True
        return False

    def _new(self, said: Sequence[Token]) -> list[Token]:
        """What is added that the evidence has nowhere; that somebody says it is not counted."""
        return [t for t in said if t.base not in self.ground.bases and t.base not in SAYING]

    def _other(self, slot: Slot, said: list[Token], written: list[Token]) -> Iterator[Fault]:
        if all(t.base in SAYING for t in (*said, *written)) or alike(said, written):
            return
        yield self._instead(slot, said, written, "meaning", False)

    def _pronoun(self, slot: Slot) -> Fault | None:
        for one, other in (_GENDERS, _GENDERS[::-1]):
            here = [t for t in slot.said if t.text.lower() in one]
            there = [t for t in slot.written if t.text.lower() in other]
            if here and there:
                return self._instead(slot, here, there, "name", True)
        return None

    def _instead(
        self, slot: Slot, said: Sequence[Token], written: Sequence[Token], kind: FaultKind, contradicts: bool
    ) -> Fault:
        near = (slot.before, slot.after, *slot.said[-1:], *slot.said[:1])
        speaks = kind == "name" and any(t is not None and t.base in SAYING for t in near)
        text = f"The article says “{text_of(written)}”, not “{text_of(said)}”."
        return Fault("speaker" if speaks else kind, text, contradicts)

    def _telling(self, tokens: Sequence[Token], text: str) -> list[Token]:
        """The words that are neither small nor part of a figure or a date."""
        taken = [(q.start, q.end) for q in quantities(text)]
        taken += [(w.start, w.end) for w in times(text, self.source.anchor)]
        return [t for t in telling_of(tokens) if not any(a < t.end and t.start < b for a, b in taken)]

    def _is_name(self, token: Token) -> bool:
        low = plain(token)
        return token.is_capital and (low in self._names or low not in self._lower)

    def _are_sure(self, *runs: Sequence[Token]) -> bool:
        """Whether each run has a name by its capital inside a sentence somewhere, not only at a beginning."""
        return all(any(plain(token) in self._names for token in run) for run in runs)

    @cached_property
    def is_passive(self) -> bool:
        """Whether one of the two was turned into a passive, and its names rightly changed places."""
        return is_turned_rightly(self.claim, self.source.text)
