"""NewsML 1: the text that a headline stands over, not what comes along with it."""

from __future__ import annotations

import pytest

from ingest.article import Rejection
from ingest.read.newsml1 import looks_like_newsml1, read_newsml1
from tests.ingest.news import (
    NITF_INSIDE,
    PARAGRAPHS,
    TEXT,
    TITLE,
    codes,
    drafts,
    found,
    newsml1,
    only,
    warned,
)


def test_an_article() -> None:
    assert looks_like_newsml1(newsml1())
    items = found(read_newsml1, newsml1())
    assert only(items) == {
        "id": "urn:newsml:packet.example:20260303:dues",  # without its revision
        "title": TITLE,
        "text": f"PORT ELLERY, March 3 — {TEXT}",
        "source": "The Ellery Packet",
        "authors": ["By Jonas Wray"],
        "published": "20260303T184000+0100",
        "updated": "20260304T090000+0100",
        "place": "PORT ELLERY, March 3",
        "revision": 2,
        "language": "en",
    }
    assert codes(items) == []


@pytest.mark.parametrize(
    "content",
    [
        f"<DataContent>{NITF_INSIDE}</DataContent>",
        f"<DataContent>{PARAGRAPHS.replace('<', '&lt;')}</DataContent>",
        f"<DataContent>{PARAGRAPHS}</DataContent>",
    ],
)
def test_every_way_to_wrap_a_text(content: str) -> None:
    assert only(found(read_newsml1, newsml1(content)))["text"] == f"PORT ELLERY, March 3 — {TEXT}"


def test_several_headlines_are_several_articles() -> None:
    second = newsml1().partition("<NewsLines>")[2].partition("</NewsComponent>\n </NewsItem>")[0]
    second = second.replace(TITLE, "Gulls counted")
    both = newsml1().replace("</NewsItem>", f"<NewsComponent><NewsLines>{second}</NewsComponent></NewsItem>")
    items = found(read_newsml1, both)
    assert [(fields["title"], fields["id"].rpartition("#")[1]) for fields in drafts(items)] == [
        (TITLE, ""),
        ("Gulls counted", "#"),
    ]
    assert [item.where for item in items] == ["item 1", "item 1, part 2"]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("", "the item holds no article text, only photo, text"),
        ("<DataContent/>", "the item holds no article text, only photo, text"),
        ("<DataContent><chart/></DataContent>", "the item holds no article text, only photo, text"),
    ],
)
def test_items_without_a_text_say_so(content: str, reason: str) -> None:
    (item,) = found(read_newsml1, newsml1(content))
    assert isinstance(item, Rejection)
    assert (item.where, item.code, item.reason) == ("item 1", "no_text", reason)


def test_status_and_embargo() -> None:
    assert codes(found(read_newsml1, newsml1(status="Canceled"))) == [("item 1", "canceled")]
    assert codes(found(read_newsml1, newsml1(status="Withheld"))) == [("item 1", "withheld")]
    items = found(read_newsml1, newsml1(status="Embargoed"))
    assert str(only(items)["published"]) == "2026-03-05T06:00:00+00:00"
    assert warned(items) == ["embargo"]
    ahead = newsml1(status="Embargoed").replace("20260305T060000Z", "29990305T060000Z")
    assert codes(found(read_newsml1, ahead)) == [("item 1", "embargoed")]


def test_a_file_that_breaks_off_keeps_what_came_before() -> None:
    item = newsml1().partition("<NewsItem>")[2].partition("</NewsItem>")[0]
    two = newsml1().replace("</NewsML>", f"<NewsItem>{item}</NewsItem></NewsML>")
    items = found(read_newsml1, two[:-60])
    assert len(drafts(items)) == 1
    assert codes(items) == [("item 2", "broken_xml")]
    assert codes(found(read_newsml1, newsml1()[:200])) == [("", "broken_xml")]
    assert codes(found(read_newsml1, "<NewsML/>")) == [("", "no_items")]
