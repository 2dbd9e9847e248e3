"""A language model that is none: it follows a script, for tests, demonstrations and work without a network.

It reads a prompt, answers by the script it is named for (`app.llm.scripts`) and streams the answer in small
pieces, as a LlamaIndex model does.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import cycle
from typing import Any

from llama_index.core.base.llms.types import CompletionResponse, CompletionResponseGen, LLMMetadata
from llama_index.core.llms.callbacks import llm_completion_callback
from llama_index.core.llms.custom import CustomLLM

from app.llm.draft import REFUSAL
from app.llm.scripts import BEHAVIOURS, LOST, given

_CHUNKS = (1, 2, 3, 5, 8)


class ScriptedLLM(CustomLLM):
    """Answers by one of `BEHAVIOURS`, in small uneven pieces; refuses when it is given no passages."""

    behaviour: str

    @property
    def metadata(self) -> LLMMetadata:
        return LLMMetadata(context_window=8_192, num_output=1_024, model_name=f"scripted/{self.behaviour}")

    @llm_completion_callback()
    def complete(self, prompt: str, formatted: bool = False, **kwargs: Any) -> CompletionResponse:
        return CompletionResponse(text="".join(self._pieces(prompt)))

    @llm_completion_callback()
    def stream_complete(self, prompt: str, formatted: bool = False, **kwargs: Any) -> CompletionResponseGen:
        return self._responses(prompt)

    def _responses(self, prompt: str) -> CompletionResponseGen:
        text = ""
        for piece in self._pieces(prompt):
            text += piece
            yield CompletionResponse(text=text, delta=piece)

    def _pieces(self, prompt: str) -> Iterator[str]:
        asked = given(prompt)
        answer = BEHAVIOURS[self.behaviour](asked) if asked.sentences else REFUSAL
        spoken, lost, _ = answer.partition(LOST)
        yield from pieces_of(spoken)
        if lost:
            raise ConnectionResetError("scripted")


def pieces_of(text: str, sizes: Sequence[int] = _CHUNKS) -> Iterator[str]:
    """The text in pieces of changing sizes, as a stream brings it."""
    at = 0
    for size in cycle(sizes):
        yield text[at : at + size]
        at += size
        if at >= len(text):
            return
