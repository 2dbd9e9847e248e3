"""The questions written for the sample archive: answerable ones, dated ones, and some it cannot answer."""

from __future__ import annotations

from pathlib import Path

from eval.case import Case, read_cases

QUESTIONS = Path(__file__).parents[1] / "sample" / "questions.jsonl"


def cases(data: Path) -> list[Case]:
    """The questions that come with the program; `data` is not needed."""
    return read_cases(QUESTIONS)
