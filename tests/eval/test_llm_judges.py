"""LlamaIndex's evaluators as judges: what they say is kept apart, and what they do not say is no score."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from llama_index.core.base.llms.types import CompletionResponse, CompletionResponseGen, LLMMetadata
from llama_index.core.llms.custom import CustomLLM

from eval.case import Record
from eval.llm_judges import judges
from eval.metrics import score
from tests.eval import runs


class Says(CustomLLM):
    """Writes the same to every prompt, or fails."""

    text: str

    @property
    def metadata(self) -> LLMMetadata:
        return LLMMetadata(context_window=8_192, num_output=256, model_name="says")

    def complete(self, prompt: str, formatted: bool = False, **kwargs: Any) -> CompletionResponse:
        if not self.text:
            raise ConnectionError("gone")
        return CompletionResponse(text=self.text)

    def stream_complete(self, prompt: str, formatted: bool = False, **kwargs: Any) -> CompletionResponseGen:
        yield self.complete(prompt)


@pytest.fixture
def record() -> Record:
    return runs.run(12)[0]


def test_yes_is_one_and_no_is_nothing(record: Record) -> None:
    assert judges(Says(text="YES"))(record)["faithfulness"] == 1.0
    assert judges(Says(text="No, it is not."))(record)["relevancy"] == 0.0


def test_yesterday_is_no_yes(record: Record) -> None:
    assert judges(Says(text="The context is from yesterday."))(record)["faithfulness"] is None


def test_marks_from_one_to_five_become_shares(record: Record) -> None:
    assert judges(Says(text="4.0\nNearly."))(record)["correctness"] == 0.75
    assert judges(Says(text="9\nToo good."))(record)["correctness"] is None
    assert judges(Says(text="well\ndone"))(record)["correctness"] is None


def test_a_model_that_fails_says_nothing(record: Record) -> None:
    assert set(judges(Says(text=""))(record).values()) == {None}


def test_a_refusal_is_not_judged(record: Record) -> None:
    refused = replace(record, answer={**(record.answer or {}), "abstained": True, "sentences": []})
    assert judges(Says(text="YES"))(refused) == {}


def test_opinions_become_scores_of_their_own(record: Record) -> None:
    found = score(replace(record, opinions={"faithfulness": 1.0, "relevancy": None}))
    assert (found["llm_faithfulness"], found["llm_relevancy"], found["llm_correctness"]) == (1.0, None, None)
    assert found["faithfulness"] is None  # no verifier has judged
