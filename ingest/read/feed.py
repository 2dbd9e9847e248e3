"""Feeds: RSS of every version, Atom and CDF; each entry that has a text becomes an article.

The full text where the feed carries it, else its summary, which is then marked as such. Read by feedparser,
which is only ever given text: nothing is fetched. The outlet is the feed's title, or whom the entry names.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urljoin

from ingest.article import Draft, Moment, Rejection, Warned
from ingest.dates import parse_moment
from ingest.furniture import is_name_of, name_key
from ingest.identity import host_of, outlet_of
from ingest.read.doctype import root_name, without_doctype
from ingest.read.prose import markup_to_prose, plain_title, without_headline
from ingest.read.release import global_id
from ingest.read.source import Refused, Source
from ingest.read.xml import decode_xml, elements

SUFFIXES = (".rss", ".atom", ".rdf", ".cdf", ".xml")

_ROOTS = frozenset(("rss", "feed", "rdf", "channel"))
_AS_DECODED = {"content-type": "application/xml; charset=utf-8"}
_SEPARATOR = re.compile(r" (?:[|–—·•>»-]|::|//) |: ")
_WHOLE = 1_500  # characters; a longer description is the article itself
_FEWEST_LETTERS = 25  # of a summary that says anything
_LONGEST_TITLE = 500  # characters of a feed's own title that are looked at
_ADDRESS = re.compile(r"https?://", re.IGNORECASE)
_TEASER = re.compile(
    r"[\[(]\s*(?:…|\.{3})\s*[\])]$|\b(?:read|continue) (?:more|reading)\b.{0,80}$", re.IGNORECASE
)
_TRAILER = re.compile(r"\n\nThe post [^\n]{1,300} (?:appeared first on|first appeared on) [^\n]{1,100}$")


def looks_like_feed(head: str) -> bool:
    return root_name(head).lower() in _ROOTS


def read_feed(source: Source, mapping: Mapping[str, str]) -> Iterator[Draft | Rejection]:
    """The articles of a feed. `mapping` has nothing to rename here."""
    text, note = decode_xml(source.whole())
    parsed = _parsed(text)
    broken = _what_is_wrong(parsed.get("bozo_exception")) if parsed.get("bozo") else ""
    if not parsed.entries:
        raise _without_entries(text, str(parsed.get("version") or ""), broken)
    # Only Atom tells the date of an update from that of publication.
    dated = () if str(parsed.get("version")).startswith("atom") else ("updated",)
    read = False
    for number, entry in enumerate(parsed.entries, 1):
        for item in _read_entry(entry, parsed.feed, dated, source.shown, f"entry {number}"):
            read = read or isinstance(item, Draft)
            yield item
    if broken:
        reason = f"the feed is not well-formed XML ({broken}); what could be read of it was taken in"
        yield Warned(source.shown, "", "malformed_feed", reason)
    if note and read:
        yield Warned(source.shown, "", "encoding", note)


def _parsed(text: str) -> Any:
    """What feedparser makes of the text of a feed; raises `Refused`."""
    import feedparser

    try:
        for _ in elements(text, ()):
            pass
    except Refused as refused:
        if refused.code != "broken_xml":  # feedparser reads a good deal of what is not well-formed
            raise
    stream = io.BytesIO(without_doctype(text).strip().encode("utf-8", "replace"))
    try:
        return feedparser.parse(stream, response_headers=_AS_DECODED, sanitize_html=False)
    except Exception as error:  # the library was not written with hostile feeds in mind
        reason = f"the feed cannot be parsed ({type(error).__name__})"
        raise Refused("broken_feed", reason) from error


def _what_is_wrong(error: Any) -> str:
    """In a few words, without the place: feedparser changes the text before it counts lines."""
    message = error.getMessage() if hasattr(error, "getMessage") else error
    return " ".join(str(message or "cause unknown").split())[:120]


def _without_entries(text: str, version: str, broken: str) -> Refused:
    root = root_name(text)
    if not version and root.lower() not in _ROOTS:
        what = f"XML with the root <{root[:40]}>" if root else "no XML"
        return Refused("unknown_format", f"{what}, which is not a news format that is read")
    if broken:
        return Refused("broken_feed", f"the feed is not well-formed XML ({broken}) and no item can be read")
    return Refused("no_items", "the feed has no items")


def _read_entry(
    entry: Any, feed: Any, dated: tuple[str, ...], path: str, where: str
) -> Iterator[Draft | Rejection]:
    """The draft of an entry, or why it is none; `dated` names further dates that are those of publication."""
    home = _line(feed.get("link"))
    origin = _line(_dict(entry.get("source")).get("title"))
    url = _line(entry.get("feedburner_origlink")) or _line(entry.get("link"))
    content = [part for part in entry.get("content") or () if isinstance(part, dict)]
    languages = [_line(part.get("language")) for part in content]
    tags = [tag for tag in entry.get("tags") or () if isinstance(tag, dict)]
    dates = (_moment(entry, name) for name in ("published", *dated, "created"))
    fields = {
        "title": _title(entry),
        "published": next(filter(None, dates), ""),
        "updated": _moment(entry, "updated"),
        "source": origin or outlet_in(_line(feed.get("title")), home) or _line(feed.get("publisher")),
        "authors": _authors(entry) or ([] if origin else _authors(feed)),
        "url": _joined(home, url),
        "section": next((_line(tag.get("label")) or _line(tag.get("term")) for tag in tags), ""),
        "language": next(filter(None, languages), "") or _line(feed.get("language")),
    }
    full = max((_prose(part) for part in content), key=len, default="")
    summary = _prose(entry.get("summary_detail"))
    yield from drafted_entry(fields, _line(entry.get("id")), full, summary, path, where)


def drafted_entry(
    fields: Mapping[str, Any], guid: str, full: str, summary: str, path: str, where: str
) -> Iterator[Draft | Rejection]:
    """The draft of an entry, of its texts the longer one, or why it is none. `where` names its place."""
    title = str(fields["title"])
    text = without_headline(_TRAILER.sub("", max(full, summary, key=len)), title)
    only_summary = (not full and len(text) < _WHOLE) or _breaks_off(text)
    if not text or name_key(text) == name_key(title):
        yield Rejection(path, where, "no_text", "the entry has a headline and a link at most, and no text")
        return
    if only_summary and len(name_key(text)) < _FEWEST_LETTERS:
        yield Rejection(path, where, "no_text", f"the entry has no text beyond {text[:40]!r}")
        return
    known = {
        **fields,
        "text": text,
        **_identity(guid, str(fields["url"]), str(fields["source"]), only_summary),
    }
    yield Draft({name: value for name, value in known.items() if value}, path, where)
    if only_summary:
        yield Warned(path, where, "summary", "the feed holds only a summary of it")


def _breaks_off(text: str) -> bool:
    """Whether a text ends where its page goes on: with `[…]`, "Continue reading", or early with dots."""
    dots = len(text) < _WHOLE and text.endswith(("…", "..."))
    return dots or _TEASER.search(text[-120:]) is not None


def _identity(guid: str, url: str, outlet: str, only_summary: bool) -> dict[str, Any]:
    """The id of an entry, where it is not its address that decides.

    A summary stands for the article at its address, whatever else the feed calls it, and says that it does.
    """
    address = url or (guid if _ADDRESS.match(guid) else "")
    if only_summary and address:
        return {"url": address, "guessed": {"text": ""}}
    if guid and not _ADDRESS.match(guid) and (":" in guid or not url):
        return {"id": global_id(guid, outlet)}
    return {"url": address} if _ADDRESS.match(guid) else {}


def outlet_in(title: str, link: str) -> str:
    """The outlet in a feed's title (`World – The Courier`): the part that its address confirms, else all."""
    domain = outlet_of(link)
    names = {name_key(host_of(link)), name_key(domain), name_key(domain.partition(".")[0])}
    names |= {name.removeprefix("the") for name in names} | {f"the{name}" for name in names}
    title = " ".join(title[:_LONGEST_TITLE].split())
    pieces = _SEPARATOR.split(title)
    return next((piece for piece in pieces if domain and is_name_of(piece, names - {""})), title)


