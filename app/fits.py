"""Whether a question has a short answer at all, and which stretches of a sentence could be one.

"What happened to the mill?" wants sentences; "which states" wants several names; a title names nobody. Which
of the stretches that could be one answers is told by `app.direct`.
"""

from __future__ import annotations

import re

from app.asking import Asked, Kind
from app.kinds import listed
from app.ranks import is_rank
from app.spans import Shape, Span
from app.story.figures import figures
from app.story.quantity import PERSONS, STATES, quantity
from app.story.scope import is_outside
from app.words import is_function_word, stem, stems, stems_of

# Kinds of questions that have no answer of six words.
_LONG: frozenset[Kind] = frozenset(("reason", "quote", "any", "yes_no"))
# Which shapes can answer a kind at all; the others are open.
_SHAPES: dict[Kind, frozenset[Shape]] = {
    "person": frozenset(("name",)),
    "place": frozenset(("name", "words")),
    "time": frozenset(("date",)),
    "count": frozenset(("number", "money", "percent", "date")),
    "money": frozenset(("money",)),
    "percent": frozenset(("percent",)),
}
# An amount of these is a figure with its measure, in words that spans do not tell apart.
_MEASURED = re.compile(
    r"\bhow (?:long|full|old|far|big|large|tall|high|deep|soon|often|fast|strong|heavy)\b|\bscore of\b",
    re.IGNORECASE,
)
# The date beside an event tells nothing of the one before or after it.
_IN_TURN = re.compile(r"\bwhen\b.*\b(?:first|next|last|previous(?:ly)?|before|after|again)\b", re.IGNORECASE)
# What wants to be told, and not to be named.
_TOLD = re.compile(
    r"(?i:\bwhat (?:(?:has |have |had )?(?:happen|bec[ao]me|occurr)\w*|"
    r"(?:is|are|was|were) (?:happening|going on)|do we know|"
    r"(?:do|did|does|has|have|is|are|was|were|will|would)\b.{1,80}\b(?:do|done|doing)\b))|"
    r"(?i:\bwho(?: is|’s|'s| was)) (?:[A-Z][\w’'.-]*\s?)+\W*$|(?i:\bwho (?:are|were)\b)|"
    r"(?i:\bwho\b.*\b(?:richer|taller|older|younger)\b)"
)
# What a day and a year look like; another time is no answer to "what day", "which year".
_TIMES = {
    "day": re.compile(r"(?!.*(?:[ap]\.?m\b|noon|midnight))(?!\d{4}s?$).", re.IGNORECASE),
    "year": re.compile(r".*\b(?:19|20)\d\d"),
}
# Nouns in -s that are one thing; "states" and "companies" are several.
_SINGULAR = re.compile(
    r"(?:ss|us|is|news|series|species|united states|games|sports|olympics)$", re.IGNORECASE
)
_ONE_OF = re.compile(r"\bof (?:these|those|the following|the)\b", re.IGNORECASE)
_POSSESSIVE = re.compile(r"[’']s?$")
# A figure after these is what could be at most.
_LIMIT = re.compile(r"\b(?:up to|as (?:many|much) as|maximum(?: of)?|facing)\s$", re.IGNORECASE)
_AT = re.compile(r"\b(?:in|of|by|since|until|from|before|after)\s$", re.IGNORECASE)
_OR_BEFORE = re.compile(r"\bor\s(?:[a-z]+\s){0,2}$|\beither\s[^.;]{0,60}$")
_OR_AFTER = re.compile(r"\s(?:\([^)]*\)\s)?or\s")
_CLAUSE = re.compile(r"[;:()“”\"—–]|,\s")
# Who is asked to have won is named where somebody wins, and may be a country.
_WHO_WON = re.compile(
    r"\bwho (?:has |have |had |will )?(?:w[io]n|wins|beat|beats|defeat\w*)\b", re.IGNORECASE
)
_WINS = r"(?:won|wins|beats?|defeat(?:s|ed)|clinch(?:es|ed)|captured|claimed|crowned|sealed|took|earned)"
_WON_AFTER = re.compile(
    rf"(?![^A-Z.;]{{0,60}}\b(?:never|last|previously|recently|ha[sd]|have)\b)[^A-Z.;]{{0,60}}\b{_WINS}\b"
)
_WON_BEFORE = re.compile(
    r"\b(?:winners?|champions?|victory (?:for|by)|wins? (?:for|by)|won by|elect(?:s|ed)?)\b[^A-Z.;]{0,20}$",
    re.IGNORECASE,
)
# So many words from a figure stands what it counts.
_NEAR = 8
_FATES = frozenset[str]().union(*STATES.values())
_ACRONYM = re.compile(r"(?:[A-Z]{2,5}|(?:[A-Z]\.)+[A-Z]?)")
_YEAR = re.compile(r"(?:19|20)\d\d")
# Names with such a word are nobody's.
_NOBODY = frozenset(
    map(
        stem,
        """agency airlines airport army association authority bank board bureau church city club college
        commission committee company council county court department fc federation foods foundation fund
        group holdings hospital inc institute league line lines ltd ministry motors museum navy office party
        plc police royal school senate service society state street team theatre trust union university
        workers""".split(),
    )
)


