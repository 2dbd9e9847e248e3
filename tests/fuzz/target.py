"""One input through a whole reader, cleaning and cutting, in this process; a broken promise is raised.

Knows what must hold of what comes out, not where the bytes come from.
"""

from __future__ import annotations

import io
import json
import pickle
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from ingest.article import Article, Draft, Rejection
from ingest.chunk import embedded_text, header_of, passages_of
from ingest.clean import clean
from ingest.links import entries, feed_links, is_feed, is_sitemap
from ingest.read import KINDS, _kind
from ingest.read.source import Refused, Source
from ingest.read.worker import Item, guarded

_LONGEST_REASON = 600
_FAULTS = ("broken", "crashed")  # what a reader did not foresee


def examine(reader: str, data: bytes) -> None:
    """Reads the bytes as a file of this kind; raises what the reader, or a check of what it found, raises."""
    if reader == "sitemap":
        _follow(data)
        return
    if reader == "compressed":
        with suppress(Refused):
            for item in _parts(Source(Path("a.zip")).file_inside("a.jsonl", io.BytesIO(data))):
                _check(item)
        return
    kind = next(kind for kind in KINDS if kind.name == reader)
    source = Source(Path("a" + "".join(kind.suffixes[:1])), content=data)
    with suppress(Refused):
        _kind(source)  # every look at it, before its own reader has one
    for item in _opened(guarded(source, kind.read(source, {}))):
        _check(item)


def _follow(data: bytes) -> None:
    is_feed(data)
    assert all(isinstance(link, str) for link in feed_links(data))
    if is_sitemap(data):
        with suppress(Refused):
            assert all(entry.url for entry in entries(data))


def _parts(source: Source) -> Iterator[Draft | Rejection]:
    """What a part of a container holds, told by its content as ever."""
    try:
        kind = _kind(source)
    except Refused as refused:
        yield Rejection(source.shown, source.where, refused.code, refused.reason)
        return
    yield from _opened(guarded(source, kind.read(source, {})))


def _opened(items: Iterator[Item]) -> Iterator[Draft | Rejection]:
    for item in items:
        if isinstance(item, Source):
            yield from _parts(item)
        else:
            yield item


def _check(item: Draft | Rejection) -> None:
    pickle.dumps(item)  # it may have to come from another process
    if isinstance(item, Rejection):
        assert item.code not in _FAULTS, item.reason
        assert 0 < len(item.reason) < _LONGEST_REASON, "a reason is a sentence"
        _check_printable(item)
        return
    assert item.fields.get("text"), "a draft has a text"
    cleaned = clean(item)
    if isinstance(cleaned, Rejection):
        _check(cleaned)
        return
    article, warnings = cleaned
    for warning in warnings:
        _check(warning)
    _check_article(article)


def _check_printable(item: Rejection) -> None:
    told = f"{item.path}{item.where}{item.code}{item.reason}"
    assert told.isprintable(), f"a report is lines of printable text: {told!r}"


def _check_article(article: Article) -> None:
    assert article.text
    assert article.title
    json.dumps(article.to_json(), ensure_ascii=False).encode()
    header = header_of(article)
    for passage in passages_of(article):
        assert article.text[passage.start : passage.end] == passage.text
        assert passage.text.strip()
        embedded_text(header, passage.text)
