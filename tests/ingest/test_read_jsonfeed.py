"""JSON Feed: as other feeds, whatever stands where a value should be."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from ingest.read import read
from ingest.read.jsonfeed import looks_like_json_feed, read_json_feed
from tests.ingest.news import JSON_FEED, TEXT, TITLE, as_json, codes, drafts, found, only


def feed(*items: Any, **changes: Any) -> str:
    return as_json({**JSON_FEED, "items": list(items), **changes})


def test_a_feed() -> None:
    assert looks_like_json_feed(as_json(JSON_FEED))
    items = found(read_json_feed, as_json(JSON_FEED))
    full, summary = drafts(items)
    assert full == {
        "title": TITLE,
        "text": TEXT,
        "published": "2026-03-03T18:40:00+01:00",
        "updated": "2026-03-04T09:00:00+01:00",
        "source": "The Ellery Packet",
        "authors": ["Jonas Wray"],
        "url": "https://packet.example/dues",
        "section": "Harbour",
        "language": "en",
    }
    assert summary["id"] == "ellerypacket:2"
    assert codes(items) == [("entry 2", "summary"), ("entry 3", "no_text")]


def test_plain_text_and_the_first_version() -> None:
    item = {"id": "1", "content_text": TEXT, "author": {"name": "Mia Hollis"}}
    fields = only(found(read_json_feed, feed(item, version="https://jsonfeed.org/version/1")))
    assert (fields["text"], fields["authors"]) == (TEXT, ["Mia Hollis"])


def test_what_stands_where_a_value_should_be_is_passed_over() -> None:
    odd = {"id": [], "title": 7, "content_text": TEXT, "authors": "x", "tags": [[]], "date_published": {}}
    items = found(read_json_feed, feed(odd, 7, None, {"content_html": 5}))
    assert only(items)["text"] == TEXT
    assert [place for place, _ in codes(items)] == ["entry 2", "entry 3", "entry 4"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (feed(), "no_items"),
        (as_json({**JSON_FEED, "items": "none"}), "no_items"),
        (as_json(JSON_FEED)[:-5], "broken_json"),
        ("[]", "no_items"),
    ],
)
def test_what_has_no_items_says_so(text: str, code: str) -> None:
    assert codes(found(read_json_feed, text)) == [("", code)]


def test_content_decides(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(as_json(JSON_FEED), encoding="utf-8")
    assert [fields["title"] for fields in drafts(list(read(tmp_path)))] == [TITLE, "Gulls counted"]
