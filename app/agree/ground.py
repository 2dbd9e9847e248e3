"""What a claim is compared with: the sentences of its evidence, and the articles that these lean on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache

from app.agree.dates import When, times
from app.agree.numbers import Quantity, quantities
from app.agree.reading import read
from app.dateline import dateline_end
from app.verify import Evidence
from app.words import is_function_word, rarity
from ingest.article import Article
from ingest.sentences import Span, sentence_spans

_everyday = lru_cache(65_536)(rarity(0, lambda word: 0))


@dataclass(frozen=True, slots=True)
class Source:
    """One sentence of evidence number `evidence`: `article.text[start:end] == text`."""

    evidence: int
    article: Article
    start: int
    end: int
    text: str

    @property
    def anchor(self) -> date | None:
        """The day from which the article counts."""
        return self.article.published.start.date() if self.article.published else None

    @property
    def span(self) -> tuple[int, int, int]:
        return self.evidence, self.start, self.end


class Ground:
    """The evidence of one claim, taken apart once."""

    def __init__(self, evidences: Sequence[Evidence]) -> None:
        self.evidences = evidences
        self.articles = tuple({id(e.article): e.article for e in evidences}.values())

    @cached_property
    def sources(self) -> tuple[Source, ...]:
        return tuple(
            Source(number, one.article, one.start + start, one.start + end, one.text[start:end])
            for number, one in enumerate(self.evidences)
            for start, end in _spans(one.text)
        )

    @cached_property
    def texts(self) -> tuple[str, ...]:
        """All that the articles say, their particulars included."""
        return tuple("\n".join((a.text, a.title, a.source, *a.authors, _written(a))) for a in self.articles)

    @cached_property
    def bases(self) -> frozenset[str]:
        """The words of the evidence and of the headlines above it."""
        texts = [e.text for e in self.evidences] + [f"{a.title} {a.source}" for a in self.articles]
        return frozenset(token.base for text in texts for token in read(text))

    @cached_property
    def quantities(self) -> tuple[Quantity, ...]:
        return tuple(q for e in self.evidences for q in quantities(e.text))

    @cached_property
    def times(self) -> tuple[When, ...]:
        return tuple(w for source in self.sources for w in times(source.text, source.anchor))

    def is_dated(self, when: When) -> bool:
        """Whether a time holds the day on which one of the articles came out."""
        days = [a.published.start.date().toordinal() for a in self.articles if a.published]
        return any(low <= day <= high for low, high in when.spans for day in days)

    def before(self, source: Source, length: int = 600) -> str:
        """What the article says right before a sentence, its headline first."""
        return f"{source.article.title}\n{source.article.text[max(0, source.start - length) : source.start]}"


@lru_cache(maxsize=1024)
def _spans(text: str) -> tuple[Span, ...]:
    """The sentences of a text, without the dateline that may stand before the first words of one."""
    return tuple((start + dateline_end(text[start:end]), end) for start, end in sentence_spans(text))


def _written(article: Article) -> str:
    """The day of an article in words."""
    day = article.published.start if article.published else None
    return f"{day:%A} {day.day} {day:%B} {day.year}" if day else ""


def weight(word: str) -> float:
    """How much a word tells, in an archive that is not known."""
    return _everyday(word)


def weights(text: str) -> dict[str, float]:
    """The base forms of the telling words of a text, each with its weight."""
    return {token.base: weight(token.text) for token in read(text) if not is_function_word(token.text)}


def carried(wanted: dict[str, float], bases: Iterable[str]) -> float:
    """The share of the weights that these base forms carry."""
    there = set(bases)
    total = sum(wanted.values())
    return sum(w for one, w in wanted.items() if one in there) / total if total else 1.0
