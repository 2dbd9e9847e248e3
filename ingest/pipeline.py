"""From files to a searchable archive: read, clean, cut, store; then embed what has no vector yet.

Text first, vectors after. Each batch of articles is one transaction, each batch of vectors another, so an
interrupted run goes on where it stopped when the same command is given again. Knows the order of the
steps; each step itself lives in a module of its own.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import chain, groupby
from pathlib import Path
from shlex import quote

from ingest import corrections, stories
from ingest.archive import Archive
from ingest.batch import Batch
from ingest.chunk import CHUNKER, embedded_text, header_of
from ingest.embed import Embedder
from ingest.errors import BusyError, EmbedderError, UsageError
from ingest.indexes import Indexes, take
from ingest.progress import Advance, step
from ingest.prompts import identity_of, name_in
from ingest.read import read
from ingest.report import Report
from ingest.storing import Ready, Storing

_Batch = tuple[Iterable[Ready], Callable[[], None]]
"""What is written in one transaction, and what is noted in the same."""

_COMMIT_SECONDS = 2.0
_SEARCHABLE_SECONDS = 2.5  # what is stored is searchable by words after so long at most, or a little more
_EMBED_AT_ONCE = 256


def ingest(
    archive: Archive,
    indexes: Indexes,
    paths: Sequence[Path],
    embedder: Callable[[], Embedder],
    embedder_name: str,
    *,
    source: str = "",
    mapping: Mapping[str, str] | None = None,
    live: Iterable[Batch] = (),
) -> Report:
    """Takes in files and folders, then what is `live`, and brings everything derived up to date.

    `source` names the outlet of articles that do not name one; `mapping` maps our field names to theirs.
    The embedder is opened only when there is something to embed. Raises UsageError for a missing path,
    BusyError while another ingest runs, EmbedderError when the archive was made with another model.
    """
    for path in paths:
        if not path.exists():
            raise UsageError(f"There is no file or folder {path}: check the path.")
    lock = take(archive.home, "ingest")
    if lock is None:
        raise BusyError("Another ingest is running on this archive: wait until it has finished.")
    started, report = time.monotonic(), Report()
    storing = Storing(archive, source, report)
    try:
        claim(archive, embedder_name, may_change=not archive.dimension())
        _compare(archive)  # what was stored before all this was known, if any; the rest as it is stored
        items = (item for path in paths for item in read(path, mapping=mapping))
        with step("Reading", None, "articles") as advance:
            fetched = ((storing.ready(batch.items), batch.note) for batch in live)
            batches = chain(_in_time(storing.ready(items)), fetched)
            _store_all(archive, indexes, storing, batches, report, advance)
        tell_stories(archive, indexes)
        embed_pending(archive, embedder)
        with step("Indexing", None, "vectors") as advance:
            indexes.catch_up_vectors(advance)
    finally:
        lock.release()
    report.seconds = time.monotonic() - started
    return report


def claim(archive: Archive, embedder_name: str, *, may_change: bool = False) -> None:
    """Ties an archive to its model, with its prompts, and to the chunker; refuses any other ever after.

    With `may_change` the model may be another, as long as the passages are cut the same way: for an archive
    without vectors, by whoever holds the ingest's lock.
    """
    identity = identity_of(embedder_name, CHUNKER)
    known = archive.remembered("identity")
    if known is None or (may_change and known.rpartition(" ")[2] == CHUNKER):
        archive.remember("identity", identity)
    elif known != identity:
        raise EmbedderError(
            f"The archive in {archive.home} was made with {known!r}, not {identity!r}: set "
            f"NEWSDESK_EMBEDDER={quote(name_in(known))}, or make its vectors again with `newsdesk reindex`."
        )


def _store_all(
    archive: Archive,
    indexes: Indexes,
    storing: Storing,
    batches: Iterable[_Batch],
    report: Report,
    advance: Advance,
) -> None:
    """Writes each batch in a transaction; what is stored is compared, and searchable by words, while more is
    read."""
    with ThreadPoolExecutor(1, thread_name_prefix="newsdesk-words") as beside:
        words, asked = beside.submit(indexes.catch_up_words), time.monotonic()
        for items, note in batches:
            before = report.read
            with archive.transaction():
                for item in items:
                    storing.store(item)
                note()
                stories.catch_up(archive, made=storing.made)
                corrections.catch_up(archive, made=storing.made)
                storing.made.clear()
            advance(report.read - before)
            if words.done() and time.monotonic() - asked >= _SEARCHABLE_SECONDS:
                words.result()
                words, asked = beside.submit(indexes.catch_up_words), time.monotonic()
        words.result()
    indexes.catch_up_words()


def _in_time(items: Iterator[Ready]) -> Iterator[_Batch]:
    """Things in runs of about `_COMMIT_SECONDS` each, by the time their storing takes."""
    began = time.monotonic()
    for _, run in groupby(items, lambda _: int((time.monotonic() - began) / _COMMIT_SECONDS)):
        yield run, lambda: None


def tell_stories(archive: Archive, indexes: Indexes) -> None:
    """Finds out which of the articles that came in print one story with others, or correct one."""
    _compare(archive)
    corrections.link(archive, indexes.lexical)


def _compare(archive: Archive) -> None:
    if todo := stories.pending(archive):
        with step("Comparing", todo, "articles") as advance:
            stories.catch_up(archive, advance)
    if todo := corrections.pending(archive):
        with step("Looking for corrections", todo, "articles") as advance:
            corrections.catch_up(archive, advance)


def embed_pending(archive: Archive, embedder: Callable[[], Embedder]) -> int:
    """Makes the vectors that are missing, in batches that survive; returns how many were made."""
    counts = archive.counts()
    missing = counts.passages - counts.vectors
    if not missing:
        return 0
    model = embedder()
    claim(archive, model.name)
    if archive.dimension() not in (0, model.dimension):
        raise EmbedderError(
            f"The vectors in {archive.home} have {archive.dimension()} numbers, those of {model.name} now "
            f"{model.dimension}: make them again with `newsdesk reindex --anew`."
        )
    with step("Embedding", missing, "passages") as advance:
        after = made = 0
        while rows := archive.pending(after, _EMBED_AT_ONCE):
            numbers, texts = _to_embed(archive, rows)
            archive.add_vectors(numbers, model.embed(texts))
            after = rows[-1][0]
            made += len(numbers)
            advance(len(numbers))
    return made


def _to_embed(archive: Archive, rows: Sequence[tuple[int, str]]) -> tuple[list[int], list[str]]:
    """Passage numbers and what the embedder reads for each: its header, then its text."""
    numbers: list[int] = []
    texts: list[str] = []
    for article_id in dict.fromkeys(id_ for _, id_ in rows):
        article = archive.article(article_id)
        if article is None:
            continue
        header = header_of(article)
        wanted = {number for number, id_ in rows if id_ == article_id}
        for number, passage in archive.passages_of(article):
            if number in wanted:
                numbers.append(number)
                texts.append(embedded_text(header, passage.text))
    return numbers, texts
