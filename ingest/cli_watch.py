"""The command that keeps an archive current.

Imports nothing heavy at module level: `newsdesk --help` reads this file.
"""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ingest.cli import (
    files_and_addresses,
    follow_option,
    home_option,
    opened,
    pages_option,
    print_report,
    take_in,
)
from ingest.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ingest.report import Report

EVERY = 300


@click.command()
@click.argument("paths", nargs=-1, metavar="PATH|URL...")
@click.option(
    "--every",
    default=EVERY,
    type=click.FloatRange(1),
    metavar="SECONDS",
    help=f"How long to wait between two looks. [default: {EVERY}]",
)
@click.option("--rounds", type=click.IntRange(1), metavar="N", help="Look so many times, then end.")
@click.option("--source", default="", metavar="NAME", help="The outlet of articles that do not name one.")
@follow_option
@pages_option
@home_option
def watch(
    paths: tuple[str, ...],
    every: float,
    rounds: int | None,
    source: str,
    follow: bool,
    pages: int,
    home: str | None,
) -> None:
    """Keep files, folders, feeds and pages current in the archive.

    Takes in what is there, then looks again and again for what is new or changed, until it is interrupted.
    A server is only asked for what changed since the last look.
    """
    from ingest.watch import watch as looks

    if not paths:
        raise UsageError("Nothing to watch: name files, folders or addresses.")
    wanted, urls = files_and_addresses(paths)
    with opened(home, must_exist=False) as (archive, indexes):

        def once(changed: Sequence[Path], addresses: Sequence[str]) -> Report:
            return take_in(archive, indexes, changed, addresses, source, None, follow, pages)

        for report in looks(once, wanted, urls, every, rounds=rounds):
            if report.ingested or report.replaced or report.rejected:
                click.echo(time.strftime("%Y-%m-%d %H:%M:%S  "), nl=False)
                print_report(report)
