"""No bytes make a reader of news formats raise anything but `Refused`, or say nothing of what it read.

Good examples are damaged in the ways that disks, networks and hands damage them.
"""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest.article import Moment, Rejection
from ingest.clean import clean
from ingest.read.feed import read_feed
from ingest.read.jsonfeed import read_json_feed
from ingest.read.newsml1 import read_newsml1
from ingest.read.newsml_g2 import read_newsml_g2
from ingest.read.ninjs import read_ninjs
from ingest.read.nitf import read_nitf
from ingest.read.reuters import read_reuters
from tests.ingest.news import (
    ATOM,
    JSON_FEED,
    NINJS_1,
    NINJS_3,
    NITF,
    NITF_INSIDE,
    REUTERS,
    RSS,
    Read,
    as_json,
    found,
    g2_item,
    g2_message,
    newsml1,
)

GOOD: dict[str, tuple[Read, tuple[str, ...]]] = {
    "newsml_g2": (read_newsml_g2, (g2_item(), g2_message(g2_item(NITF_INSIDE), g2_item()))),
    "newsml1": (read_newsml1, (newsml1(),)),
    "nitf": (read_nitf, (NITF,)),
    "ninjs": (read_ninjs, (as_json(NINJS_1), f"{as_json(NINJS_1)}\n{as_json(NINJS_3)}", as_json([NINJS_3]))),
    "feed": (read_feed, (RSS, ATOM)),
    "json_feed": (read_json_feed, (as_json(JSON_FEED),)),
    "reuters": (read_reuters, (REUTERS,)),
}
PIECES = (
    b"\x00", b"\xff", b"\xc3", b"\xef\xbb\xbf", b"<", b">", b"&", b"&#0;", b"&#3;", b"&#xD800;", b"&nope;",
    b"]]>", b"<![CDATA[", b"<!--", b"-->", b"<?x ?>", b"</p>", b"<p>", b"<item>", b"<entry>", b"<nitf>",
    b"<x:y/>", b"</REUTERS>", b'"', b"'", b"{", b"}", b"[", b"]", b"null", b"NaN", b"1e999", b"-1",
    b'"\\ud800"', b"\\u0000", b"0001-01-01", b"9999-12-31T23:59:59-14:00", b"http://[", b"//", b"\r", b" ",
    b" hidden='' ", b"<!DOCTYPE a [<!ENTITY b 'c'>]>", b"xml:base='http://['", b"encoding='utf-16'",
    b"<title type='application/octet-stream'>", b"version='2.0'",
)  # fmt: skip


@st.composite
def damaged(draw: st.DrawFn, examples: tuple[str, ...]) -> bytes:
    """A good example with some of its bytes flipped, cut, doubled, or pieces put between them."""
    data = bytearray(draw(st.sampled_from(examples)).encode())
    for _ in range(draw(st.integers(1, 6))):
        start = draw(st.integers(0, len(data)))
        end = min(len(data), start + draw(st.integers(0, 200)))
        how = draw(st.sampled_from(("flip", "cut", "double", "insert", "swap", "end")))
        if how == "flip" and data:
            data[start % len(data)] = draw(st.integers(0, 255))
        elif how == "cut":
            del data[start:end]
        elif how == "double":
            data[start:start] = data[start:end] * draw(st.integers(1, 3))
        elif how == "insert":
            data[start:start] = draw(st.sampled_from(PIECES))
        elif how == "swap":
            data[start:end] = draw(st.binary(max_size=20))
        else:
            del data[max(start, 1) :]
    return bytes(data)


def check(read: Read, data: bytes) -> None:
    items = found(read, data)
    assert items, "something is said of every file"
    for item in items:
        if isinstance(item, Rejection):
            assert item.code
            assert 0 < len(item.reason) < 400
            continue
        assert str(item.fields["text"]).strip()
        for value in item.fields.values():
            assert isinstance(value, str | int | Moment) or all(isinstance(one, str) for one in value)
        clean(item)


@pytest.mark.parametrize("name", GOOD)
@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_damage_is_turned_away_or_read(name: str, data: st.DataObject) -> None:
    read, examples = GOOD[name]
    check(read, data.draw(damaged(examples)))


@pytest.mark.slow
@pytest.mark.parametrize("name", GOOD)
@settings(deadline=None, max_examples=5_000, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_much_damage_is_turned_away_or_read(name: str, data: st.DataObject) -> None:
    read, examples = GOOD[name]
    check(read, data.draw(damaged(examples)))


@pytest.mark.parametrize("name", GOOD)
@given(data=st.binary(max_size=300))
def test_arbitrary_bytes_do_no_harm(name: str, data: bytes) -> None:
    check(GOOD[name][0], data)


@pytest.mark.parametrize("name", GOOD)
def test_every_cut_of_a_good_file_is_survived(name: str) -> None:
    read, examples = GOOD[name]
    data = examples[0].encode()
    for end in range(0, len(data), max(1, len(data) // 60)):
        check(read, data[:end])
