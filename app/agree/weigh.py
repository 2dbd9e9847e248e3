"""How likely it is that a careful reader finds a claim supported: features, weighted.

A logistic regression whose weights stand in `app/verifier.json`, with the name of each feature beside it.
It knows neither how features are made (`app.agree.features`) nor how weights are fitted (`eval.verifier`).
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).parent.parent / "verifier.json"


@dataclass(frozen=True, slots=True)
class Weights:
    """`features` maps a name to its weight; `supported` and `unsupported` are borders of the support."""

    features: Mapping[str, float]
    intercept: float
    supported: float
    unsupported: float

    def support(self, features: Mapping[str, float]) -> float:
        """The chance, in 0..1; raises KeyError for a feature that is missing."""
        logit = self.intercept + sum(weight * features[name] for name, weight in self.features.items())
        return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, logit))))

    def to_json(self) -> dict[str, Any]:
        return {
            "features": {name: round(weight, 4) for name, weight in self.features.items()},
            "intercept": round(self.intercept, 4),
            "supported": round(self.supported, 3),
            "unsupported": round(self.unsupported, 3),
        }

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Weights:
        return cls(
            dict(value["features"]),
            float(value["intercept"]),
            float(value["supported"]),
            float(value["unsupported"]),
        )


@lru_cache(maxsize=1)
def shipped() -> Weights:
    """The weights that come with the project."""
    return Weights.from_json(json.loads(FILE.read_text(encoding="utf-8"))["weights"])
