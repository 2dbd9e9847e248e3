"""Near-copies: two sentences with the same words around another value.

Outlets print the same agency report; where one of the copies has another name, number or date in one place,
the reports differ on that value and on nothing else. It compares wording and does not know which is right.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Literal

from app.agree.polarity import opposed
from app.agree.reading import base
from app.story.figures import figures, value_of
from app.words import is_function_word, stem
from ingest.sentences import sentence_spans

ValueKind = Literal["name", "number", "date", "outcome"]

# So many words, and this share of the longer sentence, must be the same.
_SHARED_WORDS = 6
_SHARED = 0.6
# The longest value, in words.
_LONGEST = 5
# So many sentences that are not in the other text are compared with it.
_COMPARED = 40
# From this share of common shingles on, one text is a copy of the other.
COPY = 0.5

_TOKEN = re.compile(r"[^\W_]+(?:[.,’'-][^\W_]+)*|[$€£¥%]")
_WORD = re.compile(r"[^\W_]+")
_LETTER = re.compile(r"[^\W_]")
_CENTURY = re.compile(r"^(?:19|20)(?=\d\d$)")
# Shorter names that differ by one letter are two ("Iran", "Iraq").
_LONG_NAME = 6
_MONTHS = frozenset(
    "january february march april may june july august september october november december "
    "jan feb mar apr jun jul aug sep sept oct nov dec".split()
)
# A time of day is told in many spellings, and seldom asked for.
_CLOCK = re.compile(r"[:.]?\s?\d{0,2}\s?[ap]\.?m\b", re.IGNORECASE)
_DAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday".split())
_DATE = re.compile(
    r"(?:\d{1,2}(?:st|nd|rd|th)?\s+)?(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?"
    r"(?:\s+\d{1,2}(?:st|nd|rd|th)?\b)?(?:,?\s+\d{4})?|\b\d{4}\b"
)


@dataclass(frozen=True, slots=True)
class Difference:
    """Where two near-copies differ: the spans of the values in the one and the other, and their kind.

    An "outcome" is a verb that is negated or replaced by its opposite: "approved" and "rejected".
    """

    kind: ValueKind
    one: tuple[int, int]
    other: tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Tokens:
    words: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]
    kept: frozenset[str]


@lru_cache(maxsize=2048)
def _tokens(sentence: str) -> _Tokens:
    found = [(m.group().casefold(), m.span()) for m in _TOKEN.finditer(sentence)]
    words = tuple(word for word, _ in found)
    return _Tokens(words, tuple(span for _, span in found), frozenset(words))


def likeness(one: str, other: str) -> float:
    """The share of their words that two sentences have in common (Jaccard)."""
    a, b = _tokens(one).kept, _tokens(other).kept
    return len(a & b) / len(a | b) if a and b else 0.0


def is_copy(one: str, other: str) -> bool:
    """Whether two texts share so many runs of three words that one is a copy of the other."""
    a, b = _shingles(one), _shingles(other)
    return bool(a and b) and len(a & b) / min(len(a), len(b)) >= COPY


@lru_cache(maxsize=1024)
def _shingles(text: str) -> frozenset[tuple[str, ...]]:
    words = _tokens(text).words
    return frozenset(zip(words, words[1:], words[2:], strict=False))


@lru_cache(maxsize=512)
def contradict(one: str, other: str) -> bool:
    """Whether two texts have a sentence in the same words around another value.

    For reprints of one report: what stands in both alike is not compared.
    """
    ours, theirs = (_by_words(text) for text in (one, other))
    own = [ours[words] for words in ours.keys() - theirs.keys()][:_COMPARED]
    others = [theirs[words] for words in theirs.keys() - ours.keys()][:_COMPARED]
    return any(difference(a, b) is not None for a in own for b in others)


def _by_words(text: str) -> dict[tuple[str, ...], str]:
    sentences = (text[a:b] for a, b in sentence_spans(text))
    return {_tokens(sentence).words: sentence for sentence in sentences}


def difference(one: str, other: str) -> Difference | None:
    """The one value in which two near-copies differ; None for copies, and for sentences that are no twins."""
    a, b = _tokens(one), _tokens(other)
    if len(a.kept & b.kept) < _SHARED * max(len(a.kept), len(b.kept)) or a.words == b.words:
        return None
    changes = _changes(a, b)
    if not changes or len(changes) > 3:
        return None
    told = [_difference(one, other, a, b, change) for change in changes]
    first = max(told, key=lambda d: (d.one[1] - d.one[0]) if d else 0)
    if first is None or any(d is None or not _repeats(one, other, d, first) for d in told):
        return None
    return first


_Change = tuple[int, int, int, int]


def _changes(a: _Tokens, b: _Tokens) -> list[_Change]:
    """The runs of words that differ, small words aside; nothing when too little is the same."""
    codes = SequenceMatcher(None, a.words, b.words, autojunk=False).get_opcodes()
    same = sum(i2 - i1 for tag, i1, i2, _, _ in codes if tag == "equal")
    if same < _SHARED_WORDS or same < _SHARED * max(len(a.words), len(b.words)):
        return []
    changes: list[_Change] = []
    for tag, i1, i2, j1, j2 in codes:
        differing = (*a.words[i1:i2], *b.words[j1:j2])
        small = all(is_function_word(word) or _is_negation(word) for word in differing)
        if tag == "equal" or (small and not any(map(_is_negation, differing))):
            continue
        if small:  # "not": tell it with the word that it negates
            more = _to_content(a.words[i2:])
            i2, j2 = min(i2 + more, len(a.words)), min(j2 + more, len(b.words))
        near = changes and i1 - changes[-1][1] <= 1 and j1 - changes[-1][3] <= 1
        if near:
            i1, j1 = changes[-1][0], changes[-1][2]
            changes.pop()
        changes.append((i1, i2, j1, j2))
    return changes


def _difference(one: str, other: str, a: _Tokens, b: _Tokens, change: _Change) -> Difference | None:
    if _is_turned(a.words[slice(*change[:2])], b.words[slice(*change[2:])]):
        return Difference("outcome", _span(a, *change[:2]), _span(b, *change[2:]))
    i1, i2 = _trimmed(a.words, *change[:2])
    j1, j2 = _trimmed(b.words, *change[2:])
    if not 0 < i2 - i1 <= _LONGEST or not 0 < j2 - j1 <= _LONGEST:
        return None
    left, right = _span(a, i1, i2), _span(b, j1, j2)
    kind = _kind(one[slice(*left)], a.words[i1:i2])
    if kind is None or kind != _kind(other[slice(*right)], b.words[j1:j2]):
        return None
    if _CLOCK.match(one[left[1] :]) or _CLOCK.match(other[right[1] :]):
        return None
    if kind == "number":
        left, right = _whole_figure(one, left), _whole_figure(other, right)
    if kind == "date" or (kind == "number" and (_in_date(one, left) or _in_date(other, right))):
        left, right = _whole_date(one, left), _whole_date(other, right)
        kind = "date"
    if _same(one[slice(*left)], other[slice(*right)], kind):
        return None
    return Difference(kind, left, right)


def _span(tokens: _Tokens, start: int, end: int) -> tuple[int, int]:
    return tokens.spans[start][0], tokens.spans[end - 1][1]


def _is_turned(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether one run of words is the other negated, or its opposite."""
    a, b = (
        [base(word) for word in words if not (is_function_word(word) or _is_negation(word))]
        for words in (one, other)
    )
    if any(map(_is_negation, one)) != any(map(_is_negation, other)):
        return bool(a) and a == b and _ELSE_NEGATIVE.isdisjoint((*one, *other))
    return len(a) == len(b) == 1 and opposed(a[0], b[0])


