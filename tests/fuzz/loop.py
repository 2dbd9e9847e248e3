"""The process that does the fuzzing: mutates, executes, keeps what it finds, and may die of it.

With atheris installed the mutations are guided by coverage, without it they are blind. What is being executed
is always on disk, so that whoever started this process knows what killed it.

Imports nothing of ingest at module level: that has to be instrumented first.
"""

from __future__ import annotations

import hashlib
import json
import os
import signal
import sys
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from random import Random
from types import FrameType
from typing import NoReturn

from tests.fuzz.mutate import LONGEST, mutated

MEMORY_MB = 300
_ROOT = str(Path(__file__).parents[2])


class Slow(BaseException):
    """It took too long; no `except Exception` may hide it."""


class Greedy(Exception):
    """It took too much memory."""


@dataclass(frozen=True, slots=True)
class Order:
    """What a process is to do: `budget` and `slow` are seconds of CPU, for all and for one input at most."""

    reader: str
    folder: str
    corpus: str
    budget: float
    slow: float
    seed: int


@dataclass(slots=True)
class Progress:
    """What a process has done so far; `finds` maps what went wrong to how often it did."""

    executions: int = 0
    cpu: float = 0.0
    slowest: float = 0.0
    finds: dict[str, int] = field(default_factory=dict)

    def write(self, folder: Path) -> None:
        fresh = folder / "progress.new"
        fresh.write_text(json.dumps(asdict(self)), encoding="utf-8")
        fresh.replace(folder / "progress.json")


class Session:
    """Executes one input after the other as it is ordered; `end` is called when the time is up."""

    def __init__(self, order: Order, end: Callable[[], None]) -> None:
        from tests.fuzz.target import examine

        self._examine, self._order, self._end = examine, order, end
        self._began = time.process_time()
        self._folder = Path(order.folder)
        self._progress = Progress()
        self._told = 0.0
        self._now = os.open(self._folder / "now", os.O_RDWR | os.O_CREAT)

    @property
    def finds(self) -> dict[str, int]:
        """What went wrong, and how often."""
        return self._progress.finds

    def execute(self, data: bytes) -> None:
        """One input."""
        os.pwrite(self._now, data, 0)
        os.ftruncate(self._now, len(data))
        began, before = time.thread_time(), _peak()
        try:
            with _time_limit(self._order.slow):
                self._examine(self._order.reader, data)
            if _peak() - before > MEMORY_MB << 10:
                raise Greedy(f"more than {MEMORY_MB} MB")
        except (Exception, Slow) as error:
            self._keep(data, error)
        self._progress.executions += 1
        self._progress.slowest = max(self._progress.slowest, time.thread_time() - began)
        if time.monotonic() - self._told > 1:
            self._tell()

    def _tell(self) -> None:
        self._told = time.monotonic()
        self._progress.cpu = time.process_time() - self._began
        self._progress.write(self._folder)
        if self._progress.cpu > self._order.budget:
            self._end()

    def _keep(self, data: bytes, error: BaseException) -> None:
        """Keeps the shortest input of each kind of failure, with its traceback."""
        kind = _kind_of(error)
        self._progress.finds[kind] = self._progress.finds.get(kind, 0) + 1
        path = self._folder / f"find-{hashlib.sha256(kind.encode()).hexdigest()[:12]}"
        if not path.exists() or path.stat().st_size > len(data):
            path.write_bytes(data)
            path.with_suffix(".txt").write_text("".join(traceback.format_exception(error)), encoding="utf-8")


def fuzz(order: Order) -> NoReturn:
    """Executes until the time is up; only the end of the process ends it."""
    try:
        import atheris
    except ImportError:
        session, seeds = _begun(order)
        _blind(session, seeds, Random(order.seed))
    with atheris.instrument_imports(include=["ingest", "feedparser", "warcio"], enable_loader_override=False):
        session, seeds = _begun(order)

    def damage(data: bytes, most: int, seed: int) -> bytes:
        random = Random(seed)
        if random.random() < 0.3:
            return bytes(atheris.Mutate(data, most))
        return mutated(random, seeds, start=data if data.strip(b"\n") else None)[:most]

    start = Path(order.folder, "corpus")
    start.mkdir(exist_ok=True)
    for number, data in enumerate(seeds):
        (start / f"seed-{number}").write_bytes(data)
    options = {
        "seed": order.seed, "max_len": LONGEST, "len_control": 0, "rss_limit_mb": 0, "timeout": 3_600,
        "verbosity": 0, "artifact_prefix": f"{order.folder}/",
    }  # fmt: skip
    arguments = [sys.argv[0], *(f"-{name}={value}" for name, value in options.items()), str(start)]
    atheris.Setup(arguments, session.execute, custom_mutator=damage)
    atheris.Fuzz()
    sys.exit("the fuzzer gave up")


def _begun(order: Order) -> tuple[Session, list[bytes]]:
    from tests.fuzz.seeds import SEEDS

    files = sorted(Path(order.corpus).rglob("*")) if order.corpus else []
    more = [file.read_bytes() for file in files if file.is_file() and file.stat().st_size <= LONGEST]
    # The fuzzer would take any other way to end for a find.
    return Session(order, lambda: os._exit(0)), [*SEEDS[order.reader](), *more]


def _blind(session: Session, seeds: Sequence[bytes], random: Random) -> NoReturn:
    for data in seeds:
        session.execute(data)
    while True:
        session.execute(mutated(random, seeds))


def _peak() -> int:
    """The most memory that this process ever had, in KB; what `getrusage` tells begins with its parent's."""
    status = Path("/proc/self/status").read_text(encoding="ascii", errors="replace")
    return int(status.partition("VmHWM:")[2].split(maxsplit=1)[0])


@contextmanager
def _time_limit(seconds: float) -> Iterator[None]:
    def too_slow(_signal: int, _frame: FrameType | None) -> NoReturn:
        raise Slow(f"more than {seconds:g} s")

    before = signal.signal(signal.SIGVTALRM, too_slow)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def _kind_of(error: BaseException) -> str:
    """What tells one failure from another: its type, and the last place of ours that it passed."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if frame.filename.startswith(_ROOT) and "/fuzz/" not in frame.filename]
    place = f"{Path(ours[-1].filename).name}:{ours[-1].name}" if ours else "check"
    what = str(error)[:60] if isinstance(error, AssertionError) else ""
    return f"{type(error).__name__} in {place} {what}".strip()


if __name__ == "__main__":
    fuzz(Order(**json.loads(sys.argv[1])))
