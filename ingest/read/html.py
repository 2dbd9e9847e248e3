"""Saved web pages: one page, one article.

What the page says about itself to machines (JSON-LD, OpenGraph, meta tags) counts before what is guessed
from its looks. The main text, and whatever the page does not say, is found by trafilatura.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from itertools import islice
from typing import Any

from ingest.article import Draft, Rejection, Warned
from ingest.byline import is_full_name
from ingest.dates import parse_date_line, parse_moment
from ingest.furniture import name_key
from ingest.identity import outlet_of
from ingest.read.encoding import charset
from ingest.read.html_data import linked_data, metas
from ingest.read.source import Refused, Source, bom_encoding, decode

SUFFIXES = (".html", ".htm", ".xhtml")

_START = re.compile(
    r"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:(?><!--.*?-->)\s*)*+<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_CHARSET = re.compile(
    rb"<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE
)
_COMPANIES = ("Organization", "NewsMediaOrganization", "Corporation")
_NEVER_HIDDEN = ("html", "head", "body", "main", "article")  # until a script shows them
_UNSEEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|(?:font-size|opacity)\s*:\s*0(?:\.0*)?\s*(?:[a-z%]+\s*)?(?:;|!|$)",
    re.IGNORECASE,
)
_LAST_PART = re.compile(r"\s+(?:[|–—·•-]|::)\s+")
_PUBLISHED_ON = re.compile(r"(?:first |originally )?(?:published|posted)\b", re.IGNORECASE)
_LONGEST_LABEL = 100
_MANY = 2_000  # texts in which a label of the date is looked for
_SHORT = 300  # characters; a shorter main text is worth a look at the page's own `articleBody`

_PUBLISHED = ("article:published_time", "og:article:published_time", "datepublished", "parsely-pub-date",
              "sailthru.date", "pubdate", "publish-date", "publish_date", "publishdate", "publication_date",
              "dc.date.issued", "dcterms.created", "dc.date", "date")  # fmt: skip
_UPDATED = ("article:modified_time", "og:updated_time", "datemodified", "lastmod", "last-modified")
_FEWEST_LETTERS = 25  # of an article; what is shorter is a menu, or an excuse


def looks_like_html(head: str) -> bool:
    return _START.match(head) is not None


def read_html(source: Source, mapping: Mapping[str, str]) -> Iterator[Draft | Rejection]:
    """The article of a page. `mapping` has nothing to rename here."""
    data = source.whole()
    found = _CHARSET.search(data[:4096])
    declared = source.charset or (found[1].decode("ascii") if found else "")
    page, guessed = decode(data, declared or None)
    fields = parse_html(page)
    if len(name_key(fields.get("text", ""))) < _FEWEST_LETTERS:
        raise Refused("no_text", "no article was found on the page")
    yield Draft({**source.hints, **fields}, source.shown, "", source.origin)
    if guessed:
        yield Warned(source.shown, "", "encoding", f"not UTF-8: read as {guessed}")
    elif declared and not data.isascii() and _is_other_than_utf8(declared, data):
        yield Warned(source.shown, "", "charset", f"it says {declared} and is UTF-8")


def _is_other_than_utf8(declared: str, data: bytes) -> bool:
    """Whether a page that declares another encoding is UTF-8 all the same."""
    codec = charset(declared)
    if codec in (None, "utf-8") or bom_encoding(data):
        return False
    try:
        data.decode("utf-8")
    except UnicodeError:
        return False
    return True


def parse_html(page: str) -> dict[str, Any]:
    """The fields of the article on a page, as far as they are there; `Refused` if it cannot be parsed."""
    try:
        return _parse(page)
    except ImportError as error:
        reason = f"web pages need the package trafilatura, which does not load: {error}"
        raise Refused("no_reader", reason) from error
    except RecursionError as error:
        raise Refused("broken_html", "the page is nested too deeply") from error
    except MemoryError:
        raise
    except Exception as error:  # the libraries were not written with hostile pages in mind
        raise Refused("broken_html", f"the page cannot be parsed ({type(error).__name__})") from error


def _parse(page: str) -> dict[str, Any]:
    import trafilatura
    from lxml import html  # type: ignore[import-untyped]

    for name in ("trafilatura", "htmldate", "courlan"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True)
    root = html.document_fromstring(page.encode("utf-8", "replace"), parser=parser)
    said = linked_data(root)
    meta = metas(root)
    titled = " ".join((root.findtext(".//title") or "").split())
    for element in [element for element in root.iter() if _is_hidden(element)]:
        element.drop_tree()
    found: Any = trafilatura.bare_extraction(
        root, include_comments=False, favor_precision=True, with_metadata=True
    )
    address = _address(root, meta, said)
    fields: dict[str, Any] = {
        "title": _first(said.get("headline"), meta("og:title", "twitter:title"),
                        _longer(found and found.title, titled)),
        "source": _outlet(meta("og:site_name"), _name(said.get("publisher")), titled, address)
        or meta("application-name"),
        "authors": _authors(said.get("author"), meta("author", "article:author", "byl", "parsely-author")),
        "published": _first_date(said.get("datePublished"), *map(meta, _PUBLISHED), _time(root),
                                 _labelled(root)),
        "updated": _first_date(said.get("dateModified"), *map(meta, _UPDATED)),
        "place": _place(said),
        "url": address,
        "section": _first(meta("article:section"), said.get("articleSection")),
        "language": _first(root.get("lang"), said.get("inLanguage"), meta("og:locale", "content-language")),
    }  # fmt: skip
    fields["guessed"] = _guess(fields, found, root) if found else {}
    headings = {name_key(heading.text_content()) for heading in root.iter("h1")}
    headings.add(name_key(fields["title"]))
    fields["text"] = _paragraphs(found.text if found else "", said.get("articleBody"), headings)
    return {name: value for name, value in fields.items() if value}


def _is_hidden(element: Any) -> bool:
    """Whether a reader does not see an element, by what it says itself."""
    if element.tag in _NEVER_HIDDEN or element.getparent() is None:
        return False
    return element.get("hidden") is not None or _UNSEEN.search(element.get("style") or "") is not None


def _paragraphs(text: str | None, body: Any, headings: Collection[str]) -> str:
    """The main text without the headline, its paragraphs set off by a blank line.

    The items of a list stay on successive lines.
    """
    text = (text or "").strip()
    if len(text) < _SHORT and isinstance(body, str) and len(body) > 2 * len(text):
        text = body.strip()
    first, _, rest = text.partition("\n")
    if rest and name_key(first) in headings:
        text = rest.lstrip()
    return re.sub(r"\n+", _break_between, text)


def _break_between(match: re.Match[str]) -> str:
    before = match.string.rfind("\n", 0, match.start()) + 1
    both_items = match.string.startswith("- ", before) and match.string.startswith("- ", match.end())
    return "\n" if both_items else "\n\n"


def _first(*values: Any) -> str:
    """The first that is a text or a number (lists give their first), as a text."""
    for value in values:
        value = value[0] if isinstance(value, list) and value else value
        if isinstance(value, str | int | float) and str(value).strip():
            return str(value).strip()
    return ""


def _first_date(*values: Any) -> str:
    """The first that can be read as a date, else the first that is anything."""
    return next((_first(value) for value in values if parse_moment(_first(value))), "") or _first(*values)


def _name(value: Any) -> str:
    value = value[0] if isinstance(value, list) and value else value
    name = value.get("name") if isinstance(value, dict) else value
    return name if isinstance(name, str) else ""


def _longer(title: str | None, titled: str) -> str:
    """The headline as it was found, unless the page's title lacks it: then it is the site's name."""
    return title if title and name_key(title) in name_key(titled) else titled or title or ""


def _outlet(site: str, publisher: str, titled: str, address: str) -> str:
    """The site's name; the publisher's where the two are spelled differently (`usatoday`, `USA TODAY`).

    Where it is only the name of a part (`U.S.`), the page's title may end with the outlet's, as the publisher
    or the host bears out.
    """
    last = _LAST_PART.split(titled)[-1]
    key = name_key(publisher)
    same = not site or site.startswith("http") or name_key(site) == key
    if publisher and (same or name_key(last) == key):
        return publisher
    return last if last and name_key(last) == outlet_of(address).split(".")[0] else site


def _guess(fields: dict[str, Any], found: Any, root: Any) -> dict[str, str]:
    """Fills in what trafilatura found and the page did not say; which fields were guessed, and why."""
    guessed = {}
    people = [name for name in (found.author or "").split("; ") if is_full_name(name)]
    if people and not fields["authors"]:
        fields["authors"], guessed["authors"] = people, ""
    if found.date and not parse_moment(fields["published"]):
        fields["published"] = found.date
        if not any(found.date == (tag.get("datetime") or "")[:10] for tag in root.iter("time")):
            guessed["published"] = "the page names no date as that of its publication"
    return guessed


def _place(said: Mapping[str, Any]) -> str:
    """Where the article says that it was written, else what place it says it is about."""
    places = (_name(said.get(name)) for name in ("dateline", "locationCreated", "contentLocation"))
    return next(filter(None, places), "")


def _authors(said: Any, meta: str) -> list[str]:
    """The page's own list of people, else its meta tag."""
    listed = said if isinstance(said, list) else [said]
    people = [entry for entry in listed if not (isinstance(entry, dict) and entry.get("@type") in _COMPANIES)]
    names = [name for name in map(_name, people) if name and not name.startswith("http")]
    if names:
        return names
    return [meta] if meta and not meta.startswith("http") else []


def _time(root: Any) -> str:
    """The date of the time element that is marked as that of publication, or of the only one there is."""
    found = [(tag, str(tag.get("datetime") or "")) for tag in root.iter("time")]
    for tag, when in found:
        if tag.get("pubdate") is not None or tag.get("itemprop") == "datePublished":
            return when or str(tag.text_content())
    return found[0][1] if len(found) == 1 else ""


def _labelled(root: Any) -> str:
    """The date that a line on the page calls the one of publication."""
    for text in islice(root.itertext(), _MANY):
        line = " ".join(text.split())
        if line.isascii() and len(line) < _LONGEST_LABEL and _PUBLISHED_ON.match(line):
            published, _ = parse_date_line(line)
            if published:
                return str(published)
    return ""


def _address(root: Any, meta: Callable[..., str], said: Mapping[str, Any]) -> str:
    links = (link.get("href") for link in root.iter("link") if "canonical" in (link.get("rel") or "").lower())
    said_at = (said.get("url"), said.get("mainEntityOfPage"))
    candidates = (str(c).strip() for c in (*links, meta("og:url"), *said_at) if isinstance(c, str))
    return next((c for c in candidates if c.startswith(("http://", "https://"))), "")
