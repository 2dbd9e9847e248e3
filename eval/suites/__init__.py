"""The benchmarks, one small file each, and how one is named: a suite's name, or the path of a JSONL file."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eval.case import Case, read_cases
from eval.suites import multihop, realtimeqa, sample
from ingest.errors import UsageError


@dataclass(frozen=True, slots=True)
class Suite:
    """`data` is the folder of data sets that are not in the package.

    `cases(data)` reads the questions; `articles(data, count)` yields an archive for them, at most `count`
    articles that hold the answers first, as JSON objects that `newsdesk ingest` reads.
    """

    name: str
    measures: str
    cases: Callable[[Path], list[Case]]
    articles: Callable[[Path, int], Iterator[dict[str, Any]]]


SUITES = {
    suite.name: suite
    for suite in (
        Suite("sample", "the sample archive's questions, some unanswerable", sample.cases, sample.articles),
        Suite(
            "realtimeqa", "RealTimeQA: questions with a known source", realtimeqa.cases, realtimeqa.articles
        ),
        Suite(
            "realtimeqa-web",
            "RealTimeQA: questions with a source found on the web",
            realtimeqa.web_cases,
            realtimeqa.articles,
        ),
        Suite(
            "realtimeqa-choice",
            "RealTimeQA: every question, with options to choose from",
            realtimeqa.choice_cases,
            realtimeqa.articles,
        ),
        Suite(
            "multihop",
            "MultiHop-RAG, part: needs several articles, or none has it",
            multihop.cases,
            multihop.articles,
        ),
        Suite("realtimeqa-all", "RealTimeQA: every question", realtimeqa.all_cases, realtimeqa.articles),
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


def real_or_sample(data: Path) -> Suite:
    """The suite of real news where it is there, else the sample."""
    return SUITES["realtimeqa" if realtimeqa.is_in(data) else "sample"]
