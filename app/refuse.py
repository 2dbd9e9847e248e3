"""Whether to answer at all: what an archive does not say is better not answered.

What is judged is coverage: how well each word of the question, the rare ones most, finds its like in what
would be quoted and the headlines above it. That tells whether the archive is about the matter. It cannot
tell whether a sentence that is close enough is also the answer, and the explanation does not claim to.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from app.answer import Hit, Reason, Sentence
from app.likeness import Floats, Question, Reads
from app.understand import Query
from app.words import content_words, is_function_word
from ingest.article import Article

# Wording that is about the days before it was asked: an old report cannot be what is meant.
_RECENT = re.compile(
    r"\b(?:(?:this|last|past|next|coming) (?:week|weekend|month)|today|tonight|yesterday|tomorrow|"
    r"recent(?:ly)?|just|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b",
    re.IGNORECASE,
)
_STALE_DAYS = 30.0
_DAY = 86_400
# Fitted by `python -m eval.refusal`: what counts against an answer, and the likeness that 95 of 100 questions
# reach which a news archive can answer.
_STRANGERS, _STALE, _NEEDED = 0.8, 0.15, 0.49
# How many words name the subject of a question.
_NAMED = 4
# A name is met when something this like it is quoted.
_LIKE = 0.6


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why nothing is answered: a code for programs and one or two sentences for people."""

    reason: Reason
    explanation: str


@dataclass(frozen=True, slots=True)
class Coverage:
    """How well a question is covered by what would be quoted.

    `likeness`: of the question's wording to that of the quotes and their headlines, in -1..1.
    `strangers`: the share of the question, by rarity, that is names and numbers which the quoted articles
    do not have. `stale`: near 1 when recent news is asked for and the quoted report is old, else 0.
    """

    likeness: float
    strangers: float
    stale: float

    @property
    def score(self) -> float:
        """Above 0 where the archive seems to be about what is asked."""
        return self.likeness - _STRANGERS * self.strangers - _STALE * self.stale - _NEEDED


class Judge:
    """Decides between an answer and a refusal. `idf(word)` tells how rare a word is in the archive.

    `strictness` moves the border: 0 answers 95 of 100 questions that news archives can answer.
    """

    def __init__(self, model: Reads, idf: Callable[[str], float], strictness: float = 0.0) -> None:
        self._model = model
        self._idf = idf
        self._strictness = strictness

    def judge(
        self,
        query: Query,
        hits: Sequence[Hit],
        articles: Mapping[str, Article],
        sentences: Sequence[Sentence],
    ) -> Refusal | None:
        """None when the question should be answered with the sentences."""
        if not hits:
            return Refusal("nothing_found", f"The archive has nothing on {self._subject(query.text)}.")
        if sentences and self.coverage(query, articles, sentences).score >= self._strictness:
            return None
        return Refusal("not_covered", self._explained(query.text, hits[0]))

    def coverage(
        self, query: Query, articles: Mapping[str, Article], sentences: Sequence[Sentence]
    ) -> Coverage:
        """How well the sentences, of which there is at least one, cover the question."""
        cited = [articles[sentence.citations[0].article_id] for sentence in sentences]
        headlines = [f"{article.title} {article.source}" for article in cited]
        asking, *read = self._model.tokens([query.text, *(s.text for s in sentences), *headlines])
        question = Question(query.text, asking, self._idf)
        found = np.maximum.reduce(question.found_in(read))
        return Coverage(
            likeness=question.wording(found),
            strangers=_strangers(question, found, {article.id: article for article in cited}.values()),
            stale=_stale(query, cited[0]),
        )

    def _explained(self, question: str, nearest: Hit) -> str:
        particulars = ", ".join(part for part in (nearest.source, str(nearest.published or "")[:10]) if part)
        title = f"“{nearest.title}”" if nearest.title else "an article without a headline"
        return (
            f"The archive has nothing close enough on {self._subject(question)}; the nearest is {title}"
            f"{f' ({particulars})' if particulars else ''}."
        )

    def _subject(self, question: str) -> str:
        """The rarest words of the question, in its order."""
        terms = content_words(question)
        rarest = set(sorted(terms, key=self._idf, reverse=True)[:_NAMED])
        return ", ".join(word for word in terms if word in rarest) or "this"


def _strangers(question: Question, found: Floats, articles: Iterable[Article]) -> float:
    """The share of the question's weight that is names and numbers unknown to all of the articles."""
    known = "\n".join(f"{a.title}\n{a.text}\n{_particulars(a)}" for a in articles).casefold()
    unmet = [
        weight
        for word, weight, likeness in zip(question.words[1:], question.weights[1:], found[1:], strict=True)
        if _is_name(word) and likeness < _LIKE and word.casefold() not in known
    ]
    return float(sum(unmet)) / max(float(question.weights.sum()), 1e-9)


def _is_name(word: str) -> bool:
    return (word[:1].isupper() or word[:1].isdigit()) and not is_function_word(word)


def _particulars(article: Article) -> str:
    month = f"{article.published.start:%B %Y}" if article.published else ""
    return "\n".join((article.source, *article.authors, month))


def _stale(query: Query, quoted: Article) -> float:
    """How much older the first quoted report is than the days that the question is about."""
    if query.as_of is None or quoted.published is None or not _RECENT.search(query.text):
        return 0.0
    days = max(0.0, (query.as_of.last - quoted.published.last) / _DAY)
    return 1.0 - math.exp2(-days / _STALE_DAYS)
