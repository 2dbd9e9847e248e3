"""An engine small enough to know by heart: finds articles by shared words, quotes their first sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from app.answer import Answer, Citation, Hit, Sentence
from ingest.article import Article, Moment, Passage
from ingest.errors import NewsdeskError, UsageError


@dataclass(frozen=True)
class FakeStatus:
    articles: int
    embedder: str
    home: str = "somewhere"

    def to_json(self) -> dict[str, Any]:
        return {"articles": self.articles, "embedder": self.embedder, "home": self.home}


@dataclass
class FakeDesk:
    """`fails`, `breaks`, `interrupts`: questions that end in our error, in a fault, in Ctrl-C."""

    articles: Sequence[Article]
    embedder: str = "fake-hash-64"
    home: str = "somewhere"
    fails: Sequence[str] = ()
    breaks: Sequence[str] = ()
    interrupts: Sequence[str] = ()
    asked: list[str] = field(default_factory=list)

    def ask(
        self,
        question: str,
        *,
        as_of: str | None = None,
        choices: Sequence[str] = (),
        sources: Sequence[str] = (),
    ) -> Answer:
        self.asked.append(question)
        if question in self.interrupts:
            raise KeyboardInterrupt
        if question in self.fails:
            raise NewsdeskError("The question is too hard.")
        if question in self.breaks:
            raise ZeroDivisionError("division by zero")
        hits = tuple(self.search(question, as_of=as_of))
        if not hits:
            return Answer(question, question, as_of, (), (), True, "nothing_found", "Nothing says so.")
        article = self.show(hits[0].passage.article_id)
        citation = Citation.of(article, 0, article.text.index(".") + 1)
        return Answer(question, question, as_of, (Sentence(citation.quote, (citation,)),), hits)

    def search(self, query: str, *, k: int = 10, as_of: str | None = None) -> list[Hit]:
        wanted = set(query.lower().rstrip("?").split()) - {"the", "who", "what", "a"}
        shared = {a.id: len(wanted & set(f"{a.title} {a.text}".lower().split())) for a in self.articles}
        cut = Moment.parse(as_of).last if as_of else 1 << 60
        found = [a for a in self.articles if shared[a.id] and (not a.published or a.published.last <= cut)]
        return [self.hit(a) for a in sorted(found, key=lambda a: -shared[a.id])][:k]

    def hit(self, article: Article) -> Hit:
        passage = Passage(article.id, 0, len(article.text), article.text)
        return Hit(passage, 1.0, article.title, article.source, article.published, article.url)

    def show(self, article_id: str) -> Article:
        for article in self.articles:
            if article_id in (article.id, article.url):
                return article
        raise UsageError(f"There is no article {article_id}.")

    def status(self) -> FakeStatus:
        return FakeStatus(len(self.articles), self.embedder, self.home)
