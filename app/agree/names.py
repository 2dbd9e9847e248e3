"""Names, and whether two of them mean the same: parts of a full name, acronyms, peoples and their countries.

It goes by capitals and by what the article itself says ("the World Health Organization (WHO)"). It does not
know who is who.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from app.agree.reading import Token, alike, read
from app.words import WORD

_TITLES = frozenset(
    """mr mrs ms miss dr sir dame lord lady prof professor president vice prime minister chancellor governor
        gov senator sen representative rep congressman congresswoman mayor king queen prince princess pope
        general gen colonel col major maj captain capt lieutenant lt sergeant sgt corporal brigadier admiral
        commander secretary judge justice chief executive officer chairman chairwoman director coach reverend
        rev father sister brother inspector detective superintendent st the of and de la van von al el bin
        ben""".split()
)
# Those of one office are the same; the others of these are not each other's.
_SHORT = dict(
    pair.split()
    for pair in """gov governor; sen senator; gen general; col colonel; maj major; capt captain;
    lt lieutenant; sgt sergeant; prof professor; premier minister; prime minister; chairwoman chairman;
    secretary minister; rep congressman; representative congressman; congresswoman congressman;
    detective inspector""".split(";")
)
_RANKS = frozenset(
    """president vice prime minister premier chancellor governor gov senator sen representative rep
    congressman congresswoman mayor king queen prince princess pope general gen colonel col major maj
    captain capt lieutenant lt sergeant sgt corporal brigadier admiral judge chairman chairwoman professor
    prof bishop archbishop ambassador attorney sheriff secretary""".split()
)
_SAME = tuple(
    frozenset(line.split())
    for line in (
        "us u.s usa u.s.a american americans america states",
        "uk u.k britain british briton britons kingdom",
        "france french", "netherlands dutch holland", "spain spanish spaniard", "germany german",
        "greece greek", "denmark danish dane", "sweden swedish swede", "switzerland swiss",
        "ireland irish", "wales welsh", "england english", "scotland scottish scots", "poland polish pole",
        "turkey turkish türkiye turk", "finland finnish finn", "thailand thai", "israel israeli",
        "eu european europe", "un u.n nations", "philippines filipino philippine", "norway norwegian",
        "iceland icelandic", "china chinese beijing", "russia russian kremlin moscow",
        "iraq iraqi", "uae emirates emirati", "myanmar burma burmese", "czech czechia", "lebanon lebanese",
        "portugal portuguese", "wuhan wuhan", "peru peruvian", "cyprus cypriot", "belgium belgian",
        "hungary hungarian", "slovakia slovak", "argentina argentine argentinian", "congo congolese",
    )
)  # fmt: skip
_WORDY = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*")
_ENDING = re.compile(r"(?:a|ia|y|o|e|s)?(?:n|an|ian|ean|i|ese|ish|s|ns|ans|ians)?")
_PEOPLE = re.compile(r"(?:a|ia|y|o|e)?(?:n|an|ian|ean|i|ese|ish|ns|ans|ians)")
_NEXT = re.compile(r" (?:[A-Z]\. )?([A-Z][\w'’-]+)")
_NEAR = 60


@lru_cache(maxsize=64)
def known_names(text: str) -> frozenset[str]:
    """The words of a text that are names by their looks: with a capital inside a sentence."""
    found = re.findall(r"(?<=[a-z0-9,;:)%-] )[\"'(]?([A-Z][\w.&]*(?:['-]\w+)*)", alike(text))
    return frozenset(_plain(word) for word in found) - _TITLES


@lru_cache(maxsize=64)
def lower_words(text: str) -> frozenset[str]:
    """The words that a text has without a capital."""
    return frozenset(word for word in _WORDY.findall(alike(text)) if word[0].islower())


def _plain(word: str) -> str:
    return word.lower().replace("’", "'").removesuffix("'s").rstrip(".'")


def name_tokens(text: str, *, known: frozenset[str] = frozenset()) -> list[Token]:
    """The words of a claim that are names; at a sentence's beginning only what is `known` to be one."""
    found = []
    for token in read(text):
        opens = not any(c.isalnum() for c in _since_stop(text, token.start))
        plain = _plain(token.text)
        looks = token.is_capital and token.is_content and plain not in _TITLES and len(plain) > 1
        if looks and (not opens or plain in known):
            found.append(token)
    return found


