"""Shapes of sentences that a question can be made of, and what keeps it from being a good one.

Only the subject or a number in front is asked for, so that no word has to move. Better none than one that
nobody would ask: what points outside itself, gives its answer away or could mean anything is left.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from app.words import content_words


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, its answer as the sentence has it, and what is asked for."""

    kind: str
    question: str
    answer: str


@dataclass(frozen=True, slots=True)
class Shape:
    """A kind of sentence: `answer` names the group that is asked for. `is_person`: the text must tell that it
    is one. `whole`: nothing may be left of what is asked, since it is a quotation."""

    kind: str
    sentence: re.Pattern[str]
    question: str
    answer: str
    is_person: bool = False
    whole: bool = False


_WORD = r"(?:[A-Z][\w’'-]*[a-z][\w’'-]*|[A-Z]\.)"
_PERSON = rf"(?P<who>{_WORD}(?: (?:de|van|von|al|bin|la) {_WORD}| {_WORD}){{1,3}})"
# Things that nobody takes for people: quantities, and what bears its kind in its name.
_QUANTITY = "population|number|share|cost|price|value|rate|toll|bill|budget|size|length|death toll"
_KINDS = """Bridge Hotel Trail Act Bill Festival Park Museum Cup Convention Tunnel Line Canal Harbour Stadium
Theatre Tower Hall Hospital Prize Report Treaty Agreement Plan Fund Railway Airport Dam Library School"""
_KIND = "|".join(_KINDS.split())
_AMOUNT = rf"(?:{_QUANTITY}) of (?:[\w’'-]+ ){{0,4}}?[\w’'-]+"
_THING = rf"(?P<thing>The (?:{_AMOUNT}|(?:{_WORD} ){{1,4}}(?:{_KIND})))"
_CURRENCY = r"(?:euros|dollars|pounds|crowns)"
_SIGNED = r"[€£$]\s?\d[\d,.]*(?:\s?(?:million|billion|trillion|m|bn)\b)?"
_MONEY = rf"(?P<much>{_SIGNED}|\d[\d,.]* (?:million |billion )?{_CURRENCY})"
_SPELT = "two three four five six seven eight nine ten eleven twelve fifteen twenty thirty forty fifty"
_HUNDREDS = r"(?: (?:thousand|hundred|million))?"
_COUNT = rf"(?P<many>\d{{1,3}}(?:,\d{{3}})+|\d{{1,6}}|(?i:{'|'.join(_SPELT.split())}){_HUNDREDS})"
_ABOUT = r"(?:(?:At least|More than|Fewer than|About|Around|Nearly|Almost|Some|Only|As many as|Up to) )?"
_PLURAL = r"(?P<what>(?:[a-z]+ ){0,2}(?:people|men|women|children|[a-z]{3,}s))"
_DOES = r"(?:was|were|are|has|have|had|will|would|can|could|won|lost|died|left|took|met|held|[a-z]{3,}ed)"
# A state that tells one thing from all others: "is the", but not "is a".
_BEING = r"(?:is|was|has been|had been|will be|have been)"
_STATE = rf"(?:(?:is|was) the|{_BEING} (?!a\b|an\b)[a-z]{{3,}}(?:ed|en|wn|t|ing))"
_FATE = rf"(?:{_STATE}|has [a-z]{{3,}}(?:ed|en|wn)|will [a-z]{{3,}})"
_DID = rf"(?:{_FATE}|won|lost|became|led|beat|[a-z]{{3,}}ed)"
_SAID = r"(?:said|says|told|wrote|added)"


def _shape(kind: str, sentence: str, question: str, answer: str, **told: bool) -> Shape:
    return Shape(kind, re.compile(sentence), question, answer, **told)


