"""The one engine: a question and filters in, an answer with checked citations out.

Every door (page, HTTP, command line, Python, LlamaIndex, evaluation) calls `Newsdesk` and nothing below
it. It keeps no conversation: history comes in as an argument. `ask` is `stream` run to its end.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cached_property, partial
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, TypedDict, TypeVar, Unpack

from app import door
from app.answer import Answer, Citation, Hit
from app.answering import Answerer, Event, Tools
from app.choose import Chooser
from app.citing import Standing, standing, version_of
from app.corrected import annotated
from app.cross import open_reranker, rerank_seconds, reranker_name
from app.direct import Shortener
from app.examples import example_questions, running_topics
from app.likeness import Reader
from app.refuse import Judge
from app.related import Related, related_to
from app.retrieve import Retriever
from app.several import in_parts, parts_asked
from app.sift import Sieve
from app.story.differ import set_apart
from app.story.twins import contradict
from app.talk.converse import Exchange, questions_of
from app.understand import Query, parse_date, understand
from app.verify import open_verifier
from app.words import rarity
from app.write import ExtractiveWriter
from app.writers import Writers
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


class Filters(TypedDict, total=False):
    """Which part of the archive is asked.

    Dates are ISO strings, words ("last Friday") or dates. `as_of` hides everything published later, and
    `since` and `until` what was published before and after; `sources` names outlets, `sections` sections.
    None is no filter.
    """

    as_of: When
    since: When
    until: When
    sources: Sequence[str] | None
    sections: Sequence[str] | None


T = TypeVar("T")


class _Once(cached_property[T]):
    """Made when first needed, once, whatever the number of threads that ask: it alone locks nothing."""

    def __get__(self, desk: Newsdesk, owner: type | None = None) -> T:  # type: ignore[override]
        with desk._loading:
            return super().__get__(desk, owner)


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
        self._backing = archive, indexes
        self._is_closed = False
        self._given = embedder
        self._writers = Writers(llm)
        self._loading = threading.RLock()

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
        model than the one given or set, UsageError for a folder or an llm that cannot be used.
        """
        door.folder(home)
        door.model(llm)
        with ExitStack() as opened:
            archive = opened.enter_context(closing(Archive(home_folder(home))))
            claim(archive, embedder.name if embedder else embedder_name())
            desk = cls(archive, opened.enter_context(closing(Indexes(archive))), embedder, llm)
            opened.pop_all()  # it is the desk's to close
        return desk

    def __enter__(self) -> Newsdesk:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Lets go of the archive; whatever is asked afterwards is a UsageError. Closing twice is harmless."""
        archive, indexes = self._backing
        self._is_closed = True
        indexes.close()
        archive.close()

    @property
    def _archive(self) -> Archive:
        self._must_be_open()
        return self._backing[0]

    @property
    def _indexes(self) -> Indexes:
        self._must_be_open()
        return self._backing[1]

    def _must_be_open(self) -> None:
        if self._is_closed:
            raise UsageError("This desk is closed: open the archive again with `Newsdesk.open`.")

    # What it stands on, made when first needed

    @_Once
    def _embedder(self) -> Embedder:
        return self._given or open_embedder(embedder_name())

    @_Once
    def retriever(self) -> Retriever:
        """What finds the articles, for those who measure it (`eval.tune`)."""
        name = reranker_name()
        reranker = open_reranker(name, rerank_seconds()) if name else None
        return Retriever(self._archive, self._indexes, self._embedder, reranker)

    @_Once
    def _reader(self) -> Reader:
        return Reader(self._embedder)

    @_Once
    def tools(self) -> Tools:
        """What an answer is made with, for those who measure the parts (`eval.fit`, `eval.refusal`)."""
        sieve = Sieve(self._reader, self._idf)
        return Tools(
            understand=self.understood,
            find=self._find,
            is_empty=lambda: not self._indexes.lexical.count(),
            idf=self._idf,
            sieve=sieve,
            writer=ExtractiveWriter(),
            shortener=Shortener(self._idf),
            chooser=Chooser(self._reader, self._idf, self.retriever.look_up),
            judge=Judge(self._reader, self._idf, find=lambda query: self._find(query, 3)[0]),
            verifier=open_verifier(self._reader),
        )

    @_Once
    def _answerers(self) -> dict[str, Answerer]:
        return self._writers.answerers(self.tools)

    def _idf(self, word: str) -> float:
        words = self._indexes.lexical
        return rarity(words.count(), words.frequency_of)(word)

    # Asking

    @property
    def writers(self) -> tuple[str, ...]:
        """Who can write an answer: the language model that was given, and "extractive", which quotes.

        The first writes where none is chosen.
        """
        return self._writers.names

    def ask(
        self,
        question: str,
        *,
        history: History | None = (),
        choices: Sequence[str] | None = (),
        writer: str | None = None,
        **filters: Unpack[Filters],
    ) -> Answer:
        """The answer to a question, or a considered refusal.

        `history` holds the earlier questions of the conversation, oldest first, better as an `Exchange` with
        what was answered. Of `choices`, the possible answers, the one that the evidence speaks for is chosen.
        `writer` is one of `writers`. Raises UsageError when the question, a filter or the writer cannot be
        used.
        """
        *_, answer = self.stream(question, history=history, choices=choices, writer=writer, **filters)
        assert isinstance(answer, Answer)
        return answer

    def stream(
        self,
        question: str,
        *,
        history: History | None = (),
        choices: Sequence[str] | None = (),
        writer: str | None = None,
        **filters: Unpack[Filters],
    ) -> Iterator[Event]:
        """Yields the hits, then each checked sentence, then the finished `Answer`."""
        earlier, options = door.turns(history), door.texts(choices, "choices")
        query = self.understood(question, history=earlier, writer=writer, **filters)
        answerer = self._answerers[self._writers.chosen(writer)]
        # The parts of a follow-up are not told from what it was filled in with.
        parts = [] if options or query.text != " ".join(question.split()) else parts_asked(question)
        for event in answerer.stream(question, query, choices=options, history=questions_of(earlier)):
            if isinstance(event, Answer):
                told = yield from in_parts(event, self._parts(parts, writer, filters))
                yield annotated(told, self._archive, query.as_of)
            else:
                yield event

    def _parts(self, parts: Sequence[str], writer: str | None, filters: Filters) -> Iterator[Iterator[Event]]:
        """What is told on each of the things that a question asks, each understood after those before it."""
        for place, part in enumerate(parts):
            query = self.understood(part, history=parts[:place], writer=writer, **filters)
            yield self._answerers[self._writers.chosen(writer)].stream(part, query)

    def search(self, query: str, *, k: int = 10, **filters: Unpack[Filters]) -> list[Hit]:
        """The best passage of each of the k best articles, best first; filters as for `ask`."""
        if door.number(k, "k") < 1:
            raise UsageError(f"{k} hits cannot be shown: ask for 1 or more.")
        return self._find(self.understood(query, **filters), k)[0][:k]

    def understood(
        self,
        question: str,
        *,
        history: History | None = (),
        writer: str | None = None,
        **filters: Unpack[Filters],
    ) -> Query:
        """What a question is taken to ask for: its filters, and the outlets and times that it names."""
        self._must_be_open()
        given, earlier = door.words(question, "question"), door.turns(history)
        chosen = door.optional_words(writer, "writer")
        limits, archive = door.window(filters), self.retriever
        read = partial(
            understand,
            known_sources=archive.outlets,
            known_sections=archive.sections,
            newest=archive.newest,
        )
        meant = self._writers.condensed(chosen, given, questions_of(earlier))
        if meant != given:
            return replace(read(meant, **limits), question=given)
        return read(given, history=earlier, **limits)

    def _find(self, query: Query, k: int, deeper: int = 0) -> tuple[list[Hit], dict[str, Article]]:
        """What is found, but for what its provider had withdrawn by the day asked for.

        Reprints that contradict a hit come after it, more than the k asked for.
        """
        self._indexes.catch_up_words()
        archive = self._archive
        limited = replace(query, without=query.without | archive.withdrawn(query.window.as_of))
        hits, articles = self.retriever.search(limited, k, deeper=deeper)
        return set_apart(
            hits, articles, archive.article, lambda article: [p for _, p in archive.passages_of(article)]
        )

    # Looking things up

    def show(self, article_id: str, version: int | None = None) -> Article:
        """An article by its id or URL, in its current version or the one given; UsageError without it."""
        article = self._archive.find(door.address(article_id, "article_id"))
        if article is None:
            raise UsageError(f"No article {article_id!r} in this archive: `newsdesk search` prints the ids.")
        if version is None:
            return article
        return version_of(self._archive, article, door.number(version, "version"))

    def related(self, article_id: str, *, as_of: When = None) -> Related:
        """Who else printed an article, and what corrects it, as far as was published up to a day.

        Who printed it with another name, number, day or outcome did not print the same.
        """
        id_, day = door.address(article_id, "article_id"), door.day(as_of, "as_of")
        found = related_to(self._archive, id_, parse_date(day, "as-of", datetime.now(UTC)))
        agreeing = (reprint for reprint in found.reprints if not self._differ(id_, reprint.article_id))
        return replace(found, reprints=tuple(agreeing))

    def _differ(self, one: str, other: str) -> bool:
        """Whether two articles, by their ids, tell one report with another value somewhere."""
        articles = [self._archive.article(id_) for id_ in (one, other)]
        return contradict(*(article.text if article else "" for article in articles))

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
        return list(islice(answered, max(0, door.number(n, "n"))))

    def topics(self, n: int = 4) -> list[str]:
        """Up to n things that go on in the newest articles, what has been in the news longest first."""
        return list(islice(running_topics(self._archive), max(0, door.number(n, "n"))))

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

        return NewsdeskRetriever(self, door.number(k, "k"))

    def as_query_engine(self) -> BaseQueryEngine:
        """This archive as a query engine of any LlamaIndex program."""
        from app.llama import NewsdeskQueryEngine

        return NewsdeskQueryEngine(self)
