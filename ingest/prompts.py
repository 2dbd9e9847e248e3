"""The words that a model wants before a question and before a passage, and what an archive remembers of them.

Many embedders were trained with such prompts ("query: ", "passage: ") and find less without them. In order:
what a person sets (`NEWSDESK_QUERY_PROMPT`, `NEWSDESK_PASSAGE_PROMPT`; empty for none), what the model's own
`config_sentence_transformers.json` says, then, for well-known models that say it only in their description,
the table below. GTE, BGE-M3 and the all-* models were trained without.

Vectors made with different prompts must not mix, so prompts are part of a model's identity. This module
reads names and one small file; it opens no model and uses no network.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ingest.settings import DEFAULT_EMBEDDER, stay_offline

_CONFIG = "config_sentence_transformers.json"
_SEARCH = "Represent this sentence for searching relevant passages: "
_INSTRUCT = "Instruct: Given a web search query, retrieve relevant passages that answer the query\nQuery: "

# What a model's name looks like, then its prompts for a question and for a passage.
_KNOWN = (
    (r"\be5-.*instruct", _INSTRUCT, ""),
    (r"\be5-(small|base|large)", "query: ", "passage: "),
    (r"\bbge-(small|base|large)-en", _SEARCH, ""),
    (r"\bbge-(small|base|large)-zh", "为这个句子生成表示以用于检索相关文章：", ""),
    (r"\bnomic-embed-text|\bmodernbert-embed", "search_query: ", "search_document: "),
    (r"\barctic-embed-.*v2", "query: ", ""),
    (r"\barctic-embed|\bmxbai-embed|\buae-large", _SEARCH, ""),
)

# What models call their prompts for search, the commonest first.
_FOR_QUERIES = ("query", "search_query", "retrieval.query", "s2p_query")
_FOR_PASSAGES = ("document", "passage", "corpus", "search_document", "retrieval.passage")


@dataclass(frozen=True, slots=True)
class Prompts:
    """What is put before a question and before a passage; empty for nothing."""

    query: str = ""
    passage: str = ""


def prompts_of(name: str) -> Prompts:
    """The prompts of an embedding model by its name or folder."""
    if is_fake(name):
        return Prompts()
    own = _in_config(name) or _by_name(name)
    return Prompts(
        os.environ.get("NEWSDESK_QUERY_PROMPT", own.query),
        os.environ.get("NEWSDESK_PASSAGE_PROMPT", own.passage),
    )


def identity_of(name: str, chunker: str) -> str:
    """What an archive remembers: the model (a folder by its whole path), its prompts if any, the chunker."""
    prompts = prompts_of(name)
    known = str(Path(name).absolute()) if is_folder(name) else name
    if prompts == Prompts():
        return f"{known} {chunker}"
    query, passage = (json.dumps(prompt, ensure_ascii=False) for prompt in (prompts.query, prompts.passage))
    return f"{known} query={query} passage={passage} {chunker}"


def name_in(identity: str) -> str:
    """The model's name (or folder) in an identity, as NEWSDESK_EMBEDDER wants it."""
    return identity.rpartition(" ")[0].partition(' query="')[0]


def is_fake(name: str) -> bool:
    """Whether this is the embedder without a model (`ingest.fakes`), which has no prompts."""
    return re.fullmatch(r"fake-hash-[1-9]\d{0,3}", name) is not None


def is_folder(name: str) -> bool:
    """Whether a model's name is that of a folder; the packaged model's never is."""
    return name != DEFAULT_EMBEDDER and os.path.isdir(name)  # noqa: PTH112 - Path raises for long names


def _in_config(name: str) -> Prompts | None:
    """What the model's own file says; None when it says nothing, or only that prompts are empty."""
    config = _config(name)
    named = config.get("prompts")
    if not isinstance(named, Mapping):
        return None
    texts = {key: text for key, text in named.items() if isinstance(text, str)}
    default = texts.get(str(config.get("default_prompt_name")), "")
    prompts = Prompts(_first(texts, _FOR_QUERIES, default), _first(texts, _FOR_PASSAGES, default))
    return None if prompts == Prompts() else prompts


def _first(texts: Mapping[str, str], names: Sequence[str], default: str) -> str:
    """The first of these prompts that is not empty; the default where the model has none of them.

    sentence-transformers writes an empty "document" into the file of a model that has a "passage".
    """
    found = [texts[name] for name in names if name in texts]
    return next(filter(None, found), "") if found else default


def _config(name: str) -> Mapping[str, object]:
    """`config_sentence_transformers.json` of a model on this machine; empty without one."""
    file = Path(name) / _CONFIG if is_folder(name) else _cached(name)
    try:
        config = json.loads(file.read_text(encoding="utf-8")) if file else {}
    except (OSError, ValueError):  # opening the model will say what is wrong with it
        return {}
    return config if isinstance(config, Mapping) else {}


def _cached(name: str) -> Path | None:
    """The file where Hugging Face keeps it, for a model by name."""
    if name == DEFAULT_EMBEDDER:
        return None
    stay_offline()
    from huggingface_hub import try_to_load_from_cache

    repository = name if "/" in name else f"sentence-transformers/{name}"
    try:
        found = try_to_load_from_cache(
            repository, _CONFIG, cache_dir=os.environ.get("SENTENCE_TRANSFORMERS_HOME")
        )
    except ValueError:  # not a name that a model can have
        return None
    return Path(found) if isinstance(found, str) else None


def _by_name(name: str) -> Prompts:
    """The table's word on a model: by the last part of its name, or by what Hugging Face calls its folder."""
    cached = re.search(r"models--([^/]+)/snapshots/", name)
    last = (cached[1] if cached else Path(name).name).lower()
    found = (Prompts(query, passage) for like, query, passage in _KNOWN if re.search(like, last))
    return next(found, Prompts())
