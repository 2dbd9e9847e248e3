"""LlamaIndex's evaluators as judges beside the verifier, where a language model is configured.

Their opinions stand in the record beside the scores and are averaged apart: a model's word is not the
verifier's. A refusal is not asked about, and what a model did not say is no score.
"""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from app.llm.models import open_llm
from eval.case import Record
from eval.metrics.base import abstained, said

if TYPE_CHECKING:
    from llama_index.core.evaluation import BaseEvaluator
    from llama_index.core.llms import LLM

logger = logging.getLogger(__name__)

_YES_NO = re.compile(r"\b(?:yes|no)\b", re.IGNORECASE)
# CorrectnessEvaluator marks from 1 to 5.
_WORST, _BEST = 1.0, 5.0

Opine = Callable[[Record], Mapping[str, float | None]]


def judges(llm: str | LLM) -> Opine:
    """Asks for faithfulness and relevancy, and for correctness where an answer is expected.

    `llm` is a LlamaIndex model or names one; raises UsageError where it names none.
    """
    from llama_index.core.evaluation import CorrectnessEvaluator, FaithfulnessEvaluator, RelevancyEvaluator

    model = open_llm(llm) if isinstance(llm, str) else llm
    faithful, relevant = FaithfulnessEvaluator(llm=model), RelevancyEvaluator(llm=model)
    correct = CorrectnessEvaluator(llm=model)

    def opine(record: Record) -> dict[str, float | None]:
        if record.error is not None or abstained(record):
            return {}
        contexts = [hit["text"] for hit in (record.answer or {}).get("hits", [])]
        asked: dict[str, Any] = {
            "query": record.case.question,
            "response": said(record),
            "contexts": contexts,
        }
        found = {"faithfulness": _passing(faithful, asked), "relevancy": _passing(relevant, asked)}
        if record.case.answers:
            mark = _mark(correct, asked | {"contexts": None, "reference": record.case.answers[0]})
            found["correctness"] = None if mark is None else (mark - _WORST) / (_BEST - _WORST)
        return found

    return opine


def _passing(evaluator: BaseEvaluator, asked: Mapping[str, Any]) -> float | None:
    """Yes or no by the first such word: the evaluators themselves take any "yes" in "yesterday" for one."""
    result = _evaluated(evaluator, asked)
    word = _YES_NO.search(result.feedback or "") if result else None
    return float(word.group().lower() == "yes") if word else None


def _mark(evaluator: BaseEvaluator, asked: Mapping[str, Any]) -> float | None:
    """A mark within its scale; a model that writes something else has said nothing."""
    result = _evaluated(evaluator, asked)
    if result is None or result.score is None or not _WORST <= result.score <= _BEST:
        return None
    return float(result.score)


def _evaluated(evaluator: BaseEvaluator, asked: Mapping[str, Any]) -> Any:
    """What an evaluator found; None when its model failed or could not be read."""
    try:
        return asyncio.run(evaluator.aevaluate(**asked))
    except Exception as error:
        logger.warning("A language model did not judge: %s", error)
        return None
