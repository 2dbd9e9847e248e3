"""ninjs, the IPTC's news in JSON: versions 1 to 3, one item per document, list element or line.

Texts and composites with a text become articles; photos, videos, events and plans are rejected with their
reason. Associated items are passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from ingest.article import Draft, Rejection, Warned
from ingest.read.fields import article_fields
from ingest.read.jsondoc import Repeated, documents
from ingest.read.nitf import nitf_item
from ingest.read.prose import markup_to_prose, plain_title, without_headline
from ingest.read.release import Item, byline_in, drafted, first_date, identity_of, maker_of, number_in
from ingest.read.source import Refused, Source
from ingest.read.xml import elements

SUFFIXES = (".ninjs",)

_START = re.compile(r"\s*\[?\s*\{")
_URI = re.compile(r'"uri"\s*:')
_OWN_NAMES = re.compile(
    r'"(?:versioncreated|body_(?:text|x?html\w*|nitf)|bodies|headlines|pubstatus|eventdetails|descriptions|'
    r'description_(?:text|x?html|caption)\w*|representationtype|copyrightholder|renditions)"\s*:',
    re.IGNORECASE,
)
_MEDIA = {
    "picture": "a photo", "graphic": "a graphic", "video": "a video", "audio": "a recording",
    "animation": "an animation", "event": "an event", "planning": "a plan of what will be covered",
    "component": "a part of another item",
}  # fmt: skip
_WRAPPED = 4  # levels of objects and lists around an item
_MAIN = ("main", "", "headline")
_MAKERS = ("author", "creator", "byline", "writer")


def looks_like_ninjs(head: str) -> bool:
    return _START.match(head) is not None and bool(_URI.search(head) and _OWN_NAMES.search(head))


def read_ninjs(source: Source, mapping: Mapping[str, str]) -> Iterator[Draft | Rejection]:
    """The articles of a ninjs file. `mapping` counts for documents that turn out to be other JSON."""
    for document in documents(source):
        where, value = document.where, document.value
        if isinstance(value, Refused):
            yield Rejection(source.shown, where, value.code, value.reason)
            continue
        if not isinstance(value, dict):
            yield Rejection(source.shown, where, "not_a_record", "no object, where a news item was expected")
            continue
        items = list(_items(value)) or [value]
        for number, item in enumerate(items, 1):
            place = where if len(items) == 1 else f"{where}, item {number}".removeprefix(", ")
            found = list(_read(item, source, place, mapping))
            yield from found
            if document.guessed and isinstance(found[0], Draft):
                yield Warned(source.shown, place, "encoding", f"not UTF-8: read as {document.guessed}")
            if isinstance(item, Repeated):
                reason = "a property is given twice; the last one counts"
                yield Warned(source.shown, place, "duplicate_field", reason)


def _items(value: Any, level: int = 0) -> Iterator[dict[str, Any]]:
    """The item that a document is, or those that it wraps."""
    if isinstance(value, dict) and "uri" in value:
        yield value
    elif isinstance(value, dict | list) and level < _WRAPPED:
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _items(inner, level + 1)


def _read(
    value: dict[str, Any], source: Source, where: str, mapping: Mapping[str, str]
) -> Iterator[Draft | Rejection]:
    named = {name.lower(): inner for name, inner in value.items()}  # 2 writes pubstatus, 3 pubStatus
    kind = _line(named.get("type")).lower()
    if "eventdetails" in named or "newscoverages" in named:
        kind = kind or "event"
    if what := _MEDIA.get(kind):
        yield Rejection(source.shown, where, "not_an_article", f"{what}, not a text")
        return
    item = _item(named)
    if not item.fields["text"]:
        other = article_fields(value, mapping)
        if isinstance(other.get("text"), str):
            yield Draft(other, source.shown, where, None if where else source.origin)
            return
    yield from drafted(item, source.shown, where, None if where else source.origin)


def _item(named: Mapping[str, Any]) -> Item:
    title = plain_title(
        _main(named.get("headlines")) or _line(named.get("headline")) or _line(named.get("title"))
    )
    language, uri = _line(named.get("language")), _line(named.get("uri"))
    body = without_headline(_body(named), title)
    summary = "" if body else _description(named)
    byline = _line(named.get("by")) or _line(named.get("byline"))
    source, changed = _source(named), _line(named.get("versioncreated"))
    revision = number_in(named.get("version"))
    embargo = named.get("embargoed")
    return Item(
        {
            **identity_of(uri),
            "title": title,
            "text": body or summary,
            "source": source or maker_of(uri),
            "guessed": {} if source else {"source": ""},
            "authors": [byline_in(byline, language)] if byline else _makers(named),
            "published": first_date(
                _line(named.get("firstcreated")),
                _line(named.get("contentcreated")),
                changed if revision <= 1 else "",
            ),
            "updated": changed,
            "place": _line(named.get("located")) or _first_name(named.get("located")),
            "revision": revision,
            "section": _topic(named.get("subjects") or named.get("subject")),
            "language": language,
        },
        status=_line(named.get("pubstatus")),
        embargo=None if embargo is None else _line(embargo),
        only_summary=bool(summary),
        note=_line(named.get("ednote")),
    )


def _body(named: Mapping[str, Any]) -> str:
    """The text of an item, of the renditions that it comes in the one that keeps its paragraphs."""
    found = {"plain": "", "html": "", "nitf": ""}
    for kind, value in _renditions(named):
        shape = _shape(kind, value)
        found[shape] = found[shape] or _as_text(shape, value)
    if "\n" in found["plain"].strip() or not found["html"]:
        return found["plain"] or found["nitf"]
    return found["html"]


def _renditions(named: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Each rendition of the text: what is said of its kind, and itself."""
    for name, value in named.items():
        if name.startswith("body_") and isinstance(value, str):
            yield name, value
    for body in _objects(named.get("bodies")):
        lowered = {name.lower(): inner for name, inner in body.items()}
        yield f"{_line(lowered.get('contenttype'))} {_line(lowered.get('role'))}", _line(lowered.get("value"))


