"""Whether the words of an article carry a claim, sentence by sentence.

Every sentence of every answer passes through a `Verifier` before it is shown, whoever wrote it. A verifier
never asks the writer what it thinks of its own sentence.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol

from app.answer import Verdict
from ingest.article import Article

if TYPE_CHECKING:
    from app.likeness import Reads

FaultKind = Literal[
    "number", "date", "name", "negation", "direction", "modality", "speaker", "quotation", "meaning"
]


@dataclass(frozen=True, slots=True)
class Evidence:
    """A stretch of an article: `article.text[start:end]` is to carry a claim.

    The rest of the article is there for what the stretch leans on: who "he" is, what an acronym stands for,
    which day "Friday" was.
    """

    article: Article
    start: int
    end: int

    @property
    def text(self) -> str:
        return self.article.text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Fault:
    """Something in a claim that its evidence does not bear out, said in one plain sentence."""

    kind: FaultKind
    text: str
    contradicts: bool
    """True when the evidence says otherwise, False when it merely does not say it."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What became of one claim.

    `support` is the calibrated chance that a careful reader finds the claim supported. `spans` are the
    sentences of the evidence that carry it (or contradict it), the best first: (number of the evidence,
    start, end), with offsets into that article's text.
    """

    verdict: Verdict
    support: float
    spans: tuple[tuple[int, int, int], ...]
    faults: tuple[Fault, ...] = ()


class Verifier(Protocol):
    """Compares claims with evidence. `checked` tells readers what is compared, and what is not."""

    name: str
    checked: str

    def verify(self, pairs: Sequence[tuple[str, Sequence[Evidence]]]) -> list[Judgement]:
        """One judgement per claim, in order; a claim without evidence is unsupported."""
        ...


def open_verifier(model: Reads) -> Verifier:
    """The verifier that is set: agreement of what can be compared, or an entailment model on top of it.

    `NEWSDESK_ENTAILMENT` names the model. Raises UsageError when there is no such model on this machine.
    """
    from app.agree.verifier import AgreementVerifier
    from app.entail import EntailmentVerifier, entailment_name

    agreement = AgreementVerifier(model)
    name = entailment_name()
    return EntailmentVerifier(agreement, name) if name else agreement
