"""How much one file, one article and one item may take: what keeps a hostile input from costing the run.

Each limit is a setting of the environment. Knows numbers only; who keeps to them is said beside each.
"""

from __future__ import annotations

import math
import os
from dataclasses import dataclass, field
from functools import lru_cache

from ingest.errors import UsageError

_MB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of a run."""

    file: int = 20 * _MB
    """Bytes of a file, a record or a line that has to be held whole; what is a stream has no limit."""

    article: int = 2 * _MB
    """Characters of an article's text."""

    depth: int = 64
    """Levels of objects in objects in a JSON record or an XML document."""

    ratio: int = 100
    """How many times larger than itself a compressed file may become."""

    seconds: float = 10.0
    """Time to read one item, where reading can stall."""

    memory: int = 512 * _MB
    """Memory of a process that reads what is risky."""

    workers: int = field(default_factory=lambda: min(2, os.cpu_count() or 1))
    """How many such processes there are at most."""

    listed: int = 10_000
    """Rejections that a report lists, and warnings; all of them are counted."""


_SETTINGS = {
    "file": ("NEWSDESK_MAX_FILE_MB", _MB),
    "article": ("NEWSDESK_MAX_ARTICLE_MB", _MB),
    "depth": ("NEWSDESK_MAX_DEPTH", 1),
    "ratio": ("NEWSDESK_MAX_RATIO", 1),
    "seconds": ("NEWSDESK_ITEM_SECONDS", 1.0),
    "memory": ("NEWSDESK_WORKER_MB", _MB),
    "workers": ("NEWSDESK_WORKERS", 1),
    "listed": ("NEWSDESK_MAX_LISTED", 1),
}
_NAMES = tuple(name for name, _ in _SETTINGS.values())


def limits() -> Limits:
    """The limits as the environment sets them; `UsageError` for a value that is no positive number."""
    return _limits(tuple(map(os.environ.get, _NAMES)))


@lru_cache(maxsize=8)
def _limits(values: tuple[str | None, ...]) -> Limits:
    given = {
        limit: _number(name, value, unit)
        for (limit, (name, unit)), value in zip(_SETTINGS.items(), values, strict=True)
        if value
    }
    return Limits(**given)  # type: ignore[arg-type]


def in_mb(size: int) -> str:
    """A number of bytes for people: `20 MB`."""
    return f"{size / _MB:.3g} MB"


def _number(name: str, value: str, unit: float) -> float:
    try:
        number = float(value)
    except ValueError:
        number = math.nan
    if not 0 < number < 1e9:
        raise UsageError(f"{name} is {value!r}: set it to a number above 0, or leave it unset.")
    return number * unit if isinstance(unit, float) else max(1, int(number * unit))
