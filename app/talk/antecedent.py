"""What the words of a follow-up that point back stand for: who "she" is, where "there" is, which "the fire".

Looked for in the question before, and a person also in the one before that and in the answer, by plain rules
of English: whom the reader asks about comes before who only stands in an answer, those counted are a group,
the first thing named is the topic. Where none fits, nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from app.asking import asked
from app.talk.lists import ASPECTS, AUXILIARY, COMPANIES, ROLES, ROYAL
from app.talk.mentions import Kind, Mention, indefinite, is_body, mentions, with_tail, with_year
from app.talk.pointing import OBJECT, SEVERAL, Pointer
from app.talk.swap import ACTING, COUNTED, PAST
from app.words import stem

_GOING = re.compile(
    r"\b(?:go|going|went|gone|get|travel|travelled|fly|flew|move|moved|sent?) $", re.IGNORECASE
)
_PERSONS = re.compile(r"\b(?:people|men|women|children|troops|police|[a-z]+(?:ers|ors|ists|ants|ents))$")
# "Which bank collapsed in March?"
_CHOSEN = re.compile(
    rf"which (?P<noun>(?:[a-z-]+ )??[a-z-]+) (?P<rest>(?:was|is|has|had|were|are|have|{PAST})\b.*)$", re.I
)
_MEASURED = re.compile(r"how (?:much|big|large|long|high|tall|deep)\b", re.IGNORECASE)


# "Who was Ada Thule replaced by?" is about her, "who is Ada Thule's husband" about another.
_OF_THE_NAMED = re.compile(rf"\bwho(?:m)? (?P<helper>{AUXILIARY}) $", re.IGNORECASE)
_TAKES_PLACE = re.compile(
    r"\b(?:held|played|happen(?:ed)?|tak(?:e|es|ing) place|took place|taken place|begin|began|start(?:ed)?|"
    r"end(?:s|ed)?|broke out|break out)\b",
    re.IGNORECASE,
)
# How far around a name its bearer's office is told.
_NEAR = 40


@dataclass(frozen=True, slots=True)
class Spoken:
    """The question before, as it was understood, with what it names, and the persons that its answer names.

    `earlier` is whom the question before that was about. `called` has what the reader calls people, "he" or
    "she", by the last word of their names.
    """

    question: str
    named: tuple[Mention, ...]
    answerers: tuple[str, ...]
    outlets: tuple[str, ...]
    earlier: str | None = None
    called: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(
        cls, typed: str, question: str, answer: str, outlets: tuple[str, ...], before: Spoken | None
    ) -> Spoken:
        """What was asked, as it was typed and as it was understood after the question `before`."""
        named = mentions(question, outlets)
        persons = tuple(_persons_in(answer, question, outlets))
        if before is None:
            return cls(question, named, persons, outlets)
        called = {**before.called, **_called(typed, question, before)}
        return cls(question, named, persons, outlets, before.first("person", "role"), called)

    def first(self, *kinds: Kind) -> str | None:
        """The first thing of one of these kinds, with what belongs to it."""
        return next((with_year(self.question, m) for m in self.named if m.kind in kinds), None)


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
        return _person(before, clause[pointer.start : pointer.end])
    if pointer.kind == "thing":
        return _thing(before, clause)
    if pointer.kind == "group":
        return _group(before)
    return _place(before, clause[: pointer.start]) if pointer.kind == "place" else None


def _person(before: Spoken, pronoun: str) -> str | None:
    """Who is talked about: whom a "who" asks for, else whom the question is about or the one before was.

    A name that only stands in an answer comes last; nobody is "he" who was "she" before. After "who shot Ada
    Thule?" it may be either.
    """
    some = indefinite(before.question)
    unnamed = some.text if some and some.kind == "role" else _chosen(before.question, "who")
    named, answered = before.first("person", "role"), next(iter(before.answerers), None)
    earlier = before.earlier if unnamed is None else None
    order = [named, earlier, answered, unnamed]
    if asks_for_another := asked(before.question).kind == "person" and not _is_about_the_named(before):
        order = [answered, named, earlier, unnamed]
    fit = [name for name in order if name and _is_called(_gender(pronoun), name, before)]
    either = [answered, before.first("person")]
    if (
        asks_for_another
        and fit[:2] == either
        and re.search(rf" {re.escape(fit[1])}(?!['’])", before.question)
    ):
        return None if " " in fit[1] else fit[0]
    return fit[0] if fit else None


def _is_called(gender: str, name: str, before: Spoken) -> bool:
    """Whether the reader has not called that person otherwise."""
    return before.called.get(name.rsplit(" ", 1)[-1], gender) == gender


def _gender(pronoun: str) -> str:
    return "he" if pronoun.lower() in ("he", "him", "his") else "she"


def _called(typed: str, question: str, before: Spoken) -> dict[str, str]:
    """By what the reader called a person whose name was put in its place, by the last word of the name."""
    pronoun = re.search(r"\b(?:he|him|his|she|hers?)\b", typed, re.IGNORECASE)
    if pronoun is None or pronoun[0] in question.split():
        return {}
    names = (m.text for m in mentions(question, before.outlets) if m.kind == "person")
    meant = next((name for name in names if name not in typed), None)
    return {meant.rsplit(" ", 1)[-1]: _gender(pronoun[0])} if meant else {}


def _is_about_the_named(before: Spoken) -> bool:
    """Whether a "who" is about somebody whom it names: "who is Ada Thule?", "who was she replaced by?"."""
    for mention in before.named:
        asks = _OF_THE_NAMED.search(before.question, 0, mention.start)
        if asks and mention.kind == "person" and not re.match("['’]", before.question[mention.end :]):
            # "Who did Athletic sign?": one word may be a club.
            return " " in mention.text or asks["helper"].lower() in ("is", "was")
    return False


def _persons_in(answer: str, question: str, outlets: tuple[str, ...]) -> Iterable[str]:
    """The persons with a whole name whom the question does not name, first those in the office it asks for.

    "Halvern Trams" is none where trams are talked about. A name is all that an article gets into a question:
    it may hold whatever somebody wrote.
    """
    common = {word for word in re.findall(r"\w+", f"{question} {answer}") if word.islower()}
    asked_about = mentions(question, outlets)
    known = {word for m in asked_about if m.kind == "person" for word in m.text.split(" ")}
    office = next((m.text.rsplit(" ", 1)[-1].lower() for m in asked_about if m.kind == "role"), "")
    found: list[tuple[bool, str]] = []
    for mention in mentions(answer, outlets):
        words = _untitled(mention.text.split(" "))
        is_whole = 2 <= len(words) <= 4 and words[-1].lower() not in common
        if _is_person(mention.kind, words) and is_whole and known.isdisjoint(words):
            found.append((not _holds(office, answer, mention), " ".join(words)))
    return (name for _, name in sorted(found, key=lambda one: one[0]))


def _is_person(kind: Kind, words: Sequence[str]) -> bool:
    """Whether a name is that of a person: not "Halvern Services" or "Echo USA"."""
    last = words[-1]
    is_short = last.isupper() and len(last) > 2 and not re.fullmatch(r"[IVX]+", last)
    is_name = kind in ("person", "role") and not any(word.islower() for word in words)
    return is_name and not (is_short or is_body(last) or last.lower() in COMPANIES)


def _untitled(words: list[str]) -> list[str]:
    """ "Gov. Ada Thule" and "Halvern Mayor Ada Thule" are Ada Thule."""
    for place in range(len(words) - 2, 0, -1):
        title = words[place - 1].lower()
        if title not in ROYAL and any(_abbreviates(title, role) for role in ROLES):
            return words[place:]
    return words


def _abbreviates(title: str, role: str) -> bool:
    return title == role or (title.endswith(".") and len(title) > 3 and role.startswith(title[:-1]))


def _holds(office: str, answer: str, mention: Mention) -> bool:
    """Whether a person is said to hold an office: right before the name or near it."""
    around = answer[max(0, mention.start - _NEAR) : mention.end + _NEAR].lower()
    return bool(office) and any(_abbreviates(word.strip(",;:"), office) for word in around.split())


def _thing(before: Spoken, clause: str) -> str | None:
    """The first thing named; how much the council decided on is not how much the council is."""
    is_measured, is_event = _MEASURED.match(clause), _TAKES_PLACE.search(clause)

    def unlikely(m: Mention) -> bool:
        is_aspect = m.text.rsplit(" ", 1)[-1].lower() in ASPECTS
        return bool((is_measured and is_body(m.text)) or (is_event and is_aspect))

    things = sorted((m for m in before.named if m.kind == "thing"), key=unlikely)
    bare = [m for m in before.named if m.kind in ("outlet", "place") and m.link in ("", "of")]
    if not things and (chosen := _chosen(before.question, "that")):
        return chosen
    if not things and (some := indefinite(before.question)):
        return with_year(before.question, some)
    return next((with_year(before.question, m) for m in things or bare), None)


def same(phrase: str, before: Spoken) -> tuple[str, bool] | None:
    """What "the fire" stands for when "the Arlen wildfire" was asked about, and whether both are one or many.

    None where nothing is called so.
    """
    *others, noun = phrase.lower().split(" ")[1:]
    some = indefinite(before.question)
    for mention in (*before.named, *([some] if some else [])):
        called = mention.text.split(" ")
        whole = with_year(before.question, mention)
        if called[0].lower() != "the" or len(whole) <= len(phrase):
            continue
        # "The ferry Lady Corran" is a ferry.
        heads = {*[word for word in called if word.islower()][-1:], called[-1]}
        if _is_among(noun, heads) and all(_is_among(word, called) for word in others):
            return whole, any(head.endswith("s") == noun.endswith("s") for head in heads)
    return None


def _is_among(word: str, called: Iterable[str]) -> bool:
    """Whether it is one of the words, or what a compound ends with: "fires" and "wildfire"."""
    short = stem(word).removesuffix("e")
    called = [stem(one).removesuffix("e") for one in called]
    return any(one == short or (len(short) > 2 and one.endswith(short)) for one in called)


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
