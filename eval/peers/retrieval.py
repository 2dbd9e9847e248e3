"""Newsdesk and its peers finding the same articles, in one run, scored by the same functions.

The peers know no as-of date, Newsdesk does. So all are shown both ways: with the date, by which a peer's
list is cut, and without it. All have their vectors from one embedder (`eval.peers.vectors`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from rich.console import Console
from rich.table import Table

from app import Newsdesk
from eval import report, versions
from eval.cache import Cache
from eval.case import Case, Found, Record, json_lines
from eval.compare import Row
from eval.compare import compare as paired
from eval.metrics import score
from eval.peers import LIBRARIES, PEERS
from eval.peers.peer import Peer, Search
from eval.peers.vectors import Vectors, lent
from eval.run import DEPTH, distinct
from eval.stats import Mean
from ingest.article import Moment
from ingest.embed import open_embedder
from ingest.progress import step
from ingest.settings import embedder_name

METRICS = ("hits@1", "hits@4", "hits@10", "mrr@10")
NEWSDESK, DATED, UNDATED = "Newsdesk", ", as of the day", ", no date"
_CHUNKS = 200  # nearest chunks that a peer is asked for at first
_DEEPEST = 5_000  # ... and at most, where too little of what was nearest is old enough

Finder = Callable[[Case], tuple[Found, ...]]
Ranks = dict[str, list[Record]]


def compare(articles: Path, cases: Sequence[Case], work: Path) -> Ranks:
    """Records with ranks and scores for each way of searching, by its name.

    Vectors, the Newsdesk archive and the records of each peer stay under `work`, so that a run that was
    stopped goes on; only the index of the peer that it was at is made anew.
    """
    read = hashlib.sha256(articles.read_bytes()).hexdigest()
    # Other articles are another archive: it would keep those of a run with more.
    ranks = _newsdesk(articles, cases, work / f"newsdesk-{read[:12]}")
    vectors, kept = Vectors(work / "vectors", open_embedder(embedder_name())), Cache(work / "found")
    decides = {
        "articles": read,
        "cases": [case.to_json() for case in cases],
        "code": versions.code("eval/peers", "eval/metrics"),
        "libraries": [versions.installed(name) for name in LIBRARIES],
        "vectors": vectors.name,
    }
    for program, build in PEERS.items():
        key = decides | {"program": program}
        if (known := kept.get(key)) is None:
            found = _peer(program, build, articles, cases, vectors, work)
            known = {name: [record.to_json() for record in records] for name, records in found.items()}
            kept.put(key, known)
        ranks |= {name: list(map(Record.from_json, records)) for name, records in known.items()}
    return {name: ranks[name] for date in (DATED, UNDATED) for name in ranks if name.endswith(date)}


def _newsdesk(articles: Path, cases: Sequence[Case], home: Path) -> Ranks:
    _ingest(articles, home)
    with Newsdesk.open(home) as desk:
        ways: dict[str, Finder] = {
            NEWSDESK + DATED: lambda c: distinct(desk.search(c.question, k=DEPTH, as_of=c.as_of)),
            NEWSDESK + UNDATED: lambda c: distinct(desk.search(c.question, k=DEPTH)),
        }
        return {name: _records(name, cases, find) for name, find in ways.items()}


def _peer(
    program: str,
    build: Callable[[Path], Peer],
    articles: Path,
    cases: Sequence[Case],
    vectors: Vectors,
    work: Path,
) -> Ranks:
    found: Ranks = {}
    with TemporaryDirectory(dir=work) as folder:
        with step(program, None, "chunks") as advance, lent(vectors, advance):
            peer = build(Path(folder))
            peer.index([article for _, article in json_lines(articles)])
        with lent(vectors):
            for name, search in peer.ways.items():
                once = cache(search)
                for date, find in ((DATED, _dated(once)), (UNDATED, _undated(once))):
                    found[name + date] = _records(name + date, cases, find)
    return found


def _undated(search: Search) -> Finder:
    return lambda case: search(case.question, _CHUNKS)


def _dated(search: Search) -> Finder:
    """What the peer finds, cut at the day asked for: deeper and deeper until enough is left."""

    def find(case: Case) -> tuple[Found, ...]:
        chunks = _CHUNKS
        while len(kept := _until(search(case.question, chunks), case.as_of)) < DEPTH and chunks < _DEEPEST:
            chunks *= 5
        return kept

    return find


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


def ahead(ranks: Ranks) -> dict[str, dict[str, Row]]:
    """By how much Newsdesk is ahead of each other way, question by question, by way and metric."""
    found = {}
    for name, records in ranks.items():
        ours = ranks[NEWSDESK + (DATED if name.endswith(DATED) else UNDATED)]
        if records is not ours:
            found[name] = {row.metric.name: row for row in paired(records, ours).rows}
    return found


def to_json(ranks: Ranks) -> dict[str, Any]:
    """For each way its metrics with their intervals, and how far Newsdesk is ahead of it."""
    lead = ahead(ranks)
    return {
        name: report.means_json(records)
        | ({"ahead": {m: row.to_json() for m, row in lead[name].items()}} if name in lead else {})
        for name, records in ranks.items()
    }


def show(ranks: Ranks, console: Console) -> None:
    """With the date and without it, a row for each program: what it finds, and how far Newsdesk is ahead."""
    lead = ahead(ranks)
    for date in (DATED, UNDATED):
        found = {name: records for name, records in ranks.items() if name.endswith(date)}
        means = {name: [_mean(m) for m in report.means(records).values()] for name, records in found.items()}
        console.print(_table(f"The expected article found{date}", date, means))
        led = {name: [_lead(row) for row in lead[name].values()] for name in found if name in lead}
        console.print(_table("Newsdesk ahead, question by question (* told apart)", date, led))


def _mean(mean: Mean) -> str:
    return f"{report.number(mean.mean, 'share')}\n{report.interval(mean, 'share')}"


def _lead(row: Row) -> str:
    change = row.change
    low, high = (report.number(value, "share") for value in (change.low, change.high))
    return f"{report.number(change.mean, 'share')}{'*' if row.is_told_apart else ''}\n[{low}, {high}]"


def _table(title: str, date: str, rows: Mapping[str, Sequence[str]]) -> Table:
    grid = Table(title=title, title_justify="left", title_style="bold", box=None, pad_edge=False)
    grid.add_column("", no_wrap=True)
    for metric in METRICS:
        grid.add_column(metric, justify="right")
    for name, cells in rows.items():
        grid.add_row(name.removesuffix(date), *cells)
    return grid
