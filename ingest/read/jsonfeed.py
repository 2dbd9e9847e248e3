"""JSON Feed, versions 1 and 1.1: each item that has a text becomes an article, as in other feeds."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from ingest.article import Draft, Rejection, Warned
from ingest.read.feed import drafted_entry, outlet_in
from ingest.read.jsondoc import parse_json
from ingest.read.prose import markup_to_prose, plain_title
from ingest.read.source import Refused, Source, decode

SUFFIXES = (".jsonfeed",)

_VERSION = re.compile(r'\s*\{.{0,20000}?"version"\s*:\s*"https?:\\?/\\?/(?:www\.)?jsonfeed\.org', re.DOTALL)


def looks_like_json_feed(head: str) -> bool:
    return _VERSION.match(head) is not None


def read_json_feed(source: Source, mapping: Mapping[str, str]) -> Iterator[Draft | Rejection]:
    """The articles of a JSON Feed. `mapping` has nothing to rename here."""
    text, guessed = decode(source.whole())
    feed = parse_json(text)
    items = feed.get("items") if isinstance(feed, dict) else None
    if not isinstance(items, list) or not items:
        raise Refused("no_items", "the feed has no items")
    read = False
    for number, item in enumerate(items, 1):
        place = f"entry {number}"
        if not isinstance(item, dict):
            yield Rejection(source.shown, place, "not_a_record", "no object, where an item was expected")
            continue
        for result in _read_item(item, feed, source.shown, place):
            read = read or isinstance(result, Draft)
            yield result
    if guessed and read:
        yield Warned(source.shown, "", "encoding", f"not UTF-8: read as {guessed}")


def _read_item(
    item: Mapping[str, Any], feed: Mapping[str, Any], path: str, where: str
) -> Iterator[Draft | Rejection]:
    tags = item.get("tags")
    fields = {
        "title": plain_title(_line(item.get("title"))),
        "published": _line(item.get("date_published")),
        "updated": _line(item.get("date_modified")),
        "source": outlet_in(_line(feed.get("title")), _line(feed.get("home_page_url"))),
        "authors": _authors(item) or _authors(feed),
        "url": _line(item.get("url")) or _line(item.get("external_url")),
        "section": _line(tags[0]) if isinstance(tags, list) and tags else "",
        "language": _line(item.get("language")) or _line(feed.get("language")),
    }
    plain, markup = _line(item.get("content_text")), _line(item.get("content_html"))
    guid = item.get("id")
    yield from drafted_entry(
        fields,
        str(guid) if isinstance(guid, str | int) else "",
        markup_to_prose(markup) if markup else plain.strip(),
        _line(item.get("summary")).strip(),
        path,
        where,
    )


def _authors(value: Mapping[str, Any]) -> list[str]:
    """The people of an item or a feed; version 1 had only one."""
    listed = value.get("authors")
    people = listed if isinstance(listed, list) else [value.get("author")]
    return [name for person in people if isinstance(person, dict) and (name := _line(person.get("name")))]


def _line(value: Any) -> str:
    return value if isinstance(value, str) else ""
