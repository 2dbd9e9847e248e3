"""Undoes hard line wrapping: text typed at a fixed width becomes paragraphs of one line each.

Lists, verse and tables of results keep their lines.
"""

from __future__ import annotations

import re
from itertools import pairwise

_NARROWEST, _WIDEST = 40, 130
# The longest line there is may be a little shorter than the width that the text was set to.
_SLACK = 4
_ITEM = re.compile(r"\s*(?:[-*•–—]|\d{1,3}[.)])\s")
_BLANK = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")


def unwrap(text: str) -> str:
    """The text with wrapped paragraphs joined; paragraphs are set off by one blank line."""
    blocks = [block.split("\n") for block in _BLANK.split(text)]
    width = max((len(line.rstrip()) for lines in blocks if len(lines) > 1 for line in lines), default=0)
    unwrapped = any(len(lines) == 1 and len(lines[0]) > 2 * width for lines in blocks)
    if unwrapped or not _NARROWEST <= width <= _WIDEST:
        return "\n\n".join("\n".join(lines) for lines in blocks)
    return "\n\n".join(_joined(lines) if _is_wrapped(lines, width) else "\n".join(lines) for lines in blocks)


def _is_wrapped(lines: list[str], width: int) -> bool:
    """Whether each line was full: the next one's first word would not have fitted any more."""
    if any(_ITEM.match(line) for line in lines[1:]):
        return False
    return all(
        len(line.rstrip()) + 1 + len(following.split(None, 1)[0]) > width - _SLACK
        for line, following in pairwise(lines)
        if following.strip()
    )


def _joined(lines: list[str]) -> str:
    text = ""
    for line in (line.strip() for line in lines):
        hyphenated = text.endswith("-") and text[-2:-1].isalpha() and line[:1].isalpha()
        text += line if not text or hyphenated else " " + line
    return text
