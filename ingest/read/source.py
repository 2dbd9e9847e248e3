"""One input as bytes: opened, decompressed and sniffed.

It is a file, or what a container holds (`Source.file_inside`, `Source.piece`). Knows what is plainly no text,
and nothing of articles.
"""

from __future__ import annotations

import io
import os
import stat
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import IO, Any, BinaryIO

from ingest.limits import in_mb, limits
from ingest.read.encoding import Loose, bom_encoding, decode
from ingest.read.packed import SUFFIXES as PACKED
from ingest.read.packed import damage_refused, packing, unpacked
from ingest.read.refused import Refused

__all__ = [
    "HEAD", "Loose", "Passing", "Refused", "Source", "binary_kind", "bom_encoding", "decode", "printable",
]  # fmt: skip

HEAD = 64 * 1024
"""Bytes looked at to decide what a file is."""

_TRIES = 3
_MAGIC = (
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"\x89PNG\r\n", "a PNG image"),
    (b"GIF8", "a GIF image"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"Rar!", "a RAR archive"),
    (b"OggS", "an Ogg recording"),
    (b"ID3", "an MP3 recording"),
    (b"{\\rtf", "a rich text document"),
)
_CONTROLS = bytes(c for c in range(32) if c not in b"\t\n\r\f\v\x1b")
_NOT_CONTROLS = bytes(c for c in range(256) if c not in _CONTROLS)


def printable(path: Path | str) -> str:
    """The path as text for reports: one line, whatever its name is made of, and another for each other."""
    text = os.fsencode(path).decode("utf-8", "backslashreplace")
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


class Passing:
    """Content that is too large to be held and passes by once: its beginning, then the rest."""

    def __init__(self, start: bytes, rest: BinaryIO) -> None:
        self.start, self.rest = start, rest
        self._passed = False

    def open(self) -> BinaryIO:
        if self._passed:
            raise Refused("too_large", "it is too large to be read inside its archive; unpack it first")
        self._passed = True
        return io.BufferedReader(_Joined(io.BytesIO(self.start), self.rest))


class _Joined(io.RawIOBase):
    def __init__(self, *parts: IO[bytes]) -> None:
        self._parts = list(parts)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        while self._parts:
            data = self._parts[0].read(len(buffer))
            if data:
                buffer[: len(data)] = data
                return len(data)
            del self._parts[0]
        return 0


