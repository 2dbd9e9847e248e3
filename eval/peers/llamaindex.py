"""LlamaIndex as its documentation builds it: sentences up to 1,024 tokens, in Chroma.

The title and the date of an article are its documents' metadata, which LlamaIndex puts before each chunk
that it embeds. Needs the extra `bench`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from eval.case import Found
from eval.peers.peer import Search, found, known_of, missing, model
from ingest.settings import stay_offline

if TYPE_CHECKING:
    from llama_index.core import VectorStoreIndex


class LlamaIndex:
    """A vector index in `folder`.

    `chunk_size` is in tiktoken's tokens, without overlap; None: the splitter's own 1,024, overlap 20.
    """

    def __init__(self, folder: Path, chunk_size: int | None = None) -> None:
        stay_offline()
        try:
            from llama_index.core import StorageContext
            from llama_index.core.node_parser import SentenceSplitter
            from llama_index.embeddings.huggingface import HuggingFaceEmbedding
            from llama_index.vector_stores.chroma import ChromaVectorStore
        except ImportError as error:
            raise missing("LlamaIndex", error) from None
        self._splitter = (
            SentenceSplitter(chunk_size=chunk_size, chunk_overlap=0) if chunk_size else SentenceSplitter()
        )
        self._model = HuggingFaceEmbedding(model_name=model(), device="cpu")
        self._store = ChromaVectorStore.from_params("articles", persist_dir=str(folder))
        self._storage = StorageContext.from_defaults(vector_store=self._store)
        self._index: VectorStoreIndex
        self.ways: Mapping[str, Search] = {"LlamaIndex": self._nearest}

    def index(self, articles: Sequence[Mapping[str, Any]]) -> int:
        """Splits, embeds and stores articles; returns the chunks."""
        from llama_index.core import Document, VectorStoreIndex

        documents = [
            Document(text=article["text"], doc_id=str(article["id"]), metadata=_shown(article))
            for article in articles
        ]
        self._index = VectorStoreIndex.from_documents(
            documents, self._storage, embed_model=self._model, transformations=[self._splitter]
        )
        return int(self._store.client.count())

    def _nearest(self, question: str, chunks: int) -> tuple[Found, ...]:
        hits = self._index.as_retriever(similarity_top_k=chunks).retrieve(question)
        return found({"article": hit.node.ref_doc_id or "", **hit.node.metadata} for hit in hits)


def _shown(article: Mapping[str, Any]) -> dict[str, str]:
    """Without the id: metadata is embedded, and an id says nothing."""
    known = known_of(article)
    return {"title": known["title"], "published": known["published"]}
