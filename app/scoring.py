"""How likely a sentence is to answer a question: the signals and their weights.

The weights were fitted on dated news questions and on questions with known answers over small archives, and
rounded. They differ little between the two; see docs/answers.md for the measurements. This module scores;
it neither finds sentences nor chooses among them.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.asking import Asked
from app.holding import holds
from app.words import covered_share, is_function_word, stem, stems
from ingest.embed import TokenVectors

Idf = Callable[[str], float]

# Kinds of answers that change while a story runs: of two reports the later one is worth more.
_CHANGING = frozenset(("count", "money", "percent", "time", "yes_no"))
_DAY = 86_400
_FRESH_DAYS = 30.0


@dataclass(frozen=True, slots=True)
class Signals:
    """What speaks for a sentence; each in 0..1.

    passage     the retrieval score of its article, as a share of the best
    rank        1 for the first article, 1/2 for the second, ...
    inside      whether it stands in its article's best passage
    coverage    the share of the question's words, by rarity, in it, the sentence before and the title
    kind        whether it holds the kind of thing asked for
    early       near 1 at the beginning of the article, near 0 after twenty sentences
    fresh       1 for the newest report found, halved every thirty days, where the answer may have changed
    asks        whether it is a question itself, or reports a mistake only to correct it
    meaning     cosine with the question
    wording     how well each word of the question finds its like, weighted by rarity
    """

    passage: float
    rank: float
    inside: float
    coverage: float
    kind: float
    early: float
    fresh: float
    asks: float

    def prior(self) -> float:
        """The score before anything is embedded."""
        return (
            0.6 * self.passage
            + 0.35 * self.rank
            + 0.15 * self.inside
            + 0.55 * self.coverage
            + 0.5 * self.kind
            + 0.25 * self.early
            + 0.4 * self.fresh
            - 0.7 * self.asks
        )
