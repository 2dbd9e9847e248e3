"""Whether to answer at all: what an archive does not say is better not answered.

What is judged is coverage: how well each word of the question, the rare ones most, finds its like in what
would be quoted and the headlines above it. That tells whether the archive is about the matter. It cannot
tell whether a sentence that is close enough is also the answer, and the explanation does not claim to.

Of a question that asks several things each is judged for itself (`app.several`).
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import astuple, dataclass, fields, replace

import numpy as np

from app.answer import Hit, Reason, Sentence, best_of_each
from app.likeness import Floats, Question, Reads
from app.sift import Sifted
from app.story.twins import is_copy
from app.understand import Query
from app.weights import weights_of
from app.words import content_words, covered_share, is_function_word, stem, stems, stems_of, words
from ingest.article import Article

_STALE_DAYS = 30.0
_DAY = 86_400
# How many words name the subject of a question, and how rare they are beside the rarest of them.
_NAMED, _TELLING = 4, 0.5
# Below both of these nothing that was found is about the question.
_COVERED, _ALIKE = 0.1, 0.5
# A name is met when something this like it is quoted.
_LIKE = 0.6
# Where so little of a question is told within the limits it was asked in, and so much outside, the limits are
# why: the share of its words, by rarity, and how many hits are looked at.
_LITTLE, _MUCH, _OUTSIDE = 0.6, 0.9, 3
# In every tenth passage (nats). Of a question in the archive's language more than this share of the words
# are; of one in another hardly any, and they are nearly as rare as words that the archive does not have.
_EVERYDAY, _EVERYDAY_SHARE = 2.3, 0.25
_RARE, _UNSEEN = 0.45, 0.75
_FEWEST_WORDS = 4
_ENGLISH = ("the", "of", "and")
_ALPHANUMERIC = re.compile(r"[^\W_]+")


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

    `find(query)` gives the first hits, for questions that were asked within limits.
    """

    def __init__(
        self,
        model: Reads,
        idf: Callable[[str], float],
        find: Callable[[Query], Sequence[Hit]] = lambda query: (),
    ) -> None:
        self._model = model
        self._idf = idf
        self._find = find

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
        if sentences:
            coverage = self.coverage(sifted, hits, articles, sentences)
            if coverage.score >= 0 and not self._is_elsewhere(sifted, coverage):
                return None
        nearest = articles[hits[0].passage.article_id]
        return Refusal("not_covered", self._explained(text, hits[0], nearest))

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
        """The names and figures of the question that no article found has in any form, in its order."""
        text = _texts(articles.values())
        asking, *read = self._model.tokens([query.text, *(s.text for s in sentences)])
        question = Question(query.text, asking, self._idf)
        found = np.maximum.reduce(question.found_in(read))
        unmet = dict.fromkeys(word for word, _ in _unmet(question, found, _known(text)))
        forms = set(stems(text)) if unmet else set()
        return [word for word in unmet if stem(word) not in forms]

    def _nearest(self, hit: Hit) -> str:
        particulars = ", ".join(part for part in (hit.source, str(hit.published or "")[:10]) if part)
        title = f"“{hit.title}”" if hit.title else "an article without a headline"
        return f"The nearest is {title}{f' ({particulars})' if particulars else ''}."

    def _is_elsewhere(self, sifted: Sifted, coverage: Coverage) -> bool:
        """Whether hardly a word is met within the days, outlets and sections asked for, and all outside.

        What was published after the day that is asked from is no reason.
        """
        query = sifted.query
        if coverage.covered >= _LITTLE or not (query.since or query.until or query.sources or query.sections):
            return False
        anywhere = replace(query, since=None, until=None, sources=(), sections=())
        terms = sifted.asked.weighed(self._idf)
        told = (stems_of(f"{hit.title} {hit.passage.text}") for hit in self._find(anywhere)[:_OUTSIDE])
        return any(covered_share(terms, stems) >= _MUCH for stems in told)

    def _explained(self, question: str, hit: Hit, nearest: Article) -> str:
        """That the nearest article does not have what is asked, by the words that it lacks."""
        if self._is_foreign(question):
            told = (
                "Most words of this question are unknown to the archive, which is in English: ask in English."
            )
            return f"{told} {self._nearest(hit)}"
        terms = content_words(question)
        has = stems_of(f"{nearest.title}\n{nearest.text}\n{_particulars(nearest)}")
        lacking = [term for term in terms if stem(term) not in has]
        if lacking or not terms:
            return f"The archive has nothing close enough on {self._rarest(lacking)}. {self._nearest(hit)}"
        return f"The archive has these words, and nothing close enough to an answer. {self._nearest(hit)}"

    def _subject(self, question: str) -> str:
        return self._rarest(content_words(question))

    def _rarest(self, terms: Sequence[str]) -> str:
        """The rarest of these words, in their order, and none that tells little beside them."""
        rarest = sorted(terms, key=self._idf, reverse=True)[:_NAMED]
        least = _TELLING * max(map(self._idf, rarest), default=0.0)
        return ", ".join(word for word in terms if word in rarest and self._idf(word) >= least) or "this"

    def _is_foreign(self, question: str) -> bool:
        """Whether a question is in a language that an archive in English does not have.

        Told by how rare its words are there; names tell nothing, and neither do queries of a few words.
        """
        first, *rest = words(question) or [""]
        told = [self._idf(word) for word in (first, *filter(str.islower, rest))]
        if (
            "?" not in question
            or len(told) < _FEWEST_WORDS
            or any(self._idf(w) > _EVERYDAY for w in _ENGLISH)
        ):
            return False
        unseen = self._idf("qxzjv")
        everyday = sum(rarity <= _EVERYDAY for rarity in told) / len(told)
        is_rare = max(told) >= _UNSEEN * unseen and sum(told) / len(told) >= _RARE * unseen
        return everyday <= _EVERYDAY_SHARE and is_rare


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
    unmet = sum(weight for _, weight in _unmet(question, found, _known(_texts(articles))))
    return unmet / max(float(question.weights.sum()), 1e-9)


def _texts(articles: Iterable[Article]) -> str:
    return "\n".join(f"{a.title}\n{a.text}\n{_particulars(a)}" for a in articles)


def _known(text: str) -> frozenset[str]:
    return frozenset(_ALPHANUMERIC.findall(text.casefold()))


def _unmet(question: Question, found: Floats, known: AbstractSet[str]) -> list[tuple[str, float]]:
    """The names and numbers after the first word that are neither quoted nor known, with their weights."""
    return [
        (word, weight)
        for word, weight, likeness in question.by_word(found)[1:]
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
