"""Text without what no reader sees: control characters, hidden tags, stray white space.

Tidying a tidy text changes nothing, which is what lets offsets into it be kept for ever.
"""

from __future__ import annotations

import html
import re
import unicodedata

# A character's number of so many digits is none, and Python refuses to read one of thousands.
_NO_CHARACTER = re.compile(r"&#[0-9]{1000,};?")
# White space of any width is a space; what separates lines is a line break.
_LINE_ENDS = re.compile("\r\n?|[\x0b\x0c\x85\u2028]")
_WIDE_SPACE = re.compile(r"[^\S\n ]")
# Controls, soft hyphens, bidirectional marks and overrides, zero-width characters, variation selectors of
# no picture, interlinear notes, byte order marks, tag characters and what Unicode says is no character.
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b"
    "\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0e\ufeff\uffa0\ufff0-\ufffb\ufdd0-\ufdef\ufffe\uffff"
    "\U000e0000-\U000e0fff"
    + "".join(f"{chr(0x10000 * plane + 0xFFFE)}{chr(0x10000 * plane + 0xFFFF)}" for plane in range(1, 17))
    + "]"
)
_UNSEEN_ASCII = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_PICTURE = "[\u2190-\u2bff\u3030\u303d\u3297\u3299\U0001f000-\U0001faff\ufe0f]"
_JOINING = "[\u0600-\u07ff\u0840-\u0dff\u1000-\u109f\u1780-\u17ff\u1800-\u18af]"
# Joiners have work to do between the parts of an emoji and in Arabic, Indic and Mongolian words.
_LOOSE_JOINER = re.compile(
    f"(?<!{_PICTURE})(?<!{_JOINING})[\u200c\u200d]|[\u200c\u200d](?!{_PICTURE})(?!{_JOINING})"
)
_LOOSE_SELECTOR = re.compile(f"(?<!{_PICTURE})(?<![0-9#*\u00a9\u00ae\u203c\u2049\u2122\u2139])\ufe0f")
_MARK = "[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]"
_PILED_MARKS = re.compile(f"({_MARK}{{4}}){_MARK}+")
_BLANKS = re.compile("\n{3,}")
# Nearly every text is made of these alone, and then only its spaces and blank lines want a look.
_PLAIN = frozenset(map(chr, range(0x20, 0x7F))) | frozenset(
    "\n“”‘’–—…•€£©®°½éèêëáàâäãåæçíìîïñóòôöõøúùûüýßÉÁÄÅÇÑÓÖØÚÜ"
)


def odd_signs(text: str) -> str:
    """Each character of a text, once, that is not one of those of nearly every text."""
    if text.isascii() and text.replace("\n", "").isprintable():
        return ""
    return "".join(set(text) - _PLAIN)


def unescaped(text: str) -> str:
    """A text whose entities (`&amp;`, `&#233;`) are the characters that they stand for."""
    return html.unescape(_NO_CHARACTER.sub("\ufffd", text)) if "&" in text else text


def tidy(text: str, odd: str | None = None) -> str:
    """The text in Unicode NFC, without unseen characters, with single spaces and at most one blank line.

    `odd` are its odd signs, and perhaps others, where they are known.
    """
    if odd := odd_signs(text) if odd is None else odd:
        text = _tidy_characters(text, odd)
    while "  " in text:
        text = text.replace("  ", " ")
    return single_blanks(text.replace(" \n", "\n").replace("\n ", "\n")).strip(" \n")


def single_blanks(text: str) -> str:
    """The text with one blank line where there were several."""
    return _BLANKS.sub("\n\n", text) if "\n\n\n" in text else text


def tidy_line(text: str) -> str:
    """The same on a single line: for titles, names and other fields."""
    return " ".join(tidy(text).split())


def _tidy_characters(text: str, odd: str) -> str:
    """The text without odd characters; `odd` holds each of those in it that are not plain, once."""
    if _LINE_ENDS.search(odd) or "\u2029" in odd:
        text = _LINE_ENDS.sub("\n", text).replace("\u2029", "\n\n")
    if _SURROGATE.search(odd):
        text = _SURROGATE.sub("\ufffd", text)
    if _UNSEEN.search(odd):
        text = _UNSEEN.sub("", text)
    if "\ufe0f" in odd:
        text = _LOOSE_SELECTOR.sub("", text)
    if "\u200d" in odd or "\u200c" in odd:
        text = _LOOSE_JOINER.sub("", text)
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
        text = _PILED_MARKS.sub(r"\1", text)
    return _WIDE_SPACE.sub(" ", text) if _WIDE_SPACE.search(odd) else text
