"""The benchmarks, one small file each, and how one is named: a suite's name, or the path of a JSONL file."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from eval.case import Case, read_cases
from eval.suites import realtimeqa, sample
from ingest.errors import UsageError


@dataclass(frozen=True, slots=True)
class Suite:
    """`cases(data)` reads a suite; `data` is the folder of data sets that are not in the package."""

    name: str
    measures: str
    cases: Callable[[Path], list[Case]]


SUITES = {
    suite.name: suite
    for suite in (
        Suite("sample", "the sample archive's own questions, some unanswerable, some dated", sample.cases),
        Suite("realtimeqa", "RealTimeQA's quiz questions whose source article is known", realtimeqa.cases),
        Suite(
            "realtimeqa-all",
            "all of RealTimeQA's questions; most have no known article",
            realtimeqa.all_cases,
        ),
    )
}


def load(name: str, data: Path | None = None) -> list[Case]:
    """The cases of a suite, or of the JSONL file at that path; raises UsageError if it is neither."""
    if name not in SUITES and not Path(name).exists():
        raise UsageError(f"There is no suite and no file {name!r}; suites: {', '.join(SUITES)}.")
    cases = SUITES[name].cases(data or data_folder()) if name in SUITES else read_cases(Path(name))
    if not cases:
        raise UsageError(f"{name} has no questions: put one JSON object with a `question` on each line.")
    return cases


def data_folder() -> Path:
    """Where data sets lie: NEWSDESK_DATA, else `shared/data` beside the checkout."""
    beside = Path(__file__).parents[2].parent / "shared" / "data"
    return Path(os.environ.get("NEWSDESK_DATA") or beside)
