"""Live sources: what stands at an address (a page, a feed, a sitemap) as batches to take in.

A feed yields its entries, or with `follow` the pages that they lead to; a sitemap yields its pages, an index
those of its sitemaps. What the server says is unchanged since the last visit is not read again. Knows what
fetched things are; how they are fetched is known to `ingest.fetch`, how they are read to `ingest.read`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Protocol
from urllib.parse import urljoin, urlsplit

from ingest.archive_visits import Visit
from ingest.article import Draft, Rejection, Warned
from ingest.batch import Batch, Item, Unmodified
from ingest.fetch import Fetched, FetchError, Known
from ingest.identity import clean_url, host_of
from ingest.links import Entry, entries, feed_links, is_feed, is_sitemap, unpacked
from ingest.read import read_bytes
from ingest.read.source import Refused, decode

MOST = 1_000
"""Pages of one feed or sitemap that are fetched unless more are asked for."""

_SITEMAPS = 50
_OF_PAGE = ("text", "id", "guessed")  # what no feed says of the page behind an entry
_DECLARES = re.compile(rb"charset\s*=", re.IGNORECASE)
_SUFFIX = re.compile(r"\.[A-Za-z0-9]{1,8}$")
_SUFFIXES = {
    "text/html": ".html", "application/xhtml+xml": ".html", "application/rss+xml": ".rss",
    "application/atom+xml": ".atom", "application/json": ".json", "application/feed+json": ".json",
    "text/plain": ".txt", "application/xml": ".xml", "text/xml": ".xml", "application/pdf": ".pdf",
}  # fmt: skip


class Fetches(Protocol):
    """Fetches one address; raises FetchError."""

    def get(self, url: str, known: Known | None = None) -> Fetched: ...


class Visits(Protocol):
    """Remembers visits from one run to the next."""

    def visit(self, url: str) -> Visit | None: ...
    def visited(self, url: str, etag: str, modified: str) -> None: ...


class Live:
    """One run over live sources; `most` bounds the pages that each feed or sitemap may lead to."""

    def __init__(self, fetcher: Fetches, visits: Visits, *, follow: bool = False, most: int = MOST) -> None:
        self._fetcher = fetcher
        self._visits = visits
        self._follow = follow
        self._most = most
        self._done: set[str] = set()

    def batches(self, urls: Iterable[str], mapping: Mapping[str, str] | None = None) -> Iterator[Batch]:
        """What stands at these addresses, each thing fetched a batch of its own."""
        for url in urls:
            yield from self._source(url, mapping or {})

    def _source(self, url: str, mapping: Mapping[str, str]) -> Iterator[Batch]:
        # A feed that has not changed may still lead to pages that could not be fetched the last time.
        fetched = self._fetch(url, always=self._follow)
        if isinstance(fetched, Batch):
            yield fetched
            return
        try:
            body = unpacked(fetched.body or b"") if _may_be_packed(fetched) else fetched.body or b""
            if is_sitemap(body):
                yield from self._sitemap(fetched.url, body)
                return
        except Refused as refused:
            yield Batch([Rejection(url, "", refused.code, refused.reason)])
            return
        items = list(_read(url, fetched, mapping))
        if self._follow and is_feed(body):
            yield from self._followed(fetched.url, body, items)
            yield Batch([item for item in items if isinstance(item, Draft) and not item.fields.get("url")])
        else:
            yield Batch(items, lambda: self._note(url, fetched))

    def _fetch(self, url: str, *, always: bool = False) -> Fetched | Batch:
        """What stands there, or the batch that says why there is nothing to read."""
        self._done.add(clean_url(url))
        before = None if always else self._visits.visit(url)
        try:
            fetched = self._fetcher.get(url, Known(before.etag, before.modified) if before else None)
        except FetchError as error:
            return Batch([Rejection(url[:500], "", error.code, error.reason)])
        return Batch([Unmodified(url)]) if fetched.body is None else fetched

    def _note(self, url: str, fetched: Fetched) -> None:
        self._visits.visited(url, fetched.known.etag, fetched.known.modified)

    def _page(self, url: str, changed: float | None = None, told: Draft | None = None) -> Iterator[Batch]:
        """One page, unless it was fetched in this run or after it `changed`; `told` is what a feed says."""
        if clean_url(url) in self._done:
            return
        before = self._visits.visit(url)
        if before and changed is not None and before.visited_at > changed:
            self._done.add(clean_url(url))
            yield Batch([Unmodified(url)])
            return
        fetched = self._fetch(url)
        if isinstance(fetched, Batch):
            yield fetched
            return
        items = [_completed(item, told) for item in _read(url, fetched, {})]
        yield Batch(items, lambda: self._note(url, fetched))

    def _followed(self, url: str, body: bytes, items: Iterable[Item]) -> Iterator[Batch]:
        """The pages that the entries of a feed lead to."""
        entries = [item for item in items if isinstance(item, Draft)]
        told = {clean_url(str(entry.fields.get("url") or "")): entry for entry in entries}
        links = [urljoin(url, link) for link in feed_links(body)]
        for link in links[: self._most]:
            yield from self._page(link, told=told.get(clean_url(link)))
        yield self._too_many(url, len(links))

    def _too_many(self, url: str, count: int) -> Batch:
        """Says so when there were more pages than are fetched."""
        reason = f"it leads to {count:,} pages; the first {self._most:,} were fetched"
        return Batch([Warned(url, "", "many_pages", reason)] if count > self._most else [])

    def _sitemap(self, url: str, body: bytes) -> Iterator[Batch]:
        """The pages of a sitemap and of the sitemaps it names, the newest first."""
        pages, refused = self._pages(url, body)
        yield Batch(refused)
        pages.sort(key=lambda page: page.changed.last if page.changed else 0, reverse=True)
        for page in pages[: self._most]:
            yield from self._page(page.url, page.changed.last if page.changed else None)
        yield self._too_many(url, len(pages))

    def _pages(self, url: str, body: bytes) -> tuple[list[Entry], list[Item]]:
        """All pages that a sitemap leads to, and what of it could not be read."""
        pages: list[Entry] = []
        refused: list[Item] = []
        waiting: list[tuple[str, bytes | None]] = [(url, body)]
        for _ in range(_SITEMAPS):
            if not waiting:
                break
            at, content = waiting.pop(0)
            try:
                content = unpacked(self._fetcher.get(at).body or b"") if content is None else content
                for entry in entries(content):
                    if host_of(entry.url) != host_of(at):
                        reason = f"a sitemap speaks of its own host only, not of {entry.url[:200]}"
                        refused.append(Rejection(at, "", "other_host", reason))
                    elif entry.is_index:
                        waiting.append((entry.url, None))
                    else:
                        pages.append(entry)
            except (FetchError, Refused) as error:
                refused.append(Rejection(at, "", error.code, error.reason))
        if waiting:
            refused.append(
                Rejection(url, "", "many_sitemaps", f"more than {_SITEMAPS} sitemaps are not read")
            )
        return pages, refused


def _may_be_packed(fetched: Fetched) -> bool:
    gzipped = fetched.kind in ("application/gzip", "application/x-gzip")
    return gzipped or urlsplit(fetched.url).path.endswith(".xml.gz")


def _read(url: str, fetched: Fetched, mapping: Mapping[str, str]) -> Iterator[Draft | Rejection]:
    """The articles of what was fetched, read as a file of its kind."""
    for item in read_bytes(f"page{_suffix(fetched)}", _in_utf8(fetched), mapping=mapping):
        yield _placed(item, url, fetched.url)


def _suffix(fetched: Fetched) -> str:
    """What its kind, else its address, would be called as a file."""
    if known := _SUFFIXES.get(fetched.kind):
        return known
    found = _SUFFIX.search(urlsplit(fetched.url).path)
    return found.group().lower() if found else ".html"


def _in_utf8(fetched: Fetched) -> bytes:
    """The body; in UTF-8 where only the server said what else it is in."""
    body = fetched.body or b""
    if not fetched.charset or not fetched.kind.startswith("text/") or _DECLARES.search(body[:4_096]):
        return body
    text, guessed = decode(body, fetched.charset)
    return body if guessed else text.encode("utf-8", "replace")


def _placed(item: Draft | Rejection, url: str, final: str) -> Draft | Rejection:
    """The item as one of this address; an article that does not say where it stands, stands there."""
    if not isinstance(item, Draft):
        return replace(item, path=url)
    fields = item.fields if item.where or item.fields.get("url") else {**item.fields, "url": final}
    return Draft(fields, url, item.where)


def _completed(item: Draft | Rejection, told: Draft | None) -> Draft | Rejection:
    """A page's article, with what only the entry of a feed says of it; the text and the id are the page's."""
    if not isinstance(item, Draft) or told is None:
        return item
    entry = {name: value for name, value in told.fields.items() if name not in _OF_PAGE}
    return replace(item, fields={**entry, **{name: value for name, value in item.fields.items() if value}})
