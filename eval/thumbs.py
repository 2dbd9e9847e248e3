"""Cases from what readers of the page marked: answers with a thumb up or down, as the page exports them.

A good answer becomes a case that expects one of its sentences to be quoted again. A bad one becomes a
question of which nothing is known but that it went wrong: it is tagged, for a person to complete.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from eval.case import Case, json_lines
from ingest.errors import UsageError


def from_thumbs(path: Path) -> list[Case]:
    """The cases of an export, each question as it was judged last; raises UsageError naming a bad line."""
    found: dict[tuple[str, str | None], Case] = {}
    for number, value in json_lines(path):
        case = _case(value, number, path)
        found[case.question, case.as_of] = case
    return list(found.values())


def _case(value: Any, number: int, path: Path) -> Case:
    match value:
        case {"question": str(question), "verdict": "up" | "down" as verdict, "answer": str(answer)}:
            told = {
                "id": f"thumb-{number}",
                "question": question,
                "as_of": value.get("as_of"),
                "quote": answer if verdict == "up" else "",
                "tags": [f"thumb {verdict}", *filter(None, [value.get("reason")])],
            }
            try:
                return Case.from_json(told)
            except ValueError as error:
                raise UsageError(f"{path}, line {number}: {error}.") from None
    raise UsageError(
        f"{path}, line {number}: no answer with a verdict, up or down: export the answers from the page anew."
    )
