"""The sections of newspapers, whose names are the same whatever their case: News, NEWS and news are one.

Knows names only; which articles are in a section is kept by the archive and its indexes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable


def section_key(name: str) -> str:
    """What the spellings of one section have in common."""
    return " ".join(name.casefold().split())


def counted(names: Iterable[str]) -> list[tuple[str, int]]:
    """(section, articles) for the section of each article: as most of them spell it, the largest first.

    Articles without a section are not counted.
    """
    spellings: dict[str, Counter[str]] = {}
    for name in names:
        if key := section_key(name):
            spellings.setdefault(key, Counter())[name] += 1
    found = [(_usual(spelled), spelled.total()) for spelled in spellings.values()]
    return sorted(found, key=lambda pair: (-pair[1], pair[0]))


def _usual(spelled: Counter[str]) -> str:
    return min(spelled, key=lambda name: (-spelled[name], name))
