"""Fits the weights of the default verifier, and measures it against human labels and planted errors.

    python -m eval.verifier train   --data DIR [--limit N]    writes app/verifier.json
    python -m eval.verifier judge   --data DIR [--limit N]    AUROC for each set, with 95 % intervals
    python -m eval.verifier planted [--home DIR] [--limit N]  errors planted into an archive's sentences

It knows how a verifier is measured, neither how it compares nor where claims come from (`eval.claims`).
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

import numpy as np
from numpy.typing import NDArray

from app.agree.features import MET, NAMES, features
from app.agree.verifier import AgreementVerifier, Part, decide
from app.agree.weigh import FILE, Weights, shipped
from app.answer import Verdict
from app.likeness import Reader
from app.verify import Judgement
from eval.claims import PLANTED, SEED, STRANGE, Labelled, labelled, planted, sample_articles, strange
from eval.judge import TOO_FEW, by_document
from eval.logistic import Floats, auroc, balanced_accuracy, calibrate, chance, fit_signed
from eval.planted import KINDS, REWORDED
from ingest.archive import Archive
from ingest.embed import open_embedder

Mask = NDArray[np.bool_]

# What the shipped weights are fitted to: no news, only sets whose licences allow it (docs/verification.md).
FITTED_TO = (
    "summedits_qmsumm",
    "summedits_sales_call",
    "summedits_sales_email",
    "summedits_scitldr",
    "wice_claim",
)
# A claim is called supported when that is half as likely again as the contrary; unsupported where only this
# share of the claims lies that people found supported.
_SUPPORTED, _LOST = 0.6, 0.1
_AT_ONCE = 16
_REMEMBERED = 4_096


@dataclass(frozen=True, slots=True)
class Compared:
    """A labelled claim, and what became of its sentences."""

    claim: Labelled
    parts: tuple[Part, ...]


def verifier() -> AgreementVerifier:
    """The default one, with a memory for the documents that many claims share."""
    return AgreementVerifier(Reader(open_embedder(), keep=_REMEMBERED))


def compare(model: AgreementVerifier, claims: Sequence[Labelled]) -> list[Compared]:
    found: list[Compared] = []
    for start in range(0, len(claims), _AT_ONCE):
        some = claims[start : start + _AT_ONCE]
        parts = model.compare([(one.claim, [one.evidence]) for one in some])
        found += [Compared(one, tuple(of_one)) for one, of_one in zip(some, parts, strict=True)]
    return found


# Fitting


def fit(compared: Sequence[Compared]) -> Weights:
    """Weights from what tells supported from unsupported claims within each set, then one calibration.

    Claims that stand word for word in their evidence need no weights and are left out.
    """
    loose = [one for one in compared if any(part.met for part in one.parts)]
    x = np.array([_row(one.parts) for one in loose])
    y, sets = _labels(loose), np.array([one.claim.set for one in loose])
    spread, of_met = x.std(axis=0) + 1e-9, np.isin(NAMES, MET)
    counts, centred = np.zeros(len(y)), x / spread
    for members, halves in _halves(y, sets):
        # Each family of sets weighs the same, and so do a set's two halves; few rows weigh less.
        centred[members] -= sum(centred[half].mean(axis=0) for half in halves) / 2
        family = {name for name in set(sets.tolist()) if _family(name) == _family(sets[members][0])}
        for half in halves:
            counts[half] = min(1.0, half.sum() / 20) / half.sum() / len(family)
    # Planted errors leave the other words alone by their making: they say nothing about wording.
    centred[np.ix_(sets == PLANTED, of_met)] = 0.0
    weights = fit_signed(centred, y, counts, np.where(of_met, 1.0, -1.0)) / spread
    counts[sets == PLANTED] = 0.0
    slope, intercept = calibrate(x @ weights, y, counts)
    support = chance(slope * (x @ weights) + intercept)
    by_people = ~np.isin(sets, (PLANTED, STRANGE))
    lost = float(np.quantile(support[(y == 1) & by_people], _LOST))
    named = dict(zip(NAMES, (slope * weights).tolist(), strict=True))
    return Weights(named, intercept, _SUPPORTED, min(_SUPPORTED, lost))


def _family(name: str) -> str:
    """The makers of a set: sets of one recipe repeat each other."""
    return name.partition("_")[0]


def _row(parts: Sequence[Part]) -> list[float]:
    met = [part.met for part in parts if part.met is not None]
    faults = tuple(dict.fromkeys(fault for part in parts for fault in part.faults))
    values = features(met, faults)
    return [values[name] for name in NAMES]


def _labels(compared: Sequence[Compared]) -> Floats:
    return np.array([one.claim.supported for one in compared], np.float64)


def _halves(y: Floats, sets: NDArray[np.str_]) -> list[tuple[Mask, list[Mask]]]:
    """Each set's rows, and those of its two labels; sets with one label only tell nothing."""
    found = []
    for name in sorted(set(sets.tolist())):
        members = sets == name
        halves = [members & (y == label) for label in (0, 1)]
        if all(half.any() for half in halves):
            found.append((members, halves))
    return found


