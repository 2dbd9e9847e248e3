"""When something happened, as a sentence tells it.

A weekday can be the one before the day of the report or the one after it; the verbs around it tell which, and
where they do not settle it both are given: papers write "on Sunday" on Saturday too, and add to a report days
later. It knows one sentence and the day of its report, and no other report.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from app.agree.dates import When, times

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
# "Tuesday 25 November"
_DATE_NEXT = re.compile(r",?\s+(?:\d|[A-Z][a-z]+\.? \d)")
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
        when.spans[0][0]
        for line in text.split("\n")
        for when in times(line, published)
        if len(when.spans) == 1
        and today < when.spans[0][0] == when.spans[0][1]
        and when.text[-4:].isdecimal()
        and _tells_past(line, when)
        and not _is_ahead(line, when)
    )
    return max(told, default=0)


def _tells_past(text: str, when: When) -> bool:
    """Whether the clause of a time has a verb in the past tense, or begins with "after"."""
    before, after = text[: when.start], _CLAUSE.split(text[when.end :])[0]
    return bool(_PAST.search(f"{_CLAUSE.split(before)[-1]} {after}") or _AFTER.search(before))


def _is_ahead(text: str, when: When) -> bool:
    """Whether a time is one still to come, a limit of something, or a weekday before its own date."""
    before = text[: when.start]
    is_before_date = when.weekday >= 0 and bool(_DATE_NEXT.match(text, when.end))
    return is_before_date or bool(_AHEAD_AT_ONCE.search(before) or _AHEAD.search(_CLAUSE.split(before)[-1]))


def _coarse(text: str, when: When, until: int) -> Happened | None:
    """The month or year that a sentence begins with; not one that has become a name ("the 2031 march").

    "the figure that he gave in January" dates what is told on the way.
    """
    past = [(low, high) for low, high in when.spans if low < high and low <= until]
    if not past or _is_ahead(text, when) or _AS_A_NAME.search(text[: when.start]):
        return None
    low, high = max(past)
    first, last = date.fromordinal(low), date.fromordinal(high)
    if (first.year, first.month) == (last.year, last.month):
        is_long_ago = len(when.spans) > 1 and until - high > _BACK
        sure = not is_long_ago or _tells_past(text, when)
        return Happened(first.replace(day=1).toordinal(), "month", is_counted=False) if sure else None
    return Happened(low, "year", is_counted=False) if first.year == last.year and high <= until else None


def _days(text: str, when: When, today: int, until: int) -> list[int]:
    """The day that is told, or the two that it may be; none when it is no day, or not past."""
    days = [low for low, high in when.spans if low == high]
    if not days or _is_ahead(text, when):
        return []
    is_counted = when.weekday >= 0 or bool(_BY_THE_REPORT.match(when.text))
    if is_counted and _is_quoted(text, when.start):
        return []
    if when.weekday >= 0:
        return _weekdays(text, when, days, today, until)
    if len(days) > 1:
        return _in_year(text, when, days, today, until)
    return days if (days[0] <= today and until - today <= 1 if is_counted else days[0] <= until) else []


def _is_quoted(text: str, at: int) -> bool:
    """Whether a place is within a quotation: its days are counted from another day."""
    before, after = text[:at], text[at:]
    if before.count('"') % 2 or before.count("“") > before.count("”"):
        return True
    closes, opens = after.find("”"), after.find("“")
    return closes >= 0 and (opens < 0 or closes < opens) and "“" not in before


def _weekdays(text: str, when: When, days: Sequence[int], today: int, until: int) -> list[int]:
    """The weekday before the report or the one after it, by the distance and the verb."""
    before, after = days
    back = today - before
    if _LAST.search(text[: when.start]):
        return [before] if back >= _NEAR else [before, before - 7] if back else [before - 7]
    if _DAY_NAME.match(text[when.end :]) or _DAY_NAMED.search(text[: when.start]):
        return []
    if not _tells_past(text, when) and _IS.match(text[when.end :]):
        return []
    if back > _NEAR and (not _tells_past(text, when) or _TO_DO.search(text[: when.start])):
        return []
    return [before] if back <= _TRUSTED and after > until else [before, after]


def _in_year(text: str, when: When, days: Sequence[int], today: int, until: int) -> list[int]:
    """The day of a month without a year: this year's, else last year's when it is not long ago."""
    is_past = _tells_past(text, when)
    gone, ahead = max(d for d in days if d <= today), min((d for d in days if d > today), default=0)
    is_name = bool(_AS_A_NAME.search(text[: when.start]))
    if ahead and not is_name and (ahead <= until or (is_past and ahead - today <= _UPDATED)):
        return [ahead]
    back = today - gone
    is_this_year = date.fromordinal(gone).year == date.fromordinal(today).year
    if back > _NAMED and is_name:
        return []
    return [gone] if back <= _BACK or (is_this_year and is_past) else []
