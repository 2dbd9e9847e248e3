"""Haystack as its tutorials build it: chunks of 200 words in its own store, by vector alone and with BM25.

Its chunks hold an article's words, title first; the date is metadata. Everything is in memory. Needs the
extra `bench`.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from eval.case import Found
from eval.peers.peer import Search, found, known_of, missing, model, words_of
from ingest.settings import stay_offline

if TYPE_CHECKING:
    from haystack import Document


class Haystack:
    """An in-memory document store and the two retrievers that come with it; the folder stays empty."""

    def __init__(self, folder: Path) -> None:
        stay_offline()
        os.environ["HAYSTACK_TELEMETRY_ENABLED"] = "False"
        try:
            from haystack.components.joiners import DocumentJoiner
            from haystack.components.preprocessors import DocumentSplitter
            from haystack.components.retrievers import InMemoryBM25Retriever, InMemoryEmbeddingRetriever
            from haystack.document_stores.in_memory import InMemoryDocumentStore
            from haystack.utils import ComponentDevice
            from haystack_integrations.components.embedders.sentence_transformers import (
                SentenceTransformersDocumentEmbedder,
                SentenceTransformersTextEmbedder,
            )
        except ImportError as error:
            raise missing("Haystack", error) from None
        name, cpu = model(), ComponentDevice.from_str("cpu")
        self._splitter = DocumentSplitter()
        self._embedder = SentenceTransformersDocumentEmbedder(model=name, device=cpu, progress_bar=False)
        self._reader = SentenceTransformersTextEmbedder(model=name, device=cpu, progress_bar=False)
        for part in (self._embedder, self._reader):
            part.warm_up()
        self._store = InMemoryDocumentStore()
        self._by_vector = InMemoryEmbeddingRetriever(self._store)
        self._by_words = InMemoryBM25Retriever(self._store)
        self._joiner = DocumentJoiner(join_mode="reciprocal_rank_fusion")
        self.ways: Mapping[str, Search] = {
            "Haystack": self._nearest,
            "Haystack with BM25": self._joined,
        }

    def index(self, articles: Sequence[Mapping[str, Any]]) -> int:
        """Splits, embeds and stores articles; returns the chunks."""
        from haystack import Document

        documents = [Document(content=words_of(article), meta=known_of(article)) for article in articles]
        chunks = self._splitter.run(documents=documents)["documents"]
        return self._store.write_documents(self._embedder.run(documents=chunks)["documents"])

    def _nearest(self, question: str, chunks: int) -> tuple[Found, ...]:
        return _found(self._hits(question, chunks))

    def _joined(self, question: str, chunks: int) -> tuple[Found, ...]:
        words = self._by_words.run(query=question, top_k=chunks)["documents"]
        both = self._joiner.run(documents=[words, self._hits(question, chunks)], top_k=chunks)
        return _found(both["documents"])

    def _hits(self, question: str, chunks: int) -> list[Document]:
        vector = self._reader.run(text=question)["embedding"]
        hits: list[Document] = self._by_vector.run(query_embedding=vector, top_k=chunks)["documents"]
        return hits


def _found(hits: Iterable[Document]) -> tuple[Found, ...]:
    return found(hit.meta for hit in hits)
