"""Datelines: where a report was filed, which stands before its first words and is none of them."""

from __future__ import annotations

import re

_DASH = "[—–‒−―-]"
# HALVERN, March 3 (TWS) - | Tarran (Wire) - | (Tarran Wire) --
_FILED = (
    r"(?:[A-Z][A-Z.'’-]+(?:[ ,/]+[A-Z][A-Za-z.'’-]*|,? \d{1,2}){0,6}\s*(?:\([^()]{2,30}\)\s*)?|"
    rf"[A-Z][\w ]{{1,25}}\([A-Z][\w /.]{{1,30}}\)\s*|\([A-Z][\w /.]{{1,30}}\)\s*){_DASH}{{1,2}}\s+(?=\S)"
)
# HALVERN—The ferry | HALVERN, Tarran —The ferry
_CLOSE = r"[A-Z][A-Z.’'-]{2,}(?:[ ,]+[A-Z][A-Za-z.’'-]*){0,3}\s?[—−―](?=[A-Z“\"])"
# New York — | Velm, Tarran –. In small letters it may be a person ("Musk — Tesla's chief — left"), unless a
# sentence begins after the only dash.
_PLACE = r"[A-Z][\w.’'-]*(?:,? [A-Z][\w.’'-]*){0,4} [—–‒−―] (?=[A-Z“\"])(?!.*\s[—–‒−―])"
_DATELINE = re.compile(rf"{_FILED}|{_CLOSE}|{_PLACE}")
# Velm, Tarran (TWS) The ferry | Velm (Reuters) The ferry: an agency in brackets, unless it is short for what
# stands before it ("the Orrin Ferry Board (OFB)").
_CREDITED = re.compile(
    r"(?P<place>[A-Z][\w.’'-]*(?:,? [A-Z][\w.’'-]*){0,3}) "
    r"\((?P<agency>AP|[A-Z]{3,5}|Reuters)(?: [A-Z]\w+)?\) (?=[A-Z“\"])"
)


def dateline_end(sentence: str) -> int:
    """Where the dateline ("HALVERN — ", "Tarran (Wire) - ") that a sentence begins with ends; 0 without."""
    found = _DATELINE.match(sentence)
    if found is None and (credited := _CREDITED.match(sentence)) and not _is_short_for(credited):
        found = credited
    return found.end() if found else 0


def _is_short_for(credited: re.Match[str]) -> bool:
    initials = "".join(word[0] for word in credited["place"].split())
    return credited["agency"][0] == initials[0] and credited["agency"][-1] == initials[-1]
