"""Markdown as the words a reader sees: headings, emphasis, links and pictures without their marks.

Knows what occurs in articles. Tables, footnotes and code stay as they are typed.
"""

from __future__ import annotations

import re

_PICTURE = re.compile(r"!\[[^\[\]\n]{0,500}\]\([^()\n]{0,2000}\)")
_LINK = re.compile(r"\[([^\[\]\n]{1,500})\]\([^()\n]{0,2000}\)")
_HEADING = re.compile(r" {0,3}#{1,6}[ \t]+")
_QUOTE = re.compile(r"^[ ]{0,3}(?:>[ ]?)+", re.MULTILINE)
_STRONG = re.compile(r"(\*\*|__)(?=\S)([^*_\n]{1,1000})(?<=\S)\1")
_EMPHASIS = re.compile(r"(?<![\w*_\\])([*_])(?=\S)([^*_\n]{1,1000})(?<=[^\s\\])\1(?![\w*_])")
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+.!>~|-])")


def markdown_to_text(text: str) -> str:
    """The text without Markdown's marks; its lines and paragraphs stay where they are."""
    text = _LINK.sub(r"\1", _PICTURE.sub("", text))
    text = "\n".join(_without_heading(line) for line in _QUOTE.sub("", text).split("\n"))
    return _ESCAPED.sub(r"\1", _EMPHASIS.sub(r"\2", _STRONG.sub(r"\2", text)))


def _without_heading(line: str) -> str:
    match = _HEADING.match(line)
    return line[match.end() :].rstrip("# \t") if match else line
