"""The one engine: a question and filters in, an answer with checked citations out.

Every door (page, HTTP, command line, Python, LlamaIndex, evaluation) calls `Newsdesk` and nothing below
it. It keeps no conversation: history comes in as an argument. `ask` is `stream` run to its end.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from functools import cached_property, partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, TypedDict, Unpack

from app.answer import Answer, Citation, Hit
from app.answering import Answerer, Event, Tools
from app.choose import Chooser
from app.citing import Standing, standing, version_of
from app.cross import open_reranker, rerank_seconds, reranker_name
from app.direct import Shortener
from app.examples import example_questions
from app.likeness import Reader
from app.llm.models import LLMError, Model, condense
from app.llm.writer import LLMWriter
from app.refuse import Judge
from app.retrieve import Retriever
from app.sift import Sieve
from app.talk.converse import Exchange, questions_of
from app.understand import Query, understand
from app.verify import open_verifier
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
    from llama_index.core.llms import LLM
    from llama_index.core.retrievers import BaseRetriever

When = str | date | None
History = Sequence[str | Exchange]

logger = logging.getLogger(__name__)


class Filters(TypedDict, total=False):
    """Which part of the archive is asked.

    Dates are ISO strings, words ("last Friday") or dates. `as_of` hides everything published later, and
    `since` and `until` what was published before and after; `sources` names outlets.
    """

    as_of: When
    since: When
    until: When
    sources: Sequence[str]


class Newsdesk:
    """One open archive. Threads may share it; close it, or use it in a `with` statement.

    >>> with Newsdesk.open("news") as desk:  # doctest: +SKIP
    ...     print(desk.ask("Who won the election?", as_of="2026-03-14").text)
    """

    def __init__(
        self,
        archive: Archive,
        indexes: Indexes,
        embedder: Embedder | None = None,
        llm: str | LLM | None = None,
    ) -> None:
        self._archive = archive
        self._indexes = indexes
        self._given = embedder
        self._model = Model.of(llm) if llm else None
        self._loading = threading.Lock()

    @classmethod
    def open(
        cls,
        home: str | Path | None = None,
        *,
        embedder: Embedder | None = None,
        llm: str | LLM | None = None,
    ) -> Newsdesk:
        """Opens the archive in `home` (default: `NEWSDESK_HOME`, then the user's data folder).

        An empty or missing folder becomes an empty archive. With `llm`, a LlamaIndex model or the name of one
        (see `app.llm.models`), answers are written by it, and checked; without, they are quotations.
        Raises ArchiveError when the archive cannot be opened, EmbedderError when it was made with another
        model than the one given or set, UsageError for an llm that cannot be used.
        """
        archive = Archive(home_folder(home))
        claim(archive, embedder.name if embedder else embedder_name())
        return cls(archive, Indexes(archive), embedder, llm)

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
    def retriever(self) -> Retriever:
        """What finds the articles, for those who measure it (`eval.tune`)."""
        name = reranker_name()
        reranker = open_reranker(name, rerank_seconds()) if name else None
        return Retriever(self._archive, self._indexes, self._embedder, reranker)

    @cached_property
    def _reader(self) -> Reader:
        return Reader(self._embedder)

    @cached_property
    def tools(self) -> Tools:
        """What an answer is made with, for those who measure the parts (`eval.fit`, `eval.refusal`)."""
        sieve = Sieve(self._reader, self._idf)
        return Tools(
            understand=self.understood,
            find=self._find,
            is_empty=lambda: not self._indexes.lexical.count(),
            idf=self._idf,
            sieve=sieve,
            writer=ExtractiveWriter(sieve),
            shortener=Shortener(self._idf),
            chooser=Chooser(self._reader, self._idf, self.retriever.lookup),
            judge=Judge(self._reader, self._idf),
            verifier=open_verifier(self._reader),
        )

    @cached_property
    def _answerer(self) -> Answerer:
        writer = LLMWriter(self._model, self.tools.verifier) if self._model else None
        return Answerer(self.tools, writer)

    def _idf(self, word: str) -> float:
        words = self._indexes.lexical
        return rarity(words.count(), words.frequency_of)(word)

    # Asking

    def ask(
        self,
        question: str,
        *,
        history: History = (),
        choices: Sequence[str] = (),
        **filters: Unpack[Filters],
    ) -> Answer:
        """The answer to a question, or a considered refusal.

        `history` holds the earlier questions of the conversation, oldest first, better as an `Exchange` with
        what was answered. Of `choices`, the possible
        answers, the one that the evidence speaks for is chosen. Raises UsageError when the question or a
        filter cannot be used.
        """
        *_, answer = self.stream(question, history=history, choices=choices, **filters)
        assert isinstance(answer, Answer)
        return answer

    def stream(
        self,
        question: str,
        *,
        history: History = (),
        choices: Sequence[str] = (),
        **filters: Unpack[Filters],
    ) -> Iterator[Event]:
        """Yields the hits, then each checked sentence, then the finished `Answer`."""
        query = self.understood(question, history=history, **filters)
        earlier = questions_of(history)
        yield from self._answerer.stream(question, query, choices=choices, history=earlier)

    def search(self, query: str, *, k: int = 10, **filters: Unpack[Filters]) -> list[Hit]:
        """The best passage of each of the k best articles, best first; filters as for `ask`."""
        if k < 1:
            raise UsageError(f"{k} hits cannot be shown: ask for 1 or more.")
        return self._find(self.understood(query, **filters), k)[0]

    def understood(self, question: str, *, history: History = (), **filters: Unpack[Filters]) -> Query:
        """What a question is taken to ask for: its filters, and the outlets and times that it names."""
        archive = self.retriever
        read = partial(understand, known_sources=archive.outlets, newest=archive.newest, **filters)
        meant = self._condensed(question, history)
        if meant != question:
            return replace(read(meant), question=question)
        return read(question, history=history)

    def _condensed(self, question: str, history: History) -> str:
        """A follow-up as the language model words it, if there is one and it makes sense of it."""
        if self._model is None or not history:
            return question
        try:
            return condense(self._model, question, questions_of(history))
        except LLMError as error:
            logger.warning("%s", error)
            return question

    def _find(self, query: Query, k: int, deeper: int = 0) -> tuple[list[Hit], dict[str, Article]]:
        self._indexes.catch_up_words()
        return self.retriever.search(query, k, deeper=deeper)

    # Looking things up

    def show(self, article_id: str, version: int | None = None) -> Article:
        """An article by its id or URL, in its current version or the one given; UsageError without it."""
        article = self._archive.find(article_id)
        if article is None:
            raise UsageError(f"No article {article_id!r} in this archive: `newsdesk search` prints the ids.")
        return article if version is None else version_of(self._archive, article, version)

    def check(self, citation: Citation) -> Standing:
        """How a citation made earlier stands today: as cited, changed since, gone, or never true."""
        return standing(self._archive, citation)

    def status(self) -> Status:
        return status_of(self._archive)

    def verify(self) -> list[str]:
        """What is wrong with the archive and its indexes, in words; BusyError unless it owns them."""
        self._indexes.catch_up_words()
        self._indexes.catch_up_vectors()
        return self._archive.damage() + self._indexes.differences()

    def repair(self) -> None:
        """Makes the indexes again from the archive; nothing is embedded anew."""
        self._indexes.rebuild()

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
