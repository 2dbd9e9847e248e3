"""WARC and ARC: pages come out as articles, everything else with what it is."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from ingest.article import Draft
from ingest.read import read
from tests.ingest.bad_inputs import page


def http(content: bytes, kind: str = "text/html; charset=utf-8", status: str = "200 OK") -> bytes:
    return f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n\r\n".encode() + content


def warc(block: bytes, kind: str = "response", url: str = "https://ledger.example/a", **more: str) -> bytes:
    named = {"WARC_Type": kind, "WARC_Target_URI": url, "Content_Length": str(len(block))} | more
    head = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in named.items())
    return f"WARC/1.0\r\n{head}\r\n".encode() + block + b"\r\n\r\n"


def arc(block: bytes, url: str = "https://ledger.example/a") -> bytes:
    return f"{url} 127.0.0.1 20260303070000 text/html {len(block)}\n".encode() + block + b"\n"


def outline(path: Path) -> list[tuple[str, str]]:
    """What came out: (where, title or code)."""
    return [
        (item.where, item.fields["title"] if isinstance(item, Draft) else item.code) for item in read(path)
    ]


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz", "crawl"])
def test_pages_are_read_with_their_address(tmp_path: Path, name: str) -> None:
    records = [
        warc(b"software: x", "warcinfo"),
        warc(http(page("one").encode()), url="https://ledger.example/one"),
        warc(b"GET / HTTP/1.1\r\n\r\n", "request"),
        warc(http(b"\xff\xd8\xff", "image/jpeg")),
        warc(http(b"gone", status="404 Not Found")),
        warc(page("two").encode(), "resource", Content_Type="text/html"),
    ]
    packed = map(gzip.compress, records) if name.endswith("gz") else records
    (tmp_path / name).write_bytes(b"".join(packed))
    assert outline(tmp_path / name) == [
        ("record 1", "not_a_page"), ("record 2", "The case of one"), ("record 3", "not_a_page"),
        ("record 4", "not_a_page"), ("record 5", "not_a_page"), ("record 6", "The case of two"),
    ]  # fmt: skip
    first = next(item for item in read(tmp_path / name) if isinstance(item, Draft))
    assert first.fields["url"] == "https://ledger.example/one"
    assert first.origin is None


def test_an_arc_file_is_read_the_same_way(tmp_path: Path) -> None:
    version = b"1 0 Crawler\nURL IP-address Archive-date Content-type Archive-length\n"
    first = b"filedesc://a.arc 127.0.0.1 20260303070000 text/plain %d\n" % len(version) + version + b"\n"
    content = http(page("one").encode())
    (tmp_path / "a.arc").write_bytes(first + arc(content, "https://ledger.example/with space") + arc(content))
    assert outline(tmp_path / "a.arc") == [
        ("record 1", "not_a_page"), ("record 2", "The case of one"), ("record 3", "The case of one")
    ]  # fmt: skip


@pytest.mark.parametrize("wrong", ["1", "900", "999999", "99999999999", "-5", "many"])
def test_a_record_of_a_wrong_length_costs_itself(tmp_path: Path, wrong: str) -> None:
    good = [warc(http(page(name).encode())) for name in ("one", "two", "three")]
    bad = warc(http(page("bad").encode()), Content_Length=wrong)
    (tmp_path / "a.warc").write_bytes(good[0] + bad + good[1] + b"junk between\r\n" + good[2])
    found = outline(tmp_path / "a.warc")
    titles = [what for _, what in found if what.startswith("The case")]
    assert titles[0] == "The case of one"
    assert titles[-1] == "The case of three"
    assert "The case of bad" not in titles
    assert any(what in ("wrong_length", "broken_record", "too_large") for _, what in found)


@pytest.mark.parametrize("missing", [b"WARC-Type", b"WARC-Target-URI", b"Content-Type"])
def test_a_record_may_lack_any_header(tmp_path: Path, missing: bytes) -> None:
    bad = warc(http(page("bad").encode())).replace(missing, b"X" * len(missing))
    (tmp_path / "a.warc").write_bytes(bad + warc(http(page("good").encode())))
    found = outline(tmp_path / "a.warc")
    assert found[0][1] in ("broken_record", "not_a_page")
    assert found[1][1] == "The case of good"


def test_a_cut_off_file_gives_what_comes_before(tmp_path: Path) -> None:
    whole = warc(http(page("one").encode())) + warc(http(page("two").encode()))
    (tmp_path / "a.warc").write_bytes(whole[:-400])
    assert [what for _, what in outline(tmp_path / "a.warc")] == ["The case of one", "truncated"]
    (tmp_path / "b.warc.gz").write_bytes(gzip.compress(whole)[:-60])
    assert [what for _, what in outline(tmp_path / "b.warc.gz")][-1] == "truncated"


def test_the_servers_encoding_counts(tmp_path: Path) -> None:
    content = page("café").encode("cp1251", "replace").replace(b"caf?", "кафе".encode("cp1251"))
    (tmp_path / "a.warc").write_bytes(warc(http(content, "text/html; charset=windows-1251")))
    assert outline(tmp_path / "a.warc") == [("record 1", "The case of кафе")]


def test_chunks_and_compression_of_the_transport_are_undone(tmp_path: Path) -> None:
    packed = gzip.compress(page("one").encode())
    head = (
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked"
    )
    body = b"\r\n\r\n%x\r\n%s\r\n0\r\n\r\n" % (len(packed), packed)
    (tmp_path / "a.warc").write_bytes(warc(head + body))
    assert outline(tmp_path / "a.warc") == [("record 1", "The case of one")]


def test_every_file_of_the_samples_gives_records_or_reasons(data: Path) -> None:
    files = sorted((data / "formats" / "warc" / "test" / "data").iterdir())
    for file in files:
        found = list(read(file))
        assert found
        assert all(isinstance(item, Draft) or item.reason for item in found)
    assert sum(isinstance(item, Draft) for file in files for item in read(file)) >= 11
