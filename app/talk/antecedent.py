"""What the words of a follow-up that point back stand for: who "she" is, where "there" is.

Looked for in the question before, and a person also in its answer, by plain rules of English: a "who" is
answered by a person, those counted are a group, the first thing named is the topic. Where none fits, nothing
is guessed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from app.asking import asked
from app.talk.mentions import Kind, Mention, indefinite, is_body, mentions, with_tail
from app.talk.pointing import OBJECT, SEVERAL, Pointer
from app.talk.swap import ACTING, COUNTED, PAST

_GOING = re.compile(
    r"\b(?:go|going|went|gone|get|travel|travelled|fly|flew|move|moved|sent?) $", re.IGNORECASE
)
_PERSONS = re.compile(r"\b(?:people|men|women|children|troops|police|[a-z]+(?:ers|ors|ists|ants|ents))$")
# "Which bank collapsed in March?"
_CHOSEN = re.compile(
    rf"which (?P<noun>(?:[a-z-]+ )??[a-z-]+) (?P<rest>(?:was|is|has|had|were|are|have|{PAST})\b.*)$", re.I
)
_MEASURED = re.compile(r"how (?:much|big|large|long|high|tall|deep)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Spoken:
    """The question before, as it was understood, with what it names, and the person that its answer names."""

    question: str
    named: tuple[Mention, ...]
    person: str | None
    outlets: tuple[str, ...]

    @classmethod
    def of(cls, question: str, answer: str, outlets: tuple[str, ...]) -> Spoken:
        return cls(question, mentions(question, outlets), _person_in(answer, question, outlets), outlets)

    def first(self, *kinds: Kind) -> str | None:
        """The first thing of one of these kinds, with what belongs to it."""
        return next((with_tail(self.question, m) for m in self.named if m.kind in kinds), None)


def plain(pointer: Pointer, clause: str, before: Spoken) -> str | None:
    """What a pointer stands for, in the form that takes its place; None when that cannot be told."""
    word = clause[pointer.start : pointer.end].lower()
    meant = _meant(pointer, clause, before)
    is_owner = word in ("his", "hers", "its", "their", "theirs") or (
        word == "her" and not OBJECT.match(clause, pointer.end)
    )
    if meant and is_owner:
        if re.search(r" (?:that|who) ", meant):
            return None
        return f"{meant}'" if meant.endswith("s") and meant.startswith("the ") else f"{meant}'s"
    return meant


def _meant(pointer: Pointer, clause: str, before: Spoken) -> str | None:
    if pointer.kind == "person":
        return _person(before)
    if pointer.kind == "thing":
        return _thing(before, is_measured=bool(_MEASURED.match(clause)))
    if pointer.kind == "group":
        return _group(before)
    return _place(before, clause[: pointer.start]) if pointer.kind == "place" else None


def _person(before: Spoken) -> str | None:
    """Who is talked about: whom the answer names to a "who", else whom the question does, else the answer."""
    if before.person and asked(before.question).kind == "person":
        return before.person
    some = indefinite(before.question)
    unnamed = some.text if some and some.kind == "role" else _chosen(before.question, "who")
    return before.first("person", "role") or before.person or unnamed


def _person_in(answer: str, question: str, outlets: tuple[str, ...]) -> str | None:
    """The first person with a whole name; "Halvern Trams" is none where trams are talked about.

    A name is all that an article gets into a question: it may hold whatever somebody wrote.
    """
    common = {word for word in re.findall(r"\w+", f"{question} {answer}") if word.islower()}
    for mention in mentions(answer, outlets):
        words = mention.text.split(" ")
        if mention.kind == "person" and 2 <= len(words) <= 4 and words[-1].lower() not in common:
            return mention.text
    return None


def _thing(before: Spoken, *, is_measured: bool) -> str | None:
    """The first thing named; how much the council decided on is not how much the council is."""
    things = sorted(
        (m for m in before.named if m.kind == "thing"), key=lambda m: is_measured and is_body(m.text)
    )
    bare = [m for m in before.named if m.kind in ("outlet", "place") and m.link in ("", "of")]
    if not things and (chosen := _chosen(before.question, "that")):
        return chosen
    if not things and (some := indefinite(before.question)):
        return with_tail(before.question, some)
    return next((with_tail(before.question, m) for m in things or bare), None)


def _chosen(question: str, which: str) -> str | None:
    """The one that a "which" asks for."""
    chosen = _CHOSEN.match(question)
    return f"the {chosen['noun']} {which} {chosen['rest'].rstrip('?!. ')}" if chosen else None


def _group(before: Spoken) -> str | None:
    """Those counted, or what is named together or in the plural."""
    if counted := COUNTED.match(before.question):
        noun = counted["noun"] or counted["chosen"] or "people"
        which = "who" if _PERSONS.search(noun) else "that"
        return f"the {noun} {which} {counted['rest'].rstrip('?!. ')}"
    names = [m for m in before.named if m.kind != "date"]
    for one, other in pairwise(names):
        if before.question[one.end : other.start].strip() == "and" and one.kind == other.kind:
            return before.question[one.start : other.end]
    plural = [m for m in names if SEVERAL.search(m.text) or is_body(m.text)]
    acting = ACTING.search(before.question)
    return with_tail(before.question, plural[0]) if plural else acting["noun"] if acting else None


def _place(before: Spoken, ahead: str) -> str | None:
    """The place named, a name rather than "the capital", with the preposition that "there" holds in it."""
    places = sorted((m for m in before.named if m.kind == "place"), key=lambda m: m.text.startswith("the "))
    if not places:
        return None
    stays = places[0].link if places[0].link in ("at", "on") else "in"
    return f"{'to' if _GOING.search(ahead) else stays} {places[0].text}"
