"""The word index: BM25 over passages and over whole articles. The only module that knows Tantivy.

It follows the archive's log: `catch_up` applies the changes it has not seen, and `state.json` remembers
how far it is. Applying a change twice does no harm (delete by article, then add), so a crash between a
commit and its note costs a little work and nothing else. Reading needs no lock; writing needs the owner's.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import tantivy

from ingest.archive import Archive
from ingest.article import Article, Moment
from ingest.sections import section_key
from ingest.state import read_state, write_state

Kind = Literal["passages", "articles"]

# How often the title counts, by repeating it: measured best on dated news questions (docs/retrieval.md).
_TITLE_WEIGHT: dict[Kind, int] = {"passages": 3, "articles": 4}
_ANALYZER = "news"
_FORMAT = "2"
# Stands for "no date" below every real epoch: as_of lets undated articles through, since/until do not.
UNDATED = -(2**60)
_FAR = 2**60
_COMMIT_EVERY = 1_000
_HEAP_BYTES = 64_000_000


@dataclass(frozen=True, slots=True)
class Window:
    """Which articles may be found: published within (UTC seconds, inclusive), of these outlets and sections.

    Sections are given as `section_key` has them.
    """

    as_of: int | None = None
    since: int | None = None
    until: int | None = None
    sources: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()

    @property
    def is_open(self) -> bool:
        return self == Window()

    def admits(self, published: Moment | None, source: str, section: str) -> bool:
        """The rule, for one article of a section's key; the indexes apply the same to all of theirs at once.

        An article without a date is hidden by no day of asking, and in no span.
        """
        if published is None:
            in_time = self.since is None and self.until is None
        else:
            in_time = (
                (self.as_of is None or published.last <= self.as_of)
                and (self.since is None or published.last >= self.since)
                and (self.until is None or published.epoch <= self.until)
            )
        return (
            in_time
            and (not self.sources or source in self.sources)
            and (not self.sections or section in self.sections)
        )


class Lexical:
    """BM25 over one archive. `search` may be called from any thread."""

    def __init__(self, home: Path) -> None:
        self.folder = home / "lexical"
        self._analyzer = _analyzer()
        self._indexes: dict[Kind, tantivy.Index] = {}
        self._seen = -1
        self._open()

    def _open(self) -> None:
        for kind in _TITLE_WEIGHT:
            place = self.folder / kind
            place.mkdir(parents=True, exist_ok=True)
            try:
                index = tantivy.Index(_schema(), path=str(place))
            except ValueError:  # damaged or of an older format: it is derived, so it is made again
                shutil.rmtree(self.folder)
                return self._open()
            index.register_tokenizer(_ANALYZER, self._analyzer)
            self._indexes[kind] = index
        return None

    def applied(self) -> int:
        """The last change of the log that is searchable."""
        state = read_state(self.folder)
        return int(state["applied"]) if state.get("format") == _FORMAT else 0

    def catch_up(self, archive: Archive, progress: Callable[[int], None] = lambda done: None) -> None:
        """Applies every change not yet applied; only the owner of the indexes may call it."""
        applied = self.applied()
        if applied > archive.last_change():  # the archive was put back to an earlier state
            self.rebuild(archive)
            return
        if applied == archive.last_change():
            return
        writers = {kind: index.writer(_HEAP_BYTES, 1) for kind, index in self._indexes.items()}
        while changes := archive.changes_after(applied, _COMMIT_EVERY):
            for id_ in dict.fromkeys(change.article_id for change in changes):
                self._apply(archive, writers, id_)
            for writer in writers.values():
                writer.commit()
            applied = changes[-1].seq
            write_state(self.folder, {"format": _FORMAT, "applied": applied})
            progress(len(changes))
        for writer in writers.values():
            writer.wait_merging_threads()

    def _apply(self, archive: Archive, writers: dict[Kind, tantivy.IndexWriter], id_: str) -> None:
        for writer in writers.values():
            writer.delete_documents_by_term("article", id_)
        article = archive.article(id_)
        if article is None:
            return
        common = _common(article)
        writers["articles"].add_document(_document("articles", article.title, article.text, 0, common))
        for number, start, end in archive.passage_spans(id_):
            passage = _document("passages", article.title, article.text[start:end], number, common)
            writers["passages"].add_document(passage)

    def rebuild(self, archive: Archive) -> None:
        """Throws the index away and makes it again from the archive."""
        self._indexes.clear()
        shutil.rmtree(self.folder, ignore_errors=True)
        self._open()
        self._seen = -1
        self.catch_up(archive)
        self.refresh()

    def refresh(self) -> None:
        """Sees what was committed meanwhile, by this process or another; cheap when there is nothing new."""
        applied = self.applied()
        if applied != self._seen:
            for index in self._indexes.values():
                index.reload()
            self._seen = applied

    def count(self, kind: Kind = "passages") -> int:
        return self._indexes[kind].searcher().num_docs

    def terms(self, text: str) -> list[str]:
        """The index's own terms of a text: lower-cased, stemmed, in order, repeats kept."""
        return self._analyzer.analyze(text.encode("utf-8", "replace").decode())

    def frequency_of(self, word: str) -> int:
        """In how many passages (with their titles) a word occurs, in any of its forms."""
        searcher = self._indexes["passages"].searcher()
        return max((searcher.doc_freq("text", term) for term in self.terms(word)), default=0)

    def passages(self, terms: Sequence[str], k: int, window: Window) -> list[tuple[int, float]]:
        """The best k (passage number, BM25) under a window, best first."""
        return self._search("passages", "number", terms, k, window)

    def articles(self, terms: Sequence[str], k: int, window: Window) -> list[tuple[str, float]]:
        """The best k (article id, BM25 of the whole article) under a window, best first."""
        return self._search("articles", "article", terms, k, window)

    def _search(self, kind: Kind, field: str, terms: Sequence[str], k: int, window: Window) -> list[Any]:
        index = self._indexes[kind]
        wanted = [
            (tantivy.Occur.Should, tantivy.Query.term_query(index.schema, "text", term))
            for term in dict.fromkeys(terms)
        ]
        if not wanted:
            return []
        clauses = [(tantivy.Occur.Must, tantivy.Query.boolean_query(wanted)), *_filters(index.schema, window)]
        searcher = index.searcher()
        hits = searcher.search(tantivy.Query.boolean_query(clauses), k, count=False).hits
        return [(searcher.doc(address).get_first(field), score) for score, address in hits]


