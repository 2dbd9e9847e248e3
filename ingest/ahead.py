"""Does what takes long to each of many things ahead of their turn, in processes beside, while what is done
is taken in here.

Order is kept, and what is under way is bounded. A thing over which the process dies or stalls costs itself
alone. Knows processes; neither what is done nor to what.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from typing import Any, Generic, TypeVar

from ingest import apart

Named = TypeVar("Named")
Given = TypeVar("Given")
Made = TypeVar("Made")

# So much is done here before a process is started for it, which takes a second.
_AT_FIRST = 64
# Things and characters that are handed over in one go: each handing over waits for its turn here.
_RUN, _RUN_SIZE = 128, 800_000
_RUNS_AHEAD = 4
# Two cores leave one for them, and a good part of the other: who takes in waits for its index now and then.
_PROCESSES = 2


def ahead(
    do: Callable[[Given], Made],
    things: Iterable[tuple[Named, Given | None]],
    size: Callable[[Given], int],
) -> Iterator[tuple[Named, Made | apart.Died | None]]:
    """Each name with what `do` makes of what is given with it, or how the process ended that was doing it.

    A name without anything is passed on in its turn, with None. `do` is a function of a module, perhaps with
    some of its arguments, that depends on them alone; `size` tells about how many characters a thing has.
    """
    under_way: deque[_Run[Named, Given, Made]] = deque()
    run = _Run[Named, Given, Made](do)
    done_here = 0
    for name, given in things:
        if done_here < _AT_FIRST:
            done_here += given is not None
            yield name, None if given is None else do(given)
            continue
        run.add(name, given, 0 if given is None else size(given))
        if run.is_full:
            under_way.append(run.start())
            run = _Run(do)
        while len(under_way) > _RUNS_AHEAD or (under_way and under_way[0].is_done):
            yield from under_way.popleft().results()
    for late in (*under_way, run.start()):
        yield from late.results()


class _Run(Generic[Named, Given, Made]):
    """Things that are done in one go."""

    def __init__(self, do: Callable[[Given], Made]) -> None:
        self._do = do
        self._names: list[tuple[Named, bool]] = []
        self._things: list[Given] = []
        self._size = 0
        self._made: Future[list[list[Made]]] | None = None

    def add(self, name: Named, given: Given | None, size: int) -> None:
        self._names.append((name, given is not None))
        if given is not None:
            self._things.append(given)
            self._size += size

    @property
    def is_full(self) -> bool:
        return len(self._names) >= _RUN or self._size >= _RUN_SIZE

    @property
    def is_done(self) -> bool:
        return self._made is None or self._made.done()

    def start(self) -> _Run[Named, Given, Made]:
        if self._things:
            self._made = _beside().later(lambda: _beside().stream(_each, self._do, self._things))
        return self

    def results(self) -> Iterator[tuple[Named, Made | apart.Died | None]]:
        made = iter(self._all())
        for name, is_given in self._names:
            yield name, next(made) if is_given else None

    def _all(self) -> Iterable[Made | apart.Died]:
        if self._made is None:
            return ()
        try:
            return self._made.result()[0]
        except apart.Died:
            return map(self._alone, self._things)

    def _alone(self, thing: Given) -> Made | apart.Died:
        made: list[list[Made]]
        try:
            made = list(_beside().stream(_each, self._do, [thing]))
        except apart.Died as died:
            return died
        return made[0][0]


def _beside() -> apart.Workers:
    return apart.workers("ahead", _PROCESSES)


def _each(do: Callable[[Any], Any], things: list[Any]) -> Iterator[list[Any] | None]:
    """The other side: what the process does."""
    yield None
    yield [do(thing) for thing in things]
