"""The verifier that comes with the project: agreement of what can be compared, and a calibrated support.

A claim that stands word for word in its evidence is supported, without asking the model. Any other is laid
beside the sentences nearest to it. It compares words; what they mean together it does not know.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.agree.align import align
from app.agree.cuts import cut_short
from app.agree.features import READ, Met, features, met, ranked
from app.agree.figures import figure_faults
from app.agree.fresh import fresh_faults
from app.agree.ground import Ground, Source
from app.agree.polarity import is_negation, modality
from app.agree.reading import read
from app.agree.roles import role_faults
from app.agree.slots import Comparison
from app.agree.speaker import speaker_faults, unattributed
from app.agree.told import nowhere, told_faults
from app.agree.unsettled import unsettled_faults
from app.agree.verbatim import Verbatim, stands_in
from app.agree.weigh import Weights, shipped
from app.answer import Verdict
from app.likeness import Reader, Reads
from app.verify import Evidence, Fault, Judgement
from ingest.sentences import sentence_spans

Span = tuple[int, int, int]

CHECKED = "quotes, numbers, dates, names, negation, direction and speakers; not the meaning"
# From this share of its words on, a claim follows a sentence, and what differs is compared place by place.
FOLLOWS = 0.6
_VERBATIM = 0.99
# What is contradicted, or not all of it said, is less supported than what is said.
_CONTRADICTED, _PARTIAL = 0.1, 0.9
_TOO_LITTLE = Fault("meaning", "The article has too little of this, and in other words.", False)
# Words of a sentence this near to what was taken out of it can turn it round.
_REACH = 6


@dataclass(frozen=True, slots=True)
class Part:
    """One sentence of a claim, compared with what is at `spans`, which are none where there was nothing to
    compare it with. `met` is None when it stands in the evidence word for word."""

    spans: tuple[Span, ...]
    faults: tuple[Fault, ...]
    met: Met | None


class AgreementVerifier:
    """Compares claims with their evidence. Threads may share it."""

    name = "agreement"
    checked = CHECKED

    def __init__(self, model: Reads, weights: Weights | None = None) -> None:
        self._model = model
        self._given = weights

    def verify(self, pairs: Sequence[tuple[str, Sequence[Evidence]]]) -> list[Judgement]:
        """One judgement per claim, in order; a claim without evidence is unsupported."""
        return [decide(parts, self._given or shipped()) for parts in self.compare(pairs)]

    def compare(self, pairs: Sequence[tuple[str, Sequence[Evidence]]]) -> list[list[Part]]:
        """What became of each sentence of each claim, all read by the model at once."""
        grounds = [Ground(evidences) for _, evidences in pairs]
        model = Reader(self._model)
        plans = [list(_plan(claim, ground)) for (claim, _), ground in zip(pairs, grounds, strict=True)]
        texts = [t for plan in plans for one in plan if not isinstance(one, Part) for t in one.texts]
        if texts:
            model.tokens(texts)
        return [
            [one if isinstance(one, Part) else one.part(ground, model) for one in plan]
            for plan, ground in zip(plans, grounds, strict=True)
        ]


def decide(parts: Sequence[Part], weights: Weights) -> Judgement:
    """The judgement on a claim whose sentences were compared, each with something."""
    if not all(part.spans for part in parts) or not parts:
        return Judgement("unsupported", 0.0, ())
    faults = tuple(dict.fromkeys(fault for part in parts for fault in part.faults))
    spans = tuple(dict.fromkeys(span for part in parts for span in part.spans))
    loose = [part.met for part in parts if part.met is not None]
    if loose:
        support = weights.support(features(loose, faults))
        verdict = _verdict(support, faults, weights)
    else:  # word for word, whatever the weights
        support, verdict = _VERBATIM, _of_faults(faults) or "supported"
    return Judgement(verdict, _in_keeping(support, verdict), spans, faults or _reason(verdict))


def _reason(verdict: Verdict) -> tuple[Fault, ...]:
    """Why a claim is only partly carried, where nothing single in it is wrong."""
    return (_TOO_LITTLE,) if verdict == "partial" else ()


def _verdict(support: float, faults: Sequence[Fault], weights: Weights) -> Verdict:
    against = _of_faults(faults)
    if against == "contradicted" or support >= weights.supported:
        return against or "supported"
    return "unsupported" if support < weights.unsupported else "partial"


def _of_faults(faults: Sequence[Fault]) -> Verdict | None:
    """What the faults alone make of a claim; None without any."""
    if any(fault.contradicts for fault in faults):
        return "contradicted"
    return "partial" if faults else None


def _in_keeping(support: float, verdict: Verdict) -> float:
    """A support that does not belie its verdict."""
    return support * {"contradicted": _CONTRADICTED, "partial": _PARTIAL}.get(verdict, 1.0)


@dataclass(frozen=True, slots=True)
class _Loose:
    """A sentence of a claim that does not stand in the evidence, with the sentences to lay beside it."""

    claim: str
    said: str
    """The claim without the outlet that it is attributed to."""
    likely: tuple[Source, ...]

    @property
    def texts(self) -> list[str]:
        return [self.said, *(source.text for source in self.likely)]

    def part(self, ground: Ground, model: Reads) -> Part:
        how = met(self.said, self.likely, model, ground.bases)
        spans = dict.fromkeys((how.beside.source.span, how.meant.span))
        return Part(tuple(spans), tuple(_faults(self.claim, ground, how)), how)


def _plan(claim: str, ground: Ground) -> Iterator[Part | _Loose]:
    """The sentences of a claim: those that are found at once, and those to be compared."""
    if not ground.evidences or not any(c.isalnum() for c in claim):
        return
    if found := _verbatim(claim, ground):
        yield found
        return
    for start, end in sentence_spans(claim):
        sentence = claim[start:end]
        if not read(sentence):
            continue
        said = unattributed(sentence, (article.source for article in ground.articles))
        likely = tuple(ranked(said, ground)[:READ])
        yield _verbatim(sentence, ground) or (
            _Loose(sentence, said, likely) if likely else Part((), (), None)
        )


def _verbatim(claim: str, ground: Ground) -> Part | None:
    for number, evidence in enumerate(ground.evidences):
        if found := stands_in(claim, evidence):
            faults = () if found.is_whole else tuple(_around(found, claim))
            return Part(((number, found.start, found.end),), faults, None)
    return None


def _around(found: Verbatim, claim: str) -> Iterator[Fault]:
    """What the rest of the sentence takes back of the words that were cut out of it."""
    if fault := cut_short(claim, found.after):
        yield fault
    before, after = read(found.before)[-_REACH:], read(found.after)[:_REACH]
    if any(is_negation(token) for token in (*before[-1:], *after[:1])):
        yield Fault("negation", "The article negates this.", True)
        return
    for token in (*before, *after):
        kind = modality(token)
        if kind in ("denied", "alleged"):
            yield Fault("modality", f"The article says this with “{token.text}”.", kind == "denied")
            return
    if any(token.base in ("if", "whether", "unless") for token in before):
        yield Fault("modality", "The article says this as a condition.", False)


def _faults(claim: str, ground: Ground, how: Met) -> Iterator[Fault]:
    """What disagrees, first in the sentence that the claim follows, then in the evidence as a whole."""
    follows = how.in_order >= FOLLOWS
    source, found = how.beside.source, list[Fault]()
    if follows:
        found += Comparison(claim, source, align(claim, source.text), ground).faults()
    else:
        found += told_faults(claim, ground, how.meant)
    found += role_faults(claim, list(dict.fromkeys((source.text, how.meant.text))))
    found += figure_faults(claim, ground)
    found += unsettled_faults(claim, source.text)
    kinds = {fault.kind for fault in found}
    if follows:
        found += (fault for fault in nowhere(claim, ground) if fault.kind not in kinds)
    if not any(fault.contradicts for fault in found):
        found += fresh_faults(how.new)
    yield from found
    yield from speaker_faults(claim, ground, source if follows else None)
