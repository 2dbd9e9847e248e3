"""What kind of thing a question asks for.

"How many fighters are left" wants a number of fighters, "who" a person, "why" a reason. This module reads
English questions and nothing else; whether a sentence holds such a thing is told by `app.holding`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from app.words import Terms, content_words, is_function_word, stem

Kind = Literal[
    "person", "place", "time", "count", "money", "percent", "reason", "quote", "name", "yes_no", "any"
]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question taken apart.

    `noun` is what is counted or chosen ("IS fighters", "company"), or empty; `asks` is the asking word.
    `terms` are the content words, each once and as they stand; `stems` the same without their endings.
    `speaker` is the last part of the name of whoever's words are asked for ("Quist"), or empty.
    """

    kind: Kind
    noun: str
    asks: str
    terms: tuple[str, ...]
    stems: frozenset[str]
    speaker: str = ""

    def weighed(self, idf: Callable[[str], float]) -> Terms:
        """The stems of the content words in order, each with how rare it is."""
        return [(stem(term), idf(term)) for term in self.terms]


# Tried from the top: the first pattern found in the clause that asks gives the kind.
_PATTERNS: dict[Kind, str] = {
    "yes_no": r"^(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should|may|"
    r"might)\s(?!.*\b(?:who|what|"
    r"which|when|where|why|how)\b)",
    "percent": r"\b(?:what|which|how)\b.{0,20}\b(?:percent(?:age)?|per cent|proportion|share of|pay rise)\b"
    r"|\bwhat (?:was|is) (?:the )?(?:\w+ ){0,2}turnout\b",
    "money": r"\bhow much\b.*\b(?:money|cost(?:s|ing)?|fined?|pay|paid|price|worth|spen[dt]|raised?|earn|"
    r"dollars?|euros?|"
    r"pounds?|sold|sell|award(?:ed)?|settle|donated?|owed?|aside)\b"
    r"|\bwhat\b.{0,80}?\b(?:price|cost(?:s|ing)?|fine|budget|salary|fee|fare|pay(?! rise)|worth)\b",
    "count": r"\bhow (?!(?:do|does|did|is|are|was|were|can|could|should|will|would|has|have|had|may|might|"
    r"come|to|about|"
    r"the|[a-z]+ing)\b)[a-z]+\b|\b(?:what|which) (?:(?:is|was|are|were) )?(?:the )?(?:\w+ ){0,3}(?:number|"
    r"total|toll|"
    r"magnitude|score|age|temperature|rate|speed|size|length|height|distance|population|margin|"
    r"attendance)\b|\bwhat (?:is|was|are|were) the (?:\w+ ){0,3}figures?\b",
    "time": r"\bwhen\b(?!.*\b(?:what|which|who(?:m|se)?|where|how)\b)|"
    r"\b(?:what|which) (?:year|month|day|date|time|weekday|century|decade|season)\b|"
    r"\bsince\s*:?$",
    "place": r"\bwhere\b|\b(?:what|which|whose) (?:\w+ ){0,2}(?:country|countries|city|cities|states?|"
    r"town|place|nation|"
    r"continent|island|region|village|county|location|capital|province|districts?)\b",
    "quote": r"\b(?:what|how) (?:did|does|has|have|do) .{2,80}?\b(?:say|said|tell|told|call|describe|"
    r"respond|comment|"
    r"explain)\b|\blast words\b",
    "reason": r"\bwhy\b|\bwhat (?:caused|prompted|led|triggered|sparked|forced)\b|\bhow come\b|"
    r"\bwhat (?:is|was|were|are) "
    r"the (?:\w+ )?(?:cause|reason)s?\b|\b(?:as a result of|due to|for) (?:what|which)(?: reason)?\b",
    "person": r"\bwho(?:m|se)?\b|\bwhat (?:is|was) (?:his|her|their) name\b|\b(?:what|"
    r"which) (?:[\w-]+ ){0,3}(?:person|man|"
    r"woman|actor|actress|singer|rapper|star|player|president|minister|senator|leader|politician|athlete|"
    r"coach|director|"
    r"author|billionaire|governor|mayor|judge|celebrity|ceo|musician|artist|architect|official|candidate|"
    r"lawmaker|"
    r"activist|individual|figure)\b",
    "name": r"\b(?:what|which)\b",
}  # fmt: skip
_KINDS = tuple((kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in _PATTERNS.items())
_ASKING_WORD = r"(?:who(?:m|se)?|what|which|where|when|why|how)\b"
_ASKS = re.compile(rf"\b{_ASKING_WORD}", re.IGNORECASE)
_ASKS_AT_ONCE = re.compile(rf"\W*(?:\w+\s+)?{_ASKING_WORD}\s+\S+", re.IGNORECASE)
_NEXT_SENTENCE = re.compile(r"(?<=[?.!])\s+(?=[A-Z“\"])")
_CHOSEN = re.compile(
    r"\b(?:what|which|how (?:many|much))\s+(?:of\s+(?:the\s+)?|more\s+|"
    r"other\s+)?((?:[\w’'-]+\s+){0,4}[\w’'-]+)",
    re.IGNORECASE,
)
# "What did Mayor Ida Quist say": whose words are asked for.
_SPEAKER = re.compile(
    r"\b(?:did|does|has|have|do|had)\s(?:[^?]{0,60}?\s)??([A-Z][\w’'-]*)(?:\s(?:also|just|really|first))?\s"
    r"(?:say|said|tell|told|call|called|describe|described|respond|responded|comment|commented|explain|explained)\b"
)
# Which of several things something does not hold for: "all of these except", "which of these is not".
_IS = r"(?:is|was|are|were|did|does|do|has|have|had|will)(?:\s+[\w.’'-]+){0,3}?(?:n[’']t|\s+not)\b"
_ODD = re.compile(
    rf"\bexcept(?: for)?\W*$|\bwho\s+(?:is|was|did|does)(?:n[’']t|\s+not)\b|"
    rf"\b(?:which|who|what)(?: one)? of (?:these|the following|them)\b[^.?!]{{0,80}}?\b{_IS}|"
    rf"\bwhich(?:\s+[\w’'-]+){{1,3}}?\s+(?=is|was|are|were|did){_IS}|"
    rf"\bwhich\b[^.?!]{{0,60}}\b(?:is|are) (?:false|untrue|incorrect)\b",
    re.IGNORECASE,
)
# "All of the above", "Both A and B", "D. None of these", "neither".
_SUMS_UP = re.compile(
    r"\W*(?:[A-H][.)]\s*)?(?:(?P<all>all|both)|none|neither)"
    r"(?:(?: of)? (?:the|these|those|them|a and b)(?: above| others?| options| answers)?)?\W*",
    re.IGNORECASE,
)
# Where the noun phrase after "which" or "how many" is over.
_AFTER_NOUN = re.compile(
    r"(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|shall|should|may|might|of|in|on|at|"
    r"for|from|with|"
    r"who|that|which|to|by|as|been|the|an?|this|it|he|she|they|just|also|made|won|says?|took|got|lost|"
    r"\w+ly)$",
    re.IGNORECASE,
)
_VERBAL = re.compile(r"\w+(?:ed|ing)$")


def asked(question: str) -> Asked:
    """Takes a question apart; words that are no question at all are of kind "any"."""
    clause = _asking_clause(question)
    kind: Kind = next((kind for kind, pattern in _KINDS if pattern.search(clause)), "any")
    terms = tuple(content_words(question))
    asks = _ASKS.search(clause)
    spoken = _SPEAKER.search(clause) if kind == "quote" else None
    return Asked(
        kind,
        _noun(clause),
        asks.group() if asks else "",
        terms,
        frozenset(map(stem, terms)),
        spoken[1] if spoken else "",
    )


def wants_odd_one(question: str) -> bool:
    """Whether a question asks which of several things something does not hold for."""
    return bool(_ODD.search(question))


def sums_up(option: str) -> Literal["all", "none"] | None:
    """Whether one of several given answers stands for all of the others ("all of the above"), or for none."""
    found = _SUMS_UP.fullmatch(option)
    return None if not found else "all" if found["all"] else "none"


def _asking_clause(question: str) -> str:
    """From the last sentence that asks, without its subordinate clauses when it asks at once.

    Questions often come after the news that they are about; and "what did the man who fell say" does not
    ask who.
    """
    starts = [0, *(found.end() for found in _NEXT_SENTENCE.finditer(question))]
    clause = next(
        (question[start:] for start in reversed(starts) if _ASKS.search(question[start:])), question
    ).strip()
    if opening := _ASKS_AT_ONCE.match(clause):
        rest = _ASKS.search(clause, opening.end())
        return clause[: rest.start()] if rest else clause
    return clause


def _noun(clause: str) -> str:
    """The noun phrase after "which" or "how many", as far as looks can tell: "prime minister"."""
    found = _CHOSEN.search(clause)
    phrase: list[str] = []
    for word in found.group(1).split() if found else ():
        if _AFTER_NOUN.match(word) or (phrase and _VERBAL.match(word)):
            break
        phrase.append(word)
    return " ".join(word for word in phrase if not is_function_word(word))
