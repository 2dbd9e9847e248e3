"""Which of several given answers the evidence speaks for.

Every option is looked up in the archive together with the question (`app.lookup`), and described by a few
numbers: how well the answer's own sentences cover it (`app.wanted`); how well reports of late, and of any
time, match question and option together; and how the sentences that hold the option cover the question, and
how like they are to it, and to it with the option filled in. A linear model weighs them; its weights were
fitted by `python -m eval.fit` to dated news questions with four options. Where the odd one is asked for
("all of these except"), what speaks for an option speaks against it. "All of the above" and "none of the
above" are not looked up: the one has what the others have together, if one report tells of them all, and the
other has nothing.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from app.answer import Choice, Citation
from app.asking import sums_up, wants_odd_one
from app.candidates import Candidate
from app.likeness import Floats, Reads, mean_of
from app.lookup import Looked
from app.quotable import Quotable, quotables
from app.sift import Sifted
from app.understand import Query
from app.wanted import Wanted, wanted
from app.weights import Weights, shares_of, weights_of
from app.words import Terms, covered_share
from ingest.article import Article

_TOLD = (
    "sentence", "with_title", "sentences", "ever", "weeks", "days", "holders", "matched", "best", "all",
    "claim", "claim_new", "claims", "asked", "asked_new",
)  # fmt: skip
# Each number and its cube: what is told very well counts for more than its share.
NAMES = (*_TOLD, *(f"{name}_cubed" for name in _TOLD))
_ASKING = re.compile(
    r"\b(?:which|what|who|whom|whose|where|when|how (?:many|much|\w+))(?: of the following)?\b", re.IGNORECASE
)
# A sentence of the answer this much below the best counts 1/e as much.
_FADE = 0.3
# A sentence has an option when it has this share of it, by rarity.
_HAS = 0.6
# A sentence speaks of what is asked when it, the one before and the headline have this share of the question.
# Of 834 news questions, choices whose sentence had less were right in .44, the others in .78.
_SPEAKS = 0.4
# So many sentences that hold an option are read.
_HOLDERS = 5
# How much being new speaks for such a sentence, beside what it covers of the question.
_NEW = 0.3

LookUp = Callable[[str, Query], Looked]


@dataclass(frozen=True, slots=True)
class Holder:
    """A sentence that holds an option.

    `covers` is the share of the question, by rarity, that it has itself, `around` the same with the sentence
    before it and the headline; `recency` and `match` are its article's (see `app.lookup`).
    """

    article: Article
    sentence: Quotable
    covers: float
    around: float
    recency: float
    match: float


@dataclass(frozen=True, slots=True)
class _Option:
    """An option, what of it is looked for, what was looked up, and the sentences there that hold it, the best
    first."""

    text: str
    wanted: Wanted
    looked: Looked
    holders: list[Holder]


class Chooser:
    """Chooses between options. `look_up(text, query)` gives what the archive has of some words, and
    `idf(word)` tells how rare a word is in it."""

    def __init__(self, model: Reads, idf: Callable[[str], float], look_up: LookUp) -> None:
        self._model = model
        self._idf = idf
        self._look_up = look_up

    @cached_property
    def _weights(self) -> Weights:
        return weights_of("choice", NAMES)

    def choose(self, options: Sequence[str], sifted: Sifted) -> Choice | None:
        """The option that the evidence speaks for, with its share of belief and a sentence that has it.

        None where there is no evidence at all. The odd one of several, and "none", are cited from nothing:
        what does not hold stands nowhere.
        """
        if not sifted.sentences:
            return None
        looked = self._look(options, sifted)
        belief = shares_of(self._described(options, looked, sifted) @ self._weights.values)
        best = int(belief.argmax())
        meant = [looked[best]] if best in looked else list(looked.values())
        is_told = not wants_odd_one(sifted.query.text) and sums_up(options[best]) != "none"
        evidence = _evidence(meant, sifted, sifted.asked.weighed(self._idf)) if is_told and meant else None
        return Choice(best, options[best], float(belief[best]), evidence)

    def described(self, options: Sequence[str], sifted: Sifted) -> Floats:
        """One row per option in the order of `NAMES`, the signs turned where the odd one is asked for."""
        return self._described(options, self._look(options, sifted), sifted)

    def _look(self, options: Sequence[str], sifted: Sifted) -> dict[int, _Option]:
        """Looks the options up by their place, together with the question; not those that sum up others."""
        asked, found = sifted.asked.weighed(self._idf), {}
        for place, option in enumerate(options):
            if sums_up(option):
                continue
            own = wanted(option, sifted.asked.stems, self._idf)
            looked = self._look_up(f"{sifted.query.text} {option}", sifted.query)
            holders = sorted(_holders(own, asked, looked), key=_rank, reverse=True)
            found[place] = _Option(option, own, looked, holders[:_HOLDERS])
        return found

    def _described(self, options: Sequence[str], looked: Mapping[int, _Option], sifted: Sifted) -> Floats:
        described = np.zeros((len(options), len(NAMES)), np.float32)
        if looked:
            described[list(looked)] = self._told(list(looked.values()), sifted)
        if _one_report_tells_of(looked.values()):
            described[[sums_up(option) == "all" for option in options]] = described.sum(axis=0)
        return -described if wants_odd_one(sifted.query.text) else described

    def _told(self, options: Sequence[_Option], sifted: Sifted) -> Floats:
        """What is told of options that were looked up: one row each."""
        strengths = np.array([option.looked.strengths for option in options])
        strengths /= np.maximum(strengths.max(axis=0), 1e-9)
        claims = [filled(sifted.query.text, option.text) for option in options]
        texts = [sifted.query.text, *claims, *(h.sentence.text for o in options for h in o.holders)]
        asking, *read = map(mean_of, self._model.tokens(texts))
        sentences = iter(read[len(options) :])
        rows = [
            (
                *_said(option.wanted, sifted),
                *strengths[number],
                *_holding(option.holders, [next(sentences) for _ in option.holders], read[number], asking),
            )
            for number, option in enumerate(options)
        ]
        told = np.array(rows, np.float32)
        return np.hstack([told, told**3])


def _one_report_tells_of(options: Iterable[_Option]) -> bool:
    """Whether sentences of one article speak of what is asked and hold each of the options."""
    reports = [{h.article.id for h in option.holders if h.around >= _SPEAKS} for option in options]
    return bool(reports and frozenset.intersection(*map(frozenset, reports)))


def _said(option: Wanted, sifted: Sifted) -> tuple[float, float, float]:
    """How well the sentences read for the answer cover an option: the best, with headlines, and all."""
    covered, titled = [], []
    for candidate, score in zip(sifted.sentences, sifted.scores, strict=True):
        weight, text = math.exp((score - sifted.scores[0]) / _FADE), candidate.sentence.text
        covered.append(weight * option.share_in(text))
        titled.append(weight * option.share_in(text, candidate.article.title))
    return max(covered), max(titled), math.log1p(sum(covered))


def _evidence(options: Sequence[_Option], sifted: Sifted, asked: Terms) -> Citation | None:
    """The best sentence that has the options and speaks of what is asked, the answer's own first."""
    places: list[Candidate | Holder] = [*sifted.sentences, *(h for option in options for h in option.holders)]
    for read in places:
        sentence = read.sentence
        has = all(option.wanted.share_in(sentence.text) > _HAS for option in options)
        if has and covered_share(asked, sentence.around(read.article.title)) >= _SPEAKS:
            return Citation.of(read.article, sentence.start, sentence.end)
    return None