def train(data: Path, limit: int | None) -> None:
    """Fits the shipped weights and writes them, with what they were fitted to."""
    claims = [claim for claim in labelled(data, limit) if claim.set in FITTED_TO]
    articles = sample_articles()
    # What changes the wording too would be learned as if wording said nothing.
    claims += [*(claim for what, claim in planted(articles) if what not in REWORDED), *strange(articles)]
    weights = fit(compare(verifier(), claims))
    sizes = {name: sum(c.set == name for c in claims) for name in (*FITTED_TO, PLANTED, STRANGE)}
    about = "Weights of the default verifier, written by `make train-verifier`; see docs/verification.md."
    document = {"about": about, "fitted_to": sizes, "weights": weights.to_json()}
    FILE.write_text(json.dumps(document, indent=2) + "\n", encoding="utf-8")
    print(f"{FILE.name}: fitted to {len(claims)} claims")


# Measuring


def judge(data: Path, limit: int | None) -> None:
    """How the shipped weights do on each set, and weights fitted to all other sets."""
    compared = compare(verifier(), labelled(data, limit))
    print(f"{'set':22s} claims  {'AUROC, shipped':22s}{'AUROC, others':22s} balanced  against")
    means: list[tuple[float, float]] = []
    for name in dict.fromkeys(one.claim.set for one in compared):
        here = [one for one in compared if one.claim.set == name]
        y = _labels(here)
        if min(y.sum(), (1 - y).sum()) < TOO_FEW:
            continue
        others = fit([one for one in compared if one.claim.set != name])
        judged = [decide(one.parts, shipped()) for one in here]
        scores = supports(judged), supports([decide(one.parts, others) for one in here])
        if here[0].claim.news:
            means.append((auroc(scores[0], y), auroc(scores[1], y)))
        cells = "".join(f"{_interval(score, here):22s}" for score in scores)
        balanced = balanced_accuracy(scores[0] >= shipped().supported, y)
        against = np.mean([j.verdict == "contradicted" for j, label in zip(judged, y, strict=True) if label])
        print(f"{name:22s} {len(here):6d}  {cells}{balanced:9.3f}{against:9.3f}", flush=True)
    shipped_mean, others_mean = np.mean(means, axis=0)
    print(f"mean of {len(means)} news sets: shipped {shipped_mean:.3f}, others {others_mean:.3f}")
    print(
        "others: weights fitted to all other sets; balanced: accuracy at the border of the shipped weights;"
    )
    print("against: supported claims called contradicted")


def supports(judged: Sequence[Judgement]) -> Floats:
    return np.array([one.support for one in judged], np.float64)


def _interval(scores: Floats, compared: Sequence[Compared]) -> str:
    """The AUROC with its 95 % interval, whole documents drawn again with replacement."""
    y = _labels(compared)
    found = by_document([one.claim.doc for one in compared], y, lambda at: auroc(scores[at], y[at]))
    return f"{found.value:.3f} [{found.low:.3f}, {found.high:.3f}]"


def measure_planted(home: Path | None, limit: int | None) -> None:
    """What share of planted errors is caught, and of honest sentences flagged, by kind."""
    articles = list(Archive(home).articles()) if home else sample_articles()
    random.Random(SEED).shuffle(articles)
    claims = list(planted(articles[:limit]))
    compared = compare(verifier(), [claim for _, claim in claims])
    judged = [decide(one.parts, shipped()).verdict for one in compared]
    verdicts: tuple[Verdict, ...] = get_args(Verdict)
    print(f"{'':26s}{'claims':>7s}" + "".join(f"{verdict:>14s}" for verdict in verdicts))
    for what in dict.fromkeys((*KINDS, *(what for what, _ in claims))):
        found = [verdict for verdict, (done, _) in zip(judged, claims, strict=True) if done == what]
        shares = "".join(f"{found.count(verdict) / max(1, len(found)):14.3f}" for verdict in verdicts)
        print(f"{what:26s}{len(found):7d}{shares}")
    wrong = [verdict for verdict, (_, claim) in zip(judged, claims, strict=True) if not claim.supported]
    print(f"caught (not supported): {1 - wrong.count('supported') / len(wrong):.3f} of {len(wrong)} errors")


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("command", choices=("train", "judge", "planted"))
    parser.add_argument("--data", type=Path, help="the folder of data sets")
    parser.add_argument("--home", type=Path, help="an archive's folder (default: the sample articles)")
    parser.add_argument("--limit", type=int, help="claims of each set, or articles")
    given = parser.parse_args(arguments)
    if given.command == "planted":
        return measure_planted(given.home, given.limit)
    if given.data is None:
        parser.error("--data DIR is needed")
    return {"train": train, "judge": judge}[given.command](given.data, given.limit)


if __name__ == "__main__":
    main()
