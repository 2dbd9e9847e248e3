"""JSON and JSONL records, under many names and in many layouts; broken ones cost only themselves."""

from __future__ import annotations

import json
import tracemalloc
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.article import Draft, Rejection, Warned
from ingest.read import read
from ingest.read.fields import FIELDS, article_fields, markup_to_text

TEXT = "The bridge over the Sele opened on Tuesday."
RECORD = {"title": "Bridge opens", "text": TEXT}
LINE = json.dumps(RECORD)


def found(folder: Path, content: str, name: str = "a.jsonl", **options: Any) -> list[Draft | Rejection]:
    (folder / name).write_text(content, encoding="utf-8")
    return list(read(folder / name, **options))


def outline(items: list[Draft | Rejection]) -> list[tuple[str, str]]:
    """What came out: (where, title or code)."""
    return [
        (item.where, item.fields.get("title", "") if isinstance(item, Draft) else item.code) for item in items
    ]


def article(record: Mapping[str, Any], **mapping: str) -> dict[str, Any]:
    return article_fields(record, mapping)


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("title", ["title", "headline", "Headline", "HEADLINE"]),
        ("text", ["text", "body", "content", "maintext", "article_text", "articleText", "Full Text"]),
        ("published", ["published", "publish_date", "published_at", "date", "pubDate", "date_publish",
                       "datetime", "datePublished"]),
        ("updated", ["updated", "modified", "date_modify", "updated_at", "dateModified"]),
        ("source", ["source", "outlet", "publisher", "site_name", "siteName"]),
        ("url", ["url", "link", "canonical_url", "canonicalUrl"]),
        ("authors", ["authors", "author", "byline"]),
        ("section", ["section", "category"]),
        ("language", ["language", "lang"]),
        ("place", ["place", "dateline", "located", "locationCreated", "contentLocation", "location"]),
        ("id", ["id", "doc_id", "guid", "uuid", "_id"]),
    ],
)  # fmt: skip
def test_the_usual_names_are_known(ours: str, theirs: list[str]) -> None:
    assert ours in FIELDS
    for name in theirs:
        assert article({name: "value"}) == {ours: ["value"] if ours == "authors" else "value"}


def test_the_first_name_that_holds_something_wins() -> None:
    assert article({"body": "b", "text": " ", "content": "c"}) == {"text": "b"}
    assert article({"date": "2", "published": "1"}) == {"published": "1"}
    assert article({"title": None, "headline": [], "source": {}}) == {}


def test_a_mapping_goes_before_the_usual_names() -> None:
    record = {"title": "t", "kop": "k", "meta": {"tekst": "x"}, "a.b": "c"}
    assert article(record, title="kop", text="meta.tekst", source="a.b") == {
        "title": "k",
        "text": "x",
        "source": "c",
    }
    assert article(record, title="nowhere", section="title.none") == {"title": "t"}


def test_values_may_be_objects_and_lists() -> None:
    record = {
        "title": {"rendered": "t"},
        "content": {"rendered": "<p>One &amp; two.</p><p>Three<br>four.</p>"},
        "publisher": {"@type": "Organization", "name": "The Ledger"},
        "author": [{"name": "Ann Lee"}, "Bo Ray", {"url": "x"}, 7, [{"name": "Cy Fox"}]],
        "category": ["Sport", "Football"],
        "date": {"$date": "2026-03-03"},
    }
    assert article(record) == {
        "title": "t",
        "text": "One & two.\n\nThree\nfour.",
        "source": "The Ledger",
        "authors": ["Ann Lee", "Bo Ray", "Cy Fox"],
        "section": "Sport",
        "published": "2026-03-03",
    }
    assert article({"body": ["One.", "<p>Two.</p>", None, 3]}) == {"text": "One.\n\nTwo."}


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>One.</p>\n<p>Two\n lines.</p>", "One.\n\nTwo lines."),
        ("<h2>Head</h2><p>A <a href='x'>link</a> &lt; b</p><script>no()</script>", "Head\n\nA link < b"),
        ("<ul><li>one</li><li>two</li></ul>", "one\ntwo"),
        ("<p>unclosed <script>never()", "unclosed"),
        ("1 < 2 and 3 > 2", "1 < 2 and 3 > 2"),
    ],
)
def test_markup_in_a_field_becomes_paragraphs(markup: str, text: str) -> None:
    assert markup_to_text(markup) == text


