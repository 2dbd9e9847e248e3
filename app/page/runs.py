"""Runs of the evaluation, read from their files: what was asked, what came back, the scores and their means.

A run is a file of JSON lines that `newsdesk eval run` wrote, in the folder NEWSDESK_RUNS or `runs` in the
archive's home. What a line has beyond what is read here is passed over, and so is a line that is no record.
A score that is missing could not be judged and is in no mean.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

import numpy as np

from ingest.errors import UsageError

Unit = Literal["share", "seconds", "number"]

_BEGINS = b'{"case"'
_LARGEST = 500 * 1024 * 1024
_RESAMPLES = 4_000
_SEED = 20_260_314  # any fixed one: the same scores give the same interval every time
_CELLS = 2_000_000


@dataclass(frozen=True, slots=True)
class Scored:
    """One case of a run; `record` is its line as it stands. Cases of one `story` are not independent."""

    id: str
    question: str
    tags: tuple[str, ...]
    scores: Mapping[str, float]
    story: str
    record: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Run:
    """A run with its cases, in the order of the file."""

    name: str
    cases: tuple[Scored, ...]
    skipped: int

    @property
    def metrics(self) -> list[str]:
        """The names of the scores, as they first come."""
        return list(dict.fromkeys(name for case in self.cases for name in case.scores))

    @property
    def failed(self) -> int:
        return sum(1 for case in self.cases if case.record.get("error"))


@dataclass(frozen=True, slots=True)
class Estimate:
    """A mean with its 95 % interval over stories; a single story has none."""

    mean: float
    low: float | None
    high: float | None
    n: int


def runs_folder(home: str | Path) -> Path:
    return Path(os.environ.get("NEWSDESK_RUNS") or Path(home) / "runs").expanduser()


def runs_in(folder: Path) -> list[str]:
    """The names of the runs in a folder, the latest first."""
    try:
        files = [file for file in folder.glob("*.jsonl") if _is_run(file)]
        return [file.name for file in sorted(files, key=lambda file: -file.stat().st_mtime)]
    except OSError as error:
        raise UsageError(f"The folder of runs {folder} cannot be read: {error.strerror}.") from None


def _is_run(file: Path) -> bool:
    with file.open("rb") as content:
        return content.read(len(_BEGINS)) == _BEGINS


def read_run(folder: Path, name: str) -> Run:
    """A run by its name; raises UsageError when the folder has no such run."""
    if name not in runs_in(folder):
        raise UsageError("There is no such run any more: choose another.")
    state = (folder / name).stat()
    if state.st_size > _LARGEST:
        raise UsageError(f"The run {name} has {state.st_size // 1024**2:,} MB, too many to be shown here.")
    return _read(folder / name, state.st_mtime_ns, state.st_size)


@lru_cache(maxsize=4)
def _read(file: Path, _changed: int, _size: int) -> Run:
    lines = [line for line in file.read_bytes().split(b"\n") if line.strip()]
    cases = {case.id: case for line in lines if (case := _scored(line))}
    return Run(file.name, tuple(cases.values()), len(lines) - len(cases))


def _scored(line: bytes) -> Scored | None:
    try:
        record = json.loads(line)
        case, scores = record["case"], record["scores"]
        gold = [*_texts(case.get("gold")), ""]
        return Scored(
            id=str(case["id"]),
            question=str(case["question"]),
            tags=tuple(_texts(case.get("tags"))),
            scores={str(name): float(score) for name, score in scores.items() if score is not None},
            story=str(case.get("story") or gold[0] or case["id"]),
            record=record,
        )
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def _texts(value: object) -> Iterator[str]:
    yield from (str(part) for part in value) if isinstance(value, list) else ()


def unit_of(name: str, scores: Iterable[float]) -> Unit:
    """How a score is read, by its name and by what values it takes."""
    if name.endswith("seconds"):
        return "seconds"
    return "share" if all(0 <= score <= 1 for score in scores) else "number"


def estimate(cases: Sequence[Scored], metric: str) -> Estimate | None:
    """The mean of a score over the cases that have it; None without any."""
    judged = [case for case in cases if metric in case.scores]
    return _estimate([case.scores[metric] for case in judged], [case.story for case in judged])


def difference(one: Run, other: Run, metric: str) -> Estimate | None:
    """By how much `one` scores above `other` on the cases that both have; None without any."""
    before = {case.id: case for case in other.cases if metric in case.scores}
    pairs = [(case, before[case.id]) for case in one.cases if metric in case.scores and case.id in before]
    scores = [now.scores[metric] - then.scores[metric] for now, then in pairs]
    return _estimate(scores, [now.story for now, _ in pairs])


def _estimate(scores: Sequence[float], stories: Sequence[str]) -> Estimate | None:
    """The percentile bootstrap over whole stories (Efron 1979; Field and Welsh 2007)."""
    if not scores:
        return None
    numbers = {story: number for number, story in enumerate(dict.fromkeys(stories))}
    place = np.array([numbers[story] for story in stories])
    sums = np.bincount(place, weights=np.array(scores, np.float64))
    sizes = np.bincount(place).astype(np.float64)
    mean = float(sums.sum() / sizes.sum())
    if len(numbers) == 1:
        return Estimate(mean, None, None, len(scores))
    draw = np.random.default_rng(_SEED)
    part = max(1, _CELLS // len(numbers))
    means = []
    for done in range(0, _RESAMPLES, part):
        chosen = draw.integers(len(numbers), size=(min(part, _RESAMPLES - done), len(numbers)))
        means.append(sums[chosen].sum(axis=1) / sizes[chosen].sum(axis=1))
    low, high = np.percentile(np.concatenate(means), [2.5, 97.5])
    return Estimate(mean, float(low), float(high), len(scores))
