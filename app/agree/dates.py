"""The times that a text names, as spans of days, and whether two such times agree.

"Friday", "last week", "March 13", "2024" are counted from the day of the article. Where a time can be one of
several (the weekday before that day or after it, a day of this year or last) all of them stand. It knows no
verbs: what a sentence tells of a time is in `app.story.happened`.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal

Fit = Literal["same", "finer", "other"]
Days = tuple[int, int]

# Longer spans need only overlap: "two years ago" is no exact time.
_EXACT = 31

_MONTHS = """january february march april may june july august september october november december""".split()
_SHORT = {name[:3]: n for n, name in enumerate(_MONTHS, 1)} | {"sept": 9}
_WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
_SMALL = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
          "eight": 8, "nine": 9, "ten": 10}  # fmt: skip
_AWAY = {"last": -1, "past": -1, "previous": -1, "next": 1, "following": 1, "coming": 1}
_LONG = {"decade": 10, "century": 100}

_MONTH = (
    r"(?P<month>January|February|March|April|May|June|July|August|September|October|November|December|"
    r"(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?)"
)
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?\b(?![:.]?\d)"
_YEAR = r"(?P<year>(?:1[89]|20)\d\d)\b(?!,\d)"
_SHAPES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(pattern))
    for name, pattern in (
        ("iso", r"\b(?P<year>(?:1[89]|20)\d\d)-(?P<month>[01]\d)-(?P<day>[0-3]\d)\b"),
        ("day", rf"\b{_MONTH}\s+{_DAY}(?:,?\s+{_YEAR})?"),
        ("day", rf"\b{_DAY}\s+(?:of\s+)?{_MONTH}(?:,?\s+{_YEAR})?"),
        ("month", rf"\b{_MONTH},?\s+(?:of\s+)?{_YEAR}"),
        (
            "month",
            r"(?<![.!?“\"]\s)(?<=\s)(?P<month>January|February|April|June|July|August|September|October|"
            r"November|December|(?:(?<=in\s)|(?<=since\s)|(?<=last\s)|(?<=until\s)|(?<=by\s)|(?<=this\s)|"
            r"(?<=next\s)|(?<=of\s)|(?<=late\s)|(?<=early\s)|(?<=from\s)|(?<=and\s))(?:March|May))\b",
        ),
        (
            "weekday",
            r"\b(?P<weekday>Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)s?\b",
        ),
        (
            "relative",
            # "Today" is a paper, or a programme.
            r"\b(?P<relative>[Yy]esterday|today|(?:^|(?<=[.!?]\s))Today|[Tt]onight|[Tt]omorrow|"
            r"[Tt]his (?:morning|afternoon|evening))\b",
        ),
        (
            "period",
            r"(?i:\b(?P<which>last|next|this|past|previous|following|coming) "
            r"(?P<period>week(?:end)?|month|year|quarter|decade|century|night)\b)",
        ),
        (
            "ago",
            r"(?i:\b(?P<count>\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten) "
            r"(?P<period>day|week|month|year|decade)s? (?P<side>ago|earlier|later))",
        ),
        ("decade", r"\b(?P<year>(?:1[89]|20)\d0)[’']?s\b"),
        (
            "year",
            rf"(?<![\w.,$€£¥#-]){_YEAR}(?!\s*(?:%|percent|per cent|people|million|billion|feet|miles|km))",
        ),
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class When:
    """A time named in `text[start:end]`: any of these spans of days (proleptic ordinals); none if unknown."""

    spans: tuple[Days, ...]
    start: int
    end: int
    text: str
    weekday: int = -1

    @property
    def is_known(self) -> bool:
        return bool(self.spans)


@lru_cache(maxsize=4096)
def dated_spans(text: str) -> tuple[tuple[int, int], ...]:
    """The characters of a text that name times."""
    return tuple((start, end) for _, start, end, _ in _matches(text))


@lru_cache(maxsize=4096)
def times(text: str, anchor: date | None) -> tuple[When, ...]:
    """The times that a text names, counted from the day of its article."""
    return tuple(_when(kind, match, anchor) for kind, _, _, match in _matches(text))


def _matches(text: str) -> list[tuple[str, int, int, re.Match[str]]]:
    """What looks like a time, the longer shapes first, nothing twice, in order."""
    found: list[tuple[str, int, int, re.Match[str]]] = []
    for kind, shape in _SHAPES:
        for match in shape.finditer(text):
            start, end = match.span()
            if not any(a < end and start < b for _, a, b, _ in found):
                found.append((kind, start, end, match))
    return sorted(found, key=lambda one: one[1])


def _when(kind: str, match: re.Match[str], anchor: date | None) -> When:
    weekday = _WEEKDAYS.index(match["weekday"].lower()) if kind == "weekday" else -1
    try:
        spans = tuple(_SPANS[kind](match.groupdict(), anchor))
    except (ValueError, OverflowError):
        spans = ()
    return When(spans, match.start(), match.end(), match.group(), weekday)


def _years(part: dict[str, str | None], anchor: date | None) -> Iterable[int]:
    """The year that is written, else those around the article's, else any of our days."""
    if part.get("year"):
        return [int(part["year"] or 0)]
    return range(anchor.year - 1, anchor.year + 2) if anchor else range(1980, 2061)


