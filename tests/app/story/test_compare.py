"""Outlets side by side: what each says, what they share, where they differ."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.story.compare import Comparison, compare
from app.terminal_topics import comparison_lines
from ingest.article import Article
from tests.app.story.topic_desk import TopicDesk, article

MARCH = "How many people marched for the Orrin drivers?"
POLICE = article("a", "Echo", "2031-01-24", "Drivers march in Orrin",
                 "The police put the crowd that marched for the Orrin drivers at 6,500.")  # fmt: skip
UNION = article("b", "Post", "2031-01-24", "Orrin march",
                "Some 14,000 people marched for the Orrin drivers, their union said.")  # fmt: skip
AGAIN = article("c", "Mercury", "2031-01-24", "March of the Orrin drivers",
                "About 14,000 people marched on Saturday, as the Orrin drivers counted it.")  # fmt: skip
BARE = article("d", "", "2031-01-24", "Orrin drivers march", "The Orrin drivers marched.")


def made(*articles: Article, topic: str = MARCH, **window: str) -> Comparison:
    desk = TopicDesk(*articles)
    found = compare(desk, topic, **window)  # type: ignore[arg-type]
    for outlet in found.outlets:
        assert len(outlet.sentences) == len(outlet.published) > 0
        for sentence in outlet.sentences:
            for citation in sentence.citations:
                article_ = desk.show(citation.article_id)
                citation.check(article_)
                assert article_.source == outlet.source
    return found


def test_each_outlet_speaks_for_itself() -> None:
    found = made(POLICE, UNION, AGAIN)
    assert {outlet.source for outlet in found.outlets} == {"Echo", "Post", "Mercury"}
    assert not found.reason


def test_disagreements_and_agreements_are_marked_with_their_values() -> None:
    found = made(POLICE, UNION, AGAIN)
    (note,) = found.disagreements
    assert note.kind == "conflict"
    assert "6,500 (Echo, 24 January 2031)" in note.text
    (shared,) = found.agreements
    assert shared.value == "14,000"
    assert {reading.source for reading in shared.readings} == {"Post", "Mercury"}
    assert shared.independent == 2


def test_copies_are_not_independent() -> None:
    copy = article("c", "Mercury", "2031-01-24", "March", UNION.text)
    (shared,) = made(POLICE, UNION, copy).agreements
    assert shared.independent == 1


def test_a_changing_figure_is_a_series() -> None:
    first = article("a", "Echo", "2031-05-11", "Mill fire", "The Oster mill fire killed 11 people.")
    later = article(
        "b", "Post", "2031-05-14", "Mill fire", "The Oster mill fire killed 30 people, it is now known."
    )
    found = made(first, later, topic="How many people died in the Oster mill fire?")
    (series,) = found.series
    assert [reading.value for reading in series.readings] == ["30", "11"]
    assert not found.disagreements


NOW = article("n", "Echo", "2031-05-14", "Oster mill fire", "The Oster mill fire killed 30 people.")
DIED = "How many people died in the Oster mill fire?"


def test_what_was_filed_in_another_year_is_not_set_beside_the_rest() -> None:
    old = article("o", "Post", "2026-03-01", "Mills", "The Oster mill had a fire that killed 2 people.")
    then = article("t", "Echo", "2031-05-15", "Oster mill fire", "The Oster mill fire is out.")
    assert [outlet.source for outlet in made(NOW, then, old, topic=DIED).outlets] == ["Echo"]
    both = made(NOW, then, old, topic="How many people died in the Oster mill fires since 2026?")
    assert {outlet.source for outlet in both.outlets} == {"Echo", "Post"}


def test_what_is_told_of_another_year_or_of_a_part_is_not_set_beside_the_rest() -> None:
    before = article("o", "Post", "2031-05-15", "Mills",
                     "In 1999 a fire in the Oster mill killed 200 people.")  # fmt: skip
    part = article(
        "p", "Mercury", "2031-05-16", "Oster mill", "In April, the Oster mill fire killed 7 people."
    )
    assert [outlet.source for outlet in made(NOW, before, part, topic=DIED).outlets] == ["Echo"]


def test_archives_without_outlets_and_topics_without_articles_say_so() -> None:
    assert (
        made(BARE).reason == "The articles on this name no outlet, so there is nothing to set side by side."
    )
    assert made(topic="nothing at all").reason == "The archive has nothing on this."
    assert made(POLICE).reason == "Only Echo answers this."


def test_sources_narrow_it_down() -> None:
    found = compare(TopicDesk(POLICE, UNION, AGAIN), MARCH, sources=["Post"])
    assert [outlet.source for outlet in found.outlets] == ["Post"]


def test_lines_show_outlets_notes_and_ids() -> None:
    lines = "\n".join(comparison_lines(made(POLICE, UNION, AGAIN)))
    assert "\nEcho\n  24 January 2031: The police put" in lines
    assert "Reports differ: " in lines
    assert "(2 independent reports): 14,000." in " ".join(lines.split())
    assert "newsdesk show ID" in lines
    assert list(comparison_lines(made(topic="nothing"))) == ["The archive has nothing on this."]


def test_json_is_what_scripts_read() -> None:
    told = made(POLICE, UNION, AGAIN).to_json()
    assert {"topic", "as_of", "outlets", "agreements", "disagreements", "series", "seconds"} <= set(told)
    assert told["outlets"][0]["sentences"][0]["citations"]
    assert told["disagreements"][0]["readings"][0]["citation"]["quote"]


@given(st.lists(st.text(max_size=60), min_size=1, max_size=4))
def test_any_text_can_be_set_side_by_side(texts: list[str]) -> None:
    articles = [
        article(f"a{i}", f"Outlet {i % 3}", "2031-01-24", "Orrin drivers march", f"The Orrin drivers. {text}")
        for i, text in enumerate(texts)
    ]
    found = made(*articles)
    assert list(comparison_lines(found))
    assert found.to_json()["topic"] == MARCH
