"""The dates, places, outlets, people and things that a question names, by their looks.

Capital letters, prepositions and short lists of English words tell them apart. It is right often enough to
carry a name from one question to the next; it knows nothing of the archive, and does not know who anybody is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from app.talk.lists import (
    AUXILIARY,
    CAPITAL_OUTLETS,
    COMPANIES,
    COUNTRIES,
    ENDERS,
    LINKS,
    NOT_NAMES,
    OUTLETS,
    PLACES,
    RECURRING,
    ROLES,
    STATES,
    THINGS,
    VERBS,
)
from app.words import is_function_word

Kind = Literal["date", "place", "outlet", "role", "thing", "person"]


@dataclass(frozen=True, slots=True)
class Mention:
    """Something that a text names. `link` is the preposition right before it, or ""."""

    kind: Kind
    start: int
    end: int
    text: str
    link: str = ""

    @property
    def linked(self) -> int:
        """Where it begins with its preposition."""
        return self.start - len(self.link) - 1 if self.link else self.start


WHERE = frozenset({"in", "at", "near", "across", "inside", "outside", "around", "from"})
YEAR = r"\b(?:1[5-9]|20)\d\d\b"
MONTHS = "January February March April May June July August September October November December".split()
_DAYS = "Mon|Tues|Wednes|Thurs|Fri|Satur|Sun"
# "May" is a month only where it cannot be the verb or a name.
_MONTH = (
    rf"(?:{'|'.join(m for m in MONTHS if m != 'May')}|May(?= \d)|"
    r"(?:(?<=\bin )|(?<=\bby )|(?<=since )|(?<=last )|(?<=\d ))May)"
)
_SPAN = rf"(?:year|month|week|weekend|season|spring|summer|autumn|winter|(?:{_DAYS})day|{_MONTH})"
DATE = re.compile(
    rf"(?:\b\d{{1,2}} )?{_MONTH}\b(?: \d{{1,2}}(?:st|nd|rd|th)?\b)?(?:,? {YEAR})?|{YEAR}|"
    rf"\bthe (?:1\d|20)\d0s\b|\b(?:this|last|next) {_SPAN}\b|"
    rf"\b(?:yesterday|today|tomorrow|tonight|(?:{_DAYS})day)\b",
    re.IGNORECASE,
)
# "Did the …" is followed by a verb sooner or later, "what is the …" is not.
_INVERTED = re.compile(
    rf"(?<!what )(?<!who )\b(?:is|are|was|were) $|\b(?!is|are|was|were)(?:{AUXILIARY}) $", re.IGNORECASE
)
# "How old was the …" has said what it asks for before it.
_COMPLETE = re.compile(r"\bhow (?!many\b|much\b|\w+ly\b)\w+ (?:is|are|was|were) $", re.IGNORECASE)
_LINK_BEFORE = re.compile(rf"\b({LINKS}) $", re.IGNORECASE)
_THE = re.compile(r"\bthe (?=\w)", re.IGNORECASE)
_A = re.compile(r"\ban? (?=[a-z])", re.IGNORECASE)
_PHRASE_WORD = re.compile(r"[\w’'-]+(?: |(?=\W|$))")
_CAPITAL = r"[A-ZÀ-Þ][\w-]*(?:[.’'](?![sS]\b)\w[\w-]*)*(?:\.(?= [A-Z]))?"
_NAME = re.compile(rf"\b{_CAPITAL}(?: (?:(?:al|bin|da|de|del|der|la|van|von) )?{_CAPITAL})*")
_NEVER = "(?!)"
# A place in a question typed without capitals, and what is not a place there.
_TYPED_PLACE = re.compile(r"\b(?:in|at|near|from) ([a-z]+(?: (?:city|town))?)(?=[ ?.!,]|$)")
_TAIL = re.compile(
    rf"(?: (?:of|in|at|off|near|on|over|with|between|against) (?:the )?{_NAME.pattern}"
    rf"(?: and {_NAME.pattern})?| of (?!(?:the|an?)\b)[a-z]+)+"
)


def mentions(text: str, outlets: Sequence[str] = ()) -> tuple[Mention, ...]:
    """What a text names, in order and apart from each other. `outlets` are known by name."""
    found: list[Mention] = []

    def add(kind: Kind, start: int, end: int, *, beside: bool = True) -> None:
        others = [other for other in found if beside or other.kind != "date"]
        if start < end and all(end <= other.start or other.end <= start for other in others):
            link = _LINK_BEFORE.search(text, max(0, start - 20), start)
            found.append(Mention(kind, start, end, text[start:end], link[1] if link else ""))

    for date in DATE.finditer(text):
        add("date", *date.span())
    for outlet in _outlets(tuple(outlets)).finditer(text):
        add("outlet", *outlet.span())
    for the in _THE.finditer(text):
        end = _end_of_phrase(text, the.start(), the.end())
        # "The 2024 election" is a thing and has a date.
        add(_kind_of_phrase(text[the.end() : end]), the.start(), end, beside=False)
    for name in _NAME.finditer(text):
        start = name.start()
        while start < name.end() and _is_no_name(word := text[start : name.end()].split(" ")[0]):
            if word == "Will" and start:  # "Did Will Thule resign?"
                break
            start += len(word) + 1
        add(_kind_of_name(text, start, name.end()), start, name.end())
    for typed in _TYPED_PLACE.finditer(text) if text[1:].islower() else ():
        if not is_function_word(typed[1]) and typed[1] not in STATES:
            add("place", *typed.span(1))
    return tuple(sorted(found, key=lambda m: m.start))


def with_tail(text: str, mention: Mention) -> str:
    """The mention with what belongs to it: "the earthquake in Turkey", "the price of oil"."""
    found = _TAIL.match(text, mention.end)
    tail = found[0] if found else ""
    if date := DATE.search(tail):
        tail = re.sub(rf" (?:{LINKS}) $", "", tail[: date.start()])
    return mention.text + tail


def with_year(text: str, mention: Mention) -> str:
    """The mention with what belongs to it, the year too where it tells it from others: "the cup in 2024"."""
    whole = with_tail(text, mention)
    begins = mention.end + len(whole) - len(mention.text)
    date = DATE.match(text, begins + 4) if text.startswith(" in ", begins) else None
    recurs = mention.text.rsplit(" ", 1)[-1].lower() in RECURRING
    return whole + text[begins : date.end()] if recurs and date and re.search(YEAR, date[0]) else whole


def indefinite(text: str) -> Mention | None:
    """The first "a …" of a text, as it is called the next time: "the ceasefire" for "a ceasefire"."""
    found = _A.search(text)
    if found is None:
        return None
    end = _end_of_phrase(text, found.start(), found.end())
    phrase = text[found.end() : end]
    return Mention(_kind_of_phrase(phrase), found.start(), end, f"the {phrase}")


def is_country(name: str) -> bool:
    return name.casefold().removeprefix("the ") in COUNTRIES


def is_body(name: str) -> bool:
    """Whether it is named like an institution: "the council"."""
    return name.rsplit(" ", 1)[-1].lower() in THINGS


def is_role(word: str) -> bool:
    """Whether it says what somebody is, not who: "governor" or "MVP", but no Pope."""
    return word.lower() in ROLES and (word.islower() or word.isupper())


@lru_cache(maxsize=64)
def _outlets(names: tuple[str, ...]) -> re.Pattern[str]:
    """Finds these outlets, those that everybody knows and those that are named like papers."""
    bare = sorted({re.sub(r"^the ", "", name, flags=re.IGNORECASE) for name in names if name}, key=len)
    # "Time" is a word as well; "BBC" and "Coastal Voice" are not, however they are typed.
    typed = [re.escape(name) for name in reversed(bare) if name.isupper() or " " in name]
    exact = [re.escape(name) for name in reversed(bare)]
    # "The Mercury" is the Port Ellery Mercury.
    short = [rf"{re.escape(name.rsplit(' ', 1)[-1])}(?! [A-Z])" for name in bare if " " in name]
    return re.compile(
        rf"(?:\b[Tt]he )?\b(?:(?i:{'|'.join([*typed, OUTLETS])})|{'|'.join([*exact, CAPITAL_OUTLETS])})\b"
        rf"|\b[Tt]he (?:{'|'.join(short) or _NEVER})\b"
    )


def _end_of_phrase(text: str, start: int, place: int) -> int:
    """Where the noun phrase ends that begins with a "the"."""
    words: list[str] = []
    stopped_by = ""
    for found in _PHRASE_WORD.finditer(text, place):
        word = found[0].strip()
        if found.start() != place or len(words) == 6:
            break
        if words and (word.endswith("ed") or is_function_word(word) or word.lower() in ENDERS):
            stopped_by = word
            break
        words.append(word)
        place = found.end()
        if place < len(text) and text[place - 1] != " ":
            break
    # "Did the harbour bridge open?": the last word is the verb.
    is_inverted = _INVERTED.search(text, 0, start) and not _COMPLETE.search(text, 0, start)
    has_verb = stopped_by.endswith("ed") or stopped_by in VERBS
    if len(words) > 1 and words[-1].islower() and is_inverted and not has_verb:
        place -= len(words[-1]) + (text[place - 1] == " ")
    return len(text[:place].rstrip())


def _kind_of_phrase(phrase: str) -> Kind:
    """What a "the …" stands for."""
    if is_country(phrase):
        return "place"
    words = phrase.split(" ")
    lower = [word for word in words if word.islower()]
    if not lower:
        return "role" if is_role(words[-1]) else "thing"
    return "role" if lower[-1] in ROLES else "place" if lower[-1] in PLACES else "thing"


def _kind_of_name(text: str, start: int, end: int) -> Kind:
    name = text[start:end]
    words = name.split(" ")
    link = _LINK_BEFORE.search(text, max(0, start - 20), start)
    if is_country(name):
        return "place"
    if is_role(name):
        return "role"
    if (name.isupper() and len(name) > 1) or is_body(name) or name.lower() in COMPANIES:
        return "thing"
    if link and (link[1].lower() in WHERE or (link[1].lower() in ("of", "on") and len(words) == 1)):
        return "place"
    return "thing" if text[max(0, start - 4) : start].lower() == "the " else "person"


def _is_no_name(word: str) -> bool:
    return is_function_word(word) or word.lower() in NOT_NAMES
