"""NewsML-G2: news items, alone or in a message; each item with text becomes an article.

Photos, videos, packages, planning items and vocabularies are told apart and rejected with their reason.
Several versions of an item in one message come out in the order of their versions.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from ingest.article import Draft, Rejection, Warned
from ingest.identity import outlet_of
from ingest.read.doctype import root_name
from ingest.read.nitf import wrapped_text
from ingest.read.prose import with_dateline, without_headline
from ingest.read.release import (
    Item,
    byline_in,
    drafted,
    first_date,
    identity_of,
    maker_of,
    number_in,
)
from ingest.read.source import Refused, Source
from ingest.read.xml import (
    attribute,
    below,
    child,
    children,
    decode_xml,
    elements,
    language_of,
    line,
    local_name,
)

SUFFIXES = (".newsml", ".g2")

_OTHER_ITEMS = {
    "packageItem": "a package, which only points to other items",
    "planningItem": "a plan of what will be covered, not a report",
    "conceptItem": "an entry of a vocabulary (a concept, a person, an event), not a report",
    "knowledgeItem": "a vocabulary, not a report",
    "catalogItem": "a catalogue of vocabularies, not a report",
}
_MEDIA = {
    "picture": "a photo", "video": "a video", "audio": "a recording", "graphic": "a graphic",
    "animated": "an animation", "composite": "a composite of other items", "event": "an event",
    "planning": "a plan",
}  # fmt: skip
_ITEMS = frozenset(("newsItem", *_OTHER_ITEMS))
_ROOTS = _ITEMS | {"newsMessage"}
_TOPICS = ("medtop", "subj")


def looks_like_newsml_g2(head: str) -> bool:
    return root_name(head) in _ROOTS


@dataclass(frozen=True, slots=True)
class _Found:
    """One item of a message, read."""

    guid: str
    version: int
    results: tuple[Draft | Rejection, ...]


def read_newsml_g2(source: Source, mapping: Mapping[str, str]) -> Iterator[Draft | Rejection]:
    """The articles of a NewsML-G2 file. `mapping` has nothing to rename here."""
    text, note = decode_xml(source.whole())
    alone = root_name(text) in _ITEMS
    found: list[_Found] = []
    broken: Refused | None = None
    try:
        for number, element in enumerate(elements(text, _ITEMS), 1):
            found.append(_read_item(element, source, "" if alone else f"item {number}"))
    except Refused as refused:
        broken = refused
    if not found:
        raise broken or Refused("no_items", "the message holds no items")
    for item in _in_order(found):
        yield from item.results
    if broken:
        rest = f"from item {len(found) + 1} on: {broken.reason}"
        yield Rejection(source.shown, f"item {len(found) + 1}", broken.code, rest)
    if note and any(isinstance(result, Draft) for item in found for result in item.results):
        yield Warned(source.shown, "", "encoding", note)


def _in_order(found: list[_Found]) -> list[_Found]:
    """The items as they came, but versions of the same one together and the newest last."""
    first: dict[str, int] = {}
    for number, item in enumerate(found):
        first.setdefault(item.guid or f"#{number}", number)
    places = [first[item.guid or f"#{number}"] for number, item in enumerate(found)]
    order = sorted(range(len(found)), key=lambda number: (places[number], found[number].version))
    return [found[number] for number in order]


def _read_item(element: Any, source: Source, where: str) -> _Found:
    guid, version = element.get("guid") or "", element.get("version") or ""
    no_article = _no_article(element)
    results: Iterator[Draft | Rejection]
    if no_article:
        results = iter([Rejection(source.shown, where, "not_an_article", no_article)])
    elif not (item := _item(element)).fields["text"] and not item.taken_back:
        results = iter([Rejection(source.shown, where, "no_text", _why_no_text(element))])
    else:
        results = drafted(item, source.shown, where, None if where else source.origin)
    return _Found(guid, number_in(version), tuple(results))


def _no_article(element: Any) -> str:
    """What an item is instead of an article, "" for one that may be an article."""
    name = local_name(element)
    if name in _OTHER_ITEMS:
        return _OTHER_ITEMS[name]
    nature = child(element, "itemMeta", "itemClass")
    kind = _code(nature)
    if kind in ("", "text") or (kind == "composite" and _content(element).fields["text"]):
        return ""
    return f"{_MEDIA.get(kind, f'an item of the class {kind[:40]!r}')}, not a text"


def _item(element: Any) -> Item:
    meta, about, guid = child(element, "itemMeta"), child(element, "contentMeta"), attribute(element, "guid")
    inside = _content(element)
    title = _headline(element) or inside.fields.get("title") or line(child(meta, "title"))
    language = (
        attribute(about, "tag", "language") or language_of(element) or inside.fields.get("language", "")
    )
    body = without_headline(inside.fields["text"], title)
    summary = "" if body else _description(about)
    embargo = child(meta, "embargoed")
    by = line(child(about, "by"))
    dateline, source = line(child(about, "dateline")), _provider(element) or inside.fields.get("source")
    revision, changed = number_in(element.get("version")), line(child(meta, "versionCreated"))
    fields = {
        "title": title,
        "text": with_dateline(body or summary, dateline),
        "source": source or maker_of(guid),
        "guessed": {} if source else {"source": ""},
        "authors": [byline_in(by, language)] if by else inside.fields.get("authors") or _creators(about),
        "published": first_date(
            line(child(meta, "firstCreated")),
            line(child(about, "contentCreated")),
            changed if revision <= 1 else "",
            inside.fields.get("published", ""),
        ),
        "updated": changed,
        "place": _place(about) or dateline or inside.fields.get("place", ""),
        "revision": revision,
        "url": inside.fields.get("url", ""),
        **identity_of(guid),
        "section": _topic(about, language) or inside.fields.get("section"),
        "language": language,
    }
    return replace(
        inside,
        fields=fields,
        status=_code(child(meta, "pubStatus")) or inside.status,
        embargo=inside.embargo if embargo is None else line(embargo),
        only_summary=inside.only_summary or bool(summary),
        note=" ".join(filter(None, (*map(line, children(meta, "edNote")), inside.note))),
    )


def _content(element: Any) -> Item:
    """What the first part of the content says that holds text; its text is "" where none does."""
    for part in below(child(element, "contentSet"), "inlineXML", "inlineData"):
        if part.get("encoding"):
            continue
        item = wrapped_text(part, (part.get("contenttype") or "").replace("application/nitf+xml", ""))
        if item.fields["text"]:
            return item
    return Item({"text": ""})


def _why_no_text(element: Any) -> str:
    content = child(element, "contentSet")
    if child(content, "remoteContent") is not None:
        return "its text lies in another file, which is only named here"
    other = next((local_name(inner) for part in below(content, "inlineXML") for inner in part), "")
    return f"it holds data ({other[:40]}), and no text" if other else "the item holds no text"


def _headline(element: Any) -> str:
    """The headline in the item's own language, else the first."""
    lines = children(child(element, "contentMeta"), "headline")
    own = (inner for inner in lines if language_of(inner) in ("", language_of(element)))
    return line(next(own, lines[0] if lines else None))


