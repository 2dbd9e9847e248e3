"""A few good examples for every reader, all invented: what fuzzing begins with."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal

import docx
import pyarrow
import pyarrow.parquet
import zstandard

from tests.ingest.bad_inputs import feed, line, page, story, text_file
from tests.ingest.news import (
    ATOM,
    JSON_FEED,
    NINJS_1,
    NINJS_3,
    NITF,
    NITF_INSIDE,
    REUTERS,
    RSS,
    as_json,
    g2_item,
    g2_message,
    newsml1,
)
from tests.ingest.test_read_containers import FILES, tar_of, zip_of
from tests.ingest.test_read_documents import BODY, pdf
from tests.ingest.test_read_mail import message
from tests.ingest.test_read_warc import arc, http, warc

LINKED = (
    '<script type="application/ld+json">{"@context": "https://schema.org", "@graph": [{"@type": '
    '"NewsArticle", "headline": "Bridge opens", "author": [{"@type": "Person", "name": "Jane Doe"}], '
    '"datePublished": "2026-03-03T07:00:00+01:00", "publisher": {"name": "The Ledger"}, '
    '"articleSection": ["Local"]}]}</script>'
    '<meta property="og:site_name" content="The Ledger"><meta property="article:published_time" content='
    '"2026-03-03T07:00:00Z"><link rel="canonical" href="https://ledger.example/a?utm_source=x">'
)
FRONT = "---\ntitle: Bridge opens\ndate: 2026-03-03\nauthor: [Jane Doe]\ntags: {a: b}\n---\n"
FIELDS = {"author": ["Jane Doe"], "id": 7, "url": "https://ledger.example/a", "story": {"body": "Bridge."}}


def a_docx() -> bytes:
    made, target = docx.Document(), io.BytesIO()
    made.core_properties.author = "Jane Doe"
    made.add_heading("Bridge opens", 0)
    made.add_paragraph(story("docx"))
    made.add_table(2, 2).cell(0, 0).text = "A toll"
    made.save(target)
    return target.getvalue()


def parquet_of(columns: dict[str, list[object]], compression: str = "snappy") -> bytes:
    target = io.BytesIO()
    pyarrow.parquet.write_table(pyarrow.table(columns), target, compression=compression)
    return target.getvalue()


def parquets() -> tuple[bytes, ...]:
    rows: dict[str, list[object]] = {"title": ["Bridge opens"] * 3, "text": [story(str(n)) for n in range(3)]}
    return (
        parquet_of(rows),
        parquet_of(rows | {"published": [datetime(2026, 3, 3), None, datetime(1, 1, 1)]}, "none"),
        parquet_of(rows | {"date": [date(2026, 3, 3)] * 3, "id": [Decimal("1.5")] * 3}, "zstd"),
        parquet_of({"text": [[1, 2], None, []], "title": [{"a": "b"}, None, {"a": "c"}]}, "gzip"),
        parquet_of(
            {"text": [b"\xff\x00", None, story("x").encode()], "url": [1.5, float("nan"), None]}, "none"
        ),
    )


def mailbox(*messages: bytes) -> bytes:
    return b"".join(b"From a@b Tue Mar  3 07:00:00 2026\n" + one + b"\n" for one in messages)


def mails() -> tuple[bytes, ...]:
    forwarded = message(page=page("mail"), Subject="Fwd: =?utf-8?b?QnJpZGdl?=", Reply_To="x <a@b.example>")
    forwarded.add_attachment(b"%PDF-1.4", "application", "pdf", filename="a.pdf")
    return bytes(message()), bytes(message(page=page("mail"))), bytes(forwarded)


def compressed() -> tuple[bytes, ...]:
    lines = (line("one") * 9).encode()
    packs = (gzip.compress, bz2.compress, lzma.compress, zstandard.ZstdCompressor().compress)
    return tuple(pack(lines) for pack in packs)


def crawls() -> tuple[bytes, ...]:
    answer = http(page("warc", head=LINKED).encode())
    chunked = (
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n"
        b"5\r\n<html\r\n0\r\n\r\n"
    )
    zipped = (
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n\r\n"
        + gzip.compress(page("zipped").encode())
    )  # fmt: skip
    return (
        warc(b"x", "warcinfo") + warc(answer) * 2,
        warc(chunked) + warc(zipped) + warc(b"{}", "metadata"),
        b"filedesc://a.arc 0.0.0.0 20260303070000 text/plain 2\n1 \n" + arc(answer) * 2,
    )


SEEDS: dict[str, Callable[[], tuple[bytes, ...]]] = {
    "DOCX": lambda: (a_docx(),),
    "PDF": lambda: (
        pdf([[(11, line) for line in BODY]] * 2),
        pdf(
            [[(22, "Bridge opens"), *((11, line) for line in BODY)]],
            info="/Title (Bridge) /Author (Jane Doe)",
        ),
    ),
    "ZIP": lambda: (zip_of(FILES), zip_of({"a.html": page("zip").encode(), "b/../c.txt": b"x"})),
    "tar": lambda: (tar_of(FILES),),
    "Parquet": parquets,
    "WARC": crawls,
    "NewsML-G2": lambda: (g2_item().encode(), g2_message(g2_item(NITF_INSIDE), g2_item()).encode()),
    "NewsML 1": lambda: (newsml1().encode(),),
    "NITF": lambda: (NITF.encode(),),
    "feed": lambda: (RSS.encode(), ATOM.encode(), feed("feed").encode()),
    "Reuters SGML": lambda: (REUTERS.encode(),),
    "mbox": lambda: (mailbox(*mails()),),
    "e-mail": mails,
    "JSON Feed": lambda: (as_json(JSON_FEED).encode(),),
    "ninjs": lambda: (
        as_json(NINJS_1).encode(),
        f"{as_json(NINJS_1)}\n{as_json(NINJS_3)}".encode(),
        as_json([NINJS_3]).encode(),
    ),
    "JSON": lambda: (
        (line("one", **FIELDS) + line("two")).encode(),
        f"[{line('three')}, {line('four', **FIELDS)}]".encode(),
        f'{{"articles": [{line("five")}]}}'.encode(),
    ),
    "HTML": lambda: (page("page", head=LINKED).encode(), page("plain").encode()),
    "CSV": lambda: (
        f'title,text,date\nOne,"{story("one")}",2026-03-03\nTwo,"{story("two")}",1/2/03\n'.encode(),
        f"headline\tbody\nOne\t{story('tab')}\n".encode(),
    ),
    "text": lambda: (text_file("text").encode(), f"{FRONT}# Bridge\n\n* {story('mark')}\n\n> x\n".encode()),
    "compressed": compressed,
    "sitemap": lambda: (
        b'<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url>'
        b"<loc>https://ledger.example/a</loc><lastmod>2026-03-03</lastmod></url></urlset>",
        RSS.encode(),
        as_json(JSON_FEED).encode(),
    ),
}
"""By the name of a reader: a kind of file, or one of the two that are none."""
