"""NewsML 1: the news items of an envelope; each component with a headline and a text becomes an article.

Knows versions 1.0 to 1.2. Photos, logos, style sheets and contact lines that come along are left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ingest.article import Draft, Rejection, Warned
from ingest.read.doctype import root_name
from ingest.read.nitf import wrapped_text
from ingest.read.prose import with_dateline, without_headline
from ingest.read.release import Item, byline_in, drafted, first_date, number_in
from ingest.read.source import Refused, Source
from ingest.read.xml import attribute, below, child, decode_xml, elements, line, local_name

SUFFIXES = ()

_MAIN_ROLES = frozenset(("main", "main text", "maintext", "body", "bodytext", "story", "article", "text"))
_OTHER_ROLES = frozenset(
    "stylesheet headline subheadline headlines caption photo picture image graphic logo video audio "
    "thumbnail contact abstract summary sidebar".split()
)
_NAME = "FormalName"


def looks_like_newsml1(head: str) -> bool:
    return root_name(head) == "NewsML"


def read_newsml1(source: Source, mapping: Mapping[str, str]) -> Iterator[Draft | Rejection]:
    """The articles of a NewsML 1 file. `mapping` has nothing to rename here."""
    text, note = decode_xml(source.whole())
    number = 0
    sender = ""
    read = False
    try:
        for element in elements(text, ("NewsEnvelope", "NewsItem")):
            if local_name(element) == "NewsEnvelope":
                sender = attribute(element, _NAME, "SentFrom", "Party")
                continue
            number += 1
            for result in _read_item(element, sender, source, f"item {number}"):
                read = read or isinstance(result, Draft)
                yield result
    except Refused as refused:
        if not number:
            raise
        rest = f"from item {number + 1} on: {refused.reason}"
        yield Rejection(source.shown, f"item {number + 1}", refused.code, rest)
    if not number:
        raise Refused("no_items", "the file holds no news items")
    if note and read:
        yield Warned(source.shown, "", "encoding", note)


def _read_item(element: Any, sender: str, source: Source, where: str) -> Iterator[Draft | Rejection]:
    """The articles of a news item, each with the headline that stands over it."""
    articles = _articles(element)
    if not articles:
        empty = _item(element, child(element, "NewsComponent"), Item({"text": ""}), sender, "")
        why = Rejection(source.shown, where, "no_text", _why_no_text(element))
        yield from drafted(empty, source.shown, where) if empty.taken_back else [why]
    for number, (component, inside) in enumerate(articles, 1):
        part = where if number == 1 else f"{where}, part {number}"
        suffix = "" if number == 1 else f"#{number}"
        yield from drafted(_item(element, component, inside, sender, suffix), source.shown, part)


def _articles(element: Any) -> list[tuple[Any, Item]]:
    """The components that a headline stands over, each with its best text."""
    best: dict[Any, tuple[int, Item]] = {}
    for content in below(element, "ContentItem"):
        rank = _rank(content)
        inside = _text_of(content) if rank is not None else Item({"text": ""})
        headed = next((outer for outer in _components(content) if _headline(outer)), element)
        if rank is not None and inside.fields["text"] and (headed not in best or rank < best[headed][0]):
            best[headed] = rank, inside
    return [(component, inside) for component, (_, inside) in best.items()]


def _components(element: Any) -> Iterator[Any]:
    """The components around an element, from the inside out."""
    return (outer for outer in element.iterancestors() if local_name(outer) == "NewsComponent")


def _rank(content: Any) -> int | None:
    """How likely a piece of content is the article itself, 0 for surely; None for what is not."""
    roles = (attribute(outer, _NAME, "Role").lower() for outer in _components(content))
    role = next(filter(None, roles), "")
    medium = attribute(content, _NAME, "MediaType").lower()
    if role.replace(" ", "") in _OTHER_ROLES or medium not in ("", "text", "complexdata"):
        return None
    return 0 if role in _MAIN_ROLES else 1 if not role else 2


def _text_of(content: Any) -> Item:
    """What a piece of content says; its text is "" where it lies elsewhere, is encoded, or is no text."""
    data, media_type = child(content, "DataContent"), attribute(content, _NAME, "MimeType").lower()
    if data is None or media_type == "text/css":
        return Item({"text": ""})
    return wrapped_text(data, "text/html" if "html" in media_type else "")


def _item(element: Any, component: Any, inside: Item, sender: str, suffix: str) -> Item:
    identity, management = (
        child(element, "Identification", "NewsIdentifier"),
        child(element, "NewsManagement"),
    )
    whole = child(element, "NewsComponent")
    title = _headline(component) or inside.fields.get("title") or _headline(whole)
    language = _first(component, whole, _NAME, "DescriptiveMetadata", "Language")
    provider = _first(component, whole, _NAME, "AdministrativeMetadata", "Provider", "Party")
    byline = byline_in(line(_news_line(component, whole, "ByLine")), language)
    status = attribute(management, _NAME, "Status")
    until = line(child(management, "StatusWillChange", "DateAndTime"))
    dateline = line(_news_line(component, whole, "DateLine"))
    changed = line(child(management, "ThisRevisionCreated"))
    revision = number_in(line(child(identity, "RevisionId")))
    fields = {
        "id": _id(identity) + suffix,
        "title": title,
        "text": with_dateline(without_headline(inside.fields["text"], title), dateline),
        "source": provider or sender or inside.fields.get("source") or line(child(identity, "ProviderId")),
        "authors": [byline] if byline else inside.fields.get("authors", []),
        "published": first_date(
            line(child(management, "FirstCreated")),
            changed if revision <= 1 else "",
            inside.fields.get("published", ""),
        ),
        "updated": changed,
        "place": dateline or inside.fields.get("place", ""),
        "revision": revision,
        "section": inside.fields.get("section", ""),
        "language": language or inside.fields.get("language", ""),
    }
    return Item(
        fields,
        status or inside.status,
        until if status.lower() == "embargoed" else inside.embargo,
        inside.only_summary,
        line(child(element, "Comment")) or inside.note,
    )


def _id(identity: Any) -> str:
    """The name of a news item in all its revisions."""
    parts = [line(child(identity, name)) for name in ("ProviderId", "DateId", "NewsItemId")]
    return f"urn:newsml:{':'.join(parts)}" if all(parts) else line(child(identity, "PublicIdentifier"))


def _headline(component: Any) -> str:
    return line(child(component, "NewsLines", "HeadLine"))


def _news_line(component: Any, whole: Any, name: str) -> Any:
    found = child(component, "NewsLines", name)
    return child(whole, "NewsLines", name) if found is None else found


def _first(component: Any, whole: Any, name: str, *path: str) -> str:
    return attribute(component, name, *path) or attribute(whole, name, *path)


def _why_no_text(element: Any) -> str:
    names = {attribute(content, _NAME, "MediaType") for content in below(element, "ContentItem")}
    media = ", ".join(sorted(name.lower()[:20] for name in names if name))
    return f"the item holds no article text, only {media}" if media else "the item holds no article text"
