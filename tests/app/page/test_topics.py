"""Timelines and comparisons as HTML."""

from __future__ import annotations

from dataclasses import replace

from app.answer import Citation, Note, Reading, Sentence
from app.page.topics import comparison_html, timeline_html
from app.story.compare import Agreement, Comparison, Outlet
from app.story.timeline import Event, Timeline
from ingest.article import Moment
from tests.app.fake_desk import BUDGET, POWER, STORM
from tests.app.hostile import ARTICLE, HOSTILE
from tests.app.page.elements import Elements

ARTICLES = {article.id: article for article in (STORM, POWER, BUDGET, ARTICLE)}


def cited(article, words: str) -> Citation:
    start = article.text.index(words)
    return Citation.of(article, start, start + len(words))


def event(date: str, precision, article, words: str) -> Event:
    citation = cited(article, words)
    return Event(date, precision, Sentence(words, (citation,)), (article.source,), 1)


def test_events_stand_in_order_each_with_where_it_stands() -> None:
    found = Timeline(
        "Storm Idris", "2026-02-01",
        (
            event("2025", "year", STORM, "Crews from three counties"),
            event("2026-01-15", "day", STORM, "ferries were cancelled"),
            event("2026-01-17", "published", POWER, "Ferries run again from Sunday."),
        ), 0.1,
    )  # fmt: skip
    page = Elements(timeline_html(found, ARTICLES))
    assert page.values("datetime") == ["2025", "2026-01-15", "2026-01-17"]
    quoted = cited(STORM, "ferries were cancelled")
    assert page.values("data-at")[1] == f"{quoted.start}-{quoted.end}"
    assert page.values("data-article") == [STORM.id, STORM.id, POWER.id]
    assert page.names.count("circle") == 3
    assert "The archive as of 1 February 2026" in page.text
    assert "the day of the report" in page.text
    assert page.values("data-news") == ["3 events from January 2025 to 17 January 2026."]


def test_a_topic_without_events_is_told() -> None:
    page = Elements(timeline_html(Timeline("Oil", None, (), 0.0), {}))
    assert "no dated events" in page.text
    assert "svg" not in page.names


def test_outlets_side_by_side_with_what_they_share_and_where_they_differ() -> None:
    storm, power = cited(STORM, "About 4,200 homes"), cited(POWER, "About 300 homes")
    readings = (
        Reading("300", cited(POWER, "300"), POWER.source, POWER.published),
        Reading("4,200", cited(STORM, "4,200"), STORM.source, STORM.published),
    )
    found = Comparison(
        "How many homes?", None,
        (Outlet(STORM.source, (Sentence("About 4,200 homes", (storm,)),), (STORM.published,)),
         Outlet(POWER.source, (Sentence("About 300 homes", (power,)),), (POWER.published,))),
        (Agreement("Halverton", readings, 2),),
        (Note("conflict", "Reports differ.", readings),),
        (Note("series", "It changed.", readings),), "", 0.1,
    )  # fmt: skip
    html = comparison_html(found, ARTICLES)
    page = Elements(html)
    assert "They agree" in page.text
    assert "2 independent reports" in page.text
    assert "Reports differ" in page.text
    assert "differs from Coastal Wire" in page.text
    assert "differs from Halverton Post" in page.text
    assert page.names.count("article") == 2
    assert 'class="chart steps"' in html
    assert html.index("4,200</b>") < html.index("300</b>"), "the earliest figure first"
    assert page.values("data-news") == ["2 outlets side by side."]


def test_figures_of_different_kinds_make_no_line() -> None:
    readings = (
        Reading("300", cited(POWER, "300"), POWER.source, POWER.published),
        Reading("€84 million", cited(BUDGET, "84 million crowns"), BUDGET.source, BUDGET.published),
    )
    side = Outlet(POWER.source, (Sentence("About 300 homes", (cited(POWER, "About 300 homes"),)),), (None,))
    found = Comparison("What?", None, (side,), (), (), (Note("series", "", readings),), "Only one.", 0.1)
    html = comparison_html(found, ARTICLES)
    assert "steps" not in html
    assert "Only one." in html


def test_nothing_to_compare_says_why() -> None:
    found = Comparison("Oil", "2026-01-01", (), (), (), (), "The archive has nothing on this.", 0.0)
    page = Elements(comparison_html(found, {}))
    assert "The archive has nothing on this." in page.text
    assert "as of 1 January 2026" in page.text


def test_hostile_articles_and_topics_are_harmless() -> None:
    everything = Citation.of(ARTICLE, 0, len(ARTICLE.text))
    topic = " ".join(HOSTILE)
    told = Sentence(ARTICLE.text, (everything,))
    reading = Reading(HOSTILE[2], everything, ARTICLE.source, ARTICLE.published)
    other = replace(reading, value=HOSTILE[0], source=HOSTILE[6], published=Moment.parse("2026-02-05"))
    notes = (Note("conflict", topic, (reading, other)), Note("correction", topic, ()))
    side = Outlet(ARTICLE.source, (told,), (None,))
    shared = Agreement(HOSTILE[0], (reading, other), 1)
    comparison = Comparison(topic, topic, (side,), (shared,), notes, notes[:1], topic, 0.0)
    timeline = Timeline(topic, topic, (Event("2026-02-03", "day", told, HOSTILE, 1),) * 2, 0.0)
    for html in (comparison_html(comparison, ARTICLES), timeline_html(timeline, ARTICLES)):
        page = Elements(html)
        assert page.harmless
        assert "<img src=x onerror=alert(1)>" in page.text
        assert "a" not in page.names
