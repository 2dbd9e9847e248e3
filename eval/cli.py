"""The `newsdesk eval` commands: options in, one call, a table or a JSON document out.

Only click is imported here; what costs time is imported by the command that needs it.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from eval.main import main as main  # the console script: `newsdesk = "eval.cli:main"`

if TYPE_CHECKING:
    from eval.case import Record


@click.group("eval")
def evaluate() -> None:
    """Measure answers: right, cited, refused where they should be."""


@evaluate.command("run")
@click.argument("suite")
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Where the records go; the same file goes on.",
)
@click.option("-n", "count", type=click.IntRange(min=1), help="Only the first N cases.")
@click.option(
    "--data",
    type=click.Path(path_type=Path, file_okay=False),
    envvar="NEWSDESK_DATA",
    help="Folder of data sets.",
)
@click.option("--home", metavar="DIR", envvar="NEWSDESK_HOME", help="The archive's folder.")
@click.option("--tags", is_flag=True, help="A table for each tag, too.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document on standard output.")
def run_suite(
    suite: str,
    out: Path | None,
    count: int | None,
    data: Path | None,
    home: str | None,
    tags: bool,
    as_json: bool,
) -> None:
    """Ask the archive the questions of SUITE and score the answers.

    SUITE is `sample`, `realtimeqa`, `realtimeqa-all`, or a JSONL file with a `question` on each line and,
    as far as known, `answers`, `gold` (ids, URLs or titles of articles), `as_of` and `answerable`. Each
    case is written to the --out file as soon as it is done; run the same command again to go on.
    """
    from rich.console import Console

    from app import Newsdesk
    from eval import report
    from eval.run import run
    from eval.suites import load

    cases = load(suite, data)[:count]
    out = out or Path(f"eval-{Path(suite).stem}.jsonl")
    with Newsdesk.open(home) as desk:
        records = run(cases, desk, out)
    if as_json:
        click.echo(
            json.dumps({"suite": suite, "out": str(out), **report.to_json(records, tags=tags)}, indent=2)
        )
    else:
        report.show(records, Console(), tags=tags)
        click.echo(f"Records: {out}")
    _fail_if_all_failed(records)


def _fail_if_all_failed(records: list[Record]) -> None:
    if all(record.error for record in records):
        raise click.ClickException(f"every case failed: {records[0].error}")
