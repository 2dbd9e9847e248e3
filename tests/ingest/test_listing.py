"""The articles of an archive as a table: the right ones, harmless in a spreadsheet, complete or not there."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from ingest.archive import Archive
from ingest.article import Article, Draft, Moment, Withdrawal
from ingest.chunk import passages_of
from ingest.clean import clean
from ingest.errors import UsageError
from ingest.lexical import Window
from ingest.listing import COLUMNS, chosen, table_file, write_csv
from ingest.read import read

BRIDGE = Article(
    "bridge", "=2+5 bridges open", "@mayor: the bridge opened.\n\nIt “rained”, on the band.", "Courier",
    ("Jane Doe", "John Roe"), Moment.parse("2026-03-03T18:40:00+00:00"), "https://courier.example/bridge",
    "News", "en", updated=Moment.parse("2026-03-04"), place="Halvern, Tarrany", guessed=("source", "title"),
)  # fmt: skip
FERRY = Article("ferry", "Ferry sinks", "The ferry sank.", "Mercury", (), Moment.parse("2026-02"))
UNDATED = Article("tides", "'=Tides", "-1 m at noon.", "Mercury", section="SEA")


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    archive = Archive(tmp_path / "home")
    with archive.transaction():
        for article in (BRIDGE, UNDATED, FERRY):
            archive.put(article, passages_of(article))
    yield archive
    archive.close()


def second(day: str) -> int:
    return Moment.parse(day).epoch


@pytest.mark.parametrize(
    ("window", "ids"),
    [
        (Window(), ["ferry", "bridge", "tides"]),
        (Window(sources=("Mercury",)), ["ferry", "tides"]),
        (Window(sections=("sea",)), ["tides"]),
        (Window(since=second("2026-03-01")), ["bridge"]),
        (Window(since=second("2026-02-20")), ["ferry", "bridge"]),  # some day of February
        (Window(until=second("2026-02-20")), ["ferry"]),
        (Window(as_of=second("2026-02-20")), ["tides"]),  # it may have come on a later day of the month
        (Window(as_of=second("2026-03-05"), sources=("Courier",)), ["bridge"]),
    ],
)
def test_the_filters_choose_as_the_indexes_do(archive: Archive, window: Window, ids: list[str]) -> None:
    assert chosen(archive, window) == ids


def rows(archive: Archive, *, text: bool = False) -> list[dict[str, str]]:
    stream = io.StringIO(newline="")
    write_csv(archive, chosen(archive, Window()), stream, text=text)
    return list(csv.DictReader(io.StringIO(stream.getvalue(), newline="")))


def test_a_row_tells_what_is_known_of_an_article(archive: Archive) -> None:
    row = rows(archive)[1]
    assert tuple(row) == COLUMNS
    assert row == {
        "id": "bridge", "title": "'=2+5 bridges open", "source": "Courier", "authors": "Jane Doe; John Roe",
        "published": "2026-03-03T18:40:00+00:00", "updated": "2026-03-04", "section": "News",
        "language": "en", "url": "https://courier.example/bridge", "place": "Halvern, Tarrany", "words": "9",
        "story_id": "bridge", "notice": "", "guessed": "source title",
    }  # fmt: skip


def test_a_retracted_article_is_told(archive: Archive) -> None:
    with archive.transaction():
        assert archive.withdraw(Withdrawal("kill.xml", "", "canceled", "it was canceled", "ferry"))
    assert [row["notice"] for row in rows(archive)] == ["retraction", "", ""]


def test_what_is_exported_with_its_text_can_be_taken_in_again(archive: Archive, tmp_path: Path) -> None:
    file = tmp_path / "export.csv"
    with table_file(file) as stream:
        write_csv(archive, chosen(archive, Window()), stream, text=True)
    drafts = [item for item in read(file) if isinstance(item, Draft)]
    assert [draft.fields["title"] for draft in drafts] == [FERRY.title, BRIDGE.title, UNDATED.title]
    again = [done[0] for done in map(clean, drafts) if isinstance(done, tuple)]
    assert again == [FERRY, replace(BRIDGE, guessed=()), UNDATED]


def write_half(file: Path) -> None:
    with table_file(file) as stream:
        stream.write("half")
        raise ValueError


def test_a_table_is_complete_or_not_there(tmp_path: Path) -> None:
    file = tmp_path / "export.csv"
    file.write_text("before")
    with pytest.raises(ValueError):
        write_half(file)
    assert file.read_text() == "before"
    with table_file(file) as stream:
        stream.write("naïve")
    assert file.read_bytes() == "\ufeffnaïve".encode()
    assert list(tmp_path.iterdir()) == [file]


def test_a_file_that_cannot_be_written_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be written"), table_file(tmp_path / "no" / "folder.csv"):
        pass
