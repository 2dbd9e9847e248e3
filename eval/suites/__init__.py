"""The benchmarks, one small file each, and how one is named: a suite's name, or the path of a JSONL file."""

from __future__ import annotations

import os
from pathlib import Path

from eval.case import Case, read_cases
from eval.suites import multihop, realtimeqa, rgb, sample, squad, tow
from eval.suites.suite import Suite
from ingest.errors import UsageError

__all__ = ["SUITES", "Suite", "data_folder", "load", "real_or_sample", "suite_of"]

SUITES = {
    suite.name: suite
    for suite in (sample.SUITE, *realtimeqa.SUITES, multihop.SUITE, *rgb.SUITES, squad.SUITE, tow.SUITE)
}


def suite_of(name: str) -> Suite:
    """The suite of that name; raises UsageError naming those there are."""
    if name not in SUITES:
        raise UsageError(f"There is no suite {name!r}; suites: {', '.join(SUITES)}.")
    return SUITES[name]


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


def real_or_sample(data: Path) -> Suite:
    """The suite of real news where it is there, else the sample."""
    return SUITES["realtimeqa" if realtimeqa.is_in(data) else "sample"]
