"""Cells that a spreadsheet would take for formulas: marked as text when written, and as they were when read.

A cell that begins with one of these signs could run a command when somebody opens the table; an apostrophe
before it is what spreadsheets themselves put there (OWASP, "CSV injection").
"""

from __future__ import annotations

import re

_FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
_MARKED = re.compile(r"'+[=+\-@\t\r\n＝＋－＠]")


def neutral(cell: str) -> str:
    """The cell with an apostrophe where it could be a formula, also after apostrophes of its own."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def plain(cell: str) -> str:
    """The cell as it was before `neutral`."""
    return cell[1:] if _MARKED.match(cell) else cell