def _shape(kind: str, value: str) -> str:
    kind = kind.lower()
    if "nitf" in kind or "xml" in kind.replace("xhtml", ""):
        return "nitf"
    return "html" if "html" in kind or value.lstrip().startswith("<") else "plain"


def _as_text(shape: str, value: str) -> str:
    if shape == "plain":
        return value.strip()
    if shape == "html":
        return markup_to_prose(value)
    try:
        return next((str(nitf_item(nitf).fields["text"]) for nitf in elements(value, ("nitf",))), "")
    except Refused:
        return ""


def _description(named: Mapping[str, Any]) -> str:
    """A summary of the text; a caption is none."""
    told = [entry for entry in _objects(named.get("descriptions")) if _line(entry.get("role")) != "caption"]
    named_so = (name for name in named if name.startswith("description_") and "caption" not in name)
    single = next(filter(None, (_line(named[name]) for name in named_so)), "")
    return markup_to_prose(_main(told) or single)


def _source(named: Mapping[str, Any]) -> str:
    makers = ("provider", "source", "infosources", "copyrightholder")
    return next(filter(None, (_first_name(named.get(name)) for name in makers)), "")


def _topic(subjects: Any) -> str:
    """The name of the first subject that stands in a vocabulary; others are keywords."""
    coded = (entry for entry in _objects(subjects) if {"uri", "literal", "code", "scheme"} & entry.keys())
    return _first_name(list(coded))


def _makers(named: Mapping[str, Any]) -> list[str]:
    people = _objects(named.get("people")) + _objects(named.get("person"))
    makers = [person for person in people if _line(person.get("rel")).lower() in _MAKERS]
    return [_line(person.get("name")) for person in makers or _objects(named.get("authors"))]


def _main(values: Any) -> str:
    """The value of the entry whose role is the main one, else of the first."""
    entries = _objects(values)
    main = (entry for entry in entries if _line(entry.get("role")).lower() in _MAIN)
    return _line(next(main, entries[0] if entries else {}).get("value"))


def _first_name(values: Any) -> str:
    if isinstance(values, str):
        return values.strip()
    entries = _objects([values] if isinstance(values, dict) else values)
    return next((name for entry in entries if (name := _line(entry.get("name")))), "")


def _objects(values: Any) -> list[dict[str, Any]]:
    return [value for value in values if isinstance(value, dict)] if isinstance(values, list) else []


def _line(value: Any) -> str:
    return value if isinstance(value, str) else ""
