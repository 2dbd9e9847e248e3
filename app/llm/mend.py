"""From what a model wrote to what may be shown: each sentence with the quotes that bear it out.

A sentence is compared with the passages it cites. When these do not carry it, the supporting passage is
looked for among the others; when there is none, the sentence comes back as not supported, with what is wrong.
It never asks the model, and nothing it returns rests on what the model claims of itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from app.answer import Citation, Sentence, Verdict
from app.llm.attribution import attributed
from app.llm.draft import Draft
from app.llm.marks import Marked, marked, sentence_around, unmarked
from app.llm.planted import is_planted
from app.llm.spoken import tells_of_speech, wrong_speaker
from app.locate import locate
from app.verify import Evidence, Fault, Judgement, Verifier
from app.words import content_words, stem, stems
from ingest.article import Article

# What is mended has at least this share of its words in the sentences that bear it.
_WORDS = 0.75
# More support than this has nothing that is held to be unsupported.
_DOUBTED = 0.2
# A sentence shows at most this many quotes of one set of passages.
_QUOTES = 3
_RANK: dict[Verdict, int] = {"supported": 3, "partial": 2, "unsupported": 1, "contradicted": 0}
_NO_PASSAGE = "None of the passages found says this."
_TOO_LITTLE = "This says too little by itself to be checked."
_PLANTED = Fault(
    "meaning", "Its only source is an order to language models that somebody put into an article.", False
)
_NOT_SAID = Fault("quotation", "It quotes words that the passages do not have.", False)
_LOST = "The quotation marks were taken off: no article quotes these words exactly so."


@dataclass(frozen=True, slots=True)
class _Reading:
    """A sentence beside passages that are to carry it: each group of them by itself, all of it."""

    sentence: Marked
    claim: str
    groups: tuple[tuple[Evidence, ...], ...]

    @property
    def is_verbatim(self) -> bool:
        wording = self.claim.rstrip(" .")
        return all(any(locate(wording, e.text) for e in group) for group in self.groups)


@dataclass(frozen=True, slots=True)
class _Judged:
    reading: _Reading
    judgements: tuple[Judgement, ...]

    @property
    def worst(self) -> Judgement:
        return min(self.judgements, key=lambda j: (_RANK[j.verdict], j.support))

    @property
    def is_repair(self) -> bool:
        """Whether passages that were not cited may bear it: surely, with its marks, and in its own words."""
        if self.worst.verdict != "supported" or self.reading.sentence.lost:
            return False
        own = {stem(word) for word in content_words(self.reading.claim)}
        borne = {word for span in self.spans for word in _stems(*span)}
        return len(own & borne) >= _WORDS * len(own)

    def has(self, words: str) -> bool:
        """Whether one of the sentences that bear it has all these words."""
        wanted = {stem(word) for word in content_words(words)}
        return any(wanted <= _stems(*span) for span in self.spans)

    @property
    def spans(self) -> list[tuple[Article, int, int]]:
        return [
            (group[number].article, start, end)
            for group, judgement in zip(self.reading.groups, self.judgements, strict=True)
            for number, start, end in judgement.spans[:_QUOTES]
        ]

    @property
    def rank(self) -> tuple[int, bool]:
        """How much of the sentence holds: its verdict, then whether its quotation marks do."""
        return _RANK[self.worst.verdict], not self.reading.sentence.lost


def mended(draft: Draft, passages: Sequence[Evidence], verifier: Verifier) -> Sentence:
    """The sentence with the citations that carry it, or as unsupported or contradicted, with its faults."""
    if len(content_words(draft.text)) < 2 and len(draft.text) < 25:
        return _withheld(unmarked(draft.text), _TOO_LITTLE)
    outlets = attributed(draft.text, passages).outlets
    cited = [passages[n - 1] for n in draft.cites if 0 < n <= len(passages)]
    own = _judged([_reading(draft.text, cited, outlets)], verifier)
    if own and own[0].rank == (_RANK["supported"], True):
        return _sentence(own[0])
    elsewhere = [_reading(draft.text, group, outlets) for group in _elsewhere(passages, outlets)]
    verbatim = [reading for reading in elsewhere if reading and reading.is_verbatim]
    # What one passage denies, another one must say word for word.
    is_denied = bool(own) and own[0].worst.verdict == "contradicted"
    repairs = _judged(verbatim if verbatim or is_denied else elsewhere, verifier)
    repairs = [judged for judged in repairs if judged.is_repair]
    repairs.sort(key=lambda judged: judged.worst.support, reverse=True)
    found = [*own, *repairs, *_judged([_paraphrase(judged) for judged in own], verifier)]
    if not found:
        return _withheld(unmarked(draft.text), _NO_PASSAGE)
    return _sentence(max(found, key=lambda judged: judged.rank))


def _reading(text: str, evidence: Sequence[Evidence], outlets: Sequence[str]) -> _Reading | None:
    """The sentence beside this evidence; None where there is none from an outlet that it names."""
    groups = _groups(evidence, outlets)
    if not all(groups):
        return None
    is_speech = tells_of_speech(text, [piece.article for piece in evidence])
    sentence = marked(text, evidence, is_speech=is_speech)
    return _Reading(sentence, attributed(sentence.text, evidence).claim, groups)


def _groups(evidence: Sequence[Evidence], outlets: Sequence[str]) -> tuple[tuple[Evidence, ...], ...]:
    """The evidence as one; where outlets are named, that of each, for each must have reported it."""
    if not outlets:
        return (tuple(evidence),)
    return tuple(tuple(e for e in evidence if e.article.source == outlet) for outlet in outlets)


def _elsewhere(passages: Sequence[Evidence], outlets: Sequence[str]) -> Iterator[list[Evidence]]:
    """The passages of each article by itself; all together where several outlets are to have reported it."""
    if len(outlets) > 1:
        yield list(passages)
        return
    for id_ in dict.fromkeys(passage.article.id for passage in passages):
        yield [passage for passage in passages if passage.article.id == id_]


def _paraphrase(judged: _Judged) -> _Reading | None:
    """The same without marks, where all that is wrong is that it claims to quote."""
    kinds = {fault.kind for judgement in judged.judgements for fault in judgement.faults}
    reading = judged.reading
    if kinds != {"quotation"} or not reading.sentence.quotes:
        return None
    quoted = tuple(article.text[start:end] for article, start, end in reading.sentence.quotes)
    plain = Marked(unmarked(reading.sentence.text), (), (*reading.sentence.lost, *quoted))
    return _Reading(plain, unmarked(reading.claim), reading.groups)


def _judged(readings: Sequence[_Reading | None], verifier: Verifier) -> list[_Judged]:
    """All readings that there are, with one call of the verifier."""
    asked = [reading for reading in readings if reading]
    if not asked:
        return []
    answers = iter(verifier.verify([(r.claim, group) for r in asked for group in r.groups]))
    judged = [_Judged(r, tuple(_strictly(next(answers), group) for group in r.groups)) for r in asked]
    return [_as_quoted(one) for one in judged]


def _as_quoted(judged: _Judged) -> _Judged:
    """The same after a look at its quotations: said by another, or not said at all, it is not borne out.

    What lost its marks must at least be said: all its words, in one sentence.
    """
    sentence = judged.reading.sentence
    if fault := wrong_speaker(sentence.text, sentence.quotes):
        return replace(judged, judgements=tuple(_denied(j, fault) for j in judged.judgements))
    if judged.worst.verdict == "contradicted" or all(map(judged.has, sentence.lost)):
        return judged
    return replace(judged, judgements=tuple(_doubted(j, _NOT_SAID) for j in judged.judgements))


def _denied(judgement: Judgement, fault: Fault) -> Judgement:
    """The judgement as contradicted by who spoke; the verifier's own word on that goes first."""
    known = any(other.kind == "speaker" for other in judgement.faults)
    faults = judgement.faults if known else (*judgement.faults, fault)
    return Judgement("contradicted", min(judgement.support, _DOUBTED), judgement.spans, faults)


