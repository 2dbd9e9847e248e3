"""Which figures of a sentence are levels of the quantity that a question asks for.

Reads what is counted, what became of it, and the words of the figure's own clause. It knows nothing of other
reports, and lets go of what it is not sure of.
"""

from __future__ import annotations

import re

from app.story.figures import Figure, figures
from app.story.quantity import PERSONS, STATES, Quantity
from app.story.scope import CLAUSE, is_outside
from app.words import stems, stems_of

_ABOUT = (
    r"(?:(?:now|at|least|about|around|some|more|than|nearly|almost|over|as|many|an|estimated|the|just)\s)*$"
)
_TALLY = re.compile(
    r"\b(?:number|toll|total|count|tally|figure|cost|price|bill|estimate|level|rate|share|cases|deaths|crowd|"
    r"turnout|attendance)\b[^.;]{0,110}?\b(?:to|at|is|are|was|were|of|reach(?:es|ed)?|pass(?:es|ed)?|hits?|"
    rf"tops|topped|exceeds)\s{_ABOUT}",
    re.IGNORECASE,
)
_LEVEL = re.compile(
    r"\b(?:(?:stands?|stood|f[ae]ll|fallen|falls|r[io]se|risen|rises|dropp?(?:ed|s)?|s[iau]nks?|climb(?:ed|s)?|"
    r"cut|raised?|lowered|increased|grown|grew|recovered|revised|reduced|back)\s(?:\w+\s){0,3}?(?:to|at)|"
    rf"(?:reach|pass|hit|top|exceed)(?:es|ed|s)?|(?:is|was|are|were|be)(?: now)?|now)\s{_ABOUT}",
    re.IGNORECASE,
)
# Such a figure describes those who are counted: "cases in men with a median age of 36".
_DESCRIBES = re.compile(r"\b(?:age[ds]?|median|weigh\w*|height|length)\s(?:(?:of|at|about|around)\s)*$")
_STRIKES = re.compile(
    r"\b(kill(?:s|ed|ing)?|injur(?:es|ed|ing)|wound(?:s|ed|ing)|arrest(?:s|ed|ing)?|rescued|"
    rf"claimed the lives of|carrying|left)\s{_ABOUT}",
    re.IGNORECASE,
)
MEASURES = stems_of(
    "metre metres meter meters kilometre kilometres kilometer kilometers mile miles foot feet inch inches "
    "acre acres hectare hectares degree degrees kilo kilos kilogram kilograms tonne tonnes ton tons pound "
    "litre litres gallon gallons year years month months day days hour hours mph knots"
)
# So many of the question's other words must stand in the clause of a figure: "seven jurors were seated" does
# not tell how large the panel was.
_TOLD = 0.5


def amounts(wanted: Quantity, sentence: str) -> list[Figure]:
    """The figures of a sentence that are levels of the quantity, in order; most sentences have none."""
    return [
        figure
        for figure in figures(sentence)
        if figure.role == "level"
        and figure.unit in wanted.units
        and _fits(wanted, sentence, figure)
        and not is_outside(wanted, sentence, figure)
    ]


def _fits(wanted: Quantity, sentence: str, figure: Figure) -> bool:
    before = _before(sentence, figure)
    if _DESCRIBES.search(before):
        return False
    clause, after = CLAUSE.split(before)[-1], CLAUSE.split(sentence[figure.end : figure.end + 80])[0]
    tally = _TALLY.search(before)
    if wanted.states:
        return _state(figure, clause, after, tally) in wanted.states and _counts_them(wanted, figure)
    if wanted.any_level:
        measured = figure.unit == "%" or bool(MEASURES.intersection(figure.counted[:1]))
        return measured and bool(_LEVEL.search(before))
    near = stems_of(f"{tally.group() if tally else clause} {after}")
    if wanted.is_money:
        return bool((wanted.rest or wanted.noun) & near)
    told = len(wanted.rest & near) >= _TOLD * len(wanted.rest)
    if figure.unit:
        return told
    is_margin = before.rstrip().endswith(" by") and wanted.names <= stems_of(sentence)
    is_counted = wanted.noun.intersection(figure.counted[:3]) or (tally and wanted.noun & near)
    return bool(is_counted) and (told or is_margin)


def _before(sentence: str, figure: Figure) -> str:
    """What stands before a figure, from the end of the one before it that is no earlier level of the same."""
    earlier = [f.end for f in figures(sentence) if f.end <= figure.start and f.role != "former"]
    return sentence[max(earlier, default=0) : figure.start]


def _state(figure: Figure, clause: str, after: str, tally: re.Match[str] | None) -> str | None:
    """What became of those counted, by the words after the figure, else by what has reached it."""
    if tally and not figure.counted:
        return _named(tally.group())
    if struck := _STRIKES.search(clause):
        return _named(struck[1]) or _named(after) or ("dead" if "lives" in struck[1] else None)
    return _named(" ".join(after.split()[:7])) or (_named(tally.group()) if tally else None)


def _named(words: str) -> str | None:
    """The first state that the words tell."""
    told = (state for word in stems(words) for state, tells in STATES.items() if word in tells)
    return next(told, None)


def _counts_them(wanted: Quantity, figure: Figure) -> bool:
    """Whether it counts the same kind of people: "three children" are not all the people that died."""
    if not figure.counted:
        return True
    said = figure.counted[0]
    is_anybody = wanted.noun <= PERSONS | wanted.told_by
    return said in wanted.told_by or said in wanted.noun or (said in PERSONS and is_anybody)
