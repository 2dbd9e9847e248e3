"""How well refusing works, and its weights fitted anew.

    python -m eval.refusal SUITE=HOME [SUITE=HOME ...] [-n N] [--data DIR] [--write]

Every question with a known source is judged twice: as it is, and as if the articles that hold the answer were
not in the archive. What still shows an expected answer without them is left out, for then it can be answered.
Questions that an archive cannot answer are judged once. A logistic regression learns to tell the two apart;
each suite counts the same. The figures printed are for each fifth of the questions with the weights of the
others; with --write the weights of all go to app/weights.json.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass, replace
from pathlib import Path

import numpy as np

from app.answering import HITS, Tools
from app.engine import Newsdesk
from app.refuse import NAMES, Coverage
from app.understand import Query
from eval.case import Case
from eval.fit import keep, section
from eval.logistic import Floats, auroc, fit_signed
from eval.metrics import holds
from eval.suites import load
from ingest.errors import UsageError
from ingest.progress import step

# Over all suites alike; those that need several articles are refused more often, the others less.
ANSWERED = 0.957
_FOLDS = 5
# What counts against an answer.
_AGAINST = frozenset(("strangers", "stale"))


@dataclass(frozen=True, slots=True)
class Judged:
    """The coverage of one question of one suite, and whether the archive can answer it."""

    suite: str
    id: str
    coverage: Coverage
    can_answer: bool


def judged(tools: Tools, suite: str, cases: Iterable[Case]) -> list[Judged]:
    """Cases of which nobody knows whether they can be answered are left out."""
    found = []
    for case in cases:
        query = tools.understand(case.question, as_of=case.as_of)
        if case.answerable is False:
            found += _judged(tools, suite, case, query, can_answer=False)
        elif case.answerable or case.gold:
            found += _judged(tools, suite, case, query, can_answer=True)
            without = replace(query, without=_ids(tools, query, case))
            found += _judged(tools, suite, case, without, can_answer=False)
    return found


def _ids(tools: Tools, query: Query, case: Case) -> frozenset[str]:
    """The ids of the articles that hold the answer, which a case may name by address or headline."""
    hits, _ = tools.find(query, 2 * HITS)
    named = {h.passage.article_id for h in hits if {h.passage.article_id, h.url, h.title} & set(case.gold)}
    return frozenset(named | set(case.gold))


def _judged(tools: Tools, suite: str, case: Case, query: Query, *, can_answer: bool) -> list[Judged]:
    """None or one: nothing is judged where there is nothing to quote, or where the label is wrong."""
    found = tools.look(query)
    sifted = tools.sift(found)
    shown = " ".join(f"{c.sentence.text} {c.article.title}" for c in sifted.sentences)
    if case.answers and holds(shown, case.answers) != can_answer:
        return []
    sentences = list(tools.writer.compose(sifted, tools.shortener.shares(sifted)))
    if not sentences:
        return []
    coverage = tools.judge.coverage(sifted, found.hits, found.articles, sentences)
    return [Judged(suite, case.id, coverage, can_answer)]


def fit(found: Sequence[Judged]) -> tuple[Floats, float]:
    """The weights, and the score that `ANSWERED` of the questions reach that can be answered.

    What speaks for an answer never comes out as speaking against it, and the other way round.
    """
    rows = np.array([astuple(one.coverage) for one in found])
    labels = np.array([one.can_answer for one in found])
    spread = rows.std(axis=0) + 1e-6
    scaled = (rows - rows.mean(axis=0)) / spread
    signs = np.array([-1.0 if name in _AGAINST else 1.0 for name in NAMES])
    counts = _counts(found)
    weights = fit_signed(scaled, labels.astype(float), counts, signs) / spread
    scores = (rows @ weights)[labels]
    needed = np.quantile(scores, 1 - ANSWERED, weights=counts[labels], method="inverted_cdf")
    return weights, float(needed)


def _counts(found: Sequence[Judged]) -> Floats:
    """How much each question counts: every suite the same, and in it those with and without an answer."""
    groups = [(one.suite, one.can_answer) for one in found]
    sizes = Counter(groups)
    return np.array([1.0 / sizes[group] for group in groups])


def crossed(found: Sequence[Judged]) -> list[float]:
    """How far each question is above the border, by the weights of the folds that it is not in."""
    ids = sorted({(one.suite, one.id) for one in found})
    fold = {id_: place % _FOLDS for place, id_ in enumerate(ids)}
    scores = [0.0] * len(found)
    for left_out in range(_FOLDS):
        weights, needed = fit([one for one in found if fold[one.suite, one.id] != left_out])
        for place, one in enumerate(found):
            if fold[one.suite, one.id] == left_out:
                scores[place] = float(np.array(astuple(one.coverage)) @ weights) - needed
    return scores


def described(found: Sequence[Judged], scores: Sequence[float]) -> str:
    """One line on how well these scores tell the two kinds of questions apart."""
    above = np.array(scores)
    can = np.array([one.can_answer for one in found])
    counted = f"{can.sum()} that can be answered, {(~can).sum()} that cannot"
    if can.all() or not can.any():
        return counted
    area, answered, refused = (
        auroc(above, can.astype(float)),
        (above[can] >= 0).mean(),
        (above[~can] < 0).mean(),
    )
    return f"{counted}: AUROC {area:.3f}, answers {answered:.3f}, refuses {refused:.3f} of them"


def main(arguments: Sequence[str] | None = None) -> None:
    """Prints how refusing does as shipped and as fitted; with --write keeps the fitted weights."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("archives", nargs="+", metavar="SUITE=HOME", help="a suite and its archive's folder")
    parser.add_argument("-n", type=int, metavar="N", help="only the first N questions of each suite")
    parser.add_argument("--data", type=Path, help="the folder of data sets")
    parser.add_argument("--write", action="store_true", help="keep the weights in app/weights.json")
    given = parser.parse_args(arguments)
    found: list[Judged] = []
    for named in given.archives:
        suite, equals, home = named.partition("=")
        if not equals:
            raise UsageError(f"{named!r} names no archive: write SUITE=HOME.")
        cases = load(suite, given.data)[: given.n]
        with Newsdesk.open(home) as desk, step(f"Judging {suite}", len(cases), "questions") as advance:
            for case in cases:
                found += judged(desk.tools, named, [case])
                advance(1)
    fitted = crossed(found)
    for suite in dict.fromkeys(one.suite for one in found):
        own = [one for one in found if one.suite == suite]
        scores = [score for one, score in zip(found, fitted, strict=True) if one.suite == suite]
        print(f"{suite}, as shipped: {described(own, [one.coverage.score for one in own])}")
        print(f"{suite}, fitted:     {described(own, scores)}")
    if given.write:
        keep({"refusal": section(NAMES, *fit(found))})


if __name__ == "__main__":
    main()