def _holders(option: Wanted, asked: Terms, looked: Looked) -> Iterator[Holder]:
    """The sentences of what was looked up that hold the option, themselves or with their headline."""
    for match in looked.matches:
        title = match.article.title
        for sentence in quotables(match.article.text, match.parts):
            is_inside = any(start <= sentence.start < end for start, end in match.parts)
            if is_inside and option.share_in(sentence.text, title) >= _HAS:
                covers = covered_share(asked, sentence.stems)
                around = covered_share(asked, sentence.around(title))
                yield Holder(match.article, sentence, covers, around, match.recency, match.score)


def _rank(holder: Holder) -> float:
    return holder.around + 0.5 * holder.covers + _NEW * holder.recency


def _holding(
    found: Sequence[Holder], vectors: Sequence[Floats], claim: Floats, asking: Floats
) -> tuple[float, ...]:
    """What the sentences that hold an option say of it, in the order of `NAMES` from "holders" on."""
    if not found:
        return (0.0,) * len(_TOLD[_TOLD.index("holders") :])
    matrix = np.stack(vectors)
    claims, asked = matrix @ claim, matrix @ asking
    recency = np.array([holder.recency for holder in found])
    newness = (1 + recency) / 2
    around = np.array([holder.around for holder in found])
    whole = around + claims + _NEW * recency
    return (
        len(found) / _HOLDERS,
        max(holder.match for holder in found),
        float(whole.max()),
        float(whole.sum()) / _HOLDERS,
        float(claims.max()),
        float((claims * newness).max()),
        float(claims.mean()),
        float(asked.max()),
        float((asked * newness).max()),
    )


def filled(question: str, option: str) -> str:
    """The question with the option in place of what is asked for."""
    asks = list(_ASKING.finditer(question))
    if not asks:
        return f"{question} {option}"
    start, end = asks[-1].span()
    return question[:start] + option + question[end:]
