"""The small suites on the sample archive, from an empty folder: what `make eval` runs and the README shows.

Each suite gets an archive of its own, since one of them must not hold what its questions are about.
Everything comes with the program: no data set is read.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Mapping, Sequence
from itertools import islice
from pathlib import Path

from app import Newsdesk
from app.verify import Verifier
from eval.case import Case, Record
from eval.findings import findings
from eval.questions import questions
from eval.report import interval, means, number
from eval.run import Setup
from eval.run import run as run_cases
from eval.suites import sample, tow
from eval.suites.suite import Suite
from eval.written import write
from ingest.archive import Archive
from ingest.embed import open_embedder
from ingest.indexes import Indexes
from ingest.pipeline import ingest
from ingest.settings import embedder_name

SUITES: tuple[Suite, ...] = (
    sample.SUITE,
    Suite("made", "questions made from the archive's sentences", lambda data: _made(), sample.articles),
    tow.SUITE,
)
# What the README shows of each run, where it was measured.
SHOWN = (
    "hits@1", "hits@4", "mrr@10", "contains_answer", "direct_right", "headline_named", "outlet_named",
    "citations_exact", "citation_recall", "citation_precision", "number_agreement", "temporally_right",
    "refused_rightly", "refused_wrongly",
)  # fmt: skip
_ALL, _QUESTIONS = 10_000, 100
_NOWHERE = Path("no data set")
_ROW = re.compile(r"^\| (\S+) \| (\S+) \| ([\d.]+) \| \[([\d.]+), ([\d.]+)\] \|", re.MULTILINE)


def run(
    out: Path, judge: Verifier | None = None, suites: Sequence[Suite] = SUITES
) -> dict[str, list[Record]]:
    """The records of each suite, by name; what an earlier call left in the folder is made anew."""
    out.mkdir(parents=True, exist_ok=True)
    return {suite.name: _run(suite, out, judge) for suite in suites}


def _run(suite: Suite, out: Path, judge: Verifier | None) -> list[Record]:
    home, articles = out / f"{suite.name}-home", out / f"{suite.name}-articles.jsonl"
    records_file = out / f"{suite.name}.jsonl"
    shutil.rmtree(home, ignore_errors=True)
    records_file.unlink(missing_ok=True)
    with articles.open("w", encoding="utf-8") as lines:
        lines.writelines(json.dumps(article) + "\n" for article in suite.articles(_NOWHERE, _ALL))
    _ingest(articles, home)
    with Newsdesk.open(home) as desk:
        records = run_cases(suite.cases(_NOWHERE), desk, records_file, Setup(judge=judge))
    write(findings(records, f"Smoke suite “{suite.name}”"), out / f"{suite.name}.html")
    return records


def _made() -> list[Case]:
    return list(islice(questions(sample.archive()), _QUESTIONS))


def _ingest(articles: Path, home: Path) -> None:
    archive = Archive(home)
    indexes, name = Indexes(archive), embedder_name()
    try:
        ingest(archive, indexes, [articles], lambda: open_embedder(name), name)
    finally:
        indexes.close()
        archive.close()


# As the README shows it


def table(found: Mapping[str, Sequence[Record]]) -> str:
    """The main figures of each suite as a Markdown table."""
    rows = ["| suite | metric | mean | 95 % interval | cases |", "|---|---|---|---|---|"]
    for suite, records in found.items():
        measured = means(records)
        for name in (name for name in SHOWN if name in measured):
            mean = measured[name]
            shown = number(mean.mean, "share"), interval(mean, "share"), str(mean.n)
            rows.append(f"| {suite} | {name} | {' | '.join(shown)} |")
    return "\n".join(rows) + "\n"


def shown_in(text: str) -> dict[tuple[str, str], tuple[float, float, float]]:
    """What such a table shows: mean, lower and upper bound, by suite and metric."""
    return {(suite, name): (float(mean), float(low), float(high))
            for suite, name, mean, low, high in _ROW.findall(text)}  # fmt: skip