def _analyzer() -> tantivy.TextAnalyzer:
    return (
        tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
        .filter(tantivy.Filter.remove_long(60))
        .filter(tantivy.Filter.lowercase())
        .filter(tantivy.Filter.ascii_fold())
        .filter(tantivy.Filter.stemmer("english"))
        .build()
    )


def _schema() -> tantivy.Schema:
    return (
        tantivy.SchemaBuilder()
        .add_text_field("text", stored=False, tokenizer_name=_ANALYZER, index_option="freq")
        .add_text_field("article", stored=True, tokenizer_name="raw", index_option="basic")
        .add_text_field("source", stored=False, tokenizer_name="raw", index_option="basic")
        .add_text_field("section", stored=False, tokenizer_name="raw", index_option="basic")
        .add_integer_field("number", stored=True)
        .add_integer_field("begins", fast=True, indexed=True)
        .add_integer_field("ends", fast=True, indexed=True)
        .build()
    )


def _common(article: Article) -> dict[str, str | int]:
    when = article.published
    return {
        "article": article.id,
        "source": article.source,
        "section": section_key(article.section),
        "begins": when.epoch if when else UNDATED,
        "ends": when.last if when else UNDATED,
    }


def _document(
    kind: Kind, title: str, text: str, number: int, common: dict[str, str | int]
) -> tantivy.Document:
    return tantivy.Document(text=[title] * _TITLE_WEIGHT[kind] + [text], number=number, **common)


def _filters(schema: tantivy.Schema, window: Window) -> list[tuple[tantivy.Occur, tantivy.Query]]:
    """Must-clauses that filter without touching the score."""
    queries = []
    if window.as_of is not None:
        queries.append(_between(schema, "ends", UNDATED, window.as_of))
    if window.since is not None:
        queries.append(_between(schema, "ends", window.since, _FAR))
    if window.until is not None:
        queries.append(_between(schema, "begins", UNDATED + 1, window.until))
    if window.sources:
        queries.append(tantivy.Query.term_set_query(schema, "source", list(window.sources)))
    if window.sections:
        queries.append(tantivy.Query.term_set_query(schema, "section", list(window.sections)))
    return [(tantivy.Occur.Must, tantivy.Query.const_score_query(query, 0.0)) for query in queries]


def _between(schema: tantivy.Schema, field: str, low: int, high: int) -> tantivy.Query:
    return tantivy.Query.range_query(schema, field, tantivy.FieldType.Integer, low, high)
