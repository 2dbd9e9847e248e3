"""No bytes make a reader raise: whatever comes in, drafts and rejections come out.

Good files are damaged in the ways of disks and networks; `tests.fuzz` does more of it, and worse. Readers
whose libraries are not Python are run where they always run, in a process that they may take down.
"""

from __future__ import annotations

import bz2
import gzip
import lzma
from collections.abc import Callable
from pathlib import Path

import pytest
import zstandard
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest.article import Draft, Rejection
from ingest.clean import clean
from ingest.read import KINDS, Kind, read
from ingest.read.source import Source
from ingest.read.worker import Item, guarded, submit
from tests.fuzz.seeds import SEEDS
from tests.ingest.bad_inputs import line

READERS = [kind.name for kind in KINDS]
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
    source = Source(Path("a" + "".join(kind.suffixes[:1])), content=content)
    if kind.name in NATIVE:
        return submit(kind.name, source, {}).result()
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
    @given(st.sampled_from(SEEDS[name]()).flatmap(damaged))
    def run(content: bytes) -> None:
        check(name, content)

    run()


@pytest.mark.parametrize("name", READERS)
def test_a_damaged_file_is_read_or_rejected(name: str) -> None:
    fuzzed(name, 25)


@pytest.mark.slow
@pytest.mark.parametrize("name", READERS)
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
