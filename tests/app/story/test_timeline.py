"""The dated events of a topic: their dates, their order, their citations, and what is left out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.story.timeline import Timeline, timeline
from app.terminal_topics import timeline_lines
from ingest.article import Article
from tests.app.story.topic_desk import TopicDesk, article

WIRE = (
    "Eleven people were killed when the ferry Lady Orrin capsized off the Tarn islands on Tuesday evening, "
    "the coastguard said. Two helicopters took part in the search for the ferry Lady Orrin."
)
FERRY = (
    article("a", "Echo", "2031-12-03", "Ferry Lady Orrin capsizes", WIRE),
    article("b", "Post", "2031-12-03", "Eleven die as ferry Lady Orrin capsizes", WIRE),
    article("c", "Echo", "2031-12-13", "Search for the Lady Orrin ends",
            "The search for the lost of the ferry Lady Orrin ended on 12 December with 29 people dead."),
    article("d", "Mercury", "2032-01-21", "Ferry toll revised",
            "The number of people known to have died on the ferry Lady Orrin has been reduced to 28."),
    article("e", "Echo", "2032-02-01", "Council", "The council bought 400 bins on Monday. A gull attended."),
    article("f", "Echo", "2032-02-02", "New ferry for the Lady Orrin route",
            "A new ferry for the Lady Orrin route will sail on 3 May. Was the Lady Orrin ferry old?"),
    article("g", "Echo", "", "Ferry Lady Orrin in pictures", "The ferry Lady Orrin sank on 2 December."),
)  # fmt: skip


def made(*articles: Article, topic: str = "ferry Lady Orrin", **window: str) -> Timeline:
    desk = TopicDesk(*articles)
    found = timeline(desk, topic, **window)  # type: ignore[arg-type]
    for event in found.events:
        for citation in event.sentence.citations:
            citation.check(desk.show(citation.article_id))
    return found


def test_events_are_dated_by_their_sentences_and_sorted() -> None:
    told = [(event.date, event.precision) for event in made(*FERRY).events]
    assert told == sorted(told)
    assert ("2031-12-02", "day") in told
    assert ("2031-12-12", "day") in told
    assert ("2032-01-21", "published") in told


def test_outlets_with_one_report_are_merged_and_counted_once() -> None:
    first = made(*FERRY).events[0]
    assert first.sources == ("Echo", "Post")
    assert len(first.sentence.citations) == 2
    assert first.independent == 1


def test_what_is_off_the_topic_undated_or_a_question_is_left_out() -> None:
    texts = " ".join(event.sentence.text for event in made(*FERRY).events)
    assert "bins" not in texts
    assert "sank on" not in texts
    assert "?" not in texts


def test_a_plan_has_the_date_of_its_report() -> None:
    (plan,) = (event for event in made(*FERRY).events if "will sail" in event.sentence.text)
    assert (plan.date, plan.precision) == ("2032-02-02", "published")


def test_as_of_hides_later_reports() -> None:
    found = made(*FERRY, as_of="2031-12-31")
    assert found.as_of == "2031-12-31"
    assert max(event.date for event in found.events) == "2031-12-12"


@pytest.mark.parametrize(
    ("sentence", "date", "precision"),
    [
        ("The Tarn bridge opened on Friday.", "2031-11-28", "day"),
        ("The Tarn bridge opened yesterday.", "2031-12-02", "day"),
        ("The Tarn bridge opened on 14 November.", "2031-11-14", "day"),
        ("In May 2031 the Tarn bridge was closed.", "2031-05", "month"),
        ("In 2030 the Tarn bridge was closed.", "2030", "year"),
        ("The Tarn bridge will open on Friday.", "2031-12-03", "published"),
        ("The Tarn bridge has been closed since 1 November.", "2031-12-03", "published"),
        ("The Tarn bridge opened on Tuesday 25 November.", "2031-11-25", "day"),
        ("The Tarn bridge, which the mayor praised in May 2031, is closed.", "2031-12-03", "published"),
    ],
)
def test_times_in_sentences(sentence: str, date: str, precision: str) -> None:
    (event,) = made(article("a", "Echo", "2031-12-03", "Tarn bridge", sentence), topic="Tarn bridge").events
    assert (event.date, event.precision) == (date, precision)


def test_what_was_withdrawn_is_no_event() -> None:
    wrong = article(
        "v", "Echo", "2031-06-03", "Olga Ruane guilty", "Olga Ruane was convicted on five counts."
    )
    notice = article("n", "Echo", "2031-06-05", "Correction: Olga Ruane",
                     "In our report we said Olga Ruane was convicted on five counts. Olga Ruane was "
                     "convicted on four counts.")  # fmt: skip
    texts = [event.sentence.text for event in made(wrong, notice, topic="Olga Ruane").events]
    assert texts == ["Olga Ruane was convicted on four counts."]


def test_nothing_found_is_one_clear_sentence() -> None:
    empty = made(topic="a topic")
    assert empty.events == ()
    assert list(timeline_lines(empty)) == ["The archive has no dated events on 'a topic'."]


@pytest.mark.parametrize("topic", ["quantum teleportation", "the landing of astronauts on the moon"])
def test_a_topic_that_no_report_has_words_of_is_empty(topic: str) -> None:
    assert made(*FERRY, topic=topic).events == ()


def test_lines_show_date_text_outlets_and_ids() -> None:
    lines = "\n".join(timeline_lines(made(*FERRY)))
    assert lines.startswith("2031-12-02  Eleven people")
    assert "[1][2] (Echo and Post)" in " ".join(lines.split())
    assert "2032-01-21* " in lines
    assert "\n  [1] a\n  [2] b" in lines


def test_json_is_what_scripts_read() -> None:
    told = made(*FERRY).to_json()
    assert list(told) == ["topic", "as_of", "events", "seconds"]
    event = told["events"][0]
    assert {"date", "precision", "text", "sources", "citations"} <= set(event)
    assert event["citations"][0]["article_id"] == "a"


PIECES = (
    "The Tarn bridge opened on Friday . In May 2031 it will close yesterday 30 February 14 March 9999".split()
)


@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=8), max_size=40), st.text(max_size=20))
def test_any_text_makes_a_sorted_timeline(words: list[str], title: str) -> None:
    text = " ".join(words) or "x"
    found = made(
        article("a", "Echo", "2031-12-03", title, text),
        article("b", "Post", "0001-01-01", title, text[::-1]),
        article("c", "", "", title, text),
        topic="Tarn bridge",
    )
    dates = [event.date for event in found.events]
    assert dates == sorted(dates)
    assert list(timeline_lines(found))
