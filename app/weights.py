"""The weights of the small linear models, which are kept beside the code that uses them, in weights.json.

Written by `python -m eval.fit`; each section names its features, so that weights never meet the wrong ones.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

FILE = Path(__file__).with_name("weights.json")


@dataclass(frozen=True, slots=True)
class Weights:
    """One weight per feature, in their order; `needed` is the least score or share that is acted upon."""

    values: NDArray[np.float32]
    needed: float


def weights_of(model: str, names: Sequence[str]) -> Weights:
    """The weights of a model for features in this order; raises KeyError when they do not fit each other."""
    section = _sections()[model]
    if section["weights"].keys() != set(names):
        raise KeyError(
            f"weights.json has other features for {model!r} than the code: run `python -m eval.fit`."
        )
    return Weights(np.array([section["weights"][name] for name in names], np.float32), section["needed"])


def shares_of(scores: NDArray[Any]) -> NDArray[Any]:
    """Shares of belief that add up to 1, from at least one score: the softmax."""
    parts = np.exp(scores - scores.max())
    return np.asarray(parts / parts.sum())


@lru_cache(maxsize=1)
def _sections() -> dict[str, Any]:
    sections: dict[str, Any] = json.loads(FILE.read_text("utf-8"))
    return sections