def _month_of(part: dict[str, str | None]) -> int:
    name = (part["month"] or "").lower().rstrip(".")
    return int(name) if name.isdecimal() else _SHORT.get(name) or _SHORT[name[:3]]


def _day(part: dict[str, str | None], anchor: date | None) -> Iterable[Days]:
    month, day = _month_of(part), int(part["day"] or 0)
    for year in _years(part, anchor):
        if 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]:
            ordinal = date(year, month, day).toordinal()
            yield ordinal, ordinal


def _month(part: dict[str, str | None], anchor: date | None) -> Iterable[Days]:
    return [_month_span(year, _month_of(part)) for year in _years(part, anchor)]


def _month_span(year: int, month: int) -> Days:
    first = date(year, month, 1).toordinal()
    return first, first + monthrange(year, month)[1] - 1


def _year(part: dict[str, str | None], anchor: date | None) -> Iterable[Days]:
    return [_year_span(int(part["year"] or 0), 1)]


def _decade(part: dict[str, str | None], anchor: date | None) -> Iterable[Days]:
    return [_year_span(int(part["year"] or 0), 10)]


def _year_span(year: int, years: int) -> Days:
    return date(year, 1, 1).toordinal(), date(year + years - 1, 12, 31).toordinal()


def _weekday(part: dict[str, str | None], anchor: date | None) -> Iterable[Days]:
    if anchor:
        index = _WEEKDAYS.index((part["weekday"] or "").lower())
        before = anchor - timedelta((anchor.weekday() - index) % 7)
        for days in (0, 7):
            ordinal = before.toordinal() + days
            yield ordinal, ordinal


def _relative(part: dict[str, str | None], anchor: date | None) -> Iterable[Days]:
    if anchor:
        day = anchor.toordinal() + {"yesterday": -1, "tomorrow": 1}.get((part["relative"] or "").lower(), 0)
        yield day, day


def _period(part: dict[str, str | None], anchor: date | None) -> Iterable[Days]:
    if anchor:
        which, period = (part["which"] or "").lower(), (part["period"] or "").lower()
        if period in _LONG:
            yield from _long(anchor, _LONG[period], which)
        else:
            yield _around(anchor, period, _AWAY.get(which, 0))


def _around(anchor: date, period: str, away: int) -> Days:
    """A week, month, quarter or year of the calendar, so many of them away."""
    if period in ("week", "weekend", "night"):
        length = {"week": 7, "weekend": 7, "night": 1}[period]
        monday = anchor.toordinal() - (anchor.weekday() if length == 7 else 0)
        return monday + away * length, monday + away * length + length - 1
    months = {"month": 1, "quarter": 3, "year": 12}[period]
    first = ((anchor.year * 12 + anchor.month - 1) // months + away) * months
    last = first + months - 1
    return _month_span(first // 12, first % 12 + 1)[0], _month_span(last // 12, last % 12 + 1)[1]


def _long(anchor: date, years: int, which: str) -> Iterable[Days]:
    """A decade or century of the calendar, or so many years before the day of the article or after it.

    "The last decade" may be either; "the past decade" is none of the calendar, "this decade" nothing else.
    """
    day, away = anchor.toordinal(), _AWAY.get(which, 0)
    if which not in ("past", "coming"):
        yield _year_span((anchor.year // years + away) * years, years)
    # Whole years at the far end: nobody counts ten years to the day.
    if away < 0:
        yield _year_span(anchor.year - years, 1)[0], day - 1
    elif away > 0:
        yield day + 1, _year_span(anchor.year + years, 1)[1]


def _ago(part: dict[str, str | None], anchor: date | None) -> Iterable[Days]:
    count = (part["count"] or "").lower()
    number = int(count) if count.isdecimal() else _SMALL[count]
    if anchor is None or (part["side"] or "").lower() != "ago":
        return
    days = {"day": 1, "week": 7, "month": 30, "year": 365, "decade": 3652}[(part["period"] or "").lower()]
    middle, slack = anchor.toordinal() - number * days, days // 2
    yield middle - slack, middle + slack


_SPANS: dict[str, Callable[[dict[str, str | None], date | None], Iterable[Days]]] = {
    "iso": _day, "day": _day, "month": _month, "year": _year, "decade": _decade, "weekday": _weekday,
    "relative": _relative, "period": _period, "ago": _ago,
}  # fmt: skip


def fit(claim: When, evidence: When) -> Fit:
    """Whether the evidence's time bears out the claim's; "finer" when the claim knows it more exactly."""
    if claim.text.lower() == evidence.text.lower():
        return "same"
    if claim.weekday >= 0 and evidence.weekday >= 0:
        return "same" if claim.weekday == evidence.weekday else "other"
    if not claim.is_known or not evidence.is_known:
        return "other" if not claim.is_known and not evidence.is_known else "finer"
    finer = False
    for low, high in claim.spans:
        for first, last in evidence.spans:
            both_long = min(high - low, last - first) > _EXACT
            if (low <= first and last <= high) or (both_long and low <= last and first <= high):
                return "same"
            finer = finer or (first <= low and high <= last)
    return "finer" if finer else "other"
