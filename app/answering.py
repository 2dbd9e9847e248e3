"""From a question as understood to a checked answer: find, read, decide, write, check, annotate.

The order of these steps is decided here and nowhere else. What each of them does is told in its own module;
this one knows no archive, no index and no model, only what is handed to it.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from app.answer import Answer, Direct, Hit, Note, Sentence, best_of_each
from app.choose import Chooser
from app.dating import dated
from app.direct import Share, Shortener
from app.llm.models import LLMError
from app.refuse import Judge, Refusal
from app.sift import Sieve, Sifted
from app.story.findings import Findings, find
from app.understand import Query
from app.verify import Evidence, Verifier
from app.write import ExtractiveWriter, bare, claim_of
from app.yes_no import decided
from ingest.article import Article

logger = logging.getLogger(__name__)

Event = tuple[Hit, ...] | Sentence | Answer
Articles = Mapping[str, Article]

# The best passage of this many articles is read, and the next ones of the first few.
HITS = 10
DEEPER = 5

_EMPTY = Refusal("empty_archive", "The archive is empty: add articles with `newsdesk ingest PATH`.")


class Find(Protocol):
    """Searches the archive: hits, best first, and their articles by id."""

    def __call__(self, query: Query, k: int, deeper: int = 0) -> tuple[list[Hit], dict[str, Article]]: ...


class Generates(Protocol):
    """A writer of its own words, such as `app.llm.writer.LLMWriter`; raises LLMError when it fails."""

    name: str

    def write(
        self, query: Query, hits: Sequence[Hit], articles: Articles, history: Sequence[str] = ()
    ) -> Iterator[Sentence]: ...


@dataclass(frozen=True, slots=True)
class Found:
    """What a search for a query gave."""

    query: Query
    hits: list[Hit]
    articles: dict[str, Article]

    @property
    def about(self) -> Query:
        """The question to put to what was found."""
        return self.query.about(self.hits[0].published) if self.hits else self.query


@dataclass(frozen=True, slots=True)
class Tools:
    """What an answer is made with. `idf(word)` tells how rare a word is in the archive."""

    understand: Callable[..., Query]
    find: Find
    is_empty: Callable[[], bool]
    idf: Callable[[str], float]
    sieve: Sieve
    writer: ExtractiveWriter
    shortener: Shortener
    chooser: Chooser
    judge: Judge
    verifier: Verifier

    def look(self, query: Query) -> Found:
        """What there is for a question."""
        return Found(query, *self.find(query, HITS, deeper=DEEPER))

    def sift(self, found: Found) -> Sifted:
        """The sentences of what was found that are likely to answer, read."""
        return self.sieve.sift(found.about, found.hits, found.articles)


@dataclass(frozen=True, slots=True)
class _Read:
    """What was read in it, the quotations that answer, and why not to answer if that is so."""

    sifted: Sifted
    shares: list[Share]
    findings: Findings
    sentences: tuple[Sentence, ...]
    refusal: Refusal | None = None


class Answerer:
    """Answers one question at a time; threads may share it. Without a generator it quotes."""

    def __init__(self, tools: Tools, generator: Generates | None = None) -> None:
        self._tools = tools
        self._generator = generator

    def stream(
        self, question: str, query: Query, *, choices: Sequence[str] = (), history: Sequence[str] = ()
    ) -> Iterator[Event]:
        """Yields the hits, then each sentence that its citations bear out, then the whole answer."""
        began = time.perf_counter()
        found = self._tools.look(query)
        retrieved = time.perf_counter()
        shown = best_of_each(found.hits)
        yield shown
        as_of = str(query.as_of) if query.as_of else None
        answer = Answer(question, query.text, as_of, (), shown, hints=query.hints)
        read = self._read(found, choices)
        if read.refusal is not None:
            answer = _refused(answer, read.refusal)
        else:
            answer = yield from self._written(answer, found, read, history)
            answer = self._annotated(answer, found, read)
        if choices and read.sifted.sentences:
            choice = self._tools.chooser.choose(choices, read.sifted)
            answer = replace(answer, choice=choice)
        done = time.perf_counter()
        yield replace(
            answer,
            checked=self._tools.verifier.checked,
            seconds=done - began,
            timings={"retrieve": retrieved - began, "write": done - retrieved},
        )

    # Reading and deciding

    def _read(self, found: Found, choices: Sequence[str]) -> _Read:
        """What the hits say, and why it is not enough if it is not. With options, any evidence is enough."""
        if self._tools.is_empty():
            return _Read(self._tools.sieve.sift(found.query, (), {}), [], Findings(), (), _EMPTY)
        read = self._extract(found)
        refusal = self._tools.judge.judge(read.sifted, found.hits, found.articles, read.sentences)
        if refusal is None or (choices and read.sentences):
            return read
        return replace(read, refusal=refusal if found.query.window.is_open else self._outside(found, refusal))

    def _extract(self, found: Found) -> _Read:
        tools = self._tools
        sifted = tools.sift(found)
        shares = tools.shortener.shares(sifted)
        findings = find(sifted.query.text, sifted.asked, found.hits, found.articles, tools.idf, sifted.found)
        composed = tools.writer.compose(sifted, shares, findings.lead, findings.outdated)
        return _Read(sifted, shares, findings, tuple(composed))

    def _outside(self, found: Found, refusal: Refusal) -> Refusal:
        """The refusal, or that there is an answer outside the dates, outlets and sections asked for."""
        anywhere = replace(found.query, as_of=None, since=None, until=None, sources=(), sections=())
        outside = self._tools.look(anywhere)
        read = self._extract(outside)
        if self._tools.judge.judge(read.sifted, outside.hits, outside.articles, read.sentences) is not None:
            return refusal
        return Refusal("outside_dates", refusal.explanation + _elsewhere(found.query, outside.hits[0]))

    # Writing and checking

    def _written(
        self, answer: Answer, found: Found, read: _Read, history: Sequence[str]
    ) -> Generator[Sentence, None, Answer]:
        """Yields each sentence that stands and returns the answer made of them."""
        if self._generator is not None:
            answer = yield from self._generated(answer, self._generator, found, history)
            if answer.sentences or answer.abstained:
                return answer
        quoted = self._checked(read.sentences, found)
        yield from quoted
        return replace(answer, sentences=quoted, writer=self._tools.writer.name)

    def _generated(
        self, answer: Answer, generator: Generates, found: Found, history: Sequence[str]
    ) -> Generator[Sentence, None, Answer]:
        """What a language model wrote, as far as it was found supported; nothing when it failed."""
        stands: list[Sentence] = []
        withheld: list[Sentence] = []
        warning = ""
        try:
            for sentence in generator.write(found.query, found.hits, found.articles, history):
                sentence = _exact(sentence, found.articles)
                if sentence.citations and sentence.verdict in ("supported", "partial"):
                    stands.append(sentence)
                    yield sentence
                else:
                    withheld.append(sentence)
        except LLMError as error:
            logger.warning("%s", error)
            warning = str(error)
        answer = replace(answer, sentences=tuple(stands), withheld=tuple(withheld), writer=generator.name)
        if stands:
            return replace(answer, warning=warning)
        if warning or withheld:
            told = warning or f"Nothing that {generator.name} wrote is borne out by the archive."
            return replace(answer, warning=f"{told} The answer is made of quotations instead.")
        return _refused(answer, self._tools.judge.unanswered(found.query, found.hits, generator.name))

    def _checked(self, sentences: Sequence[Sentence], found: Found) -> tuple[Sentence, ...]:
        """Quotations with their verdicts; brackets that are not borne out are taken out."""
        judgements = self._tools.verifier.verify(
            [(claim_of(sentence), _evidence(sentence, found.articles)) for sentence in sentences]
        )
        return tuple(
            _exact(
                replace(sentence, support=judgement.support)
                if judgement.verdict == "supported"
                else bare(sentence),
                found.articles,
            )
            for sentence, judgement in zip(sentences, judgements, strict=True)
        )

    def _annotated(self, answer: Answer, found: Found, read: _Read) -> Answer:
        """The answer with its short form and what a reader must know beside it."""
        if answer.abstained:
            return answer
        missing = self._tools.judge.missing(read.sifted.query, found.articles, answer.sentences)
        partial = [Note("partial", _unmentioned(missing))] if missing else []
        if absent := _absent(found):
            partial.append(Note("partial", absent))
        return replace(
            answer,
            direct=self._direct(answer, found, read),
            notes=(*read.findings.notes, *partial),
        )

    def _direct(self, answer: Answer, found: Found, read: _Read) -> Direct | None:
        """The answer in short; none where reports contradict each other, or do not bear the question out."""
        if any(note.kind in ("conflict", "presupposition", "partial") for note in read.findings.notes):
            return None
        query, articles = read.sifted.query, found.articles
        if read.sifted.asked.kind == "yes_no":
            direct = decided(query.text, answer.sentences, articles, self._tools.verifier)
        else:
            direct = self._tools.shortener.direct(
                read.sifted, read.shares, answer.sentences, read.findings.lead
            )
        return direct and dated(direct, query.text, articles[direct.citation.article_id], query.as_of)


def _refused(answer: Answer, refusal: Refusal) -> Answer:
    return replace(answer, abstained=True, reason=refusal.reason, explanation=refusal.explanation)


def _exact(sentence: Sentence, articles: Articles) -> Sentence:
    """The sentence, every citation of which is where it says it is; raises IntegrityError otherwise."""
    for citation in sentence.citations:
        citation.check(articles[citation.article_id])
    return sentence


def _evidence(sentence: Sentence, articles: Articles) -> list[Evidence]:
    return [Evidence(articles[c.article_id], c.start, c.end) for c in sentence.citations]


def _unmentioned(missing: Sequence[str]) -> str:
    named = " and ".join(f"“{name}”" for name in missing)
    return f"Nothing that was found on this mentions {named}."


def _absent(found: Found) -> str:
    """That an outlet whose reports were asked for has none here; empty when all have."""
    sources = {hit.source for hit in found.hits}
    demanded = (outlet for outlet in found.query.outlets if outlet.demanded)
    absent = dict.fromkeys(" or ".join(o.names) for o in demanded if sources.isdisjoint(o.names))
    return (
        f"Nothing on this was found in {' and '.join(absent)}; this is from other outlets." if absent else ""
    )


def _elsewhere(query: Query, hit: Hit) -> str:
    """What there is outside the limits of a query."""
    dated = query.as_of or query.since or query.until
    limits = {"dates": dated, "outlets": query.sources, "sections": query.sections}
    asked = " and ".join(name for name, limit in limits.items() if limit)
    when = f" of {str(hit.published)[:10]}" if hit.published else ""
    outlet = f" ({hit.source})" if hit.source else ""
    return f" Outside the {asked} asked for there is “{hit.title}”{outlet}{when}."
