"""Which questions have a short answer, and which stretches could be one."""

from __future__ import annotations

import pytest

from app.asking import asked
from app.fits import could_answer, has_short_answer, may_be_given
from app.spans import spans_of


@pytest.mark.parametrize(
    ("question", "is_short"),
    [
        ("Who owns the mill?", True),
        ("Who is the mayor of Brandt?", True),
        ("Which of these towns burned?", True),
        ("Which state’s map was struck down?", True),
        ("How many workers died?", True),
        ("What happened to the mill?", False),
        ("What did Ida Quist do about the mill?", False),
        ("Who is Ida Quist?", False),
        ("Who are the owners of the mill?", False),
        ("Which towns burned?", False),
        ("Who is richer, Quist or Brandt?", False),
        ("How strong was the storm?", False),
        ("Why did the mill burn?", False),
    ],
)
def test_what_has_a_short_answer(question: str, is_short: bool) -> None:
    assert has_short_answer(asked(question), question) is is_short


@pytest.mark.parametrize(
    ("question", "sentence", "possible", "impossible"),
    [
        ("Who owns the mill?", "Prime Minister Ida Quist spoke.", "Prime Minister Ida Quist", "Ohio"),
        ("Who shot Nils Aker?", "Otto Brandt shot Nils Aker in Norway.", "Otto Brandt", "Nils Aker"),
        ("Who shot Nils Aker?", "Otto Brandt shot Nils Aker in Norway.", "Otto Brandt", "Norway"),
        ("Who shot Nils Aker?", "The Prime Minister of Norway named Otto Brandt.", "Otto Brandt",
         "Prime Minister of Norway"),
        ("Who shot Nils Aker?", "Otto Brandt is in the NFL.", "Otto Brandt", "NFL"),
        ("Who won the cup?", "Norway won the cup.", "Norway", ""),
        ("Who won the cup?", "Norway met Velm in the cup.", "", "Norway"),
        ("Who won the cup?", "Velm has won the cup five times.", "", "Velm"),
        ("Who won the cup?", "The winner was Ida Quist, who beat Velm.", "Ida Quist", "Velm"),
        ("How many women did she beat?", "She beat 12 women, and holds 23 titles.", "12", "23"),
        ("How many mills burned in 2023?", "In 2023, 41 mills burned.", "41", "2023"),
        ("How many mills burned?", "There 2000 mills burned, up to 90 wholly.", "2000", "90"),
        ("How much money did the mill cost?", "It cost £40 and weighed 2,000 pounds.", "£40", ""),
        ("How much money did the mill cost?", "It cost $40 and weighed 2,000 pounds.", "$40", "2,000 pounds"),
        ("How many cases of fever are there?", "There are 9 cases of fever in children.", "", "9"),
        ("Who owns the mill?", "Either Ida Quist or Otto Brandt owns it.", "", "Ida Quist"),
        ("Who owns the mill?", "Ida Quist or Otto Brandt owns it.", "", "Otto Brandt"),
        ("How many mills burned in 2023?", "More mills burned in 2023 compared with 2022.", "", "2023"),
        ("How many cases of fever are there?", "Of Covid-19 there are 41 cases.", "41", "19"),
    ],
)  # fmt: skip
def test_what_may_be_given(question: str, sentence: str, possible: str, impossible: str) -> None:
    given = {
        span.text
        for span in spans_of(sentence)
        if could_answer(asked(question), span) and may_be_given(asked(question), question, span, sentence)
    }
    assert not possible or possible in given
    assert impossible not in given
