"""The `newsdesk eval` commands: options in, one call, a table or a JSON document out.

Only click is imported here; what costs time is imported by the command that needs it. The commands that run
and score are here, the others in `eval.cli_data` and `eval.cli_tune`.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from eval import cli_data
from eval.cli_data import FILE, FOLDER, data_option
from eval.cli_tune import tune
from ingest.cli import existing, home_option, json_option, print_json
from ingest.errors import NewsdeskError, UsageError

if TYPE_CHECKING:
    from eval.case import Record

RUN = click.Path(path_type=Path, dir_okay=False)
_WIDE = 130


@click.group("eval")
def evaluate() -> None:
    """Measure answers: right, cited, refused where they should be."""


@evaluate.command("run")
@click.argument("suite")
@click.option("--out", type=FILE, help="Where the records go.  [default: eval-SUITE.jsonl]")
@click.option("-n", "count", type=click.IntRange(min=1), metavar="N", help="Only the first N questions.")
@click.option(
    "--jobs",
    type=click.IntRange(min=1),
    default=1,
    show_default=True,
    help="Questions at once; times are fair with 1 only.",
)
@click.option("--fresh", is_flag=True, help="Ask again what was answered before by the same program.")
@click.option("--llm", metavar="SPEC", help="The language model that writes.")
@click.option("--judge-llm", metavar="SPEC", help="A model that judges too (LlamaIndex's evaluators).")
@click.option("--tags", is_flag=True, help="A table for each tag, too.")
@data_option
@home_option
@json_option
def run_suite(
    suite: str,
    out: Path | None,
    count: int | None,
    jobs: int,
    fresh: bool,
    llm: str | None,
    judge_llm: str | None,
    tags: bool,
    data: Path | None,
    home: str | None,
    as_json: bool,
) -> None:
    """Ask the archive the questions of SUITE and score the answers.

    SUITE is one of `newsdesk eval suites`, or a JSONL file with a `question` on each line and, as far as
    known, `answers`, `gold` (ids, URLs or titles of articles), `as_of` and `answerable`. Each case is written
    to the --out file as soon as it is done; run the same command again to go on.
    """
    from rich.console import Console

    from app import Newsdesk
    from eval import report
    from eval.cache import Cache
    from eval.judging import open_judge
    from eval.llm_judges import judges
    from eval.run import Setup, run
    from eval.suites import load

    cases = load(suite, data)[:count]
    out = out or Path(f"eval-{Path(suite).stem}.jsonl")
    folder = existing(home)
    setup = Setup(
        judge=open_judge(),
        jobs=jobs,
        cache=Cache(None if fresh else folder / "eval-cache"),
        opine=judges(judge_llm) if judge_llm else None,
        llm=llm or "",
        judge_llm=judge_llm or "",
    )
    with Newsdesk.open(folder, llm=llm) as desk:
        records = run(cases, desk, out, setup)
    if as_json:
        print_json({"suite": suite, "out": str(out), **report.to_json(records, tags=tags)})
    else:
        report.show(records, Console(), tags=tags)
        click.echo(f"Records: {out}")
    _fail_if_all_failed(records)


def _fail_if_all_failed(records: list[Record]) -> None:
    if all(record.error for record in records):
        raise NewsdeskError(f"Every case failed, the first with: {records[0].error}")


@evaluate.command("score")
@click.argument("run", type=RUN)
@click.option("--judge", is_flag=True, help="Also judge every sentence again, with the verifier that is set.")
@json_option
def score_again(run: Path, judge: bool, as_json: bool) -> None:
    """Score an old RUN again with today's metrics: no archive and no engine is needed.

    The file is rewritten as a whole, or stays as it was.
    """
    from rich.console import Console

    from eval import report
    from eval.judging import open_judge
    from eval.log import read_run
    from eval.run import scored_again

    records = scored_again(run, read_run(run), open_judge() if judge else None)
    if as_json:
        print_json({"out": str(run), **report.to_json(records)})
    else:
        report.show(records, Console())


@evaluate.command("report")
@click.argument("run", type=RUN)
@click.option("--out", type=FILE, help="Write the whole report here: .html, .md or .json by its ending.")
@click.option("--title", help="What the report is called.  [default: the name of the file]")
@json_option
def write_report(run: Path, out: Path | None, title: str | None, as_json: bool) -> None:
    """Tell what came of a RUN: intervals, curves, slices, the worst cases with their evidence."""
    from rich.console import Console

    from eval import report
    from eval.findings import findings
    from eval.log import read_run
    from eval.written import write

    records = read_run(run)
    found = findings(records, title or run.stem)
    if out:
        write(found, out)
    if as_json:
        print_json(found.to_json())
    elif out:
        click.echo(f"Report: {out}")
    else:
        report.show(records, Console())


@evaluate.command("compare")
@click.argument("before", type=RUN)
@click.argument("after", type=RUN)
@click.option("--cases", type=click.IntRange(min=0), default=5, show_default=True, help="Cases shown.")
@json_option
def compare_runs(before: Path, after: Path, cases: int, as_json: bool) -> None:
    """Tell two runs of the same cases apart, if they can be: paired, by story, all metrics together."""
    from rich.console import Console

    from eval.compare import compare
    from eval.log import read_run
    from eval.side_by_side import show

    found = compare(read_run(before), read_run(after))
    if as_json:
        print_json(found.to_json())
    else:
        # Into a file or a pipe there is room for the whole table.
        show(found, Console(width=None if sys.stdout.isatty() else _WIDE), cases)


@evaluate.command("gate")
@click.argument("run", type=RUN)
@click.option("--min", "least", multiple=True, metavar="METRIC=VALUE", help="Its lower bound must reach it.")
@click.option("--max", "most", multiple=True, metavar="METRIC=VALUE", help="Its upper bound must stay below.")
@click.option("--baseline", type=RUN, help="An older run, in nothing of which this one may be worse.")
@json_option
def gate(
    run: Path, least: tuple[str, ...], most: tuple[str, ...], baseline: Path | None, as_json: bool
) -> None:
    """Fail (exit status 1) when a RUN is not good enough, by the bounds of its intervals."""
    from eval.gate import Limit, limits_held, no_worse
    from eval.log import read_run

    limits = [Limit.parse(text, "min") for text in least] + [Limit.parse(text, "max") for text in most]
    if not limits and baseline is None:
        raise UsageError("Nothing is demanded: give --min METRIC=VALUE, --max METRIC=VALUE or --baseline.")
    records = read_run(run)
    checks = limits_held(records, limits)
    checks += no_worse(read_run(baseline), records) if baseline else []
    passed = all(check.passed for check in checks)
    if as_json:
        print_json({"passed": passed, "checks": [{"passed": c.passed, "text": c.text} for c in checks]})
    else:
        click.echo("\n".join(f"{'ok' if c.passed else 'FAILED':7s}{c.text}" for c in checks))
    if not passed:
        raise click.exceptions.Exit(1)


@evaluate.command("smoke")
@click.option("--out", type=FOLDER, default=Path("build/eval"), show_default=True, help="Where it goes.")
@json_option
def run_smoke(out: Path, as_json: bool) -> None:
    """Run the small suites on the sample archive, from an empty folder, with a report of each."""
    from rich.console import Console

    from eval import report, smoke
    from eval.judging import open_judge

    found = smoke.run(out, open_judge())
    if as_json:
        print_json({name: report.to_json(records) for name, records in found.items()})
        return
    for name, records in found.items():
        Console().print(report.table(records, f"{name}: {len(records)} cases"))
        click.echo(f"Report: {out / f'{name}.html'}\n")


@evaluate.command("metrics")
@json_option
def list_metrics(as_json: bool) -> None:
    """List the metrics with their definitions."""
    from eval.metrics import METRICS

    if as_json:
        print_json(
            [{"name": m.name, "group": m.group, "better": m.better, "about": m.about} for m in METRICS]
        )
        return
    for metric in METRICS:
        click.echo(f"{metric.name:28s}{metric.about}")


for command in (*cli_data.COMMANDS, tune):
    evaluate.add_command(command)
