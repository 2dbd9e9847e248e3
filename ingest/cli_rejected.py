"""The command that lists everything that was ever turned away, as the archive remembers it.

Imports nothing heavy at module level: `newsdesk --help` reads this file.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from ingest.cli import existing, home_option, json_option

if TYPE_CHECKING:
    from ingest.article import Rejection


@click.command()
@home_option
@json_option
def rejected(home: str | None, as_json: bool) -> None:
    """List what was turned away, with the reasons, the latest first."""
    from ingest.census import Census

    found = Census(existing(home)).each_rejection()
    sys.stdout.writelines(f"{line}\n" for line in (_document(found) if as_json else map(_line, found)))


def _line(item: Rejection) -> str:
    place = f"{item.path}, {item.where}" if item.where else item.path
    return f"{place}: {item.reason} ({item.code})"


def _document(found: Iterator[Rejection]) -> Iterator[str]:
    """One JSON document, made piece by piece: there may be millions."""
    yield '{"rejected": ['
    comma = ""
    for item in found:
        yield comma + json.dumps(item.to_json(), ensure_ascii=False)
        comma = ","
    yield "]}"
