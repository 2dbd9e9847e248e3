"""Scores of one record: pure functions from a record to a number, or to None where a metric does not apply.

Each docstring gives the definition and, where there is one, its source. A record holds all that they need, so
that an old run is scored again for nothing. Means and intervals are made elsewhere (`eval.stats`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from eval.case import Record
from eval.metrics import agreement, answer, citations, fault, refusing, retrieval
from eval.metrics.answer import answers_directly, token_f1
from eval.metrics.base import Better, Metric, Unit, holds, normalise, shown_ids
from eval.shown import Shown
from ingest.article import Article

__all__ = [
    "METRICS",
    "Better",
    "Metric",
    "Unit",
    "answers_directly",
    "holds",
    "normalise",
    "score",
    "shown_ids",
    "token_f1",
]


def score(record: Record, articles: Mapping[str, Article] | None = None) -> dict[str, float | None]:
    """Every metric of one record.

    `articles`, by id, stand in for what the record holds of the archive. All are None for a record with an
    error: nothing came back that could be judged.
    """
    if record.error is not None:
        return {metric.name: None for metric in METRICS}
    if articles is not None:
        record = replace(record, shown=tuple(Shown.of(a, whole=True) for a in articles.values()))
    return {metric.name: metric.score(record) for metric in METRICS}


def timed(part: str) -> Callable[[Record], float | None]:
    """The metric of how long a part took."""

    def seconds(record: Record) -> float | None:
        return record.timings.get(part)

    seconds.__doc__ = f"Wall time of `{part}`, in seconds, as measured when the question was asked."
    return seconds


def opinion(name: str) -> Callable[[Record], float | None]:
    """The metric that a language model judges."""

    def asked(record: Record) -> float | None:
        return record.opinions.get(name)

    asked.__doc__ = f"LlamaIndex's evaluator of {name}, where a language model judges (`eval.llm_judges`)."
    return asked


METRICS: tuple[Metric, ...] = (
    Metric("hits@1", "retrieval", retrieval.hits_at(1)),
    Metric("hits@4", "retrieval", retrieval.hits_at(4)),
    Metric("hits@10", "retrieval", retrieval.hits_at(10)),
    Metric("mrr@10", "retrieval", retrieval.mrr_at_10),
    Metric("ndcg@10", "retrieval", retrieval.ndcg_at_10),
    Metric("all_evidence@4", "retrieval", retrieval.all_evidence_at(4)),
    Metric("all_evidence@10", "retrieval", retrieval.all_evidence_at(10)),
    Metric("recall@10", "retrieval", retrieval.recall_at(10)),
    Metric("articles_found", "retrieval", retrieval.articles_found, "articles"),
    Metric("contains_answer", "answer", answer.contains_answer),
    Metric("contains_answer_with_titles", "answer", answer.contains_answer_with_titles),
    Metric("contains_answer_one", "answer", answer.contains_answer_one),
    Metric("answer_recall", "answer", answer.answer_recall),
    Metric("token_f1", "answer", answer.best_token_f1),
    Metric("direct_given", "answer", answer.direct_given),
    Metric("direct_right", "answer", answer.direct_right),
    Metric("choice_right", "answer", answer.choice_right),
    Metric("misled", "answer", answer.misled, better="less"),
    Metric("conflict_shown", "answer", answer.conflict_shown),
    Metric("conflict_false", "answer", answer.conflict_false, better="less"),
    Metric("llm_correctness", "answer", opinion("correctness")),
    Metric("llm_relevancy", "answer", opinion("relevancy")),
    Metric("answer_words", "answer", answer.answer_words, "words", ""),
    Metric("shown_words", "answer", answer.shown_words, "words", ""),
    Metric("citations_exact", "citations", citations.citations_exact),
    Metric("sentences_cited", "citations", citations.sentences_cited),
    Metric("citation_recall", "citations", citations.citation_recall),
    Metric("citation_precision", "citations", citations.citation_precision),
    Metric("faithfulness", "citations", citations.faithfulness),
    Metric("llm_faithfulness", "citations", opinion("faithfulness")),
    Metric("gold_quoted", "citations", citations.gold_quoted),
    Metric("independent_sources", "citations", citations.independent_sources, "articles", ""),
    Metric("temporally_right", "citations", citations.temporally_right),
    Metric("later_than_as_of", "citations", citations.later_than_as_of, "articles", "less"),
    Metric("headline_named", "citations", citations.headline_named),
    Metric("outlet_named", "citations", citations.outlet_named),
    Metric("date_named", "citations", citations.date_named),
    Metric("url_named", "citations", citations.url_named),
    Metric("number_agreement", "agreement", agreement.number_agreement),
    Metric("date_agreement", "agreement", agreement.date_agreement),
    Metric("name_agreement", "agreement", agreement.name_agreement),
    Metric("quote_agreement", "agreement", agreement.quote_agreement),
    Metric("speaker_agreement", "agreement", agreement.speaker_agreement),
    Metric("refused_rightly", "refusing", refusing.refused_rightly),
    Metric("refused_wrongly", "refusing", refusing.refused_wrongly, better="less"),
    Metric("refusal_precision", "refusing", refusing.refusal_precision),
    Metric("context_recall", "fault", fault.context_recall),
    Metric("context_precision", "fault", fault.context_precision),
    Metric("context_utilisation", "fault", fault.context_utilisation),
    Metric("retriever_at_fault", "fault", fault.retriever_at_fault, better="less"),
    Metric("writer_at_fault", "fault", fault.writer_at_fault, better="less"),
    Metric("ask_seconds", "time", timed("ask"), "seconds", "less"),
    Metric("retrieve_seconds", "time", timed("ask.retrieve"), "seconds", "less"),
    Metric("write_seconds", "time", timed("ask.write"), "seconds", "less"),
)  # fmt: skip
