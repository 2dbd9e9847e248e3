"""Reads the dates that articles carry: ISO, RFC 2822, epochs and the ways newspapers write them.

A date that can be read in two ways is not guessed: `01/02/03` and `03/04/2026` are no date here. It does not
know relative dates ("yesterday"); those belong to questions, not to archives.
"""

from __future__ import annotations

import math
import re
from calendar import month_abbr, month_name
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from ingest.article import Moment, Precision

EARLIEST_YEAR = 1000
"""Years before it are a program's empty value (0001-01-01) or a slip, never a newspaper's."""

_LONGEST = 120  # characters; a longer string is no date

_MONTHS = {name.lower(): n for names in (month_name, month_abbr) for n, name in enumerate(names) if name}
_MONTHS["sept"] = 9
_MONTH = r"(?P<month>" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\b\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?\b"
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\b\.?,?\s+)?"
_CLOCK = (
    r"(?=\d{1,2}(?:[:.h]\d{2}|\s*[ap]\.?m\b))(?P<hour>\d{1,2})(?:[:.h](?P<minute>\d{2}))?(?::(?P<second>\d{2})(?:[.,]\d{1,9})?)?"
    r"\s*(?P<half>[ap]\.?m\b\.?)?"
)
_ZONE = r"(?P<zone>z\b|(?:utc|gmt)?[+-]\d{1,2}:?(?:\d{2})?|[a-z]{1,5}\b)?(?:\s*\([a-z ]{1,30}\))?"
_TIME = rf"(?:(?:\s*[,|·•T-]?\s*(?:at\s+)?|\s+(?:at\s+)?){_CLOCK}\s*{_ZONE})?"

_SHAPES = tuple(
    re.compile(rf"{_WEEKDAY}{shape}", re.IGNORECASE)
    for shape in (
        rf"(?P<year>\d{{4}})(?P<mark>[-/.])(?P<month>\d{{1,2}})(?P=mark)(?P<day>\d{{1,2}})(?!\d){_TIME}",
        rf"{_MONTH}\s+{_DAY},?\s+(?P<year>\d{{4}})(?!\d){_TIME}",
        rf"{_DAY}[\s-]+(?:of\s+)?{_MONTH},?[\s-]+(?P<year>\d{{4}})(?!\d){_TIME}",
        rf"(?P<a>\d{{1,2}})(?P<mark>[/.])(?P<b>\d{{1,2}})(?P=mark)(?P<year>\d{{4}})(?!\d){_TIME}",
        r"(?P<year>\d{4})[-/](?P<month>\d{2})(?!\d)",
        rf"{_MONTH},?\s+(?P<year>\d{{4}})(?!\d)",
    )
)
_FOREIGN = re.compile(
    r"(?:[^\W\d]{2,12}[.,]*\s+)?\d{1,2}\.?º?\s+(?:de\s+|d['’])?[^\W\d]{3,12}\.?,?\s+(?:de[l]?\s+)?\d{4}"
)
_LANGUAGES = ["de", "fr", "es", "it", "pt", "nl", "pl", "sv", "da", "nb", "cs", "ru", "uk", "tr"]
_IN_ADDRESS = re.compile(r"/((?:19|20)\d\d)[/-](\d\d?|[A-Za-z]{3})(?:[/-](\d\d?))?(?=[/?-]|$)")
_LABEL = re.compile(
    r"(?:(?P<updated>(?:last\s+)?(?:updated|modified))|(?:first\s+|originally\s+)?(?:published|posted|created)|date)"
    r"(?:\s+on)?\b\s*:?\s*",
    re.IGNORECASE,
)


def _fixed(hours: float) -> timezone:
    return timezone(timedelta(hours=hours))


_ZONES: dict[str, tzinfo] = {
    "": UTC, "z": UTC, "utc": UTC, "gmt": UTC, "bst": _fixed(1), "cet": _fixed(1), "cest": _fixed(2),
    "eet": _fixed(2), "eest": _fixed(3), "msk": _fixed(3), "jst": _fixed(9), "kst": _fixed(9),
    "aest": _fixed(10), "aedt": _fixed(11), "est": _fixed(-5), "edt": _fixed(-4), "cst": _fixed(-6),
    "cdt": _fixed(-5), "mst": _fixed(-7), "mdt": _fixed(-6), "pst": _fixed(-8), "pdt": _fixed(-7),
}  # fmt: skip
_PLACES = {"et": "America/New_York", "ct": "America/Chicago", "mt": "America/Denver",
           "pt": "America/Los_Angeles"}  # fmt: skip
_OFFSET = re.compile(r"(?:utc|gmt)?([+-])(\d{1,2}):?(\d{2})?")


def parse_moment(value: Any) -> Moment | None:
    """The moment that a value from a file means, as exactly as it says; None when it is none.

    Takes strings, epochs in seconds or milliseconds (or finer), dates and datetimes. A time without a zone
    is taken as UTC.
    """
    try:
        if isinstance(value, Moment):
            return value
        if isinstance(value, datetime):
            return _within(Moment.of(value))
        if isinstance(value, date):
            return _within(Moment.of(datetime(value.year, value.month, value.day), "day"))
        if isinstance(value, int | float) and not isinstance(value, bool):
            return _of_number(value)
        return _of_text(value.strip()) if isinstance(value, str) and len(value) <= _LONGEST else None
    except (ValueError, OverflowError):
        return None


