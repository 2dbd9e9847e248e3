"""NewsML-G2: text items become articles, everything else says what it is, status and embargo are kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.article import Draft, Rejection
from ingest.clean import clean
from ingest.read import read
from ingest.read.newsml_g2 import looks_like_newsml_g2, read_newsml_g2
from tests.ingest.news import (
    NAR,
    NITF_INSIDE,
    PARAGRAPHS,
    TEXT,
    TITLE,
    codes,
    drafts,
    found,
    g2_item,
    g2_message,
    only,
    warned,
)


def test_a_text_item() -> None:
    fields = only(found(read_newsml_g2, g2_item()))
    assert fields == {
        "id": "urn:newsml:packet.example:20260303:dues",
        "title": TITLE,
        "text": TEXT,
        "source": "The Ellery Packet",
        "authors": ["Jonas Wray"],
        "published": "2026-03-03T18:40:00+01:00",
        "updated": "2026-03-04T09:00:00+01:00",
        "revision": 1,
        "section": "shipping",
        "language": "en-GB",
    }


def test_it_reaches_the_archive_with_its_date_in_universal_time(tmp_path: Path) -> None:
    path = tmp_path / "no-suffix"
    path.write_text(g2_item(), encoding="utf-8")
    (draft,) = read(path)
    assert isinstance(draft, Draft)
    cleaned = clean(draft)
    assert not isinstance(cleaned, Rejection)
    article, warnings = cleaned
    assert (article.title, article.source, str(article.published)) == (
        TITLE,
        "The Ellery Packet",
        "2026-03-03T17:40:00+00:00",
    )
    assert (article.authors, article.language, warnings) == (("Jonas Wray",), "en", [])


def test_nitf_inside() -> None:
    fields = only(found(read_newsml_g2, g2_item(NITF_INSIDE, about="")))
    assert fields["text"] == f"PORT ELLERY, March 3 — {TEXT}"
    assert fields["title"] == TITLE
    assert fields["authors"] == ["Jonas Wray", "Mia Hollis"]
    assert fields["published"] == "2026-03-03T18:40:00+01:00"  # the item's own dates count
    assert fields["source"] == "The Ellery Packet"


@pytest.mark.parametrize(
    ("about", "meta", "title"),
    [
        ("<headline xml:lang='de'>Gebühren</headline><headline>Dues</headline>", "", "Dues"),
        ("<headline xml:lang='de'>Gebühren</headline>", "", "Gebühren"),
        ("", "<title>DUES-RISE</title>", "DUES-RISE"),
        ("", "", None),
    ],
)
def test_titles(about: str, meta: str, title: str | None) -> None:
    assert only(found(read_newsml_g2, g2_item(about=about, meta=meta))).get("title") == title


@pytest.mark.parametrize(
    ("provider", "source"),
    [
        ("<provider qcode='nprov:EP'><name>The Ellery Packet</name></provider>", "The Ellery Packet"),
        ("<provider literal='Packet'/>", "Packet"),
        ("<provider>Packet</provider>", "Packet"),
        ("<provider qcode='nprov:PACKET'/>", "PACKET"),
        ("<provider qcode='web:www.packet.example'/>", "packet.example"),
        ("<provider uri='https://packet.example/about'/>", "https://packet.example/about"),
        ("<provider qcode='nprov:4711'/>", "packet.example"),  # out of the item's own name
        ("", "packet.example"),
    ],
)
def test_outlets(provider: str, source: str | None) -> None:
    assert only(found(read_newsml_g2, g2_item(provider=provider))).get("source") == source


@pytest.mark.parametrize(
    ("about", "authors"),
    [
        (f"<headline>{TITLE}</headline><by>By Mia Hollis</by>", ["By Mia Hollis"]),
        ("<headline>x</headline><language tag='de'/><by>Von Mia Hollis</by>", ["Mia Hollis"]),
        ("<creator type='cpnat:organisation'><name>Wire</name></creator>", ["Jonas Wray"]),
    ],
)
def test_bylines(about: str, authors: list[str]) -> None:
    assert only(found(read_newsml_g2, g2_item(about=about)))["authors"] == authors


@pytest.mark.parametrize("kind", ["picture", "video", "audio", "graphic", "animated", "event", "zebra"])
def test_media_are_told_apart(kind: str) -> None:
    (item,) = found(read_newsml_g2, g2_item(kind=kind))
    assert isinstance(item, Rejection)
    assert item.code == "not_an_article"
    assert item.reason.endswith(", not a text")


@pytest.mark.parametrize(
    "name", ["packageItem", "planningItem", "conceptItem", "knowledgeItem", "catalogItem"]
)
def test_other_items_are_told_apart(name: str) -> None:
    xml = f"<{name} {NAR} guid='urn:x:1'><itemMeta/><groupSet/></{name}>"
    assert looks_like_newsml_g2(xml)
    assert codes(found(read_newsml_g2, xml)) == [("", "not_an_article")]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("<sports-content><event/></sports-content>", "it holds data (sports-content), and no text"),
        ("<!-- later -->", "the item holds no text"),
        ("", "the item holds no text"),
    ],
)
def test_items_without_a_text_say_so(content: str, reason: str) -> None:
    (item,) = found(read_newsml_g2, g2_item(content))
    assert isinstance(item, Rejection)
    assert (item.code, item.reason) == ("no_text", reason)


def test_a_text_that_lies_elsewhere() -> None:
    remote = (
        g2_item().replace("<inlineXML", "<remoteContent href='a.txt'/><inlineXML").replace(PARAGRAPHS, "")
    )
    (item,) = found(read_newsml_g2, remote)
    assert isinstance(item, Rejection)
    assert "another file" in item.reason


def test_plain_text_and_escaped_markup_inside() -> None:
    for kind, content in (("text/plain", TEXT), ("text/html", PARAGRAPHS.replace("<", "&lt;"))):
        start, _, rest = g2_item().partition("<inlineXML")
        end = rest.partition("</inlineXML>")[2]
        xml = f"{start}<inlineData contenttype='{kind}'>{content}</inlineData>{end}"
        assert only(found(read_newsml_g2, xml))["text"] == TEXT


def test_only_a_summary() -> None:
    about = f"<headline>{TITLE}</headline><description role='drol:summary'>Ferries pay more.</description>"
    items = found(read_newsml_g2, g2_item("", about=about))
    assert codes(items) == [("", "no_text")] or warned(items) == ["summary"]
    assert only(items)["text"] == "Ferries pay more."


@pytest.mark.parametrize(
    ("status", "code"),
    [("stat:canceled", "canceled"), ("stat:withheld", "withheld"), ("statuses/canceled", "canceled")],
)
def test_what_must_not_be_used_is_not(status: str, code: str) -> None:
    items = found(read_newsml_g2, g2_item(meta=f"<pubStatus qcode='{status}'/>"))
    assert codes(items) == [("", code)]
    assert not drafts(items)


@pytest.mark.parametrize("until", ["2999-01-01T00:00:00Z", "", "when the board has met"])
def test_an_embargo_is_kept(until: str) -> None:
    items = found(read_newsml_g2, g2_item(meta=f"<embargoed>{until}</embargoed>"))
    assert codes(items) == [("", "embargoed")]
    assert not drafts(items)


def test_an_embargo_that_has_ended_dates_the_article() -> None:
    items = found(read_newsml_g2, g2_item(meta="<embargoed>2026-03-05T06:00:00Z</embargoed>"))
    assert str(only(items)["published"]) == "2026-03-05T06:00:00+00:00"
    assert warned(items) == ["embargo"]
    items = found(read_newsml_g2, g2_item(meta="<embargoed>2026-03-01T06:00:00Z</embargoed>"))
    assert only(items)["published"] == "2026-03-03T18:40:00+01:00"
    assert warned(items) == []


def test_a_message_holds_many_items_each_with_its_place() -> None:
    items = found(
        read_newsml_g2, g2_message(g2_item(), g2_item(kind="picture", guid="urn:x:2"), "<packageItem/>")
    )
    assert [item.where for item in items] == ["item 1", "item 2", "item 3"]
    assert codes(items) == [("item 2", "not_an_article"), ("item 3", "not_an_article")]


def test_versions_in_a_message_come_in_their_order() -> None:
    versions = [g2_item(version=n, about=f"<headline>v{n}</headline>") for n in (3, 1, 2)]
    other = g2_item(guid="urn:x:2", about="<headline>other</headline>")
    items = found(read_newsml_g2, g2_message(versions[0], other, *versions[1:]))
    assert [fields["title"] for fields in drafts(items)] == ["v1", "v2", "v3", "other"]


def test_a_message_that_breaks_off_keeps_what_came_before() -> None:
    whole = g2_message(g2_item(), g2_item(guid="urn:x:2"))
    items = found(read_newsml_g2, whole[: whole.rindex("<contentMeta>")])
    assert len(drafts(items)) == 1
    assert codes(items) == [("item 2", "broken_xml")]
    assert codes(found(read_newsml_g2, g2_item()[:-20])) == [("", "broken_xml")]
    assert codes(found(read_newsml_g2, g2_message())) == [("", "no_items")]


def test_a_web_address_as_guid_is_the_address() -> None:
    fields = only(found(read_newsml_g2, g2_item(guid="https://packet.example/dues")))
    assert fields["url"] == "https://packet.example/dues"
    assert "id" not in fields


def test_the_standards_own_examples(data: Path) -> None:
    folder = data / "formats" / "newsml-g2" / "examples"
    if not folder.is_dir():
        pytest.skip("the examples of the standard are not there")
    for path in folder.glob("*.xml"):
        items = list(read(path))
        assert items
        for fields in drafts(items):
            assert fields["text"]
            assert fields.get("published") or fields["updated"]
            assert fields["source"]


@pytest.mark.parametrize(
    ("about", "place"),
    [
        ("<located qcode='city:1'><name>Port Ellery</name></located>", "Port Ellery"),
        ("<located qcode='city:Maresby'><broader qcode='cntry:TY'/></located>", "Maresby"),
        ("<located qcode='geo:345678'/><dateline>HALVERN, Monday (TWS)</dateline>", "HALVERN, Monday (TWS)"),
        ("<located qcode='geoloc:NYC'/>", None),
        ("", None),
    ],
)
def test_where_it_was_written(about: str, place: str | None) -> None:
    assert only(found(read_newsml_g2, g2_item(about=about))).get("place") == place


def test_the_date_of_a_later_version_is_not_that_of_publication() -> None:
    def dates(version: int) -> tuple[object, object]:
        made = g2_item(version=version).replace("<firstCreated>2026-03-03T18:40:00+01:00</firstCreated>", "")
        fields = only(found(read_newsml_g2, made.replace("<contentCreated>2026-03-03</contentCreated>", "")))
        return fields.get("published"), fields["updated"]

    changed = "2026-03-04T09:00:00+01:00"
    assert (dates(1), dates(2)) == ((changed, changed), (None, changed))


def test_an_outlet_taken_from_a_name_is_a_guess() -> None:
    fields = only(found(read_newsml_g2, g2_item(provider="")))
    assert (fields["source"], fields["guessed"]) == ("packet.example", {"source": ""})