def has_short_answer(question: Asked, text: str) -> bool:
    """Whether something of at most six words may answer the question `text`."""
    if question.kind in _LONG or _MEASURED.search(text) or _TOLD.search(text):
        return False
    if question.kind in ("name", "place", "person") and _wants_several(question, text):
        return False
    return not (question.kind == "time" and _IN_TURN.search(text))


def _wants_several(question: Asked, text: str) -> bool:
    """Whether the noun that is asked for is of many: "which states", not "which of these states"."""
    noun = _POSSESSIVE.sub("", question.noun)
    is_plural = len(noun.split()[-1]) > 3 and noun.endswith("s") if noun else False
    return is_plural and not _SINGULAR.search(noun) and not _ONE_OF.search(text)


def could_answer(question: Asked, span: Span) -> bool:
    """Whether a stretch looks like the kind of thing that is asked for."""
    shapes = _SHAPES.get(question.kind)
    if shapes and span.shape not in shapes:
        return False
    if question.kind == "time":
        looks = _TIMES.get(question.noun)
        return looks is None or bool(looks.match(span.text))
    return question.kind != "person" or _NOBODY.isdisjoint(stems(span.text))


def may_be_given(question: Asked, text: str, span: Span, sentence: str) -> bool:
    """Whether nothing beside or in the stretch that is thought to be the answer says that it is another's."""
    if _is_alternative(span, sentence) or _is_of_another(question, text, span, sentence):
        return False
    match question.kind:
        case "person" if _WHO_WON.search(text):
            return _wins(span, sentence) and _could_be_somebody(question, span.text)
        case "person":
            return _could_be_somebody(question, span.text) and not listed("country", span.text)
        case "count" if span.shape == "date":
            # "2000 people" looks like a year.
            is_number = sentence[span.end : span.end + 2][1:].islower() and bool(_YEAR.fullmatch(span.text))
            return is_number and not _AT.search(sentence[: span.start]) and _counts(question, span, sentence)
        case "count":
            return _counts(question, span, sentence)
        case "money" if span.text.endswith("pounds"):
            return "£" in sentence
    return True


def _is_alternative(span: Span, sentence: str) -> bool:
    """Whether it is one of two that may be: "either Quist or Brandt"."""
    before, after = sentence[: span.start], sentence[span.end :]
    return bool(_OR_AFTER.match(after) or _OR_BEFORE.search(before))


def _is_of_another(question: Asked, text: str, span: Span, sentence: str) -> bool:
    """Whether the figure of a toll is a part, a change or a former one, or of another place or time."""
    wanted = quantity(question, text) if question.kind == "count" else None
    found = (
        f for f in figures(sentence) if f.start <= span.start < f.end or span.start <= f.start < span.end
    )
    figure = next(found, None)
    if wanted is None or figure is None or not wanted.adds_up:
        return False
    return figure.role != "level" or is_outside(wanted, sentence, figure)


def _counts(question: Asked, span: Span, sentence: str) -> bool:
    """Whether a figure stands beside what is counted, people of any kind for people, and is no mere limit."""
    before, after = sentence[: span.start], sentence[span.end :]
    if _LIMIT.search(before):
        return False
    nouns = stems_of(question.noun)
    if not nouns or nouns & PERSONS or question.stems & _FATES:
        return True
    near = [
        *stems(_CLAUSE.split(before)[-1])[-_NEAR:],
        *stems(_CLAUSE.split(after)[0])[:_NEAR],
        *stems(span.text),
    ]
    return not nouns.isdisjoint(near)


def _wins(span: Span, sentence: str) -> bool:
    """Whether who is named is said to win, and not to have won so many times."""
    before, after = sentence[: span.start], sentence[span.end :]
    return bool(_WON_AFTER.match(after) or _WON_BEFORE.search(before))


def _could_be_somebody(question: Asked, name: str) -> bool:
    """Whether a name may be a person's or a team's that the question does not name itself."""
    words = [word for word in name.split(" of ")[0].split() if not is_function_word(word)]
    if not words or all(map(is_rank, words)):
        return False
    return not (_ACRONYM.fullmatch(name) or listed("state", name) or stem(words[-1]) in question.stems)
