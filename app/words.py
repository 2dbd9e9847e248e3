"""Words as questions and articles share them: terms, light stems, and how much a word tells.

Knows English endings, number words and which words are everywhere. It knows no archive: how often a word
occurs in one is asked of a function.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from functools import lru_cache

# Stems, and how much each of them tells.
Terms = Sequence[tuple[str, float]]

WORD = re.compile(r"[^\W_]+(?:[.,’'][^\W_]+)*|[$€£¥%]")

_FUNCTION = frozenset(
    """a about above after again against all also many although am among an and any are as at be because been
    before being below between both but by can could did do does doing done down during each either
    else even ever every for from further had has have having he her here hers herself him himself his
    how however i if in into is it its itself just let like may me might more most much must my myself
    neither no nor not now of off on once one only or other our ours out over own per perhaps quite
    rather same shall she should since so some such than that the their theirs them themselves then
    there these they this those though through thus to too under until up upon us very via was we were
    what when where whether which while who whom whose why will with within without would yet you your
    yours yourself s t d m ll re ve o'clock don't doesn't didn't isn't aren't wasn't""".split()
)
# Words of every newspaper page: they tell little in an archive too small to show it by its own counts.
_COMMON = frozenset(
    """according agree area ask back become begin believe big bring call case change city come company
    country course day early end fact far father few find first follow force former get give go good
    government great group grow hand happen head help high hold home hope hour house include keep know
    large last late law lead least leave left life line live long look lose lot make man many mean
    meet member million minute mister money month mother move name national need never new news next
    night number offer office official old open part party pay people percent person place plan play
    point police power president problem program provide public put question reach real reason recent
    report result return right run say school second see seem service set several show side small
    start state still stop story student system take talk tell thing think time today turn two three
    try use visit wait want war water way week win woman work world write wrong year yesterday
    young""".split()
)
_NUMBERS = {
    word: str(value)
    for value, word in enumerate(
        """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
    sixteen seventeen eighteen nineteen twenty""".split()
    )
} | {
    "thirty": "30",
    "forty": "40",
    "fifty": "50",
    "sixty": "60",
    "seventy": "70",
    "eighty": "80",
    "ninety": "90",
}
_VOWEL = re.compile(r"[aeiouy]")


def words(text: str) -> list[str]:
    """The words of a text as they stand, with numbers like 1,000 in one piece."""
    return WORD.findall(text)


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """The word in lower case without its English ending; number words and figures become digits."""
    low = word.lower().replace("’", "'")
    low = low.removesuffix("'s").removesuffix("'").replace("'", "")
    if low in _NUMBERS:
        return _NUMBERS[low]
    if low[:1].isdigit():
        return low.replace(",", "")
    low = low.replace(".", "") if len(low) < 8 else low
    if not low.isascii() or len(low) <= 3:
        return low
    for ending, put in (("ies", "y"), ("sses", "ss"), ("xes", "x"), ("ches", "ch"), ("shes", "sh")):
        if low.endswith(ending) and len(low) > len(ending) + 1:
            low = low[: -len(ending)] + put
            break
    else:
        if low.endswith("s") and not low.endswith(("ss", "us", "is")):
            low = low[:-1]
    return _verb(low)


def _verb(low: str) -> str:
    """Without -ed, -ing and a closing e, so that killed, killing and kill are one."""
    for ending in ("ing", "ed"):
        base = low.removesuffix(ending)
        if base != low and len(base) >= 3 and _VOWEL.search(base):
            if base[-1] == base[-2] and base[-1] not in "lsz":
                base = base[:-1]
            return base.removesuffix("e") if len(base) > 3 else base
    return low.removesuffix("e") if len(low) > 4 else low


def stems(text: str) -> list[str]:
    return [stem(word) for word in words(text)]


@lru_cache(maxsize=4_096)
def stems_of(text: str) -> frozenset[str]:
    """The stems that occur in a text; sentences and headlines are asked for again and again."""
    return frozenset(stems(text))


@lru_cache(maxsize=65_536)
def is_function_word(word: str) -> bool:
    """Whether the word says nothing about a subject (the, of, did, whose)."""
    return word.lower().replace("’", "'").removesuffix("'s") in _FUNCTION


def content_words(text: str) -> list[str]:
    """The words of a text that can tell what it is about, each stem once, in order."""
    seen: dict[str, str] = {}
    for word in words(text):
        if not is_function_word(word):
            seen.setdefault(stem(word), word)
    return list(seen.values())


def rarity(documents: int, frequency: Callable[[str], int], *, prior: float = 40.0) -> Callable[[str], float]:
    """How much a word tells: its inverse document frequency, believable for one article too.

    `frequency(word)` is the number of documents (or passages) of `documents` with the word. Its share is
    smoothed as if `prior` further documents of general English had been counted. At least 0, in nats.
    """

    def idf(word: str) -> float:
        share = (frequency(word) + prior * _everyday_share(word)) / (documents + prior)
        return max(0.0, -math.log(min(1.0, share)))

    return idf


def _everyday_share(word: str) -> float:
    """Roughly how large a share of news passages holds the word, by its looks alone."""
    low = word.lower()
    if is_function_word(low):
        return 0.7
    if stem(low) in _common_stems():
        return 0.12
    return 0.02 if len(low) < 6 or low.isdigit() else 0.01


@lru_cache(maxsize=1)
def _common_stems() -> frozenset[str]:
    return frozenset(stem(word) for word in _COMMON)


def covered_share(terms: Terms, present: set[str] | frozenset[str]) -> float:
    """The share of the terms' weight that the stems present carry; 1 when nothing is asked for."""
    total = carried = 0.0
    for term, weight in terms:
        total += weight
        carried += weight if term in present else 0.0
    return carried / total if total else 1.0
