"""Times that a question names, as ranges of days in which its answer was probably reported.

"on 4 October", "in March 2024", "since Easter 2023", "between May 1 and May 4", "two weeks ago", "in the
run-up to the March vote". Months without a year are the latest before the anchor. A day without a year is so
only where it tells when something happened ("on 4 October", not "the 4 October attack") and only near the
anchor: days known by their dates are of any year. What lies after the anchor is no time, for nothing was
reported then. Single dates are read by a library; what is known here is which words are dates and how long a
range they mean. Wording that wants the newest reports ("this week", "latest") is not a time but a cue (see
`app.understand`).
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from math import inf

_MONTHS = "January February March April May June July August September October November December".split()
_MONTH = (
    r"(?P<month>Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?"
    r"|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\b\.?"
)
_YEAR = r"(?P<year>(?:19|20)\d\d)\b"
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?\b"
_FEAST = (
    r"(?P<feast>Easter(?: Sunday| Monday)?|Good Friday|Christmas(?: Day| Eve)?"
    r"|New Year(?:['’]s (?:Day|Eve))?)"
)
_SEASON = r"(?P<season>(?:[Ss]pring|[Ss]ummer|[Aa]utumn|[Ff]all|[Ww]inter))"
_COUNT = r"(?P<count>\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve)"
_UNIT = r"(?P<unit>day|week|month|year)s?"
_WEEKDAY = r"(?P<weekday>(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)"

# The first that fits counts, so the longer ones come first. A sentence may begin with any of them; names of
# months keep their capitals ("may").
_FORMS = tuple(
    (kind, re.compile(form))
    for kind, form in (
        ("iso", r"\b(?P<year>(?:19|20)\d\d)-(?P<number>[01]\d)(?:-(?P<day>[0-3]\d))?\b"),
        ("date", rf"\b{_DAY}(?: of)? {_MONTH}(?:,? {_YEAR})?"),
        ("date", rf"\b{_MONTH} {_DAY}(?:,? {_YEAR})?(?!\d)"),
        ("month", rf"\b{_MONTH}(?: of|,)? {_YEAR}"),
        ("feast", rf"\b{_FEAST}(?: (?:of )?{_YEAR})?"),
        ("season", rf"\b{_SEASON} (?:of )?{_YEAR}"),
        ("ago", rf"(?i:\b{_COUNT} {_UNIT} ago\b)"),
        ("span", rf"(?i:\b(?:last|past|previous) {_COUNT} {_UNIT}\b)"),
        ("day", r"(?i:\b(?P<relative>yesterday|the day before yesterday)\b)"),
        ("unit", r"(?i:\blast year\b)"),
        ("weekday", rf"\b(?i:last|on) (?P<said>{_WEEKDAY})\b"),
        (
            "month",
            r"\b(?:(?i:in|since|until|before|after|during|early|late|mid|last|this|the|from)|to|and)[ -]"
            rf"(?P<said>{_MONTH})(?!\.? ?\d)",
        ),
        ("year", rf"\b(?i:in|since|until|till|before|after|by|during|throughout|from|to) (?P<said>{_YEAR})"),
    )
)
_AFTER = re.compile(r"\b(?:since|after|from|following)\s+(?:the\s+)?$", re.IGNORECASE)
_BEFORE = re.compile(
    r"\b(?:before|until|till|by|up to|ahead of|prior to|run-up to|build-up to)\s+(?:the\s+)?$", re.IGNORECASE
)
_BETWEEN = re.compile(r"\s*(?:,\s*)?(?:and|to|until|till|[-–—])\s*(?:on\s+)?$", re.IGNORECASE)
_NUMBERS = dict(
    zip("a an one two three four five six seven eight nine ten twelve".split(),
        (1, 1, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12), strict=True)
)  # fmt: skip
_WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
# How long before a day "the run-up to" it is looked for.
_RUN_UP = timedelta(days=60)
# Within so many years there is a 29 February.
_LEAPS = 9
# A day without a year that is no further ahead than this is meant to come, not a year ago.
_SOON = timedelta(days=45)
# A day without a year is meant to be of this one when it is no longer ago than this.
_LATELY = timedelta(days=60)
# What stands before a day when it tells when something happened; "the 4 October attack" is a name.
_TELLS_WHEN = re.compile(
    r"\b(?:on|since|from|after|following|by|before|until|till|up to|ahead of|prior to|between|and|to|early"
    r"|late|(?:night|morning|afternoon|evening|day|week|issue|edition|report|article|as) of|\w+day,?) $",
    re.IGNORECASE,
)
_OF_A_NAME = re.compile(r"(?:\b(?:the|an?|that)|['’]s) $", re.IGNORECASE)
# One day without its year, after "since" or "before" or nothing.
_BARE_DAY = re.compile(
    r"(?:[A-Za-z -]+ )?(?:DAY(?: of)? MONTH|MONTH DAY)".replace("DAY", r"\d\d?(?:st|nd|rd|th)?").replace(
        "MONTH", rf"(?:{'|'.join(month[:3] for month in _MONTHS)})[a-z]*\.?"
    )
)


@dataclass(frozen=True, slots=True)
class Time:
    """Characters `start` to `end` of a question name a time: UTC days from `since` up to `until`.

    Either may be open: None.
    """

    start: int
    end: int
    since: datetime | None
    until: datetime | None

    @property
    def days(self) -> float:
        """How long the range is; without end where one side is open."""
        return (self.until - self.since).total_seconds() / 86_400 if self.since and self.until else inf

    def distance(self, epoch: int) -> float:
        """How many days a moment in UTC seconds lies outside; 0 within, and on the day after the range."""
        early = (self.since.timestamp() - epoch) / 86_400 if self.since else 0.0
        late = (epoch - self.until.timestamp()) / 86_400 - 1.0 if self.until else 0.0
        return max(0.0, early, late)


def times_in(text: str, anchor: datetime) -> tuple[Time, ...]:
    """The times that a question names, in its order; relative ones count back from `anchor`."""
    found = _joined(text, [_with_side(text, time) for time in _spotted(text, anchor)])
    return tuple(time for time in found if _is_meant(text[time.start : time.end], time, anchor))


def _is_meant(words: str, time: Time, anchor: datetime) -> bool:
    """Whether reports of that time are meant: not of one to come, nor of a day of some year long ago."""
    first = time.since or time.until
    if first is None or first.date() > anchor.date():
        return False
    return not _BARE_DAY.fullmatch(words) or first >= anchor - _LATELY


def _spotted(text: str, anchor: datetime) -> list[Time]:
    """Each time on its own, without what stands before it."""
    found: list[Time] = []
    for kind, form in _FORMS:
        for match in form.finditer(text):
            if any(match.start() < t.end and t.start < match.end() for t in found):
                continue
            if _is_name(kind, match):
                continue
            if days := _days(kind, match, anchor):
                start = match.start("said" if "said" in form.groupindex else 0)
                found.append(Time(start, match.end(), *days))
    return sorted(found, key=lambda t: t.start)


def _is_name(kind: str, match: re.Match[str]) -> bool:
    """Whether a day of any year is what something is called by: "the 4 October attack"."""
    if kind not in ("date", "feast") or match["year"]:
        return False
    before = match.string[: match.start()]
    if kind == "feast":
        return bool(_OF_A_NAME.search(before))
    if " of " in match[0]:  # "on the 4th of October"
        before = re.sub(r"\bthe $", "", before, flags=re.IGNORECASE)
    return not _TELLS_WHEN.search(before)


Days = tuple[datetime, datetime]


def _days(kind: str, match: re.Match[str], anchor: datetime) -> Days | None:
    """The first moment and the last of what was matched; None for what is no date (31 June)."""
    part = defaultdict(str, match.groupdict())
    try:
        match kind:
            case "iso":
                month = int(part["number"])
                return _day(part["year"], month, part["day"]) if part["day"] else _month(part["year"], month)
            case "date":
                return _latest(
                    lambda year: _day(year, _number(part["month"]), part["day"]), part["year"], anchor
                )
            case "month":
                return _latest(lambda year: _month(year, _number(part["month"])), part["year"], anchor)
            case "feast":
                return _latest(lambda year: _feast(part["feast"], year), part["year"], anchor)
            case "season":
                first = datetime(int(part["year"]), _SEASONS[part["season"].lower()], 1, tzinfo=UTC)
                return first, first + timedelta(days=91)
            case "year":
                return datetime(int(part["year"]), 1, 1, tzinfo=UTC), _end(
                    datetime(int(part["year"]), 12, 31)
                )
            case _:
                return _relative(kind, part, anchor)
    except (ValueError, OverflowError):
        return None


def _relative(kind: str, part: Mapping[str, str], anchor: datetime) -> Days:
    from dateutil.relativedelta import relativedelta

    today = anchor.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    if kind == "day":
        day = today - timedelta(days=1 if part["relative"].lower() == "yesterday" else 2)
        return day, _end(day)
    if kind == "weekday":
        back = (today.weekday() - _WEEKDAYS.index(part["weekday"])) % 7 or 7
        return today - timedelta(days=back), _end(today - timedelta(days=back))
    if kind == "unit":
        return datetime(today.year - 1, 1, 1, tzinfo=UTC), _end(datetime(today.year - 1, 12, 31))
    said, unit = part["count"].lower(), part["unit"].lower()
    count = int(said) if said.isdecimal() else _NUMBERS[said]
    step = relativedelta(**{unit + "s": count})
    if kind == "span":
        return today - step, _end(today)
    slack = timedelta(days={"day": 0, "week": 3, "month": 15, "year": 180}[unit])
    return today - step - slack, _end(today - step + slack)


def _number(month: str) -> int:
    return next(n for n, name in enumerate(_MONTHS, 1) if name.startswith(month[:3]))


def _latest(days: Callable[[int], Days], year: str, anchor: datetime) -> Days:
    """In the year given, else the latest that has begun by the anchor, or soon will."""
    if year:
        return days(int(year))
    for near in range(anchor.year + 1, anchor.year - _LEAPS, -1):
        with suppress(ValueError):  # 29 February is not in every year
            found = days(near)
            if found[0] <= anchor + _SOON:
                return found
    raise ValueError("no year has this day")


def _day(year: int | str, month: int, day: int | str) -> Days:
    first = datetime(int(year), month, int(day), tzinfo=UTC)
    return first, _end(first)


def _month(year: int | str, month: int) -> Days:
    first = datetime(int(year), month, 1, tzinfo=UTC)
    return first, _end(first.replace(day=monthrange(first.year, month)[1]))


def _feast(name: str, year: int) -> Days:
    from dateutil.easter import easter

    if name.startswith(("Easter", "Good")):
        off = -2 if name.startswith("Good") else 1 if name.endswith("Monday") else 0
        day = easter(year) + timedelta(days=off)
        return _day(year, day.month, day.day)
    if name.startswith("Christmas"):
        return _day(year, 12, 24 if name.endswith("Eve") else 25)
    return _day(year, 12, 31) if name.endswith("Eve") else _day(year, 1, 1)


def _end(day: datetime) -> datetime:
    return day.replace(hour=23, minute=59, second=59, tzinfo=UTC)


def _with_side(text: str, time: Time) -> Time:
    """ "since", "before" and "the run-up to" leave one side open, or reach back."""
    before = text[: time.start]
    if m := _AFTER.search(before):
        return Time(m.start(), time.end, time.since, None)
    if m := _BEFORE.search(before):
        since = None
        if time.since and re.search(r"(?:run|build)-up", m[0]):
            since = time.since - _RUN_UP
        return Time(m.start(), time.end, since, time.until)
    return time


def _joined(text: str, found: list[Time]) -> Iterator[Time]:
    """ "between X and Y", "from X to Y": two times are one range."""
    at = 0
    while at < len(found):
        first = found[at]
        if at + 1 < len(found):
            second = found[at + 1]
            gap = text[first.end : second.start]
            opens = re.search(r"\b(?:between|from)\s+(?:the\s+)?$", text[: first.start], re.IGNORECASE)
            opens_itself = re.match(r"from\b", text[first.start : first.end], re.IGNORECASE)
            if (opens or opens_itself) and _BETWEEN.fullmatch(gap + " ") and first.since and second.until:
                yield Time(first.start, second.end, *_range(text, first, second))
                at += 2
                continue
        yield first
        at += 1


def _range(text: str, first: Time, second: Time) -> tuple[datetime | None, datetime | None]:
    """From the first of two times to the second; its year may be said once, and it is never empty."""
    from dateutil.relativedelta import relativedelta

    begins, ends = first.since, second.until
    if begins is None or ends is None or begins <= ends:
        return begins, ends
    if re.search(r"\d{4}", text[first.start : first.end]):  # "from 2025 back to 2020"
        return second.since or ends, first.until or begins
    # "from January to March 2025", and "from November to January 2026"
    begins -= relativedelta(years=begins.year - ends.year)
    return (begins if begins <= ends else begins - relativedelta(years=1)), ends
