"""The names that makers of news data give to the parts of an article, and ours for them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from ingest.tidy import unescaped

# Ours, then theirs in order of preference; written without case, spaces, hyphens and underscores.
_NAMES: Mapping[str, tuple[str, ...]] = {
    "title": ("title", "headline", "articletitle", "headlinemain", "mainheadline", "heading"),
    "text": ("text", "body", "content", "maintext", "articletext", "articlebody", "fulltext", "bodytext",
             "contenttext", "textcontent", "plaintext", "rawtext", "cleanedtext", "story", "contenthtml",
             "bodyhtml", "bodyxhtml", "html", "document", "article"),
    "published": ("published", "publishdate", "publishedat", "publisheddate", "datepublished", "date",
                  "pubdate", "datepublish", "datetime", "publicationdate", "publishedon", "publishedtime",
                  "publishtime", "firstpublished", "firstpublicationdate", "publicationdatetime",
                  "webpublicationdate", "versioncreated", "createdat", "created", "timestamp", "time"),
    "updated": ("updated", "modified", "updatedat", "modifiedat", "datemodified", "dateupdated",
                "datemodify", "lastmodified", "lastupdated", "updatedate", "modifieddate"),
    "source": ("source", "outlet", "publisher", "sitename", "publication", "newspaper", "sourcename",
               "mediasource", "newsoutlet", "site", "provider", "sourcedomain", "domain"),
    "url": ("url", "link", "canonicalurl", "canonical", "articleurl", "weburl", "sourceurl", "permalink",
            "href", "uri"),
    "authors": ("authors", "author", "byline", "creator", "writers", "writer", "reporter"),
    "section": ("section", "category", "sectionname", "articlesection", "topic", "desk"),
    "place": ("dateline", "place", "located", "locationcreated", "contentlocation", "location"),
    "language": ("language", "lang", "inlanguage", "locale"),
    "id": ("id", "docid", "guid", "uuid", "articleid", "documentid", "objectid"),
}  # fmt: skip

FIELDS = tuple(_NAMES)
"""Our names, which are also the left sides of `--map`."""

_RANK = {theirs: (ours, n) for ours, names in _NAMES.items() for n, theirs in enumerate(names)}
_INNER = ("name", "rendered", "text", "value", "content", "title", "$date", "$oid")
_SEPARATORS = str.maketrans("", "", "_- ")
_MARKUP = re.compile(r"</(?:p|div|h[1-6]|li|a|em|strong|b|i|blockquote)>|<(?:p|br)\s*/?>", re.IGNORECASE)
_BLOCK = re.compile(
    r"</?(?:p|div|h[1-6]|ul|ol|blockquote|section|article|figure|table|aside|header|footer)\b[^<>]*>",
    re.IGNORECASE,
)
_LINE = re.compile(r"<(?:br|/li|/tr)\b[^<>]*>", re.IGNORECASE)
_PARAGRAPH_END = re.compile(r" ?\n ?(?:\n ?)+")
_UNSEEN = re.compile(r"<(script|style)\b[^<>]*>.*?(?:</\1>|\Z)|<!--.*?(?:-->|\Z)", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(r"</?[a-z][^<>]*>", re.IGNORECASE)


def article_fields(record: Mapping[str, Any], mapping: Mapping[str, str]) -> dict[str, Any]:
    """Our fields out of a record; of several names for the same one, the first that holds something.

    `mapping` is ours to theirs and comes first; theirs may be a path into nested objects (`meta.title`).
    """
    ranked: dict[str, list[tuple[int, Any]]] = {}
    for name, value in record.items():
        key = name.lower().translate(_SEPARATORS)
        if (known := _RANK.get(key)) and not _is_empty(value):
            ranked.setdefault(known[0], []).append((known[1], value))
    found = {ours: _plain(ours, min(values, key=_by_rank)[1]) for ours, values in ranked.items()}
    for ours, theirs in mapping.items():
        value = _at(record, theirs)
        if not _is_empty(value):
            found[ours] = _plain(ours, value)
    return found


def has_text(record: Mapping[str, Any], mapping: Mapping[str, str]) -> bool:
    """Whether an object is itself an article, rather than a wrapper around a list of them."""
    if (mapped := mapping.get("text")) and not _is_empty(_at(record, mapped)):
        return True
    return any(isinstance(value, str) and value.strip() and field_of(name) == "text"
               for name, value in record.items())  # fmt: skip


def field_of(name: str) -> str | None:
    """Our name for one of theirs (`Headline` is our title)."""
    known = _RANK.get(name.lower().translate(_SEPARATORS))
    return known[0] if known else None


def markup_to_text(markup: str) -> str:
    """The text of a fragment of HTML that came inside a field: blocks become paragraphs."""
    seen = _UNSEEN.sub("", markup)
    seen = _LINE.sub("\n", re.sub(r"\s+", " ", seen))
    seen = _TAG.sub("", _BLOCK.sub("\n\n", seen))
    return unescaped(_PARAGRAPH_END.sub("\n\n", seen)).strip()


def _by_rank(ranked: tuple[int, Any]) -> int:
    return ranked[0]


def _is_empty(value: Any) -> bool:
    return value is None or value in ([], {}) or (isinstance(value, str) and not value.strip())


def _at(record: Mapping[str, Any], name: str) -> Any:
    if name in record:
        return record[name]
    value: Any = record
    for part in name.split("."):
        value = value.get(part) if isinstance(value, Mapping) else None
    return value


def _plain(ours: str, value: Any) -> Any:
    """A field as our side expects it: names out of objects, paragraphs out of lists, text out of HTML."""
    if ours == "authors":
        return list(_names(value))
    if isinstance(value, Mapping):
        value = next((value[name] for name in _INNER if name in value), None)
    if ours == "text" and isinstance(value, list):
        parts = (_plain(ours, part) for part in value)
        return "\n\n".join(part for part in parts if isinstance(part, str))
    if ours in ("source", "section", "language", "place") and isinstance(value, list):
        return _plain(ours, value[0])
    if ours == "text" and isinstance(value, str) and "<" in value and _MARKUP.search(value):
        return markup_to_text(value)
    return value


def _names(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for part in value:
            yield from _names(part)
    elif isinstance(value, Mapping):
        yield from _names(value.get("name"))
