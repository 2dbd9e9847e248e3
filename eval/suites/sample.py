"""The questions written for the sample archive: answerable ones, dated ones, and some it cannot answer."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

from eval.case import Case, read_cases
from eval.suites.suite import Suite, as_json
from ingest.article import Article, Draft, Rejection
from ingest.cli import SAMPLE

QUESTIONS = Path(__file__).parents[1] / "sample" / "questions.jsonl"


def cases(data: Path) -> list[Case]:
    """The questions that come with the program; `data` is not needed."""
    return read_cases(QUESTIONS)


def articles(data: Path, count: int) -> Iterator[dict[str, Any]]:
    """The first `count` articles of the sample archive, as JSON objects; `data` is not needed."""
    yield from map(as_json, islice(archive(), count))


@cache
def archive() -> tuple[Article, ...]:
    """The articles of the sample archive, cleaned as an ingest cleans them."""
    from ingest.clean import clean
    from ingest.read import read

    cleaned = [clean(item) if isinstance(item, Draft) else item for item in read(SAMPLE)]
    return tuple(one[0] for one in cleaned if not isinstance(one, Rejection))


SUITE = Suite("sample", "the sample archive's questions, some unanswerable, some dated", cases, articles)
