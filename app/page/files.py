"""The page's own files: style, script and markup."""

from __future__ import annotations

from pathlib import Path

STATIC = Path(__file__).parent / "static"


def read(*names: str) -> str:
    """The text of these files, one after the other."""
    return "\n".join((STATIC / name).read_text(encoding="utf-8") for name in names)
