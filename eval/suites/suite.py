"""What a benchmark is: questions, an archive to ask them of, what it measures, what others reached on it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eval.case import Case
from ingest.article import Article
from ingest.errors import UsageError


@dataclass(frozen=True, slots=True)
class Suite:
    """`data` is the folder of data sets that are not in the package.

    `cases(data)` reads the questions; `articles(data, count)` yields an archive for them, at most `count`
    articles that hold the answers first, as JSON objects that `newsdesk ingest` reads. `reference` are
    published figures, each with its source.
    """

    name: str
    measures: str
    cases: Callable[[Path], list[Case]]
    articles: Callable[[Path, int], Iterator[dict[str, Any]]]
    reference: tuple[str, ...] = ()


def file_of(data: Path, folder: str, names: Iterable[str], benchmark: str) -> Path:
    """The first of the files that is there; raises UsageError naming them when none is."""
    names = tuple(names)
    for name in names:
        for path in sorted((data / folder).glob(name)):
            return path
    wanted = data / folder / names[0]
    raise UsageError(f"{benchmark} needs {wanted}: set NEWSDESK_DATA to the folder that holds `{folder}`.")


def as_json(article: Article) -> dict[str, Any]:
    """An article as `newsdesk ingest` reads it."""
    return {
        "id": article.id,
        "url": article.url,
        "title": article.title,
        "authors": list(article.authors),
        "published": str(article.published) if article.published else None,
        "source": article.source,
        "text": article.text,
    }
