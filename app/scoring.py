"""What speaks for a sentence as an answer, and how much.

The weights were fitted to dated news questions and to questions with known answers over small archives;
both kinds gave nearly the same ones, and they are rounded. This module scores a sentence; which sentences
there are, and which are chosen in the end, is decided in `app.write`.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from app.asking import Kind
from app.quotable import Quotable

# What may change while a story runs: of two reports the later one is worth more.
_CHANGING: frozenset[Kind] = frozenset(("count", "money", "percent", "time", "yes_no"))
_FRESH_DAYS = 30.0
_DAY = 86_400
_YEAR = re.compile(r"(?<![\d,.$€£])(?:19|20)\d\d(?![\d,]|\.\d)")
_ASKS = re.compile(r"\?[\"”’')\]]*$")


@dataclass(frozen=True, slots=True)
class Signals:
    """What can be told of a sentence before it is read by a model; each in 0..1.

    `passage`: the retrieval score of its article as a share of the best. `rank`: 1 for the first article,
    1/2 for the second, and so on. `inside`: whether it stands in its article's best passage. `coverage`: the
    share of the question's words, by rarity, that it, the sentence before it and the headline have. `kind`:
    whether it holds the kind of thing asked for. `early`: near 1 at the beginning of the article. `fresh`: 1
    in the newest report on the matter, halved by thirty days, where the answer may change. `newest`: the same
    of all reports found, where the question asks for news: a report of years ago cannot be meant. `elsewhen`:
    whether it tells of another year than the question names. `asks`: whether it is itself a question.
    """

    passage: float
    rank: float
    inside: float
    coverage: float
    kind: float
    early: float
    fresh: float
    newest: float
    elsewhen: float
    asks: float

    @property
    def score(self) -> float:
        return (
            0.75 * self.passage
            + 0.2 * self.rank
            + 0.1 * self.inside
            + 0.4 * self.coverage
            + 0.55 * self.kind
            + 0.25 * self.early
            + 0.45 * self.fresh
            + 1.2 * self.newest
            - 1.0 * self.elsewhen
            - 2.0 * self.asks
        )


def with_model(signals: float, meaning: float, wording: float) -> float:
    """The whole score: the signals' with the cosine and the likeness of wording."""
    return signals + meaning + 0.3 * wording


def early(sentence: Quotable) -> float:
    return math.exp(-sentence.place / 8)


def asks(sentence: Quotable) -> float:
    return float(bool(_ASKS.search(sentence.text)))


def years_in(text: str) -> frozenset[int]:
    """The years that a text names."""
    return frozenset(int(year) for year in _YEAR.findall(text))


def elsewhen(asked: frozenset[int], sentence: Quotable, title: str, published: int | None) -> float:
    """Whether a sentence is of another year than those asked for: it names another, or its report is older
    or younger and does not say the year either. `published` is the report's year."""
    if not asked:
        return 0.0
    own = years_in(sentence.text)
    if own:
        return float(own.isdisjoint(asked))
    around = years_in(f"{sentence.before.text if sentence.before else ''} {title}")
    return float(around.isdisjoint(asked) and published not in asked)


def fresh(published: int | None, newest: int | None) -> float:
    """How new a report is beside the newest, both in epoch seconds; nothing where either is not known."""
    if published is None or newest is None:
        return 0.0
    return math.exp2(-max(0, newest - published) / _DAY / _FRESH_DAYS)


def is_changing(kind: Kind) -> bool:
    """Whether the answer to a question of this kind changes while a story runs."""
    return kind in _CHANGING
