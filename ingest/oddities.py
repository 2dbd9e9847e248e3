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
# Nearly every text has none of these characters and no `â€`, and then it has none of the above.
_PERHAPS = re.compile("[\0\ud800-\udfff\U000e0000-\U000e007f\u202a-\u202e\u2066-\u2069ÂÃïð]")
_LONGEST_WORD = 10_000
_SPACE = re.compile(r"\s")


def oddities(text: str, odd: str) -> Iterator[tuple[str, str]]:
    """The code and the description of each odd thing about a text; `odd` are its odd signs."""
    if _PERHAPS.search(odd) or "â€" in text:
        yield from _odd_characters(text)
    if _may_be_endless(text) and max(map(len, text.split()), default=0) > _LONGEST_WORD:
        length = f"more than {_LONGEST_WORD:,} characters"
        yield "long_word", f"it has a word of {length}, which is cut for the index"


def _may_be_endless(text: str) -> bool:
    """Whether a run of half the longest word is without white space: a longer word holds one such run."""
    half = _LONGEST_WORD // 2
    return any(not _SPACE.search(text, at, at + half) for at in range(0, len(text) - half, half))


def _odd_characters(text: str) -> Iterator[tuple[str, str]]:
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
