"""Near-copies: which texts have so much wording in common that one was made from the other.

A text is seen as its runs of four words (shingles), each a number. Its sketch is the smallest of these
numbers, about one in twenty-four: texts with several of them in common are worth laying side by side, which
`Likeness` does with all of them (Broder 1997, "On the resemblance and containment of documents"). House style
is taken out first: capitals, quotation marks, `U.S.` or `US`, `Mr`, `per cent` or `percent`, numbers up to
twelve in words, and all but the first four letters of a word.

Knows texts and headlines. Does not know when and by whom they were published (`ingest.stories`).
"""

from __future__ import annotations

import re
from functools import cache, cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.uint64]
Lengths = NDArray[np.int64]
Flags = NDArray[np.bool_]

FORMAT = 1
"""What a sketch is: sketches of another format are worthless, so a change is counted here."""

_RUN = 4
_ONE_IN, _LEAST, _MOST = 24, 32, 192
_LETTERS = 4
# Headlines are told by words of so many letters; shorter ones are in every text.
_TELLING = 4
_OPENING = 200
_HEADLINE_WORD = re.compile(r"[^\W_]+")
_DAY_OR_MONTH = re.compile(
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|may|june?|july?|sept?(?:ember)?|"
    r"jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|aug(?:ust)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
)
_LETTER, _APOSTROPHE, _POINT, _COMMA = 1, 2, 3, 4
_DROPPED = "mr mrs ms miss dr sir per cent percent"
_COUNTED = "one two three four five six seven eight nine ten eleven twelve"
_SQUASH = np.uint64(0x9E3779B97F4A7C15)


class Sketch(NamedTuple):
    """How many distinct shingles a text has, and the smallest of them, ascending.

    Each of these is a number that fits into a signed column of 64 bits.
    """

    shingles: int
    smallest: list[int]


