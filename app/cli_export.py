"""The command that writes the articles of the archive as a table. A thin door to `ingest.listing`.

Imports nothing heavy at module level: `newsdesk --help` reads this file.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from app.cli import filters
from ingest.cli import existing, home_option, json_option, print_json
from ingest.errors import UsageError

if TYPE_CHECKING:
    from ingest.archive import Archive
    from ingest.lexical import Window


@click.command()
@click.option("--csv", "file", required=True, metavar="FILE", help="The file to write; - is standard output.")
@click.option("--text", is_flag=True, help="Add a column with the whole text.")
@filters
@home_option
@json_option
def export(file: str, text: bool, home: str | None, as_json: bool, **window: Any) -> None:
    """Write the articles of the archive as a table, one row each.

    Cells that a spreadsheet would take for formulas begin with an apostrophe, which `newsdesk ingest` takes
    off again. DATE is 2026-03-14, or words such as "last Friday".
    """
    from ingest.archive import Archive
    from ingest.listing import chosen, table_file, write_csv
    from ingest.progress import step

    if Path(file).is_dir():
        raise UsageError(f"{file!r} is a folder: name a file for the table.")
    if file == "-" and as_json:
        raise UsageError("Standard output cannot hold the table and a JSON document: name a file.")
    archive = Archive(existing(home))
    try:
        ids = chosen(archive, _meant(archive, window))
        with step("Writing", len(ids), "articles") as advance:
            if file == "-":
                write_csv(archive, ids, sys.stdout, text=text, progress=advance)
                return
            with table_file(Path(file)) as stream:
                write_csv(archive, ids, stream, text=text, progress=advance)
    finally:
        archive.close()
    if as_json:
        print_json({"file": file, "articles": len(ids)})
    else:
        click.echo(f"{len(ids):,} articles in {file}.")


def _meant(archive: Archive, given: dict[str, Any]) -> Window:
    """The filters as they are read with a question; raises UsageError."""
    from app.understand import understand
    from ingest.sections import counted

    outlines = archive.outlines()
    outlets = sorted({outline.source for outline in outlines})
    sections = [name for name, _ in counted(outline.section for outline in outlines)]
    query = understand("articles", known_sources=outlets, known_sections=sections, **given)
    return query.window
