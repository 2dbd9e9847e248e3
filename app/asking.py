"""What kind of thing a question asks for, and how well a sentence holds such a thing.

"How many fighters are left" wants a number of fighters, "who" a person, "why" a reason. This module reads
the English of a question and the looks of a sentence; it knows no archive and no scores of retrieval.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from app.words import content_words, is_function_word, stem, words

Kind = Literal["person", "place", "time", "count", "money", "percent", "reason", "quote", "name", "yes_no", "any"]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question taken apart: `noun` is what is counted or chosen ("fighters", "company"), or empty.

    `terms` are the content words, each once; `stems` the same without their endings.
    """

    kind: Kind
    noun: str
    terms: tuple[str, ...]
    stems: frozenset[str]
    negated: bool = False


_LEAD = r"(?:^|[,;:—–-]\s*|\b(?:and|in|on|at|to|of|for|from|by|with|about|approximately|about|roughly|exactly)\s+)"
_KINDS: tuple[tuple[Kind, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern, re.IGNORECASE))
    for kind, pattern in (
        ("percent", r"\b(?:what|which|how)\b[^?.]{0,20}\b(?:percent(?:age)?|per cent|proportion|share of)\b"),
        ("money", r"\bhow much (?:money|did .* (?:cost|pay|raise|spend|donate|earn)|is .* worth|does .* cost|was .* "
                  r"(?:fined|sold|paid|worth))|\bhow much\b.*\b(?:cost|fine|fined|pay|paid|price|worth|spen[dt]|raise|"
                  r"dollars?|euros?|pounds?|sold|sell|award(?:ed)?|settle)\b"
                  r"|\bwhat (?:is|was|are|were) the (?:\w+ ){0,2}(?:price|cost|fine|value|budget|salary|fee)\b"),
        ("count", r"\bhow (?:many|much|old|long|far|tall|big|large|high|fast|heavy|deep|often|wide)\b"
                  r"|\bwhat (?:is|was|are|were) the (?:\w+ ){0,3}(?:number|total|toll|magnitude|score|age|temperature|"
                  r"rate|speed|size|length|height|distance|population|margin)\b|\bwhat (?:number|age|magnitude)\b"),
        ("time", r"\bwhen\b(?! asked)|\b(?:what|which) (?:year|month|day|date|time|weekday|century|decade|season)\b"
                 r"|\bhow (?:soon|recently)\b|\bsince\s*:?$"),
        ("place", r"\bwhere\b|\b(?:what|which|whose) (?:\w+ ){0,2}(?:country|countries|city|cities|state|states|town|"
                  r"place|nation|continent|island|region|village|county|location|capital|province|district)\b"),
        ("quote", r"\b(?:what|how) (?:did|does|has|have|do) .{2,80}? (?:say|said|tell|told|call|describe|respond|"
                  r"comment|think|explain)\b|\baccording to\b.*\bsaid what\b"),
        ("reason", r"\bwhy\b|\bfor what reason\b|\bwhat (?:caused|prompted|led|triggered|sparked|forced)\b"
                   r"|\bwhat (?:is|was|were|are) the (?:\w+ )?(?:cause|reason)s?\b|\bas a result of (?:what|which)\b"
                   r"|\bdue to (?:what|which)\b|\bhow come\b"),
        ("person", r"\bwho\b|\bwhom\b|\bwhose\b|\bwhat (?:is|was) (?:his|her|their) name\b|\b(?:what|which) "
                   r"(?:\w+[ -]){0,3}(?:person|man|woman|actor|actress|singer|rapper|star|player|president|minister|"
                   r"senator|leader|politician|athlete|coach|director|author|billionaire|governor|mayor|judge|"
                   r"celebrity|ceo|musician|artist|official|candidate|lawmaker|activist|quarterback|golfer)\b"),
        ("name", r"\b(?:what|which)\b"),
        ("yes_no", r"^(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should|may|might)\b"),
    )
)  # fmt: skip
_COUNTED = re.compile(r"\bhow (?:many|much)\s+(?:of\s+(?:the\s+)?|more\s+|other\s+)?((?:[\w’'-]+\s+){0,3}[\w’'-]+)", re.I)
_CHOSEN = re.compile(r"\b(?:what|which)\s+((?:[\w’'-]+\s+){0,4}[\w’'-]+)", re.I)
_MEASURED = {"old": "year", "long": "", "far": "mile", "tall": "foot", "often": "time"}
_STOP_NOUN = re.compile(r"^(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should|may|might|of|in|on|"
                        r"at|for|from|with|who|that|which|to|by|as|been|have|the|a|an|this|it|he|she|they)$", re.I)  # fmt: skip
