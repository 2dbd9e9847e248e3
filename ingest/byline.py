"""The people an article names as its authors.

Knows the forms of bylines. Does not know who is an author: `By Monday Evening` may fool it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import islice

_LONGEST = 120
_LONGEST_ENTRY = 1_000  # characters of one author field; a longer one names nobody
_MOST_ENTRIES = 100
_BY = re.compile(
    r"(?:(?:written|reported|story|words|text|analysis|opinion|commentary|perspective|review|interview)\s+)?by:?\s+",
    re.IGNORECASE,
)
_GENRE = re.compile(
    r"(?:analysis|opinion|commentary|perspective|review|exclusive)[:|]?\s+(?=\w+\s+\w)", re.IGNORECASE
)
_PARTICLE = r"(?:de|da|di|del|della|dos|du|la|le|van|von|der|den|ter|bin|ibn|al|el|ben|y|e)"
_WORD = r"(?:[A-ZÀ-ÞŁŚŽ][\w'’.-]*|(?:d|l|o)['’][A-Z][\w'’.-]*)"
_PERSON = re.compile(rf"{_WORD}(?:\s+(?:{_WORD}|{_PARTICLE})){{0,5}}")
_JOINT = re.compile(r"\s*(?:,\s*and\s+|,\s*&\s*|;|,|\s+and\s+|\s+&\s+|\s+with\s+)\s*", re.IGNORECASE)
_TAIL = re.compile(
    r"\s*(?:\||(?<=[a-z]{4})\.\s+|—|–|\s-\s|\(|,?\s+(?:in|at|for|of)\s+(?=[A-Z])|\s+/\s+).*$", re.DOTALL
)
_JOB = re.compile(
    r"\b(?:staff|correspondents?|reporters?|writers?|editors?|editorial|columnists?|contributors?|desk|team|"
    r"bureau|newsroom|news|agency|agencies|wires?|services?|special to|photographers?|producers?|analysts?|"
    r"admin|administrator|associated press|reuters|afp|agence france-presse|upi|dpa|ap)\b",
    re.IGNORECASE,
)
_DAY_OR_MONTH = re.compile(
    r"\b(?:the|this|last|next|early|late|mid|mon|tues|wednes|thurs|fri|satur|sun|january|february|march|april|may|"
    r"june|july|august|september|october|november|december)(?:day)?\b",
    re.IGNORECASE,
)


def byline_names(line: str) -> tuple[str, ...]:
    """The people of a line that is a byline (`By Jane Doe and John Roe, Staff Writers`), else ()."""
    line = line.strip().strip("*_").strip()
    by = _BY.match(line)
    if not by or len(line) > _LONGEST or line.endswith(("?", "!", ":")):
        return ()
    rest = line[by.end() :]
    if line.endswith(".") and not re.search(r"\b(?:[A-Z]|Jr|Sr)\.$", line):
        return ()
    if _DAY_OR_MONTH.match(rest):
        return ()
    parts = [part for part in _JOINT.split(_TAIL.sub("", rest)) if part]
    if rest.isupper():
        parts = [part.title() for part in parts]
    if not parts or not all(_PERSON.fullmatch(part) for part in parts):
        return ()
    return tuple(part for part in parts if not _JOB.search(part)) or ((parts[0],) if len(parts) == 1 else ())


def people(authors: Iterable[str]) -> tuple[str, ...]:
    """The people of an author field: split where it names several, without desks, roles and repeats.

    An entry that only strings others together is dropped: `["Ann Lee Bo Ray", "Ann Lee", "Bo Ray"]`
    has two people.
    """
    names: list[str] = []
    for entry in islice(authors, _MOST_ENTRIES):
        if len(entry) > _LONGEST_ENTRY:
            continue
        said = _GENRE.sub("", _BY.sub("", entry.strip(), count=1), count=1)
        for part in _JOINT.split(_TAIL.sub("", said)):
            name = part.strip(" .,\t")
            name = name.title() if name.isupper() and " " in name else name
            if name and name not in names and _is_person(name):
                names.append(name)
    return tuple(name for name in names if not _strings_together(name, names))


def _is_person(name: str) -> bool:
    if len(name) > 80 or not any(c.isalpha() for c in name) or any(c in name for c in "@<>{}[]=/\\"):
        return False
    if " " not in name and (name.isupper() or name.islower()) and name.isascii():
        return False  # an agency's letters or an account's name
    return not (name.startswith("The ") or any(c.isdigit() for c in name) or _JOB.search(name))


def _strings_together(name: str, names: list[str]) -> bool:
    rest = name
    for other in sorted(names, key=len, reverse=True):
        if other != name and len(other) < len(name):
            rest = rest.replace(other, " ")
    return rest != name and not rest.strip(" ,;&")


def is_full_name(line: str) -> bool:
    """Whether a line is nothing but a person's full name."""
    fits = 1 <= line.count(" ") <= 4 and len(line) <= 60 and not line.startswith("The ")
    return fits and _PERSON.fullmatch(line) is not None and not _DAY_OR_MONTH.search(line)
