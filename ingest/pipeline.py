"""From files to a searchable archive: read, clean, cut, store; then embed what has no vector yet.

Text first, vectors after. Each batch of articles is one transaction, each batch of vectors another, so an
interrupted run goes on where it stopped when the same command is given again. Knows the order of the
steps and the counts that must add up; each step itself lives in a module of its own.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from itertools import chain, groupby
from pathlib import Path
from shlex import quote
from typing import Any

from ingest import corrections, stories
from ingest.archive import Archive
from ingest.article import Article, Draft, Rejection, Warned
from ingest.batch import Batch, Item, Unmodified
from ingest.chunk import CHUNKER, embedded_text, header_of, passages_of
from ingest.clean import clean
from ingest.embed import Embedder
from ingest.errors import BusyError, EmbedderError, UsageError
from ingest.indexes import Indexes, take
from ingest.progress import Advance, step
from ingest.prompts import identity_of, name_in
from ingest.read import read

_COMMIT_SECONDS = 1.0
_EMBED_AT_ONCE = 256


@dataclass(slots=True)
class Report:
    """What became of everything that was read: read = ingested + unchanged + replaced + rejected.

    `repeated` counts how often an id that came since `began` came again.
    """

    ingested: int = 0
    unchanged: int = 0
    replaced: int = 0
    rejected: list[Rejection] = field(default_factory=list)
    warnings: list[Warned] = field(default_factory=list)
    passages: int = 0
    seconds: float = 0.0
    began: float = field(default_factory=time.time)
    repeated: dict[str, int] = field(default_factory=dict)

    @property
    def read(self) -> int:
        return self.ingested + self.unchanged + self.replaced + len(self.rejected)

    def to_json(self) -> dict[str, Any]:
        return {
            "read": self.read,
            "ingested": self.ingested,
            "unchanged": self.unchanged,
            "replaced": self.replaced,
            "rejected": [r.to_json() for r in self.rejected],
            "warnings": [w.to_json() for w in self.warnings],
            "passages": self.passages,
            "seconds": round(self.seconds, 3),
        }


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
    try:
        claim(archive, embedder_name, may_change=not archive.dimension())
        items = (item for path in paths for item in read(path, mapping=mapping))
        with step("Reading", None, "articles") as advance:
            batches = chain(map(Batch, _timed_batches(items)), live)
            _store_all(archive, indexes, batches, source, report, advance)
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
    batches: Iterable[Batch],
    source: str,
    report: Report,
    advance: Advance,
) -> None:
    """Writes each batch in a transaction; what is stored becomes searchable by words while more is read."""
    with ThreadPoolExecutor(1, thread_name_prefix="newsdesk-words") as beside:
        words = beside.submit(indexes.catch_up_words)
        for batch in batches:
            tally = Report(began=report.began, repeated=report.repeated)
            with archive.transaction():
                for item in batch.items:
                    _store(archive, item, source, tally)
                archive.reject(tally.rejected)
                batch.note()
            _add(report, tally)
            advance(tally.read)
            if words.done():
                words.result()
                words = beside.submit(indexes.catch_up_words)
        words.result()
    indexes.catch_up_words()


def _timed_batches(items: Iterable[Draft | Rejection]) -> Iterator[Iterator[Draft | Rejection]]:
    """Items in runs of about `_COMMIT_SECONDS` each, by the time their storing takes."""
    began = time.monotonic()
    return (batch for _, batch in groupby(items, lambda _: int((time.monotonic() - began) / _COMMIT_SECONDS)))


def _add(report: Report, tally: Report) -> None:
    report.ingested += tally.ingested
    report.unchanged += tally.unchanged
    report.replaced += tally.replaced
    report.passages += tally.passages
    report.rejected += tally.rejected
    report.warnings += tally.warnings


def _store(archive: Archive, item: Item, source: str, tally: Report) -> None:
    if isinstance(item, Warned):
        tally.warnings.append(item)
        return
    if isinstance(item, Rejection):
        tally.rejected.append(item)
        return
    if isinstance(item, Unmodified):
        tally.unchanged += 1
        return
    cleaned = clean(item, source=source)
    if isinstance(cleaned, Rejection):
        tally.rejected.append(cleaned)
        return
    article, warnings = cleaned
    tally.warnings += warnings
    article = _with_history(archive, item, article)
    outcome = archive.outcome_for(article)
    setattr(tally, outcome, getattr(tally, outcome) + 1)
    if outcome == "replaced" and archive.stored_since(article.id, tally.began):
        _note_repeated(item, article.id, tally)
    if outcome != "unchanged":
        passages = passages_of(article)
        archive.put(article, passages)
        tally.passages += len(passages)


def _note_repeated(draft: Draft, id_: str, tally: Report) -> None:
    """Warns when an id comes a third time in one run: once is a correction, more is a wrong id."""
    tally.repeated[id_] = tally.repeated.get(id_, 0) + 1
    if tally.repeated[id_] == 2:
        why = f"the id {id_!r} stands on many articles here: the last one counts"
        tally.warnings.append(Warned(draft.path, draft.where, "same_id", why))


def _with_history(archive: Archive, draft: Draft, article: Article) -> Article:
    """An edited file without an id or address of its own stays the article it was."""
    if draft.origin is None or article.url or draft.fields.get("id"):
        return article
    if archive.article(article.id) is None and (known := archive.article_of_origin(draft.origin)):
        article = replace(article, id=known)
    archive.set_origin(draft.origin, article.id)
    return article


def tell_stories(archive: Archive, indexes: Indexes) -> None:
    """Finds out which of the articles that came in print one story with others, or correct one."""
    if todo := stories.pending(archive):
        with step("Comparing", todo, "articles") as advance:
            stories.catch_up(archive, advance)
    if todo := corrections.pending(archive):
        with step("Looking for corrections", todo, "articles") as advance:
            corrections.catch_up(archive, indexes.lexical, advance)


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
