"""When a question takes for granted what the reports deny, and when not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.answer import Note
from app.asking import asked
from app.candidates import candidates
from app.story.presuppose import doubt
from app.story.readings import Report
from app.story.topic import weight
from tests.app.story.topic_desk import article, hits_of


def reports(*texts: str) -> list[Report]:
    """Each text as the report of an article of its own."""
    made = [article(f"r{i}", f"Outlet {i}", "2031-05-11", "", text) for i, text in enumerate(texts)]
    return [Report(a, 0, len(a.text), a.text, 1.0) for a in made]


def told(question: str, *texts: str) -> Note | None:
    articles = [
        article(f"a{i}", "Echo", f"2031-05-1{i}", "News from Orrin", text) for i, text in enumerate(texts)
    ]
    by_id = {a.id: a for a in articles}
    return doubt(question, candidates(asked(question), hits_of(*articles), by_id, weight))


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Why did Olga Brandt resign?", "Mayor Olga Brandt refused to resign over the affair."),
        ("When did Olga Brandt resign?", "Ms Brandt has not resigned, her office said."),
        ("Why was Ivo Marsh charged?", "The captain, Ivo Marsh, will not be charged with neglect."),
        ("How did Norland leave the league?", "Norland never left the league of harbour towns."),
        ("Why did Olga Brandt lose the election?", "Olga Brandt won the election by forty votes."),
        ("When did the Tarn Council approve the bins?", "The Tarn Council rejected the bins on Monday."),
        ("Why did Brandt Lamps accept the offer?", "The board of Brandt Lamps rejected the offer."),
    ],
)
def test_what_the_archive_denies_is_told(question: str, text: str) -> None:
    note = told(question, text)
    assert note is not None
    assert note.kind == "presupposition"
    assert note.readings[0].citation.quote == text
    assert text in note.text


@pytest.mark.parametrize(
    ("question", "texts"),
    [
        ("Why did Olga Brandt resign?", ["Olga Brandt resigned on Monday."]),
        (
            "Why did Olga Brandt resign?",
            ["Olga Brandt refused to resign in May.", "Olga Brandt resigned in June."],
        ),
        ("Why did Olga Brandt resign?", ["Olga Brandt did not comment on why she resigned."]),
        ("Why did Olga Brandt resign?", ["Mayor Olga Brandt stepped down on Monday."]),
        ("Why did Olga Brandt not resign?", ["Olga Brandt refused to resign."]),
        ("Did Olga Brandt resign?", ["Olga Brandt refused to resign."]),
        ("Why did the mayor resign?", ["The mayor refused to resign."]),
        ("Who resigned?", ["Olga Brandt refused to resign."]),
        ("Why did Olga Brandt say that Ivo Marsh resigned?", ["Olga Brandt has not resigned."]),
    ],
)
def test_where_it_is_not_sure_nothing_is_told(question: str, texts: list[str]) -> None:
    assert told(question, *texts) is None


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Why did Olga Brandt resign?", "Ivo Marsh refused to resign, Olga Brandt said."),
        ("Why did Olga Brandt resign?", "Olga Brandt may resign, a friend said."),
        ("Why did Olga Brandt resign?", "It was a first step for Olga Brandt."),
        ("Why did Olga Brandt lose the election?", "Ivo Marsh won the election against Olga Brandt."),
        ("When was Olga Brandt murdered?", "There was a murder plot against Olga Brandt."),
    ],
)
def test_what_no_report_says_in_these_words_is_told_to_be_unsaid(question: str, text: str) -> None:
    note = told(question, text)
    assert note is not None
    assert (note.kind, note.readings) == ("partial", ())
    assert "takes for granted" in note.text


WORDS = "Olga Brandt did not refused to resign resigned won lost has never she . ,".split()


@given(
    st.lists(st.sampled_from(WORDS) | st.text(max_size=5), max_size=20),
    st.lists(st.sampled_from(WORDS) | st.text(max_size=5), min_size=1, max_size=20),
)
def test_any_question_and_text_can_be_read(question: list[str], text: list[str]) -> None:
    note = told(f"Why did {' '.join(question)}", " ".join(text) or "x")
    assert note is None or bool(note.readings) == (note.kind == "presupposition")
