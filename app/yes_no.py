"""Yes or no, where one of the sentences quoted settles a question that asks so.

The question is turned into a claim ("Did the council approve the plan?" claims that it did) and compared with
each sentence by the verifier. A yes is more than that: the sentence must tell the thing as done, of the one
who is asked about (`app.facts`), and have every word of the claim. What it denies or reverses, just as
plainly, is a no.
Anything less, sentences that settle it both ways, questions of what will or may be, alternatives ("or") and
questions with a "not" of their own get neither.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from app.answer import Direct, Sentence
from app.facts import denies, tells
from app.verify import Evidence, Judgement, Verifier
from app.words import content_words, stem, stems
from ingest.article import Article

# The support from which on a sentence settles the question.
_SURE = 0.7
# A denial is one of this very matter when the sentence and its headline lack at most this share of the
# question's words, or the one word that is denied.
_LACKING = 0.25
_ASKS = re.compile(r"(is|are|was|were|do|does|did|has|have|had)\s+(.+?)\W*$", re.IGNORECASE)
_OPEN = re.compile(
    r"\b(?:or|not|never|no|nobody|nothing|any|anyone|anybody|anything|all|every|everyone|everybody|only|ever)\b"
    r"|n[’']t\b",
    re.IGNORECASE,
)
_OTHERWISE = ("negation", "direction")


def decided(
    question: str, sentences: Sequence[Sentence], articles: Mapping[str, Article], verifier: Verifier
) -> Direct | None:
    """Yes or no with the sentence that says so, the first that does; None where none settles it."""
    asks = _ASKS.match(question)
    if asks is None or _OPEN.search(question):
        return None
    claim = f"{asks[2]}."
    quoted = [(sentence.citations[0], articles[sentence.citations[0].article_id]) for sentence in sentences]
    judgements = verifier.verify([(claim, [Evidence(a, c.start, c.end)]) for c, a in quoted])
    wanted = set(map(stem, content_words(claim)))
    found: dict[str, Direct] = {}
    for judgement, (citation, article) in zip(judgements, quoted, strict=True):
        lacking = wanted - {*stems(citation.quote), *stems(article.title)}
        if _bears_out(judgement) and not lacking and tells(asks[1], claim, citation.quote):
            found.setdefault("Yes", Direct("Yes", citation))
        is_near = len(lacking) <= max(1, _LACKING * len(wanted))
        if is_near and _turns_round(judgement) and denies(asks[1], claim, citation.quote):
            found.setdefault("No", Direct("No", citation))
    return next(iter(found.values())) if len(found) == 1 else None


def _bears_out(judgement: Judgement) -> bool:
    return judgement.verdict == "supported" and judgement.support >= _SURE


def _turns_round(judgement: Judgement) -> bool:
    contradicting = (fault for fault in judgement.faults if fault.contradicts)
    return judgement.verdict == "contradicted" and all(fault.kind in _OTHERWISE for fault in contradicting)