@pytest.mark.parametrize("name", ["a.json", "a.jsonl", "a.ndjson", "a.txt"])
@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (f"{LINE}\n{LINE}\n", ["line 1", "line 2"]),
        (f"{LINE}\n\n\n{LINE}", ["line 1", "line 4"]),
        (f"\ufeff{LINE}\r\n{LINE}\r\n", ["line 1", "line 2"]),
        (json.dumps([RECORD, RECORD]), ["record 1", "record 2"]),
        (json.dumps([RECORD, RECORD], indent=1), ["record 1", "record 2"]),
        (json.dumps(RECORD, indent=2), [""]),
        (json.dumps(RECORD, indent=2) + "\n" + json.dumps(RECORD, indent=2), ["record 1", "record 2"]),
        (json.dumps({"status": "ok", "articles": [RECORD, RECORD]}, indent=1), ["record 1", "record 2"]),
        (json.dumps({"anything": [RECORD]}, indent=1), ["record 1"]),
        (json.dumps({"tags": [{"x": 1}], "items": [RECORD]}, indent=1), ["record 1"]),
        (json.dumps(RECORD | {"items": [{"x": 1}]}, indent=1), [""]),
    ],
)
def test_the_layout_is_seen_from_the_content(
    tmp_path: Path, name: str, content: str, expected: list[str]
) -> None:
    assert outline(found(tmp_path, content, name)) == [(where, "Bridge opens") for where in expected]


@pytest.mark.parametrize("content", ["[]", '{"articles": []}', "[\n]\n"])
def test_an_empty_list_gives_nothing(tmp_path: Path, content: str) -> None:
    assert found(tmp_path, content, "a.json") == []


def test_a_broken_line_costs_only_itself(tmp_path: Path) -> None:
    lines = [
        LINE,
        '{"title": "cut',
        LINE,
        "[1, 2]",
        "12",
        '"text"',
        "null",
        '{"title": "x", "text": ""}',
        "{}",
        LINE,
    ]
    assert outline(found(tmp_path, "\n".join(lines))) == [
        ("line 1", "Bridge opens"),
        ("line 2", "broken_json"),
        ("line 3", "Bridge opens"),
        ("line 4", "not_a_record"),
        ("line 5", "not_a_record"),
        ("line 6", "not_a_record"),
        ("line 7", "not_a_record"),
        ("line 8", "no_text"),
        ("line 9", "no_text"),
        ("line 10", "Bridge opens"),
    ]


def test_a_broken_array_gives_what_comes_before(tmp_path: Path) -> None:
    assert outline(found(tmp_path, f"[{LINE}, {LINE}, {{'x': 1}}, {LINE}]", "a.json")) == [
        ("record 1", "Bridge opens"),
        ("record 2", "Bridge opens"),
        ("record 3", "broken_json"),
    ]
    assert outline(found(tmp_path, f'[{LINE}, {{"title": "cut o', "a.json")) == [
        ("record 1", "Bridge opens"),
        ("record 2", "truncated"),
    ]
    assert outline(found(tmp_path, f"[{LINE}, 3, {LINE}", "a.json"))[1:] == [
        ("record 2", "not_a_record"),
        ("record 3", "Bridge opens"),
        ("record 4", "truncated"),
    ]


@pytest.mark.parametrize(
    "content",
    [
        '{"text": ',
        "{'text': 1}",
        "[" * 100_000,
        '{"a":' * 100_000,
        '{"text": ' + "9" * 10_000 + "}",
        "{text",
        "nul",
    ],
)
def test_broken_json_is_a_rejection_in_words(tmp_path: Path, content: str) -> None:
    for name in ("a.json", "a.jsonl"):
        (item,) = found(tmp_path, content, name)
        assert isinstance(item, Rejection)
        assert item.code in ("broken_json", "too_deep", "truncated")
        assert "JSON" in item.reason or "middle" in item.reason


@pytest.mark.parametrize("value", ["NaN", "-Infinity", "9" * 5_000])
@pytest.mark.parametrize("layout", ["{0}\n{1}\n{0}\n", "[{0}, {1},\n{0}]"])
def test_a_value_that_is_no_json_costs_its_record_only(tmp_path: Path, value: str, layout: str) -> None:
    bad = f'{{"title": "t", "text": "{TEXT}", "meta": [{{"score": {value}}}]}}'
    items = found(tmp_path, layout.format(LINE, bad))
    assert [type(item) for item in items] == [Draft, Rejection, Draft]
    assert items[1].code == "broken_json"
    assert "5,000 digits" in items[1].reason or value in items[1].reason


