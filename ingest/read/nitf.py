"""NITF, the News Industry Text Format: one article per file; also found inside NewsML and ninjs.

Knows versions 2 and 3. Tables and lists become lines of text; pictures with their captions are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from ingest.article import Draft, Rejection, Warned
from ingest.dates import parse_moment
from ingest.read.doctype import root_name
from ingest.read.prose import markup_to_prose, prose, with_dateline, without_headline
from ingest.read.release import (
    Item,
    byline_in,
    drafted,
    first_date,
    global_id,
    lies_ahead,
    number_in,
)
from ingest.read.source import Source
from ingest.read.xml import attribute, below, child, children, decode_xml, elements, language_of, line

SUFFIXES = (".nitf",)

_MIDNIGHT = re.compile(r"(\d{8}|\d{4}-\d\d-\d\d)T00:?00:?00")  # without a zone: a day, not its first second
_TEXTUAL = re.compile(r"text/|application/xhtml|$", re.IGNORECASE)
_XHTML = frozenset("html body main article section div p h1 h2 h3 ul ol blockquote table pre".split())


def looks_like_nitf(head: str) -> bool:
    return root_name(head) == "nitf"


def read_nitf(source: Source, mapping: Mapping[str, str]) -> Iterator[Draft | Rejection]:
    """The article of an NITF file. `mapping` has nothing to rename here."""
    text, note = decode_xml(source.whole())
    read = False
    for nitf in elements(text, ("nitf",)):
        for item in drafted(nitf_item(nitf), source.shown, "", source.origin):
            read = read or isinstance(item, Draft)
            yield item
    if note and read:
        yield Warned(source.shown, "", "encoding", note)


def nitf_item(nitf: Any) -> Item:
    """What an `nitf` element says."""
    data, publication = child(nitf, "head", "docdata"), child(nitf, "head", "pubdata")
    top, language = child(nitf, "body", "body.head"), language_of(nitf)
    title = _headline(top) or line(child(nitf, "head", "title"))
    source = (
        attribute(publication, "name")
        or attribute(data, "holder", "doc.copyright")
        or line(child(top, "distributor"))
    )
    body, abstract = _body(child(nitf, "body", "body.content")), child(top, "abstract")
    summary = prose(abstract) if not body and abstract is not None else ""
    dateline = child(top, "dateline")
    status, release = attribute(data, "management-status"), attribute(data, "norm", "date.release")
    return Item(
        {
            "id": global_id(attribute(data, "id-string", "doc-id"), source),
            "title": title,
            "text": with_dateline(without_headline(body, title) or summary, line(dateline)),
            "source": source,
            "authors": _authors(top, language),
            "published": first_date(
                _day(attribute(data, "norm", "date.issue")),
                _day(attribute(publication, "date.publication")),
                _day(attribute(top, "norm", "dateline", "story.date")),
                _day(release),
            ),
            "updated": _last_revision(child(nitf, "head")),
            "place": line(child(dateline, "location"), "sublocation") or line(dateline),
            "revision": number_in(attribute(data, "version", "du-key")),
            "url": attribute(publication, "ex-ref"),
            "section": attribute(publication, "position.section")
            or attribute(nitf, "tobject.subject.type", "head", "tobject", "tobject.subject"),
            "language": language,
        },
        status=status,
        embargo=release if status.lower() == "embargoed" or lies_ahead(release) else None,
        only_summary=bool(summary),
        note=" ".join(attribute(note, "info") for note in children(data, "ed-msg")),
    )


def _last_revision(head: Any) -> str:
    """The latest date at which somebody worked on the text."""
    dates = (_day(attribute(revision, "norm")) for revision in children(head, "revision-history"))
    return max(filter(parse_moment, dates), key=lambda date: str(parse_moment(date)), default="")


def wrapped_text(wrapper: Any, media_type: str = "") -> Item:
    """What an element holds that wraps NITF, XHTML or plain text; its text is "" for anything else."""
    nitf = next(below(wrapper, "nitf"), None)
    if nitf is not None:
        return nitf_item(nitf)
    if any(child(wrapper, name) is not None for name in _XHTML):
        return Item({"text": prose(wrapper)})
    if len(wrapper) or not _TEXTUAL.match(media_type):
        return Item({"text": ""})
    plain = wrapper.text or ""
    return Item({"text": markup_to_prose(plain) if "html" in media_type.lower() else plain.strip()})


def _body(content: Any) -> str:
    """The paragraphs of the article; where the lead is repeated before the full text, the latter alone."""
    full = next((block for block in below(content, "block") if block.get("class") == "full_text"), content)
    return "" if full is None else prose(full)


def _headline(top: Any) -> str:
    hedline = child(top, "hedline")
    return line(child(hedline, "hl1")) or line(child(hedline, "hl2"))


def _authors(top: Any, language: str) -> list[str]:
    """The people of the first byline that names any, without what they are (`byttl`)."""
    for byline in below(top, "byline"):
        people = [line(person) for person in below(byline, "person")]
        if names := people or [byline_in(line(byline, "byttl").rstrip(" ,"), language)]:
            return [name for name in names if name]
    return []


def _day(date: str) -> str:
    """A date of which midnight without a zone is taken off: that is how a day is written here."""
    match = _MIDNIGHT.fullmatch(date)
    return match[1] if match else date
