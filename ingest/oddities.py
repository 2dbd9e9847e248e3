"""What is odd about a text as it came in, in words: what cleaning takes out, and what it leaves alone.

Knows signs of damage and of smuggling. Does not change anything: that is the business of `ingest.tidy`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_NUL = re.compile("\0")
_SURROGATE = re.compile("[\ud800-\udfff]")
_TAGS = re.compile("[\U000e0000-\U000e007f]")
_TWISTED = re.compile("[\u202a-\u202e\u2066-\u2069]")
# UTF-8 that somebody read as Windows-1252, in the combinations that no language has.
_MOJIBAKE = re.compile("[ÂÃ][\x80-\xaa\xac-\xba\xbc-\xbf]|â€[\x80-\xbf“”™œ˜¢¦]|ï»¿|ðŸ")
# One look tells that nearly every text has none of these.
_PERHAPS = re.compile("[\0\ud800-\udfff\U000e0000-\U000e007f\u202a-\u202e\u2066-\u2069ÂÃï]|â€|ðŸ")
_ENDLESS = re.compile(r"(?<!\S)\S{10000}")


def oddities(text: str) -> Iterator[tuple[str, str]]:
    """The code and the description of each odd thing about a text."""
    if text.isascii():
        if "\0" in text:
            yield "controls", f"NUL characters were taken out ({text.count(chr(0))})"
    elif _PERHAPS.search(text):
        yield from _beyond_ascii(text)
    if len(text) > 10_000 and _ENDLESS.search(text):
        yield "long_word", "it has a word of more than 10,000 characters, which is cut for the index"


def _beyond_ascii(text: str) -> Iterator[tuple[str, str]]:
    if _NUL.search(text):
        yield "controls", f"NUL characters were taken out ({text.count(chr(0))})"
    if _SURROGATE.search(text):
        yield "surrogates", "halves of characters were replaced by \ufffd"
    if _TAGS.search(text):
        yield "hidden_characters", "characters that nobody sees (Unicode tags) were taken out"
    if _TWISTED.search(text):
        yield "hidden_characters", "characters that turn the direction of writing were taken out"
    if _MOJIBAKE.search(text):
        yield "mojibake", "some letters look like UTF-8 read as another encoding; left as they are"
