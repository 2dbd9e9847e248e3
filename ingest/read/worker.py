"""Reads what is risky in a process of its own, which may die, stall or ask for too much memory.

That costs the item at hand, never the run: the process is ended and another one started. Knows processes and
their limits; what is read, and how, is the business of the kinds in `ingest.read`.
"""

from __future__ import annotations

import atexit
import importlib
import os
import pickle
import queue
import resource
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from functools import lru_cache
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from ingest.article import Draft, Rejection
from ingest.limits import Limits, limits
from ingest.read.refused import Refused
from ingest.read.source import Source

Item = Draft | Rejection | Source
Read = Callable[[Source, Mapping[str, str]], Iterator[Item]]

_ROOT = Path(__file__).parents[2]
_START_SECONDS = 60.0  # a fresh process has libraries to load
_TASKS = 1_000  # sources that one process reads: the libraries keep more in memory with each
_IDLE_SECONDS = 20.0  # a process without work ends, and with it what it holds in memory
_GONE = (EOFError, OSError, pickle.UnpicklingError)
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT
_FORBIDDEN = ("socket.connect", "socket.getaddrinfo", "subprocess.Popen", "os.system", "os.exec", "os.spawn")


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


def _rejection(source: Source, code: str, reason: str) -> Rejection:
    return Rejection(source.shown, source.where, code, reason)


# The side that gives out work -----------------------------------------------------------------------------


class Workers:
    """A few processes that read risky sources. Safe to use from several threads."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._idle: queue.SimpleQueue[_Worker] = queue.SimpleQueue()
        for _ in range(limits.workers):
            self._idle.put(_Worker(limits))
        self._threads = ThreadPoolExecutor(limits.workers, thread_name_prefix="newsdesk-read")

    def submit(self, kind: str, source: Source, mapping: Mapping[str, str]) -> Future[list[Item]]:
        """All items of a source, later; never raises for what is in it."""
        return self._threads.submit(lambda: list(self.stream(kind, source, mapping)))

    def stream(self, kind: str, source: Source, mapping: Mapping[str, str]) -> Iterator[Item]:
        """The items of a source of any size, each as soon as it is there."""
        worker = self._idle.get()
        try:
            yield from worker.read(kind, source, mapping)
        finally:
            self._idle.put(worker)

    def close(self) -> None:
        """Ends the processes once their work is done."""
        self._threads.shutdown()
        for _ in range(self._limits.workers):
            self._idle.get().end()


@lru_cache(maxsize=1)
def _workers(limits: Limits) -> Workers:
    workers = Workers(limits)
    atexit.register(workers.close)
    return workers


def workers() -> Workers:
    """The processes of this program, under the limits as they are now."""
    return _workers(limits())


class _Worker:
    """One process, started when there is work and again when it has gone."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._process: subprocess.Popen[bytes] | None = None
        self._talk: Connection | None = None
        self._is_fresh = True

    def read(self, kind: str, source: Source, mapping: Mapping[str, str]) -> Iterator[Item]:
        try:
            self._ask(kind, source, mapping)
            while (items := self._answer()) is not None:
                yield from items
        except TimeoutError:
            self.end()
            yield _rejection(source, "timeout", f"it took longer than {self._limits.seconds:g} s to read")
        except _GONE:
            how = self._how_it_ended()
            yield _rejection(source, "crashed", f"the process that read it ended ({how})")
        except GeneratorExit:
            self.end()  # what it still has to say is not wanted
            raise

    def end(self) -> None:
        """Ends the process, if there is one."""
        if self._talk:
            self._talk.close()
        if self._process:
            self._process.kill()
            self._process.wait()
        self._talk = self._process = None

    def _ask(self, kind: str, source: Source, mapping: Mapping[str, str]) -> None:
        for attempt in (1, 2):
            if self._process is None or self._process.poll() is not None:
                self._start()
            assert self._talk
            try:
                self._talk.send((kind, source, dict(mapping)))
                if not self._talk.poll(_START_SECONDS):
                    raise TimeoutError
                self._talk.recv()  # its libraries are loaded: from here on the time counts
                return
            except TimeoutError:
                raise
            except _GONE:  # it went home for want of work
                self.end()
                if attempt == 2:
                    raise

    def _answer(self) -> list[Item] | None:
        """The next items; None after the last."""
        assert self._talk
        if not self._talk.poll(self._limits.seconds):
            raise TimeoutError
        items: list[Item] | None = self._talk.recv()
        return items

    def _start(self) -> None:
        self.end()
        self._talk, theirs = Pipe()
        path = os.pathsep.join(filter(None, (str(_ROOT), os.environ.get("PYTHONPATH"))))
        program = f"from ingest.read.worker import main; main({theirs.fileno()}, {self._limits.memory})"
        nothing = subprocess.DEVNULL
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-c", program],
                env=os.environ | {"PYTHONPATH": path},
                pass_fds=(theirs.fileno(),),
                stdin=nothing, stdout=nothing, stderr=nothing,
            )  # fmt: skip

    def _how_it_ended(self) -> str:
        process = self._process
        assert process
        with suppress(subprocess.TimeoutExpired):
            process.wait(1)
        self.end()
        code = process.returncode
        return signal.Signals(-code).name if code < 0 else f"exit status {code}"


# The side that does it -------------------------------------------------------------------------------------


def main(handle: int, memory: int) -> None:
    """Reads what it is asked to until there is nothing more to do."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # it ends with the program, not before it
    _confine(memory)
    from ingest.read import KINDS

    kinds = {kind.name: kind for kind in KINDS}
    with Connection(handle) as talk, suppress(*_GONE):
        for _ in range(_TASKS):
            if not talk.poll(_IDLE_SECONDS):
                return
            name, source, mapping = talk.recv()
            with suppress(ImportError):
                for library in kinds[name].needs:
                    importlib.import_module(library)
            talk.send(None)
            for item in _everything(kinds[name].read, source, mapping):
                talk.send([item])
            talk.send(None)


def _everything(read: Read, source: Source, mapping: Mapping[str, str]) -> Iterator[Item]:
    try:
        yield from guarded(source, read(source, mapping))
    except _GONE:
        raise
    except Exception as error:  # the libraries were not written with hostile files in mind
        yield _rejection(source, "broken", f"it cannot be read ({type(error).__name__})")


def _confine(memory: int) -> None:
    """No more memory than allowed, no files written, nobody called."""
    for what, most in ((resource.RLIMIT_DATA, memory), (resource.RLIMIT_FSIZE, 0), (resource.RLIMIT_CORE, 0)):
        _, hard = resource.getrlimit(what)
        resource.setrlimit(what, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))
    sys.addaudithook(_refuse)


def _refuse(event: str, about: tuple[Any, ...]) -> None:
    writes = event == "open" and isinstance(about[2], int) and about[2] & _WRITING
    if (writes and about[0] != os.devnull) or event.startswith(_FORBIDDEN):
        raise PermissionError(f"not here: {event}")
