"""The questions written for the sample archive: answerable ones, dated ones, and some it cannot answer."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from eval.case import Case, read_cases
from ingest.article import Article, Draft, Rejection
from ingest.cli import SAMPLE

QUESTIONS = Path(__file__).parents[1] / "sample" / "questions.jsonl"


def cases(data: Path) -> list[Case]:
    """The questions that come with the program; `data` is not needed."""
    return read_cases(QUESTIONS)


def articles(data: Path, count: int) -> Iterator[dict[str, Any]]:
    """The first `count` articles of the sample archive, as JSON objects; `data` is not needed."""
    for article in islice(_archive(), count):
        yield {
            "id": article.id,
            "url": article.url,
            "title": article.title,
            "authors": list(article.authors),
            "published": str(article.published) if article.published else None,
            "source": article.source,
            "text": article.text,
        }


def _archive() -> Iterator[Article]:
    from ingest.clean import clean
    from ingest.read import read

    for item in read(SAMPLE):
        cleaned = clean(item) if isinstance(item, Draft) else item
        if not isinstance(cleaned, Rejection):
            yield cleaned[0]
