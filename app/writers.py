"""Who can write an answer: a language model, where one was given, and the archive's own words.

Knows which writer is meant by a name, and what a follow-up means to it. It does not know how an answer comes
about (`app.answering`).
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import TYPE_CHECKING

from app.answering import Answerer, Tools
from app.llm.models import LLMError, Model, condense
from app.llm.writer import LLMWriter
from app.write import ExtractiveWriter
from ingest.errors import UsageError

if TYPE_CHECKING:
    from llama_index.core.llms import LLM

logger = logging.getLogger(__name__)


class Writers:
    """The writers by name: the language model, if there is one, and "extractive", which quotes.

    The first of the `names` writes where none is chosen.
    """

    def __init__(self, llm: str | LLM | None) -> None:
        model = Model.of(llm) if llm else None
        self._models: dict[str, Model | None] = {model.name: model} if model else {}
        self._models[ExtractiveWriter.name] = None
        self.names = tuple(self._models)

    def chosen(self, name: str | None) -> str:
        """The writer that is meant; raises UsageError when there is no such one."""
        if name and name not in self._models:
            raise UsageError(f"No writer {name!r} here; there is: {', '.join(self.names)}.")
        return name or self.names[0]

    def condensed(self, name: str | None, question: str, earlier: Sequence[str]) -> str:
        """A follow-up as the writer words it, if it is a language model and makes sense of it."""
        model = self._models[self.chosen(name)]
        if model is None or not earlier:
            return question
        try:
            return condense(model, question, earlier)
        except LLMError as error:
            logger.warning("%s", error)
            return question

    def answerers(self, tools: Tools) -> dict[str, Answerer]:
        """What answers, by the name of the writer."""
        return {
            name: Answerer(tools, LLMWriter(model, tools.verifier) if model else None)
            for name, model in self._models.items()
        }
