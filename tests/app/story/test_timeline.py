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
        ("The Tarn bridge opened on Saturday.", "2031-11-29", "day"),
        ("The Tarn bridge opened yesterday.", "2031-12-02", "day"),
        ("The Tarn bridge opened on 14 November.", "2031-11-14", "day"),
        ("In May 2031 the Tarn bridge was closed.", "2031-05", "month"),
        ("In 2030 the Tarn bridge was closed.", "2030", "year"),
        ("In the last century the Tarn bridge was closed.", "2031-12-03", "published"),
        ("The Tarn bridge will open on Friday.", "2031-12-03", "published"),
        ("The Tarn bridge has been closed since 1 November.", "2031-12-03", "published"),
        ("The Tarn bridge opened on Tuesday 25 November.", "2031-11-25", "day"),
        ("The Tarn bridge, which the mayor praised in May 2031, is closed.", "2031-12-03", "published"),
    ],
)
def test_times_in_sentences(sentence: str, date: str, precision: str) -> None:
    (event,) = made(article("a", "Echo", "2031-12-03", "Tarn bridge", sentence), topic="Tarn bridge").events
    assert (event.date, event.precision) == (date, precision)


BURNED = "The Tarn pier burned down to the water on Saturday, and three anglers were rescued."
AS_BURNED = "Anglers were rescued when the Tarn pier burned down to the water on Saturday."


def told_on(day: str, *others: Article) -> list[tuple[str, str]]:
    """What a report of this day tells of a fire "on Saturday", beside others."""
    found = made(article("x", "Echo", day, "Tarn pier burns", BURNED), *others, topic="Tarn pier")
    return [(event.date, event.precision) for event in found.events]


def test_a_weekday_that_may_be_to_come_is_told_by_its_month() -> None:
    assert told_on("2031-12-14") == [("2031-12-13", "day")]
    assert told_on("2031-12-12") == [("2031-12", "month")]
    assert told_on("2031-12-31") == [("2031-12-27", "day")]
    assert told_on("2032-01-02") == [("2032-01-02", "published")]


def test_another_report_tells_which_of_two_days_it_was() -> None:
    other = article("y", "Post", "2031-12-14", "Fire", AS_BURNED)
    assert told_on("2031-12-12", other) == [("2031-12-13", "day")]


def test_the_same_a_week_apart_is_one_event_on_the_day_of_the_report_filed_after_it() -> None:
    early = article("y", "Post", "2031-12-09", "Fire", AS_BURNED)
    assert told_on("2031-12-13", early) == [("2031-12-13", "day")]


def test_a_page_that_was_updated_dates_nothing_by_its_own_day() -> None:
    later = "The Tarn pier was opened anew on 3 May 2033. The Tarn pier is loved by all anglers."
    found = made(article("a", "Echo", "2031-12-03", "Tarn pier", later), topic="Tarn pier")
    assert [event.date for event in found.events] == ["2033-05-03"]


@pytest.mark.parametrize("title", ["In pictures: Tarn pier", "A timeline of the Tarn pier"])
def test_a_page_that_goes_on_for_long_dates_only_by_the_days_that_it_names(title: str) -> None:
    text = "The Tarn pier burned down on Tuesday. On 12 May 2030 the Tarn pier opened."
    found = made(article("a", "Echo", "2031-12-03", title, text), topic="Tarn pier")
    assert [event.date for event in found.events] == ["2030-05-12"]


def test_an_article_known_by_its_month_only_dates_by_the_month() -> None:
    found = made(article("a", "Echo", "2031-12", "Tarn pier", "The Tarn pier is gone."), topic="Tarn pier")
    assert [(event.date, event.precision) for event in found.events] == [("2031-12", "month")]


def test_captions_are_no_events() -> None:
    text = "The Tarn pier burned down. Ned Harrow/AP Anglers watch the Tarn pier on Monday."
    found = made(article("a", "Echo", "2031-12-03", "Tarn pier", text), topic="Tarn pier")
    assert [event.sentence.text for event in found.events] == ["The Tarn pier burned down."]


