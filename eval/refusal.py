"""How well refusing works, and the constants of `app.refuse` fitted anew.

    python -m eval.refusal SUITE [--home DIR] [--data DIR]

Every question that the archive answers is judged twice: as it is, and with the articles that hold the answer
taken out of what is found. The questions that it does not answer are judged once. It knows how coverage is
told (`app.refuse`), not how it is used.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import product
from pathlib import Path

import numpy as np

from app.answer import Hit
from app.likeness import Reader
from app.refuse import Coverage, Judge
from app.retrieve import Retriever
from app.understand import Query, understand
from app.words import rarity
from app.write import ExtractiveWriter
from eval.case import Case
from eval.suites import load
from ingest.archive import Archive
from ingest.embed import open_embedder
from ingest.indexes import Indexes
from ingest.settings import home_folder

ANSWERED = 0.95
_HITS, _DEEPER, _SPARE = 10, 3, 4


@dataclass(slots=True)
class Judged:
    """The coverage of questions that the archive answers, and of those that it does not."""

    covered: list[Coverage] = field(default_factory=list)
    uncovered: list[Coverage] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Fit:
    """Constants of `app.refuse`, and the shares that they answer and refuse."""

    strangers: float
    stale: float
    needed: float
    answered: float
    refused: float

    def __str__(self) -> str:
        return (
            f"strangers {self.strangers:.2f}, stale {self.stale:.2f}, needed {self.needed:.3f}: "
            f"answers {self.answered:.3f} of what it can, refuses {self.refused:.3f} of what it cannot"
        )


class Bench:
    """One open archive with what judges its questions."""

    def __init__(self, home: Path) -> None:
        self._archive = Archive(home)
        indexes = Indexes(self._archive)
        model = open_embedder()
        reader, words = Reader(model), indexes.lexical
        idf = lru_cache(100_000)(rarity(words.count(), words.frequency_of))
        self._retriever = Retriever(self._archive, indexes, model)
        self._writer, self._judge = ExtractiveWriter(reader, idf), Judge(reader, idf)

    def judged(self, cases: Iterable[Case]) -> Judged:
        """Cases of which nobody knows whether they can be answered are left out."""
        judged = Judged()
        for case in cases:
            if case.answerable is None and not case.gold:
                continue
            query = understand(case.question, as_of=case.as_of)
            if case.answerable is False:
                judged.uncovered += self._coverage(query, ())
            else:
                judged.covered += self._coverage(query, ())
                judged.uncovered += self._coverage(query, case.gold)
        return judged

    def _coverage(self, query: Query, without: Sequence[str]) -> list[Coverage]:
        """None or one: nothing is judged where there is nothing to quote."""
        found, articles = self._retriever.search(query, _HITS + _SPARE, deeper=_DEEPER + _SPARE)
        hits = _first(found, without)
        sentences = list(self._writer.write(query, hits, articles))
        return [self._judge.coverage(query, articles, sentences)] if sentences else []


def _first(found: Sequence[Hit], without: Sequence[str]) -> list[Hit]:
    """The hits as the engine would have them, had the archive not the articles named."""
    kept = [hit for hit in found if not {hit.passage.article_id, hit.url, hit.title} & set(without)]
    order = list(dict.fromkeys(hit.passage.article_id for hit in kept))[:_HITS]
    best = [next(hit for hit in kept if hit.passage.article_id == id_) for id_ in order]
    deeper = [hit for hit in kept if hit.passage.article_id in order[:_DEEPER] and hit not in best]
    return best + deeper


def auroc(high: Sequence[float], low: Sequence[float]) -> float:
    """The chance that one of the high is above one of the low; ties count half (Hanley and McNeil 1982)."""
    above = np.subtract.outer(np.asarray(high), np.asarray(low))
    return float((above > 0).mean() + (above == 0).mean() / 2)


def fit(judged: Judged, answered: float = ANSWERED) -> Fit:
    """The constants that refuse most of the uncovered while this share of the covered is answered."""
    fits = [
        _at(judged, strangers / 10, stale / 20, answered) for strangers, stale in product(range(11), range(5))
    ]
    return max(fits, key=lambda fit: fit.refused)


def _at(judged: Judged, strangers: float, stale: float, answered: float) -> Fit:
    covered, uncovered = (
        np.array([c.likeness - strangers * c.strangers - stale * c.stale for c in coverages])
        for coverages in (judged.covered, judged.uncovered)
    )
    needed = float(np.quantile(covered, 1 - answered))
    return Fit(
        strangers, stale, needed, float((covered >= needed).mean()), float((uncovered < needed).mean())
    )


def main(arguments: Sequence[str] | None = None) -> None:
    """Prints how the shipped constants do on a suite, and what would be fitted to it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("suite")
    parser.add_argument("--home", help="the archive's folder")
    parser.add_argument("--data", type=Path, help="the folder of data sets")
    given = parser.parse_args(arguments)
    judged = Bench(home_folder(given.home)).judged(load(given.suite, given.data))
    scores = [[c.score for c in coverages] for coverages in (judged.covered, judged.uncovered)]
    answered, refused = (np.mean(np.array(s) >= 0) for s in scores)
    print(f"{len(scores[0])} that can be answered, {len(scores[1])} that cannot: AUROC {auroc(*scores):.3f}")
    print(f"as shipped: answers {answered:.3f} of what it can, refuses {1 - refused:.3f} of what it cannot")
    print(f"fitted:     {fit(judged)}")


if __name__ == "__main__":
    main()
