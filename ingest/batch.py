"""What is taken in together: things read, in one transaction, and what is noted with them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from ingest.article import Draft, Rejection


@dataclass(frozen=True, slots=True)
class Unmodified:
    """Something that was looked at and has not changed since it was taken in."""

    path: str


Item = Draft | Rejection | Unmodified


def _nothing() -> None:
    """There is nothing to note."""


@dataclass(frozen=True, slots=True)
class Batch:
    """`note` writes down what must be known exactly when the items are: it is part of their transaction."""

    items: Iterable[Item]
    note: Callable[[], None] = _nothing
