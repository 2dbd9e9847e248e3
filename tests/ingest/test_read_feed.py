"""Feeds: the full text where it is there, a summary marked as one, nothing fetched, malformed ones read."""

from __future__ import annotations

import socket
import time
from pathlib import Path
from typing import Any

import pytest

from ingest.article import Draft, Rejection
from ingest.clean import clean
from ingest.read import read
from ingest.read.feed import looks_like_feed, outlet_in, read_feed
from tests.ingest.news import ATOM, LEAD, RSS, TEXT, TITLE, codes, drafts, found, only, warned

SUMMARY = "Gulls in the harbour number 4,100, the count of Sunday says, two fewer than last year."


def rss(item: str, channel: str = "<title>The Ellery Packet</title>") -> str:
    return f"<rss version='2.0'><channel>{channel}<item>{item}</item></channel></rss>"


def entry(item: str, **kwargs: str) -> list[Draft | Rejection]:
    return found(read_feed, rss(item, **kwargs))


def described(text: str) -> str:
    return f"<title>{TITLE}</title><description><![CDATA[{text}]]></description>"


def test_rss() -> None:
    items = found(read_feed, RSS)
    full, summary = drafts(items)
    assert full == {
        "title": TITLE,
        "text": TEXT,
        "published": "Tue, 03 Mar 2026 18:40:00 +0100",
        "source": "The Ellery Packet",
        "authors": ["Jonas Wray"],
        "url": "https://www.elleryPacket.example/dues?utm_source=rss",
        "section": "Harbour",
        "language": "en-gb",
    }
    assert (summary["title"], summary["text"]) == ("Gulls counted", SUMMARY)
    assert codes(items) == [("entry 2", "summary"), ("entry 3", "no_text")]


def test_atom() -> None:
    assert only(found(read_feed, ATOM)) == {
        "id": "tag:packet.example,2026:dues",
        "title": TITLE,
        "text": TEXT,
        "published": "2026-03-03T18:40:00+01:00",
        "updated": "2026-03-04T09:00:00+01:00",
        "source": "The Ellery Packet",
        "authors": ["Mia Hollis"],  # the feed's, for an entry that names nobody
        "url": "https://packet.example/dues",
        "language": "en",
    }


