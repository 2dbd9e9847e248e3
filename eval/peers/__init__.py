"""Other people's programs, built as their documentation says, to measure Newsdesk against."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from eval.peers.haystack import Haystack
from eval.peers.langchain import LangChain
from eval.peers.llamaindex import LlamaIndex
from eval.peers.peer import Peer

# An empty index in a folder, by the name of the program.
PEERS: dict[str, Callable[[Path], Peer]] = {
    "LlamaIndex": LlamaIndex,
    "LangChain": LangChain,
    "Haystack": Haystack,
}
WHOLE = "LlamaIndex, whole text"  # the same in chunks that MiniLM reads to their ends
# The packages whose versions can move what they find.
LIBRARIES = (
    "chromadb",
    "haystack-ai",
    "langchain-chroma",
    "langchain-classic",
    "langchain-community",
    "langchain-text-splitters",
    "llama-index-core",
    "rank-bm25",
    "sentence-transformers",
)
