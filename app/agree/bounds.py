"""Whether a figure is exact, or a bound: "about", "more than", "up to", "or less"."""

from __future__ import annotations

import re
from typing import Literal

Bound = Literal["", "about", "over", "under"]

_OVER = re.compile(
    r"\b(?:more than|over|above|at least|upwards? of|exceed(?:s|ed|ing)|no (?:fewer|less) than|north of|"
    r"greater than|higher than)\s+(?:an? (?:estimated|total of)\s+)?$",
    re.IGNORECASE,
)
_UNDER = re.compile(
    r"\b(?:fewer than|less than|under|below|up to|at most|no more than|as (?:many|much) as|lower than)\s+$",
    re.IGNORECASE,
)
_ABOUT = re.compile(
    r"\b(?:about|around|some|roughly|approximately|nearly|almost|close to|an? estimated|just (?:over|under)|"
    r"circa|the best part of)\s+$|~\s?$",
    re.IGNORECASE,
)
_OR_MORE = re.compile(r"\s+(?:[a-z]+\s+)?or (?:more|over|longer|older|higher|above)\b", re.IGNORECASE)
_OR_LESS = re.compile(
    r"\s+(?:[a-z]+\s+)?or (?:fewer|less|under|shorter|younger|lower|below)\b", re.IGNORECASE
)
_RISEN = re.compile(r"\bup to\s+$", re.IGNORECASE)


def bound_of(before: str, after: str) -> Bound:
    """The bound that the words before and after a figure make of it; none in "up to 67 from 59"."""
    if _OR_MORE.match(after) or _OR_LESS.match(after):
        return "over" if _OR_MORE.match(after) else "under"
    if _RISEN.search(before) and re.match(r"[^.;]{0,20}\bfrom\b", after):
        return ""
    for bound, pattern in (("over", _OVER), ("under", _UNDER), ("about", _ABOUT)):
        if pattern.search(before):
            return bound  # type: ignore[return-value]
    return ""
