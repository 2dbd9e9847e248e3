"""A judge held to what people said of the same claims: how far it can be trusted, and how much it agrees with
itself.

Any `Verifier` is a judge. Thresholds are chosen on other sets than they are tried on; documents are
resampled, not claims, since the claims of one document share its difficulty. How it looks is for others
(`eval.judge_report`).
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.verify import Evidence, Judgement, Verifier
from eval.case import json_lines
from eval.claims import Labelled
from eval.curves import Calibration, calibration
from eval.logistic import Floats, auroc, balanced_accuracy
from eval.stats import SEED
from ingest.article import Article
from ingest.errors import UsageError
from ingest.progress import step

# A set with fewer supported or unsupported claims has no AUROC worth the name.
TOO_FEW = 5
REPEATED = 200  # claims that are judged again
_RESAMPLES = 2_000
_BORDERS = 201
_AT_ONCE = 16


@dataclass(frozen=True, slots=True)
class Measure:
    """A figure with its 95 % interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class SetResult:
    """What a judge reached on one set of labels.

    `balanced` is at the threshold that was best on all sets of other makers (None when there are none), `own`
    at the border of the judge's own verdict "supported"; `against` is the share of the claims that people
    found supported and the judge calls contradicted.
    """

    name: str
    claims: int
    documents: int
    news: bool
    auroc: Measure
    threshold: float | None
    balanced: Measure | None
    own: Measure
    against: float


@dataclass(frozen=True, slots=True)
class Agreement:
    """The same claims judged again: the share of equal verdicts, and how far support moved, on average."""

    how: str
    claims: int
    same: float
    moved: float


@dataclass(frozen=True, slots=True)
class JudgeFindings:
    judge: str
    sets: tuple[SetResult, ...]
    belief: Calibration
    agreement: tuple[Agreement, ...]

    @property
    def mean_auroc(self) -> float | None:
        """Over the news sets, or over all when none is news."""
        chosen = [one for one in self.sets if one.news] or self.sets
        return float(np.mean([one.auroc.value for one in chosen])) if chosen else None

    def to_json(self) -> dict[str, Any]:
        return {**asdict(self), "mean_auroc": self.mean_auroc}


def own_labels(path: Path) -> list[Labelled]:
    """A user's labels: `claim`, `evidence` and `label` (true where supported) on each line, perhaps `set`.

    Raises UsageError naming the line that lacks one of them.
    """
    articles: dict[str, Article] = {}
    found = [_own(value, articles, path, number) for number, value in json_lines(path)]
    if not found:
        raise UsageError(f"{path} holds no labels: put one JSON object on each line.")
    return found


def _own(value: Any, articles: dict[str, Article], path: Path, number: int) -> Labelled:
    match value:
        case {"claim": str(claim), "evidence": str(text), "label": bool() | 0 | 1 as label} if text.strip():
            # The same text is the same document.
            article = articles.setdefault(text, Article(str(len(articles)), "", text))
            name, evidence = str(value.get("set") or path.stem), Evidence(article, 0, len(text))
            return Labelled(name, article.id, claim, evidence, bool(label))
    raise UsageError(
        f"{path}, line {number}: a label needs `claim` and `evidence` as text and `label` as true or false."
    )


def held_to_people(judge: Verifier, claims: Sequence[Labelled], repeats: int = 1) -> JudgeFindings:
    """Raises UsageError when no set has enough supported and unsupported claims."""
    judged = judgements(judge, claims, "Judging")
    sets = [name for name in dict.fromkeys(claim.set for claim in claims) if _is_enough(name, claims)]
    if not sets:
        raise UsageError(f"No set has {TOO_FEW} supported and {TOO_FEW} unsupported claims: too few to tell.")
    supports = np.array([one.support for one in judged], np.float64)
    labels = np.array([claim.supported for claim in claims], np.float64)
    belief = calibration(supports.tolist(), labels.astype(bool).tolist())
    assert belief is not None
    return JudgeFindings(
        judge=judge.name,
        sets=tuple(_on_set(name, claims, judged, supports, labels) for name in sets),
        belief=belief,
        agreement=tuple(_with_itself(judge, claims, judged, repeats)),
    )


def judgements(judge: Verifier, claims: Sequence[Labelled], label: str) -> list[Judgement]:
    found: list[Judgement] = []
    with step(label, len(claims), "claims") as advance:
        for start in range(0, len(claims), _AT_ONCE):
            some = claims[start : start + _AT_ONCE]
            found += judge.verify([(one.claim, [one.evidence]) for one in some])
            advance(len(some))
    return found


def _is_enough(name: str, claims: Sequence[Labelled]) -> bool:
    supported = [claim.supported for claim in claims if claim.set == name]
    return min(sum(supported), len(supported) - sum(supported)) >= TOO_FEW