@dataclass(frozen=True, slots=True)
class Source:
    """Something to read articles from: a regular file, or a part of one.

    `inside` is the part's name in an archive and `where` its place in a series ("record 12"); `content`
    is then what it holds, decompressed. `hints` are fields that the container knows (an address) and the
    part may lack, `kind` and `charset` what it says of the content. `depth` counts the containers around it.
    """

    path: Path
    inside: str = ""
    where: str = ""
    content: bytes | Passing | None = None
    hints: Mapping[str, Any] = field(default_factory=dict)
    kind: str = ""
    charset: str = ""
    depth: int = 0

    def file_inside(self, name: str, content: BinaryIO) -> Source:
        """A file in this archive, with its content."""
        return replace(self, inside=name, depth=self.depth + 1).holding(content)

    def holding(self, content: BinaryIO) -> Source:
        """The source with this for its content: decompressed, and held when it is small, else read once."""
        with damage_refused():
            stream = unpacked(content, self._packing)
            start = _read_up_to(stream, limits().file + 1)
        return replace(self, content=Passing(start, stream) if len(start) > limits().file else start)

    def piece(self, where: str, content: bytes, kind: str, **known: Any) -> Source:
        """A piece of this series of things; `known` are its `hints` and `charset`."""
        return replace(self, where=where, content=content, kind=kind, depth=self.depth + 1, **known)

    @property
    def shown(self) -> str:
        return printable(f"{os.fspath(self.path)}/{self.inside}" if self.inside else self.path)

    @property
    def origin(self) -> str | None:
        """What names a file that is one article, however the way to it was written; None in a series."""
        if self.where:
            return None
        whole = printable(os.path.realpath(self.path))
        return f"{whole}/{printable(self.inside)}" if self.inside else whole

    @property
    def name(self) -> str:
        """The file's name without the suffix of its compression: `a.jsonl.gz` is `a.jsonl`."""
        name = printable(Path(self.inside or self.path).name)
        return name[: -len(self._packing)] if self._packing else name

    @property
    def suffix(self) -> str:
        return Path(self.name).suffix.lower()

    @property
    def is_large(self) -> bool:
        """Whether it is too large to be held in memory, as far as its size tells."""
        if self.content is None:
            return self.path.stat().st_size > limits().file
        return isinstance(self.content, Passing)

    @property
    def _packing(self) -> str:
        suffix = Path(self.inside or self.path).suffix.lower()
        return suffix if suffix in PACKED else ""

    @contextmanager
    def open(self) -> Iterator[BinaryIO]:
        """The decompressed bytes. Whatever goes wrong while the block reads comes out as `Refused`."""
        content = self.content
        if content is not None:
            with damage_refused():
                yield io.BytesIO(content) if isinstance(content, bytes) else content.open()
            return
        try:
            with _regular(self.path) as raw, damage_refused():
                before = os.fstat(raw.fileno())
                yield unpacked(raw, self._packing)
                after = os.fstat(raw.fileno())
        except OSError as error:
            raise Refused("unreadable", f"the file cannot be read: {error.strerror or error}") from error
        if not after.st_nlink:
            raise Refused("changed", "the file was deleted while it was read")
        if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
            raise Refused("changed", "the file was changed while it was read; take it in again")

    def head(self) -> bytes:
        """The first bytes of the content, at most `HEAD`; of a damaged file, what can be had."""
        if self.content is not None:
            return (self.content if isinstance(self.content, bytes) else self.content.start)[:HEAD]
        start = b""
        try:
            with self.open() as stream:
                while len(start) < HEAD and (more := stream.read1(HEAD - len(start))):  # type: ignore[attr-defined]
                    start += more
        except Refused:
            if not start:
                raise
        return start

    def whole(self) -> bytes:
        """All of the content; refuses what is larger than the limit of a file."""
        most = limits().file
        for attempt in range(_TRIES):
            try:
                with self.open() as stream:
                    data = stream.read(most + 1)
                break
            except Refused as refused:
                if refused.code != "changed" or attempt == _TRIES - 1:
                    raise
        if len(data) > most:
            raise Refused("too_large", f"the file is larger than {in_mb(most)}")
        return data


def binary_kind(head: bytes) -> str | None:
    """What a file that is not text seems to be, in words; None when it may be text."""
    for magic, what in _MAGIC:
        if head.startswith(magic):
            return what
    if name := packing(head):
        return f"a {name} file inside another"
    if bom_encoding(head) in ("utf-16", "utf-32"):
        return None
    if _is_wide(head):
        return "UTF-16 text without its byte order mark; save it as UTF-8"
    controls = len(head.translate(None, _NOT_CONTROLS))
    if head.count(0) * 100 > len(head) or controls * 20 > len(head):
        return "binary data"
    return None


def _is_wide(head: bytes) -> bool:
    """Whether every second byte is zero, as in Latin letters of two bytes each, and hardly any other."""
    zeros = sorted((head[0::2].count(0), head[1::2].count(0)))
    return len(head) > 8 and zeros[0] * 20 < len(head) < zeros[1] * 3


def _regular(path: Path) -> BinaryIO:
    """A regular file, opened without waiting where it is none (a pipe without a writer)."""
    handle = os.fdopen(os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC), "rb")
    if not stat.S_ISREG(os.fstat(handle.fileno()).st_mode):
        handle.close()
        raise Refused("not_a_file", "not a regular file (a pipe, socket or device)")
    return handle


def _read_up_to(stream: BinaryIO, size: int) -> bytes:
    """The next `size` bytes of a stream, fewer only at its end."""
    parts: list[bytes] = []
    while size > 0 and (part := stream.read(size)):
        parts.append(part)
        size -= len(part)
    return b"".join(parts)
