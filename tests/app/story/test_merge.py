"""Which sentences of several reports tell one event, and on which day it was."""

from __future__ import annotations

from datetime import date

from app.quotable import quotables
from app.story.events import Dated
from app.story.happened import Precision
from app.story.merge import merged
from app.story.topic import Told
from app.words import content_words, stem
from tests.app.story.topic_desk import article

BURNED = "The pier burned down to the water, and three anglers were rescued by the lifeboat."
REBUILT = "Builders named a price for a new hall at the harbour."


def told(id_: str, day: str, text: str, filed: str = "", other: str = "", precision: Precision = "day",
         score: float = 1.0) -> Dated:  # fmt: skip
    """A sentence that tells of a day, or of another."""
    report = article(id_, "Echo", filed or day, "Harbour", text)
    one = Told(report, quotables(text)[0], 1.0, 1.0, 1.0, 1.0)
    days = [date.fromisoformat(d).toordinal() if d else 0 for d in (day, other, filed or day)]
    return Dated(one, days[0], precision, score, days[1], frozenset(map(stem, content_words(text))), days[2])


def groups(*dated: Dated) -> list[list[str]]:
    return [[one.told.article.id for one in group] for group in merged(dated)]


def test_copies_are_one_event_whatever_their_days() -> None:
    assert groups(told("a", "2031-12-02", BURNED), told("b", "2032-03-02", BURNED)) == [["a", "b"]]


def test_the_best_event_comes_first_and_the_best_sentence_of_it() -> None:
    weak, strong = told("b", "2031-12-02", BURNED, score=0.6), told("c", "2031-12-02", BURNED, score=0.9)
    assert groups(told("a", "2031-12-02", REBUILT, score=0.8), weak, strong) == [["c", "b"], ["a"]]


def test_another_event_of_the_same_day_stays_another() -> None:
    assert groups(told("a", "2031-12-02", BURNED), told("b", "2031-12-02", REBUILT)) == [["a"], ["b"]]


def test_one_of_two_days_is_the_one_that_another_report_tells() -> None:
    unsure = told("a", "2031-12-06", BURNED, other="2031-12-13")
    sure = told("b", "2031-12-13", "Three anglers were rescued when the pier burned down.", score=0.5)
    ((first, _),) = merged([unsure, sure])
    assert (first.told.article.id, date.fromordinal(first.day).day) == ("a", 13)


def test_one_of_two_days_that_nobody_settles_is_told_by_the_month_of_both_or_not_at_all() -> None:
    (((one,),), ((other,),)) = (
        merged([told("a", "2031-12-06", BURNED, "2031-12-12", "2031-12-13")]),
        merged([told("a", "2031-12-27", BURNED, "2032-01-02", "2032-01-03")]),
    )
    assert (date.fromordinal(one.day), one.precision) == (date(2031, 12, 1), "month")
    assert (date.fromordinal(other.day), other.precision) == (date(2032, 1, 2), "published")


def test_the_same_words_without_a_day_on_pages_of_many_weeks_are_no_event() -> None:
    inserts = [
        told(id_, day, BURNED, precision="published")
        for id_, day in (("a", "2031-12-02"), ("b", "2032-03-02"))
    ]
    assert groups(*inserts) == []


def test_nothing_makes_no_event() -> None:
    assert merged([]) == []
