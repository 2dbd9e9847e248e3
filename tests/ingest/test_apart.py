"""Work in a process of its own: what it yields, and what becomes of it when the process dies or stalls."""

from __future__ import annotations

import os
import signal
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.apart import Died, Workers
from ingest.limits import Limits


@pytest.fixture
def workers() -> Iterator[Workers]:
    made = Workers(Limits(seconds=2.0), 1)
    yield made
    made.close()


def doubled(numbers: list[int]) -> Iterator[int | None]:
    yield None
    for number in numbers:
        yield number * 2


def dying(after: int) -> Iterator[int | None]:
    yield None
    yield from range(after)
    os.kill(os.getpid(), signal.SIGKILL)


def stalling() -> Iterator[int | None]:
    yield None
    time.sleep(60)


def process() -> Iterator[int | None]:
    yield None
    yield os.getpid()


def escaping(path: Path) -> Iterator[str | None]:
    yield None
    for tried in (lambda: path.write_text("."), lambda: socket.create_connection(("127.0.0.1", 9))):
        try:
            tried()
        except PermissionError as refused:
            yield str(refused)


def test_closing_twice_is_closing_once(workers: Workers) -> None:
    assert list(workers.stream(doubled, [2])) == [4]
    workers.close()
    workers.close()


def test_what_work_yields_comes_in_order(workers: Workers) -> None:
    assert list(workers.stream(doubled, [1, 2, 3])) == [2, 4, 6]
    assert workers.later(lambda: workers.stream(doubled, [4])).result() == [8]


def test_a_process_that_dies_says_so_after_what_it_had_done(workers: Workers) -> None:
    items = workers.stream(dying, 2)
    assert [next(items), next(items)] == [0, 1]
    with pytest.raises(Died, match="SIGKILL") as died:
        next(items)
    assert died.value.code == "crashed"
    assert list(workers.stream(doubled, [5])) == [10]


def test_a_process_that_stalls_is_ended(workers: Workers) -> None:
    began = time.monotonic()
    with pytest.raises(Died, match="longer than 2 s") as died:
        list(workers.stream(stalling))
    assert died.value.code == "timeout"
    assert time.monotonic() - began < 30
    assert list(workers.stream(doubled, [5])) == [10]


def test_one_process_does_one_thing_after_another(workers: Workers) -> None:
    (first,), (second,) = list(workers.stream(process)), list(workers.stream(process))
    assert first == second != os.getpid()


def test_it_may_write_no_file_and_call_nobody(workers: Workers, tmp_path: Path) -> None:
    refused = list(workers.stream(escaping, tmp_path / "written"))
    assert refused == ["not here: open", "not here: socket.getaddrinfo"]
    assert not (tmp_path / "written").exists()
