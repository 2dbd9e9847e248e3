"""The short answer: at most six words of the evidence that name what was asked for.

Every stretch of the sentences read (`app.spans`) is described by a few numbers: how good its sentence is, how
often and where else it stands, whether it looks like the kind of thing asked for, how near it stands to the
question's words and how like it is, in its sentence, to the thing named in the question. A linear model
weighs them; its weights were fitted by `python -m eval.fit` to dated news questions. The model's own share
for the best stretch, among all of the question, decides whether it is given at all.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from app.answer import Citation, Direct, Reading, Sentence
from app.asking import Asked
from app.candidates import Candidate
from app.complete import people_in
from app.fits import could_answer, has_short_answer, may_be_given
from app.kinds import listed
from app.likeness import Floats
from app.sift import Sifted
from app.spans import LONGEST, Span, spans_of
from app.weights import Weights, shares_of, weights_of
from app.words import WORD, is_function_word, stem, stems
from ingest.article import Article
from ingest.embed import TokenVectors

# A sentence this much below the best counts 1/e as much.
_FADE = 0.3
# Words away that a question's word counts 1/e as much.
_NEAR = 5.0
_PREPOSITIONS = frozenset(("in", "at", "near", "from", "to", "of", "for", "by"))

NAMES = (
    "sentence", "votes", "articles", "parts", "name", "title", "figure", "words", "names", "near", "covered",
    "kin", "asking", "noun_inside", "noun_beside", "overlap", "rarity", "length", "opens", "headline",
    "placed", "listed", "unlisted", "person", "passage", "rank", "coverage", "meaning", "wording",
)  # fmt: skip
_VOTES, _NEAREST, _KIN = (NAMES.index(name) for name in ("votes", "near", "kin"))


@dataclass(frozen=True, slots=True)
class Read:
    """A sentence of the evidence as it was read: its number among them, its score, the vectors of its pieces,
    and its likeness to the question in meaning and in wording."""

    number: int
    candidate: Candidate
    score: float
    tokens: TokenVectors
    likeness: tuple[float, float]

    @property
    def article(self) -> Article:
        return self.candidate.article

    @property
    def start(self) -> int:
        return self.candidate.sentence.start

    @property
    def text(self) -> str:
        return self.candidate.sentence.text


@dataclass(frozen=True, slots=True)
class Stretch:
    """A possible short answer: where it stands best, and its description in the order of `NAMES`.

    `sentences` are the numbers of all the sentences that have it.
    """

    read: Read
    span: Span
    features: Floats
    sentences: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Share:
    """A possible short answer and its share of belief among all of them, in 0..1."""

    stretch: Stretch
    share: float


class Shortener:
    """Finds short answers in what was read. `idf(word)` tells how rare a word is in the archive."""

    def __init__(self, idf: Callable[[str], float]) -> None:
        self._idf = idf

    @cached_property
    def _weights(self) -> Weights:
        """Read when they are first needed, so that `eval.fit` can describe what it has no weights for yet."""
        return weights_of("direct", NAMES)

    def shares(self, sifted: Sifted) -> list[Share]:
        """Every possible short answer with its share of belief, the best first; the shares add up to 1."""
        found = stretches(sifted, self._idf)
        if not found:
            return []
        shares = shares_of(np.stack([stretch.features for stretch in found]) @ self._weights.values)
        return [Share(found[i], float(shares[i])) for i in np.argsort(-shares, kind="stable")]

    def direct(
        self,
        sifted: Sifted,
        shares: Sequence[Share],
        shown: Sequence[Sentence],
        lead: Reading | None = None,
    ) -> Direct | None:
        """The best of the `shares` that it found, if it is sure enough, fits, and stands in a sentence shown.

        Where reports differ, what the `lead` gives is the answer, and nothing else.
        """
        cited = [citation for sentence in shown for citation in sentence.citations]
        if lead is not None:
            return next(filter(None, (_within(citation, lead.value) for citation in cited)), None)
        if not shares or shares[0].share < self._weights.needed:
            return None
        best = shares[0].stretch
        if not may_be_given(sifted.asked, sifted.query.text, best.span, best.read.text):
            return None
        article, start = best.read.article, best.read.start + best.span.start
        end = best.read.start + best.span.end
        if not any(c.article_id == article.id and c.start <= start and end <= c.end for c in cited):
            return None
        return Direct(best.span.text, Citation.of(article, start, end))


def _within(citation: Citation, value: str) -> Direct | None:
    """The value as a short answer, if it stands in the quote as words of its own."""
    found = re.search(rf"(?<![\w.,]){re.escape(value)}(?![\w%]|[.,]\d)", citation.quote)
    if found is None or len(value.split()) > LONGEST:
        return None
    start, end = citation.start + found.start(), citation.start + found.end()
    return Direct(value, replace(citation, start=start, end=end, quote=value))


def stretches(sifted: Sifted, idf: Callable[[str], float]) -> list[Stretch]:
    """Every possible short answer once, described; none for questions that need a sentence."""
    question, asking = sifted.asked, sifted.asking
    text = sifted.query.text
    if asking is None or not has_short_answer(question, text):
        return []
    reads = [
        Read(number, candidate, float(score), tokens, (float(meaning), float(wording)))
        for number, (candidate, score, tokens, (meaning, wording)) in enumerate(
            zip(sifted.sentences, sifted.scores, sifted.tokens, sifted.likeness, strict=True)
        )
    ]
    best = max(read.score for read in reads)
    kin = np.stack([asking.part(question.noun), asking.part(question.asks)])
    weights = {stem(term): idf(term) for term in question.terms}
    found: dict[tuple[str, ...], list[Stretch]] = {}
    for read in reads:
        for key, stretch in _described(question, weights, kin, read, best, idf):
            found.setdefault(key, []).append(stretch)
    votes = {key: _votes(places) for key, places in found.items()}
    return [_together(key, places, votes) for key, places in found.items()]


def _described(
    question: Asked,
    weights: Mapping[str, float],
    kin: Floats,
    read: Read,
    best: float,
    idf: Callable[[str], float],
) -> Iterator[tuple[tuple[str, ...], Stretch]]:
    """The spans of one sentence that may answer, by their stems, with what can be told of each there."""
    matches = list(WORD.finditer(read.text))
    begins, ends = [m.start() for m in matches], [m.end() for m in matches]
    words = [stem(m.group()) for m in matches]
    total = sum(weights.values()) or 1.0
    places = np.array([place for place, word in enumerate(words) if word in weights])
    heavy = np.array([weights[words[place]] for place in places], np.float32)
    covered = sum(weights[word] for word in {*words} & weights.keys()) / total
    nouns, title = set(stems(question.noun)), set(stems(read.article.title))
    noun_places = {place for place, word in enumerate(words) if word in nouns}
    pieces = np.array(read.tokens.offsets).reshape(-1, 2)
    likeness = np.concatenate([np.zeros((1, 2)), np.cumsum(read.tokens.vectors @ kin.T, axis=0)])
    distance, signals = read.score - best, read.candidate.signals
    people = {stem(surname) for surname in people_in(read.article.text)}
    for span in spans_of(read.text):
        if not could_answer(question, span):
            continue
        first, last = bisect_left(begins, span.start), bisect_right(ends, span.end) - 1
        inside = words[first : last + 1]
        own = [word for word in inside if word not in weights and not is_function_word(word)]
        if not own:
            continue
        away = np.maximum(np.maximum(first - places, places - last), 0)
        near = float(heavy[away > 0] @ np.exp(-away[away > 0] / _NEAR)) / total if len(places) else 0.0
        a, b = np.searchsorted(pieces[:, 1], span.start, "right"), np.searchsorted(pieces[:, 0], span.end)
        noun_like, asks_like = (likeness[b] - likeness[a]) / (b - a) if b > a else (0.0, 0.0)
        is_listed = listed(question.noun, span.text)
        described = (
            distance,
            0.0,
            0.0,
            0.0,
            span.shape == "name",
            span.shape == "title",
            span.shape not in ("name", "title", "words"),
            span.shape == "words",
            span.text[:1].isupper() and len(inside) > 1,
            near,
            covered,
            noun_like,
            asks_like,
            bool(nouns.intersection(inside)),
            not noun_places.isdisjoint((first - 2, first - 1, last + 1, last + 2)),
            1 - len(own) / len(inside),
            sum(map(idf, own)) / len(own) / 10,
            len(inside) / LONGEST,
            span.start == 0,
            sum(word in title for word in own) / len(own),
            first > 0 and words[first - 1] in _PREPOSITIONS,
            is_listed is True,
            is_listed is False,
            span.shape == "name" and words[last] in people,
            signals.passage,
            signals.rank,
            signals.coverage,
            *read.likeness,
        )
        yield tuple(own), Stretch(read, span, np.array(described, np.float32))


def _votes(places: Sequence[Stretch]) -> tuple[float, int]:
    """How much the sentences with the stretch weigh together, and in how many articles they are."""
    sentences = {(p.read.article.id, p.read.start): math.exp(p.features[0] / _FADE) for p in places}
    return sum(sentences.values()), len({id_ for id_, _ in sentences})


def _together(
    key: tuple[str, ...], places: Sequence[Stretch], votes: Mapping[tuple[str, ...], tuple[float, int]]
) -> Stretch:
    """One description for all the places where the same words stand: the best place's, with the votes.

    What a part of it gets elsewhere ("Sunak") speaks for the whole ("Rishi Sunak") too.
    """
    stretch = max(places, key=lambda p: p.features[0] + 0.5 * p.features[_NEAREST] + 0.2 * p.features[_KIN])
    weight, articles = votes[key]
    parts = max((votes[(word,)][0] for word in key if (word,) in votes), default=0.0) if len(key) > 1 else 0.0
    features = stretch.features.copy()
    features[_VOTES : _VOTES + 3] = math.log1p(weight), math.log(articles), math.log1p(parts)
    return replace(
        stretch, features=features, sentences=tuple(sorted({place.read.number for place in places}))
    )
