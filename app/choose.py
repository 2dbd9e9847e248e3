"""Which of several given answers the evidence speaks for.

Every option is described by a few numbers: how well the sentences, passages and headlines that were found
cover its words, the better the sooner they were found; how like the question filled in with the option is to
those sentences; and how well passages looked up for question and option together cover both. A linear model
weighs them; its weights were fitted by `python -m eval.fit` to dated news questions with four options.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence

import numpy as np

from app.answer import Choice, Citation, Hit, best_of_each
from app.direct import Share
from app.likeness import Floats, Reads, mean_of
from app.sift import Sifted
from app.understand import Query
from app.weights import shares_of, weights_of
from app.words import content_words, covered_share, stem, stems
from ingest.article import Article

NAMES = (
    "sentence", "with_title", "sentences", "passage", "passages", "first_article", "first_title", "articles",
    "titles", "mentions", "filled", "filled_first", "pieces", "together", "together_question", "direct",
)  # fmt: skip
_ASKING = re.compile(
    r"\b(?:which|what|who|whom|whose|where|when|how (?:many|much|\w+))(?: of the following)?\b", re.IGNORECASE
)
_FADE = 0.3
_SENTENCES = 8
# A sentence has an option when it has this share of its words, by rarity.
_HAS = 0.6

Terms = Sequence[tuple[str, float]]


Lookup = Callable[[str, Query], Sequence[frozenset[str]]]


class Chooser:
    """Chooses between options. `lookup(text, query)` gives the stems of the passages with the most of the
    text's words, each with its headline's; `idf(word)` tells how rare a word is in the archive."""

    def __init__(self, model: Reads, idf: Callable[[str], float], lookup: Lookup) -> None:
        self._model = model
        self._idf = idf
        self._lookup = lookup
        self._weights = weights_of("choice", NAMES)

    def choose(
        self,
        options: Sequence[str],
        sifted: Sifted,
        hits: Sequence[Hit],
        articles: Mapping[str, Article],
        shares: Sequence[Share],
    ) -> Choice | None:
        """The option that the evidence speaks for, with its share of belief and a sentence that has it.

        None where there is no evidence at all.
        """
        if not sifted.sentences:
            return None
        rows = self.described(options, sifted, hits, articles, shares)
        belief = shares_of(rows @ self._weights.values)
        best = int(belief.argmax())
        evidence = self._evidence(options[best], sifted)
        return Choice(best, options[best], float(belief[best]), evidence)

    def described(
        self,
        options: Sequence[str],
        sifted: Sifted,
        hits: Sequence[Hit],
        articles: Mapping[str, Article],
        shares: Sequence[Share],
    ) -> Floats:
        """One row per option in the order of `NAMES`."""
        looked = [self._lookup(f"{sifted.query.text} {option}", sifted.query) for option in options]
        short = {tuple(map(stem, content_words(s.stretch.span.text))): s.share for s in shares}
        return described(options, sifted, hits, articles, looked, short, self._model, self._idf)

    def _evidence(self, option: str, sifted: Sifted) -> Citation | None:
        """The best sentence with most of the option's words, if there is one."""
        terms = _terms(option, sifted, self._idf)
        for candidate in sifted.sentences:
            if covered_share(terms, candidate.sentence.stems) > _HAS:
                sentence = candidate.sentence
                return Citation.of(candidate.article, sentence.start, sentence.end)
        return None