def _on_set(
    name: str, claims: Sequence[Labelled], judged: Sequence[Judgement], supports: Floats, labels: Floats
) -> SetResult:
    sets = np.array([claim.set for claim in claims])
    here, makers = sets == name, np.array([maker(one) for one in sets])
    docs = [claim.doc for claim in claims if claim.set == name]
    own = np.array([one.verdict == "supported" for one in judged])[here]
    contradicted = np.array([one.verdict == "contradicted" for one in judged])[here]
    x, y = supports[here], labels[here]
    others = makers != maker(name)
    threshold = best_threshold(supports[others], labels[others], sets[others]) if others.any() else None
    return SetResult(
        name=name,
        claims=int(here.sum()),
        documents=len(set(docs)),
        news=next(claim.news for claim in claims if claim.set == name),
        auroc=by_document(docs, y, lambda at: auroc(x[at], y[at])),
        threshold=threshold,
        balanced=_balanced(docs, x, y, threshold),
        own=by_document(docs, y, lambda at: balanced_accuracy(own[at], y[at])),
        against=float(contradicted[y == 1].mean()),
    )


def _balanced(docs: Sequence[str], x: Floats, y: Floats, threshold: float | None) -> Measure | None:
    if threshold is None:
        return None
    return by_document(docs, y, lambda at: balanced_accuracy(x[at] >= threshold, y[at]))


def maker(name: str) -> str:
    """Sets of one recipe repeat each other: a threshold is not chosen on its own kin."""
    return re.split(r"[_-]", name)[0]


def best_threshold(supports: Floats, labels: Floats, sets: NDArray[np.str_]) -> float | None:
    """The support from which on calling claims supported gives the best balanced accuracy, each set alike."""
    parts = [sets == name for name in np.unique(sets)]
    parts = [part for part in parts if 0 < labels[part].sum() < part.sum()]
    if not parts:
        return None

    def reached(border: float) -> float:
        called = supports >= border
        return float(np.mean([balanced_accuracy(called[part], labels[part]) for part in parts]))

    return float(max(np.unique(np.quantile(supports, np.linspace(0, 1, _BORDERS))), key=reached))


def by_document(docs: Sequence[str], labels: Floats, figure: Callable[[NDArray[np.int64]], float]) -> Measure:
    """A figure with its 95 % interval, whole documents drawn again with replacement."""
    places: dict[str, list[int]] = {}
    for place, doc in enumerate(docs):
        places.setdefault(doc, []).append(place)
    groups, draw = [np.array(found) for found in places.values()], np.random.default_rng(SEED)
    values = []
    for _ in range(_RESAMPLES):
        at = np.concatenate([groups[i] for i in draw.integers(len(groups), size=len(groups))])
        if 0 < labels[at].sum() < len(at):
            values.append(figure(at))
    low, high = np.percentile(values, [2.5, 97.5])
    return Measure(figure(np.arange(len(docs))), float(low), float(high))


# Agreement with itself


def _with_itself(
    judge: Verifier, claims: Sequence[Labelled], judged: Sequence[Judgement], repeats: int
) -> Iterator[Agreement]:
    drawn = random.Random(SEED).sample(range(len(claims)), min(REPEATED, len(claims)))
    chosen, first = [claims[i] for i in drawn], [judged[i] for i in drawn]
    for turn in range(repeats):
        yield _agreement("asked again", first, judgements(judge, chosen, "Judging again"))
        turned = [_shuffled(claim, turn) for claim in chosen]
        yield _agreement("evidence in another order", first, judgements(judge, turned, "Judging, shuffled"))


def _shuffled(claim: Labelled, turn: int) -> Labelled:
    """The same claim with the paragraphs of its document in another order, or its sentences if it has one."""
    text = claim.evidence.text
    parts = [part for part in text.split("\n") if part.strip()]
    between = "\n"
    if len(parts) < 2:
        parts, between = re.split(r"(?<=[.!?]) +", text), " "
    turned = random.Random(f"{SEED} {turn} {claim.claim}").sample(parts, len(parts))
    if turned == parts:
        turned = parts[1:] + parts[:1]
    article = Article(claim.evidence.article.id, "", between.join(turned))
    return replace(claim, evidence=Evidence(article, 0, len(article.text)))


def _agreement(how: str, first: Sequence[Judgement], again: Sequence[Judgement]) -> Agreement:
    same = [one.verdict == other.verdict for one, other in zip(first, again, strict=True)]
    moved = [abs(one.support - other.support) for one, other in zip(first, again, strict=True)]
    return Agreement(how, len(same), sum(same) / len(same), sum(moved) / len(moved))
