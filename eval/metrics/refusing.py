"""Whether refusing was right. Kept apart from everything else: a refusal makes no other mean better.

`confidence` says how sure an answer is of itself, for the risk–coverage curve (`eval.curves`).
"""

from __future__ import annotations

from eval.case import Record
from eval.metrics.base import abstained


def refused_rightly(record: Record) -> float | None:
    """Of the cases that the archive cannot answer: 1 if it was refused. The recall of refusing.

    SQuAD 2.0's NoAns accuracy (Rajpurkar et al. 2018).
    """
    return float(abstained(record)) if record.case.answerable is False else None


def refused_wrongly(record: Record) -> float | None:
    """Of the cases that the archive can answer: 1 if it was refused."""
    return float(abstained(record)) if record.case.answerable is True else None


def refusal_precision(record: Record) -> float | None:
    """Of the refusals: 1 if the archive cannot answer the question. Only where that is known."""
    if not abstained(record) or record.case.answerable is None:
        return None
    return float(not record.case.answerable)


def confidence(record: Record) -> float | None:
    """How sure an answer is of itself: the belief in the option chosen, else the best hit's score.

    One more where the answer dares to be short, which it does only when sure of itself. None for a
    refusal, which is no answer, and for an answer that tells neither.
    """
    answer = record.answer or {}
    if answer.get("choice"):
        return float(answer["choice"]["support"])
    if abstained(record) or not answer.get("hits"):
        return None
    return float(answer["hits"][0]["score"]) + bool(answer.get("direct"))
