"""A cross-encoder for entailment as verifier: it judges the meaning, agreement stays a hard check.

Any such model of sentence-transformers, by name or folder, named by NEWSDESK_ENTAILMENT. What its outputs
mean is read from the model's own labels. How a model is loaded and run is `app.cross`' to know.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence

import numpy as np

from app.answer import Verdict
from app.cross import CrossModel, Floats
from app.verify import Evidence, Fault, Judgement, Verifier
from ingest.errors import UsageError

# Support from which on a claim is supported, and below which it is not.
_SUPPORTED, _UNSUPPORTED = 0.5, 0.2
_CONTRADICTED = 0.5
# The support that agreement gives to what stands in the evidence word for word.
_VERBATIM = 0.99


def entailment_name() -> str:
    """The name or folder of the entailment model that is set; empty for none."""
    return os.environ.get("NEWSDESK_ENTAILMENT", "").strip()


class EntailmentVerifier:
    """Hard checks by another verifier, meaning by a cross-encoder. Threads may share it."""

    def __init__(self, hard: Verifier, name: str) -> None:
        self.name = f"{hard.name} + {name}"
        self.checked = f"{hard.checked.removesuffix('; not the meaning')}, and the meaning by {name}"
        self._hard = hard
        self._model = CrossEncoder(name)

    def verify(self, pairs: Sequence[tuple[str, Sequence[Evidence]]]) -> list[Judgement]:
        """One judgement per claim, in order; what stands in its evidence word for word is not asked about."""
        judged = self._hard.verify(pairs)
        asked = [
            i
            for i, (j, (_, evidences)) in enumerate(zip(judged, pairs, strict=True))
            if _is_open(j, evidences)
        ]
        premises = [_premises(judged[i], pairs[i][1]) for i in asked]
        scores = iter(
            self._model.read([(p, pairs[i][0]) for i, ps in zip(asked, premises, strict=True) for p in ps])
        )
        for i, texts in zip(asked, premises, strict=True):
            read = np.array([next(scores) for _ in texts])
            judged[i] = _judgement(judged[i], float(read[:, 0].max()), float(read[:, 1].max()))
        return judged


def _is_open(judged: Judgement, evidences: Sequence[Evidence]) -> bool:
    return bool(evidences) and judged.support < _VERBATIM


def _premises(judged: Judgement, evidences: Sequence[Evidence]) -> list[str]:
    """Each stretch of the evidence, and the nearest sentences of all of them together."""
    together = " ".join(evidences[number].article.text[start:end] for number, start, end in judged.spans)
    return list(dict.fromkeys(text for text in (*(e.text for e in evidences), together) if text.strip())) or [
        ""
    ]


def _judgement(hard: Judgement, entailed: float, contradicted: float) -> Judgement:
    """The model's word on the meaning; a hard contradiction stands, whatever the model thinks."""
    faults = tuple(fault for fault in hard.faults if fault.kind != "meaning")
    if contradicted > max(_CONTRADICTED, entailed):
        faults += (Fault("meaning", "The article says otherwise, as the entailment model reads it.", True),)
    verdict = _verdict(entailed, faults)
    support = min(entailed, hard.support) if verdict == "contradicted" else entailed
    return Judgement(verdict, support, hard.spans, faults)


def _verdict(entailed: float, faults: Sequence[Fault]) -> Verdict:
    if any(fault.contradicts for fault in faults):
        return "contradicted"
    if entailed < _UNSUPPORTED:
        return "unsupported"
    return "partial" if faults or entailed < _SUPPORTED else "supported"


class CrossEncoder:
    """A cross-encoder for natural language inference: pairs of texts in, two chances out."""

    def __init__(self, name: str) -> None:
        self._model = CrossModel(name, "entailment model", "NEWSDESK_ENTAILMENT")
        self._entails, self._contradicts = _columns(self._model.labels, name)

    def read(self, pairs: Sequence[tuple[str, str]]) -> Floats:
        """For each (premise, hypothesis), the chances that it entails and that it contradicts, (n, 2)."""
        raw = self._model.outputs(pairs)
        if raw.shape[1] == 1:
            entailed = 1 / (1 + np.exp(-raw[:, 0]))
            return np.stack([entailed, np.zeros_like(entailed)], axis=1)
        chances = np.exp(raw - raw.max(axis=1, keepdims=True))
        chances /= chances.sum(axis=1, keepdims=True)
        against = chances[:, self._contradicts] if self._contradicts is not None else np.zeros(len(pairs))
        return np.stack([chances[:, self._entails], against], axis=1)


def _columns(named: Mapping[int, str], name: str) -> tuple[int, int | None]:
    """Which outputs mean entailment and contradiction, by the model's own labels."""
    labels = {index: label.lower() for index, label in named.items()}
    if len(labels) == 1:
        return 0, None
    entails = [i for i, label in labels.items() if label.startswith(("entail", "support", "consistent"))]
    against = [i for i, label in labels.items() if label.startswith(("contradict", "refute"))]
    if len(entails) != 1:
        raise UsageError(
            f"The model {name!r} does not say which of its outputs means entailment (its labels are "
            f"{', '.join(labels.values())}): choose a cross-encoder for natural language inference."
        )
    return entails[0], against[0] if len(against) == 1 else None
