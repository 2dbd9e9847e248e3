"""What a reader must know beside the answer: a figure that changed, reports that differ, a correction.

    findings = find(query.text, asked(query.text), hits, articles, idf)

compares what the reports found give for the thing asked for. Values of one quantity over days are a series,
the latest first; values of the same day, and two near-copies with another name, number or date in one place,
are a conflict; a notice of correction goes before what it withdraws. Where it is not sure that two reports
speak of the same thing it says nothing. No model is needed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from app.answer import Citation, Hit, Note, Reading
from app.asking import Asked
from app.candidates import Candidate, candidates
from app.story.changed import changed
from app.story.correct import CorrectedKind, Correction, corrections
from app.story.differ import FITTING, differing
from app.story.presuppose import doubt
from app.story.quantity import quantity
from app.story.readings import Findings, origin
from app.words import Terms, covered_share, stems_of
from ingest.article import Article

__all__ = ["Findings", "find"]

# A report speaks of the matter when it covers this share of the question's words, and of what the best does.
_COVERED = 0.55
_OF_BEST = 0.75


def find(
    text: str,
    question: Asked,
    hits: Sequence[Hit],
    articles: Mapping[str, Article],
    idf: Callable[[str], float],
    found: Sequence[Candidate] | None = None,
) -> Findings:
    """Compares what the hits give for what the question `text` asks.

    `found` are the candidates of these hits where they are known already.
    """
    if found is None:
        found = candidates(question, hits, articles, idf)
    if not found:
        return Findings()
    doubted = doubt(text, found)
    told = _told(text, question, articles, idf, found)
    if doubted is None:
        return told
    lead = told.lead or next(iter(doubted.readings), None)
    return replace(told, notes=(doubted, *told.notes), lead=lead)


def _told(
    text: str,
    question: Asked,
    articles: Mapping[str, Article],
    idf: Callable[[str], float],
    found: Sequence[Candidate],
) -> Findings:
    """The correction of what is asked for; else how its amount changed; else two copies that differ."""
    enough = max(_COVERED, _OF_BEST * max(c.signals.coverage for c in found))
    matter = [c for c in found if c.signals.coverage >= enough]
    if corrected := _corrected(question, articles, matter, idf):
        return corrected
    wanted = quantity(question, text)
    series = changed(wanted, found, idf) if wanted else None
    return series or differing(question, wanted, found) or Findings()


def _corrected(
    question: Asked, articles: Mapping[str, Article], matter: Sequence[Candidate], idf: Callable[[str], float]
) -> Findings | None:
    """The correction that speaks most of what is asked, with the report that it withdraws."""
    terms = question.weighed(idf)
    best: tuple[float, Correction] | None = None
    for article in articles.values():
        for correction in corrections(article):
            share = _share_told(question, terms, correction)
            if share >= _COVERED and (best is None or share > best[0]):
                best = share, correction
    return _withdrawn(best[1], matter) if best else None


def _share_told(question: Asked, terms: Terms, correction: Correction) -> float:
    if not _fits(question, correction.kind):
        return 0.0
    article = correction.article
    start, end = correction.wrong_sentence[0], max(correction.wrong_sentence[1], correction.right_sentence[1])
    return covered_share(terms, stems_of(f"{article.title} {article.text[start:end]}"))


def _fits(question: Asked, kind: CorrectedKind) -> bool:
    return kind in FITTING[question.kind] or (kind == "date" and question.kind == "count")


def _withdrawn(correction: Correction, matter: Sequence[Candidate]) -> Findings:
    article = correction.article
    right = _reading(article, correction.right_sentence, correction.right_text)
    wrong = _reading(article, correction.wrong_sentence, correction.wrong_text)
    earlier = [c for c in matter if correction.takes_back(c.article, c.sentence.text)]
    for first in earlier:
        if correction.wrong_text in first.sentence.text:
            span = first.sentence.start, first.sentence.end
            wrong = _reading(first.article, span, correction.wrong_text)
            break
    note = Note(
        "correction",
        f"Corrected: {right.value}, not {wrong.value} ({origin(right)}).",
        (right, wrong),
    )
    return Findings((note,), right, frozenset((c.article.id, c.sentence.start) for c in earlier))


def _reading(article: Article, span: tuple[int, int], value: str) -> Reading:
    return Reading(value, Citation.of(article, *span), article.source, article.published)
