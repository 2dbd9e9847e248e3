"""The values an answer is made of: hits, citations, sentences, the answer.

Plain frozen values that every door (page, HTTP, command line, Python, evaluation) shows in its own way.
They do not know how they were found (`app.retrieve`), written (`app.write`) or checked (`app.verify`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from ingest.article import Article, Moment, Passage
from ingest.errors import IntegrityError

Verdict = Literal["supported", "partial", "contradicted", "unsupported"]
Reason = Literal["", "empty_archive", "nothing_found", "outside_dates", "not_covered"]
NoteKind = Literal["series", "conflict", "correction", "presupposition", "partial"]


@dataclass(frozen=True, slots=True)
class Reprint:
    """Another article that tells the same story in the same words."""

    article_id: str
    title: str
    source: str
    published: Moment | None

    def to_json(self) -> dict[str, Any]:
        return {
            "article_id": self.article_id,
            "title": self.title,
            "source": self.source,
            "published": str(self.published) if self.published else None,
        }


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that was found, with the article's particulars and why: `parts` maps arm to score.

    `also` are the articles of the same story, which are not found a second time.
    """

    passage: Passage
    score: float
    title: str
    source: str
    published: Moment | None
    url: str
    parts: Mapping[str, float] = field(default_factory=dict)
    also: tuple[Reprint, ...] = ()

    def plus(self, **parts: float) -> Hit:
        """The hit with more to its score."""
        return replace(self, score=self.score + sum(parts.values()), parts={**self.parts, **parts})

    def explained(self) -> dict[str, Any]:
        """As JSON, with what each arm and rule gave: they add up to the score."""
        return self.to_json() | {"parts": {name: round(part, 6) for name, part in self.parts.items()}}

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
            "also": [reprint.to_json() for reprint in self.also],
        }


def best_of_each(hits: Iterable[Hit]) -> tuple[Hit, ...]:
    """The first hit of each article, in the order of the hits."""
    best: dict[str, Hit] = {}
    for hit in hits:
        best.setdefault(hit.passage.article_id, hit)
    return tuple(best.values())


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

    @classmethod
    def from_json(cls, value: object) -> Citation:
        """Reads what `to_json` wrote; raises ValueError for anything else. It need not be true."""
        match value:
            case {
                "article_id": str(id_),
                "content_hash": str(content_hash),
                "start": int(start),
                "end": int(end),
                "quote": str(quote),
            } if 0 <= start < end and bool not in (type(start), type(end)) and _is_unicode(id_, content_hash):
                return cls(id_, content_hash, start, end, quote)
        raise ValueError(
            "A citation is a JSON object with the texts article_id, content_hash and quote, and the whole "
            "numbers start and end, 0 <= start < end."
        )

    def stands_in(self, article: Article) -> bool:
        """Whether the quote is where it says it is, in this very version."""
        same = article.id == self.article_id and article.content_hash == self.content_hash
        # Python takes places before the beginning and after the end; a citation has none there.
        whole = self.start >= 0 and self.end - self.start == len(self.quote) > 0
        return same and whole and article.text.startswith(self.quote, self.start)

    def check(self, article: Article) -> None:
        """Raises IntegrityError unless the quote stands in this article."""
        if not self.stands_in(article):
            raise IntegrityError(
                f"The citation of article {self.article_id}, characters {self.start} to {self.end}, does not "
                "match its text: run `newsdesk verify`."
            )

    def to_json(self) -> dict[str, Any]:
        return {
            "article_id": self.article_id,
            "content_hash": self.content_hash,
            "start": self.start,
            "end": self.end,
            "quote": self.quote,
        }


