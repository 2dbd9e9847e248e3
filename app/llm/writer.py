"""Writes an answer with a language model and believes none of it: every sentence is checked first.

Knows the way from passages to a prompt, from the output to sentences, and from these to checked ones. It
knows no provider (`app.llm.models`) and does not judge (`app.verify`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing

from app.answer import Hit, Sentence
from app.llm.draft import REFUSAL, drafts
from app.llm.mend import mended
from app.llm.models import LLMError, Model
from app.llm.prompt import BUDGET, is_aside, prompt_for
from app.understand import Query
from app.verify import Verifier
from ingest.article import Article

# A model that goes on is not listened to for longer.
MOST_SENTENCES = 12


class LLMWriter:
    """Has a model answer from numbered passages, and yields every sentence with what the verifier found.

    Also those that must not be shown ("unsupported", "contradicted"), so that they can be counted. A model
    that refuses yields no sentence at all. Raises LLMError when the model fails, even after some sentences:
    those yielded before stand.
    """

    def __init__(self, model: Model, verifier: Verifier, *, budget: int = BUDGET) -> None:
        self.name = model.name
        self._model = model
        self._verifier = verifier
        self._budget = min(budget, model.room)

    def write(
        self,
        query: Query,
        hits: Sequence[Hit],
        articles: Mapping[str, Article],
        history: Sequence[str] = (),
    ) -> Iterator[Sentence]:
        """`history` holds the earlier questions, where the question may lean on them."""
        prompt = prompt_for(query, hits, articles, budget=self._budget, history=history)
        if not prompt.passages:
            return
        said: set[str] = set()
        written = 0
        with closing(self._model.stream(prompt.system, prompt.user)) as pieces:
            for draft in drafts(pieces):
                if draft.text == REFUSAL or written == MOST_SENTENCES:
                    return
                key = draft.text.casefold()
                if not is_aside(draft.text) and key not in said:
                    written += 1
                    yield mended(draft, prompt.passages, self._verifier)
                said.add(key)
        if not said:
            raise LLMError(f"{self.name} wrote no complete sentence: ask again, or use another model.")