# "Advised against eating" is "advised not to eat".
_ELSE_NEGATIVE = frozenset("against without neither nor none".split())


def _is_negation(word: str) -> bool:
    return word in ("not", "never", "cannot", "no") or word.endswith(("n't", "n’t"))


def _to_content(words: tuple[str, ...]) -> int:
    """How many words it takes to the first that is not small, that one included: "be closed"."""
    place = next((i for i, word in enumerate(words) if not is_function_word(word)), 0)
    return place + 1 if place < _LONGEST else 1


def _trimmed(words: tuple[str, ...], start: int, end: int) -> tuple[int, int]:
    """A run of words without the small ones at its ends."""
    while start < end and is_function_word(words[start]):
        start += 1
    while start < end and is_function_word(words[end - 1]):
        end -= 1
    return start, end


def _kind(text: str, words: tuple[str, ...]) -> ValueKind | None:
    if any(word in _DAYS for word in words):
        return None  # says the day of the report, not of what happened
    if any(word in _MONTHS for word in words):
        return "date"
    if all(
        word[0].isdigit() or value_of(word) is not None or word in "$€£¥%" or word in _SCALES
        for word in words
    ):
        return "number"
    parts = [part for part in _TOKEN.findall(text) if not is_function_word(part) and part.casefold() != "s"]
    return "name" if parts and all(part[0].isupper() or part[0].isdigit() for part in parts) else None


