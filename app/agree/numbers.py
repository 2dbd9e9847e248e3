"""Numbers in running English, and whether two of them agree.

"$1.2bn", "twenty-five", "more than a dozen", "about 40 %", "between 3 and 5": each is an interval with a kind
of unit. Parts of dates are numbers of `app.agree.dates`, not of this module.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from typing import Literal

from app.agree.bounds import Bound, bound_of
from app.agree.coins import AFTER_SCALE, PLAIN, SIGNS, Coins, are_one, coins
from app.agree.dates import dated_spans
from app.words import is_function_word

Unit = Literal["", "money", "percent", "clock", "rank"]

_SMALL = {
    word: value
    for value, word in enumerate(
        """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
        sixteen seventeen eighteen nineteen""".split()
    )
}
_TENS = {
    word: 10 * n for n, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)
}
_RANKS = {
    word: value
    for value, word in enumerate(
        """first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth
        fourteenth fifteenth""".split(),
        1,
    )
}
_SCALES = {
    "dozen": 12, "dozens": 24, "hundred": 100, "hundreds": 200, "thousand": 1e3, "thousands": 2e3, "k": 1e3,
    "million": 1e6, "millions": 2e6, "m": 1e6, "mn": 1e6, "billion": 1e9, "billions": 2e9, "b": 1e9,
    "bn": 1e9, "trillion": 1e12, "trillions": 2e12, "tn": 1e12,
}  # fmt: skip
_PARTS = {"half": 0.5, "third": 1 / 3, "thirds": 1 / 3, "quarter": 0.25, "quarters": 0.25, "fifth": 0.2,
          "fifths": 0.2, "tenth": 0.1, "tenths": 0.1}  # fmt: skip

_WORD = rf"(?:{'|'.join(_TENS)})(?:[-\s](?:{'|'.join(list(_SMALL)[1:10])}))?|{'|'.join(_SMALL)}"
_SCALE = r"dozens?|hundreds?|thousands?|millions?|billions?|trillions?"
_NUMBER = re.compile(
    rf"""(?<![\w.,])(?<![A-Za-z]-)(?<!\d\d\d\d[-–/])(?:
    (?P<clock>\d{{1,2}}:\d\d(?:\s?[ap]\.?m\b)?|\d{{1,2}}(?:\.\d\d)?\s?[ap]\.?m\b)
    |(?P<rank>\d+(?:st|nd|rd|th)|{"|".join(_RANKS)})\b(?!\s+of\s+all)
    |(?P<part>(?:(?:a|one|two|three|four)[\s-])?(?:half|thirds?|quarters?|fifths?|tenths?))\b(?!-)
      (?=\s+(?:of|the|a|an)\b|\s+(?:{_SCALE})\b)(?:\s+(?:of\s+)?an?\s+(?P<of>{_SCALE})\b)?
    |(?P<money>(?:{SIGNS})\s?)?
     (?:(?P<figure>\d[\d,]*(?:\.\d+)?|\.\d+)|(?P<word>{_WORD}|an?(?=\s+(?:{_SCALE})\b))\b|(?P<vague>(?:{_SCALE})\b))
     (?P<scales>(?:[\s-](?:{_SCALE})\b|\s?(?:bn|mn|tn|[kmb])\b)*)
     (?:[\s-]?(?P<percent>%|per\s?cent\b|percent(?:age)?\b)|\s(?P<coin>(?:{PLAIN})\b|(?<=illion\s)(?:{AFTER_SCALE})\b))?
    )""",
    re.IGNORECASE | re.VERBOSE,
)
_COUNTED = re.compile(r"\s+([A-Za-z]{3,})")
_RANGE = re.compile(r"\s*(?:-|–|to|and)\s*", re.IGNORECASE)
# Small numbers are the sum of others by chance.
_LEAST_SUM = 50
_SCORE = re.compile(r"\s*[-–]\s*")


@dataclass(frozen=True, slots=True)
class Quantity:
    """What `text[start:end]` says: `low` to `high` of a unit, exactly or with a bound.

    `coins` are the currencies that it may be in. `counts` tells that the thing counted follows at once.
    """

    low: float
    high: float
    unit: Unit
    bound: Bound
    start: int
    end: int
    text: str
    coins: Coins = frozenset()
    counts: bool = False


@lru_cache(maxsize=2048)
def quantities(text: str) -> tuple[Quantity, ...]:
    """The numbers in a text, in order, dates and a bare "one" left out."""
    taken = dated_spans(text)
    found = [
        quantity
        for match in _NUMBER.finditer(text)
        if not any(a < match.end() and match.start() < b for a, b in taken)
        and match.group().lower() != "one"
        and (quantity := _quantity(match, text))
    ]
    return tuple(_ranges(found, text))


def _quantity(match: re.Match[str], text: str) -> Quantity | None:
    part = match.groupdict()
    start, end = match.span()
    bound = bound_of(text[max(0, start - 40) : start], text[end : end + 40])
    if part["clock"]:
        value, unit = _clock(part["clock"]), "clock"
    elif part["rank"]:
        low = part["rank"].lower()
        value, unit = float(_RANKS.get(low) or int("".join(filter(str.isdecimal, low)) or 0)), "rank"
    elif part["part"]:
        value, unit = _part(part["part"], part["of"]), ""
    else:
        amount = _amount(part)
        if amount is None:
            return None
        value, unit = amount, _unit(part)
        if part["vague"]:
            bound = bound or "about"
    money = coins(part["money"] or "", part["coin"] or "")
    counts = not unit and _counts(text[end : end + 40])
    return Quantity(value, value, unit, bound, start, end, text[start:end], money, counts)  # type: ignore[arg-type]


def _unit(part: dict[str, str | None]) -> Unit:
    if part["money"] or part["coin"]:
        return "money"
    return "percent" if part["percent"] else ""


def _amount(part: dict[str, str | None]) -> float | None:
    if part["figure"]:
        try:
            value = float(part["figure"].replace(",", ""))
        except ValueError:
            return None
    elif part["word"]:
        value = float(sum(_TENS.get(w, _SMALL.get(w, 1)) for w in re.split(r"[-\s]+", part["word"].lower())))
    else:
        value = _SCALES[(part["vague"] or "").lower()]
    for scale in re.findall(r"[a-z]+", (part["scales"] or "").lower()):
        value *= _SCALES[scale] / (2 if scale.endswith("s") else 1)
    if (part["coin"] or "").lower().startswith(("cent", "pence")):
        value /= 100
    return value


def _part(text: str, of: str | None) -> float:
    *count, name = re.split(r"[\s-]+", text.lower())
    times = _SMALL.get(count[0], 1) if count else 1
    return times * _PARTS[name] * (_SCALES[of.lower()] if of else 1)


def _clock(text: str) -> float:
    figures = [int(figure) for figure in re.findall(r"\d+", text)]
    hour, minute = figures[0], figures[1] if len(figures) > 1 else 0
    if half := re.search(r"[ap](?=\.?m)", text, re.IGNORECASE):
        hour = hour % 12 + (12 if half.group().lower() == "p" else 0)
    return hour + minute / 60


def _counts(after: str) -> bool:
    """Whether a word for what is counted stands right after a figure."""
    found = _COUNTED.match(after)
    return bool(found) and not is_function_word(found.group(1))  # type: ignore[union-attr]


def _ranges(found: list[Quantity], text: str) -> list[Quantity]:
    """Joins "between 3 and 5" and "3 to 5 %"; "2-1" stays two numbers, in their order."""
    joined: list[Quantity] = []
    for one in found:
        last = joined[-1] if joined else None
        if last and last.low < one.low and last.low == last.high and _makes_range(last, one, text):
            unit = one.unit or last.unit
            whole = text[last.start : one.end]
            money = last.coins or one.coins
            joined[-1] = Quantity(
                last.low, one.high, unit, last.bound, last.start, one.end, whole, money, one.counts
            )
        else:
            joined.append(one)
    return joined


def _makes_range(first: Quantity, second: Quantity, text: str) -> bool:
    link, before = text[first.end : second.start], text[: first.start].rstrip().lower()
    if not _RANGE.fullmatch(link) or (first.unit and second.unit and first.unit != second.unit):
        return False
    if link.strip().lower() == "and":
        return before.endswith("between")
    return not before.endswith("from") and (not _SCORE.fullmatch(link) or second.low > 30)


def agree(claim: Quantity, evidence: Quantity) -> bool:
    """Whether the evidence's number bears out the claim's: equal, rounded, or inside what is claimed."""
    if claim.unit != evidence.unit and claim.unit and evidence.unit:
        return False
    if not are_one(claim.coins, evidence.coins) or _is_share_of_one(claim, evidence):
        return False
    if "rank" in (claim.unit, evidence.unit) and claim.unit != evidence.unit:
        return False
    if claim.low != claim.high or evidence.low != evidence.high:
        return _close(claim.low, evidence.low) and _close(claim.high, evidence.high)
    said, written = claim.low, evidence.low
    if claim.bound == evidence.bound != "about" and claim.bound:
        return _close(said, written)
    if _close(said, written):
        return claim.bound in ("", "about", evidence.bound) or evidence.bound == "about"
    if claim.bound == "about":
        return abs(said - written) <= 0.1 * max(said, written)
    if claim.bound == "over":
        return said < written <= 1.5 * said and evidence.bound != "under"
    if claim.bound == "under":
        return 0.5 * said <= written < said and evidence.bound != "over"
    return _rounds(claim.text, said, written)


def is_sum(claim: Quantity, evidence: Sequence[Quantity]) -> bool:
    """Whether a claim's number is that of two of the evidence's together."""
    if claim.low < _LEAST_SUM:
        return False
    return any(_close(claim.low, a.low + b.low) for a, b in combinations(evidence, 2) if a.unit == b.unit)


def _is_share_of_one(claim: Quantity, evidence: Quantity) -> bool:
    """Whether one is a percentage and the other counts things: "61 percent", "61 patients"."""
    return any(a.unit == "percent" and b.counts for a, b in ((claim, evidence), (evidence, claim)))


def differ(claim: Quantity, evidence: Quantity) -> bool:
    """Whether the two give different figures for what may be one thing."""
    return claim.unit == evidence.unit and not _close(claim.low, evidence.low) and not agree(claim, evidence)


def _close(one: float, other: float) -> bool:
    return abs(one - other) <= 1e-6 * max(1.0, abs(one), abs(other))


def _rounds(text: str, said: float, written: float) -> bool:
    """Whether a claim's figure is the evidence's, written with fewer digits ("9.8 million" of 9,812,345)."""
    digits = re.sub(r"[^\d]", "", text).strip("0")
    if len(digits) < 2 or said < 100:
        return False
    return f"{written:.{len(digits) - 1}e}" == f"{said:.{len(digits) - 1}e}"
