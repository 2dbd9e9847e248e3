"""Correction notices: what a paper takes back, and what it puts in its place.

Reads "Correction: …", "An earlier version of this article said …. It …", "In our report … we said …; in fact
…", "… misstated the profit. It was X, not Y", "corrected to X from Y". It pairs a withdrawn value with the
one that is opposed to it, or that stands in the same place of what follows. Notices that do not say what was
wrong are left alone; where notices stand is known to `ingest.notices`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from app.story.figures import figures
from app.words import content_words, is_function_word, stem, stems, stems_of
from ingest.article import Article
from ingest.notices import notices
from ingest.sentences import sentence_spans

CorrectedKind = Literal["number", "date", "name"]

# So many words in common with the notice make a sentence the one that it withdraws.
_SAME_STATEMENT = 3
# The two values of an exchange stand so near each other, in characters.
_NEAR = 25
# How a notice tells what was said: in words of its own, or of the report's.
_SAID = re.compile(
    r"\b(?:(?P<plainly>said|wrote|claimed|suggested|implied)|stated|reported|gave|given|put|listed|described|"
    r"named|identified|called|mis(?!s(?:ed|ing)\b)\w+(?:ed|ote))\b",
    re.IGNORECASE,
)
# After these words stands what was said: "misstated the toll as 40", "reported that the vote was on 3 May".
_GIVEN = re.compile(r"\b(?:that|as|at|to be|was|were)\b|:", re.IGNORECASE)
# "Misstated when the vote was": here nothing does.
_UNTOLD = re.compile(r"\s*(?:when|where|who|whom|whose|how|what|which|whether|why)\b", re.IGNORECASE)
_QUOTED = re.compile(r"“[^“”]+”|\"[^\"]+\"|‘[^‘’]+’(?!\w)")
# Where a sentence turns from what was said to what is so.
_TURN = re.compile(
    r";|\bin fact\b|\bactually\b|\bwhereas\b|,? but (?=(?:it|he|she|they|there)\b)|"
    r"\bwhen (?=(?:it|there)\b)|\bshould have\b",
    re.IGNORECASE,
)
# What follows is short of all but the right value.
_PLAIN = re.compile(
    r"\W*(?:in fact,? )?(?:it|that|this|he|she|they|there|the (?:[\w-]+ ){1,3}?)\s?"
    r"(?:actually )?(?:is|are|was|were|has|have|had|will|should|took|takes|cost|costs)\b",
    re.IGNORECASE,
)
# What stands is opposed to what does not: "X, not Y", "not Y but X", "from Y to X", "to X from Y".
_SMALL = r"(?:(?:the|an?|in|on|at|by|for|of|to|about|some|only|just)\s+){0,3}"
_NOT = re.compile(
    rf"(?:(?P<mark>[,;—–]\s*(?:and\s+)?not|\s(?:and not|rather than|instead of))|\bnot)\s+{_SMALL}",
    re.IGNORECASE,
)
# "An earlier version gave it as 40 instead of 14": here what was said comes first.
_SAID_SO = re.compile(
    r"\b(?:earlier|previous|prior|original) [^.:;]*\b"
    r"(?:said|gave|put|listed|included|named|identified|described|mis\w+) "
    r"(?!.*(?:[:;]|\b(?:it|he|she|they|there|should)\b))",
    re.IGNORECASE,
)
_BUT = re.compile(rf"\s*,?\s*\bbut\s+{_SMALL}", re.IGNORECASE)
_MENDS = re.compile(r"\b(?:correct|amend|updat|revis|chang|fix)(?:s|ed|e|es|ing)?\b", re.IGNORECASE)
_FROM, _TO = (re.compile(rf"\b{word}\s+{_SMALL}", re.IGNORECASE) for word in ("from", "to"))
_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December|Jan\.|Feb\.|"
    r"Aug\.|Sept?\.|Oct\.|Nov\.|Dec\.)"
)
_DATE = re.compile(
    rf"\b\d{{1,2}} {_MONTH}(?: \d{{4}})?|\b{_MONTH} \d{{1,2}}(?:, \d{{4}})?|"
    r"\b\d{1,2}(?:[.:]\d\d)? ?[ap]\.?m\b\.?|"
    r"\b\d{1,2}:\d\d\b|\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|\b(?:19|20)\d\d\b"
)
_NAME = re.compile(r"(?:\b(?:St|Dr|Mr|Mrs|Ms|Prof)\. )?\b[A-Z][\w’'-]+(?: (?:of |de |van )?[A-Z][\w’'-]+)*")
_WORDS = re.compile(r"[\w’'-]+")


@dataclass(frozen=True, slots=True)
class Correction:
    """A value withdrawn and the one that stands: their spans in the article, and those of their sentences."""

    article: Article
    kind: CorrectedKind
    right: tuple[int, int]
    right_sentence: tuple[int, int]
    wrong: tuple[int, int]
    wrong_sentence: tuple[int, int]

    @property
    def right_text(self) -> str:
        return self.article.text[slice(*self.right)]

    @property
    def wrong_text(self) -> str:
        return self.article.text[slice(*self.wrong)]

    def takes_back(self, article: Article, sentence: str) -> bool:
        """Whether a sentence of another, earlier article of the same outlet gives the withdrawn value."""
        notice = self.article
        if article.id == notice.id or article.source != notice.source:
            return False
        if article.published and notice.published and article.published.epoch > notice.published.epoch:
            return False
        said = set(stems(sentence))
        value = stems_of(self.wrong_text)
        about = set(map(stem, content_words(notice.text[slice(*self.wrong_sentence)]))) - value
        return value <= said and len(said & about) >= _SAME_STATEMENT


@dataclass(frozen=True, slots=True)
class _Value:
    kind: CorrectedKind
    start: int
    end: int


# What stands, and what it takes the place of.
_Both = tuple[_Value, _Value]
_Span = tuple[int, int]


def corrections(article: Article) -> list[Correction]:
    """What the article corrects, of itself or of an earlier report."""
    found: list[Correction] = []
    for notice in notices(article.title, article.text):
        stretch = article.text[notice.start : notice.end]
        spans = [(notice.start + a, notice.start + b) for a, b in sentence_spans(stretch)]
        for place in range(len(spans)):
            found += _opposed(article, spans, place) or _retold(article, spans, place)
    return found


def _opposed(article: Article, spans: Sequence[_Span], place: int) -> list[Correction]:
    """From a sentence that has both values: "It was 19 million, not 90 million"."""
    text, span = article.text, spans[place]
    both = _contrasted(text, *span)
    if both is None and _MENDS.search(text[slice(*span)]):
        both = _exchanged(text, *span)
    if both is None:
        return []
    # What it is all about is told by the sentence before.
    told = place and _SAID.search(text[slice(*spans[place - 1])])
    return [_correction(article, both, span, (spans[place - 1][0] if told else span[0], span[1]))]


def _contrasted(text: str, start: int, end: int) -> _Both | None:
    """The value before a "not", "rather than" or "instead of", and the one right after it."""
    values = list(_values(text, start, end, opening=True))
    for found in _NOT.finditer(text, start, end):
        second = next((v for v in values if v.start == found.end()), None)
        if second is None:
            continue
        turn = _BUT.match(text, second.end, end)
        after = [v for v in values if turn and v.start == turn.end()]
        before = [v for v in reversed(values) if found["mark"] and v.end <= found.start()]
        if first := next((v for v in (*after, *before) if _can_replace(text, v, second)), None):
            return (second, first) if _SAID_SO.search(text[start : found.start()]) else (first, second)
    return None


def _exchanged(text: str, start: int, end: int) -> _Both | None:
    """The values of "from Y to X" or "to X from Y"."""
    # Names come and go "from Paris to London".
    values = [v for v in _values(text, start, end, opening=True) if v.kind != "name"]
    left, right = ({m.end() for m in opens.finditer(text, start, end)} for opens in (_FROM, _TO))
    for taken in values:
        for put in values:
            near = min(abs(put.start - taken.end), abs(taken.start - put.end)) <= _NEAR
            if taken.start in left and put.start in right and near and _can_replace(text, put, taken):
                return put, taken
    return None


def _retold(article: Article, spans: Sequence[_Span], place: int) -> list[Correction]:
    """From a sentence that tells what was said, and the rest of it, or a sentence beside it, that tells what
    is so."""
    text, span = article.text, spans[place]
    stretches = _stated(text, *span)
    if not stretches:
        return []
    turn = _TURN.search(text, stretches[0][0], span[1])
    if turn:
        stretches = [(a, min(b, turn.start())) for a, b in stretches]
        beside = [(turn.end(), span[1])]
    else:
        beside = [*spans[place + 1 : place + 2], *spans[max(0, place - 1) : place]]
    wrong = [value for stretch in stretches for value in _values(text, *stretch, opening=True)]
    for other in beside:
        if not turn and _contrasted(text, *other):
            return []  # told there
        right = list(_values(text, *other, opening=bool(turn)))
        if both := _pair(text, wrong, right, is_plain=bool(turn or _PLAIN.match(text, other[0]))):
            return [_correction(article, both, span if turn else other, span)]
    return []


def _stated(text: str, start: int, end: int) -> list[_Span]:
    """The parts of a sentence that give what was said; none where it only says that something was wrong."""
    found = _SAID.search(text, start, end)
    if found is None:
        return []
    if found["plainly"]:
        return [(found.end(), end)]
    given = _GIVEN.search(text, found.end(), end)
    if given and not _UNTOLD.match(text, found.end()):
        return [(given.end(), end)]
    return [quote.span() for quote in _QUOTED.finditer(text, start, end)]


def _correction(article: Article, both: _Both, right_sentence: _Span, wrong_sentence: _Span) -> Correction:
    put, taken = both
    right, wrong = (put.start, put.end), (taken.start, taken.end)
    return Correction(article, put.kind, right, right_sentence, wrong, wrong_sentence)


def _pair(text: str, wrong: list[_Value], right: list[_Value], *, is_plain: bool) -> _Both | None:
    """The two values that can replace each other and stand after (or before) the most equal words.

    Where none do, the only two, if it is plain that what holds the right one tells what is so.
    """
    both = [(put, taken) for taken in wrong for put in right if _can_replace(text, put, taken)]
    best = max(both, key=lambda two: _equal_around(text, *two), default=None)
    if best is None or _equal_around(text, *best):
        return best
    return best if len(both) == 1 and is_plain else None


def _can_replace(text: str, one: _Value, other: _Value) -> bool:
    """Whether two values differ and are of one kind: amounts of one unit, two years, two times of day."""
    a, b = (text[value.start : value.end] for value in (one, other))
    if one.kind != other.kind or stems_of(a) <= stems_of(b) or stems_of(b) <= stems_of(a):
        return False
    if one.kind == "date":
        return _shape(a) == _shape(b)
    return one.kind == "name" or len({figure.unit for text in (a, b) for figure in figures(text)}) == 1


def _shape(date: str) -> str:
    """What sort of date or time it is: with digits, months and days of the week made equal."""
    day = re.sub(r"\b[A-Z][a-z]+day\b", "D", date)
    return re.sub(r"[\W_]+|[ap]\.?m\b\.?", "", re.sub(r"\d+", "0", re.sub(_MONTH, "M", day)))


def _equal_around(text: str, one: _Value, other: _Value) -> int:
    before = [_WORDS.findall(text[max(0, v.start - 60) : v.start].lower())[::-1] for v in (one, other)]
    after = [_WORDS.findall(text[v.end : v.end + 40].lower()) for v in (one, other)]
    return 2 * _equal(*before) + _equal(*after)


def _equal(one: list[str], other: list[str]) -> int:
    count = 0
    for a, b in zip(one[:4], other[:4], strict=False):
        if a != b:
            break
        count += 1
    return count


def _values(text: str, start: int, end: int, *, opening: bool = False) -> Iterator[_Value]:
    """The dates, times, figures and names of a stretch; with `opening`, also a name that it begins with."""
    taken: list[tuple[int, int]] = []
    stretch = text[start:end]
    for found in _DATE.finditer(stretch):
        taken.append(found.span())
        yield _Value("date", start + found.start(), start + found.end())
    for figure in figures(stretch):
        if not any(a < figure.end and figure.start < b for a, b in taken):
            taken.append((figure.start, figure.end))
            yield _Value("number", start + figure.start, start + figure.end)
    for found in _NAME.finditer(stretch):
        opens = not any(c.isalnum() for c in stretch[: found.start()])
        if opens and not (opening and not is_function_word(found.group().split()[0])):
            continue
        if not any(a < found.end() and found.start() < b for a, b in taken):
            yield _Value("name", start + found.start(), start + found.end())
