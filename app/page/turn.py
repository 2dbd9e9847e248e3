"""One question and what comes of it, as values that grow while the answer is made.

Reads the engine's stream, fetches each cited article once and checks every citation against it before
it may be shown. It knows neither HTML (`app.page.pieces`) nor the page (`app.page.ask`).
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from app.answer import Answer, Citation, Hit, Sentence
from app.talk.converse import Exchange
from ingest.archive_notices import Correction
from ingest.article import Article, Moment
from ingest.errors import NewsdeskError

if TYPE_CHECKING:
    from app.engine import Newsdesk

logger = logging.getLogger(__name__)

_UNEXPECTED = "This question could not be answered: the server's log says why."

State = Literal["searching", "writing", "done"]


@dataclass(frozen=True, slots=True)
class Filters:
    """What part of the archive a question is put to, dates as typed; who answers it. "" for no choice."""

    as_of: str = ""
    since: str = ""
    until: str = ""
    sources: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    writer: str = ""

    @property
    def are_open(self) -> bool:
        """Whether the whole archive is read."""
        return replace(self, writer="") == Filters()


@dataclass(frozen=True, slots=True)
class Source:
    """An article that an answer cites, with the citations in the order they appear, and notices on it."""

    article: Article
    citations: tuple[Citation, ...]
    corrections: tuple[Correction, ...] = ()


@dataclass(frozen=True, slots=True)
class Turn:
    """A question and its answer so far. `sources[n - 1]` is what the chips numbered n point to.

    `covered` are the first and the last date of the archive, told where a question is refused.
    """

    number: int
    question: str
    filters: Filters
    state: State = "searching"
    hits: tuple[Hit, ...] = ()
    sentences: tuple[Sentence, ...] = ()
    sources: tuple[Source, ...] = ()
    answer: Answer | None = None
    problem: str = ""
    covered: tuple[Moment, Moment] | None = None

    def source_number(self, article_id: str) -> int:
        """The number of a cited article's chip, counted from 1."""
        return 1 + [source.article.id for source in self.sources].index(article_id)


def exchange_of(question: str, answer: Answer) -> Exchange:
    """What a follow-up may lean on."""
    outlets = dict.fromkeys(hit.source for hit in answer.hits if hit.source)
    return Exchange(question, answer.understood, "" if answer.abstained else answer.text, tuple(outlets))


def take(
    desk: Newsdesk,
    number: int,
    question: str,
    filters: Filters,
    history: Sequence[Exchange],
) -> Iterator[Turn]:
    """The turn as it grows: at once, when the hits are there, after each sentence, and finished.

    What goes wrong becomes the turn's `problem`, one sentence for the reader; nothing is raised.
    """
    turn = Turn(number, question, filters)
    yield turn
    try:
        for grown in _grow(desk, turn, history):
            turn = grown
            yield turn
    except NewsdeskError as error:
        yield failed(turn, str(error))
    except Exception:
        logger.exception("The question could not be answered: %r", question[:200])
        yield failed(turn, _UNEXPECTED)


def failed(turn: Turn, problem: str) -> Turn:
    """The turn, ended by what went wrong, in one sentence for the reader."""
    return replace(turn, state="done", problem=problem)


def _grow(desk: Newsdesk, turn: Turn, history: Sequence[Exchange]) -> Iterator[Turn]:
    filters = turn.filters
    stream = desk.stream(
        turn.question,
        as_of=filters.as_of or None,
        since=filters.since or None,
        until=filters.until or None,
        sources=filters.sources,
        sections=filters.sections,
        writer=filters.writer or None,
        history=tuple(history),
    )
    for part in stream:
        if isinstance(part, Answer):
            turn = _finished(desk, turn, part)
        elif isinstance(part, Sentence):
            turn = _with_sentence(desk, turn, part)
        else:
            turn = replace(turn, state="writing", hits=part)
        yield turn


def _finished(desk: Newsdesk, turn: Turn, answer: Answer) -> Turn:
    """The answer is what counts: sentences that the stream showed otherwise are shown as it has them."""
    if turn.sentences != answer.sentences:
        turn = replace(turn, sentences=(), sources=())
        for sentence in answer.sentences:
            turn = _with_sentence(desk, turn, sentence)
    turn = _with_citations(desk, turn, citations_beside(answer))
    sources = (
        replace(source, corrections=desk.related(source.article.id, as_of=answer.as_of).corrections)
        for source in turn.sources
    )
    covered = _covered(desk) if answer.abstained else None
    return replace(
        turn, state="done", hits=answer.hits, sources=tuple(sources), answer=answer, covered=covered
    )


def citations_beside(answer: Answer) -> list[Citation]:
    """What is cited outside the sentences: by the short answer and by the notes."""
    direct = [answer.direct.citation] if answer.direct else []
    return [*direct, *(reading.citation for note in answer.notes for reading in note.readings)]


def _covered(desk: Newsdesk) -> tuple[Moment, Moment] | None:
    status = desk.status()
    return (status.first, status.last) if status.first and status.last else None


def _with_sentence(desk: Newsdesk, turn: Turn, sentence: Sentence) -> Turn:
    """The turn with one more sentence; raises IntegrityError when a quote is not in its article."""
    turn = _with_citations(desk, turn, sentence.citations)
    return replace(turn, sentences=(*turn.sentences, sentence))


def _with_citations(desk: Newsdesk, turn: Turn, citations: Sequence[Citation]) -> Turn:
    """The turn with the articles of these citations among its sources, each citation once."""
    sources = {source.article.id: source for source in turn.sources}
    for citation in citations:
        known = sources.get(citation.article_id)
        article = known.article if known else desk.show(citation.article_id)
        citation.check(article)
        earlier = known.citations if known else ()
        if citation not in earlier:
            sources[article.id] = Source(article, (*earlier, citation))
    return replace(turn, sources=tuple(sources.values()))
