"""What a question asks for, in time and by outlet; deterministic, and shown to the reader.

Turns filters as given (text, dates) into exact windows of UTC seconds, and notices wording that wants the
newest reports. It does not search.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from app.answer import Hint
from app.hints.outlets import Outlet, outlet_key, outlets_in
from app.hints.parts import Part, parts_of
from app.hints.times import Time, times_in
from app.hints.told import subject, told
from app.talk.converse import Exchange, resolve
from app.words import content_words
from ingest.article import Moment
from ingest.errors import UsageError
from ingest.lexical import Window
from ingest.sections import section_key
from ingest.tidy import unescaped

LONGEST_QUESTION = 4_000
# Wording that is about the days around its asking: an old report cannot be what is meant ...
_DAYS = (
    r"(?:this|last|past|next|coming) (?:week|weekend|month)|today|tonight|yesterday|tomorrow"
    r"|recent(?:ly)?|just|(?:mon|tues|wednes|thurs|fri|satur|sun)day"
)
_OF_THESE_DAYS = re.compile(rf"\b(?:{_DAYS})\b", re.IGNORECASE)
# ... and all under which newer reports are meant.
_CUES = re.compile(rf"\b(?:{_DAYS}|latest|current(?:ly)?|now|new(?:ly)?|upcoming|so far)\b", re.IGNORECASE)
# A quotation is what somebody said, and its "today" is the speaker's.
_QUOTATION = re.compile(r"“[^“”]{25,}”|\"[^\"]{25,}\"|«[^«»]{25,}»")
# What comes along when a question is copied from a web page.
_MARKUP = re.compile(
    r"</?(?:a|abbr|b|br|cite|div|em|h[1-6]|i|li|mark|ol|p|q|s|span|strong|sub|sup|u|ul)"
    r"(?:\s+[\w-]+(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'))?)*\s*/?>",
    re.IGNORECASE,
)

_AGO = re.compile(r"\bago\b", re.IGNORECASE)
# A day as ISO writes it too, 20260314.
_COMPACT_DAY = re.compile(r"\d{8}")


@dataclass(frozen=True, slots=True)
class Query:
    """A question as understood: its window, and what its wording says of time and outlets.

    `wants_newest` when it has wording such as "this week". `without` are ids of articles that are not to be
    found: how would it be if they were not there?
    """

    question: str
    text: str
    as_of: Moment | None = None
    since: Moment | None = None
    until: Moment | None = None
    sources: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    wants_newest: bool = False
    outlets: tuple[Outlet, ...] = ()
    times: tuple[Time, ...] = ()
    without: frozenset[str] = frozenset()

    @property
    def is_of_these_days(self) -> bool:
        """Whether its wording is about the days around its asking: an old report does not answer it."""
        return _OF_THESE_DAYS.search(_own_words(self.text, self.outlets)) is not None

    @property
    def parts(self) -> tuple[Part, ...]:
        """What is looked for separately; nothing when the question is looked for as a whole."""
        return parts_of(self.text, self.outlets, self.times)

    @property
    def hints(self) -> tuple[Hint, ...]:
        """What the wording was taken to say, for the reader."""
        return told(self.text, self.outlets, self.times)

    def about(self, published: Moment | None) -> Query:
        """The question to put to articles of that day: without the words that only say where to look."""
        settled = [t for t in self.times if published and not t.distance(published.epoch)]
        text = subject(self.text, self.outlets, settled)
        if text == self.text or len(content_words(text)) < 2:
            return self
        return replace(self, text=text, outlets=(), times=())

    @property
    def window(self) -> Window:
        return Window(
            as_of=self.as_of.last if self.as_of else None,
            since=self.since.epoch if self.since else None,
            until=self.until.last if self.until else None,
            sources=self.sources,
            sections=tuple(map(section_key, self.sections)),
        )


def understand(
    question: str,
    *,
    as_of: str | date | None = None,
    since: str | date | None = None,
    until: str | date | None = None,
    sources: Sequence[str] = (),
    sections: Sequence[str] = (),
    known_sources: Sequence[str] = (),
    known_sections: Sequence[str] = (),
    history: Sequence[str | Exchange] = (),
    now: datetime | None = None,
    newest: datetime | None = None,
) -> Query:
    """Reads a question and its filters. Raises UsageError with one clear sentence when one is unusable.

    Relative dates ("last Friday") count from `as_of` when it is given, otherwise from `now` (UTC today);
    those in the question itself not from later than `newest`, the last day of the archive.
    `history` holds earlier questions, oldest first, better with what was answered: a follow-up becomes a
    question of its own (see `app.talk.converse`).
    """
    text = " ".join(unescaped(_MARKUP.sub("", question)).split())
    if not text:
        raise UsageError("The question is empty: ask something.")
    if len(text) > LONGEST_QUESTION:
        raise UsageError(
            f"The question has {len(text):,} characters; at most {LONGEST_QUESTION:,} can be asked at once."
        )
    today = now or datetime.now(UTC)
    anchor_moment = parse_date(as_of, "as-of", today)
    anchor = anchor_moment.start if anchor_moment else today
    window = (parse_date(since, "since", anchor), parse_date(until, "until", anchor))
    if window[0] and window[1] and window[0].epoch > window[1].last:
        raise UsageError(f"Nothing lies between since {window[0]} and until {window[1]}: swap them.")
    meant = resolve(text, history, outlets=known_sources)
    asked_on = anchor if anchor_moment else min(today, newest or today)
    outlets = outlets_in(meant, known_sources)
    return Query(
        question=question,
        text=meant,
        as_of=anchor_moment,
        since=window[0],
        until=window[1],
        sources=_matching("outlet", sources, known_sources, outlet_key),
        sections=_matching("section", sections, known_sections, section_key),
        wants_newest=_CUES.search(_own_words(meant, outlets)) is not None,
        outlets=outlets,
        times=times_in(meant, asked_on),
    )


def unquoted(text: str) -> str:
    """The asker's own words: the text without the quotations in it."""
    return _QUOTATION.sub("“”", text)


