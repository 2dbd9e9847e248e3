"""Adds up scores: means with 95 % intervals, as a table for the terminal and as JSON.

It knows records and their scores, not how they came about. A score of None is left out of its mean and
shows in `n`: what could not be judged is not zero.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

import numpy as np
from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from eval.case import Record
from eval.metrics import METRICS, Unit
from eval.stats import Mean, mean_of
from eval.stories import stories_of

__all__ = ["Mean", "interval", "mean_of", "means", "means_json", "notes", "number", "show", "to_json"]


def means(records: Sequence[Record]) -> dict[str, Mean]:
    """Every metric that applies to at least one of the records, by name, in the metrics' order."""
    stories = stories_of([record.case for record in records])
    found: dict[str, Mean] = {}
    for metric in METRICS:
        judged = [(s, story) for r, story in zip(records, stories, strict=True)
                  if (s := r.scores.get(metric.name)) is not None]  # fmt: skip
        scores, of = [score for score, _ in judged], [story for _, story in judged]
        if mean := mean_of(scores, of, is_share=metric.unit == "share"):
            found[metric.name] = mean
    return found


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
    group = ""
    for metric in METRICS:
        if mean := found.get(metric.name):
            if metric.group != group:
                grid.add_row(Text(metric.group, style="dim italic"))
                group = metric.group
            cells = number(mean.mean, metric.unit), interval(mean, metric.unit), str(mean.n)
            grid.add_row(f"  {metric.name}", *cells)
    return grid


def interval(mean: Mean, unit: Unit) -> str:
    if mean.low is None or mean.high is None:
        return ""
    return f"[{number(mean.low, unit)}, {number(mean.high, unit)}]"


def number(value: float, unit: Unit) -> str:
    """As it is usually written: shares as .892, seconds as 0.13 s, words and articles with one decimal."""
    if unit == "share":
        sign = "−" if value <= -0.0005 else ""
        written = f"{abs(value):.3f}"
        return sign + (written.removeprefix("0") if abs(value) < 1 else written)
    return f"{value:.3f} s" if unit == "seconds" else f"{value:.1f}"


def notes(records: Sequence[Record]) -> list[str]:
    """What a reader of the table should know: errors, an archive that is not the questions' own."""
    told = []
    failed = [record for record in records if record.error]
    if failed:
        told.append(
            f"{len(failed)} of {len(records)} cases failed and are in no mean; first: {failed[0].error}"
        )
    judged = scores_of(records, "hits@10")
    if judged and not any(judged):
        told.append(
            "No question found an article it was written about: is this the archive that belongs to them?"
        )
    return told


def _below(records: Sequence[Record]) -> RenderableType:
    seconds = scores_of(records, "ask_seconds")
    lines = []
    if seconds:
        median, late = np.percentile(seconds, [50, 95])
        lines.append(Text(f"time of an answer: median {median:.3f} s, 95th percentile {late:.3f} s"))
    lines.append(Text(versions_line(records[0].versions if records else {}), style="dim"))
    return Group(*lines, *(Text(note, style="yellow") for note in notes(records)))


def versions_line(versions: Mapping[str, str]) -> str:
    """What was run, in one line, without the long list of libraries."""
    return ", ".join(f"{name} {value}" for name, value in versions.items() if name != "libraries")


def scores_of(records: Iterable[Record], name: str) -> list[float]:
    """The scores of one metric, where it could be judged."""
    return [value for record in records if (value := record.scores.get(name)) is not None]