def test_what_outlets_tell_in_other_words_is_one_event() -> None:
    text = "Three anglers were saved from the water as the Tarn pier burned on Saturday."
    other = article("y", "Post", "2031-12-15", "Fire", text)
    assert told_on("2031-12-14", other) == [("2031-12-13", "day")]


def test_who_looks_back_without_a_day_tells_no_other_event() -> None:
    back = article("y", "Post", "2032-09-01", "Tarn pier rises", BURNED.replace(" on Saturday", ""))
    assert told_on("2031-12-14", back) == [("2031-12-13", "day")]


def test_a_busy_week_leaves_room_for_the_rest_of_the_story() -> None:
    facts = (
        "Divers looked yesterday at what is left of the Tarn pier.",
        "The mayor lit a candle for the Tarn pier yesterday.",
        "Yesterday insurers counted chairs on the Tarn pier.",
        "A gull came back to its nest under the Tarn pier yesterday.",
        "Schools sang songs of the old Tarn pier all day yesterday.",
        "Police asked anglers yesterday who had been on the Tarn pier.",
        "Builders measured planks yesterday, and named a price for the Tarn pier.",
        "Reporters left the hotel by the Tarn pier yesterday.",
    )
    busy = [article(f"b{n}", "Echo", f"2031-12-{n + 10}", "Tarn pier", fact) for n, fact in enumerate(facts)]
    end = article("z", "Post", "2033-06-02", "Harbour news",
                  "Ships came. Ada Quill, who lit the Tarn pier, was sent to prison on 1 June.")  # fmt: skip
    desk = TopicDesk(*busy, end)
    dates = [event.date for event in timeline(desk, "Tarn pier", limit=6).events]
    assert len(dates) == 6
    assert dates[-1] == "2033-06-01"


NAMED = (
    article("a", "Echo", "2031-12-03", "Harlow Key Bridge falls",
            "The Harlow Key Bridge fell on Tuesday. The Key Bridge was built in 1970."),
    article("b", "Echo", "2031-11-03", "Bridges", "A key role was played by a bridge at Velm on Monday."),
    article("c", "Post", "2031-12-04", "Key Bridge search", "Divers looked at the Key Bridge on Wednesday."),
)  # fmt: skip


def test_a_name_of_several_words_is_met_with_its_words_together() -> None:
    texts = " ".join(event.sentence.text for event in made(*NAMED, topic="Key Bridge").events)
    assert "fell on Tuesday" in texts
    assert "Divers" in texts
    assert "a bridge at Velm" not in texts


def test_a_number_tells_one_name_from_another() -> None:
    flights = (
        article("a", "Echo", "2031-12-03", "Tarn I lifts off", "The rocket Tarn I lifted off on Tuesday."),
        article("b", "Echo", "2031-12-04", "Tarn I flies", "On Wednesday the rocket Tarn 1 passed the moon."),
        article("c", "Echo", "2033-12-04", "Tarn II lifts off", "The rocket Tarn II lifted off on Friday."),
    )
    dates = [event.date for event in made(*flights, topic="Tarn I").events]
    assert dates == ["2031-12-02", "2031-12-03"]


def test_a_part_of_a_name_stands_for_it_where_it_is_part_of_no_other() -> None:
    text = (
        "Spirit Ferries stopped sailing on Tuesday. Spirit had been in debt. Harlow Ferries: fares are up. "
        "The same spirit of service lives on. On Monday Spirit was sold."
    )
    found = made(article("a", "Echo", "2031-12-03", "Ferries", text),
                 article("b", "Post", "2031-12-03", "Ferries", "Spirit Ferries is gone."),
                 topic="Spirit Ferries")  # fmt: skip
    texts = " ".join(event.sentence.text for event in found.events)
    assert "stopped sailing" in texts
    assert "was sold" in texts
    assert "fares" not in texts
    assert "service" not in texts


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
    assert "\n* the day of the report; what it tells may be of another day\n" in lines
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
