"""ninjs: all three generations of names, one item or many, and what is not a text says what it is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from ingest.article import Draft, Rejection
from ingest.read import read
from ingest.read.ninjs import looks_like_ninjs, read_ninjs
from tests.ingest.news import (
    LEAD,
    NEXT,
    NINJS_1,
    NINJS_3,
    NITF,
    TEXT,
    TITLE,
    as_json,
    codes,
    drafts,
    found,
    only,
    warned,
)


def item(base: dict[str, Any] = NINJS_1, **changes: Any) -> list[Draft | Rejection]:
    """What comes of an item with some of its properties changed; None takes one away."""
    changed = {name: value for name, value in {**base, **changes}.items() if value is not None}
    return found(read_ninjs, as_json(changed), "a.json")


def test_the_first_generation() -> None:
    assert only(item()) == {
        "id": "urn:packet.example:dues",
        "title": TITLE,
        "text": TEXT,
        "source": "The Ellery Packet",
        "authors": ["By Jonas Wray"],
        "published": "2026-03-03T18:40:00+01:00",
        "updated": "2026-03-03T18:40:00+01:00",
        "revision": 1,
        "section": "shipping",
        "language": "en",
    }


def test_the_third_generation() -> None:
    assert only(item(NINJS_3)) == {
        "url": "https://packet.example/dues",
        "title": TITLE,
        "text": TEXT,
        "source": "The Ellery Packet",
        "authors": ["Jonas Wray"],
        "published": "2026-03-03T18:40:00+01:00",
        "updated": "2026-03-04T09:00:00+01:00",
        "language": "de",
    }


def test_the_second_generation_writes_its_names_small() -> None:
    second = {name.lower(): value for name, value in NINJS_3.items()}
    second["bodies"] = [{"role": "x", "contenttype": "text/html", "value": f"<p>{LEAD}</p><p>{NEXT}</p>"}]
    assert only(item(second))["text"] == TEXT


@pytest.mark.parametrize(
    ("bodies", "text"),
    [
        ({"body_text": f"{TITLE}\n{LEAD}\n{NEXT}", "body_xhtml": "<p>x</p>"}, f"{LEAD}\n{NEXT}"),
        ({"body_text": LEAD, "body_xhtml": None}, LEAD),
        ({"body_text": None, "body_xhtml": None, "body_nitf": NITF}, TEXT),
        ({"body_text": None, "body_xhtml": None, "bodies": [{"value": f"<p>{LEAD}</p>"}]}, LEAD),
        (
            {
                "body_text": None,
                "body_xhtml": None,
                "bodies": [{"contentType": "application/xml", "value": "<"}],
            },
            None,
        ),
        ({"body_text": 7, "body_xhtml": None, "bodies": "none", "description_text": None}, None),
    ],
)
def test_of_several_renditions_the_one_that_keeps_paragraphs(
    bodies: dict[str, Any], text: str | None
) -> None:
    items = item(**bodies)
    if text is None:
        assert codes(items) == [("", "no_text")]
    else:
        assert only(items)["text"].endswith(text)


def test_a_description_alone_is_a_summary_and_a_caption_is_none() -> None:
    items = item(body_text=None, body_xhtml=None, description_text=LEAD)
    assert only(items)["text"] == LEAD
    assert warned(items) == ["summary"]
    items = item(NINJS_3, bodies=None, descriptions=[{"role": "caption", "value": LEAD}])
    assert codes(items) == [("", "no_text")]


@pytest.mark.parametrize("kind", ["picture", "graphic", "video", "audio", "event", "planning"])
def test_media_are_told_apart(kind: str) -> None:
    (rejection,) = item(type=kind)
    assert isinstance(rejection, Rejection)
    assert (rejection.code, rejection.reason[-12:]) == ("not_an_article", ", not a text")


def test_people_are_authors_where_they_are_said_to_be() -> None:
    people = [{"name": "Ada Quill", "rel": "about"}, {"name": "Mia Hollis", "rel": "author"}]
    assert only(item(byline=None, people=people))["authors"] == ["Mia Hollis"]
    assert only(item(byline=None, authors=[{"name": "Jonas Wray", "role": "writer"}]))["authors"] == [
        "Jonas Wray"
    ]
    assert "authors" not in only(item(byline=None, people=people[:1]))


def test_a_property_given_twice_counts_the_last_time() -> None:
    items = found(read_ninjs, as_json(NINJS_1)[:-1] + ', "headline": "Gulls counted"}', "a.json")
    assert only(items)["title"] == "Gulls counted"
    assert warned(items) == ["duplicate_field"]


def test_an_event_need_not_say_that_it_is_one() -> None:
    assert codes(item(type=None, eventDetails={"dates": {}})) == [("", "not_an_article")]


def test_a_composite_with_a_text_is_an_article() -> None:
    assert only(item(type="composite"))["title"] == TITLE


@pytest.mark.parametrize(
    ("status", "code"), [("canceled", "canceled"), ("withheld", "withheld"), ("withhold", "withheld")]
)
def test_what_must_not_be_used_is_not(status: str, code: str) -> None:
    assert codes(item(pubstatus=status)) == [("", code)]


def test_an_embargo_is_kept() -> None:
    assert codes(item(embargoed="2999-01-01T00:00:00Z")) == [("", "embargoed")]
    items = item(embargoed="2026-03-05T06:00:00Z")
    assert str(only(items)["published"]) == "2026-03-05T06:00:00+00:00"
    assert warned(items) == ["embargo"]


@pytest.mark.parametrize(
    ("wrapped", "places"),
    [
        ([NINJS_1, NINJS_3], ["record 1", "record 2"]),
        ({"items": [NINJS_1, NINJS_3]}, ["item 1", "item 2"]),
        ({"data": {"item": NINJS_1}}, [""]),
        ({"data": {"items": [{"meta": {}, "item": NINJS_1}, {"item": NINJS_3}]}}, ["item 1", "item 2"]),
    ],
)
def test_items_in_lists_and_wrappers(wrapped: Any, places: list[str]) -> None:
    assert looks_like_ninjs(as_json(wrapped))
    items = found(read_ninjs, as_json(wrapped), "a.json")
    assert [item.where for item in items] == places
    assert len(drafts(items)) == len(places)


def test_lines_and_one_that_is_broken() -> None:
    lines = f"{as_json(NINJS_1)}\n{{broken\n\n{as_json(NINJS_3)}\n7"
    items = found(read_ninjs, lines, "a.json")
    assert [item.where for item in items] == ["line 1", "line 2", "line 4", "line 5"]
    assert codes(items) == [("line 2", "broken_json"), ("line 5", "not_a_record")]


def test_long_lines_and_other_encodings() -> None:
    long = {**NINJS_1, "body_xhtml": f"<p>{LEAD}</p>" * 2_000}
    items = found(read_ninjs, f"{as_json(long)}\n{as_json(NINJS_3)}".encode("cp1252"), "a.json")
    assert len(drafts(items)) == 2
    assert codes(items) == [("line 1", "encoding"), ("line 2", "encoding")]
    assert only(found(read_ninjs, as_json(NINJS_1).encode("utf-16"), "a.json"))["text"] == TEXT


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('{"uri": "a", "body_text": ', "broken_json"),
        ('{"uri": "a", "body_text": NaN}', "broken_json"),
        (f'{{"uri": "a", "body_text": {"9" * 100_000}}}', "broken_json"),
        (f'{{"uri": "a", "body_text": {"[" * 100_000}', "too_deep"),
        (f'{{"uri": "a", "body_text": {"[" * 100}{"]" * 100}}}', "too_deep"),
    ],
)
def test_broken_json(text: str, code: str) -> None:
    assert codes(found(read_ninjs, text, "a.json")) == [("", code)]


def test_content_decides_and_other_json_stays_other_json(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(as_json(NINJS_1), encoding="utf-8")
    (tmp_path / "b.json").write_text(as_json({"uri": "https://x.example/1", "title": "T", "text": LEAD}))
    other = {
        "uri": "https://x.example/2",
        "versionCreated": "2026",
        "renditions": {},
        "title": "T",
        "text": LEAD,
    }
    (tmp_path / "c.json").write_text(as_json(other))
    first, second, third = (fields["text"] for fields in drafts(list(read(tmp_path))))
    assert (first, second, third) == (TEXT, LEAD, LEAD)


def test_the_standards_own_examples(data: Path) -> None:
    folder = data / "formats" / "ninjs"
    if not folder.is_dir():
        pytest.skip("the examples of the standard are not there")
    texts = 0
    for path in folder.rglob("*.json"):
        items = list(read(path))
        assert items
        for fields in drafts(items):
            texts += 1
            assert fields["text"]
            assert fields.get("published") or fields["updated"]
            assert fields.get("source") or fields["url"]
    assert texts


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"located": "PORT ELLERY"}, "PORT ELLERY"),
        ({"located": [{"name": "Port Ellery"}]}, "Port Ellery"),
        ({"located": None}, None),
    ],
)
def test_where_it_was_written(changes: dict[str, Any], place: str | None) -> None:
    assert only(item(NINJS_1 | changes)).get("place") == place


@pytest.mark.parametrize(("version", "number"), [("3", 3), (4, 4), ("3.0", None), ("-1", None), (None, None)])
def test_its_number(version: Any, number: int | None) -> None:
    assert only(item(NINJS_1 | {"version": version})).get("revision") == number
