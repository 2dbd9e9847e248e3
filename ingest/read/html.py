"""Saved web pages: one page, one article.

What the page says about itself to machines (JSON-LD, OpenGraph, meta tags) counts before what is guessed
from its looks. The main text, and whatever the page does not say, is found by trafilatura.
"""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any

from ingest.article import Draft, Rejection, Warned
from ingest.byline import is_full_name
from ingest.dates import parse_moment
from ingest.furniture import name_key
from ingest.read.source import Refused, Source, decode

SUFFIXES = (".html", ".htm", ".xhtml")

_START = re.compile(
    r"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:(?><!--.*?-->)\s*)*+<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_CHARSET = re.compile(
    rb"<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE
)
_ARTICLE_TYPE = re.compile(r"(?:Article|Posting|Report|Review|BlogPost)$")
_COMPANIES = ("Organization", "NewsMediaOrganization", "Corporation")
_MANY = 2_000  # JSON-LD objects looked at in one page
_SHORT = 300  # characters; a shorter main text is worth a look at the page's own `articleBody`

_PUBLISHED = ("article:published_time", "og:article:published_time", "datepublished", "parsely-pub-date",
              "sailthru.date", "pubdate", "publish-date", "publish_date", "publishdate", "publication_date",
              "dc.date.issued", "dcterms.created", "dc.date", "date")  # fmt: skip
_UPDATED = ("article:modified_time", "og:updated_time", "datemodified", "lastmod", "last-modified")


def looks_like_html(head: str) -> bool:
    return _START.match(head) is not None


def read_html(source: Source, mapping: Mapping[str, str]) -> Iterator[Draft | Rejection]:
    """The article of a page. `mapping` has nothing to rename here."""
    data = source.whole()
    declared = _CHARSET.search(data[:4096])
    page, guessed = decode(data, declared[1].decode("ascii") if declared else None)
    fields = parse_html(page)
    if not fields.get("text"):
        raise Refused("no_text", "no article was found on the page")
    yield Draft(fields, source.shown, "", source.origin)
    if guessed:
        yield Warned(source.shown, "", "encoding", f"not UTF-8: read as {guessed}")


def parse_html(page: str) -> dict[str, Any]:
    """The fields of the article on a page, as far as they are there; `Refused` if it cannot be parsed."""
    try:
        return _parse(page)
    except ImportError as error:
        reason = f"web pages need the package trafilatura, which does not load: {error}"
        raise Refused("no_reader", reason) from error
    except RecursionError as error:
        raise Refused("broken_html", "the page is nested too deeply") from error
    except Exception as error:  # the libraries were not written with hostile pages in mind
        raise Refused("broken_html", f"the page cannot be parsed ({type(error).__name__})") from error


def _parse(page: str) -> dict[str, Any]:
    import trafilatura
    from lxml import html  # type: ignore[import-untyped]

    for name in ("trafilatura", "htmldate", "courlan"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True)
    root = html.document_fromstring(page.encode("utf-8", "replace"), parser=parser)
    found: Any = trafilatura.bare_extraction(
        page, include_comments=False, favor_precision=True, with_metadata=True
    )
    said = _linked_data(root)
    meta = _metas(root)
    fields: dict[str, Any] = {
        "title": _first(said.get("headline"), meta("og:title", "twitter:title"), found and found.title,
                        root.findtext(".//title")),
        "source": _outlet(meta("og:site_name"), _name(said.get("publisher"))) or meta("application-name"),
        "authors": _authors(said.get("author"), meta("author", "article:author", "byl", "parsely-author"),
                            found and found.author),
        "published": _first_date(said.get("datePublished"), *map(meta, _PUBLISHED), _time(root),
                                 found and found.date),
        "updated": _first_date(said.get("dateModified"), *map(meta, _UPDATED)),
        "url": _address(root, meta, said),
        "section": _first(meta("article:section"), said.get("articleSection")),
        "language": _first(root.get("lang"), said.get("inLanguage"), meta("og:locale", "content-language")),
    }  # fmt: skip
    headings = {name_key(heading.text_content()) for heading in root.iter("h1")}
    headings.add(name_key(fields["title"]))
    fields["text"] = _paragraphs(found.text if found else "", said.get("articleBody"), headings)
    return {name: value for name, value in fields.items() if value}


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


def _linked_data(root: Any) -> dict[str, Any]:
    """The JSON-LD object of the page's article, {} when it has none."""
    for script in root.iterfind(".//script[@type='application/ld+json']"):
        try:
            pending = [json.loads(script.text or "", strict=False)]
        except (ValueError, RecursionError):
            continue
        for _ in range(_MANY):
            if not pending:
                break
            value = pending.pop(0)
            if isinstance(value, list):
                pending.extend(value)
            elif isinstance(value, dict):
                if _is_article(value):
                    return value
                pending.extend(value.get(name) for name in ("@graph", "mainEntity", "mainEntityOfPage"))
    return {}


def _is_article(value: Mapping[str, Any]) -> bool:
    kinds = value.get("@type")
    return any(
        isinstance(kind, str) and _ARTICLE_TYPE.search(kind)
        for kind in (kinds if isinstance(kinds, list) else [kinds])
    )


def _metas(root: Any) -> Callable[..., str]:
    """A function from names to the content of the first meta tag that has one of them."""
    found: dict[str, str] = {}
    for tag in root.iter("meta"):
        name = tag.get("property") or tag.get("name") or tag.get("itemprop") or tag.get("http-equiv")
        content = (tag.get("content") or "").strip()
        if name and content:
            found.setdefault(name.strip().lower(), content)
    return lambda *names: next((found[name] for name in names if name in found), "")


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


def _outlet(site: str, publisher: str) -> str:
    """The site's name, in the publisher's spelling where it is the same (`usatoday`, `USA TODAY`)."""
    same = not site or site.startswith("http") or name_key(site) == name_key(publisher)
    return publisher if publisher and same else site


def _authors(said: Any, meta: str, guessed: str | None) -> list[str]:
    """The page's own list of people; else its meta tag; else what looks like a person in the guess."""
    listed = said if isinstance(said, list) else [said]
    people = [entry for entry in listed if not (isinstance(entry, dict) and entry.get("@type") in _COMPANIES)]
    names = [name for name in map(_name, people) if name and not name.startswith("http")]
    if names:
        return names
    if meta and not meta.startswith("http"):
        return [meta]
    return [name for name in (guessed or "").split("; ") if is_full_name(name)]


def _time(root: Any) -> str:
    """The date of a time element that is marked as the date of publication."""
    for tag in root.iter("time"):
        if tag.get("pubdate") is not None or tag.get("itemprop") == "datePublished":
            return str(tag.get("datetime") or tag.text_content())
    return ""


def _address(root: Any, meta: Callable[..., str], said: Mapping[str, Any]) -> str:
    links = (link.get("href") for link in root.iter("link") if "canonical" in (link.get("rel") or "").lower())
    said_at = (said.get("url"), said.get("mainEntityOfPage"))
    candidates = (str(c).strip() for c in (*links, meta("og:url"), *said_at) if isinstance(c, str))
    return next((c for c in candidates if c.startswith(("http://", "https://"))), "")
