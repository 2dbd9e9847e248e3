"""Where the fault lies: with what was found, or with what was made of it.

RAGChecker's split (Ru et al. 2024), which takes the expected answer apart into claims; a question here has
one, its expected string.
"""

from __future__ import annotations

from eval.case import Record
from eval.metrics.base import answers, citations, holds, said


def _found(record: Record) -> bool:
    """Whether the passages that were found, their headlines and the quotes hold the expected answer."""
    hits = (record.answer or {}).get("hits", [])
    texts = [text for hit in hits for text in (hit["title"], hit["text"])]
    texts += [citation["quote"] for citation in citations(record)]
    parts = (record.case.answers, *record.case.also)
    return all(any(holds(text, part) for text in texts) for part in parts)


def context_recall(record: Record) -> float | None:
    """1 if what was found holds an expected string: RAGChecker's claim recall. Only where one is expected."""
    return float(_found(record)) if record.case.answers else None


def context_precision(record: Record) -> float | None:
    """Share of the passages found that hold an expected string: RAGChecker's context precision."""
    hits = (record.answer or {}).get("hits", [])
    if not record.case.answers or not hits:
        return None
    return sum(holds(f"{hit['title']}\n{hit['text']}", record.case.answers) for hit in hits) / len(hits)


def context_utilisation(record: Record) -> float | None:
    """1 if the answer holds the expected string, of the cases where what was found holds it (RAGChecker)."""
    if not record.case.answers or not _found(record):
        return None
    return float(answers(record.case, said(record)))


def retriever_at_fault(record: Record) -> float | None:
    """1 if the answer lacks the expected string because nothing that was found has it."""
    if not record.case.answers:
        return None
    return float(not _found(record) and not answers(record.case, said(record)))


def writer_at_fault(record: Record) -> float | None:
    """1 if the answer lacks the expected string though something that was found has it."""
    if not record.case.answers:
        return None
    return float(_found(record) and not answers(record.case, said(record)))