def test_rss_1_and_cdf() -> None:
    rdf = f"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
     xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>The Ellery Packet</title></channel>
     <item><title>{TITLE}</title><link>https://packet.example/dues</link><dc:date>2026-03-03</dc:date>
     <description>{LEAD}</description></item></rdf:RDF>"""
    cdf = f"""<CHANNEL><TITLE>The Ellery Packet</TITLE><ITEM HREF="https://packet.example/dues"
     LASTMOD="2026-03-03T18:40Z"><TITLE>{TITLE}</TITLE><ABSTRACT>{LEAD}</ABSTRACT></ITEM></CHANNEL>"""
    for text in (rdf, cdf):
        assert looks_like_feed(text)
        fields = only(found(read_feed, text))
        assert (fields["title"], fields["text"], fields["source"]) == (TITLE, LEAD, "The Ellery Packet")
        assert fields["published"][:10] == "2026-03-03"
        assert fields["url"] == "https://packet.example/dues"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (LEAD, "summary"),
        (f"<p>{LEAD}</p>" * 30, None),  # a description of that length is the article
        (f"<p>{LEAD}</p>" * 30 + "<p>The dues […]</p>", "summary"),
        (f"<p>{LEAD}</p>" * 30 + "<a href='/x'>Continue reading Ferry dues</a>", "summary"),
        (f"<p>{LEAD}</p>" * 30 + "<p>“Nobody likes …</p>", None),
        (f"<p>{LEAD} The board …</p>", "summary"),
        (TITLE, "no_text"),
        ("Comments", "no_text"),
        ("<img src='ferry.jpg'>", "no_text"),
        ("", "no_text"),
    ],
)
def test_a_summary_is_marked_and_less_is_turned_away(text: str, code: str | None) -> None:
    items = entry(described(text))
    assert codes(items) == ([("entry 1", code)] if code else [])
    assert bool(drafts(items)) == (code != "no_text")


@pytest.mark.parametrize(
    ("item", "identity"),
    [
        (
            "<guid isPermaLink='false'>urn:uuid:4711</guid><link>https://p.example/a</link>",
            {"id": "urn:uuid:4711"},
        ),
        (
            "<guid isPermaLink='false'>4711</guid><link>https://p.example/a</link>",
            {"url": "https://p.example/a"},
        ),
        ("<guid>https://p.example/a</guid>", {"url": "https://p.example/a"}),
        ("<guid isPermaLink='false'>4711</guid>", {"id": "ellerypacket:4711"}),
        ("", {}),
    ],
)
def test_what_makes_an_entry_itself(item: str, identity: dict[str, str]) -> None:
    fields = only(entry(described(f"<p>{LEAD}</p>" * 30) + item))
    assert fields.get("id") == identity.get("id")
    assert "id" in fields or fields.get("url") == identity.get("url")


def test_a_summary_stands_for_the_article_at_its_address_and_says_so() -> None:
    link = "<link>https://p.example/a</link>"
    short, full = (only(entry(described(text) + link)) for text in (LEAD, f"<p>{LEAD}</p>" * 30))
    assert short["url"] == full["url"] == "https://p.example/a"
    ids, guessed = [], []
    for fields in (short, full):
        cleaned = clean(Draft(fields, "a.xml", "entry 1"))
        assert not isinstance(cleaned, Rejection)
        ids.append(cleaned[0].id)
        guessed.append("text" in cleaned[0].guessed)
    assert ids[0] == ids[1]
    assert guessed == [True, False]


@pytest.mark.parametrize(
    ("title", "link", "outlet"),
    [
        ("World news | The Packet", "https://www.thepacket.example/world", "The Packet"),
        ("Packet News - World", "https://packet.example/", "Packet News"),
        ("Packet > Harbour", "https://packet.example/", "Packet"),
        ("Harbour: latest", "https://other.example/", "Harbour: latest"),
        ("The Packet", "", "The Packet"),
        ("", "https://packet.example/", ""),
    ],
)
def test_the_outlet_in_a_feeds_title(title: str, link: str, outlet: str) -> None:
    assert outlet_in(title, link) == outlet


def test_white_space_in_a_feeds_title_takes_no_time() -> None:
    began = time.process_time()
    assert outlet_in("World –" + " " * 1_000_000 + "The Courier", "https://courier.example") == "World –"
    assert time.process_time() - began < 1


def test_an_entry_may_name_the_outlet_it_came_from() -> None:
    item = described(LEAD) + "<source url='https://courier.example/rss'>Halvern Courier</source>"
    assert only(entry(item))["source"] == "Halvern Courier"


@pytest.mark.parametrize(
    ("written", "published"),
    [
        ("Tue, 03 Mar 2026 18:40:00 EST", "2026-03-03T23:40:00+00:00"),
        ("2026-03-03", "2026-03-03"),
        ("2026-03", "2026-03"),
        ("Tues, 3 Mar 26 18:40:00 GMT", "2026-03-03T18:40:00+00:00"),  # read by feedparser alone
        ("some day", "None"),
    ],
)
def test_dates(written: str, published: str) -> None:
    fields = only(entry(described(LEAD) + f"<pubDate>{written}</pubDate>"))
    cleaned = clean(Draft(fields, "a.xml"))
    assert not isinstance(cleaned, Rejection)
    assert str(cleaned[0].published) == published


def test_titles_are_shown_as_they_are_meant() -> None:
    for written, shown in (
        ("Board &lt;em&gt;rejects&lt;/em&gt; dues", "Board rejects dues"),
        ("What &amp;lt;script&amp;gt; means", "What <script> means"),
    ):
        item = f"<title>{written}</title><description>{LEAD}</description>"
        cleaned = clean(Draft(only(entry(item)), "a.xml"))
        assert not isinstance(cleaned, Rejection)
        assert cleaned[0].title == shown


def test_scripts_and_hidden_parts_are_no_text() -> None:
    text = f"<p>{LEAD}</p><script>alert(1)</script><p style='display:none'>hidden</p>"
    assert only(entry(described(text)))["text"] == LEAD


@pytest.mark.parametrize(
    "broken",
    [
        RSS.replace("Photo of the day", "Fish & chips"),
        RSS.replace("</rss>", ""),
        RSS.replace("<category>", "<catgory>"),
        RSS[: RSS.index("<item><title>Photo")],
    ],
)
def test_a_malformed_feed_is_read_as_far_as_it_goes(broken: str) -> None:
    items = found(read_feed, broken)
    assert drafts(items)[0]["text"] == TEXT
    assert warned(items)[-1] == "malformed_feed"
    assert items[-1].where == ""


@pytest.mark.parametrize(
    ("text", "code", "reason"),
    [
        (rss("").replace("<item></item>", ""), "no_items", "the feed has no items"),
        ("<rss><channel><title>x</chann", "broken_feed", "(unclosed token)"),
        ("<urlset><url/></urlset>", "unknown_format", "XML with the root <urlset>"),
        ("no XML at all", "unknown_format", "no XML"),
        ("", "unknown_format", "no XML"),
    ],
)
def test_what_is_no_feed_or_has_nothing_says_so(text: str, code: str, reason: str) -> None:
    (item,) = found(read_feed, text)
    assert isinstance(item, Rejection)
    assert item.code == code
    assert reason in item.reason


@pytest.mark.parametrize(
    ("data", "notes"),
    [
        (RSS.encode("utf-16"), []),
        (
            RSS.replace("UTF-8", "iso-8859-1")
            .replace("“", "«")
            .replace("”", "»")
            .replace("–", "-")
            .encode("latin-1"),
            [],
        ),
        (RSS.encode("cp1252"), ["encoding"]),
    ],
)
def test_encodings(data: bytes, notes: list[str]) -> None:
    items = found(read_feed, data)
    assert "Nobody likes to pay for water" in drafts(items)[0]["text"]
    assert warned(items) == ["summary", *notes]


def test_nothing_is_fetched_or_opened(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    read_feed_once = found(read_feed, RSS)  # whatever is imported is imported

    def fail(*args: Any, **kwargs: Any) -> Any:
        raise AssertionError(f"opened: {args}")

    monkeypatch.setattr(socket, "socket", fail)
    monkeypatch.setattr("builtins.open", fail)
    assert drafts(found(read_feed, RSS)) == drafts(read_feed_once)
    for text in (str(tmp_path), "https://packet.example/rss", "file:///etc/hostname"):
        assert codes(found(read_feed, text)) == [("", "unknown_format")]


def test_content_decides(tmp_path: Path) -> None:
    (tmp_path / "feed.html").write_text(RSS, encoding="utf-8")
    assert [fields["title"] for fields in drafts(list(read(tmp_path)))] == [TITLE, "Gulls counted"]


def test_real_feeds_never_raise(data: Path) -> None:
    folder = data / "formats" / "feeds"
    if not folder.is_dir():
        pytest.skip("the feeds are not there")
    for path in folder.rglob("*.xml"):
        assert found(read_feed, path.read_bytes())


def test_a_date_that_no_calendar_has_is_left_as_it_is_written() -> None:
    written = "9999-12-31T23:59:59-14:00, 01 Jan 2004 19:48:21 GMT"
    fields = only(entry(described(LEAD) + f"<pubDate>{written}</pubDate>"))
    assert fields["published"] == written


def test_only_atom_tells_an_update_from_publication() -> None:
    without = ATOM.replace("<published>2026-03-03T18:40:00+01:00</published>", "")
    fields = only(found(read_feed, without))
    assert (fields.get("published"), fields["updated"]) == (None, "2026-03-04T09:00:00+01:00")
    dated = RSS.replace("<pubDate>Tue, 03 Mar 2026 18:40:00 +0100</pubDate>", "<dc:date>2026-03-03</dc:date>")
    assert drafts(found(read_feed, dated))[0]["published"] == "2026-03-03"
