"""The command that lists what can be read: each kind of file, its names, its articles and its library.

Imports nothing heavy at module level: `newsdesk --help` reads this file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from ingest.cli import json_option, print_json

if TYPE_CHECKING:
    from ingest.read import Kind

_STANDARD = "Python's standard library"
_TOLD = {
    "DOCX": ("each document", "python-docx"),
    "PDF": ("each document with a text layer", "pypdfium2"),
    "ZIP": ("whatever is in the files inside", _STANDARD),
    "tar": ("whatever is in the files inside", _STANDARD),
    "Parquet": ("each row", "pyarrow"),
    "WARC": ("each web page inside (also ARC)", "warcio"),
    "NewsML-G2": ("each news item with a text", "lxml"),
    "NewsML 1": ("each headline with a text under it", "lxml"),
    "NITF": ("each document", "lxml"),
    "feed": ("each entry with a text: RSS, Atom, CDF", "feedparser"),
    "Reuters SGML": ("each story with a text", _STANDARD),
    "mbox": ("each message", _STANDARD),
    "e-mail": ("each message", _STANDARD),
    "JSON Feed": ("each item with a text", _STANDARD),
    "ninjs": ("each item with a text", _STANDARD),
    "JSON": ("each object, in a list or on a line", _STANDARD),
    "HTML": ("each page", "trafilatura"),
    "CSV": ("each row, also of TSV", _STANDARD),
    "text": ("each file, also of Markdown", _STANDARD),
}
"""By the name of a kind: what becomes an article in it, and which library reads it."""


@click.command()
@json_option
def formats(as_json: bool) -> None:
    """List the kinds of files that can be read.

    The content of a file decides its kind; its name counts where the content does not tell.
    """
    from ingest.read import KINDS
    from ingest.read.packed import SUFFIXES as PACKED

    rows = [_row(kind) for kind in KINDS]
    if as_json:
        print_json({"formats": rows, "compressed": list(PACKED)})
        return
    widths = [max(len(line[column]) for line in _lines(rows)) for column in range(3)]
    for line in _lines(rows):
        padded = (cell.ljust(width) for cell, width in zip(line, widths, strict=False))
        click.echo("  ".join((*padded, line[3])))
    click.echo(f"Each of them may be compressed: {' '.join(PACKED)}.")


def _row(kind: Kind) -> dict[str, str | list[str]]:
    articles, library = _TOLD[kind.name]
    suffixes = [suffix for suffix in kind.suffixes if suffix]
    return {"name": kind.name, "suffixes": suffixes, "articles": articles, "library": library}


def _lines(rows: list[dict[str, str | list[str]]]) -> list[tuple[str, str, str, str]]:
    lines = [("Kind", "Usual names", "What becomes an article", "Read by")]
    for row in rows:
        suffixes = row["suffixes"] or ["any"]
        lines.append((str(row["name"]), " ".join(suffixes), str(row["articles"]), str(row["library"])))
    return lines
