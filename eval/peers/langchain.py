"""LangChain as its tutorials build it: chunks of 1,000 characters in Chroma, alone and beside BM25.

Its chunks hold an article's words, title first; the date is metadata. Needs the extra `bench`.
"""

from __future__ import annotations

import os
import warnings
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from eval.case import Found
from eval.peers.peer import Search, found, known_of, missing, model, words_of
from ingest.settings import stay_offline

if TYPE_CHECKING:
    from langchain_chroma import Chroma
    from langchain_community.retrievers import BM25Retriever


class LangChain:
    """A Chroma collection in `folder`, and BM25 over the same chunks in memory."""

    def __init__(self, folder: Path) -> None:
        stay_offline()
        # Somebody who traces programs of their own does not mean these articles.
        os.environ |= {"LANGSMITH_TRACING": "false", "LANGCHAIN_TRACING_V2": "false"}
        with warnings.catch_warnings():
            # That langchain-community is coming to an end. Its embedder's successor, langchain-huggingface,
            # does the same, but cannot be installed beside the huggingface-hub of today.
            warnings.simplefilter("ignore")
            try:
                from langchain_chroma import Chroma
                from langchain_classic.retrievers import EnsembleRetriever
                from langchain_community.embeddings import HuggingFaceEmbeddings
                from langchain_community.retrievers import BM25Retriever
                from langchain_text_splitters import RecursiveCharacterTextSplitter
            except ImportError as error:
                raise missing("LangChain", error) from None
            warnings.simplefilter("ignore")  # again: those imports ask to be heard
            self._model = HuggingFaceEmbeddings(model_name=model(), model_kwargs={"device": "cpu"})
        self._splitter = RecursiveCharacterTextSplitter(chunk_size=1000, chunk_overlap=200)
        self._store = partial(Chroma.from_documents, embedding=self._model, persist_directory=str(folder))
        self._count_words = BM25Retriever.from_documents
        self._together = partial(EnsembleRetriever, weights=[0.5, 0.5])
        self._chroma: Chroma
        self._bm25: BM25Retriever
        self.ways: Mapping[str, Search] = {
            "LangChain": self._nearest,
            "LangChain with BM25": self._ensemble,
        }

    def index(self, articles: Sequence[Mapping[str, Any]]) -> int:
        """Splits, embeds and stores articles; returns the chunks."""
        from langchain_core.documents import Document

        documents = [Document(page_content=words_of(one), metadata=known_of(one)) for one in articles]
        chunks = self._splitter.split_documents(documents)
        self._chroma = self._store(chunks)
        self._bm25 = self._count_words(chunks)
        return len(chunks)

    def _nearest(self, question: str, chunks: int) -> tuple[Found, ...]:
        return found(hit.metadata for hit in self._chroma.similarity_search(question, k=chunks))

    def _ensemble(self, question: str, chunks: int) -> tuple[Found, ...]:
        self._bm25.k = chunks
        nearest = self._chroma.as_retriever(search_kwargs={"k": chunks})
        return found(
            hit.metadata for hit in self._together(retrievers=[self._bm25, nearest]).invoke(question)
        )
