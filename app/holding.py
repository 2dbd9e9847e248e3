"""Whether a sentence holds the kind of thing that is asked for: a number, a name, a date, a reason.

It reads the looks of English sentences (capitals, figures, marks of quotation, linking words) and gives a
share in 0..1. What the question itself says already does not count as an answer to it.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from app.asking import Asked, Kind
from app.words import is_function_word, stem, stems, words

_Check = Callable[[Asked, str], float]

_NUMBER_WORDS = (
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|"
    "seventeen|"
    "eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundreds?|thousands?|"
    "millions?|billions?|"
    "dozens?|half|couple|several|none|nobody|both|twice|once"
)
_NUMBER = re.compile(rf"(?<![\w.,])(?:\d[\d,]*(?:\.\d+)?|(?:{_NUMBER_WORDS})(?:-\w+)?)(?!\w)", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)\d\d$")
_MONEY = re.compile(
    r"[$€£¥]\s?\d[\d,.]*|(?<![\d,.])\d[\d,.]{0,24}\s?(?:(?:thousand|million|billion|trillion)\s)?(?:dollars?|euros?|"
    r"pounds?|cents?|pence|"
    r"yen|rupees|kronor|francs?)\b",
    re.IGNORECASE,
)
_PERCENT = re.compile(
    r"(?<![\d.])\d[\d.]{0,24}\s?(?:%|per\s?cent)|\b(?:half|a third|a quarter|majority|one in \w+)\b",
    re.IGNORECASE,
)
_DATE = re.compile(
    r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|\b(?:january|february|march|april|may|june|july|"
    r"august|september|"
    r"october|november|december|jan\.|feb\.|aug\.|sept?\.|oct\.|nov\.|dec\.) ?\d*|\b(?:19|20)\d\ds?\b"
    r"|\b(?:yesterday|today|tomorrow|tonight)\b|\b(?:last|next|this|earlier this|later this) (?:week|"
    r"weekend|month|year|"
    r"spring|summer|fall|autumn|winter|morning|evening|night|season)\b|\b\d{1,2}(?:[:.]\d\d)? ?[ap]\.?m\b|"
    r"\bnoon\b"
    r"|\bmidnight\b|\b(?:in|by|for|within|after) (?:\w+ ){1,2}(?:hours|days|weeks|months|years)\b|\bago\b",
    re.IGNORECASE,
)
_REASON = re.compile(
    r"\b(?:because|due to|owing to|caus(?:e|ed|es|ing)|after|over|amid|following|result(?:s|ed)? (?:of|in|"
    r"from)|thanks to|"
    r"since|so that|in order to|in response to|blam(?:e|ed|es|ing)|cit(?:e|ed|es|ing)|prompt(?:ed|ing)|"
    r"trigger(?:ed|ing)|"
    r"spark(?:ed|ing)|led to|leading to|stem(?:s|med)|reason|fear(?:s|ed|ing)?|concern(?:s|ed)?|forced|"
    r"contributed|"
    r"attribut(?:e|ed|es)|meaning|to (?:avoid|prevent|protect|save|help|reduce|make|keep))\b",
    re.IGNORECASE,
)
_GIVEN = re.compile(
    r"\b(?:because|due to|owing to|thanks to|so that|in order to|"
    r"in (?:response|protest|retaliation) (?:to|at|for|against)|blam(?:e|ed|es|ing)|cit(?:e|ed|es|ing)|"
    r"caus(?:e|ed|es|ing)|prompt(?:ed|ing)|trigger(?:ed|ing)|spark(?:ed|ing)|motiv\w+|reasons?|"
    r"stem(?:s|med) from|result(?:s|ed)? (?:of|from)|led to|contributed to|attribut(?:e|ed|es))\b",
    re.IGNORECASE,
)
_SAYING = re.compile(
    r"\b(?:said|says|say|told|tells|called|calls|added|wrote|writes|tweeted|posted|described|describes|"
    r"argued|warned|"
    r"insisted|explained|announced|declared|acknowledged|replied|testified|signed off|denied)\b",
    re.IGNORECASE,
)
_SAID = (
    r"\b(?:said|says|told|added|wrote|tweeted|posted|argued|warned|insisted|explained|replied|testified)\b"
)
_BY_PRONOUN = re.compile(rf"\b(?:[Hh]e|[Ss]he|they)\b\s(?:\w+\s)?{_SAID}|{_SAID}\s(?:he|she|they)\b")
_QUOTED = re.compile(r"[“\"«]([^”\"»]{2,120})[”\"»]|‘([^’]{2,80})’")
_NAME = re.compile(
    r"[A-Z][\w’'&.-]*(?:\s+(?:(?:of|the|de|van|von|al|bin|and|&|for)\s+)?(?:[A-Z][\w’'&.-]*|\d+\b))*"
)
_PLACED = re.compile(
    r"\b(?:in|at|near|from|to|into|across|outside|off|around|of|through|on|over|against)\s+"
    r"(?:(?:the|southern|northern|eastern|western|central)\s+)*([A-Z][\w’'.-]+(?:\s+[A-Z][\w’'.-]+)*)"
)


def holds(question: Asked, sentence: str) -> float:
    """How well the sentence holds a thing of the kind asked for, in 0..1; 0.5 where anything might do."""
    return _CHECKS[question.kind](question, sentence)


def new_names(question: Asked, sentence: str) -> list[str]:
    """The names in the sentence with a word that the question does not have; without their small words."""
    names = []
    for found in _NAME.finditer(sentence):
        parts = [word for word in words(found.group()) if not is_function_word(word)]
        opens = not any(c.isalnum() for c in sentence[: found.start()])
        # A single capital at the beginning of a sentence names nobody.
        if not question.stems.issuperset(map(stem, parts)) and not (opens and len(parts) < 2):
            names.append(" ".join(parts))
    return names


def _is_new(question: Asked, text: str) -> bool:
    return not question.stems.issuperset(stems(text))


def _number(question: Asked, sentence: str) -> float:
    """Best beside the noun that is counted, then beside another word of the question; years hardly count."""
    nouns, best = set(stems(question.noun)), 0.0
    for found in _NUMBER.finditer(sentence):
        near = stems(sentence[found.end() : found.end() + 60])[:5]
        if not _is_new(question, found.group()):
            continue
        if _YEAR.match(found.group()):
            best = max(best, 0.1)
        elif nouns.intersection(near):
            return 1.0
        else:
            best = max(best, 0.8 if question.stems.intersection(near) else 0.5)
    return best


def _person(question: Asked, sentence: str) -> float:
    """Best for a name of several words that stands for no place: "in New York" names nobody."""
    names = new_names(question, sentence)
    placed = {found.group(1).rstrip(".") for found in _PLACED.finditer(sentence)}
    if any(len(name.split()) > 1 and name not in placed for name in names):
        return 1.0
    return 0.6 if names else 0.0


def _place(question: Asked, sentence: str) -> float:
    if any(_is_new(question, found.group(1)) for found in _PLACED.finditer(sentence)):
        return 1.0
    return 0.6 if new_names(question, sentence) else 0.0


def _named(question: Asked, sentence: str) -> float:
    quoted = any(_is_new(question, a or b) for a, b in _QUOTED.findall(sentence))
    score = 0.7 if quoted or new_names(question, sentence) else 0.2
    return score + 0.3 * bool(set(stems(question.noun)).intersection(stems(sentence)))


def _reason(question: Asked, sentence: str) -> float:
    """Best where a word says that it is one; "after" and "over" may stand for a time and a place too."""
    if _is_found(_GIVEN, question, sentence):
        return 1.0
    return 0.6 * _is_found(_REASON, question, sentence)


def _quote(question: Asked, sentence: str) -> float:
    """Words said; best by whoever is asked about, or by "he" or "she", who may be; not by another."""
    says = 0.5 * bool(_QUOTED.search(sentence)) + 0.5 * bool(_SAYING.search(sentence))
    if not question.speaker or not says:
        return says
    named = re.escape(question.speaker)
    own = rf"\b{named}\b[^.“”\"A-Z]{{0,40}}{_SAID}|{_SAID}\s(?:[A-Za-z][\w.-]*\s){{0,4}}?{named}\b(?![’'])"
    if re.search(own, sentence):
        return says
    return 0.6 * says if _BY_PRONOUN.search(sentence) else 0.2 * says


def _share(question: Asked, sentence: str) -> float:
    return max(_found(_PERCENT)(question, sentence), 0.5 * _number(question, sentence))


def _is_found(pattern: re.Pattern[str], question: Asked, sentence: str) -> bool:
    return any(_is_new(question, found.group()) for found in pattern.finditer(sentence))


def _found(pattern: re.Pattern[str]) -> _Check:
    def check(question: Asked, sentence: str) -> float:
        return float(_is_found(pattern, question, sentence))

    return check


def _anything(question: Asked, sentence: str) -> float:
    return 0.5


_CHECKS: dict[Kind, _Check] = {
    "person": _person,
    "place": _place,
    "time": _found(_DATE),
    "count": _number,
    "money": _found(_MONEY),
    "percent": _share,
    "reason": _reason,
    "quote": _quote,
    "name": _named,
    "yes_no": _anything,
    "any": _anything,
}
