"""What a judge says of every sentence of an answer: supported by all that it cites, by each, by the others.

The judge is any `Verifier`; by default the project's own, whose agreement with people `newsdesk eval judge`
measures. It does not know what is made of the verdicts (`eval.metrics.citations`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from app.agree.speaker import unattributed
from app.verify import Evidence, Judgement, Verifier
from eval.case import Record
from eval.metrics.base import by_id, sentences
from eval.shown import Judged, Shown

Pair = tuple[str, Sequence[Evidence]]

_REMEMBERED = 4_096


def open_judge() -> Verifier:
    """The verifier that is set (`NEWSDESK_ENTAILMENT`), with a memory for articles that many claims share."""
    from app.likeness import Reader
    from app.verify import open_verifier
    from ingest.embed import open_embedder
    from ingest.settings import embedder_name

    return open_verifier(Reader(open_embedder(embedder_name()), keep=_REMEMBERED))


def judged(record: Record, judge: Verifier) -> Record:
    """The record with a verdict for each of its sentences, asked for in one batch; none for an error."""
    if record.error is not None or record.answer is None:
        return record
    given, shown = sentences(record), by_id(record)
    asked = [list(_pairs(sentence, shown)) for sentence in given]
    verdicts = iter(judge.verify([pair for pairs in asked for pair in pairs]))
    return replace(record, judged=tuple(_judged(len(s["citations"]), verdicts) for s in given))


def _pairs(sentence: Mapping[str, Any], shown: Mapping[str, Shown]) -> Iterator[Pair]:
    """What is asked of one sentence: all citations, the whole articles, each citation, all but each."""
    cited = sentence["citations"]
    evidence = [_evidence(citation, shown) for citation in cited]
    articles = dict.fromkeys(c["article_id"] for c in cited if c["article_id"] in shown)
    # That the outlet it comes from reported it is true by the citation; any other outlet stays a claim.
    claim = unattributed(claim_in(sentence), [shown[id_].source for id_ in articles])
    yield claim, [one for one in evidence if one]
    yield claim, [_whole(shown[id_]) for id_ in articles]
    for place, one in enumerate(evidence):
        yield claim, [one] if one else []
        yield claim, [other for at, other in enumerate(evidence) if other and at != place]


def _judged(citations: int, verdicts: Iterator[Judgement]) -> Judged:
    """Takes as many verdicts as `_pairs` asked for."""
    cited, anywhere = next(verdicts), next(verdicts)
    each = [(_is_supported(next(verdicts)), _is_supported(next(verdicts))) for _ in range(citations)]
    return Judged(
        cited=_is_supported(cited),
        anywhere=_is_supported(anywhere),
        support=round(cited.support, 4),
        alone=tuple(alone for alone, _ in each),
        rest=tuple(rest for _, rest in each),
        faults=tuple(dict.fromkeys(fault.kind for fault in cited.faults)),
    )


def _is_supported(judgement: Judgement) -> bool:
    return judgement.verdict == "supported"


def claim_in(sentence: Mapping[str, Any]) -> str:
    """What a sentence claims: its words and the editor's, without the brackets around those."""
    text = sentence["text"]
    marks = {i for a, b in sentence.get("added", []) for i in range(a, b) if text[i] in "[]"}
    return "".join(c for i, c in enumerate(text) if i not in marks)


def _evidence(citation: Mapping[str, Any], shown: Mapping[str, Shown]) -> Evidence | None:
    """The characters that a citation points at in the archive; None where it points nowhere."""
    article = shown.get(citation["article_id"])
    start, end = citation["start"], citation["end"]
    if article is None or not 0 <= start < end <= len(article.text):
        return None
    return Evidence(article.article, start, end)


def _whole(article: Shown) -> Evidence:
    return Evidence(article.article, 0, len(article.text))
