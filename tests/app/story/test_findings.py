"""What is told beside an answer: series, conflicts and corrections, and when nothing is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.answer import Note
from app.asking import asked
from app.story.correct import corrections
from app.story.findings import Findings, find
from app.story.readings import independent
from app.story.topic import weight
from app.story.twins import difference, is_copy
from ingest.article import Article
from tests.app.story.test_presuppose import reports
from tests.app.story.topic_desk import article, hits_of

FIRE = "How many people died in the Ostermill fire?"


def found(question: str, *articles: Article) -> Findings:
    by_id = {a.id: a for a in articles}
    return find(question, asked(question), hits_of(*articles), by_id, weight)


def only(findings: Findings) -> Note:
    (note,) = findings.notes
    for reading in note.readings:
        assert reading.value in reading.citation.quote
    return note


FIRST = article(
    "a", "Echo", "2031-05-11", "Fire at Ostermill", "At least 28 people died in the Ostermill fire."
)
SECOND = article("b", "Post", "2031-05-12", "Ostermill toll at 29",
                 "The number of people who died in the Ostermill fire has risen to 29.")  # fmt: skip
THIRD = article("c", "Mercury", "2031-05-14", "Last victim of the Ostermill fire found",
                "Divers found the last of the missing. It brings the number who died to 30.")  # fmt: skip


def test_a_figure_that_grew_is_a_series_with_the_latest_first() -> None:
    findings = found(FIRE, SECOND, FIRST, THIRD)
    note = only(findings)
    assert note.kind == "series"
    assert [reading.value for reading in note.readings] == ["30", "29", "28"]
    assert "30 on 14 May 2031 (Mercury)" in note.text
    assert findings.lead is not None
    assert findings.lead.value == "30"
    assert findings.outdated == {("a", 0), ("b", 0)}


def test_a_value_that_no_toll_could_have_had_between_two_others_is_not_part_of_the_series() -> None:
    odd = article("x", "Post", "2031-05-13", "Ostermill toll", "An Ostermill fire killed 3 people, it said.")
    assert [r.value for r in only(found(FIRE, SECOND, FIRST, THIRD, odd)).readings] == ["30", "29", "28"]


def test_a_year_to_come_and_one_of_a_comparison_are_no_other_time() -> None:
    ahead = "The number who died in the Ostermill fire is 30, and it will be rebuilt by 2039."
    worst = "The number who died in the Ostermill fire is 30, the most at a mill, it says, since 1921."
    for text in (ahead, worst):
        note = only(found(FIRE, FIRST, article("x", "Post", "2031-05-13", "Fire", text)))
        assert [reading.value for reading in note.readings] == ["30", "28"]


def test_a_figure_of_another_year_is_not_part_of_the_series() -> None:
    old = "The worst Ostermill fire since 1921 was in a hotel, where 29 people died."
    assert found(FIRE, THIRD, article("x", "Post", "2031-05-13", "Ostermill", old)).notes == ()


def test_who_asks_for_the_first_figure_is_not_led_to_the_latest() -> None:
    findings = found("How many people were first said to have died in the Ostermill fire?", FIRST, THIRD)
    assert findings.lead is None
    assert not findings.outdated


def test_reports_of_one_day_that_differ_are_a_conflict_with_names_and_dates() -> None:
    other = article("d", "Post", "2031-05-11", "Ostermill burns", "The Ostermill fire killed 35 people.")
    exact = article("e", "Echo", "2031-05-11", "Fire", "The fire at Ostermill killed 28 people, police said.")
    note = only(found(FIRE, exact, other))
    assert note.kind == "conflict"
    assert "28 (Echo, 11 May 2031)" in note.text
    assert "35 (Post, 11 May 2031)" in note.text


@pytest.mark.parametrize(
    "text",
    [
        "The Ostermill fire killed 28 people.",  # the same
        "More than 20 people died in the Ostermill fire.",  # a limit that allows it
        "In the Ostermill fire 40 people were injured.",  # another quantity
        "Five children died in the Ostermill fire.",  # some of them
        "The Ostermill fire killed 12 people in Varn.",  # another place
        "In 1921 an Ostermill fire killed 57 people.",  # another time
        "The Ostermill fire may have killed 60 people.",  # a guess
        "The Larch hotel fire killed 60 people.",  # another fire
    ],
)
def test_other_quantities_and_agreeing_reports_are_no_conflict(text: str) -> None:
    exact = article("e", "Echo", "2031-05-11", "Fire", "The Ostermill fire killed 28 people, police said.")
    other = article("d", "Post", "2031-05-11", "News in brief", text)
    assert found(FIRE, exact, other).notes == ()


def test_money_and_shares_are_compared_in_their_units() -> None:
    one = article("a", "Echo", "2031-04-01", "Tarn bridge", "The Tarn bridge will cost €520m, auditors said.")
    other = article(
        "b", "Post", "2031-04-01", "Tarn bridge", "The Tarn bridge will cost €467m, the mayor said."
    )
    assert only(found("How much will the Tarn bridge cost?", one, other)).kind == "conflict"
    pounds = article("b", "Post", "2031-04-01", "Tarn bridge", "The Tarn bridge cost 1,400 jobs.")
    assert found("How much will the Tarn bridge cost?", one, pounds).notes == ()


COPY = (
    "The council of Orrin elected {} as its new harbour master on Tuesday evening after a debate of two "
    "hours, the town clerk said."
)


def twins(
    one: str, other: str, day: str = "2031-06-03", question: str = "Who is harbour master of Orrin?"
) -> Findings:
    return found(
        question,
        article("a", "Echo", "2031-06-03", "Orrin", COPY.format(one)),
        article("b", "Post", day, "Orrin", COPY.format(other)),
    )


def test_near_copies_with_another_name_are_a_conflict() -> None:
    note = only(twins("Ada Quill", "Ivo Marsh"))
    assert note.kind == "conflict"
    assert {reading.value for reading in note.readings} == {"Ada Quill", "Ivo Marsh"}


@pytest.mark.parametrize("other", ["Ada Quill", "Captain Ada Quill", "Quill", "A.Q."])
def test_one_name_in_two_spellings_is_no_conflict(other: str) -> None:
    assert twins("Ada Quill", other).notes == ()


def test_near_copies_of_other_days_or_of_what_is_not_asked_are_left_alone() -> None:
    assert twins("Ada Quill", "Ivo Marsh", day="2031-07-03").notes == ()
    assert twins("Ada Quill", "Ivo Marsh", question="Why was there a debate in Orrin?").notes == ()
    assert twins("Ada Quill", "Ivo Marsh", question="Was Olga Ruane elected in Orrin?").notes == ()


BINS = "The council of Orrin {} the plan for four hundred new bins by a show of hands late on Monday night."


@pytest.mark.parametrize("other", ["rejected", "did not approve", "never approved"])
def test_near_copies_with_another_outcome_are_a_conflict(other: str) -> None:
    one = article("a", "Echo", "2031-06-03", "Orrin", BINS.format("approved"))
    two = article("b", "Post", "2031-06-03", "Orrin", BINS.format(other))
    note = only(found("Did the council of Orrin approve the plan for new bins?", one, two))
    assert note.kind == "conflict"
    assert {reading.value for reading in note.readings} == {"approved", other}


def test_near_copies_with_another_word_for_the_same_are_no_conflict() -> None:
    one = article("a", "Echo", "2031-06-03", "Orrin", BINS.format("approved"))
    two = article("b", "Post", "2031-06-03", "Orrin", BINS.format("endorsed"))
    assert found("Did the council of Orrin approve the plan for new bins?", one, two).notes == ()


def test_copies_count_once() -> None:
    report = found(FIRE, FIRST, SECOND).notes[0].readings
    assert len(report) == 2
    assert is_copy(COPY.format("Ada Quill"), COPY.format("Ivo Marsh"))
    assert not is_copy(FIRST.text, SECOND.text)
    assert len(independent(reports(COPY.format("Ada Quill"), COPY.format("Ivo Marsh"), SECOND.text))) == 2


NOTICE = article(
    "n", "Echo", "2031-06-05", "Correction: the Ruane verdict",
    "In our report of 3 June we said that Olga Ruane was convicted on five counts of fraud. She was "
    "convicted on four. The jury was out for a day.",
)  # fmt: skip
VERDICT = article("v", "Echo", "2031-06-03", "Ruane guilty of fraud",
                  "Olga Ruane was found guilty on five counts of fraud on Tuesday.")  # fmt: skip


def test_a_corrected_article_yields_to_its_correction() -> None:
    findings = found("On how many counts was Olga Ruane found guilty?", VERDICT, NOTICE)
    note = only(findings)
    assert note.kind == "correction"
    assert [reading.value for reading in note.readings] == ["four", "five"]
    assert note.readings[1].citation.article_id == "v"
    assert findings.lead == note.readings[0]
    assert findings.outdated == {("v", 0)}


@pytest.mark.parametrize(
    ("text", "right", "wrong"),
    [
        ("Correction: An earlier version of this article said that the boat would leave at 7.15 a.m. It "
         "will leave at 7.50 a.m.", "7.50 a.m.", "7.15 a.m."),
        ("An earlier version of this story said she was born in Varn; she was in fact born in Orrin.",
         "Orrin", "Varn"),
        ("Correction: We reported that the vote was on 3 May. The vote was on 4 May.", "4 May", "3 May"),
    ],
)  # fmt: skip
def test_notices_within_articles_are_read(text: str, right: str, wrong: str) -> None:
    (found_,) = corrections(article("a", "Echo", "2031-05-11", "Boats", f"The boats sail.\n\n{text}"))
    assert (found_.right_text, found_.wrong_text) == (right, wrong)


@pytest.mark.parametrize(
    "text",
    [
        "The mayor said it was not correct that the last bus goes at ten. It goes at nine.",
        "Prosecutors wrongly said that he had 40 guns. He had four.",
        "A correction in house prices was expected. Prices fell by 5 per cent.",
        "This article has been corrected.",
    ],
)
def test_ordinary_sentences_are_no_notices(text: str) -> None:
    assert corrections(article("a", "Echo", "2031-05-11", "Boats", text)) == []


def test_a_correction_of_something_else_is_not_told() -> None:
    assert found("When will the jury in Orrin sit again?", VERDICT, NOTICE).notes == ()


@given(st.text(max_size=150), st.text(max_size=150))
def test_any_two_texts_can_be_compared(one: str, other: str) -> None:
    told = difference(one, other)
    if told is not None:
        assert one[slice(*told.one)] != other[slice(*told.other)]
    assert isinstance(is_copy(one, other), bool)


WORDS = "Correction: we said that 30 29 people died were injured in the Ostermill fire . It was not".split()


@given(st.lists(st.lists(st.sampled_from(WORDS) | st.text(max_size=6), max_size=25), min_size=1, max_size=4))
def test_whatever_is_found_is_cited_exactly(texts: list[list[str]]) -> None:
    articles = [
        article(f"a{i}", f"Outlet {i % 2}", f"2031-05-1{i}", "Ostermill fire", " ".join(words) or "x")
        for i, words in enumerate(texts)
    ]
    by_id = {a.id: a for a in articles}
    findings = found(FIRE, *articles)
    for reading in (r for note in findings.notes for r in note.readings):
        reading.citation.check(by_id[reading.citation.article_id])
        assert reading.value in reading.citation.quote