def _own_words(text: str, outlets: Sequence[Outlet]) -> str:
    """The asker's own words without names of outlets: that of "Today" wants nothing new."""
    for outlet in sorted(outlets, key=lambda o: o.start, reverse=True):
        text = f"{text[: outlet.start]}…{text[outlet.end :]}"
    return unquoted(text)


def parse_date(value: str | date | None, name: str, anchor: datetime) -> Moment | None:
    """A date as a person gives it; raises UsageError when it is none. Empty means no limit.

    A year, a quarter or a week is its first day as "since" and its last day as "until" and "as-of", which is
    never later than the anchor for that.
    """
    if isinstance(value, datetime):
        return Moment.of(value)
    if isinstance(value, date):
        return Moment.of(datetime(value.year, value.month, value.day), "day")
    if value is None or not value.strip():
        return None
    given = value.strip()
    try:
        moment = Moment.parse(given)
        return Moment.of(moment.start, "day") if _COMPACT_DAY.fullmatch(given) else moment
    except ValueError:
        pass
    if spoken := _spoken_dates(given, anchor):
        first, last = spoken
        if name == "since":
            return first
        today = Moment.of(anchor, "day")
        return today if name == "as-of" and first.epoch <= today.epoch < last.epoch else last
    raise UsageError(f"The {name} date {value!r} is not a date: write it as 2026-03-14.")


def _spoken_dates(value: str, anchor: datetime) -> tuple[Moment, Moment] | None:
    """ "last Friday", "14 March 2026", "March 2026", "2025" by a library, counted from the anchor.

    The first and the last day that is meant; a month is one moment.
    """
    import dateparser

    settings = {
        "RELATIVE_BASE": anchor.replace(tzinfo=None),
        "PREFER_DATES_FROM": "past",
        "RETURN_TIME_AS_PERIOD": True,
    }
    cleaned = re.sub(r"^\s*last (?=\w+day\b)", "", value, flags=re.IGNORECASE)
    found = dateparser.DateDataParser(languages=["en"], settings=settings).get_date_data(cleaned)
    if found.date_obj is None:
        return None
    # "Two years ago" is a day, and "last year" is all of it.
    period = "day" if _AGO.search(value) else found.period
    if period == "month":
        month = Moment.of(found.date_obj, "month")
        return month, month
    try:
        first, last = _bounds(found.date_obj, period)
    except OverflowError:  # the week goes on after the year 9999
        return None
    return Moment.of(first, "day"), Moment.of(last, "day")


def _bounds(day: datetime, period: str) -> tuple[datetime, datetime]:
    """The first and the last day of the year, the quarter or the week that a day is in; else the day."""
    if period == "week":
        monday = day - timedelta(days=day.weekday())
        return monday, monday + timedelta(days=6)
    if period not in ("year", "quarter"):
        return day, day
    begins, ends = (1, 12) if period == "year" else ((day.month - 1) // 3 * 3 + 1, (day.month + 2) // 3 * 3)
    return day.replace(month=begins, day=1), day.replace(month=ends, day=monthrange(day.year, ends)[1])


def _matching(
    kind: str, asked: Sequence[str], known: Sequence[str], key: Callable[[str], str]
) -> tuple[str, ...]:
    """The names as the archive spells them: that very name, else all that share what its spellings do.

    Unknown ones are an error.
    """
    chosen: list[str] = []
    for name in asked:
        same = [name] if name in known else [k for k in known if key(name) and key(k) == key(name)]
        if not same:
            listed = ", ".join(sorted(known)[:12]) or "none"
            raise UsageError(f"No {kind} {name!r} in the archive; it has: {listed}.")
        chosen += same
    return tuple(dict.fromkeys(chosen))
