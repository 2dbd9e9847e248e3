"""Adds up scores: means with 95 % bootstrap intervals, as a table for the terminal and as JSON.

It knows records and their scores, not how they came about. A score of None is left out of its mean and
shows in `n`: what could not be judged is not zero.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from eval.case import Record
from eval.metrics import METRICS, Unit

RESAMPLES = 10_000
SEED = 20_260_314  # any fixed one: the same records give the same interval every time


@dataclass(frozen=True, slots=True)
class Mean:
    """The mean of `n` scores with its 95 % interval; a single score has none (low and high are None)."""

    mean: float
    low: float | None
    high: float | None
    n: int


def mean_of(scores: Sequence[float], *, resamples: int = RESAMPLES) -> Mean | None:
    """The mean with the percentile bootstrap's interval (Efron 1979), None without scores.

    Whole samples are drawn again with replacement; where all scores are equal the interval has no width.
    """
    if not scores:
        return None
    values = np.asarray(scores, np.float64)
    mean = float(values.mean())
    if len(values) == 1:
        return Mean(mean, None, None, 1)
    draw = np.random.default_rng(SEED)
    # In parts, so that thousands of records do not take gigabytes.
    part = max(1, 2_000_000 // len(values))
    sizes = [min(part, resamples - done) for done in range(0, resamples, part)]
    means = np.concatenate(
        [values[draw.integers(len(values), size=(n, len(values)))].mean(axis=1) for n in sizes]
    )
    low, high = np.percentile(means, [2.5, 97.5])
    return Mean(mean, float(low), float(high), len(values))


def means(records: Sequence[Record]) -> dict[str, Mean]:
    """Every metric that applies to at least one of the records, by name, in the metrics' order."""
    found = {metric.name: mean_of(_scores(records, metric.name)) for metric in METRICS}
    return {name: mean for name, mean in found.items() if mean}


def by_tag(records: Sequence[Record]) -> dict[str, list[Record]]:
    """The records of each tag, in order of the tags' names; one with several tags is in each."""
    tags = sorted({tag for record in records for tag in record.case.tags})
    return {tag: [record for record in records if tag in record.case.tags] for tag in tags}


def to_json(records: Sequence[Record], *, tags: bool = False) -> dict[str, Any]:
    """The whole report as one JSON document."""
    report: dict[str, Any] = {
        "cases": len(records),
        "errors": [{"id": r.case.id, "error": r.error} for r in records if r.error],
        "versions": dict(records[0].versions) if records else {},
        "metrics": means_json(records),
        "notes": notes(records),
    }
    if tags:
        report["tags"] = {tag: means_json(part) for tag, part in by_tag(records).items()}
    return report


def means_json(records: Sequence[Record]) -> dict[str, Any]:
    """`means` as JSON."""
    return {name: asdict(mean) for name, mean in means(records).items()}


def show(records: Sequence[Record], console: Console, *, tags: bool = False) -> None:
    """Prints the table, one more for each tag if wanted, and what to know about them."""
    console.print(table(records, f"{len(records)} cases"))
    for tag, part in by_tag(records).items() if tags else ():
        console.print(table(part, f"{tag}: {len(part)} cases"))
    console.print(_below(records))


def table(records: Sequence[Record], title: str) -> Table:
    """One row for each metric: its mean, the interval, and how many cases it applies to."""
    grid = Table(title=title, title_justify="left", title_style="bold", box=None, pad_edge=False)
    grid.add_column("")
    for column in ("mean", "95 % interval", "cases"):
        grid.add_column(column, justify="right")
    found = means(records)
    for metric in METRICS:
        if mean := found.get(metric.name):
            grid.add_row(
                metric.name, number(mean.mean, metric.unit), interval(mean, metric.unit), str(mean.n)
            )
    return grid


def interval(mean: Mean, unit: Unit) -> str:
    if mean.low is None or mean.high is None:
        return ""
    return f"[{number(mean.low, unit)}, {number(mean.high, unit)}]"


def number(value: float, unit: Unit) -> str:
    """As it is usually written: shares as .892, seconds as 0.13 s, words and articles with one decimal."""
    if unit == "share":
        return f"{value:.3f}".removeprefix("0") if value < 1 else f"{value:.3f}"
    return f"{value:.3f} s" if unit == "seconds" else f"{value:.1f}"


def notes(records: Sequence[Record]) -> list[str]:
    """What a reader of the table should know: errors, an archive that is not the questions' own."""
    said = []
    failed = [record for record in records if record.error]
    if failed:
        said.append(
            f"{len(failed)} of {len(records)} cases failed and are in no mean; first: {failed[0].error}"
        )
    judged = _scores(records, "hits@10")
    if judged and not any(judged):
        said.append(
            "No question found an article it was written about: is this the archive that belongs to them?"
        )
    return said


def _below(records: Sequence[Record]) -> RenderableType:
    seconds = _scores(records, "ask_seconds")
    lines = []
    if seconds:
        median, late = np.percentile(seconds, [50, 95])
        lines.append(Text(f"time of an answer: median {median:.3f} s, 95th percentile {late:.3f} s"))
    versions = ", ".join(
        f"{name} {value}" for name, value in (records[0].versions if records else {}).items()
    )
    lines.append(Text(versions, style="dim"))
    return Group(*lines, *(Text(note, style="yellow") for note in notes(records)))


def _scores(records: Iterable[Record], name: str) -> list[float]:
    return [value for record in records if (value := record.scores.get(name)) is not None]