@pytest.mark.parametrize(("depth", "code"), [(60, ""), (70, "too_deep"), (100_000, "too_deep")])
def test_a_record_may_be_nested_only_so_deep(tmp_path: Path, depth: int, code: str) -> None:
    nested = f'{{"text": "{TEXT}", "meta": {"[" * depth}{"]" * depth}}}'
    items = found(tmp_path, f"{LINE}\n{nested}\n{LINE}\n")
    assert [getattr(item, "code", "") for item in items] == ["", code, ""]


@pytest.mark.parametrize("text", ["12", "true", '{"a": 1}', "[]", '""', "null"])
def test_a_text_of_the_wrong_type_is_rejected(tmp_path: Path, text: str) -> None:
    (item,) = found(tmp_path, f'{{"title": "t", "text": {text}}}')
    assert item.code in ("wrong_type", "no_text")


def test_a_field_given_twice_is_said(tmp_path: Path) -> None:
    draft, warned = found(tmp_path, f'{{"text": "one", "text": "{TEXT}"}}\n')
    assert isinstance(draft, Draft)
    assert draft.fields["text"] == TEXT
    assert isinstance(warned, Warned)
    assert (warned.where, warned.code) == ("line 1", "duplicate_field")


def test_a_record_without_text_names_its_fields(tmp_path: Path) -> None:
    (item,) = found(tmp_path, '{"kop": "t", "tekst": "words"}\n')
    assert isinstance(item, Rejection)
    assert "kop, tekst" in item.reason
    assert "--map text=" in item.reason
    (item,) = found(tmp_path, '{"kop": "t", "tekst": "words"}\n', mapping={"text": "tekst"})
    assert isinstance(item, Draft)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_an_endless_line_is_passed_over_in_flat_memory(
    tmp_path: Path, encoding: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEWSDESK_MAX_FILE_MB", "0.2")
    file = tmp_path / "a.jsonl"
    file.write_bytes(f"{LINE}\n{'x' * 8_000_000}\n{LINE}\n".encode(encoding))
    tracemalloc.start()
    items = list(read(file))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert outline(items) == [("line 1", "Bridge opens"), ("line 2", "too_large"), ("line 3", "Bridge opens")]
    assert peak < 3_000_000


@pytest.mark.parametrize("layout", ["lines", "array"])
def test_a_large_file_is_never_held_whole(tmp_path: Path, layout: str) -> None:
    record = json.dumps(RECORD | {"text": TEXT * 100})
    file = tmp_path / "a.json"
    with file.open("w", encoding="utf-8") as out:
        out.write("[" if layout == "array" else "")
        out.writelines(f"{',' if layout == 'array' and n else ''}{record}\n" for n in range(5_000))
        out.write("]" if layout == "array" else "")
    tracemalloc.start()
    count = sum(isinstance(item, Draft) for item in read(file))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 5_000
    assert file.stat().st_size > 20_000_000
    assert peak < 12_000_000


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: (
        st.lists(inner) | st.dictionaries(st.text() | st.sampled_from(["text", "title", "author"]), inner)
    ),
    max_leaves=8,
)


@given(st.lists(JSON), st.booleans())
def test_any_json_gives_one_item_or_more_for_each_value(
    tmp_path_factory: pytest.TempPathFactory, values: list[Any], as_array: bool
) -> None:
    text = json.dumps(values) if as_array else "\n".join(map(json.dumps, [{}, *values]))
    items = found(tmp_path_factory.mktemp("json"), text, "a.json" if as_array else "a.jsonl")
    kept = [item for item in items if not isinstance(item, Warned)]
    assert len(kept) == len(values) + (not as_array)


@given(st.binary(max_size=300), st.sampled_from(["a.json", "a.jsonl", "a.txt", "a.html", "a.gz", "a.zst"]))
def test_any_bytes_are_read_or_rejected(
    tmp_path_factory: pytest.TempPathFactory, content: bytes, name: str
) -> None:
    file = tmp_path_factory.mktemp("bytes") / name
    file.write_bytes(content)
    assert all(isinstance(item, Draft | Rejection) for item in read(file))
