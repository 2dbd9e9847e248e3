"""What a question wants the amount of: the unit, what is counted, what became of it, and of which matter.

A question about the dead is not one about the wounded, nor one about a cost one about what was saved. It
reads English questions and topics ("ferry death toll"); which figure of a sentence fits is told by
`app.story.amounts`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from app.asking import Asked
from app.words import WORD, is_function_word, stem, stems_of

MONEY = frozenset(("€", "$", "£", "¥", "₹", "cent"))
_UNITS: Mapping[str, frozenset[str]] = {
    "money": MONEY,
    "percent": frozenset("%"),
    "count": frozenset(("",)),
}
# What a mere topic wants the amount of.
_TOPICS = (
    (re.compile(r"\b(?:toll|deaths|casualties|attendance|number of)\b", re.IGNORECASE), frozenset(("",))),
    (re.compile(r"\b(?:cost|price|bill|budget)\b", re.IGNORECASE), MONEY),
)
# What became of people, each told by many words; one of them is never another.
STATES: Mapping[str, frozenset[str]] = {
    name: stems_of(words)
    for name, words in {
        "dead": "die died dies dying dead death deaths kill kills killed killing killings fatality "
        "fatalities toll perished",
        "hurt": "injured injuring injuries wounded wounding hurt hospitalised hospitalized",
        "missing": "missing unaccounted",
        "alive": "survived survivors survivor survive rescued saved alive",
        "held": "arrested arrests detained",
        "aboard": "aboard board carrying",
        "displaced": "displaced evacuated fled homeless",
        "sick": "infected infections sickened ill",
        "marching": "marched marching march marches rally rallied crowd turnout attendance attended "
        "protested demonstrated",
    }.items()
}
_TOLLS = frozenset(("dead", "hurt", "sick", "displaced"))
_CASES = stems_of("cases deaths infections")
PERSONS = stems_of("people person persons others victims lives bodies residents")
CALENDAR = stems_of(
    "year month week day today now far latest current currently recent January February March April May June "
    "July August September October November December Monday Tuesday Wednesday Thursday Friday Saturday Sunday"
)
# Words that say nothing of what the amount is of.
_TELLING = stems_of("confirmed official reported number total toll figure count rate estimated people known")
_ADJECTIVE = re.compile(r"\bhow (?!many|much)\w+", re.IGNORECASE)
_FORMER = re.compile(
    r"\b(?:first|initial(?:ly)?|original(?:ly)?|opening|previous(?:ly)?|earlier|formerly|before|until)\b",
    re.IGNORECASE,
)
# One of many amounts of the kind: a record, one survey's share; other reports give others.
_SINGLED_OUT = re.compile(
    r"\b(?:record|highest|lowest|average|typical(?:ly)?|usual(?:ly)?|maximum|minimum|polls?|survey|study)\b",
    re.IGNORECASE,
)
_OPENING_NAME = re.compile(
    r"[A-Z][\w’'-]*\s+(?:[A-Z]|(?:says|said|has|is|was|will|reports|reported|announced)\b)"
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """What a question wants the amount of.

    `states` is what became of people ("dead"), `noun` the stems of what is counted, `rest` those of the other
    words that tell one such amount from another; `names` are the stems of the names. `any_level` says that
    the question asks "how" by an adjective ("how full"), which reports need not repeat; `former`, that it
    asks for what was so at first or before.
    """

    units: frozenset[str]
    states: frozenset[str]
    noun: frozenset[str]
    rest: frozenset[str]
    names: frozenset[str]
    any_level: bool
    former: bool

    @property
    def is_money(self) -> bool:
        return self.units <= MONEY

    @property
    def grows(self) -> bool:
        """Whether reports of one day after the other may differ and both be right."""
        return self.states != {"marching"} and not self.is_money

    @property
    def adds_up(self) -> bool:
        """Whether it is a toll, which nothing but a revision makes smaller."""
        return bool(self.states & _TOLLS or self.noun & _CASES)

    @property
    def told_by(self) -> frozenset[str]:
        """The words for what became of those who are counted."""
        return frozenset[str]().union(*(STATES[state] for state in self.states))

    @property
    def subject(self) -> frozenset[str]:
        """What a report must name to speak of the same amount."""
        return self.names or (self.rest | (self.noun - PERSONS)) - self.told_by - _TELLING


def quantity(question: Asked, text: str) -> Quantity | None:
    """What the question `text` wants the amount of, or None when it asks for something else."""
    any_level = question.kind == "count" and bool(_ADJECTIVE.search(text))
    units = frozenset(("", "%")) if any_level else _units(question, text)
    if units is None or _SINGLED_OUT.search(text):
        return None
    noun = stems_of(question.noun)
    names = _names(text) - noun
    return Quantity(
        units,
        states=frozenset(state for state, words in STATES.items() if words & question.stems),
        noun=noun,
        rest=question.stems - names - noun - CALENDAR,
        names=names,
        any_level=any_level,
        former=bool(_FORMER.search(text)),
    )


def _units(question: Asked, text: str) -> frozenset[str] | None:
    if question.kind == "any":
        return next((units for pattern, units in _TOPICS if pattern.search(text)), None)
    return _UNITS.get(question.kind)


def _names(text: str) -> frozenset[str]:
    """The stems of what is written with a capital; the first word only where it looks like a name."""
    return (
        frozenset(
            stem(found.group())
            for found in WORD.finditer(text)
            if found.group()[0].isupper()
            and (found.start() or _OPENING_NAME.match(text))
            and (not is_function_word(found.group()) or found.group() == "US")
        )
        - CALENDAR
    )
