"""A thousand questions, each asked as of some day: nothing later is ever found or listed as a reprint."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path

import pytest

from app.engine import Newsdesk
from eval.case import read_cases
from eval.suites import sample
from ingest.archive import Archive
from ingest.article import Moment
from ingest.cli import SAMPLE
from ingest.fakes import HashEmbedder
from ingest.indexes import Indexes
from ingest.pipeline import ingest

DAYS = ("2025-10-15", "2025-12-03", "2025-12-31", "2026-01", "2026-02-14", "2026-03-31", "2026-05-20")
QUESTIONS = 1_000


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Newsdesk]:
    folder: Path = tmp_path_factory.mktemp("sample")
    archive = Archive(folder)
    indexes = Indexes(archive)
    ingest(archive, indexes, [SAMPLE], HashEmbedder, HashEmbedder().name)
    indexes.close()
    archive.close()
    with Newsdesk.open(folder, embedder=HashEmbedder()) as opened:
        yield opened


def test_nothing_later_than_as_of_is_found(desk: Newsdesk) -> None:
    questions = [case.question for case in read_cases(sample.QUESTIONS)]
    questions += [
        f"{question} Since March 2026, as reported by the Halvern Courier?" for question in questions
    ]
    asked = islice(zip(cycle(questions), cycle(DAYS), strict=False), QUESTIONS)
    found = 0
    for question, day in asked:
        last = Moment.parse(day).last
        for hit in desk.search(question, k=5, as_of=day):
            found += 1
            days = [hit.published, *(reprint.published for reprint in hit.also)]
            assert all(published is None or published.last <= last for published in days), (question, day)
    assert found > QUESTIONS
