"""NITF: the parts that the format marks are where they belong; captions and editors' notes are not text."""

from __future__ import annotations

import pytest

from ingest.read.nitf import looks_like_nitf, read_nitf
from tests.ingest.news import LEAD, NITF, PARAGRAPHS, TEXT, TITLE, codes, drafts, found, only, warned

DOC_ID = '<doc-id id-string="12345"/>'


def test_an_article() -> None:
    assert looks_like_nitf(NITF)
    items = found(read_nitf, NITF)
    assert only(items) == {
        "id": "ellerypacket:12345",
        "title": TITLE,
        "text": f"PORT ELLERY, March 3 — {TEXT}",
        "source": "The Ellery Packet",
        "authors": ["Jonas Wray", "Mia Hollis"],
        "published": "20260303T184000+0100",
        "place": "PORT ELLERY",
        "url": "https://packet.example/dues",
        "section": "Harbour",
        "language": "en",
    }
    assert codes(items) == []


@pytest.mark.parametrize(
    ("issued", "published"),
    [
        ('<date.issue norm="20260303"/>', "20260303"),
        ('<date.issue norm="20260303T000000"/>', "20260303"),  # how a day is written, not a first second
        ('<date.issue norm="2026-03-03T00:00:00"/>', "2026-03-03"),
        ('<date.issue norm="20260303T000000Z"/>', "20260303T000000Z"),
        ('<date.issue norm="soon"/>', "20260303"),  # the dateline's
        ("", "20260303"),
    ],
)
def test_dates(issued: str, published: str) -> None:
    text = NITF.replace('<date.issue norm="20260303T184000+0100"/>', issued)
    assert only(found(read_nitf, text))["published"] == published


@pytest.mark.parametrize(
    ("byline", "authors"),
    [
        ("By Jonas Wray", ["By Jonas Wray"]),
        ("By Jonas Wray, <byttl>Harbour correspondent</byttl>", ["By Jonas Wray"]),
        ("<byttl>Staff</byttl>", None),
        ("<person>Jonas Wray</person><byttl>x</byttl>", ["Jonas Wray"]),
    ],
)
def test_bylines(byline: str, authors: list[str] | None) -> None:
    start, rest = NITF.split("<byline>")
    text = f"{start}<byline>{byline}</byline>{rest.split('</byline>')[1]}"
    assert only(found(read_nitf, text)).get("authors") == authors


def test_the_outlet_is_who_published_it_else_who_holds_the_rights() -> None:
    assert only(found(read_nitf, NITF.replace(' name="The Ellery Packet"', "")))["source"] == "Someone Else"


def test_an_archive_that_repeats_the_lead_gives_the_full_text_once() -> None:
    blocks = (
        f'<block class="lead_paragraph"><p>{LEAD}</p></block><block class="full_text">{PARAGRAPHS}</block>'
    )
    assert only(found(read_nitf, NITF.replace(PARAGRAPHS, blocks)))["text"].count(LEAD) == 1


def test_tables_and_lists_are_lines() -> None:
    table = "<table><tr><td>Ferry</td><td>12</td></tr></table><ul><li>north</li><li>south</li></ul>"
    assert "Ferry 12\n\nnorth\nsouth" in only(found(read_nitf, NITF.replace(PARAGRAPHS, table)))["text"]


def test_an_abstract_alone_is_a_summary() -> None:
    items = found(read_nitf, NITF.replace(PARAGRAPHS, ""))
    assert only(items)["text"] == "PORT ELLERY, March 3 — Dues rise."
    assert warned(items) == ["summary"]
    nothing = NITF.replace(PARAGRAPHS, "").replace("<abstract><p>Dues rise.</p></abstract>", "")
    assert codes(found(read_nitf, nothing)) == [("", "no_text")]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ('<docdata management-status="canceled">', "canceled"),
        ('<docdata management-status="withheld">', "withheld"),
        ('<docdata management-status="embargoed">', "embargoed"),
        ('<docdata><date.release norm="29990101T000000Z"/>', "embargoed"),
    ],
)
def test_status_and_release(data: str, code: str) -> None:
    items = found(read_nitf, NITF.replace("<docdata>", data))
    assert codes(items) == [("", code)]
    assert not drafts(items)


def test_a_release_that_is_past_says_nothing() -> None:
    items = found(read_nitf, NITF.replace(DOC_ID, f'{DOC_ID}<date.release norm="20260303T190000Z"/>'))
    assert warned(items) == []
    assert only(items)["published"] == "20260303T184000+0100"


def test_what_is_cut_off_is_refused() -> None:
    assert codes(found(read_nitf, NITF[:-30])) == [("", "broken_xml")]
    assert codes(found(read_nitf, NITF.encode("cp1252", "replace"))) == [("", "encoding")]


def test_the_last_of_its_revisions_is_when_it_was_updated() -> None:
    dates = ("20260304T090000Z", "20260304", "20260305", "no date")
    history = "".join(f'<revision-history norm="{date}"/>' for date in dates)
    fields = only(found(read_nitf, NITF.replace("</head>", f"{history}</head>")))
    assert fields["updated"] == "20260305"