class Wording:
    """A headline and its text as the comparison sees them."""

    def __init__(self, title: str, text: str) -> None:
        self._title = title
        self._words, _ = _words(text)
        self._runs = _runs(self._words)

    @cached_property
    def shingles(self) -> Numbers:
        """The distinct shingles, in ascending order."""
        return _distinct(self._runs)

    @cached_property
    def sketch(self) -> Sketch:
        size = min(max(len(self.shingles) // _ONE_IN, _LEAST), _MOST)
        return Sketch(len(self.shingles), (self.shingles[:size] >> np.uint64(1)).tolist())

    @cached_property
    def headline(self) -> Numbers:
        """The telling words of the headline."""
        words, lengths = _words(self._title)
        return _distinct(words[lengths >= _TELLING])

    def opening_in(self, common: Numbers) -> float:
        """The share of the text's opening that is among these shingles."""
        return float(_are_among(self._runs[:_OPENING], common).mean())

    def told_in(self, common: Numbers) -> float:
        """The share of the headline that stands in these shingles of the text; 1 for an empty headline."""
        if not len(self.headline):
            return 1.0
        starts = np.flatnonzero(_are_among(self._runs, common))
        within = np.sort(self._words[starts[:, None] + np.arange(_RUN)], axis=None)
        return float(_are_among(self.headline, within).mean())


class Likeness:
    """What two texts have in common. Page furniture, background, and what a newsletter or a live page gathers
    is in the opening of neither text; of the common words of two error pages no headline tells."""

    def __init__(self, one: Wording, other: Wording) -> None:
        self._both = (one, other)
        self._common = one.shingles[_are_among(one.shingles, other.shingles)]
        self._sizes = (len(one.shingles), len(other.shingles))

    @property
    def containment(self) -> float:
        """The share of the shorter text that stands in the other."""
        return len(self._common) / max(self.shorter, 1)

    @property
    def jaccard(self) -> float:
        """The share of both texts together that stands in both."""
        return len(self._common) / max(sum(self._sizes) - len(self._common), 1)

    @property
    def shorter(self) -> int:
        """How many shingles the shorter text has."""
        return min(self._sizes)

    @cached_property
    def openings(self) -> tuple[float, float]:
        """The share of the opening that is common: of the text with less of it, and of the other."""
        if not len(self._common):
            return 0.0, 0.0
        one, other = (wording.opening_in(self._common) for wording in self._both)
        return min(one, other), max(one, other)

    @property
    def headlines(self) -> float:
        """The share of the shorter headline's telling words that stand in the other."""
        one, other = (wording.headline for wording in self._both)
        common = _are_among(one, other)
        return float(common.sum()) / max(min(len(one), len(other)), 1)

    @cached_property
    def told(self) -> float:
        """The share of the headline's words that stand in the common wording: of the lesser told headline."""
        return min(wording.told_in(self._common) for wording in self._both) if len(self._common) else 0.0


def is_series(one: str, other: str) -> bool:
    """Whether two headlines differ in numbers and dates only: issues of a series, each with its own news."""
    (a, numbers_a), (b, numbers_b) = _counted(one), _counted(other)
    return bool(a) and a == b and numbers_a != numbers_b


def _counted(title: str) -> tuple[list[str], list[str]]:
    """The words of a headline, and apart from them its numbers and names of days and months."""
    words = _HEADLINE_WORD.findall(title.casefold())
    counts = [word for word in words if word[0].isdigit() or _DAY_OR_MONTH.fullmatch(word)]
    return [word for word in words if word not in counts], counts


def _distinct(numbers: Numbers) -> Numbers:
    """Each number once, in ascending order (`np.unique` takes five times as long)."""
    ordered = np.sort(numbers)
    return ordered[np.append(True, ordered[1:] != ordered[:-1])] if len(ordered) else ordered


def _are_among(numbers: Numbers, ordered: Numbers) -> Flags:
    """Which numbers are among those in ascending order (`np.isin` takes several times as long)."""
    if not len(ordered):
        return np.zeros(len(numbers), np.bool_)
    places = np.minimum(np.searchsorted(ordered, numbers), len(ordered) - 1)
    found: Flags = ordered[places] == numbers
    return found


def _runs(words: Numbers) -> Numbers:
    """A number for each run of four words, in order."""
    count = max(len(words) - _RUN + 1, 0)
    runs = words[:count]
    for place in range(1, _RUN):
        runs = _mixed(runs) + words[place : place + count]
    return _mixed(runs)


def _words(text: str) -> tuple[Numbers, Lengths]:
    """A number for each word, of its first letters, and how long the word is; house style is taken out."""
    words, lengths = _plain_words(text)
    known, stands_for = _house_style()
    whole = _whole(words, lengths)
    place = np.minimum(np.searchsorted(known, whole), len(known) - 1)
    words = np.where(known[place] == whole, stands_for[place], words)
    kept = words != 0
    return words[kept], lengths[kept]


@cache
def _house_style() -> tuple[Numbers, Numbers]:
    """Words that outlets write in their own ways, ascending, and what stands for each: a digit, or 0."""
    counted = range(1, len(_COUNTED.split()) + 1)
    digits = _plain_words(" ".join(map(str, counted)))[0].tolist()
    stands_for = dict.fromkeys(_whole(*_plain_words(_DROPPED)).tolist(), 0)
    stands_for |= zip(_whole(*_plain_words(_COUNTED)).tolist(), digits, strict=True)
    known = np.array(sorted(stands_for), np.uint64)
    return known, np.array([stands_for[word] for word in known.tolist()], np.uint64)


def _whole(words: Numbers, lengths: Lengths) -> Numbers:
    """Tells words with the same first letters apart by their lengths: "seven" is not "several"."""
    return _mixed(words) + lengths.astype(np.uint64)


def _plain_words(text: str) -> tuple[Numbers, Lengths]:
    """A number for each word, of its first letters, and how long the word is."""
    signs = np.frombuffer(text.casefold().encode("utf-32-le", "replace"), np.uint32)
    kinds = _kinds()[np.minimum(signs, 0xFFFF)]
    spoken = ~_silent(kinds)
    signs, kinds = signs[spoken], kinds[spoken]
    edges = np.diff((kinds == _LETTER).view(np.int8), prepend=0, append=0)
    starts = np.flatnonzero(edges == 1)
    lengths = np.flatnonzero(edges == -1) - starts
    padded = np.concatenate([signs, np.zeros(_LETTERS, np.uint32)]).astype(np.uint64)
    words = padded[starts]
    for place in range(1, _LETTERS):
        words = words << np.uint64(16) ^ padded[starts + place] * (lengths > place)
    return words, lengths


def _silent(kinds: NDArray[np.int8]) -> Flags:
    """Signs that part no words: apostrophes, points of initials (`U.S.`), commas within numbers (`1,200`)."""
    silent: Flags = kinds == _APOSTROPHE
    if len(kinds) > 2:
        letter = kinds == _LETTER
        lone = np.concatenate([[True], ~letter[:-3]])  # nothing, or no letter, stands before the letter
        parts_none = (kinds[1:-1] == _POINT) & lone | (kinds[1:-1] == _COMMA)
        silent[1:-1] |= parts_none & letter[:-2] & letter[2:]
    return silent


@cache
def _kinds() -> NDArray[np.int8]:
    """The kind of every sign of the first plane of Unicode."""
    kinds = np.fromiter((chr(sign).isalnum() for sign in range(0x10000)), np.int8, 0x10000)
    kinds[[ord(sign) for sign in "'\u2018\u2019\u02bc"]] = _APOSTROPHE
    kinds[ord(".")], kinds[ord(",")] = _POINT, _COMMA
    return kinds


def _mixed(numbers: Numbers) -> Numbers:
    """Numbers made to look like chance, the same on every machine."""
    mixed = (numbers ^ (numbers >> np.uint64(31))) * _SQUASH
    return mixed ^ (mixed >> np.uint64(29))
