"""Cross-encoders: models that read two texts together, and the reranker made of one.

They are loaded by name or folder through sentence-transformers, from this machine's disk. A reranker says how
likely a text answers a question. A small model needs about a tenth of a second of processor time for each
text, so it is given the best first, and stops when its time is up.
This module does not know what the texts are nor how they were found.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Sequence
from time import monotonic
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from ingest.embed import readable
from ingest.errors import UsageError
from ingest.st_backend import library

Floats = NDArray[np.float32]

_RERANKER, _SECONDS = "NEWSDESK_RERANKER", "NEWSDESK_RERANK_SECONDS"
_DEFAULT_SECONDS = 1.5
# Texts read at a time: more gain nothing on a processor and let the clock be looked at less often.
_BATCH = 8


class Reranker(Protocol):
    """Judges texts by a question. Threads may share it."""

    name: str

    def scores(self, question: str, texts: Sequence[str]) -> list[float | None]:
        """For each text how likely it answers, in 0..1; None for those, always the last, not reached in time.

        The texts come best first: what was not reached stays in its order, behind what was.
        """
        ...


def reranker_name() -> str:
    """The name or folder of the reranker that is set; empty for none."""
    return os.environ.get(_RERANKER, "").strip()


def rerank_seconds() -> float:
    """The seconds that are set for one question; UsageError when that is no time."""
    given = os.environ.get(_SECONDS, "").strip()
    try:
        seconds = float(given or _DEFAULT_SECONDS)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds < float("inf"):
        raise UsageError(f"{_SECONDS}={given!r} is no number of seconds: set it to one above 0, or unset it.")
    return seconds


def open_reranker(name: str, seconds: float = _DEFAULT_SECONDS) -> Reranker:
    """The reranker of that name or in that folder, which stops after so many seconds a question.

    Raises UsageError when there is none on this machine, or the model judges something else.
    """
    model = CrossModel(name, "reranker", _RERANKER)
    if len(model.labels) != 1:
        raise UsageError(
            f"The model {name!r} has {len(model.labels)} outputs ({', '.join(model.labels.values())}), "
            f"where a reranker has one: set {_RERANKER} to a cross-encoder for ranking."
        )
    model.outputs([("", "")])  # the first reading takes longer than any other: no measure of its pace
    return TimedReranker(model, seconds)


class TimedReranker:
    """A cross-encoder with a time budget: each batch is as large as the last one's pace allows."""

    def __init__(self, model: CrossModel, seconds: float) -> None:
        self.name = model.name
        self._model = model
        self._seconds = seconds

    def scores(self, question: str, texts: Sequence[str]) -> list[float | None]:
        end = monotonic() + self._seconds
        found: list[float] = []
        fits = 1
        while len(found) < len(texts) and fits:
            began = monotonic()
            batch = texts[len(found) : len(found) + fits]
            found += _chances(self._model.outputs([(question, text) for text in batch]))
            now = monotonic()
            pace = max(now - began, 1e-6) / len(batch)
            fits = max(0, min(_BATCH, int((end - now) / pace)))
        return found + [None] * (len(texts) - len(found))


def _chances(outputs: Floats) -> list[float]:
    """In double precision, so that what the model is very sure of keeps its order."""
    logits = np.clip(outputs[:, 0].astype(np.float64), -500, 500)
    return (1 / (1 + np.exp(-logits))).tolist()  # type: ignore[no-any-return]


class CrossModel:
    """A cross-encoder: pairs of texts in, its raw outputs out. Threads may share it.

    `purpose` and `setting` are what an error calls it and where a person has named it.
    """

    def __init__(self, name: str, purpose: str, setting: str) -> None:
        self.name = name
        self._model = _load(name, purpose, setting)
        self._lock = threading.Lock()  # Hugging Face's tokenizers cannot be shared between threads
        self.labels = {int(index): str(label) for index, label in self._model.config.id2label.items()}

    def outputs(self, pairs: Sequence[tuple[str, str]]) -> Floats:
        """One row for each pair, one column for each label; a pair longer than the model reads is cut."""
        if not pairs:
            return np.zeros((0, len(self.labels)), np.float32)
        read = [(readable(first), readable(second)) for first, second in pairs]
        with self._lock:
            raw = self._model.predict(read, activation_fn=_as_they_are, show_progress_bar=False)
        return np.asarray(raw, np.float32).reshape(len(pairs), -1)


def _as_they_are(outputs: Any) -> Any:
    return outputs


def _load(name: str, purpose: str, setting: str) -> Any:
    models = library()
    try:
        return models.CrossEncoder(name, local_files_only=True)
    except Exception as error:
        raise UsageError(
            f"There is no {purpose} {name!r} on this machine: "
            f"set {setting} to the folder of a cross-encoder, or unset it."
        ) from error
