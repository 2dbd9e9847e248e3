"""Whether the figures, names, dates, quotations and speakers of an answer are those of what it cites.

Simple rules of its own, on purpose: the verifier that every answer has passed would find nothing. What a
sentence says must stand in its citations' quotes; what is set in brackets is the editor's, and must stand in
the cited article or follow from its date. Nothing here understands: "31" is "31" whatever it counts.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from app.words import is_function_word
from eval.case import Record
from eval.metrics.base import by_id, normalise, sentences
from eval.shown import Shown

_FIGURE = re.compile(r"(?<![\w.])\d+(?:[.,]\d+)*")
_WORDS = """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
sixteen seventeen eighteen nineteen twenty""".split()
_TENS = dict(zip("thirty forty fifty sixty seventy eighty ninety".split(), range(30, 100, 10), strict=True))
_NUMBERS = {word: str(value) for value, word in enumerate(_WORDS)} | {w: str(v) for w, v in _TENS.items()}
# "one" is too often no number.
_SPELT = re.compile(rf"\b(?:{'|'.join(word for word in _NUMBERS if word != 'one')})\b", re.IGNORECASE)
_MONTHS = """January February March April May June July August September October November December""".split()
_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_DATE = re.compile(rf"\b(?:{'|'.join((*_DAYS, *_MONTHS))}|(?:1[89]|20)\d\d)\b")
_NAME = re.compile(r"(?<=[\w,;:] )[A-Z][\w’'-]*[a-z][\w’'-]*(?: [A-Z][\w’'-]*)*")
_QUOTED = re.compile(r"[“\"]([^“”\"]+)[”\"]")
_SAYING = "said|says|told|added|wrote|warned|argued|insisted|announced|according to"
_CAPITALS = r"[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)*"
_SPEAKER = re.compile(rf"([A-Z][\w’'-]+)(?:, [^,.]{{1,60}},)? (?:{_SAYING})\b|\b(?:{_SAYING}) ({_CAPITALS})")
# Shorter quotations are nicknames and single words held at arm's length.
_LEAST_QUOTED = 3
_NEAR = 120


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence of an answer: its own words, the editor's, and what it may lean on for each."""

    own: str
    added: str
    quotes: tuple[str, ...]
    articles: tuple[Shown, ...]

    @property
    def around(self) -> str:
        """All that the cited articles say, with their date."""
        return " ".join(f"{a.title} {a.text} {_dated(a)}" for a in self.articles)


def figures(text: str) -> set[str]:
    """The numbers in a text, whether in figures or words, without separators: "1,000" is "1000"."""
    written = {found.replace(",", "") for found in _FIGURE.findall(text)}
    return written | {_NUMBERS[found.lower()] for found in _SPELT.findall(text)}


def dates(text: str) -> set[str]:
    """The weekdays, months and years in a text."""
    return set(_DATE.findall(text))


def names(text: str) -> set[str]:
    """The words with capitals, but for those that any sentence may begin with, days and months."""
    words = {word for run in _NAME.findall(text) for word in re.findall(r"\w+", run.replace("’s", ""))}
    capitals = {word for word in words if word[0].isupper() and len(word) > 2}
    return {word for word in capitals if not is_function_word(word)} - {*_DAYS, *_MONTHS}


def number_agreement(record: Record) -> float | None:
    """Share of the answer's numbers that stand in the quotes of their own sentence.

    Dates' years count with `date_agreement`. Does not apply to an answer without numbers, nor to a refusal.
    """
    return _share(record, lambda text: figures(text) - dates(text))


def date_agreement(record: Record) -> float | None:
    """Share of the answer's weekdays, months and years that stand in the quotes of their own sentence.

    In brackets also what follows from the article's date. Not for an answer without dates, nor a refusal.
    """
    return _share(record, dates)


def name_agreement(record: Record) -> float | None:
    """Share of the words of the answer's names that stand in the quotes of their own sentence.

    In brackets those of the cited article. Does not apply to an answer without names, nor to a refusal.
    """
    return _share(record, names, found_in=lambda text: set(re.findall(r"\w+", text)))


def quote_agreement(record: Record) -> float | None:
    """Share of the answer's quotations that stand within one citation of their sentence, word for word.

    Quotation marks, dashes and case aside. Of three words or more; one stitched from two articles stands in
    neither. Does not apply to an answer without quotations, nor to a refusal.
    """
    found = [
        any(f" {normalise(words)} " in f" {normalise(quote)} " for quote in one.quotes)
        for one in _said(record)
        for words in _QUOTED.findall(one.own)
        if len(words.split()) >= _LEAST_QUOTED
    ]
    return sum(found) / len(found) if found else None


def speaker_agreement(record: Record) -> float | None:
    """Share of the answer's speakers who stand beside a verb of saying in what their sentence cites.

    A speaker is the name beside such a verb; it may stand anywhere in the cited article within 120 characters
    of one. Does not apply to an answer without speakers, nor to a refusal.
    """
    found = [
        bool(re.search(rf"\b{name}\b.{{0,{_NEAR}}}\b(?:{_SAYING})\b|\b(?:{_SAYING})\b.{{0,{_NEAR}}}\b{name}\b",
                       f"{' '.join(one.quotes)} {one.around}", re.DOTALL))
        for one in _said(record)
        for name in _speakers(one.own)
    ]  # fmt: skip
    return sum(found) / len(found) if found else None


def _speakers(text: str) -> list[str]:
    """The last words of the names beside verbs of saying."""
    found = [(m.group(1) or m.group(2)).split()[-1] for m in _SPEAKER.finditer(text)]
    return [
        re.escape(name) for name in found if name not in (*_DAYS, *_MONTHS) and name.lower() not in _PRONOUNS
    ]


_PRONOUNS = frozenset("he she they it i we you who that this".split())


def _share(
    record: Record, things: Callable[[str], set[str]], found_in: Callable[[str], set[str]] | None = None
) -> float | None:
    """Of the things that the sentences name, how many their evidence has too."""
    there = found_in or things
    borne_out: list[bool] = []
    for one in _said(record):
        quoted = set().union(*(there(f"x {quote}") for quote in one.quotes))
        borne_out += [thing in quoted for thing in sorted(things(f"x {one.own}"))]
        if one.added:
            known = quoted | there(f"x {one.around}")
            borne_out += [thing in known for thing in sorted(things(f"x {one.added}"))]
    return sum(borne_out) / len(borne_out) if borne_out else None


def _said(record: Record) -> list[Said]:
    shown = by_id(record)
    return [_read(sentence, shown) for sentence in sentences(record)]


def _read(sentence: Mapping[str, Any], shown: Mapping[str, Shown]) -> Said:
    text, spans = sentence["text"], sentence.get("added", [])
    cited = [citation["article_id"] for citation in sentence["citations"]]
    return Said(
        own="".join(c for i, c in enumerate(text) if not any(a <= i < b for a, b in spans)),
        added=" ".join(text[a:b] for a, b in spans),
        quotes=tuple(citation["quote"] for citation in sentence["citations"]),
        articles=tuple(shown[id_] for id_ in dict.fromkeys(cited) if id_ in shown),
    )


def _dated(article: Shown) -> str:
    """What an editor may take from the date of an article: its year, those beside it, months and weekdays."""
    if article.when is None:
        return ""
    year = article.when.start.year
    return " ".join(map(str, (year - 1, year, year + 1, *_MONTHS, *_DAYS)))