def _description(about: Any) -> str:
    return next(filter(None, map(line, below(about, "description"))), "")


def _provider(element: Any) -> str:
    """The name of who publishes the item, by the best that is said of it."""
    provider = child(element, "itemMeta", "provider")
    holder, origin = (
        child(element, "rightsInfo", "copyrightHolder"),
        child(element, "contentMeta", "infoSource"),
    )
    named = (_name(provider), _outlet_code(provider), _name(holder), _name(origin))
    return next(filter(None, named), "") or attribute(provider, "uri")


def _name(party: Any) -> str:
    return (
        line(child(party, "name"))
        or attribute(party, "literal")
        or ((party is not None and party.text) or "").strip()
    )


def _outlet_code(party: Any) -> str:
    """The name that a code for a provider is, where it is one (`nprov:REUTERS`, `web:www.example.com`)."""
    code = attribute(party, "qcode").rpartition(":")[2]
    return "" if code.isdecimal() else outlet_of(f"https://{code}") or code


def _place(about: Any) -> str:
    """The place that a report was sent from, by its name, or a code that is one (`city:Philadelphia`)."""
    located = child(about, "located")
    code = attribute(located, "qcode").rpartition(":")[2]
    return _name(located) or (code if code.istitle() and code.isalpha() else "")


def _creators(about: Any) -> list[str]:
    people = (maker for maker in children(about, "creator") if "organisation" not in attribute(maker, "type"))
    return [name for maker in people if (name := _name(maker))]


def _topic(about: Any, language: str) -> str:
    """The name of the first subject that is a topic, in the item's language where it has that."""
    for subject in below(about, "subject"):
        if _scheme(subject) in _TOPICS or (subject.get("type") or "").endswith(":abstract"):
            names = children(subject, "name")
            own = (inner for inner in names if language_of(inner)[:2] in ("", language[:2]))
            if name := line(next(own, names[0] if names else None)):
                return name
    return ""


def _scheme(element: Any) -> str:
    """The vocabulary of a code (`medtop:04000000`, `http://cv.iptc.org/newscodes/mediatopic/04000000`)."""
    return attribute(element, "qcode").partition(":")[0] or "medtop" * (
        "/mediatopic/" in attribute(element, "uri")
    )


def _code(element: Any) -> str:
    """What a code says, without its vocabulary."""
    return (
        (attribute(element, "qcode") or attribute(element, "uri"))
        .replace("/", ":")
        .rpartition(":")[2]
        .lower()
    )
