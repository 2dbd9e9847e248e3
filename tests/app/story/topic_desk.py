"""A desk of invented articles without indexes: finds by shared words, answers with the best sentence."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from app.answer import Answer, Hit
from app.quotable import quotables
from app.words import content_words, stem, stems
from app.write import quoted
from ingest.article import Article, Moment, Passage


def article(id_: str, source: str, day: str, title: str, text: str) -> Article:
    return Article(id_, title, text, source, published=Moment.parse(day) if day else None)


def hits_of(*articles: Article) -> list[Hit]:
    """Each article as one passage, in the order given."""
    return [
        Hit(Passage(a.id, 0, len(a.text), a.text), 1.0 - rank / 20, a.title, a.source, a.published, a.url)
        for rank, a in enumerate(articles)
    ]


class TopicDesk:
    """Holds articles; `as_of`, `sources` and `sections` filter; what shares no word with a question is not
    found."""

    def __init__(self, *articles: Article) -> None:
        self.articles = {a.id: a for a in articles}

    def search(
        self,
        query: str,
        *,
        k: int = 10,
        as_of: str | date | None = None,
        since: str | date | None = None,
        until: str | date | None = None,
        sources: Sequence[str] = (),
        sections: Sequence[str] = (),
    ) -> list[Hit]:
        wanted = set(map(stem, content_words(query)))
        scored = []
        for a in self.articles.values():
            share = len(wanted & set(stems(f"{a.title} {a.text}"))) / max(1, len(wanted))
            late = as_of and a.published and str(a.published)[:10] > str(as_of)
            if (
                share
                and not late
                and (not sources or a.source in sources)
                and (not sections or a.section in sections)
            ):
                passage = Passage(a.id, 0, len(a.text), a.text)
                scored.append(Hit(passage, share, a.title, a.source, a.published, a.url))
        return sorted(scored, key=lambda hit: -hit.score)[:k]

    def ask(
        self,
        question: str,
        *,
        as_of: str | date | None = None,
        since: str | date | None = None,
        until: str | date | None = None,
        sources: Sequence[str] = (),
        sections: Sequence[str] = (),
    ) -> Answer:
        hits = self.search(question, as_of=as_of, sources=sources, sections=sections)
        best = self.articles[hits[0].passage.article_id] if hits else None
        if best is None or not quotables(best.text):
            return Answer(question, question, None, (), (), abstained=True, explanation="Nothing.")
        wanted = set(map(stem, content_words(question)))
        sentence = max(quotables(best.text), key=lambda q: (len(wanted & q.stems), -q.start))
        return Answer(question, question, None, (quoted(best, sentence.start, sentence.end),), tuple(hits))

    def show(self, article_id: str) -> Article:
        return self.articles[article_id]
