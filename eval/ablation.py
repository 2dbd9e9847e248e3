"""What each part of the search is worth: every part off in turn, on the same questions.

    python -m eval.ablation SUITE=HOME [SUITE=HOME ...] [-n N] [--data DIR] [--write]

Prints a table for each suite: Hits@k, MRR@10 and, where several articles are needed, how many of them are
found, with 95 % intervals, and the paired difference in MRR to the whole. With --write the tables go into
docs/retrieval.md, between their marks.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from app.engine import Newsdesk
from app.fusion import Weights
from app.understand import Query
from eval.case import Case, Record
from eval.metrics import score
from eval.run import DEPTH, distinct
from eval.stats import difference, mean_of
from eval.suites import load
from ingest.errors import UsageError
from ingest.progress import step

_DOCUMENT = Path(__file__).parent.parent / "docs" / "retrieval.md"
_BEGIN, _END = "<!-- ablation: made by `make ablation` -->", "<!-- /ablation -->"
METRICS = ("hits@1", "hits@4", "hits@10", "recall@10", "all_evidence@10", "mrr@10")
_BY = "mrr@10"


@dataclass(frozen=True, slots=True)
class Without:
    """The search without one of its parts: what is taken from the weights, and from the question."""

    name: str
    weights: Callable[[Weights], Weights] = lambda weights: weights
    query: Callable[[Query], Query] = lambda query: query


PARTS = (
    Without("everything"),
    Without("without meaning", lambda w: replace(w, dense=0.0)),
    Without("without the words of passages", lambda w: replace(w, passage_words=0.0)),
    Without("without the words of articles", lambda w: replace(w, article_words=0.0)),
    Without("without newness", lambda w: replace(w, recency=0.0, newest=0.0)),
    Without("without wording that wants the newest", query=lambda q: replace(q, wants_newest=False)),
    Without("without outlets in the question", query=lambda q: replace(q, outlets=())),
    Without("without times in the question", query=lambda q: replace(q, times=())),
)


def searched(desk: Newsdesk, cases: Sequence[Case], part: Without, done: Callable[[], None]) -> list[Record]:
    """What the search finds without this part, scored."""
    retriever = desk.retriever
    whole = retriever.weights
    records = []
    try:
        retriever.weights = part.weights(whole)
        for case in cases:
            query = part.query(desk.understood(case.question, as_of=case.as_of))
            hits, _ = retriever.search(query, DEPTH)
            record = Record(case, None, distinct(hits), {}, {}, {})
            records.append(replace(record, scores=score(record, {})))
            done()
    finally:
        retriever.weights = whole
    return records


def table(found: Sequence[tuple[str, Sequence[Record]]]) -> str:
    """A table in Markdown, the whole first; a metric that applies to no question has no column."""
    whole = found[0][1]
    metrics = [name for name in METRICS if any(record.scores[name] is not None for record in whole)]
    lines = [f"| | {' | '.join(metrics)} | {_BY} against the whole |", f"|{'---|' * (len(metrics) + 2)}"]
    for name, records in found:
        cells = [_cell(_column(records, metric)) for metric in metrics]
        change = difference(_column(whole, _BY), _column(records, _BY))
        against = "" if records is whole else f"{change.mean:+.3f} [{change.low:+.3f}, {change.high:+.3f}]"
        lines.append(f"| {name} | {' | '.join(cells)} | {against} |")
    return "\n".join(lines)


def _column(records: Sequence[Record], metric: str) -> list[float]:
    return [value for record in records if (value := record.scores[metric]) is not None]


def _cell(scores: Sequence[float]) -> str:
    mean = mean_of(scores)
    if mean is None or mean.low is None or mean.high is None:
        return "" if mean is None else f"{mean.mean:.3f}"
    return f"{mean.mean:.3f} [{mean.low:.3f}, {mean.high:.3f}]"


def write(text: str, document: Path = _DOCUMENT) -> None:
    """Puts the tables between their marks; raises UsageError when these are missing."""
    old = document.read_text("utf-8")
    if _BEGIN not in old or _END not in old:
        raise UsageError(f"{document} has no place for the tables: put {_BEGIN} and {_END} there.")
    between = re.compile(f"{re.escape(_BEGIN)}.*?{re.escape(_END)}", re.DOTALL)
    document.write_text(between.sub(lambda _: f"{_BEGIN}\n\n{text}\n\n{_END}", old), "utf-8")


def main(arguments: Sequence[str] | None = None) -> None:
    """Prints the tables; with --write puts them into the document."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("archives", nargs="+", metavar="SUITE=HOME", help="a suite and its archive's folder")
    parser.add_argument("-n", type=int, metavar="N", help="only the first N questions of each suite")
    parser.add_argument("--data", type=Path, help="the folder of data sets")
    parser.add_argument("--write", action="store_true", help="put the tables into docs/retrieval.md")
    given = parser.parse_args(arguments)
    told = []
    for named in given.archives:
        suite, equals, home = named.partition("=")
        if not equals:
            raise UsageError(f"{named!r} names no archive: write SUITE=HOME.")
        cases = [case for case in load(suite, given.data) if case.gold][: given.n]
        with Newsdesk.open(home) as desk:
            articles = desk.status().articles
            with step(suite, len(cases) * len(PARTS), "searches") as advance:
                found = [(part.name, searched(desk, cases, part, lambda: advance(1))) for part in PARTS]
        told.append(f"{suite}, {articles:,} articles, {len(cases)} questions:\n\n{table(found)}")
    print("\n\n".join(told))
    if given.write:
        write("\n\n".join(told))


if __name__ == "__main__":
    main()
