"""Where feeds and sitemaps lead: the pages of their entries, and the sitemaps that an index names.

Knows where addresses stand in them. What an entry itself says is read in `ingest.read`.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass

from ingest.article import Moment
from ingest.dates import parse_moment
from ingest.limits import in_mb, limits
from ingest.read.doctype import root_name
from ingest.read.feed import looks_like_feed
from ingest.read.jsonfeed import looks_like_json_feed
from ingest.read.source import HEAD, Refused, bom_encoding
from ingest.read.xml import child, children, decode_xml, elements

_ROOTS = {"urlset": "url", "sitemapindex": "sitemap"}
_GZIP = b"\x1f\x8b"


@dataclass(frozen=True, slots=True)
class Entry:
    """A page, or another sitemap (`is_index`), and when it changed last as far as the sitemap says."""

    url: str
    changed: Moment | None
    is_index: bool


def is_sitemap(body: bytes) -> bool:
    """Whether this is a sitemap or an index of sitemaps."""
    return root_name(_start(body)).lower() in _ROOTS


def is_feed(body: bytes) -> bool:
    return looks_like_feed(_start(body)) or looks_like_json_feed(_start(body))


def _start(body: bytes) -> str:
    return body[:HEAD].decode(bom_encoding(body) or "utf-8", "replace").lstrip("\ufeff \t\r\n")


def entries(body: bytes) -> Iterator[Entry]:
    """What a sitemap names, in its order; raises `Refused` where it cannot be read on."""
    text, _ = decode_xml(body)
    is_index = root_name(text).lower() == "sitemapindex"
    for element in elements(text, (_ROOTS["sitemapindex" if is_index else "urlset"],)):
        location = child(element, "loc")
        changed = child(element, "lastmod")
        url = (location.text or "").strip() if location is not None else ""
        if url:
            yield Entry(url, parse_moment(changed.text or "") if changed is not None else None, is_index)


def feed_links(body: bytes) -> list[str]:
    """The pages that the entries of a feed lead to, each once, as far as the feed can be read."""
    found: list[str] = []
    with suppress(Refused, ValueError, RecursionError):
        found.extend(_json_links(body) if looks_like_json_feed(_start(body)) else _xml_links(body))
    return list(dict.fromkeys(filter(None, found)))


def _json_links(body: bytes) -> Iterator[str]:
    items = json.loads(body.decode("utf-8-sig")).get("items")
    for item in items if isinstance(items, list) else ():
        url = item.get("url") if isinstance(item, dict) else None
        yield url.strip() if isinstance(url, str) else ""


def _xml_links(body: bytes) -> Iterator[str]:
    text, _ = decode_xml(body)
    for entry in elements(text, ("item", "entry")):
        links = children(entry, "link")
        href = next((link.get("href") for link in links if link.get("rel", "alternate") == "alternate"), None)
        guid = child(entry, "guid")
        is_address = guid is not None and guid.get("isPermaLink", "true") == "true" and not links
        written = [*(link.text for link in links), guid.text if is_address else None]
        yield (href or next(filter(None, written), None) or "").strip()


def unpacked(body: bytes) -> bytes:
    """A body as it was before gzip, where it is a `.gz`; raises `Refused` past the limit of a file."""
    if not body.startswith(_GZIP):
        return body
    most, unpacking = limits().file, zlib.decompressobj(wbits=31)
    try:
        plain = unpacking.decompress(body, most + 1)
    except zlib.error as error:
        raise Refused("broken_gzip", "it is no complete gzip file") from error
    if len(plain) > most:
        raise Refused("too_large", f"it is larger than {in_mb(most)} when it is unpacked")
    return plain
