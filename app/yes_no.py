"""Yes or no, where one of the sentences quoted settles a question that asks so.

The question is turned into a claim ("Did the council approve the plan?" claims that it did) and compared with
each sentence by the verifier: what a sentence bears out well is a yes, what it denies or reverses is a no.
Anything less, alternatives ("or") and questions with a "not" of their own get neither.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from app.answer import Direct, Sentence
from app.verify import Evidence, Verifier
from app.words import content_words, stem, stems
from ingest.article import Article

# The support from which on a sentence settles the question.
_SURE = 0.7
# A denial is one of this very matter when the sentence and its headline lack at most this share of the
# question's words, or the one word that is denied.
_LACKING = 0.25
_ASKS = re.compile(
    r"(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should|may|might)\s+(.+?)\W*$",
    re.IGNORECASE,
)
_OPEN = re.compile(
    r"\b(?:or|not|never|no|nobody|nothing|any|anyone|anybody|anything)\b|n[’']t\b", re.IGNORECASE
)
_OTHERWISE = ("negation", "direction")


def decided(
    question: str, sentences: Sequence[Sentence], articles: Mapping[str, Article], verifier: Verifier
) -> Direct | None:
    """Yes or no with the sentence that says so, the first that does; None where none settles it."""
    asks = _ASKS.match(question)
    if asks is None or _OPEN.search(question):
        return None
    claim = f"{asks.group(1)}."
    quoted = [(sentence.citations[0], articles[sentence.citations[0].article_id]) for sentence in sentences]
    judgements = verifier.verify([(claim, [Evidence(a, c.start, c.end)]) for c, a in quoted])
    wanted = set(map(stem, content_words(claim)))
    for judgement, (citation, article) in zip(judgements, quoted, strict=True):
        said = {*stems(citation.quote), *stems(article.title)}
        if judgement.verdict == "supported" and judgement.support >= _SURE and wanted <= said:
            return Direct("Yes", citation)
        if (
            judgement.verdict == "contradicted"
            and all(fault.kind in _OTHERWISE for fault in judgement.faults if fault.contradicts)
            and len(wanted - said) <= max(1, _LACKING * len(wanted))
        ):
            return Direct("No", citation)
    return None
