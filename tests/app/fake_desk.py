"""A desk with seven invented articles and no indexes: deterministic, for the tests of the chat page.

Answers with the sentence that shares most words with the question, refuses when fewer than three do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from app.answer import Answer, Citation, Hit, Sentence
from app.related import NOTHING, Related
from ingest.article import Article, Moment, Passage
from ingest.errors import UsageError
from ingest.sections import counted, section_key
from ingest.status import Status

STORM = Article(
    "storm-1",
    "Storm Idris closes the Tarn bridge for a third day",
    "HALVERTON — The Tarn bridge stayed closed on Thursday, the third day of Storm Idris.\n\n"
    "Winds reached 118 kilometres an hour at the harbour, the coastguard said, and ferries were cancelled "
    "until Saturday. About 4,200 homes in Halverton were without power on Thursday evening. Crews from three "
    "counties are working in shifts.\n\n"
    "“We will not open the bridge until every cable is safe,” said Ruth Adeyemi, the county engineer.",
    source="Halverton Post",
    authors=("Mara Lindqvist", "Tom Achebe"),
    published=Moment.parse("2026-01-15T18:40:00+00:00"),
    url="https://post.halverton.example/storm-idris-bridge",
)
POWER = Article(
    "storm-2",
    "Power back in most of Halverton",
    "Power was restored to most homes in Halverton on Saturday, two days after Storm Idris.\n"
    "About 300 homes in Halverton were still without power on Saturday night, the grid company said.\n"
    "Ferries run again from Sunday.",
    source="Coastal Wire",
    published=Moment.parse("2026-01-17"),
    url="https://wire.example/power-back",
)
BUDGET = Article(
    "budget-1",
    "Council passes budget by one vote",
    "The council of Halverton passed its budget of 84 million crowns by one vote on Tuesday. "
    "Library hours are cut by a fifth. The mayor, Ines Okafor, called the vote “the least bad of three”.",
    source="The Meridian",
    authors=("Jo Falk",),
    published=Moment.parse("2026-03"),
)
UNDATED = Article(
    "recipe-1",
    "Grandmother's harbour soup",
    "The soup needs two litres of stock and a mackerel.",
    source="",
)
ARTICLES = (STORM, POWER, BUDGET, UNDATED)

QUESTION = "How many homes in Halverton were without power after Storm Idris?"
REFUSED = "What is the price of oil?"


@dataclass
class FakeDesk:
    """Has the methods of `Newsdesk` that the page calls; `asked` holds what each call was given."""

    articles: tuple[Article, ...] = ARTICLES
    ready: float = 1.0
    asked: list[dict[str, Any]] = field(default_factory=list)
    home: str = "/dev/null/nowhere"
    writers: tuple[str, ...] = ("extractive",)
    known: dict[str, Related] = field(default_factory=dict)

    def status(self) -> Status:
        names = [a.source for a in self.articles if a.source]
        dates = sorted((a.published for a in self.articles if a.published), key=lambda m: m.epoch)
        outlets = tuple((name, names.count(name)) for name in dict.fromkeys(names))
        count = len(self.articles)
        ends = (dates[0], dates[-1]) if dates else (None, None)
        return Status(
            home=self.home,
            embedder="fake",
            articles=count,
            versions=count,
            passages=10 * count,
            vectors=int(10 * count * self.ready),
            outlets=outlets,
            sections=tuple(counted(a.section for a in self.articles)),
            first=ends[0],
            last=ends[1],
        )

    def examples(self, n: int = 4) -> list[str]:
        known = [QUESTION, "By how many votes did the council of Halverton pass its budget?"]
        return known[:n] if self.articles else []

    def topics(self, n: int = 4) -> list[str]:
        return ["the Tarn bridge", "Storm Idris"][:n] if self.articles else []

    def related(self, article_id: str, *, as_of: str | None = None) -> Related:
        return self.known.get(article_id, NOTHING)

    def show(self, article_id: str, version: int | None = None) -> Article:
        for article in self.articles:
            if article.id == article_id and version in (None, article.version):
                return article
        raise UsageError(f"There is no article {article_id}.")

    def stream(
        self,
        question: str,
        *,
        as_of: str | None = None,
        since: str | None = None,
        until: str | None = None,
        sources: Sequence[str] = (),
        sections: Sequence[str] = (),
        writer: str | None = None,
        history: Sequence[str] = (),
    ) -> Iterator[tuple[Hit, ...] | Sentence | Answer]:
        self.asked.append({"question": question, "as_of": as_of, "since": since, "until": until,
                           "sources": tuple(sources), "sections": tuple(sections), "writer": writer,
                           "history": tuple(history)})  # fmt: skip
        if len(question) > 10_000:
            raise UsageError(f"The question has {len(question):,} characters: ask with at most 10,000.")
        limit = _date(as_of)
        read = [a for a in self.articles if not sources or a.source in sources]
        keys = {section_key(name) for name in sections}
        read = [a for a in read if not keys or section_key(a.section) in keys]
        read = [a for a in read if not limit or not a.published or a.published.last <= limit.last]
        found = sorted(((_best(a, question), a) for a in read), key=lambda pair: -pair[0][0])
        hits = tuple(_hit(article, score) for (score, *_), article in found)
        yield hits
        sentences = tuple(_sentence(article, *span) for (score, *span), article in found[:2] if score >= 3)
        yield from sentences
        shown = str(limit) if limit else None
        if sentences:
            yield Answer(question, question, shown, sentences, hits, writer=writer or self.writers[0])
        else:
            why = "No article of this archive says it: the nearest ones tell of other things."
            yield Answer(question, question, shown, (), hits, True, "not_covered", why)


def _date(text: str | None) -> Moment | None:
    try:
        return Moment.parse(text) if text else None
    except ValueError:
        raise UsageError(f"'{text}' is not a date: write it like 2026-03-14.") from None


def _words(text: str) -> set[str]:
    return {word for word in re.findall(r"\w+", text.casefold()) if len(word) > 3}


def _best(article: Article, question: str) -> tuple[int, int, int]:
    """Words shared with the question, and the span, of the article's best sentence."""
    spans = [(m.start(), m.end()) for m in re.finditer(r"[^\s.][^.\n]*[.”]", article.text)]
    return max((len(_words(article.text[s:e]) & _words(question)), s, e) for s, e in spans)


def _hit(article: Article, score: float) -> Hit:
    passage = Passage(article.id, 0, len(article.text), article.text)
    return Hit(passage, score, article.title, article.source, article.published, article.url)


def _sentence(article: Article, start: int, end: int) -> Sentence:
    citation = Citation.of(article, start, end)
    return Sentence(citation.quote, (citation,))
