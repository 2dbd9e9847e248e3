"""What a question names is told by its looks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.talk.mentions import indefinite, mentions, with_tail, with_year


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Who won the 2024 election in Halvern?", "thing:the 2024 election date:2024 place:Halvern"),
        ("Did the harbour bridge open in May 2024?", "thing:the harbour bridge date:May 2024"),
        ("May I ask what Theresa May said?", "person:Theresa May"),
        ("What did the mayor Ada Thule say on Monday?", "role:the mayor Ada Thule date:Monday"),
        ("What did Ada Thule tell the Guardian?", "person:Ada Thule outlet:the Guardian"),
        ("How many people died in Turkey?", "place:Turkey"),
        ("how many people died in turkey?", "place:turkey"),
        ("who is still in office", ""),
        ("What did NATO say about the North Bridge?", "thing:NATO thing:the North Bridge"),
        ("Where was the missing girl found?", "role:the missing girl"),
        ("Is the capital of Tarrany safe?", "place:the capital place:Tarrany"),
        ("Who was the MVP?", "role:the MVP"),
        ("Did Will Thule resign?", "person:Will Thule"),
        ("Is Nike the sponsor?", "thing:Nike thing:the sponsor"),
        ("How old was the harbour bridge?", "thing:the harbour bridge"),
        ("What does the Port Ellery Mercury report?", "outlet:the Port Ellery Mercury"),
    ],
)
def test_kinds_of_names(text: str, named: str) -> None:
    assert " ".join(f"{m.kind}:{m.text}" for m in mentions(text)) == named


def test_prepositions_and_what_belongs_to_a_thing() -> None:
    text = "Who opposed the merger of Halvern Water and Carrow Power in May 2025?"
    thing, *_, date = mentions(text)
    assert with_tail(text, thing) == "the merger of Halvern Water and Carrow Power"
    assert (date.link, text[date.linked : date.end]) == ("in", "in May 2025")


def test_the_year_tells_what_recurs_from_others() -> None:
    text = "Who won the cup final in Halvern in 2024?"
    assert with_year(text, mentions(text)[0]) == "the cup final in Halvern in 2024"
    once = "Who built the bridge in 2024?"
    assert with_year(once, mentions(once)[0]) == "the bridge"


def test_outlets_are_known_by_their_names_and_short_names() -> None:
    assert [m.text for m in mentions("What did Coastal Voice say?", ["Coastal Voice"])] == ["Coastal Voice"]
    assert [m.kind for m in mentions("And the Voice?", ["The Coastal Voice"])] == ["outlet"]
    assert [m.kind for m in mentions("And the Voice?")] == ["thing"]


def test_a_thing_named_first_is_the_thing_the_next_time() -> None:
    found = indefinite("Did Tarrany agree on a new ceasefire with Skerrow?")
    assert found is not None
    assert (found.kind, found.text) == ("thing", "the new ceasefire")
    assert indefinite("Who won the cup?") is None


@given(st.text(max_size=80), st.lists(st.text(max_size=12), max_size=3))
def test_mentions_stand_where_they_say(text: str, outlets: list[str]) -> None:
    for mention in mentions(text, outlets):
        assert text[mention.start : mention.end] == mention.text
        assert with_tail(text, mention).startswith(mention.text)
        assert 0 <= mention.linked <= mention.start
