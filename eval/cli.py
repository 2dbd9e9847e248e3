"""The `newsdesk eval` commands: options in, one call, a table or a JSON document out.

Only click is imported here; what costs time is imported by the command that needs it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import click

from ingest.cli import home_option, json_option, print_json
from ingest.errors import ArchiveError, NewsdeskError, UsageError

if TYPE_CHECKING:
    from eval.case import Record
    from eval.suites import Suite

FILE = click.Path(path_type=Path, dir_okay=False)
FOLDER = click.Path(path_type=Path, file_okay=False)
data_option = click.option("--data", type=FOLDER, help="The folder of data sets; also NEWSDESK_DATA.")


@click.group("eval")
def evaluate() -> None:
    """Measure answers: right, cited, refused where they should be."""


@evaluate.command("run")
@click.argument("suite")
@click.option("--out", type=FILE, help="Where the records go.  [default: eval-SUITE.jsonl]")
@click.option("-n", "count", type=click.IntRange(min=1), metavar="N", help="Only the first N questions.")
@click.option("--tags", is_flag=True, help="A table for each tag, too.")
@data_option
@home_option
@json_option
def run_suite(
    suite: str,
    out: Path | None,
    count: int | None,
    tags: bool,
    data: Path | None,
    home: str | None,
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
        print_json({"suite": suite, "out": str(out), **report.to_json(records, tags=tags)})
    else:
        report.show(records, Console(), tags=tags)
        click.echo(f"Records: {out}")
    _fail_if_all_failed(records)


def _fail_if_all_failed(records: list[Record]) -> None:
    if all(record.error for record in records):
        raise NewsdeskError(f"Every case failed, the first with: {records[0].error}")


@evaluate.command("draw")
@click.argument("suite")
@click.argument("file", type=FILE)
@click.option("--count", type=click.IntRange(min=1), default=2_000, show_default=True, help="How many.")
@data_option
def draw(suite: str, file: Path, count: int, data: Path | None) -> None:
    """Write an archive for the questions of SUITE to FILE, ready for `newsdesk ingest`.

    It holds the articles that the questions are about, and others drawn from the data set, always the
    same ones, up to --count.
    """
    from eval.suites import data_folder

    written = _write(_suite(suite).articles(data or data_folder(), count), file)
    click.echo(f"{written:,} articles in {file}: newsdesk ingest {file}")


@evaluate.command("peers")
@click.option(
    "--count", type=click.IntRange(min=1), default=2_000, show_default=True, help="How many articles."
)
@click.option("--work", type=FOLDER, help="Keep both indexes here and use them again.")
@data_option
@json_option
def peers(count: int, work: Path | None, data: Path | None, as_json: bool) -> None:
    """Compare with LlamaIndex: which finds the expected article, on the same articles in one run.

    Asks RealTimeQA's questions where the data set is there, else those of the sample archive. Needs the
    extra `bench`.
    """
    from rich.console import Console

    from eval.peers import retrieval
    from eval.suites import data_folder, real_or_sample

    data = data or data_folder()
    suite = real_or_sample(data)
    cases = [case for case in suite.cases(data) if case.gold]
    with _folder(work) as place:
        written = _write(suite.articles(data, count), place / "articles.jsonl")
        ranks = retrieval.compare(place / "articles.jsonl", cases, place)
    if as_json:
        print_json({"suite": suite.name, "articles": written, "ways": retrieval.to_json(ranks)})
    else:
        retrieval.show(ranks, Console())
        click.echo(f"{len(cases)} questions of {suite.name} over {written:,} articles.")


@evaluate.command("bench")
@click.option(
    "--count", type=click.IntRange(min=1), default=200, show_default=True, help="How many articles."
)
@click.option("--rounds", type=click.IntRange(min=1), default=1, show_default=True, help="Builds of each.")
@click.option("--alone", is_flag=True, help="Without LlamaIndex.")
@click.option("--home", metavar="DIR", help="Ask this archive, and not the one that is built.")
@data_option
@json_option
def bench(count: int, rounds: int, alone: bool, home: str | None, data: Path | None, as_json: bool) -> None:
    """Measure the speed: complete indexes against LlamaIndex, the first words found, questions, commands.

    On real news where RealTimeQA is there, else on the sample archive. Needs the extra `bench`, unless
    --alone.
    """
    from rich.console import Console

    from eval import bench as speed
    from eval.suites import data_folder, real_or_sample

    data = data or data_folder()
    suite = real_or_sample(data)
    cases = suite.cases(data)
    programs = [speed.NEWSDESK] if alone else [speed.NEWSDESK, speed.STOCK, speed.WHOLE]
    with _folder(None) as work:
        written = _write(suite.articles(data, count), work / "articles.jsonl")
        made = speed.builds(work / "articles.jsonl", work, programs, rounds)
        asked = Path(home) if home else work / f"{speed.NEWSDESK} 0"
        times = [
            speed.first_words(made),
            speed.warm_questions(asked, cases),
            *speed.cold_commands(asked, cases[0].question),
        ]
    if as_json:
        print_json({"suite": suite.name, "articles": written, **speed.to_json(made, times)})
    else:
        speed.show(made, times, Console())
        click.echo(f"{written:,} articles and {len(cases)} questions of {suite.name}.")


def _suite(name: str) -> Suite:
    from eval.suites import SUITES

    if name not in SUITES:
        raise UsageError(f"There is no suite {name!r}; suites: {', '.join(SUITES)}.")
    return SUITES[name]


def _write(articles: Iterable[Mapping[str, Any]], file: Path) -> int:
    """The articles as JSON Lines; how many there were."""
    written = 0
    try:
        with file.open("w", encoding="utf-8") as lines:
            for article in articles:
                lines.write(json.dumps(article) + "\n")
                written += 1
    except OSError as error:
        raise ArchiveError(f"{file} cannot be written: {error.strerror}.") from None
    return written


@contextmanager
def _folder(place: Path | None) -> Iterator[Path]:
    """The folder itself, made if need be, or one that is gone afterwards."""
    if place is None:
        with TemporaryDirectory(prefix="newsdesk-") as temporary:
            yield Path(temporary)
        return
    place.mkdir(parents=True, exist_ok=True)
    yield place