def _moment(entry: Any, name: str) -> Moment | str:
    """A date of an entry as it is written, or as feedparser understands it where we do not."""
    written = _line(entry[name]) if name in entry else ""
    parsed = entry.get(f"{name}_parsed") if written else None
    if parsed is None or parse_moment(written):
        return written
    year, month, day, hour, minute, second, *_ = parsed
    try:
        when = datetime(year, month, day, hour, minute, min(second, 59), tzinfo=UTC)
    except ValueError:  # it understands years that there are not
        return written
    return Moment.of(when, "second" if ":" in written else "day")


def _joined(home: str, url: str) -> str:
    """An entry's address, taken from the feed's where it is relative."""
    try:
        return urljoin(home, url) if url else ""
    except ValueError:
        return url


def _authors(entry: Any) -> list[str]:
    people = [_dict(person) for person in entry.get("authors") or ()]
    return [name for person in people if (name := _line(person.get("name")))]


def _title(entry: Any) -> str:
    title = _line(entry.get("title"))
    is_text = _line(_dict(entry.get("title_detail")).get("type")) in ("", "text/plain")
    return plain_title(title) if is_text else markup_to_prose(title) or title


def _prose(detail: Any) -> str:
    """The text of what feedparser calls a detail: a value and its type."""
    value, kind = _line(_dict(detail).get("value")), _line(_dict(detail).get("type"))
    return value.strip() if kind == "text/plain" else markup_to_prose(value)


def _dict(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _line(value: Any) -> str:
    return value if isinstance(value, str) else ""