def described(
    options: Sequence[str],
    sifted: Sifted,
    hits: Sequence[Hit],
    articles: Mapping[str, Article],
    looked: Sequence[Sequence[frozenset[str]]],
    shares: Mapping[tuple[str, ...], float],
    model: Reads,
    idf: Callable[[str], float],
) -> Floats:
    """One row per option in the order of `NAMES`.

    `looked` holds, for each option, the stems of the passages found for question and option together.
    `shares` are those of the short answers, by their stems (see `app.direct`).
    """
    terms = [_terms(option, sifted, idf) for option in options]
    asked = [(stem(t), idf(t)) for t in sifted.asked.terms]
    filled = _filled_like(options, sifted, model)
    top = max((hit.score for hit in hits), default=0.0) or 1.0
    bodies = [(hit.score / top, frozenset(stems(hit.passage.text)) | _title(hit)) for hit in hits]
    first = best_of_each(hits)
    words = stems(articles[first[0].passage.article_id].text) if first else []
    whole = [(h.score / top, frozenset(stems(articles[h.passage.article_id].text)), _title(h)) for h in first]
    said = [
        (math.exp((score - sifted.scores[0]) / _FADE), c.sentence.stems, frozenset(stems(c.article.title)))
        for c, score in zip(sifted.sentences, sifted.scores, strict=True)
    ]
    rows = []
    for option, own, found, like in zip(options, terms, looked, filled, strict=True):
        by_sentence = [w * covered_share(own, s) for w, s, _ in said]
        key = frozenset(stem(word) for word in content_words(option))
        rows.append(
            (
                max(by_sentence, default=0.0),
                max((w * covered_share(own, s | t) for w, s, t in said), default=0.0),
                math.log1p(sum(by_sentence)),
                max((w**4 * covered_share(own, b) for w, b in bodies), default=0.0),
                math.log1p(sum(w**4 * covered_share(own, b) for w, b in bodies)),
                covered_share(own, whole[0][1]) if whole else 0.0,
                covered_share(own, whole[0][2]) if whole else 0.0,
                math.log1p(sum(w**8 * covered_share(own, b) for w, b, _ in whole)),
                math.log1p(sum(w**8 * covered_share(own, t) for w, _, t in whole)),
                math.log1p(_mentions(own, words)),
                *like,
                max((covered_share(own, p) * covered_share(asked, p) for p in found), default=0.0),
                max((covered_share(asked, p) for p in found if covered_share(own, p) > _HAS), default=0.0),
                max((share for s, share in shares.items() if _same(frozenset(s), key)), default=0.0),
            )
        )
    return np.array(rows, np.float32)


def _terms(option: str, sifted: Sifted, idf: Callable[[str], float]) -> Terms:
    """The option's words, by rarity, without those of the question, unless it has no others."""
    words = content_words(option) or [option]
    own = [word for word in words if stem(word) not in sifted.asked.stems] or words
    return [(stem(word), idf(word)) for word in own]


def _title(hit: Hit) -> frozenset[str]:
    return frozenset(stems(hit.title))


def _mentions(terms: Terms, words: Sequence[str]) -> int:
    """How often an article has the option's rarest word."""
    rarest = max(terms, key=lambda term: term[1], default=("", 0.0))[0]
    return words.count(rarest)


def _same(one: frozenset[str], other: frozenset[str]) -> bool:
    return bool(one) and (one <= other or other <= one)


def _filled_like(options: Sequence[str], sifted: Sifted, model: Reads) -> list[tuple[float, float, float]]:
    """How like the question filled in with each option is to the sentences, and the option's own pieces."""
    if not sifted.sentences:
        return [(0.0, 0.0, 0.0)] * len(options)
    fade = np.exp((sifted.scores[:_SENTENCES] - sifted.scores[0]) / _FADE)
    rows = []
    texts, places = zip(*(filled(sifted.query.text, option) for option in options), strict=True)
    for (start, end), pieces in zip(places, model.tokens(list(texts)), strict=True):
        mean = mean_of(pieces)
        own = [i for i, (a, b) in enumerate(pieces.offsets) if a < end and b > start]
        cosines = sifted.vectors[:_SENTENCES] @ mean
        found = [
            float((pieces.vectors[own] @ other.vectors.T).max(axis=1).mean())
            if own and len(other.vectors)
            else 0.0
            for other in sifted.tokens[:_SENTENCES]
        ]
        rows.append((float((fade * cosines).max()), float(cosines[0]), float((fade * np.array(found)).max())))
    return rows


def filled(question: str, option: str) -> tuple[str, tuple[int, int]]:
    """The question with the option in place of what is asked for, and where the option then stands."""
    asks = list(_ASKING.finditer(question))
    start, end = asks[-1].span() if asks else (len(question), len(question))
    text = question[:start] + (" " if not asks else "") + option
    return text + question[end:], (len(text) - len(option), len(text))
