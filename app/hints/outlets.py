"""Outlets that a question names, as the archive spells them.

"the Guardian", "CBS Sports" and "usatoday.com" are found however the archive writes its outlets. What is
reported by an outlet ("according to X", "X's report") is told from what is about it ("the owner of X"): the
first demands articles of that outlet, the second only makes them likelier.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

_WORD = re.compile(r"[^\W_]+(?:[.&][^\W_]+)*")
_DOMAIN_END = re.compile(r"\.(?:com|org|net|news|info|tv|io|edu|gov|co\.[a-z]{2}|com\.[a-z]{2}|[a-z]{2})$")
_SECTION = re.compile(r"\s+[-–—|:]\s+|:\s+")
_GENERIC = ("news", "newspaper", "magazine", "online", "service", "agency", "network")
_LONGEST = 7  # words of a name
_SMALL = frozenset(("the", "of", "and", "for", "on", "in"))
# Between two names of one list: "X, Y and the Z".
_LIST = re.compile(r"[\s,;'’\"“”]*(?:(?:and|or|as well as|both|the)[\s'’\"“”]*)*")
_REPORTS = (
    r"(?:articles?|reports?|reporting|reported|stor(?:y|ies)|coverage|piece|column|editorial|newsletter|review"
    r"|say|says|said|suggest\w*|claim\w*|mention\w*|wrote|writes?|written|publish\w*|cover(?:s|ed)|argue[sd]?"
    r"|describe[sd]?|allege[sd]?|impl(?:y|ies|ied)|discuss\w*|attribute[sd]?|portray\w*|indicate[sd]?"
    r"|highlight\w*|feature[sd]?|state[sd]?|note[sd]?|confirm\w*|post|guide)"
)
_BEFORE = re.compile(
    r"(?:according to|as per|(?:reported|published|covered|featured|cited|discussed|mentioned|described"
    r"|highlighted|noted|stated|written|reviewed|accused|alleged|claimed|suggested|speculated|argued)"
    r" (?:by|in|on)"
    r"|(?:articles?|reports?|stor(?:y|ies)|coverage|piece|column|editorial|review)"
    r" (?:\w+ )?(?:by|in|from|of|on))"
    r"[\s'’\"“]*(?:both )?(?:the )?[\s'’\"“]*$|[\"“‘']$",
    re.IGNORECASE,
)
_AFTER = re.compile(rf"[\s'’\"”]*(?:'s|’s)?[\s'’\"”]*(?:\w+ )?{_REPORTS}\b", re.IGNORECASE)

Aliases = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Outlet:
    """Characters `start` to `end` of a question name an outlet: one of `names`, as the archive has them.

    `demanded` means that the question asks for what this outlet reported.
    """

    start: int
    end: int
    names: tuple[str, ...]
    demanded: bool


def outlets_in(text: str, known: Sequence[str]) -> tuple[Outlet, ...]:
    """The outlets of an archive that a question names, in its order."""
    found = list(_named(text, _aliases(tuple(known))))
    # A question that asks for one outlet's reports names the others for theirs.
    demanded = any(_is_demanded(text, group) for group in _lists(text, found))
    return tuple(
        Outlet(start, end, names, demanded)
        for start, end, names in found
        if demanded or not _opens_sentence(text, start, end)
    )


@lru_cache(maxsize=16)
def _aliases(known: tuple[str, ...]) -> Aliases:
    """Every way to write each outlet, without spaces and case → the archive's names for it."""
    found: dict[str, tuple[str, ...]] = {}
    for name in known:
        for alias in _ways(name):
            found[alias] = (*found.get(alias, ()), name)
    return found


def _ways(name: str) -> set[str]:
    """ "The Sydney Herald - Sports" is written so, or "The Sydney Herald", or "Sydney Herald"."""
    ways = set()
    for form in (name, _SECTION.split(name.strip())[0]):
        words = form.split()
        ways.add(_key(form))
        if len(words) > 1 and words[-1].casefold() in _GENERIC:
            ways.add(_key(" ".join(words[:-1])))
        # "The Week" is a paper and "week" is a word; "Sydney Herald" can be nothing else.
        if len(words) > 2:
            ways.add(outlet_key(form))
    return {way for way in ways if len(way) > 1}


def outlet_key(name: str) -> str:
    """What all spellings of an outlet share: without case, spaces, "the" and the end of an address."""
    return _key(re.sub(r"^\s*the\s+(?=\w)", "", name, flags=re.IGNORECASE))


def _key(name: str) -> str:
    low = name.casefold().removeprefix("www.")
    if " " not in low:
        low = _DOMAIN_END.sub("", low)
    return re.sub(r"[\W_]+", "", low)


_Named = tuple[int, int, tuple[str, ...]]


def _named(text: str, aliases: Aliases) -> Iterable[_Named]:
    """The longest names, written as names are, from left to right."""
    words = [(m.start(), m.end()) for m in _WORD.finditer(text)]
    at = 0
    while at < len(words):
        for count in range(min(_LONGEST, len(words) - at), 0, -1):
            start, end = words[at][0], words[at + count - 1][1]
            names = aliases.get(_key(text[start:end]))
            if names and _looks_named([text[a:b] for a, b in words[at : at + count]]):
                yield start, end, names
                at += count
                break
        else:
            at += 1


def _looks_named(words: Sequence[str]) -> bool:
    """Capitals or an address: "The Week" is a paper, "the week" is not."""
    first = [w for w in words if w.casefold() not in _SMALL]
    return bool(first) and all(w[0].isupper() or w[0].isdigit() or "." in w for w in first)


def _lists(text: str, found: Sequence[_Named]) -> list[list[_Named]]:
    """Names that stand in one list belong together."""
    groups: list[list[_Named]] = []
    for named in found:
        if groups and _LIST.fullmatch(text[groups[-1][-1][1] : named[0]]):
            groups[-1].append(named)
        else:
            groups.append([named])
    return groups


def _is_demanded(text: str, group: Sequence[_Named]) -> bool:
    start, end = group[0][0], group[-1][1]
    return bool(_BEFORE.search(text[:start]) or _AFTER.match(text[end:]))


def _opens_sentence(text: str, start: int, end: int) -> bool:
    """One word with a capital at the beginning of a sentence can be any word ("Time flies")."""
    before = text[:start].rstrip(" '‘’\"“”")
    return " " not in text[start:end] and text[start:end].istitle() and (not before or before[-1] in ".?!")
