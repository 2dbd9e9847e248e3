"""Datelines: where a report was filed, which stands before its first words and is none of them."""

from __future__ import annotations

import re

# HALVERN, March 3 (TWS) - | Tarran (Wire) - | (Tarran Wire) --
_FILED = (
    r"(?:[A-Z][A-Z.'’-]+(?:[ ,/]+[A-Z][A-Za-z.'’-]*|,? \d{1,2}){0,6}\s*(?:\([^()]{2,30}\)\s*)?|"
    r"[A-Z][\w ]{1,25}\([A-Z][\w /.]{1,30}\)\s*|\([A-Z][\w /.]{1,30}\)\s*)[—–‒-]{1,2}\s+(?=\S)"
)
# New York — | Velm, Tarran –. In small letters it may be a person ("Musk — Tesla's chief — left"), unless a
# sentence begins after the only dash.
_PLACE = r"[A-Z][\w.’'-]*(?:,? [A-Z][\w.’'-]*){0,4} [—–‒] (?=[A-Z“\"])(?!.*\s[—–‒])"
_DATELINE = re.compile(rf"{_FILED}|{_PLACE}")


def dateline_end(sentence: str) -> int:
    """Where the dateline ("HALVERN — ", "Tarran (Wire) - ") that a sentence begins with ends; 0 without."""
    found = _DATELINE.match(sentence)
    return found.end() if found else 0
