"""What each part of the search is worth: every part off in turn, on the same questions.

    python -m eval.ablation SUITE=HOME [SUITE=HOME ...] [-n N] [--data DIR] [--write]

Prints a table for each suite: Hits@k and MRR@10 with 95 % intervals, and the paired difference in MRR to the
whole. With --write the tables go into docs/retrieval.md, between their marks.
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
from eval.case import Case
from eval.stats import difference, mean_of
from eval.suites import load
from ingest.errors import UsageError
from ingest.progress import step

_DOCUMENT = Path(__file__).parent.parent / "docs" / "retrieval.md"
_BEGIN, _END = "<!-- ablation: made by `make ablation` -->", "<!-- /ablation -->"
_DEPTH = 10


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


@dataclass(frozen=True, slots=True)
class Ranks:
    """For each question the rank of the first expected article, 0 when it is not among the first ten, and the
    share of the expected ones that are."""

    first: tuple[int, ...]
    recall: tuple[float, ...]

    def hits(self, k: int) -> list[float]:
        return [float(0 < rank <= k) for rank in self.first]

    @property
    def reciprocal(self) -> list[float]:
        return [1.0 / rank if rank else 0.0 for rank in self.first]


def ranks(desk: Newsdesk, cases: Sequence[Case], part: Without, done: Callable[[], None]) -> Ranks:
    """How the search finds the expected articles, named by id, without this part."""
    retriever = desk.retriever
    whole = retriever.weights
    first, recall = [], []
    try:
        retriever.weights = part.weights(whole)
        for case in cases:
            query = part.query(desk.understood(case.question, as_of=case.as_of))
            hits, _ = retriever.search(query, _DEPTH)
            places = {
                id_: place
                for place, hit in enumerate(hits, 1)
                for id_ in (hit.passage.article_id, *(reprint.article_id for reprint in hit.also))
                if id_ in case.gold
            }
            first.append(min(places.values(), default=0))
            recall.append(len(places) / len(set(case.gold)))
            done()
    finally:
        retriever.weights = whole
    return Ranks(tuple(first), tuple(recall))


def table(found: Sequence[tuple[str, Ranks]]) -> str:
    """A table in Markdown, the whole first."""
    lines = [
        "| | Hits@1 | Hits@4 | Hits@10 | recall@10 | MRR@10 | against the whole |",
        "|---|---|---|---|---|---|---|",
    ]
    whole = found[0][1].reciprocal
    for name, one in found:
        scores = [one.hits(1), one.hits(4), one.hits(10), list(one.recall), one.reciprocal]
        cells = [_cell(column) for column in scores]
        change = difference(whole, one.reciprocal)
        against = "" if one is found[0][1] else f"{change.mean:+.3f} [{change.low:+.3f}, {change.high:+.3f}]"
        lines.append(f"| {name} | {' | '.join(cells)} | {against} |")
    return "\n".join(lines)


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
                found = [(part.name, ranks(desk, cases, part, lambda: advance(1))) for part in PARTS]
        told.append(f"{suite}, {articles:,} articles, {len(cases)} questions:\n\n{table(found)}")
    print("\n\n".join(told))
    if given.write:
        write("\n\n".join(told))


if __name__ == "__main__":
    main()
