"""The values an answer is made of: hits, citations, sentences, the answer.

Plain frozen values that every door (page, HTTP, command line, Python, evaluation) shows in its own way.
They do not know how they were found (`app.retrieve`), written (`app.write`) or checked (`app.verify`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from ingest.article import Article, Moment, Passage
from ingest.errors import IntegrityError

Verdict = Literal["supported", "partial", "contradicted", "unsupported"]
Reason = Literal["", "empty_archive", "nothing_found", "outside_dates", "not_covered"]


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that was found, with the article's particulars and why: `parts` maps arm to score."""

    passage: Passage
    score: float
    title: str
    source: str
    published: Moment | None
    url: str
    parts: Mapping[str, float] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        return {
            "article_id": self.passage.article_id,
            "title": self.title,
            "source": self.source,
            "published": str(self.published) if self.published else None,
            "url": self.url,
            "start": self.passage.start,
            "end": self.passage.end,
            "text": self.passage.text,
            "score": round(self.score, 6),
        }


@dataclass(frozen=True, slots=True)
class Citation:
    """Exact characters of one version of one article. Made with `of`, which cannot make a wrong one."""

    article_id: str
    content_hash: str
    start: int
    end: int
    quote: str

    @classmethod
    def of(cls, article: Article, start: int, end: int) -> Citation:
        """Cite `article.text[start:end]`; raises IntegrityError for an empty or impossible span."""
        if not 0 <= start < end <= len(article.text):
            raise IntegrityError(f"No characters {start} to {end} in article {article.id}.")
        return cls(article.id, article.content_hash, start, end, article.text[start:end])

    def check(self, article: Article) -> None:
        """Raises IntegrityError unless the quote is where it says it is, in this very version."""
        same = article.id == self.article_id and article.content_hash == self.content_hash
        if not same or article.text[self.start : self.end] != self.quote:
            raise IntegrityError(
                f"The citation of article {self.article_id}, characters {self.start} to {self.end}, does not "
                "match its text: run `newsdesk verify`."
            )

    def to_json(self) -> dict[str, Any]:
        return {"article_id": self.article_id, "start": self.start, "end": self.end, "quote": self.quote}


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of an answer. `support` in 0..1: how surely the citations carry the sentence."""

    text: str
    citations: tuple[Citation, ...]
    verdict: Verdict = "supported"
    support: float = 1.0

    def to_json(self) -> dict[str, Any]:
        return {
            "text": self.text,
            "verdict": self.verdict,
            "support": round(self.support, 4),
            "citations": [c.to_json() for c in self.citations],
        }


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back. An answer that abstained has no sentences, a reason and the nearest hits."""

    question: str
    understood: str
    as_of: str | None
    sentences: tuple[Sentence, ...]
    hits: tuple[Hit, ...]
    abstained: bool = False
    reason: Reason = ""
    explanation: str = ""
    withheld: tuple[Sentence, ...] = ()
    writer: str = "extractive"
    seconds: float = 0.0
    timings: Mapping[str, float] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The answer as running text; the explanation when it abstained."""
        return self.explanation if self.abstained else " ".join(s.text for s in self.sentences)

    def to_json(self) -> dict[str, Any]:
        return {
            "question": self.question,
            "understood": self.understood,
            "as_of": self.as_of,
            "abstained": self.abstained,
            "reason": self.explanation if self.abstained else None,
            "reason_code": self.reason or None,
            "text": self.text,
            "sentences": [s.to_json() for s in self.sentences],
            "hits": [h.to_json() for h in self.hits],
            "withheld": [s.to_json() for s in self.withheld],
            "writer": self.writer,
            "seconds": round(self.seconds, 4),
        }
