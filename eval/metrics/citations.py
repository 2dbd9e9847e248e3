"""Whether what is said is borne out by what is cited, and the citations are where they say they are.

Exactness is recomputed from the archive's text; support is what a judge found (`eval.judging`), by default
the project's verifier, whose agreement with people is measured by `newsdesk eval judge`. Refusals have no
sentences: none of these applies to them, and no mean is better for them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from eval.case import Record
from eval.metrics.base import by_id, citations, holds, normalise, sentences, shown_ids
from eval.shown import Shown
from ingest.article import Moment

# Copies share nearly all of their beginning: what counts as one source.
_LEAD, _SAME = 60, 0.7


def citations_exact(record: Record) -> float | None:
    """Share of citations whose `text[start:end] == quote` in the archive's article; must be 1.

    A citation of an article that the archive does not have is not exact. Does not apply to an answer
    without citations (see `sentences_cited`).
    """
    exact = [_is_exact(citation, by_id(record)) for citation in citations(record)]
    return sum(exact) / len(exact) if exact else None


def sentences_cited(record: Record) -> float | None:
    """Share of the answer's sentences with at least one citation; must be 1. Not for a refusal."""
    given = sentences(record)
    return sum(bool(s["citations"]) for s in given) / len(given) if given else None


def citation_recall(record: Record) -> float | None:
    """ALCE's citation recall: share of sentences that all their citations together support.

    (Gao et al. 2023.) A sentence without citations is not supported. Not for a refusal.
    """
    judged = record.judged
    return sum(one.cited for one in judged) / len(judged) if judged else None


def citation_precision(record: Record) -> float | None:
    """ALCE's citation precision: share of citations that are needed for a sentence that is supported.

    (Gao et al. 2023.) A citation is of no use if its sentence is not supported by all of them together, or if
    it does not support the sentence by itself and the others do without it. Answers without citations score
    0. Not for a refusal.
    """
    judged = record.judged
    if not judged:
        return None
    useful = [
        one.cited and (alone or not rest)
        for one in judged
        for alone, rest in zip(one.alone, one.rest, strict=True)
    ]
    return sum(useful) / len(useful) if useful else 0.0


def faithfulness(record: Record) -> float | None:
    """Share of sentences that the cited articles support, wherever in them (RAGAS, Es et al. 2024).

    Sentences stand for RAGAS's statements. High with a low citation recall: true, but cited at the wrong
    place. Not for a refusal, which says nothing that could be unfaithful.
    """
    judged = record.judged
    return sum(one.anywhere for one in judged) / len(judged) if judged else None


def gold_quoted(record: Record) -> float | None:
    """1 if a citation has the sentence that is known to hold the answer, or a part of it that is a sentence.

    Does not apply without such a sentence, nor to a refusal.
    """
    quotes = [citation["quote"] for citation in citations(record)]
    if not record.case.quote or not quotes:
        return None
    wanted = record.case.quote
    return float(any(holds(quote, (wanted,)) or holds(wanted, (quote,)) for quote in quotes))


def independent_sources(record: Record) -> float | None:
    """How many articles are cited, of articles that begin alike (one agency's report) only the first.

    Two articles begin alike when their first 60 words share 70 % of the shorter one's.
    """
    shown = by_id(record)
    cited = [shown[id_] for id_ in dict.fromkeys(c["article_id"] for c in citations(record)) if id_ in shown]
    if not cited:
        return None
    kept: list[set[str]] = []
    for lead in (set(normalise(article.text).split()[:_LEAD]) for article in cited):
        if not any(len(lead & other) > _SAME * min(len(lead), len(other)) for other in kept):
            kept.append(lead)
    return float(len(kept))


# The day of the question


def later_than_as_of(record: Record) -> float | None:
    """How many distinct articles found, shown or cited were published after `as_of`; must be 0.

    Dates are the archive's. An article is later if the last moment of its publication date is (an
    article of "2026-03" is later than 2026-03-14). One without a date cannot be judged: not counted.
    """
    if record.case.as_of is None:
        return None
    cut, shown = Moment.parse(record.case.as_of).last, by_id(record)
    dates = [shown[id_].when for id_ in shown_ids(record) if id_ in shown]
    return float(sum(bool(date and date.last > cut) for date in dates))


def temporally_right(record: Record) -> float | None:
    """1 if nothing that is shown was published after `as_of` (`later_than_as_of` is 0); must be 1."""
    later = later_than_as_of(record)
    return None if later is None else float(later == 0)


# Naming the article (Tow Center 2025: headline, outlet, date and URL of an excerpt)


def headline_named(record: Record) -> float | None:
    """1 if the first citation's article has the headline that was asked for. Not for a refusal."""
    return _named(record, "title")


def outlet_named(record: Record) -> float | None:
    """1 if the first citation's article is of the outlet that was asked for. Not for a refusal."""
    return _named(record, "source")


def date_named(record: Record) -> float | None:
    """1 if the first citation's article is of the day that was asked for. Not for a refusal."""
    return _named(record, "published")


def url_named(record: Record) -> float | None:
    """1 if the first citation's article has the address that was asked for. Not for a refusal."""
    return _named(record, "url")


def _named(record: Record, what: str) -> float | None:
    wanted, cited = record.case.article, list(citations(record))
    if wanted is None or not cited or not getattr(wanted, what):
        return None
    given = by_id(record).get(cited[0]["article_id"])
    pair: Sequence[str] = (getattr(given, what, None) or "", getattr(wanted, what))
    if what == "published":
        pair = [value[:10] for value in pair]
    return float(pair[0] == pair[1])


def _is_exact(citation: Mapping[str, Any], shown: Mapping[str, Shown]) -> bool:
    article = shown.get(citation["article_id"])
    start, end = citation["start"], citation["end"]
    # Negative offsets would slice from the end of the text and might even agree.
    return bool(article and 0 <= start < end and article.text[start:end] == citation["quote"])
