"""Whether the articles were found that hold the answer, and how high up they stand."""

from __future__ import annotations

from math import log2

from eval.case import Record
from eval.metrics.base import Score


def places(record: Record) -> list[int]:
    """The places (from 1) of the expected articles among the distinct articles found, in order."""
    return [
        place
        for place, found in enumerate(record.ranked, 1)
        if any(found.is_named_by(reference) for reference in record.case.gold)
    ]


def hits_at(k: int) -> Score:
    """The metric Hits@k."""

    def hits(record: Record) -> float | None:
        if not record.case.gold:
            return None
        return float(any(place <= k for place in places(record)))

    hits.__doc__ = f"""Hits@{k}: 1 if any expected article is among the first {k} distinct articles, else 0.

    Bordes et al. 2013; so MultiHop-RAG counts it (Tang and Yang 2024). Does not apply to a case without
    expected articles.
    """
    return hits


def mrr_at_10(record: Record) -> float | None:
    """MRR@10: 1 / rank of the first expected article, 0 beyond the tenth (Voorhees 1999, TREC-8 QA)."""
    if not record.case.gold:
        return None
    return next((1 / place for place in places(record) if place <= 10), 0.0)


def ndcg_at_10(record: Record) -> float | None:
    """nDCG@10: 1 / log2(1 + rank) of each expected article, over the best possible.

    (Järvelin and Kekäläinen 2002, with gains of 0 or 1.) Where all are needed, an expected article that was
    not found counts in the best possible; one that was found counts once, however many names it has.
    """
    if not record.case.gold:
        return None
    gain = sum(1 / log2(1 + place) for place in places(record) if place <= 10)
    ideal = sum(1 / log2(1 + place) for place in range(1, min(10, _expected(record)) + 1))
    return gain / ideal


def all_evidence_at(k: int) -> Score:
    """The metric all-evidence recall@k."""

    recall = recall_at(k)

    def all_evidence(record: Record) -> float | None:
        share = recall(record)
        return None if share is None else float(share == 1)

    all_evidence.__doc__ = f"""1 if every expected article is among the first {k} distinct articles, else 0.

    For questions that need all of them, as MultiHop-RAG's do. Does not apply where any one will do.
    """
    return all_evidence


def recall_at(k: int) -> Score:
    """The metric recall@k."""

    def recall(record: Record) -> float | None:
        if not record.case.all_needed or not record.case.gold:
            return None
        first = record.ranked[:k]
        found = sum(any(f.is_named_by(name) for f in first) for name in record.case.gold)
        return found / len(record.case.gold)

    recall.__doc__ = f"""The share of the expected articles that are among the first {k} distinct articles.

    For questions that need all of them. Does not apply where any one will do.
    """
    return recall


def articles_found(record: Record) -> float | None:
    """How many distinct articles the search gave."""
    return float(len(record.ranked))


def _expected(record: Record) -> int:
    """How many expected articles there are, as far as names tell: where any will do, those found or one."""
    found = [one for one in record.ranked if any(one.is_named_by(name) for name in record.case.gold)]
    if not record.case.all_needed:
        return max(1, len(found))
    lost = [name for name in record.case.gold if not any(one.is_named_by(name) for one in found)]
    return len(found) + len(lost)
