"""Newsdesk and LlamaIndex finding the same articles, in one run, scored by the same functions.

LlamaIndex as it comes knows no as-of date, Newsdesk does. So both are shown both ways: without the date,
and with it, for which LlamaIndex's longer list is filtered by the date in its metadata.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from app import Newsdesk
from eval import report
from eval.case import Case, Found, Record, json_lines
from eval.metrics import score
from eval.peers.llamaindex import LlamaIndex
from eval.run import DEPTH, distinct
from ingest.article import Moment
from ingest.embed import open_embedder
from ingest.progress import step
from ingest.settings import embedder_name

METRICS = ("hits@1", "hits@4", "hits@10", "mrr@10")
_CHUNKS = 200  # nearest chunks that LlamaIndex is asked for: enough for 10 articles after filtering

Finder = Callable[[Case], tuple[Found, ...]]
Ranks = dict[str, list[Record]]


def compare(articles: Path, cases: Sequence[Case], work: Path) -> Ranks:
    """Records with ranks and scores for each way of searching, by its name.

    Both indexes are built under `work`, or gone on with if they are there already.
    """
    _ingest(articles, work / "newsdesk")
    peer = LlamaIndex(work / "llamaindex")
    _index(peer, articles, work / "llamaindex.complete")
    with Newsdesk.open(work / "newsdesk") as desk:
        ways: dict[str, Finder] = {
            "Newsdesk, as of the day": lambda c: distinct(desk.search(c.question, k=DEPTH, as_of=c.as_of)),
            "LlamaIndex, as of the day": lambda c: _until(peer.search(c.question, _CHUNKS), c.as_of),
            "Newsdesk, no date": lambda c: distinct(desk.search(c.question, k=DEPTH)),
            "LlamaIndex as it comes": lambda c: peer.search(c.question, _CHUNKS),
        }
        return {name: _records(name, cases, find) for name, find in ways.items()}


def _ingest(articles: Path, home: Path) -> None:
    from ingest.archive import Archive
    from ingest.indexes import Indexes
    from ingest.pipeline import ingest

    archive = Archive(home)
    indexes = Indexes(archive)
    try:
        ingest(archive, indexes, [articles], lambda: open_embedder(embedder_name()), embedder_name())
    finally:
        indexes.close()
        archive.close()


def _index(peer: LlamaIndex, articles: Path, complete: Path) -> None:
    if complete.exists():
        return
    records = [article for _, article in json_lines(articles)]
    with step("LlamaIndex", len(records), "articles") as advance:
        peer.index(records)
        advance(len(records))
    complete.touch()


def _until(ranked: Iterable[Found], as_of: str | None) -> tuple[Found, ...]:
    """What was published by `as_of`; the undated stays, as Newsdesk has it."""
    if as_of is None:
        return tuple(ranked)
    cut = Moment.parse(as_of).last
    return tuple(f for f in ranked if not f.published or Moment.parse(f.published).last <= cut)


def _records(name: str, cases: Sequence[Case], find: Finder) -> list[Record]:
    records = []
    with step(name, len(cases), "questions") as advance:
        for case in cases:
            record = Record(case, None, find(case)[:DEPTH], {}, {}, {})
            scores = score(record, {})
            records.append(replace(record, scores={metric: scores[metric] for metric in METRICS}))
            advance(1)
    return records


def to_json(ranks: Ranks) -> dict[str, Any]:
    """For each way its metrics with their intervals."""
    return {name: report.means_json(records) for name, records in ranks.items()}


def show(ranks: Ranks, console: Console) -> None:
    """One row for each way of searching."""
    grid = Table(title="The expected article, found", title_justify="left", box=None, pad_edge=False)
    grid.add_column("")
    for metric in METRICS:
        grid.add_column(metric, justify="right")
    for name, records in ranks.items():
        found = report.means(records)
        cells = [f"{report.number(m.mean, 'share')} {report.interval(m, 'share')}" for m in found.values()]
        grid.add_row(name, *cells)
    console.print(grid)
