"""Whether to answer at all: what an archive does not say is better not answered.

What is judged is coverage: how well each word of the question, the rare ones most, finds its like in what
would be quoted and the headlines above it. That tells whether the archive is about the matter. It cannot
tell whether a sentence that is close enough is also the answer, and the explanation does not claim to.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass, fields

import numpy as np

from app.answer import Hit, Reason, Sentence, best_of_each
from app.likeness import Floats, Question, Reads
from app.sift import Sifted
from app.story.twins import is_copy
from app.understand import Query
from app.weights import weights_of
from app.words import content_words, is_function_word
from ingest.article import Article

_STALE_DAYS = 30.0
_DAY = 86_400
# How many words name the subject of a question.
_NAMED = 4
# Below both of these nothing that was found is about the question.
_COVERED, _ALIKE = 0.1, 0.5
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
    `sentence`: the score of the best sentence read; `covered`: the largest share of the question's words that
    a sentence has with its headline. `hit`: the retrieval score of the best article; `gap` and `lead`: how
    far it is before the second and the fifth; `words` and `recency`: what words and time give of it.
    """

    likeness: float
    strangers: float
    stale: float
    sentence: float
    covered: float
    hit: float
    gap: float
    lead: float
    words: float
    recency: float

    @property
    def score(self) -> float:
        """Above 0 where the archive seems to say what is asked (see `eval.refusal`)."""
        weights = weights_of("refusal", NAMES)
        score = float(np.array(astuple(self), np.float32) @ weights.values) - weights.needed
        return min(score, 0.0) - 1.0 if self.is_unrelated else score

    @property
    def is_unrelated(self) -> bool:
        """Whether neither the words nor the wording of the question are met, as good as it may rank.

        In a small archive something always ranks high. No question that could be answered was so among
        those that the weights were fitted to.
        """
        return self.covered < _COVERED and self.likeness < _ALIKE


NAMES = tuple(field.name for field in fields(Coverage))


class Judge:
    """Decides between an answer and a refusal. `idf(word)` tells how rare a word is in the archive.

    `strictness` moves the border: 0 is as fitted, more refuses more.
    """

    def __init__(self, model: Reads, idf: Callable[[str], float], strictness: float = 0.0) -> None:
        self._model = model
        self._idf = idf
        self._strictness = strictness

    def judge(
        self,
        sifted: Sifted,
        hits: Sequence[Hit],
        articles: Mapping[str, Article],
        sentences: Sequence[Sentence],
    ) -> Refusal | None:
        """None when the question should be answered with the sentences."""
        text = sifted.query.text
        if not hits:
            return Refusal("nothing_found", f"The archive has nothing on {self._subject(text)}.")
        if sentences and self.coverage(sifted, hits, articles, sentences).score >= self._strictness:
            return None
        return Refusal("not_covered", self._explained(text, hits[0]))

    def coverage(
        self,
        sifted: Sifted,
        hits: Sequence[Hit],
        articles: Mapping[str, Article],
        sentences: Sequence[Sentence],
    ) -> Coverage:
        """How well the sentences, of which there is at least one, cover the question."""
        query = sifted.query
        cited = [articles[sentence.citations[0].article_id] for sentence in sentences]
        headlines = [f"{article.title} {article.source}" for article in cited]
        asking, *read = self._model.tokens([query.text, *(s.text for s in sentences), *headlines])
        question = Question(query.text, asking, self._idf)
        found = np.maximum.reduce(question.found_in(read))
        return Coverage(
            likeness=question.wording(found),
            strangers=_strangers(question, found, {article.id: article for article in cited}.values()),
            stale=_stale(query, cited[0]),
            sentence=float(sifted.scores[0]),
            covered=max(c.signals.coverage for c in sifted.sentences),
            **_ahead(hits),
        )

    def unanswered(self, query: Query, hits: Sequence[Hit], writer: str) -> Refusal:
        """The refusal when a writer found no answer in what was found."""
        said = f"{writer} found no answer to this in the archive."
        return Refusal("not_covered", f"{said} {self._nearest(hits[0])}" if hits else said)

    def missing(
        self, query: Query, articles: Mapping[str, Article], sentences: Sequence[Sentence]
    ) -> list[str]:
        """The names and figures of the question that no article found has, in its order."""
        known = _known(articles.values())
        asking, *read = self._model.tokens([query.text, *(s.text for s in sentences)])
        question = Question(query.text, asking, self._idf)
        found = np.maximum.reduce(question.found_in(read))
        return list(dict.fromkeys(word for word, _ in _unmet(question, found, known)))

    def _nearest(self, hit: Hit) -> str:
        particulars = ", ".join(part for part in (hit.source, str(hit.published or "")[:10]) if part)
        title = f"“{hit.title}”" if hit.title else "an article without a headline"
        return f"The nearest is {title}{f' ({particulars})' if particulars else ''}."

    def _explained(self, question: str, nearest: Hit) -> str:
        return f"The archive has nothing close enough on {self._subject(question)}. {self._nearest(nearest)}"

    def _subject(self, question: str) -> str:
        """The rarest words of the question, in its order."""
        terms = content_words(question)
        rarest = set(sorted(terms, key=self._idf, reverse=True)[:_NAMED])
        return ", ".join(word for word in terms if word in rarest) or "this"


def _ahead(hits: Sequence[Hit]) -> dict[str, float]:
    """How good the best article is, and how far before the others; who prints it too is none of them."""
    first, *rest = best_of_each(hits)
    others = [hit for hit in rest if not is_copy(hit.passage.text, first.passage.text)]
    scores = [other.score for other in others] or [0.0]
    parts = first.parts
    return {
        "hit": first.score,
        "gap": first.score - scores[0],
        "lead": first.score - scores[min(3, len(scores) - 1)],
        "words": parts.get("passage_words", 0.0) + parts.get("article_words", 0.0),
        "recency": parts.get("recency", 0.0),
    }


def _strangers(question: Question, found: Floats, articles: Iterable[Article]) -> float:
    """The share of the question's weight that is names and numbers unknown to all of the articles."""
    unmet = sum(weight for _, weight in _unmet(question, found, _known(articles)))
    return unmet / max(float(question.weights.sum()), 1e-9)


def _known(articles: Iterable[Article]) -> str:
    return "\n".join(f"{a.title}\n{a.text}\n{_particulars(a)}" for a in articles).casefold()


def _unmet(question: Question, found: Floats, known: str) -> list[tuple[str, float]]:
    """The names and numbers after the first word that are neither quoted nor known, with their weights."""
    return [
        (word, float(weight))
        for word, weight, likeness in zip(question.words[1:], question.weights[1:], found[1:], strict=True)
        if _is_name(word) and likeness < _LIKE and word.casefold() not in known
    ]


def _is_name(word: str) -> bool:
    return (word[:1].isupper() or word[:1].isdigit()) and not is_function_word(word)


def _particulars(article: Article) -> str:
    month = f"{article.published.start:%B %Y}" if article.published else ""
    return "\n".join((article.source, *article.authors, month))


def _stale(query: Query, quoted: Article) -> float:
    """How much older the first quoted report is than the days that the question is about."""
    if query.as_of is None or quoted.published is None or not query.is_of_these_days:
        return 0.0
    days = max(0.0, (query.as_of.last - quoted.published.last) / _DAY)
    return 1.0 - math.exp2(-days / _STALE_DAYS)
