"""Newsdesk inside other people's LlamaIndex programs; the only module that knows llama_index.

Importing llama_index takes seconds, so this module is imported only when it is used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from llama_index.core.base.base_query_engine import BaseQueryEngine
from llama_index.core.base.response.schema import Response
from llama_index.core.callbacks import CallbackManager
from llama_index.core.prompts.mixin import PromptMixinType
from llama_index.core.retrievers import BaseRetriever
from llama_index.core.schema import NodeWithScore, QueryBundle, TextNode

from app.answer import Hit

if TYPE_CHECKING:
    from app.engine import Newsdesk


def node_of(hit: Hit) -> NodeWithScore:
    """A hit as a node: the passage's text, and where it stands as metadata."""
    told = hit.to_json()
    text, score = told.pop("text"), told.pop("score")
    node = TextNode(
        id_=hit.passage.id,
        text=text,
        metadata=told,
        excluded_llm_metadata_keys=["article_id", "start", "end", "url"],
        excluded_embed_metadata_keys=["article_id", "start", "end", "url"],
    )
    return NodeWithScore(node=node, score=score)


class NewsdeskRetriever(BaseRetriever):
    """The passages Newsdesk finds, best first."""

    def __init__(self, desk: Newsdesk, k: int) -> None:
        super().__init__()
        self._desk = desk
        self._k = k

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        return [node_of(hit) for hit in self._desk.search(query_bundle.query_str, k=self._k)]


class NewsdeskQueryEngine(BaseQueryEngine):
    """Newsdesk's answers; the whole answer, with its citations, is in the response's metadata."""

    def __init__(self, desk: Newsdesk) -> None:
        super().__init__(CallbackManager([]))
        self._desk = desk

    def _get_prompt_modules(self) -> PromptMixinType:
        return {}

    def _query(self, query_bundle: QueryBundle) -> Response:
        answer = self._desk.ask(query_bundle.query_str)
        metadata: dict[str, Any] = {"newsdesk": answer.to_json()}
        return Response(answer.text, [node_of(hit) for hit in answer.hits], metadata)

    async def _aquery(self, query_bundle: QueryBundle) -> Response:
        from asyncio import to_thread

        return await to_thread(self._query, query_bundle)
