"""Whether a figure tells of another place, another time or another matter than the one that is asked for.

"131 of them in Halvern", "in 1921", "could reach 60": it reads the words around a figure, knows names by
their capitals, and knows no geography.
"""

from __future__ import annotations

import re

from app.story.figures import Figure
from app.story.quantity import CALENDAR, Quantity
from app.words import stem, stems_of

# Where the clause of a figure begins and ends.
CLAUSE = re.compile(
    r"[,;:()“”\"—–.?!]|\b(?:when|after|while|but|which|who|whose|where|since|because|before|including|"
    r"and (?=\w+ (?:more|others|were|was|have|had|has)\b))\s",
)
_PLACE_AFTER = re.compile(r"^\W*(?:[\w’'-]+\s+){0,4}?(?:in|at|near|from|across)\s+(?:the\s+)?([A-Z][\w’'-]+)")
_PLACE_BEFORE = re.compile(
    r"\b(?:in|into|at|near|through|across|over|hit|struck)\s+(?:the\s+)?([A-Z][\w’'-]+)[^.;]*"
    r"\b(?:killing|leaving|injuring|wounding)\s(?:\w+\s){0,3}$"
)
_GROUP = re.compile(
    r"\b(?:worldwide|globally|around the world)\b|\b(?:in|among) (?:children|women|men|teenagers|adults)\b"
)
_OTHER_TIME = re.compile(
    r"\b(?:previous(?:ly)?|a year (?:ago|earlier)|last (?:year|time|month)|"
    r"(?:years?|decades?) (?:ago|earlier)|at the time|already|earlier (?:this|that|in)|initially|"
    r"first (?:reported|announced|put|thought)|originally|record|highest|lowest|worst|average|monthly|"
    r"weekly|daily)\b"
)
_NO_FACT = re.compile(
    r"\b(?:expected|predict(?:s|ed)?|forecasts?|could|may|might|target|capacity of|would have|"
    r"project(?:ed|ing|ions?)|expectations?|recommend(?:s|ed)?|equivalent|needed|required|enough|"
    r"ask(?:s|ed)|sought|seeks?|demand(?:s|ed)?|wants?)\b"
)
_YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b")
_NAME = re.compile(r"(?<![.!?] )\b[A-Z][\w’'-]+")
_FIRST_WORD = re.compile(r"\W*[\w’'-]+")
_ATTRIBUTION = re.compile(
    r",\s(?:(?:the\s)?[A-Z][^,;]*\s(?:said|says|told|announced)\b[^,;]*|(?:said|says|according to)\s[^,;]*)"
)


def is_outside(wanted: Quantity, sentence: str, figure: Figure) -> bool:
    """Whether the figure is certainly not of what is asked for."""
    before, after = sentence[: figure.start], sentence[figure.end : figure.end + 80]
    return (
        _is_elsewhere(wanted, before, after)
        or _is_of_another(wanted, sentence)
        or _is_of_another_time(wanted, before, after)
    )


def _is_elsewhere(wanted: Quantity, before: str, after: str) -> bool:
    """Whether a place or a group is named that the question does not name: "131 in Halvern"."""
    places = (_PLACE_AFTER.match(after[:60]), _PLACE_BEFORE.search(before))
    known = wanted.names | CALENDAR
    return any(place and stem(place[1]) not in known for place in places) or bool(_GROUP.search(after))


def _is_of_another(wanted: Quantity, sentence: str) -> bool:
    """Whether the sentence names something, and nothing that the question names: another fire, another town.

    Who said it does not count.
    """
    told = _ATTRIBUTION.sub("", sentence)
    first = _FIRST_WORD.match(told)
    named = {stem(name) for name in _NAME.findall(told, first.end() if first else 0)} - CALENDAR
    return bool(wanted.names and named) and not wanted.names & stems_of(sentence)


def _is_of_another_time(wanted: Quantity, before: str, after: str) -> bool:
    """Whether the clause tells of another time than the report's, or of what is not a fact."""
    clause = f"{CLAUSE.split(before)[-1]} {CLAUSE.split(after)[0].split(' and ')[0]}"
    if _OTHER_TIME.search(clause) or _NO_FACT.search(clause):
        return True
    return bool(set(_YEAR.findall(clause)) - wanted.names - wanted.rest)
