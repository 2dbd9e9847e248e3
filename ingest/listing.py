"""The articles of an archive as a table: one row each, for a spreadsheet or another program.

Written as it is read, so that an archive of any size fits; a file is complete or not there. Knows the archive
and CSV. What a filter means is decided by those who ask (`app.understand`).
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from math import inf
from pathlib import Path
from typing import TextIO

from ingest.archive import Archive
from ingest.archive_notices import Correction
from ingest.article import Article
from ingest.cells import neutral
from ingest.errors import UsageError
from ingest.lexical import Window
from ingest.sections import section_key
from ingest.whole import replacing

COLUMNS = (
    "id", "title", "source", "authors", "published", "updated", "section", "language", "url", "place",
    "words", "story_id", "notice", "guessed",
)  # fmt: skip
"""`story_id` is the originator's id, `notice` the gravest kind of notice that corrects the article."""

_GRAVEST = ("retraction", "correction", "clarification")


def chosen(archive: Archive, window: Window) -> list[str]:
    """The ids of the current articles in a window, the earliest first, those without a date last."""
    found = [
        (outline.published.epoch if outline.published else inf, outline.id)
        for outline in archive.outlines()
        if window.admits(outline.published, outline.source, section_key(outline.section))
    ]
    return [id_ for _, id_ in sorted(found)]


def write_csv(
    archive: Archive,
    ids: Iterable[str],
    stream: TextIO,
    *,
    text: bool = False,
    progress: Callable[[int], None] = lambda done: None,
) -> None:
    """Writes the articles with these ids, with their `text` in a last column if that is wanted."""
    table = csv.writer(stream)
    table.writerow((*COLUMNS, "text") if text else COLUMNS)
    for id_ in ids:
        if article := archive.article(id_):
            cells = (*_cells(archive, article), article.text) if text else _cells(archive, article)
            table.writerow(map(neutral, cells))
        progress(1)


@contextmanager
def table_file(path: Path) -> Iterator[TextIO]:
    """A file for a table, complete or not there; raises UsageError when it cannot be written.

    It begins with a byte order mark, without which Excel takes UTF-8 for something else.
    """
    try:
        with replacing(path, encoding="utf-8-sig", errors="replace") as stream:
            yield stream
    except OSError as error:
        raise UsageError(
            f"{path} cannot be written ({error.strerror or error}): name another file."
        ) from error


def _cells(archive: Archive, article: Article) -> Sequence[str]:
    notices = archive.corrections_of([article.id]).get(article.id, [])
    return (
        article.id, article.title, article.source, "; ".join(article.authors), str(article.published or ""),
        str(article.updated or ""), article.section, article.language, article.url, article.place,
        str(len(article.text.split())), archive.stories_of([article.id])[article.id], _gravest(notices),
        " ".join(article.guessed),
    )  # fmt: skip


def _gravest(notices: Sequence[Correction]) -> str:
    kinds = {notice.kind for notice in notices}
    return next((kind for kind in _GRAVEST if kind in kinds), "")