def date_in_address(url: str) -> Moment | None:
    """The day or month that a web address carries (`/2026/03/14/bridge`, `/world/2026/mar/14/bridge`)."""
    for year, month, day in _IN_ADDRESS.findall(url):
        number = int(month) if month.isdecimal() else _MONTHS.get(month.lower())
        if number and (moment := parse_moment(f"{year}-{number:02}{f'-{day:0>2}' if day else ''}")):
            return moment
    return None


def parse_date_line(line: str) -> tuple[Moment | None, Moment | None]:
    """(published, updated) of a line that consists of nothing but its dates, else (None, None).

    `Published: 2026-03-03 18:40`, `March 3, 2026`, `3 March 2026 | Updated 4 March 2026, 9 a.m.`
    """
    nothing = (None, None)
    if len(line) > _LONGEST or not any(c.isdigit() for c in line):
        return nothing
    published = updated = None
    rest = line.strip()
    while rest:
        label = _LABEL.match(rest)
        start = label.end() if label else 0
        found = _leading(rest[start:])
        if found is None:
            return nothing
        moment, length = found
        if label and label["updated"]:
            updated = moment
        else:
            published = published or moment
        rest = rest[start + length :].strip(" \t,;|·•–—-()")
    return published, updated


def _within(moment: Moment | None) -> Moment | None:
    return moment if moment and EARLIEST_YEAR <= moment.start.year <= 9999 else None


def _of_number(value: float) -> Moment | None:
    if not math.isfinite(value):
        return None
    size = abs(value)
    if 10_000_000 <= size < 100_000_000:  # 20260303; as an epoch it would be a day of the early seventies
        return _of_text(str(int(value)))
    for unit, low, high in ((1, 1e8, 1e11), (1e3, 1e11, 1e14), (1e6, 1e14, 1e17), (1e9, 1e17, 1e20)):
        if low <= size < high:
            return _within(Moment(math.floor(value / unit), "second"))
    return None


@lru_cache(maxsize=4096)
def _of_text(text: str) -> Moment | None:
    if not text:
        return None
    if text.isdecimal() and text.isascii():
        if len(text) == 8:
            return _within(Moment.of(datetime.strptime(text, "%Y%m%d"), "day"))
        if len(text) == 14:
            return _within(Moment.of(datetime.strptime(text, "%Y%m%d%H%M%S")))
        return _of_number(int(text)) if len(text) >= 9 else None
    if text[0].isdigit() and len(text) > 10:
        try:
            return _within(Moment.of(datetime.fromisoformat(text)))
        except ValueError:
            pass
    found = _leading(text)
    if found and not text[found[1] :].strip(" \t.,;"):
        return found[0]
    return _of_other_language(text)


def _leading(text: str) -> tuple[Moment, int] | None:
    """The date at the very start of a text, and how many characters say it."""
    for shape in _SHAPES:
        if match := shape.match(text):
            try:
                moment = _within(_of_match(match))
            except (ValueError, OverflowError):
                return None
            return (moment, match.end()) if moment else None
    return None


def _of_match(match: re.Match[str]) -> Moment | None:
    part = match.groupdict()
    month, day = _month_and_day(part)
    if month is None:
        return None
    precision: Precision = "day" if day else "month"
    when = datetime(int(part["year"]), month, day or 1)
    if not part.get("hour"):
        return Moment.of(when, precision)
    zone = _zone((part["zone"] or "").lower())
    if zone is None:  # some hour of that day, in a zone that is not known
        return Moment.of(when, "day")
    minute, second = int(part["minute"] or 0), int(part["second"] or 0)
    return Moment.of(when.replace(hour=_hour(part), minute=minute, second=second, tzinfo=zone))


def _month_and_day(part: dict[str, str | None]) -> tuple[int | None, int | None]:
    if first := part.get("a"):
        a, b = int(first), int(part["b"] or 0)
        if a <= 12 and b <= 12 and a != b:
            return None, None  # a day in March or a day in April: not to be known
        return (b, a) if a > 12 else (a, b)
    name, day = part["month"] or "", part.get("day")
    month = int(name) if name.isdecimal() else _MONTHS[name.lower()]
    return month, int(day) if day else None


def _hour(part: dict[str, str | None]) -> int:
    hour = int(part["hour"] or 0)
    if half := part["half"]:
        if not 1 <= hour <= 12:
            raise ValueError
        return hour % 12 + (12 if half.lower().startswith("p") else 0)
    return hour


def _zone(name: str) -> tzinfo | None:
    if match := _OFFSET.fullmatch(name):
        sign, hours, minutes = match.groups()
        delta = timedelta(hours=int(hours), minutes=int(minutes or 0))
        return timezone(-delta if sign == "-" else delta)
    if place := _PLACES.get(name):
        try:
            return ZoneInfo(place)
        except ZoneInfoNotFoundError:
            return None
    return _ZONES.get(name)


def _of_other_language(text: str) -> Moment | None:
    """`3. März 2026`: only a day, a word and a year, since the library behind it reads too much else."""
    if not _FOREIGN.fullmatch(text):
        return None
    import dateparser  # slow to import, and seldom needed

    parts = {"REQUIRE_PARTS": ["day", "month", "year"], "PARSERS": ["absolute-time"]}
    when = dateparser.parse(text, languages=_LANGUAGES, settings=parts)
    return _within(Moment.of(when.replace(tzinfo=UTC), "day")) if when else None
