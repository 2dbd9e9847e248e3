"""Reuters SGML: many stories in one file, each read by itself, whatever its marks hold."""

from __future__ import annotations

import tracemalloc
from pathlib import Path

import pytest

from ingest.article import Rejection
from ingest.clean import clean
from ingest.read import read
from ingest.read.reuters import looks_like_reuters, read_reuters
from ingest.read.source import Source
from tests.ingest.news import REUTERS, codes, drafts, found, only

STORY = "<REUTERS NEWID='1'><TEXT><TITLE>DUES RISE</TITLE><BODY>{}\n REUTER&#3;</BODY></TEXT></REUTERS>"


def test_the_three_kinds_of_story() -> None:
    assert looks_like_reuters(REUTERS)
    items = found(read_reuters, REUTERS)
    normal, unprocessed = drafts(items)
    assert normal == {
        "id": "reuters:5544:1",
        "title": "HARLAND FERRY <HFL> DUES RISE",
        "text": "PORT ELLERY, Feb 26 — The harbour board raised the dues for ferries again this week, "
        'the third time in a year.\n\n"Nobody likes to pay for water," the board said.\n\n1986   1987\n\n'
        "Ellery     12     14",
        "place": "PORT ELLERY, Feb 26 -",
        "source": "Reuters",
        "authors": ["By Ada Quill, Reuters"],
        "published": "26-FEB-1987 15:01:01",
        "section": "ship",
    }
    assert unprocessed["title"] == "FERRY LINE TO SELL ITS ELLERY UNIT"
    assert unprocessed["text"].startswith("PORT ELLERY, March 31 - The ferry line")
    assert unprocessed["published"] == "31-MAR-1987"
    (alert,) = (item for item in items if isinstance(item, Rejection))
    assert (alert.where, alert.code) == ("story 2", "no_text")
    assert alert.reason == "an alert without a text: HARBOUR BOARD RAISES DUES"


def test_it_reaches_the_archive(tmp_path: Path) -> None:
    (tmp_path / "reut2-000.sgm").write_text(REUTERS, encoding="ascii")
    articles = []
    for item in read(tmp_path):
        if not isinstance(item, Rejection):
            cleaned = clean(item)
            assert not isinstance(cleaned, Rejection)
            articles.append(cleaned[0])
    first, second = articles
    assert (str(first.published), first.authors) == ("1987-02-26T15:01:01+00:00", ("Ada Quill",))
    assert (str(second.published), second.source) == ("1987-03-31", "Reuters")


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("One line\nand another.\n    A new\nparagraph.", "One line and another.\n\nA new paragraph."),
        ("Entities &amp; &lt;marks> &#5;&#30;here.", "Entities & <marks> here."),
        ("They spoke to Reuters.", "They spoke to Reuters."),
        ("a\n\nb", "a\n\nb"),
    ],
)
def test_paragraphs(body: str, text: str) -> None:
    assert only(found(read_reuters, STORY.format(body)))["text"] == text


def test_a_file_that_breaks_off_keeps_what_came_before() -> None:
    items = found(read_reuters, REUTERS[: REUTERS.rindex("</TEXT>")])
    assert len(drafts(items)) == 1
    assert codes(items) == [("story 2", "no_text"), ("story 3", "truncated")]
    assert codes(found(read_reuters, "<REUTERS>")) == [("story 1", "truncated")]
    assert codes(found(read_reuters, "nothing")) == [("", "no_items")]


def test_bytes_that_are_not_utf_8_are_told() -> None:
    items = found(read_reuters, STORY.format("Dues in café Müller.").encode("cp1252"))
    assert only(items)["text"] == "Dues in café Müller."
    assert codes(items) == [("", "encoding")]


def test_a_file_of_any_size_takes_little_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.sgm"
    with path.open("w") as file:
        for _ in range(4_000):
            file.write(STORY.format("The harbour board raised the dues. " * 60) + "\n")
    assert path.stat().st_size > 8_000_000
    tracemalloc.start()
    count = sum(1 for _ in read_reuters(Source(path), {}))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 4_000
    assert peak < 4_000_000
    monkeypatch.setenv("NEWSDESK_MAX_ARTICLE_MB", "1")
    endless = "<REUTERS>" + "x" * 3_000_000
    assert codes(found(read_reuters, endless)) == [("story 1", "too_large")]