def _doubted(judgement: Judgement, *faults: Fault) -> Judgement:
    """The judgement as unsupported, for these faults too."""
    faults = (*judgement.faults, *faults)
    return Judgement("unsupported", min(judgement.support, _DOUBTED), judgement.spans, faults)


def _strictly(judgement: Judgement, evidence: Sequence[Evidence]) -> Judgement:
    """The judgement as it counts for a model's sentence.

    What no passage gives may be made up: that is not partly right. Orders to models are no evidence.
    """
    spans = tuple(s for s in judgement.spans if not is_planted(evidence[s[0]].article.text, s[1], s[2]))
    left = replace(judgement, spans=spans)
    if judgement.verdict == "contradicted":
        return left
    if judgement.spans and not spans:
        return _doubted(left, _PLANTED)
    return _doubted(left) if judgement.verdict == "partial" or not spans else left


def _sentence(judged: _Judged) -> Sentence:
    worst, sentence = judged.worst, judged.reading.sentence
    faults = [fault.text for judgement in judged.judgements for fault in judgement.faults]
    if _RANK[worst.verdict] < 2 and not faults:
        faults = [_NO_PASSAGE]
    if sentence.lost:
        faults.append(_LOST)
    # What does not bear a sentence is no citation of it, unless it is the one that says otherwise.
    citations = () if worst.verdict == "unsupported" else tuple(_citations(judged))
    return Sentence(
        sentence.text, citations, worst.verdict, worst.support, faults=tuple(dict.fromkeys(faults))
    )


def _citations(judged: _Judged) -> Iterator[Citation]:
    """The sentences that carry it, then those that hold its quotations, each once."""
    spans = judged.spans
    for article, start, end in judged.reading.sentence.quotes:
        if not any(a.id == article.id and s <= start and end <= e for a, s, e in spans):
            spans.append((article, *sentence_around(article, start, end)))
    for article, start, end in {(a.id, s, e): (a, s, e) for a, s, e in spans}.values():
        yield Citation.of(article, start, end)


def _stems(article: Article, start: int, end: int) -> set[str]:
    return set(stems(article.text[start:end]))


def _withheld(text: str, why: str) -> Sentence:
    return Sentence(text, (), "unsupported", 0.0, faults=(why,))