_SCALES = frozenset("hundred thousand million billion trillion percent per cent m bn".split())


def _in_date(sentence: str, span: tuple[int, int]) -> bool:
    return any(m.start() <= span[0] and span[1] <= m.end() for m in _DATE.finditer(sentence))


def _whole_date(sentence: str, span: tuple[int, int]) -> tuple[int, int]:
    """The date that a part of it stands in."""
    for found in _DATE.finditer(sentence):
        if found.start() < span[1] and span[0] < found.end():
            return min(found.start(), span[0]), max(found.end(), span[1])
    return span


def _whole_figure(sentence: str, span: tuple[int, int]) -> tuple[int, int]:
    """The figure, with its sign and unit, that a part of it stands in."""
    for figure in figures(sentence):
        if figure.start < span[1] and span[0] < figure.end:
            return min(figure.start, span[0]), max(figure.end, span[1])
    return span


def _same(one: str, other: str, kind: ValueKind) -> bool:
    """Whether two values are one in another spelling: "11" and "eleven", "General Glynn" and "Glynn",
    "15-cent" and "15 cent", "1984" and "’84", "Maryland" and "Md."."""
    if _letters(one) == _letters(other) or (kind != "name" and _short_years(one) == _short_years(other)):
        return True
    if kind == "number" and [(f.value, f.unit) for f in figures(one)] == [
        (f.value, f.unit) for f in figures(other)
    ]:
        return True
    a, b = (frozenset(map(stem, _WORD.findall(text))) for text in (one, other))
    if kind == "name":
        return bool(a & b) or _is_short_for(*sorted((one, other), key=len)) or _is_slip(one, other)
    if kind == "date":
        a, b = (
            frozenset(w[:3] for w in words) | frozenset(w for w in words if w.isdigit()) for words in (a, b)
        )
    return a <= b or b <= a


def _letters(text: str) -> str:
    return "".join(_LETTER.findall(text.casefold()))


def _short_years(text: str) -> list[str]:
    """The words and numbers of a value, years with their last two digits alone."""
    return [_CENTURY.sub("", word) for word in _WORD.findall(text.casefold())]


def _is_short_for(short: str, long: str) -> bool:
    """Whether one name is the beginning of another, or its initials."""
    initials = "".join(word[0] for word in _TOKEN.findall(long) if word[0].isupper())
    return _letters(long).startswith(_letters(short)) or short.replace(".", "").upper() == initials


def _is_slip(one: str, other: str) -> bool:
    """Whether two longer names differ by one letter, as spellings do: "Creaven" and "Creavan"."""
    if min(len(one), len(other)) < _LONG_NAME:
        return False
    codes = SequenceMatcher(None, one, other, autojunk=False).get_opcodes()
    return sum(max(i2 - i1, j2 - j1) for tag, i1, i2, j1, j2 in codes if tag != "equal") <= 1


def _repeats(one: str, other: str, part: Difference, whole: Difference) -> bool:
    """Whether a difference is the same change again, perhaps with the surname only."""
    left = set(_TOKEN.findall(one[slice(*part.one)])) <= set(_TOKEN.findall(one[slice(*whole.one)]))
    right = set(_TOKEN.findall(other[slice(*part.other)])) <= set(_TOKEN.findall(other[slice(*whole.other)]))
    return left and right
