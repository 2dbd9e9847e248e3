"""The page's own files: style, script and markup."""

from __future__ import annotations

import re
from pathlib import Path

STATIC = Path(__file__).parent / "static"

# A part that several files share stands in one of its own: <!-- window.html -->
_SHARED = re.compile(r"<!-- ([\w-]+\.html) -->")


def read(*names: str) -> str:
    """The text of these files, one after the other, with the parts that they share."""
    return "\n".join(map(_read, names))


def _read(name: str) -> str:
    text = (STATIC / name).read_text(encoding="utf-8")
    return _SHARED.sub(lambda shared: _read(shared[1]), text)
