"""Reads what is risky in a process of its own (`ingest.apart`): a hostile file costs its item, never the run.

Knows how a reader may fail. What is read, and how, is the business of the kinds in `ingest.read`.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future
from contextlib import suppress

from ingest import apart
from ingest.article import Draft, Rejection
from ingest.errors import NewsdeskError
from ingest.limits import limits
from ingest.read.refused import Refused
from ingest.read.source import Source

Item = Draft | Rejection | Source
Read = Callable[[Source, Mapping[str, str]], Iterator[Item]]


def guarded(source: Source, items: Iterator[Item]) -> Iterator[Item]:
    """The items of a reader, and a Rejection for what ends them."""
    try:
        yield from items
    except Refused as refused:
        yield _rejection(source, refused.code, refused.reason)
    except RecursionError:
        yield _rejection(source, "too_deep", "it is nested too deeply")
    except MemoryError:
        yield _rejection(source, "too_much_memory", "it takes more memory to read than is allowed")


def contained(source: Source, items: Iterator[Item]) -> Iterator[Item]:
    """The same, and a Rejection also where a reader fails in a way that nobody foresaw."""
    try:
        yield from guarded(source, items)
    except NewsdeskError:
        raise  # a wrong setting is not the file's fault
    except Exception as error:  # the libraries were not written with hostile files in mind
        yield _rejection(source, "broken", f"it cannot be read ({type(error).__name__})")


def submit(kind: str, source: Source, mapping: Mapping[str, str]) -> Future[list[Item]]:
    """All items of a source, later; never raises for what is in it."""
    return _workers().later(lambda: stream(kind, source, mapping))


def stream(kind: str, source: Source, mapping: Mapping[str, str]) -> Iterator[Item]:
    """The items of a source of any size, each as soon as it is there."""
    try:
        yield from _workers().stream(_read, kind, source, dict(mapping))
    except apart.Died as died:
        yield _rejection(source, died.code, died.how)


def _workers() -> apart.Workers:
    return apart.workers("read", limits().workers)


def _rejection(source: Source, code: str, reason: str) -> Rejection:
    return Rejection(source.shown, source.where, code, reason)


def _read(name: str, source: Source, mapping: Mapping[str, str]) -> Iterator[Item | None]:
    """The other side: what a process does when it is asked to read."""
    from ingest.read import KINDS

    kind = next(kind for kind in KINDS if kind.name == name)
    with suppress(ImportError):
        for library in kind.needs:
            importlib.import_module(library)
    yield None
    yield from contained(source, kind.read(source, mapping))
