"""No bytes make a reader raise: whatever comes in, drafts and rejections come out.

Good files are damaged in every way that a disk, a network or a rascal knows. Readers whose libraries are not
Python are run where they always run, in a process that they may take down.
"""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
from collections.abc import Callable
from pathlib import Path

import docx
import pyarrow
import pyarrow.parquet
import pytest
import zstandard
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest.article import Draft, Rejection
from ingest.clean import clean
from ingest.read import KINDS, Kind, read
from ingest.read.source import Source
from ingest.read.worker import Item, guarded, workers
from tests.ingest.bad_inputs import line, page, story, text_file
from tests.ingest.test_read_containers import FILES, tar_of, zip_of
from tests.ingest.test_read_documents import BODY, pdf
from tests.ingest.test_read_mail import message
from tests.ingest.test_read_warc import http, warc


def a_docx() -> bytes:
    made, target = docx.Document(), io.BytesIO()
    made.add_heading("Bridge opens", 0)
    made.add_paragraph(story("docx"))
    made.save(target)
    return target.getvalue()


def a_parquet() -> bytes:
    target = io.BytesIO()
    table = pyarrow.table({"title": ["Bridge opens"] * 9, "text": [story(str(n)) for n in range(9)]})
    pyarrow.parquet.write_table(table, target)
    return target.getvalue()


def a_mailbox() -> bytes:
    return b"".join(b"From a@b Tue Mar  3 07:00:00 2026\n" + bytes(message(page=page("mail"))) for _ in "12")


LINKED = '<script type="application/ld+json">{"@type": "Article", "author": {"name": "Jane Doe"}}</script>'
SEEDS: dict[str, Callable[[], bytes]] = {
    "ZIP": lambda: zip_of(FILES),
    "tar": lambda: tar_of(FILES),
    "WARC": lambda: warc(http(page("warc").encode())) * 2 + warc(b"x", "warcinfo"),
    "mbox": a_mailbox,
    "e-mail": lambda: bytes(message(page=page("mail"))),
    "DOCX": a_docx,
    "PDF": lambda: pdf([[(11, line) for line in BODY]] * 2),
    "Parquet": a_parquet,
    "JSON": (line("one") + line("two") + "[" + line("three") + "]").encode,
    "CSV": f'title,text\nOne,"{story("one")}"\nTwo,"{story("two")}"\n'.encode,
    "HTML": lambda: page(
        "page", head='<script type="application/ld+json">{"@type": "Article"}</script>'
    ).encode(),
    "text": text_file("text").encode,
}
NATIVE = ("PDF", "Parquet")  # a fault in them cannot be caught, so they are run in a worker
BYTES = st.one_of(
    st.binary(max_size=40),
    st.sampled_from(
        [b"\0" * 8, b"\xff" * 8, b"9" * 12, b"<" * 30, b"\r\n\r\n", b"\xef\xbb\xbf", b"-1", b"{[" * 50]
    ),
)
CUT = st.tuples(st.floats(0, 1), st.floats(0, 0.3), BYTES)


@st.composite
def damaged(draw: st.DrawFn, seed: bytes) -> bytes:
    """A good file of which some parts were replaced, and perhaps the end is missing."""
    data = seed
    for at, size, fresh in draw(st.lists(CUT, max_size=4)):
        start = int(at * len(data))
        data = data[:start] + fresh + data[start + int(size**3 * len(data)) :]
    return data[: int(draw(st.floats(0, 1)) * len(data))] if draw(st.booleans()) else data


def read_all(kind: Kind, content: bytes) -> list[Item]:
    source = Source(Path(f"a{kind.suffixes[0]}"), content=content)
    if kind.name in NATIVE:
        return workers().submit(kind.name, source, {}).result()
    return list(guarded(source, kind.read(source, {})))


def check(name: str, content: bytes) -> None:
    kind = next(kind for kind in KINDS if kind.name == name)
    for item in read_all(kind, content):
        if isinstance(item, Rejection):
            assert item.code not in ("broken", "crashed"), item
            assert item.reason
        elif isinstance(item, Draft):
            clean(item)
        else:
            item.head()


def fuzzed(name: str, examples: int) -> None:
    @settings(max_examples=examples, database=None, suppress_health_check=list(HealthCheck))
    @given(damaged(SEEDS[name]()))
    def run(content: bytes) -> None:
        check(name, content)

    run()


@pytest.mark.parametrize("name", SEEDS)
def test_a_damaged_file_is_read_or_rejected(name: str) -> None:
    fuzzed(name, 25)


@pytest.mark.slow
@pytest.mark.parametrize("name", SEEDS)
def test_many_damaged_files_are_read_or_rejected(name: str) -> None:
    fuzzed(name, 3_000)


PACKERS = [bytes, gzip.compress, bz2.compress, lzma.compress, zstandard.ZstdCompressor().compress]


@pytest.mark.parametrize("pack", PACKERS)
@given(data=st.data())
@settings(max_examples=50, suppress_health_check=list(HealthCheck))
def test_damaged_compression_is_refused(
    tmp_path_factory: pytest.TempPathFactory, pack: Callable[[bytes], bytes], data: st.DataObject
) -> None:
    file = tmp_path_factory.mktemp("packed") / "a.jsonl.gz"
    file.write_bytes(data.draw(damaged(pack(line("packed").encode() * 9))))
    assert all(isinstance(item, Draft | Rejection) for item in read(file))
