"""Which sentences of several reports tell one event, and on which day it was.

Outlets copy one another, tell the same in other words, and look back without naming the day. Where a weekday
may be one of two, other reports of the event decide, else the month is told. It compares sentences by their
words and their days, and knows no topic.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from app.story.events import Dated
from app.story.twins import is_copy, likeness

# Of one day and the next, sentences this like one another tell the same event; of one day also those with
# this share of the content words of the shorter one, at least so many of them.
_SAME_EVENT = 0.4
_SHARED, _SHARED_WORDS = 0.34, 3
# A report that tells no day tells the same as one that does, filed up to so many days before or after it.
_RETOLD, _RETOLD_WORDS = 0.65, 4
_FILED_BEFORE, _FILED_AFTER = 200, 400
# Another report says which of two days a weekday is, or of which day of its month it tells.
_DECIDES = 0.3
# The same words on pages filed over so many days are an insert, and date nothing.
_INSERTED = 30
# The same a week apart: the page of the one was updated.
_WEEK, _WEEK_APART = 7, 0.5


def merged(dated: Sequence[Dated]) -> list[list[Dated]]:
    """Sentences of one event together, the best of each first, the best event first."""
    settled = (_settled(one, dated) for one in dated)
    return _groups(sorted(settled, key=lambda d: (-d.score, d.told.article.id, d.told.sentence.start)))


def _settled(one: Dated, dated: Sequence[Dated]) -> Dated:
    """A weekday that may be one of two days: the day that other reports tell of the same, else the month."""
    if not one.other:
        return one
    others = (
        (_shared(one, other), other.day)
        for other in dated
        if other.precision in ("day", "published")
        and not other.other
        and other.day in (one.day, one.other)
        and other.told.article.id != one.told.article.id
    )
    share, day = max(others, default=(0.0, 0))
    if share >= _DECIDES:
        return replace(one, day=day, other=0)
    first = date.fromordinal(one.day).replace(day=1)
    if date.fromordinal(one.other).replace(day=1) == first:
        return replace(one, day=first.toordinal(), precision="month", other=0)
    return replace(one, day=one.filed, precision="published", other=0)


def _shared(one: Dated, other: Dated, least: int = _SHARED_WORDS) -> float:
    """The share of the content words of the shorter sentence that the other has too; 0 for too few."""
    both = one.words & other.words
    return len(both) / min(len(one.words), len(other.words)) if len(both) >= least else 0.0


def _groups(dated: Iterable[Dated]) -> list[list[Dated]]:
    """As `merged`; of an article that tells an event twice the better sentence."""
    groups: list[list[Dated]] = []
    for one in dated:
        home = next((group for group in groups if _is_same(one, group[0])), None)
        if home is None:
            groups.append([one])
        elif all(one.told.article.id != other.told.article.id for other in home):
            home.append(one)
    return [_best_dated(group) for group in groups if not _is_inserted(group)]


def _is_inserted(group: Sequence[Dated]) -> bool:
    """Whether the same words without a day stand on pages of many days."""
    filed = [one.filed for one in group if is_copy(one.told.sentence.text, group[0].told.sentence.text)]
    return all(one.precision == "published" for one in group) and max(filed) - min(filed) > _INSERTED


def _best_dated(group: list[Dated]) -> list[Dated]:
    """The group with a sentence first that knows the day: of two a week apart the one told soonest after it.

    A report filed before the day knows of it only from being updated.
    """
    days = [one for one in group if one.precision == "day"] or [
        one for one in group if one.precision != "published"
    ]
    if not days or (group[0] is days[0] and all(abs(one.day - days[0].day) < _WEEK for one in days)):
        return group
    first = min(days, key=lambda one: (one.filed < one.day, abs(one.filed - one.day)))
    return [first, *(one for one in group if one is not first)]


def _is_same(one: Dated, other: Dated) -> bool:
    texts = one.told.sentence.text, other.told.sentence.text
    if is_copy(*texts):
        return True
    apart = abs(one.day - other.day)
    if apart <= 1 and "month" not in (one.precision, other.precision):
        is_alike = likeness(*texts) >= _SAME_EVENT and _shared(one, other, 1) > 0
        return is_alike or (apart == 0 and _shared(one, other) >= _SHARED)
    if one.precision == other.precision == "day":
        return apart == _WEEK and _shared(one, other) >= _WEEK_APART
    return _is_retold(one, other) or _is_retold(other, one)


def _is_retold(vague: Dated, exact: Dated) -> bool:
    """Whether a report that tells no day tells what another dates: it was updated then, or looks back."""
    if exact.precision != "day" and (exact.precision, vague.precision) != ("month", "published"):
        return False
    if vague.precision == "month":
        is_within = date.fromordinal(exact.day).replace(day=1).toordinal() == vague.day
        return is_within and _shared(vague, exact) >= _DECIDES
    is_near = -_FILED_BEFORE <= vague.filed - exact.day <= _FILED_AFTER
    return vague.precision == "published" and is_near and _shared(vague, exact, _RETOLD_WORDS) >= _RETOLD
