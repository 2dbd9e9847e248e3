"""The fuzzing itself: good files are good, damage is the same each time, and what is found is kept."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from ingest.article import Draft
from ingest.read import KINDS
from tests.conftest import ROOT
from tests.fuzz import target
from tests.fuzz.loop import Order, Session, Slow
from tests.fuzz.mutate import LONGEST, mutated
from tests.fuzz.seeds import SEEDS
from tests.fuzz.target import examine


def test_every_kind_of_file_is_fuzzed() -> None:
    assert {kind.name for kind in KINDS} <= set(SEEDS)


@pytest.mark.parametrize("reader", SEEDS)
def test_good_and_damaged_files_hold_what_is_promised(reader: str) -> None:
    seeds = SEEDS[reader]()
    for data in (*seeds, *(mutated(Random(n), seeds) for n in range(20))):
        examine(reader, data)


def test_damage_is_the_same_each_time() -> None:
    seeds = SEEDS["HTML"]()
    made = [mutated(Random(n), seeds) for n in range(50)]
    assert made == [mutated(Random(n), seeds) for n in range(50)]
    assert len(set(made)) > 45
    assert max(map(len, made)) <= LONGEST


def loop_for_ever() -> None:
    while True:
        pass


FAULTS: dict[str, Callable[[], object]] = {
    "ZeroDivisionError": lambda: 1 // 0,
    Slow.__name__: loop_for_ever,
    "Greedy": lambda: b"x" * (400 << 20),
}


def commit(kind: str, folder: str) -> None:
    """Three inputs with one fault, in a process whose time and memory are its own."""

    def examined(reader: str, data: bytes) -> None:
        FAULTS[kind]()

    target.examine = examined
    session = Session(Order("text", folder, "", budget=60, slow=0.2, seed=1), end=sys.exit)
    for data in (b"longer", b"short", b"longest of all"):
        session.execute(data)
    assert kind in " ".join(session.finds)


@pytest.mark.parametrize("kind", FAULTS)
def test_what_is_found_is_kept(tmp_path: Path, kind: str) -> None:
    program = f"from tests.fuzz.test_fuzz import commit; commit({kind!r}, {str(tmp_path)!r})"
    subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=True, timeout=120)
    (found,) = [path for path in tmp_path.glob("find-*") if not path.suffix]
    assert found.read_bytes() in (b"longer", b"short")
    assert kind in found.with_suffix(".txt").read_text()


def test_the_end_of_the_time_ends_a_session_and_nothing_else(tmp_path: Path) -> None:
    ended: list[bool] = []
    order = Order("text", str(tmp_path), "", budget=-1, slow=5, seed=1)
    Session(order, end=lambda: ended.append(True)).execute(b"Bridge opens")
    assert ended == [True]


def test_a_broken_promise_is_a_find(monkeypatch: pytest.MonkeyPatch) -> None:
    kind = next(kind for kind in KINDS if kind.name == "text")
    careless = replace(kind, read=lambda *_: iter([Draft({}, "a.txt")]))
    monkeypatch.setattr("tests.fuzz.target.KINDS", (careless,))
    with pytest.raises(AssertionError, match="a draft has a text"):
        examine("text", b"Bridge opens")
