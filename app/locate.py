"""Where the words of a quotation stand in a text that writes them with other quotes, dashes or spaces.

A quotation that was typed, copied or written by a model is the same words as the article's, in other
typography. Everything here works on a normal form in which such differences are gone: curly and straight
quotes, dashes, white space of any width, ligatures, the ellipsis, unseen characters, composed and decomposed
accents. Letters are never folded: case and accents count, and so does every word. It knows nothing of
likeness: words are found, or they are not.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from ingest.sentences import Span

_FOLDED = str.maketrans(
    dict.fromkeys("‘’‚‛‹›`´ʼʹ′‵＇", "'")
    | dict.fromkeys("“”„‟«»″‶＂", '"')
    | dict.fromkeys("‐‑‒–—―⁃−﹘﹣－⸺⸻", "-")
    | {"…": "...", "ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "ſt", "ﬆ": "st"}
)
# What readers do not see: soft hyphens, joiners, directions, selectors, byte order marks, tags.
_UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff"
    "\U000e0000-\U000e0fff]"
)
# Characters whose normal form is one character, whatever comes before; single spaces and dashes between them.
# Nearly all of any text is made of such runs.
_LETTERS = "[!-,.-_a-~À-ÿЀ-ҁ一-鿿ぁ-んァ-ヶ가-힣‘’“”、。，：；！？（）]+"
_PLAIN = re.compile(f"{_LETTERS}(?:(?: [-–—] |[ –—-]){_LETTERS})*")
# Korean vowels and finals join the letter before as accents do.
_JAMO = re.compile("[\u1160-\u11ff\ud7b0-\ud7ff]")
# No script piles up more marks; putting thousands in order would take a normaliser minutes.
_PILE = 30


@dataclass(frozen=True, slots=True)
class _Mapped:
    """A normal form with its way back.

    Character i of `normal` comes from the characters `begins[i]` to `ends[i]` of the text; characters that
    come from the same ones cannot be told apart there.
    """

    normal: str
    begins: list[int]
    ends: list[int]

    def span(self, start: int, end: int) -> Span | None:
        """Where characters of the normal form stand in the text; None when they begin or end inside one."""
        is_whole = (start == 0 or self.begins[start - 1] < self.begins[start]) and (
            end == len(self.normal) or self.begins[end - 1] < self.begins[end]
        )
        return (self.begins[start], self.ends[end - 1]) if is_whole else None


def normal(text: str) -> str:
    """The text without differences of typography; twice is the same as once."""
    return _mapped(text).normal.strip(" ")


def locate(quote: str, text: str, near: int | None = None) -> Span | None:
    """The span of `text` that says exactly `quote`, typography aside; None when there is none.

    Of several the one whose start is nearest to `near`, else the first; one that is equal character for
    character comes before all others.
    """
    wanted = normal(quote)
    if not wanted:
        return None
    if (start := _nearest(quote, text, near)) is not None:
        return start, start + len(quote)
    mapped = _mapped(text)
    if near is None:
        return next(_spans(wanted, mapped, forward=True, place=0), None)
    place = bisect_left(mapped.begins, near)
    before = next(_spans(wanted, mapped, forward=False, place=place), None)
    after = next(_spans(wanted, mapped, forward=True, place=place), None)
    return min((span for span in (before, after) if span), key=lambda s: abs(s[0] - near), default=None)


def _nearest(quote: str, text: str, near: int | None) -> int | None:
    """Where the text has the very characters of the quote, as near as can be."""
    place = min(max(near or 0, 0), len(text))
    starts = [text.rfind(quote, 0, place + len(quote) - 1), text.find(quote, place)]
    return min((s for s in starts if s >= 0), key=lambda s: abs(s - place), default=None)


def _spans(wanted: str, mapped: _Mapped, *, forward: bool, place: int) -> Iterator[Span]:
    """The spans of the text with this normal form, from a place on or from before it backwards."""
    find = mapped.normal.find if forward else mapped.normal.rfind
    at = find(wanted, place) if forward else find(wanted, 0, place + len(wanted) - 1)
    while at >= 0:
        if span := mapped.span(at, at + len(wanted)):
            yield span
        at = find(wanted, at + 1) if forward else find(wanted, 0, at + len(wanted) - 1)


@lru_cache(maxsize=32)
def _mapped(text: str) -> _Mapped:
    """The normal form of a text, read once from left to right."""
    pieces: list[str] = []
    begins: list[int] = []
    ends: list[int] = []
    place = 0
    while place < len(text):
        if plain := _PLAIN.match(text, place):
            # The last letter may carry an accent that comes after it.
            place, end = plain.start(), plain.end() - 1
            pieces.append(text[place:end].translate(_FOLDED))
            begins.extend(range(place, end))
            ends.extend(range(place + 1, end + 1))
            place = end
        begin, cluster, place = place, *_cluster(text, place)
        form = _form(cluster)
        if form in ("-", " ") and pieces and pieces[-1][-1:] == form:
            ends[-1] = place
        elif form:
            pieces.append(form)
            begins.extend([begin] * len(form))
            ends.extend([place] * len(form))
    return _Mapped("".join(pieces), begins, ends)


def _cluster(text: str, place: int) -> tuple[str, int]:
    """The character at a place with the marks that belong to it, and where it ends; "" if it is unseen."""
    cluster, end = text[place], place + 1
    if _UNSEEN.match(cluster):
        return "", end
    for at in range(end, len(text)):
        if _is_mark(text[at]):
            cluster, end = cluster + text[at], at + 1
        elif not _UNSEEN.match(text[at]):
            break
    return cluster, end


@lru_cache(maxsize=4_096)
def _is_mark(character: str) -> bool:
    if character < "\u0300" or _UNSEEN.match(character):
        return False
    return unicodedata.category(character)[0] == "M" or bool(_JAMO.match(character))


@lru_cache(maxsize=4_096)
def _form(cluster: str) -> str:
    """The normal form of a letter with its marks."""
    if cluster.isspace():
        return " "
    if len(cluster) > _PILE:
        return cluster
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", cluster).translate(_FOLDED))
