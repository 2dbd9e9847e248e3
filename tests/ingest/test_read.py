"""Folders are walked in order, compressed files opened, and what is not read says why."""

from __future__ import annotations

import gzip
import os
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest
import zstandard

from ingest.article import Draft, Rejection, Warned
from ingest.errors import UsageError
from ingest.read import KINDS, read

STORY = "Bridge opens\n\nThe bridge over the Sele opened on Tuesday.\n"
LINE = '{"title": "Bridge opens", "text": "The bridge over the Sele opened on Tuesday."}\n'

Pack = Callable[[bytes], bytes]
PACKS = [(".gz", gzip.compress), (".zst", zstandard.ZstdCompressor(write_checksum=True).compress)]


def drafts(path: Path) -> list[Draft]:
    found = list(read(path))
    assert all(isinstance(item, Draft) for item in found)
    return [item for item in found if isinstance(item, Draft)]


def rejections(path: Path) -> list[tuple[str, str]]:
    """(name, code) of what a path does not give."""
    found = [item for item in read(path) if isinstance(item, Rejection) and not isinstance(item, Warned)]
    assert all(item.reason and not item.reason.endswith(".") for item in found)
    return [(Path(item.path).name, item.code) for item in found]


def write(path: Path, content: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def refuse(monkeypatch: pytest.MonkeyPatch, place: object, method: str, name: str) -> None:
    """Makes a method fail for every path of that name, as it does without permission (which root has)."""
    allowed = getattr(place, method)

    def refused(path: Path, *args: object, **more: object) -> object:
        if isinstance(path, Path) and path.name == name:
            raise PermissionError(13, "Permission denied")
        return allowed(path, *args, **more)

    monkeypatch.setattr(place, method, refused)


def test_a_folder_is_read_in_the_order_of_its_paths(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.txt", "a/b/c.txt", "c.jsonl", "B.md"):
        write(tmp_path / name, LINE if name.endswith("l") else STORY)
    names = [Path(item.path).relative_to(tmp_path).as_posix() for item in drafts(tmp_path)]
    assert names == ["B.md", "a/b/c.txt", "a/z.txt", "b.txt", "c.jsonl"]


def test_a_missing_path_and_an_unknown_field_are_wrong_use(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"no file or folder .*nowhere"):
        read(tmp_path / "nowhere")
    with pytest.raises(UsageError, match="'headline' is not a field"):
        read(tmp_path, mapping={"headline": "h"})


def test_an_empty_folder_gives_nothing(tmp_path: Path) -> None:
    assert list(read(tmp_path)) == []


def test_a_file_that_is_one_article_has_an_origin_however_it_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = write(tmp_path / "a.txt", STORY)
    monkeypatch.chdir(tmp_path)
    (found,), (relative,) = drafts(file), drafts(Path("a.txt"))
    assert found.origin == relative.origin == str(file.resolve())
    assert drafts(write(tmp_path / "b.jsonl", LINE))[0].origin is None
    assert drafts(write(tmp_path / "c.json", LINE))[0].origin == str((tmp_path / "c.json").resolve())


@pytest.mark.parametrize(("suffix", "pack"), PACKS)
@pytest.mark.parametrize(("name", "content"), [("a.txt", STORY), ("a.jsonl", LINE * 3), ("a.json", LINE)])
def test_a_compressed_file_reads_as_what_it_holds(
    tmp_path: Path, suffix: str, pack: Pack, name: str, content: str
) -> None:
    plain = drafts(write(tmp_path / name, content))
    packed = drafts(write(tmp_path / (name + suffix), pack(content.encode())))
    misnamed = drafts(write(tmp_path / "sub" / name, pack(content.encode())))
    assert [item.fields for item in packed] == [item.fields for item in plain]
    assert [item.fields for item in misnamed] == [item.fields for item in plain]


@pytest.mark.parametrize(("suffix", "pack"), PACKS)
def test_parts_of_a_compressed_file_are_read_in_turn(tmp_path: Path, suffix: str, pack: Pack) -> None:
    parts = pack(LINE.encode()) + pack((LINE * 2).encode())
    assert len(drafts(write(tmp_path / f"a.jsonl{suffix}", parts))) == 3


@pytest.mark.parametrize(("suffix", "pack"), PACKS)
def test_a_cut_off_file_gives_its_earlier_records(tmp_path: Path, suffix: str, pack: Pack) -> None:
    lines = "".join(LINE.replace("Tuesday", f"day {n} {os.urandom(40).hex()}") for n in range(5_000))
    whole = pack(lines.encode())
    found = list(read(write(tmp_path / f"a.jsonl{suffix}", whole[: len(whole) // 2])))
    assert 500 < len(found) < 4_500
    assert all(isinstance(item, Draft) for item in found[:-1])
    last = found[-1]
    assert isinstance(last, Rejection)
    assert (last.code, last.where) == ("truncated", f"line {len(found)}")


@pytest.mark.parametrize(("suffix", "pack"), PACKS)
def test_a_cut_off_or_damaged_text_is_not_taken_for_the_whole(
    tmp_path: Path, suffix: str, pack: Pack
) -> None:
    whole = pack((STORY + os.urandom(3_000).hex()).encode())
    write(tmp_path / f"a.txt{suffix}", whole[:-500])
    write(tmp_path / f"b.txt{suffix}", whole[:200] + b"\xff" * 50 + whole[250:])
    write(tmp_path / f"c.txt{suffix}", whole[:6])
    codes = dict(rejections(tmp_path))
    assert codes[f"a.txt{suffix}"] == "truncated"
    assert codes[f"b.txt{suffix}"] in ("broken_compression", "binary", "truncated")
    assert codes[f"c.txt{suffix}"] in ("truncated", "broken_compression", "empty")
    assert len(codes) == 3


def test_what_is_no_text_is_told_by_its_content(tmp_path: Path) -> None:
    cases: dict[str, tuple[str | bytes, str]] = {
        "empty.txt": ("", "empty"),
        "blank.txt": ("\ufeff \n\n", "empty"),
        "program.txt": (b"\x7fELF" + bytes(500), "binary"),
        "nulls.txt": (b"words " * 50 + bytes(9), "binary"),
        "noise.txt": (bytes(range(256)) * 9, "binary"),
        "photo.json": (b"\xff\xd8\xff\xe0\x00\x10JFIF" + b"x" * 99, "binary"),
        "paper.pdf": ("%PDF-1.7\n", "broken_pdf"),
        "zip.gz": (gzip.compress(gzip.compress(b"x" * 99)), "unknown_format"),
        "table.xyz": ("title,text\n", "unknown_format"),
        "title.txt": ("Bridge opens\n", "ok"),
    }
    for name, (content, _) in cases.items():
        write(tmp_path / name, content)
    expected = {name: code for name, (_, code) in cases.items() if code != "ok"}
    assert dict(rejections(tmp_path)) == expected


def test_content_decides_before_the_name(tmp_path: Path) -> None:
    page = f"<!DOCTYPE html><html><body>{'<p>The bridge over the Sele opened.</p>' * 9}</body></html>"
    write(tmp_path / "lines.txt", LINE * 2)
    write(tmp_path / "page.txt", page)
    write(tmp_path / "README", STORY)
    write(tmp_path / "list.txt", "[Update] The bridge opened\n\nIt opened on Tuesday.\n")
    found = drafts(tmp_path)
    assert [Path(item.path).name for item in found] == [
        "README",
        "lines.txt",
        "lines.txt",
        "list.txt",
        "page.txt",
    ]
    assert found[3].fields["title"] == "[Update] The bridge opened"
    assert "<p>" not in found[4].fields["text"]


def test_hidden_files_and_links_are_named_and_not_followed(tmp_path: Path) -> None:
    outside = write(tmp_path / "outside" / "secret.txt", STORY)
    folder = tmp_path / "folder"
    write(folder / "a.txt", STORY)
    write(folder / ".hidden.txt", STORY)
    write(folder / ".git" / "b.txt", STORY)
    (folder / "loop").symlink_to(folder)
    (folder / "itself").symlink_to(folder / "itself")
    (folder / "out.txt").symlink_to(outside)
    (folder / "outdir").symlink_to(outside.parent)
    (folder / "same.txt").symlink_to(folder / "a.txt")
    assert rejections(folder) == [
        (".git", "hidden"), (".hidden.txt", "hidden"), ("itself", "link"), ("loop", "link"),
        ("out.txt", "link"), ("outdir", "link"), ("same.txt", "link"),
    ]  # fmt: skip
    assert len(drafts(folder / "out.txt")) == len(drafts(folder / "outdir")) == 1
    assert len(drafts(folder / ".hidden.txt")) == len(drafts(folder / ".git")) == 1


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    assert rejections(tmp_path) == [("pipe.txt", "not_a_file")]
    assert rejections(Path(os.devnull)) == [("null", "not_a_file")]
    (tmp_path / "dangling").symlink_to(tmp_path / "nowhere")
    assert rejections(tmp_path / "dangling") == [("dangling", "unreadable")]


def test_what_cannot_be_opened_is_named_and_the_rest_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path / "a.txt", STORY)
    write(tmp_path / "b.txt", STORY)
    write(tmp_path / "c" / "d.txt", STORY)
    write(tmp_path / "e.txt", STORY)
    refuse(monkeypatch, os, "open", "a.txt")
    refuse(monkeypatch, Path, "iterdir", "c")
    refuse(monkeypatch, Path, "is_dir", "e.txt")
    found = list(read(tmp_path))
    assert [type(item) for item in found] == [Rejection, Draft, Rejection, Rejection]
    assert rejections(tmp_path) == [("a.txt", "unreadable"), ("c", "unreadable"), ("e.txt", "unreadable")]
    assert "Permission denied" in found[0].reason  # type: ignore[union-attr]


def test_a_name_that_is_no_text_is_shown_as_well_as_can_be(tmp_path: Path) -> None:
    write(Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt")), STORY)
    (found,) = drafts(tmp_path)
    assert found.path.endswith("caf\\xe9.txt")
    assert found.origin
    assert found.origin.encode("utf-8")


@pytest.mark.parametrize(
    ("encoding", "warns"),
    [("utf-8", False), ("utf-8-sig", False), ("utf-16", False), ("utf-32", False), ("cp1252", True)],
)
@pytest.mark.parametrize(
    ("name", "content"),
    [("a.txt", "Café opens\n\nThe “Café” over the Sele opened.\n"),
     ("a.jsonl", '{"title": "Café opens", "text": "The “Café” over the Sele opened."}\n'),
     ("a.json", '{"title": "Café opens",\n "text": "The “Café” over the Sele opened."}'),
     ("b.json", '[{"title": "Café opens", "text": "The “Café” over the Sele opened."}]')],
)  # fmt: skip
def test_encodings_are_recognised_and_a_guess_is_said(
    tmp_path: Path, name: str, content: str, encoding: str, warns: bool
) -> None:
    found = list(read(write(tmp_path / name, content.encode(encoding))))
    assert isinstance(found[0], Draft)
    assert found[0].fields["title"] == "Café opens"
    assert found[0].fields["text"] == "The “Café” over the Sele opened."
    assert [type(item) for item in found[1:]] == [Warned] * warns
    assert all(item.code == "encoding" and "1252" in item.reason for item in found[1:])  # type: ignore[union-attr]


@pytest.mark.parametrize(("suffix", "pack"), [("", bytes), *PACKS])
@pytest.mark.parametrize("name", ["a.txt", "a.html", "a.json"])
def test_a_file_over_the_limit_is_refused_before_it_fills_the_memory(
    tmp_path: Path, name: str, suffix: str, pack: Pack, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEWSDESK_MAX_FILE_MB", "0.1")
    content = b'{"text": "' + os.urandom(2_000_000).hex().encode()
    file = write(tmp_path / (name + suffix), pack(content))
    tracemalloc.start()
    found = rejections(file)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert found == [(name + suffix, "too_large")]
    assert peak < 2_000_000


def test_every_kind_of_file_has_its_own_names() -> None:
    suffixes = [suffix for kind in KINDS for suffix in kind.suffixes]
    assert len(suffixes) == len(set(suffixes))