SHAPES = (
    # "Judge Ottoline Graef, who is chairing the inquiry at the Corn Exchange, asked …"
    _shape("who", rf"{_PERSON}, who (?P<rest>{_DID} [^,“”]{{15,120}}),", "Who {rest}?", "who"),
    # "Nadia Ferrant, the mayor of Port Ellery, said …"
    _shape(
        "who",
        rf"{_PERSON}, (?P<rest>the [a-z][^,“”]{{3,50}} (?:of|for) [^,“”]{{3,60}}), {_SAID}\b",
        "Who is {rest}?",
        "who",
    ),
    # "Conrad Thule won the first round of the vote."
    _shape("who", rf"^{_PERSON} (?P<rest>{_DID} [^“”]{{20,200}})[.]$", "Who {rest}?", "who", is_person=True),
    # "Odile Renshaw said that the pier would stay shut."
    _shape(
        "who",
        rf"^{_PERSON} said (?:on \w+day )?that (?P<rest>(?:the|a|an|[A-Z]) ?[^“”]{{30,160}})[.]$",
        "Who said that {rest}?",
        "who",
        is_person=True,
    ),
    # "“Everybody had, my lady,” Mr. Rigg said."
    _shape(
        "speaker",
        rf"^[“\"](?P<rest>[^“”\"]{{45,170}})[,.!?][”\"] (?:{_SAID} )?{_PERSON}(?: {_SAID}|[,.])",
        "Who said “{rest}”?",
        "who",
        is_person=True,
        whole=True,
    ),
    # "At least 11 people were killed when …"
    _shape(
        "how many",
        rf"^{_ABOUT}{_COUNT} {_PLURAL} (?P<rest>{_DOES} [^“”]{{15,200}})[.]$",
        "How many {what} {rest}?",
        "many",
    ),
    # "The Ellery Narrows Bridge will cost €495 million, …"
    _shape(
        "how much",
        rf"^{_THING} will cost (?:about |around |nearly |at least )?{_MONEY}",
        "How much will {thing} cost?",
        "much",
    ),
    # "The population of Tarrany has fallen below four million …"
    _shape("what", rf"^{_THING} (?P<rest>{_FATE} [^“”]{{25,200}})[.]$", "What {rest}?", "thing"),
)

# Words that carry a question: with fewer it could be about anything.
_LEAST, _LONGEST = 3, 30
_POINTING = re.compile(
    r"\b(?:he|she|they|it|his|her|hers|their|its|him|them|this|that|these|those|here|there|we|our|you|your|I|my|"
    r"former|latter|also|too|instead|however|such|another|other|others|then|now)\b",
    re.IGNORECASE,
)
_HARMLESS = re.compile(r"\bthat (?=the |a |an |[A-Z])|\bthis (?:week|month|year)\b")
# What a page says of its own makers; what tells hardly anything; two sentences in one.
_POOR = re.compile(
    r"\b(?:reporter|correspondent|columnist|newsletter|photo)\b|"
    r"^Who (?:is|was) (?:to|quoted|listed|asked|expected)\b|"
    r" (?:--|–|—) |;|:| and (?:more than |at least |another )?(?:\d|[A-Z])"
)
_NO_NAME = frozenset(
    "But And After Before When While As In On At For If Because Since With The A By From".split()
)
_NO_PERSON = frozenset(
    "Police Council City County Company Court Party Association Water Bank Courier".split()
)


def asked_of(sentence: str, article: str) -> Asked | None:
    """The question that a sentence of an article makes; None where it makes no good one."""
    text = " ".join(sentence.split())
    for shape in SHAPES:
        match = shape.sentence.search(text)
        if match and (asked := _asked(shape, match, article)):
            return asked
    return None


def _asked(shape: Shape, match: re.Match[str], article: str) -> Asked | None:
    groups = {name: value or "" for name, value in match.groupdict().items()}
    answer = groups[shape.answer].strip()
    if "who" in groups and not _is_name(groups["who"], article, must_speak=shape.is_person):
        return None
    if not shape.whole:
        groups["rest"] = groups.get("rest", "").partition(",")[0].strip()
    if shape.answer != "thing" and "thing" in groups:
        groups["thing"] = groups["thing"][:1].lower() + groups["thing"][1:]
    question = shape.question.format(**groups)
    return Asked(shape.kind, question, answer) if _is_good(question, answer, shape) else None


def _is_name(name: str, article: str, *, must_speak: bool) -> bool:
    first, *_, last = name.split()
    if first in _NO_NAME or last in _NO_PERSON:
        return False
    # Who speaks, or bears a title, is somebody.
    speaks = rf"\b{re.escape(last)}(?:,? {_SAID}\b|, \d\d,)|{_SAID} (?:[\w.]+ )?{re.escape(last)}\b|"
    titled = rf"\b(?:Mr|Mrs|Ms|Dr|Sir|Judge|Sen|Rep|President|Captain)\.? (?:\w+ )?{re.escape(last)}\b"
    return not must_speak or bool(re.search(speaks + titled, article))


def _is_good(question: str, answer: str, shape: Shape) -> bool:
    """Whether it can be understood alone, tells enough, and does not give itself away."""
    if len(question.split()) > _LONGEST or answer.lower() in question.lower():
        return False
    if shape.whole:
        return True
    names_something = bool(re.search(r"(?<=\s)[A-Z]|\d", question))
    is_alone = not _POINTING.search(_HARMLESS.sub(" ", question)) and not _POOR.search(question)
    return is_alone and names_something and len(content_words(question)) >= _LEAST
