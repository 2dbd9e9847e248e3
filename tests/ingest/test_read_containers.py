"""Archives are read file by file, as streams; what has no business in them is named."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import tarfile
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import zstandard

from ingest.article import Draft, Rejection
from ingest.read import read
from tests.ingest.bad_inputs import crowded_zip, endless_tar

STORY = b"Bridge opens\n\nThe bridge over the Sele opened on Tuesday.\n"
LINE = b'{"title": "Bridge opens", "text": "The bridge over the Sele opened on Tuesday."}\n'
FILES = {
    "2026/03/a.txt": STORY,
    "b.jsonl": LINE * 2,
    "c.jsonl.gz": gzip.compress(LINE),
    ".hidden.txt": STORY,
    "photo.jpg": b"\xff\xd8\xff" + b"x" * 99,
}

Pack = Callable[[bytes], bytes]
PACKS: list[tuple[str, Pack]] = [
    ("", bytes),
    (".gz", gzip.compress),
    (".bz2", bz2.compress),
    (".xz", lzma.compress),
    (".zst", zstandard.ZstdCompressor().compress),
]


def zip_of(files: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return target.getvalue()


def tar_of(files: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with tarfile.open(fileobj=target, mode="w") as archive:
        for name, content in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    return target.getvalue()


def outline(path: Path) -> list[tuple[str, str, str]]:
    """What comes out: (path behind the archive's, where, title or code)."""
    return [
        (item.path.removeprefix(f"{path}/"), item.where,
         item.fields["title"] if isinstance(item, Draft) else item.code)
        for item in read(path)
    ]  # fmt: skip


EXPECTED = [
    ("2026/03/a.txt", "", "Bridge opens"),
    ("b.jsonl", "line 1", "Bridge opens"),
    ("b.jsonl", "line 2", "Bridge opens"),
    ("c.jsonl.gz", "line 1", "Bridge opens"),
    (".hidden.txt", "", "hidden"),
    ("photo.jpg", "", "unknown_format"),
]


@pytest.mark.parametrize("name", ["news.zip", "news", "news.txt"])
def test_a_zip_archive_is_known_by_its_content(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(zip_of(FILES))
    assert outline(tmp_path / name) == EXPECTED


@pytest.mark.parametrize(("suffix", "pack"), PACKS)
def test_a_tar_archive_may_be_compressed(tmp_path: Path, suffix: str, pack: Pack) -> None:
    (tmp_path / f"news.tar{suffix}").write_bytes(pack(tar_of(FILES)))
    assert outline(tmp_path / f"news.tar{suffix}") == EXPECTED


def test_a_file_in_an_archive_has_an_origin_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "news.zip").write_bytes(zip_of({"a.txt": STORY, "b.txt": STORY + b"Again."}))
    origins = [item.origin for item in read(tmp_path / "news.zip") if isinstance(item, Draft)]
    assert origins == [f"{(tmp_path / 'news.zip').resolve()}/{name}" for name in ("a.txt", "b.txt")]


@pytest.mark.parametrize(("suffix", "pack"), PACKS)
def test_a_large_file_in_an_archive_is_never_held(
    tmp_path: Path, suffix: str, pack: Pack, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEWSDESK_MAX_FILE_MB", "0.05")
    large = b"".join(LINE.replace(b"Tuesday", b"day %d %4000d" % (n, n)) for n in range(3_000))
    monkeypatch.setenv("NEWSDESK_MAX_RATIO", "100000")
    make, name = (zip_of, "a.zip") if not suffix else (tar_of, f"a.tar{suffix}")
    (tmp_path / name).write_bytes(pack(make({"large.jsonl": large, "large.txt": large, "a.txt": STORY})))
    del large
    tracemalloc.start()
    count, rejected = 0, []
    for item in read(tmp_path / name):
        count += isinstance(item, Draft)
        rejected += [item.code] if isinstance(item, Rejection) else []
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (count, rejected) == (2 * 3_000 + 1, [])
    assert peak < 11_000_000


@pytest.mark.parametrize("make", [zip_of, tar_of])
def test_a_large_page_in_an_archive_is_refused(
    tmp_path: Path, make: Callable[[dict[str, bytes]], bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEWSDESK_MAX_FILE_MB", "0.1")
    page = b"<!DOCTYPE html><html><body>" + bytes(range(32, 60)) * 9_000
    (tmp_path / "a").write_bytes(make({"a.html": page, "a.txt": STORY}))
    assert outline(tmp_path / "a") == [("a.html", "", "too_large"), ("a.txt", "", "Bridge opens")]


@pytest.mark.parametrize("make", [zip_of, tar_of])
@pytest.mark.parametrize("inner", [zip_of, tar_of])
def test_an_archive_in_an_archive_is_refused(
    tmp_path: Path, make: Callable[[dict[str, bytes]], bytes], inner: Callable[[dict[str, bytes]], bytes]
) -> None:
    (tmp_path / "a").write_bytes(make({"inner": inner({"a.txt": STORY}), "b.txt": STORY}))
    assert outline(tmp_path / "a") == [("inner", "", "nested"), ("b.txt", "", "Bridge opens")]


def test_a_cut_off_tar_archive_gives_what_comes_before(tmp_path: Path) -> None:
    (tmp_path / "a.tar").write_bytes(tar_of({"a.txt": STORY, "b.txt": STORY * 99})[:1_600])
    found = [what for _, _, what in outline(tmp_path / "a.tar")]
    assert found[0] == "Bridge opens"
    assert set(found[1:]) == {"truncated"}


def test_a_damaged_file_in_a_zip_archive_costs_itself(tmp_path: Path) -> None:
    data = bytearray(zip_of({"a.txt": bytes(range(65, 91)) * 9, "b.txt": STORY}))
    data[45:50] = b"\xff" * 5
    (tmp_path / "a.zip").write_bytes(data)
    found = [what for _, _, what in outline(tmp_path / "a.zip")]
    assert found[0] in ("broken_compression", "truncated")
    assert found[1] == "Bridge opens"


def test_a_file_without_a_name_costs_itself(tmp_path: Path) -> None:
    data = bytearray(zip_of({"a": STORY, "b.txt": STORY}))
    at = data.index(b"PK\x01\x02")
    data[at + 28], data[at + 30] = 0, 1  # its name is of no letters, and the one it has is something else
    (tmp_path / "a.zip").write_bytes(data)
    assert [what for _, _, what in outline(tmp_path / "a.zip")] == ["unsafe_name", "Bridge opens"]


def test_an_office_document_is_not_taken_for_an_archive(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(zip_of({"[Content_Types].xml": b"<a/>", "xl/workbook.xml": b"<a/>"}))
    (tmp_path / "b.odt").write_bytes(zip_of({"mimetype": b"application/x", "content.xml": b"<a/>"}))
    assert [(item.code, "document" in item.reason) for item in read(tmp_path)] == [
        ("unknown_format", True)
    ] * 2


def test_a_hole_of_a_terabyte_is_refused(tmp_path: Path) -> None:
    endless_tar(tmp_path / "a.tar")
    (item,) = read(tmp_path / "a.tar")
    assert isinstance(item, Rejection)
    assert item.code == "bomb"


def test_files_that_overlap_cannot_swell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEWSDESK_MAX_RATIO", "1")
    crowded_zip(tmp_path / "a.zip", 4_000)
    codes = {item.code for item in read(tmp_path / "a.zip") if isinstance(item, Rejection)}
    assert codes == {"bomb"}
