"""Does work in a process of its own, which may die, stall or ask for too much memory.

That costs the work at hand, never the run: the process is ended and another one started. It may write no
file and call nobody. Knows processes and their limits; what the work is, only who gives it out knows.
"""

from __future__ import annotations

import atexit
import os
import pickle
import queue
import resource
import signal
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from functools import lru_cache
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, TypeVar

from ingest.limits import Limits, limits

T = TypeVar("T")

_ROOT = Path(__file__).parents[1]
_START_SECONDS = 60.0  # a fresh process has libraries to load
_TASKS = 1_000  # what one process does: the libraries keep more in memory with each
_IDLE_SECONDS = 20.0  # a process without work ends, and with it what it holds in memory
_GONE = (EOFError, OSError, pickle.UnpicklingError)
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT
_FORBIDDEN = ("socket.connect", "socket.getaddrinfo", "subprocess.Popen", "os.system", "os.exec", "os.spawn")


class Died(Exception):
    """The process ended or stalled over its work: a `code`, and in words `how`."""

    def __init__(self, code: str, how: str) -> None:
        super().__init__(how)
        self.code = code
        self.how = how


# The side that gives out work -----------------------------------------------------------------------------


class Workers:
    """A few processes that do what they are told. Safe to use from several threads."""

    def __init__(self, limits: Limits, count: int) -> None:
        self._count = count
        self._idle: queue.SimpleQueue[_Worker] = queue.SimpleQueue()
        for _ in range(count):
            self._idle.put(_Worker(limits))
        self._threads = ThreadPoolExecutor(count, thread_name_prefix="newsdesk-apart")

    def later(self, items: Callable[[], Iterable[T]]) -> Future[list[T]]:
        """All items of what calls `stream`, as soon as a process has worked on them."""
        return self._threads.submit(lambda: list(items()))

    def stream(self, work: Callable[..., Iterable[Any]], *about: Any) -> Iterator[Any]:
        """What `work(*about)` yields, each as soon as it is there; raises `Died`.

        `work` is a function of a module, sent by its name. It yields None first, once the libraries that it
        needs are loaded: from there on the time counts.
        """
        worker = self._idle.get()
        try:
            yield from worker.do(work, about)
        finally:
            self._idle.put(worker)

    def close(self) -> None:
        """Ends the processes once their work is done. Closing twice does no more."""
        self._threads.shutdown()
        count, self._count = self._count, 0
        for _ in range(count):
            self._idle.get().end()


@lru_cache(maxsize=4)
def _workers(purpose: str, count: int, limits: Limits) -> Workers:
    workers = Workers(limits, count)
    atexit.register(workers.close)
    return workers


def workers(purpose: str, count: int) -> Workers:
    """The processes of this program for a purpose, under the limits as they are now."""
    return _workers(purpose, count, limits())


class _Worker:
    """One process, started when there is work and again when it has gone."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._process: subprocess.Popen[bytes] | None = None
        self._talk: Connection | None = None

    def do(self, work: Callable[..., Iterable[Any]], about: tuple[Any, ...]) -> Iterator[Any]:
        try:
            self._ask(work, about)
            while (items := self._answer()) is not None:
                yield from items
        except TimeoutError:
            self.end()
            raise Died("timeout", f"it took longer than {self._limits.seconds:g} s to read") from None
        except _GONE:
            raise Died("crashed", f"the process that read it ended ({self._how_it_ended()})") from None
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

    def _ask(self, work: Callable[..., Any], about: tuple[Any, ...]) -> None:
        for attempt in (1, 2):
            if self._process is None or self._process.poll() is not None:
                self._start()
            assert self._talk
            try:
                self._talk.send((work, about))
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

    def _answer(self) -> list[Any] | None:
        """The next items; None after the last."""
        assert self._talk
        if not self._talk.poll(self._limits.seconds):
            raise TimeoutError
        items: list[Any] | None = self._talk.recv()
        return items

    def _start(self) -> None:
        self.end()
        self._talk, theirs = Pipe()
        path = os.pathsep.join(filter(None, (str(_ROOT), os.environ.get("PYTHONPATH"))))
        program = f"from ingest.apart import main; main({theirs.fileno()}, {self._limits.memory})"
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
    """Does what it is asked to until there is nothing more to do."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # it ends with the program, not before it
    os.nice(5)  # what is done already is stored and made searchable first
    _confine(memory)
    with Connection(handle) as talk, suppress(*_GONE):
        for _ in range(_TASKS):
            if not talk.poll(_IDLE_SECONDS):
                return
            work, about = talk.recv()
            for item in work(*about):
                talk.send(None if item is None else [item])
            talk.send(None)


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
