"""What kind of thing a question asks for, and whether a sentence holds it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.asking import Kind, asked, sums_up, wants_odd_one
from app.holding import holds, new_names


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("How many lamps were stolen?", "count"),
        ("How deep is the quarry?", "count"),
        ("What was the death toll in Orrin?", "count"),
        ("How much did the lamps cost?", "money"),
        ("What price did the baker ask?", "money"),
        ("What percentage of voters stayed at home?", "percent"),
        ("When does the pier open?", "time"),
        ("At what time does the ferry leave St. Orrin under the new plan?", "time"),
        ("Where did the roof land?", "place"),
        ("Which country sent the lamps?", "place"),
        ("Who painted the pier?", "person"),
        ("Which mayor resigned?", "person"),
        ("Which political figure resigned?", "person"),
        ("What was the final figure?", "count"),
        ("Why was the pier closed?", "reason"),
        ("What caused the fire?", "reason"),
        ("What did the mayor say about the pier?", "quote"),
        ("Which newspaper closed?", "name"),
        ("Is the pier open?", "yes_no"),
        ("pier fire Orrin", "any"),
    ],
)
def test_the_question_word_gives_the_kind(question: str, kind: Kind) -> None:
    assert asked(question).kind == kind


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("What did the diver who fell see?", "name"),
        ("What did the mayor say when the roof fell?", "quote"),
        ("Who spoke where the pier once stood?", "person"),
        ("Crowds cheered when the lamps came back to which town?", "place"),
    ],
)
def test_subordinate_clauses_do_not_ask(question: str, kind: Kind) -> None:
    assert asked(question).kind == kind


@pytest.mark.parametrize(
    "question",
    [
        "The mayor spoke. All of these came, except:",
        "Which of these piers was not burned?",
        "Which of the following wasn’t stolen on Monday?",
        "Which lamp is not on the list?",
        "Which reform did the council NOT pass?",
        "Two came. Who didn't?",
        "Which of these statements is false?",
    ],
)
def test_the_odd_one_is_asked_for(question: str) -> None:
    assert wants_odd_one(question)


@pytest.mark.parametrize(
    "question",
    [
        "Which of these piers burned?",
        "Which harbour says it has not lost a boat in years?",
        "Nobody was hurt, except the mayor. Who is he?",
        "What did the mayor not say?",
        "Who said the pier was not closed?",
    ],
)
def test_a_negation_elsewhere_asks_for_no_odd_one(question: str) -> None:
    assert not wants_odd_one(question)


def test_the_last_sentence_asks() -> None:
    question = "Vandals who hate lamps struck the pier on Monday. How many lamps were broken?"

    assert asked(question).kind == "count"
    assert {"Vandals", "pier", "lamps"} <= set(asked(question).terms)


@pytest.mark.parametrize(
    ("question", "noun"),
    [
        ("How many brass lamps were stolen?", "brass lamps"),
        ("Which prime minister resigned?", "prime minister"),
        ("How much of the coal is left?", "coal"),
        ("Who resigned?", ""),
        ("What is it?", ""),
    ],
)
def test_the_noun_is_what_is_counted_or_chosen(question: str, noun: str) -> None:
    assert asked(question).noun == noun


@pytest.mark.parametrize(
    ("question", "holding", "lacking"),
    [
        ("How many lamps were stolen?", "At least 31 lamps were stolen.", "The lamps were stolen in 2019."),
        ("How many lamps were stolen?", "Thieves took seven lamps.", "Thieves took 40 kilos of lead."),
        ("How many of the 12 lamps burn?", "Only nine lamps burn.", "The 12 lamps are brass."),
        ("How much did the pier cost?", "It cost €4.2 million.", "It is 400 metres long."),
        ("What percentage voted?", "Some 61 per cent voted.", "Some 61 people voted."),
        ("When does the pier open?", "It opens on 4 May.", "It opens with a band."),
        ("Where is the pier?", "The pier stands in Orrin.", "The pier stands on oak piles."),
        ("Who designed the pier?", "The plans are by Ada Quill.", "The plans are by a local woman."),
        ("Why did it close?", "It closed because of rot.", "It closed."),
        ("What did Quill say?", "“It will hold,” Quill said.", "Quill left."),
        ("What did Quill say?", "“It will hold,” Quill said.", "“It will not,” said Brandt of Quill’s plan."),
        ("What did Quill say?", "“It will hold,” she said.", "“It will not,” Brandt said."),
        ("Why did it close?", "It closed because of rot.", "It closed after lunch."),
        ("Who designed the pier?", "The plans are by Ada Quill.", "The plans were made in Port Orrin."),
        ("Which paper closed?", "The owner shut the Orrin Echo.", "The owner shut it."),
    ],
)
def test_a_sentence_that_holds_the_thing_beats_one_that_does_not(
    question: str, holding: str, lacking: str
) -> None:
    assert holds(asked(question), holding) > holds(asked(question), lacking)


@pytest.mark.parametrize(
    ("question", "speaker"),
    [
        ("What did Mayor Ada Quill say about the pier?", "Quill"),
        ("How did Quill respond to the ban?", "Quill"),
        ("What did the mayor say?", ""),
        ("Why did Ada Quill say no?", ""),
    ],
)
def test_whose_words_are_asked_for(question: str, speaker: str) -> None:
    assert asked(question).speaker == speaker


def test_a_capital_at_the_beginning_names_nobody() -> None:
    question = asked("Who resigned?")

    assert new_names(question, "Nobody resigned.") == []
    assert new_names(question, "On Friday Quill resigned.") == ["Friday Quill"]
    assert new_names(question, "Ada Quill resigned.") == ["Ada Quill"]


def test_names_of_the_question_are_not_new() -> None:
    assert new_names(asked("When did Ada Quill resign?"), "On Friday, Ada Quill resigned.") == []


@given(st.text(max_size=200), st.text(max_size=400))
def test_any_question_and_sentence_can_be_read(question: str, sentence: str) -> None:
    assert 0.0 <= holds(asked(question), sentence) <= 1.0


@pytest.mark.parametrize(
    ("option", "what"),
    [
        ("All of the above", "all"),
        ("Both A and B.", "all"),
        ("all of these", "all"),
        ("D. None of the above", "none"),
        ("Neither", "none"),
        ("All Saints", None),
        ("Both home sales and prices rose", None),
        ("Nonesuch Palace", None),
    ],
)
def test_an_option_that_sums_up_the_others(option: str, what: str | None) -> None:
    assert sums_up(option) == what