def _since_stop(text: str, start: int) -> str:
    """What stands before a place in its sentence."""
    return re.split(r"[.!?:…][\"”’')\]]*\s|[“\"(\[]|\n", text[max(0, start - 80) : start])[-1]


def is_known(name: str, texts: Iterable[str], *, is_given: bool = False) -> bool:
    """Whether articles with these texts have the name, as it is or in another form.

    A given name, that a surname follows, has no other form: Julian is not Julia.
    """
    plain = _plain(name)
    return any(
        plain in (words := all_words(text)) or (not is_given and _has_form(plain, name, words, text))
        for text in texts
    )


def is_given(token: Token, text: str) -> bool:
    """Whether another name follows a word at once, as a surname follows a given name."""
    found = _NEXT.match(text, token.end)
    return bool(found) and _plain(found.group(1)) not in _TITLES  # type: ignore[union-attr]


@lru_cache(maxsize=64)
def all_words(text: str) -> frozenset[str]:
    return frozenset(_plain(word) for word in WORD.findall(text))


def _has_form(plain: str, name: str, words: frozenset[str], text: str) -> bool:
    if any(plain in group and not group.isdisjoint(words) for group in _SAME):
        return True
    if name.isupper() and 2 <= len(name) <= 6 and _spelled_out(name, text):
        return True
    return len(plain) >= 5 and any(_derived(plain, word) for word in known_names(text))


def _derived(one: str, other: str) -> bool:
    """Whether one is a country and the other its people: Syria and Syrian, Kosovo and Kosovan.

    Niger and Nigeria are two countries: one of the two must end as peoples do.
    """
    common = next(
        (i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )
    ends = one[common:], other[common:]
    is_people = any(_PEOPLE.fullmatch(end) for end in ends) or {*ends} == {"", "s"}
    return common >= 4 and is_people and all(_ENDING.fullmatch(end) for end in ends)


@lru_cache(maxsize=1024)
def _spelled_out(acronym: str, text: str) -> bool:
    """Whether words of the text, small ones left out or not, begin with the letters of an acronym."""
    letters = r"[\w'’-]*\s+(?:(?:of|the|and|for|on|in|to|&)\s+){0,2}".join(map(re.escape, acronym))
    return bool(re.search(rf"\b{letters}[\w'’-]*", text))


def same_name(said: Sequence[Token], written: Sequence[Token], *, is_given: bool = False) -> bool:
    """Whether two runs of words may name one: titles aside, by form, or as an acronym of the other."""
    one, other = _telling(said), _telling(written)
    if not one or not other:
        return not one and not other
    if is_given:
        return not set(one).isdisjoint(other) or any(_clipped(a, b) for a in one for b in other)
    if any(a in group and b in group for group in _SAME for a in one for b in other):
        return True
    if any(a == b or _clipped(a, b) or (len(a) >= 5 and _derived(a, b)) for a in one for b in other):
        return True
    return _initials(said) == "".join(other).upper() or _initials(written) == "".join(one).upper()


def other_title(said: Sequence[Token], written: Sequence[Token]) -> bool:
    """Whether two runs hold titles, and none in common: "Colonel" for "General"."""
    one, other = (
        {_SHORT.get(p, p) for t in run if (p := _plain(t.text)) in _RANKS} for run in (said, written)
    )
    return bool(one and other) and one.isdisjoint(other)


def _clipped(one: str, other: str) -> bool:
    """Whether one is short for the other: "Skers" and "Skerrow"."""
    short, long = sorted((one, other), key=len)
    return len(short) >= 4 and short.endswith("s") and long.startswith(short[:-1])


def _telling(tokens: Sequence[Token]) -> list[str]:
    return [p for t in tokens if t.is_capital and (p := _plain(t.text)) not in _TITLES]


def _initials(tokens: Sequence[Token]) -> str:
    return "".join(token.text[0] for token in tokens if token.is_capital)


def stand_together(name: str, role: str, text: str) -> bool:
    """Whether a text ties a name to a role or a thing: "President Biden", "Biden, the president"."""
    for match in re.finditer(rf"\b{re.escape(name)}\b", text):
        around = text[max(0, match.start() - _NEAR) : match.end() + _NEAR].lower()
        if role.lower() in around:
            return True
    return False
