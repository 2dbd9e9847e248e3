"""When something happened, as an article says it, and whether two such times agree.

"Friday", "last week", "March 13", "2024" are spans of days, counted from the day of the article. A weekday
can be the one before that day or the one after it; `happened` reads from the verbs around it which, and tells
where they do not settle it: papers write "on Sunday" on Saturday too, and add to a report days later.
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
        away = {"yesterday": -1, "tomorrow": 1}.get((part["relative"] or "").lower(), 0)
        # Reports are often dated a day after they were written.
        early = anchor.toordinal() + away
        yield early, early


def _period(part: dict[str, str | None], anchor: date | None) -> Iterable[Days]:
    if anchor:
        side = {"last": -1, "past": -1, "previous": -1, "next": 1, "following": 1, "coming": 1}
        yield _around(anchor, (part["period"] or "").lower(), side.get((part["which"] or "").lower(), 0))


def _around(anchor: date, period: str, away: int) -> Days:
    if period in ("week", "weekend", "night"):
        length = {"week": 7, "weekend": 7, "night": 1}[period]
        monday = anchor.toordinal() - (anchor.weekday() if length == 7 else 0)
        return monday + away * length, monday + away * length + length - 1
    if period in ("month", "quarter"):
        months = anchor.year * 12 + anchor.month - 1 + away * (1 if period == "month" else 3)
        return _month_span(months // 12, months % 12 + 1)
    years = {"year": 1, "decade": 10, "century": 100}[period]
    return _year_span(anchor.year + away * years, 1)


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


# Before a time, these make it one that is still to come, or the beginning or end of something longer.
_AHEAD = re.compile(
    r"\b(?:will|shall|would|could|may|might|must|to be|due|expected|planned|plans|scheduled|slated|if|coming|"
    r"upcoming|next|(?:hop(?:es|ing)|aim(?:s|ing)|prepar(?:es|ing)|gearing up) (?:to|for)|awaits?|ahead of|"
    r"(?:is|are|was|were|been|initially|originally|now) set|set (?:for|to))\b",
    re.IGNORECASE,
)
_AHEAD_AT_ONCE = re.compile(
    r"\b(?:until|till|by|before|from|since|after|for|next|to|ahead of)\s"
    r"(?:the\s|early\s|late\s|this\s|last\s)?$",
    re.IGNORECASE,
)
# "Monday Night Football", "Black Friday"
_DAY_NAME = re.compile(r"\s(?:Night|Morning)\b|\s[A-Z][a-z]+(?:graph|press|imes|ail|irror|eview|ost)\b")
_DAY_NAMED = re.compile(r"\b(?:Black|Super|Good|Ash|Cyber|Bloody|News)\s$")
# "her funeral on Monday is days away"
_IS = re.compile(r"\s(?:\w+\s)?(?:is|are|will|would)\b")
_LAST = re.compile(r"\blast\s$", re.IGNORECASE)
_TO_DO = re.compile(r"\bto (?!the\b|an?\b|his\b|her\b|their\b|its\b)[a-z]+(?:\s[\w’'-]+){0,4}?\s(?:on\s)?$")
_CLAUSE = re.compile(r"[,;:()“”\"—–]|\b(?:that|which|who|whose|when|while|but|and|after)\s", re.IGNORECASE)
# "-ed" is a verb where neither "is" nor an article stands before it.
_PAST = re.compile(
    r"(?<!\bis )(?<!\bare )(?<!\bbe )(?<!\bbeing )(?<!\bthe )(?<!\ba )(?<!\ban )(?<!\bits )\b"
    r"(?:(?!(?:un\w+|need|speed|seed|feed|breed|deed|indeed|embed)\b)"
    r"[a-z]{2,}ed|said|told|was|were|had|did|took|made|came|went|got|gave|found|won|lost|led|left|began|became|"
    r"held|met|ran|rose|fell|hit|shot|struck|sent|spent|stood|kept|knew|wrote|spoke|broke|drove|flew|fought|"
    r"sought|bought|brought|caught|taught|thought|felt|built|sold|paid|saw|swore|tore|threw|withdrew|grew|drew|"
    r"blew|chose|froze|stole|woke|sank|swept|slid|fled|heard|beat|underwent|shut|quit|overtook)\b"
)
_AFTER = re.compile(r"\b(?:after|following|since)\s[^,;:]*$", re.IGNORECASE)

# So many days before the report a weekday may lie on the word of its verb alone: on the fifth and sixth it is
# as often the day to come of a page that was updated.
_TRUSTED, _NEAR = 4, 3
# A day of a month without its year is at most so far back in the year before, so far ahead on a page that was
# updated, and so far back where it has become a name ("the March 3 march").
_BACK, _UPDATED, _NAMED = 200, 21, 60
_FULL_DATE = re.compile(r"\d,? (?:19|20)\d\d\b|[a-z] (?:19|20)\d\d\b")
_AS_A_NAME = re.compile(r"\b(?:the|an?|its|his|her|their|our)\s$", re.IGNORECASE)
_BY_THE_REPORT = re.compile(r"yesterday|today|tonight|tomorrow|this|last|past|night", re.IGNORECASE)

Precision = Literal["day", "month", "year", "published"]


@dataclass(frozen=True, slots=True)
class Happened:
    """When something happened: the first day of a span, and how long the span is.

    "published" is the day of the report, where no time is told that is past. `other`: it may as well be that
    day; 0 for none. `is_counted`: day or year are counted from that of the report ("on Friday", "March 3").
    """

    day: int
    precision: Precision
    other: int = 0
    is_counted: bool = True


def happened(text: str, published: date, until: int = 0) -> Happened:
    """The first day that a sentence tells of what is past, else the month or year it begins with, else the
    day of its report. `until` is the last day that the page can tell of, where that was updated."""
    today = published.toordinal()
    until = max(until, today)
    coarse: Happened | None = None
    for when in times(text, published):
        days = _days(text, when, today, until)
        if days:
            is_counted = len(when.spans) > 1 or bool(_BY_THE_REPORT.match(when.text))
            return Happened(days[0], "day", days[1] if len(days) > 1 else 0, is_counted)
        if coarse is None and not _CLAUSE.search(text[: when.start]):
            coarse = _coarse(text, when, until)
    return coarse or Happened(today, "published")


def last_told(text: str, published: date) -> int:
    """The last day that a page tells of as past, when that is after its own date: it was updated; else 0."""
    today = published.toordinal()
    if not _FULL_DATE.search(text):
        return 0
    told = (
        low
        for line in text.split("\n")
        for when in times(line, published)
        if len(when.spans) == 1
        and today < when.spans[0][0] == when.spans[0][1]
        and when.text[-4:].isdecimal()
        and tells_past(line, when)
        and not is_ahead(line, when)
        for low, _ in when.spans
    )
    return max(told, default=0)


def tells_past(text: str, when: When) -> bool:
    """Whether the clause of a time has a verb in the past tense, or begins with "after"."""
    before, after = text[: when.start], _CLAUSE.split(text[when.end :])[0]
    return bool(_PAST.search(f"{_CLAUSE.split(before)[-1]} {after}") or _AFTER.search(before))


def is_ahead(text: str, when: When) -> bool:
    """Whether a time is one still to come, or a limit of something."""
    before = text[: when.start]
    return bool(_AHEAD_AT_ONCE.search(before) or _AHEAD.search(_CLAUSE.split(before)[-1]))


def _is_ahead(text: str, when: When) -> bool:
    """As `is_ahead`, or whether it is a weekday before its own date."""
    dated_next = when.weekday >= 0 and re.match(r",?\s+(?:\d|[A-Z][a-z]+\.? \d)", text[when.end :])
    return bool(dated_next) or is_ahead(text, when)


def _coarse(text: str, when: When, until: int) -> Happened | None:
    """The month or year that a sentence begins with; not one that has become a name ("the 2031 march").

    "the figure that he gave in January" dates what is told on the way.
    """
    past = [(low, high) for low, high in when.spans if low <= until and high - low > 1]
    if not past or is_ahead(text, when) or _AS_A_NAME.search(text[: when.start]):
        return None
    low, high = max(past)
    first, last = date.fromordinal(low), date.fromordinal(high)
    if (first.year, first.month) == (last.year, last.month):
        is_long_ago = len(when.spans) > 1 and until - high > _BACK
        sure = not is_long_ago or tells_past(text, when)
        return Happened(first.replace(day=1).toordinal(), "month", is_counted=False) if sure else None
    return Happened(low, "year", is_counted=False) if first.year == last.year and high <= until else None


def _days(text: str, when: When, today: int, until: int) -> list[int]:
    """The day that is told, or the two that it may be; none when it is no day, or not past."""
    days = [low for low, high in when.spans if high - low <= 1]
    if not days or _is_ahead(text, when):
        return []
    is_counted = when.weekday >= 0 or bool(_BY_THE_REPORT.match(when.text))
    if is_counted and _is_quoted(text, when.start):
        return []
    if when.weekday >= 0:
        return _weekdays(text, when, today, until)
    if len(days) > 1:
        return _in_year(text, when, today, until)
    return days if (days[0] <= today and until - today <= 1 if is_counted else days[0] <= until) else []


def _is_quoted(text: str, at: int) -> bool:
    """Whether a place is within a quotation: its days are counted from another day."""
    before, after = text[:at], text[at:]
    if before.count('"') % 2 or before.count("“") > before.count("”"):
        return True
    closes, opens = after.find("”"), after.find("“")
    return closes >= 0 and (opens < 0 or closes < opens) and "“" not in before


def _weekdays(text: str, when: When, today: int, until: int) -> list[int]:
    """The weekday before the report or the one after it, by the distance and the verb."""
    before, after = (low for low, _ in when.spans)
    back = today - before
    if _LAST.search(text[: when.start]):
        return [before] if back >= _NEAR else [before, before - 7] if back else [before - 7]
    if _DAY_NAME.match(text[when.end :]) or _DAY_NAMED.search(text[: when.start]):
        return []
    if not tells_past(text, when) and _IS.match(text[when.end :]):
        return []
    if back > _NEAR and (not tells_past(text, when) or _TO_DO.search(text[: when.start])):
        return []
    return [before] if back <= _TRUSTED and after > until else [before, after]


def _in_year(text: str, when: When, today: int, until: int) -> list[int]:
    """The day of a month without a year: this year's, else last year's when it is not long ago."""
    days, is_past = [low for low, _ in when.spans], tells_past(text, when)
    gone, ahead = max(d for d in days if d <= today), min((d for d in days if d > today), default=0)
    is_name = bool(_AS_A_NAME.search(text[: when.start]))
    if ahead and not is_name and (ahead <= until or (is_past and ahead - today <= _UPDATED)):
        return [ahead]
    back = today - gone
    is_this_year = date.fromordinal(gone).year == date.fromordinal(today).year
    if back > _NAMED and is_name:
        return []
    return [gone] if back <= _BACK or (is_this_year and is_past) else []
