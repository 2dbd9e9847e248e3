"""Whether a figure tells of another place, another time or another matter than the one that is asked for.

"131 of them in Halvern", "in 1921", "could reach 60", "Hurricane Odile killed 14" where Ivo is asked about:
it reads the words around a figure, and knows names by their capitals. Of two names it cannot tell which is
the greater, so that what is told of any other place is let go.
"""

from __future__ import annotations

import re

from app.kinds import places
from app.story.figures import Figure
from app.story.quantity import CALENDAR, Quantity
from app.words import WORD, stem, stems_of

# The country that American outlets mean where they name none.
_HERE = stems_of("US U.S United States America American")
# Where the clause of a figure begins and ends.
CLAUSE = re.compile(
    r"[,;:()“”\"—–.?!]|\b(?:when|after|while|but|which|who|whose|where|since|because|before|including|"
    r"and (?=\w+ (?:more|others|were|was|have|had|has)\b))\s",
)
_PLACE_AFTER = re.compile(
    r"^\W*(?:[\w’'-]+\s+){0,4}?(?:in|at|near|from|to|across|throughout)\s+(?:the\s+)?([A-Z][\w’'-]+)"
)
_PLACE_FIRST = re.compile(r"^\W*(?:In|At|Near|Across|Throughout)\s+(?:the\s+)?([A-Z][\w’'-]+)[^,]*,")
_PLACE_TALLIED = re.compile(
    r"\b(?:toll|deaths|killed|died|dead|cases|injured|number)\b[^,;]{0,30}?\b(?:in|at|near|across)\s+(?:the\s+)?"
    r"([A-Z][\w’'-]+)[^,;]*$"
)
# "Lee County, where 42 people died"
_THERE = re.compile(r"\bwhere\s[^,;]{0,40}$")
_PLACE_BEFORE = re.compile(
    r"\b(?:in|into|at|near|through|across|over|hit|struck)\s+(?:the\s+)?([A-Z][\w’'-]+)[^.;]*"
    r"\b(?:killing|leaving|injuring|wounding)\s(?:\w+\s){0,3}$"
)
_GROUP = re.compile(
    r"\b(?:worldwide|globally|around the world|nationally|nationwide|internally|within the country)\b|"
    r"\b(?:in|among) (?:children|women|men|teenagers|adults)\b|\bin the (?:state|city|county|town|village)\b",
    re.IGNORECASE,
)
_GROUP_BEFORE = re.compile(
    r"\b(?:worldwide|global(?:ly)?|around the world|nation(?:ally|wide))\b", re.IGNORECASE
)
_OTHER_TIME = re.compile(
    r"\b(?:previous(?:ly)?|a year (?:ago|earlier)|last (?:year|time|month)|"
    r"(?:years?|decades?) (?:ago|earlier)|at the time|already|earlier (?:this|that|in)|initially|"
    r"first (?:reported|announced|put|thought)|originally|record|highest|lowest|worst|average|median|"
    r"monthly|weekly|daily|in each of|this (?:week|month)|(?:each|per|a|one|single) (?:day|week|month))\b"
)
_NO_FACT = re.compile(
    r"\b(?:expected|predict(?:s|ed)?|forecasts?|could|may|might|target|capacity of|would have|"
    r"project(?:ed|ing|ions?)|expectations?|recommend(?:s|ed)?|equivalent|needed|required|enough|"
    r"ask(?:s|ed)|sought|seeks?|demand(?:s|ed)?|wants?|goals?|promis(?:e[sd]?|ing)|pledg(?:e[sd]?|ing)|"
    r"vow(?:s|ed)?|aim(?:s|ed|ing)?|hop(?:e[sd]?|ing)|plan(?:s|ned)?|propos(?:e[sd]?|als?)|potential(?:ly)?|likely|"
    r"feared)\b"
)
_PAUSE = re.compile(r"[,;:()—–.?!]")
_YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b")
_RUN = re.compile(r"[A-Z][\w’'-]*(?: [A-Z][\w’'-]*)+")
_NAME = re.compile(r"(?<![.!?] )\b[A-Z][\w’'-]+")
_FIRST_WORD = re.compile(r"\W*[\w’'-]+")
_ATTRIBUTION = re.compile(
    r",\s(?:(?:the\s)?[A-Z][^,;]*\s(?:said|says|told|announced)\b[^,;]*|(?:said|says|according to)\s[^,;]*)"
)


def is_outside(wanted: Quantity, sentence: str, figure: Figure) -> bool:
    """Whether the figure may not be of what is asked for."""
    before, after = sentence[: figure.start], sentence[figure.end : figure.end + 80]
    return (
        _is_elsewhere(wanted, before, after)
        or _is_of_another(wanted, sentence)
        or _is_of_a_namesake(wanted, sentence)
        or _is_of_some(wanted, before, after)
        or _is_of_another_time(wanted, before, after)
    )


def tells_of_another(wanted: Quantity, sentence: str, figure: Figure, title: str, year: int) -> bool:
    """Whether a sentence, in a report of this year, names a past year or, up to the figure, a country."""
    told = stems_of(sentence[: figure.end] + CLAUSE.split(sentence[figure.end :])[0])
    near = sentence[: figure.end] + _PAUSE.split(sentence[figure.end :])[0]
    known = wanted.names | wanted.rest | stems_of(title) | _HERE
    past = (found for found in _YEAR.findall(near) if int(found) < year - 1)
    return any(stem(found) not in known for found in past) or bool((told & places()) - known)


def _is_elsewhere(wanted: Quantity, before: str, after: str) -> bool:
    """Whether a place or a group is named that the question does not name: "131 in Halvern"."""
    found = (
        _PLACE_AFTER.match(after[:60]),
        _PLACE_BEFORE.search(before),
        _PLACE_FIRST.match(before),
        _PLACE_TALLIED.search(before),
    )
    known = wanted.names | CALENDAR | _HERE
    if any(place and stem(place[1]) not in known for place in found):
        return True
    return bool(_GROUP.search(after) or _GROUP_BEFORE.search(before) or _THERE.search(before))


def _is_of_a_namesake(wanted: Quantity, sentence: str) -> bool:
    """Whether the sentence has part of the name within another name, or of many: "Hurricane Odile", "fires".

    Not where it has the whole name too.
    """
    told = stems_of(sentence)
    if len(wanted.names) < 2 or wanted.names <= told or not wanted.names & told:
        return False
    runs = ({stem(word) for word in run.split()} for run in _RUN.findall(sentence))
    if any(run & wanted.names and run - wanted.names - CALENDAR for run in runs):
        return True
    return any(w.endswith("s") and w.islower() and stem(w) in wanted.names for w in WORD.findall(sentence))


def _is_of_some(wanted: Quantity, before: str, after: str) -> bool:
    """Whether of several countries or states asked for the clause names some and not others."""
    told = stems_of(f"{CLAUSE.split(before)[-1]} {CLAUSE.split(after)[0]}") & wanted.names
    asked = wanted.names & places()
    return len(asked) > 1 and bool(told & asked) and not asked <= told


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
