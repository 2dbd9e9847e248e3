"""Sentences on a topic as events: which make one, on which day, and how good a one."""

from __future__ import annotations

from datetime import date

import pytest

from app.story.events import Dated, dated
from app.story.topic import Filters, matter
from tests.app.story.topic_desk import TopicDesk, article


def events(text: str, title: str = "Tarn pier") -> list[Dated]:
    """What a report of 3 December 2031 tells of the Tarn pier."""
    desk = TopicDesk(article("a", "Echo", "2031-12-03", title, text))
    return dated(matter(desk, "Tarn pier", Filters(), 10))


def test_an_event_has_its_day_that_of_its_report_and_words_that_are_not_the_topic() -> None:
    (event,) = events("The Tarn pier burned down on Tuesday evening.")
    assert date.fromordinal(event.day) == date(2031, 12, 2)
    assert date.fromordinal(event.filed) == date(2031, 12, 3)
    assert event.words == {"burn"}


@pytest.mark.parametrize(
    "text",
    [
        "Was the Tarn pier old?",
        "A gull poses for a picture on the Tarn pier.",
        "In May 2030 a man from Velm, who was fond of it, wrote a book on piers and jetties.",
    ],
)
def test_questions_captions_and_what_is_off_the_topic_are_no_events(text: str) -> None:
    assert not [event for event in events(f"Ships came. {text}") if event.told.sentence.text in text]


def test_what_tells_its_day_is_a_better_event_than_what_somebody_says() -> None:
    (told,) = events("The Tarn pier burned on Tuesday.")
    (said,) = events("‘The Tarn pier burned’, the mayor said.")
    assert told.score > said.score


def test_of_a_sentence_with_semicolons_the_part_on_the_topic_dates_it() -> None:
    (event,) = events("The hall opened on 1 May 2030; the Tarn pier burned on Tuesday.")
    assert date.fromordinal(event.day) == date(2031, 12, 2)
