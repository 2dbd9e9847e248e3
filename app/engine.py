"""The one engine: a question and filters in, an answer with checked citations out.

Every door (page, HTTP, command line, Python, LlamaIndex, evaluation) calls `Newsdesk` and nothing below
it. It keeps no conversation: history comes in as an argument. `ask` is `stream` run to its end.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from app.answer import Answer, Hit, Sentence
from app.examples import example_questions
from app.likeness import Reader
from app.refuse import Judge, Refusal
from app.retrieve import Retriever
from app.understand import Query, understand
from app.words import rarity
from app.write import ExtractiveWriter
from ingest.archive import Archive
from ingest.article import Article
from ingest.embed import Embedder, open_embedder
from ingest.errors import UsageError
from ingest.indexes import Indexes
from ingest.pipeline import claim
from ingest.settings import embedder_name, home_folder
from ingest.status import Status, status_of

if TYPE_CHECKING:
    from llama_index.core.base.base_query_engine import BaseQueryEngine
    from llama_index.core.retrievers import BaseRetriever

Event = tuple[Hit, ...] | Sentence | Answer
When = str | date | None

_HITS = 10
# The writer also reads the next passages of this many of the first articles.
_DEEPER = 3


class Newsdesk:
    """One open archive. Threads may share it; close it, or use it in a `with` statement.

    >>> with Newsdesk.open("news") as desk:  # doctest: +SKIP
    ...     print(desk.ask("Who won the election?", as_of="2026-03-14").text)
    """

    def __init__(self, archive: Archive, indexes: Indexes, embedder: Embedder | None = None) -> None:
        self._archive = archive
        self._indexes = indexes
        self._given = embedder
        self._loading = threading.Lock()

    @classmethod
    def open(cls, home: str | Path | None = None, *, embedder: Embedder | None = None) -> Newsdesk:
        """Opens the archive in `home` (default: `NEWSDESK_HOME`, then the user's data folder).

        An empty or missing folder becomes an empty archive. Raises ArchiveError when it cannot be opened,
        EmbedderError when it was made with another model than the one given or set.
        """
        archive = Archive(home_folder(home))
        claim(archive, embedder.name if embedder else embedder_name())
        return cls(archive, Indexes(archive), embedder)

    def __enter__(self) -> Newsdesk:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        self._indexes.close()
        self._archive.close()

    # What it stands on, made when first needed

    @cached_property
    def _embedder(self) -> Embedder:
        with self._loading:
            return self._given or open_embedder(embedder_name())

    @cached_property
    def _retriever(self) -> Retriever:
        return Retriever(self._archive, self._indexes, self._embedder)

    @cached_property
    def _reader(self) -> Reader:
        return Reader(self._embedder)

    @cached_property
    def _writer(self) -> ExtractiveWriter:
        return ExtractiveWriter(self._reader, self._idf)

    @cached_property
    def _judge(self) -> Judge:
        return Judge(self._reader, self._idf)

    def _idf(self, word: str) -> float:
        words = self._indexes.lexical
        return rarity(words.count(), words.frequency_of)(word)

    # Asking

    def ask(
        self,
        question: str,
        *,
        as_of: When = None,
        since: When = None,
        until: When = None,
        sources: Sequence[str] = (),
        history: Sequence[str] = (),
    ) -> Answer:
        """The answer to a question, or a considered refusal.

        Dates are ISO strings, words ("last Friday") or dates; `as_of` hides everything published later.
        `history` holds the earlier questions of the conversation, oldest first. Raises UsageError when the
        question or a filter cannot be used.
        """
        *_, answer = self.stream(
            question, as_of=as_of, since=since, until=until, sources=sources, history=history
        )
        assert isinstance(answer, Answer)
        return answer

    def stream(
        self,
        question: str,
        *,
        as_of: When = None,
        since: When = None,
        until: When = None,
        sources: Sequence[str] = (),
        history: Sequence[str] = (),
    ) -> Iterator[Event]:
        """Yields the hits, then each checked sentence, then the finished `Answer`."""
        started = time.perf_counter()
        query = self._understood(question, as_of, since, until, sources, history)
        hits, articles = self._find(query, _HITS, deeper=_DEEPER)
        shown = _one_each(hits)
        found = time.perf_counter()
        yield shown
        sentences = [s for s in self._writer.write(query, hits, articles) if _checked(s, articles)]
        refusal = self._refusal(query, hits, articles, sentences)
        written = time.perf_counter()
        if refusal is None:
            yield from sentences
        yield Answer(
            question=question,
            understood=query.text,
            as_of=str(query.as_of) if query.as_of else None,
            sentences=() if refusal else tuple(sentences),
            hits=shown,
            abstained=refusal is not None,
            reason=refusal.reason if refusal else "",
            explanation=refusal.explanation if refusal else "",
            writer=self._writer.name,
            seconds=written - started,
            timings={"retrieve": found - started, "write": written - found},
        )

    def search(
        self,
        query: str,
        *,
        k: int = 10,
        as_of: When = None,
        since: When = None,
        until: When = None,
        sources: Sequence[str] = (),
    ) -> list[Hit]:
        """The best passage of each of the k best articles, best first; filters as for `ask`."""
        if k < 1:
            raise UsageError(f"{k} hits cannot be shown: ask for 1 or more.")
        hits, _ = self._find(self._understood(query, as_of, since, until, sources, ()), k)
        return hits

    def _understood(
        self,
        question: str,
        as_of: When,
        since: When,
        until: When,
        sources: Sequence[str],
        history: Sequence[str],
    ) -> Query:
        known = [name for name, _ in self.status().outlets] if sources else []
        return understand(
            question,
            as_of=as_of,
            since=since,
            until=until,
            sources=sources,
            known_sources=known,
            history=history,
        )

    def _find(self, query: Query, k: int, deeper: int = 0) -> tuple[list[Hit], dict[str, Article]]:
        self._indexes.catch_up_words()
        return self._retriever.search(query, k, deeper=deeper)

    def _refusal(
        self,
        query: Query,
        hits: Sequence[Hit],
        articles: Mapping[str, Article],
        sentences: Sequence[Sentence],
    ) -> Refusal | None:
        """Why not to answer; says so when the archive would answer outside the dates or outlets asked for."""
        if not self._indexes.lexical.count():
            return Refusal("empty_archive", "The archive is empty: add articles with `newsdesk ingest PATH`.")
        refusal = self._judge.judge(query, hits, articles, sentences)
        if refusal is None or query.window.is_open:
            return refusal
        anywhere = replace(query, as_of=None, since=None, until=None, sources=())
        outside, texts = self._find(anywhere, _HITS, deeper=_DEEPER)
        written = list(self._writer.write(anywhere, outside, texts))
        if self._judge.judge(anywhere, outside, texts, written) is not None:
            return refusal
        return Refusal("outside_dates", refusal.explanation + _elsewhere(outside[0]))

    # Looking things up

    def show(self, article_id: str) -> Article:
        """The current version of an article by its id or URL; raises UsageError when there is none."""
        article = self._archive.find(article_id)
        if article is None:
            raise UsageError(f"No article {article_id!r} in this archive: `newsdesk search` prints the ids.")
        return article

    def status(self) -> Status:
        return status_of(self._archive)

    def examples(self, n: int = 4) -> list[str]:
        """Up to n questions made from the archive's own articles, each of which it answers."""
        answered = (q for q in example_questions(self._archive) if not self.ask(q).abstained)
        return [question for question, _ in zip(answered, range(n), strict=False)]

    # Keeping up, and other people's frameworks

    @contextmanager
    def following(self, seconds: float = 2.0) -> Iterator[None]:
        """Follows what others ingest, in the background, for as long as the block runs."""
        from app.follow import follow

        done = threading.Event()
        thread = threading.Thread(
            target=follow,
            args=(self._archive, self._indexes, lambda: self._embedder, done, seconds),
            daemon=True,
        )
        thread.start()
        try:
            yield
        finally:
            done.set()
            thread.join()

    def as_retriever(self, k: int = 10) -> BaseRetriever:
        """This archive as a retriever of any LlamaIndex program."""
        from app.llama import NewsdeskRetriever

        return NewsdeskRetriever(self, k)

    def as_query_engine(self) -> BaseQueryEngine:
        """This archive as a query engine of any LlamaIndex program."""
        from app.llama import NewsdeskQueryEngine

        return NewsdeskQueryEngine(self)


def _checked(sentence: Sentence, articles: Mapping[str, Article]) -> bool:
    """Every citation is where it says it is; raises IntegrityError otherwise, so nothing wrong is shown."""
    for citation in sentence.citations:
        citation.check(articles[citation.article_id])
    return bool(sentence.citations)


def _one_each(hits: Sequence[Hit]) -> tuple[Hit, ...]:
    """The best hit of each article."""
    best: dict[str, Hit] = {}
    for hit in hits:
        best.setdefault(hit.passage.article_id, hit)
    return tuple(best.values())


def _elsewhere(hit: Hit) -> str:
    when = f" of {str(hit.published)[:10]}" if hit.published else ""
    outlet = f" ({hit.source})" if hit.source else ""
    return f" Outside the dates and outlets asked for there is “{hit.title}”{outlet}{when}."