def _is_unicode(*names: str) -> bool:
    """Whether an archive can be asked for these: JSON can carry halves of characters, UTF-8 cannot."""
    return not any("\ud800" <= character <= "\udfff" for name in names for character in name)


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of an answer. `support` in 0..1: how surely the citations carry the sentence.

    `added` are the spans of `text` that are the editor's and no quotation: brackets such as "[in 2025]".
    `faults` say in plain words what in the sentence disagrees with its citations, or is not in them.
    """

    text: str
    citations: tuple[Citation, ...]
    verdict: Verdict = "supported"
    support: float = 1.0
    added: tuple[tuple[int, int], ...] = ()
    faults: tuple[str, ...] = ()

    @property
    def is_quotation(self) -> bool:
        """Whether it stands so in its one citation, but for what was added and for white space."""
        kept = (c for i, c in enumerate(self.text) if not any(a <= i < b for a, b in self.added))
        return len(self.citations) == 1 and "".join(kept).split() == self.citations[0].quote.split()

    def to_json(self) -> dict[str, Any]:
        return {
            "text": self.text,
            "verdict": self.verdict,
            "support": round(self.support, 4),
            "citations": [c.to_json() for c in self.citations],
            "added": [list(span) for span in self.added],
            "faults": list(self.faults),
        }


@dataclass(frozen=True, slots=True)
class Direct:
    """The answer in at most six words: exactly those that `citation` points at, or "Yes" or "No", and then
    `citation` is the sentence that settles it. In brackets after it may stand the day that it is of."""

    text: str
    citation: Citation

    def to_json(self) -> dict[str, Any]:
        return {"text": self.text, "citation": self.citation.to_json()}


@dataclass(frozen=True, slots=True)
class Choice:
    """The option that the evidence speaks for: its place among the options, from 0, and its share of belief.

    `citation` is a sentence that has it; None where no single sentence does.
    """

    index: int
    text: str
    support: float
    citation: Citation | None

    def to_json(self) -> dict[str, Any]:
        return {
            "index": self.index,
            "text": self.text,
            "support": round(self.support, 4),
            "citation": self.citation.to_json() if self.citation else None,
        }


@dataclass(frozen=True, slots=True)
class Reading:
    """What one report gives for something: `value` as it stands in the quote, whose report, and when."""

    value: str
    citation: Citation
    source: str
    published: Moment | None

    def to_json(self) -> dict[str, Any]:
        return {
            "value": self.value,
            "source": self.source,
            "published": str(self.published) if self.published else None,
            "citation": self.citation.to_json(),
        }


@dataclass(frozen=True, slots=True)
class Note:
    """Something about the answer as a whole that a reader must know, in one sentence of ours.

    "series": a figure that changed while the story ran, the latest reading first. "conflict": reports that
    differ at the same time. "correction": a report that was corrected, its correction first.
    "presupposition": the archive contradicts what the question takes for granted. "partial": a part of the
    question that the archive does not answer.
    """

    kind: NoteKind
    text: str
    readings: tuple[Reading, ...] = ()

    def to_json(self) -> dict[str, Any]:
        return {"kind": self.kind, "text": self.text, "readings": [r.to_json() for r in self.readings]}


@dataclass(frozen=True, slots=True)
class Hint:
    """What `words` of the question were taken to say of where to look: their `meaning`."""

    kind: Literal["outlet", "time"]
    words: str
    meaning: str

    def to_json(self) -> dict[str, Any]:
        return {"kind": self.kind, "words": self.words, "meaning": self.meaning}


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back. An answer that abstained has no sentences, a reason and the nearest hits.

    `checked` says in plain words what was compared between the sentences and their quotes; `warning`, that
    something went wrong which the answer does without (a language model that failed).
    """

    question: str
    understood: str
    as_of: str | None
    sentences: tuple[Sentence, ...]
    hits: tuple[Hit, ...]
    abstained: bool = False
    reason: Reason = ""
    explanation: str = ""
    withheld: tuple[Sentence, ...] = ()
    direct: Direct | None = None
    choice: Choice | None = None
    notes: tuple[Note, ...] = ()
    hints: tuple[Hint, ...] = ()
    checked: str = ""
    warning: str = ""
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
            "hints": [h.to_json() for h in self.hints],
            "as_of": self.as_of,
            "abstained": self.abstained,
            "reason": self.explanation if self.abstained else None,
            "reason_code": self.reason or None,
            "text": self.text,
            "direct": self.direct.to_json() if self.direct else None,
            "choice": self.choice.to_json() if self.choice else None,
            "sentences": [s.to_json() for s in self.sentences],
            "hits": [h.to_json() for h in self.hits],
            "withheld": [s.to_json() for s in self.withheld],
            "notes": [n.to_json() for n in self.notes],
            "checked": self.checked,
            "warning": self.warning or None,
            "writer": self.writer,
            "seconds": round(self.seconds, 4),
        }