_NEGATION = re.compile(r"\b(?:not|never|no|none|nobody|without|no longer|\w+n[’']t|fail(?:s|ed)?|den(?:y|ies|ied)|"
                       r"refus(?:e|es|ed)|reject(?:s|ed)?)\b", re.I)  # fmt: skip


def asked(question: str) -> Asked:
    """Take a question apart; words that are no question at all are of kind "any"."""
    final = _final_clause(question)
    kind = next((kind for kind, pattern in _KINDS if pattern.search(final)), "any")
    terms = tuple(content_words(question))
    return Asked(kind, _noun(kind, final), terms, frozenset(map(stem, terms)), bool(_NEGATION.search(final)))


def _final_clause(question: str) -> str:
    """The last sentence that asks something: questions often come after the news they are about."""
    pieces = [piece.strip() for piece in re.split(r"(?<=[?.!])\s+(?=[A-Z“\"])", question.strip()) if piece.strip()]
    asking = [p for p in pieces if "?" in p or re.search(r"\b(?:who|what|which|where|when|why|how)\b", p, re.I)]
    return (asking or pieces or [""])[-1]


def _noun(kind: Kind, clause: str) -> str:
    """The head of the noun phrase after the question word: the word before the verb or preposition."""
    found = (_COUNTED if kind == "count" else _CHOSEN).search(clause)
    if found is None:
        measured = re.search(r"\bhow (\w+)", clause, re.I) if kind == "count" else None
        return _MEASURED.get(measured.group(1).lower(), "") if measured else ""
    head = ""
    for word in found.group(1).split():
        if _STOP_NOUN.match(word) or (head and re.search(r"(?:ed|ing)$", word)):
            break
        head = word
    return head if not is_function_word(head) else ""


_NUMBER = re.compile(
    r"(?<![\w.,])(?:\d[\d,]*(?:\.\d+)?(?:st|nd|rd|th)?|(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|"
    r"twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|"
    r"eighty|ninety|hundreds?|thousands?|millions?|billions?|dozens?|half|couple|several|none|no one|both|single|"
    r"twice|once)(?:-\w+)?)(?![\w])",
    re.I,
)
_YEAR = re.compile(r"(?:19|20)\d\d$")
_MONEY = re.compile(r"[$€£¥]\s?\d|\b\d[\d,.]*\s?(?:(?:thousand|million|billion|trillion)\s)?(?:dollars?|euros?|pounds?|cents?|"
                    r"pence|yen|rupees|kronor|francs?)\b|\b(?:US|AU|C)?[$€£]", re.I)  # fmt: skip
