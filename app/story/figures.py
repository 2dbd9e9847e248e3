"""Values in English sentences: how much of what, and whether it is the level, a change or a former level.

Reads digits and number words with their currency, percent or measure, and the noun that is counted. Dates,
times of day, ages, years and ordinals are no figures here. It knows no question and no article; all spans
point into the sentence that was given.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from app.words import is_function_word, stem

# "level": what is so. "change": by how much it differs from something. "former": what was so, or is not.
# "part": some of the whole.
Role = Literal["level", "change", "former", "part"]

_UNITS = {w: i for i, w in enumerate(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen".split())}  # fmt: skip
_TENS = {w: 10 * i for i, w in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)}
_SCALES = {"hundred": 1e2, "thousand": 1e3, "k": 1e3, "million": 1e6, "m": 1e6, "billion": 1e9, "bn": 1e9,
           "trillion": 1e12, "tn": 1e12}  # fmt: skip
_CURRENCIES = {"euro": "€", "dollar": "$", "pound": "£", "yen": "¥", "rupee": "₹", "cent": "cent",
               "pence": "cent"}  # fmt: skip
_SMALL = "|".join((*_UNITS, *_TENS))
_WORDED = rf"(?:(?:{_SMALL}|hundred|thousand|million|billion)(?:[- ](?:and )?(?=\w))?)+"
_NUMERAL = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_FIGURE = re.compile(
    rf"(?P<sign>(?:US|A|C)?\$|[€£¥₹])?\s?(?<![\w.,:–-])(?P<number>{_NUMERAL}|\b{_WORDED}(?<=[a-z])(?![\w-]))"
    r"(?:[\s-]?(?P<scale>hundred|thousand|million|billion|trillion|bn|tn|m|k)\b)?"
    r"(?:\s?(?P<unit>%|percentage points?\b|points?\b|per ?cent\b|euros?\b|(?:US )?dollars?\b|pounds?\b|"
    r"yen\b|rupees?\b|cents?\b|pence\b))?",
    re.IGNORECASE,
)
_MONTH = (
    r"(?:Jan(?:uary|\.)|Feb(?:ruary|\.)|March|Mar\.|April|Apr\.|May|June|Jun\.|July|Jul\.|Aug(?:ust|\.)|"
    r"Sept?(?:ember|\.)|Oct(?:ober|\.)|Nov(?:ember|\.)|Dec(?:ember|\.))"
)
# What has digits and tells no amount; blanked before figures are looked for.
_OTHER = re.compile(
    rf"\b{_MONTH} \d{{1,2}}(?!\d)(?:st|nd|rd|th)?(?:,? \d{{4}})?"
    rf"|\b\d{{1,2}}(?:st|nd|rd|th)? {_MONTH}(?: \d{{4}})?"
    r"|\b\d{1,2}(?:[.:]\d\d)? ?[ap]\.?m\b\.?|\b\d{1,2}:\d\d\b|\b[A-Za-z]+-\d+\b|\b\d+(?:st|nd|rd|th)\b"
    r"|\b(?:\d+|[a-z]+)(?:-[a-z]+)?[- ]years?[- ]old\b"
    r"|\b(?:aged?|No\.|Nos\.|number|line|lines|Clause|Pier|page|"
    r"Highway|Route|Flight|Article|Section|Chapter|Covid) \d[\d.]*\b|, \d{1,3}(?=[,;.)])"
    r"|\b(?:19|20)\d\d(?:[-–/]\d\d(?:\d\d)?)?"
    r"(?![\d,.]*\s?(?:%|people\b|cases\b|votes\b|deaths\b|[a-z]+ (?:were|was)\b))"
    r"|\b\d+[-–]\d+(?:[-–]\d+)?\b|\bone(?= of\b| another\b| thing\b| day\b)"
    r"|\bthe one\b|\bno one\b|\b\w+ one\b(?=[,.])",
    re.IGNORECASE,
)  # fmt: skip
_BREAK = re.compile(r"[,;:.!?()“”\"—–]|\s-\s")
_CHANGE_BEFORE = re.compile(
    r"\b(?:by|up|down|another|an? (?:extra|additional|further)|extra|additional|further|saving of|(?:rise|"
    r"rises|increase|drop|fall|gain|loss|cut|decline|jump|surge) of(?: (?:more than|about|almost|nearly))?|"
    r"gained|added|lost|"
    r"(?:f[ae]ll|fallen|r[io]se|risen|climbed|jumped|dropped|slid|surged|plunged)"
    r"(?: (?:an?|another|further))?)"
    r"\s(?:(?:as much as|about|around|some|roughly|nearly|almost|more than|at least)\s)?$",
    re.IGNORECASE,
)
_CHANGE_AFTER = re.compile(
    r"^\s?(?:\w+\s)?(?:more|fewer|less|higher|lower|above|below|additional|extra|other|further|faster|points?)\b"
    r"(?! than (?:half|a))",
    re.IGNORECASE,
)
_FORMER_BEFORE = re.compile(
    r"\b(?:from|than|against|compared (?:with|to)|not|instead of|rather than|previous(?:ly)?|originally|"
    r"formerly|was once|used to be)\s(?:(?:about|around|some|the|just|only|at least|(?:an? )?"
    r"(?:earlier|initial|previous|original)(?: \w+){0,3}(?: of)?)\s)*$"
    r"|\bhad (?:been (?:\w+ )?(?:to|at)|stood at|reached|said|put|given|reported)\b[^.;]{0,40}$",
    re.IGNORECASE,
)
_COMPARED = re.compile(
    r"\b(?:more|fewer|less|greater|higher|lower|larger|better|other) than\s$", re.IGNORECASE
)
_PART_BEFORE = re.compile(
    r"\b(?:including|among them|all but|of (?:the|those|them|these|whom|which),?|up to|as (?:many|much) as|"
    r"one in|every|each of the|first|last|next|past|these|those)\s$",
    re.IGNORECASE,
)
# "Eighteen of the deaths" are a part, "100 to 300" is no one value.
_PART_AFTER = re.compile(
    r"^\s?(?:of (?:the|those|these|them)\b|(?:to|or|and|[-–])\s?(?:[$€£¥]\s?)?\d)", re.IGNORECASE
)
# "€2 a day" is no amount of what is asked; "by 461 votes" is one.
_RATE = re.compile(r"^\s?(?:[a-z]+\s)?(?:an?|per|each|every)\s(?!result|total|day after)[a-z]", re.IGNORECASE)
_MARGIN = re.compile(r"^\s?(?:votes?|goals?|runs?|seats?)\b", re.IGNORECASE)
_NOT_COUNTED = re.compile(
    r"(?:hours?|minutes?|seconds?|days?|weeks?|months?|years?|decades?|a\.m|p\.m|times?|years)$",
    re.IGNORECASE,
)
_BOUND = re.compile(
    r"\b(at least|more than|over|fewer than|less than|under|nearly|almost|about|around|some|roughly|"
    r"approximately|an estimated|up to|as many as)\s$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Figure:
    """A value as it stands in a sentence, `text == sentence[start:end]`.

    `unit` is "%", "point", a currency sign ("cent" for hundredths), or "" for what is counted; `counted` are
    the stems of the words right after it, up to the next mark or small word. `bound` is the word that makes
    it a limit or an estimate ("at least"), in lower case, or empty.
    """

    start: int
    end: int
    text: str
    value: float
    unit: str
    counted: tuple[str, ...]
    bound: str
    role: Role


@lru_cache(maxsize=4096)
def figures(sentence: str) -> tuple[Figure, ...]:
    """The figures of a sentence, in order."""
    blanked = _OTHER.sub(lambda found: "\0" * len(found.group()), sentence)
    found = (_figure(sentence, match) for match in _FIGURE.finditer(blanked))
    return tuple(figure for figure in found if figure is not None)


def _figure(sentence: str, match: re.Match[str]) -> Figure | None:
    value = value_of(match["number"])
    if value is None:
        return None
    start = match.start("sign") if match["sign"] else match.start("number")
    end = match.start() + len(match.group().rstrip())
    before, after = sentence[max(0, start - 80) : start], sentence[end : end + 60]
    unit = _unit(match["sign"], match["unit"])
    counted = () if unit else _counted(after)
    if counted and _NOT_COUNTED.match(counted[-1]):
        unit = "time"
    bound = _BOUND.search(before)
    scale = _SCALES.get((match["scale"] or "").lower(), 1.0)
    role = _role(before, after, unit)
    return Figure(
        start, end, sentence[start:end], value * scale, unit, counted, bound[1].lower() if bound else "", role
    )


def value_of(number: str) -> float | None:
    """The value of digits or of number words; None for what is neither ("hundred" alone is vague)."""
    if number[:1].isdigit():
        try:
            return float(number.replace(",", ""))
        except ValueError:
            return None
    total = group = 0.0
    parts = [part for part in re.split(r"[- ]+", number.lower()) if part and part != "and"]
    if not parts or (parts[0] not in _UNITS and parts[0] not in _TENS):
        return None
    for part in parts:
        if part in _UNITS or part in _TENS:
            group += _UNITS.get(part, 0) + _TENS.get(part, 0)
        elif part == "hundred":
            group *= 100
        elif part in _SCALES:
            total, group = total + group * _SCALES[part], 0.0
        else:
            return None
    return total + group


def _unit(sign: str | None, unit: str | None) -> str:
    if sign:
        return sign[-1]
    word = (unit or "").lower()
    if "point" in word:
        return "point"
    if word in ("%", "percent", "per cent"):
        return "%"
    name = word.removeprefix("us ").removesuffix("s")
    return _CURRENCIES.get(name, _CURRENCIES.get(word, ""))


def _counted(after: str) -> tuple[str, ...]:
    """ "people", "homes lost": the words after a number, as far as one phrase goes, at most four."""
    stop = _BREAK.search(after)
    phrase: list[str] = []
    for word in re.findall(r"[^\W_][\w’'-]*", after[: stop.start()] if stop else after)[:4]:
        if is_function_word(word) and phrase:
            break
        if not is_function_word(word):
            phrase.append(stem(word))
        elif word.lower() not in ("of", "the", "other", "more"):
            break
    return tuple(phrase)


def _role(before: str, after: str, unit: str) -> Role:
    clause = _BREAK.split(before)[-1]
    if unit == "point" or _CHANGE_AFTER.search(after) or _RATE.match(after):
        return "change"
    if _CHANGE_BEFORE.search(clause) and not _MARGIN.match(after):
        return "change"
    if _FORMER_BEFORE.search(clause) and not _COMPARED.search(clause):
        return "former"
    return "part" if _PART_BEFORE.search(before) or _PART_AFTER.match(after) else "level"
