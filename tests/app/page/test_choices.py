"""What a reader may choose from: names as they are, and as they may be shown."""

from __future__ import annotations

from dataclasses import replace

from app.page.choices import choices
from app.page.working import Working
from tests.app.fake_desk import POWER, STORM, FakeDesk


def test_outlets_sections_and_writers_are_offered() -> None:
    articles = (replace(STORM, section="Weather"), replace(POWER, section="WEATHER"))
    offered = choices(FakeDesk(articles, writers=("ollama/llama3.2", "extractive")), Working())()
    assert offered["outlets"] == [
        ["Halverton Post", "Halverton Post", 1],
        ["Coastal Wire", "Coastal Wire", 1],
    ]
    assert offered["sections"] == [["WEATHER", "WEATHER", 2]]
    assert offered["writers"] == [["ollama/llama3.2", "ollama/llama3.2"], ["extractive", "Quotations only"]]


def test_a_name_is_shown_without_what_nobody_sees_and_sent_back_as_it_is() -> None:
    hidden = "Spo\u202ert"
    offered = choices(FakeDesk((replace(STORM, section=hidden),)), Working())()
    assert offered["sections"] == [[hidden, "Sport", 1]]