_PERCENT = re.compile(r"\d\s?%|\bper\s?cent(?:age)?\b|\b(?:half|third|quarter|majority|one in \w+)\b", re.I)
_DATE = re.compile(
    r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|\b(?:january|february|march|april|may|june|july|august|september|"
    r"october|november|december|jan\.|feb\.|aug\.|sept?\.|oct\.|nov\.|dec\.)\s*\d*|\b(?:19|20)\d\d(?:s\b|\b)"
    r"|\b(?:yesterday|today|tomorrow|tonight)\b|\b(?:last|next|this|earlier this|later this) (?:week|weekend|month|year|"
    r"spring|summer|fall|autumn|winter|morning|evening|night|season)\b|\b\d{1,2}(?::\d\d)? ?[ap]\.?m\b|\bnoon\b"
    r"|\bmidnight\b|\b(?:in|by|for|within|after) (?:\w+ ){1,2}(?:hours|days|weeks|months|years)\b|\bago\b",
    re.I,
)
_REASON = re.compile(
    r"\b(?:because|due to|owing to|caus(?:e|ed|es|ing)|after|over|amid|following|result(?:s|ed)? (?:of|in|from)|"
    r"thanks to|since|so that|in order to|in response to|blam(?:e|ed|es|ing)|cit(?:e|ed|es|ing)|prompt(?:ed|ing)|"
    r"trigger(?:ed|ing)|spark(?:ed|ing)|led to|leading to|stem(?:s|med)|reason|fear(?:s|ed|ing)?|concern(?:s|ed)?|"
    r"forced|contributed|attribut(?:e|ed|es)|meaning|to (?:avoid|prevent|protect|save|help|reduce|make|keep))\b",
    re.I,
)
_SAYING = re.compile(r"\b(?:said|says|say|told|tells|called|calls|added|wrote|writes|tweeted|posted|described|describes|"
                     r"argued|warned|insisted|explained|asked|announced|declared|acknowledged|replied|testified)\b", re.I)  # fmt: skip
_NAME = re.compile(r"[A-Z][\w’'&.-]*(?:\s+(?:(?:of|the|de|van|von|al|bin|and|&|for)\s+)?(?:[A-Z][\w’'&.-]*|\d+\b))*")
_QUOTED = re.compile(r"[“\"«‘']([^”\"»’]{2,80})[”\"»’']")
_PLACED = re.compile(
    r"\b(?:in|at|near|from|to|into|across|outside|off|around|of|for|through|on|over|against)\s+(?:the\s+|southern\s+|"
    r"northern\s+|eastern\s+|western\s+|central\s+)*([A-Z][\w’'.-]+(?:\s+[A-Z][\w’'.-]+)*)"
)


def holds(question: Asked, sentence: str) -> float:
    """How well the sentence holds a thing of the kind asked for, in 0..1."""
    return _HOLDS[question.kind](question, sentence)


def new_names(question: Asked, sentence: str) -> list[str]:
    """Names in the sentence with a word that the question does not have already."""
    names = []
    for found in _NAME.finditer(sentence):
        fresh = [w for w in words(found.group()) if w[0].isupper() and stem(w) not in question.stems]
        opening = found.start() == 0 or sentence[: found.start()].strip(" “\"'‘(") == ""
        # A capital at the beginning of a sentence names nobody, unless another follows.
        fresh = [w for w in fresh if not is_function_word(w)]
        if fresh and not (opening and len(words(found.group())) == 1):
            names.append(found.group())
    return names


def _number(question: Asked, sentence: str) -> float:
    noun = stem(question.noun) if question.noun else ""
    best = 0.0
    for found in _NUMBER.finditer(sentence):
        raw = found.group()
        if stem(raw) in question.stems:
            continue
        after = [stem(w) for w in words(sentence[found.end() : found.end() + 60])[:5]]
        if _YEAR.match(raw):
            score = 0.1
        elif noun and noun in after:
            score = 1.0
        elif question.stems.intersection(after):
            score = 0.8
        else:
            score = 0.5
        best = max(best, score)
    return best


def _person(question: Asked, sentence: str) -> float:
    names = new_names(question, sentence)
    if any(len(name.split()) >= 2 for name in names):
        return 1.0
    return 0.6 if names else 0.0


def _place(question: Asked, sentence: str) -> float:
    placed = [w for found in _PLACED.finditer(sentence) for w in words(found.group(1))]
    if any(stem(word) not in question.stems for word in placed):
        return 1.0
    return 0.6 if new_names(question, sentence) else 0.0


def _named(question: Asked, sentence: str) -> float:
    names = new_names(question, sentence)
    quoted = [q for q in _QUOTED.findall(sentence) if not question.stems.issuperset(map(stem, words(q)))]
    score = 0.7 if names or quoted else 0.2
    if question.noun and stem(question.noun) in map(stem, words(sentence)):
        score += 0.3
    return score


def _quote(question: Asked, sentence: str) -> float:
    quoted = bool(re.search(r"[“”\"«»]", sentence))
    said = bool(_SAYING.search(sentence))
    return 1.0 if quoted and said else 0.7 if quoted or said else 0.0


def _pattern(pattern: re.Pattern[str]) -> "_Check":
    def check(question: Asked, sentence: str) -> float:
        found = (m.group() for m in pattern.finditer(sentence))
        return 1.0 if any(not question.stems.issuperset(map(stem, words(f))) for f in found) else 0.0

    return check


def _anything(question: Asked, sentence: str) -> float:
    return 0.5


from collections.abc import Callable  # noqa: E402

_Check = Callable[[Asked, str], float]
_HOLDS: dict[Kind, _Check] = {
    "person": _person,
    "place": _place,
    "time": _pattern(_DATE),
    "count": _number,
    "money": _pattern(_MONEY),
    "percent": _pattern(_PERCENT),
    "reason": _pattern(_REASON),
    "quote": _quote,
    "name": _named,
    "yes_no": _anything,
    "any": _anything,
}
