"""One input file as bytes: opened, decompressed, sniffed and decoded.

Knows compression and encodings, and what is plainly not text. Knows nothing of articles.
"""

from __future__ import annotations

import codecs
import gzip
import io
import os
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, BinaryIO, cast

HEAD = 64 * 1024
"""Bytes looked at to decide what a file is."""

MAX_FILE = 20 * 1024 * 1024
"""Largest file, once decompressed, that is read whole (plain text, HTML, one JSON document)."""

MAX_LINE = 20 * 1024 * 1024
"""Longest line of a JSONL file."""

_FEED = 2048  # compressed bytes per step: one step of a hostile zstd frame stays under 64 MB
_COMPRESSED = (".gz", ".zst")
_GZIP, _ZSTD = b"\x1f\x8b", b"\x28\xb5\x2f\xfd"

_MAGIC = (
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"\x89PNG\r\n", "a PNG image"),
    (b"GIF8", "a GIF image"),
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive or office document"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"BZh", "a bzip2 file"),
    (b"\xfd7zXZ", "an xz file"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"Rar!", "a RAR archive"),
    (b"OggS", "an Ogg recording"),
    (b"ID3", "an MP3 recording"),
    (b"{\\rtf", "a rich text document"),
    (_GZIP, "a gzip file inside another"),
    (_ZSTD, "a Zstandard file inside another"),
)
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROLS = bytes(c for c in range(32) if c not in b"\t\n\r\f\v\x1b")
_NOT_CONTROLS = bytes(c for c in range(256) if c not in _CONTROLS)


class Refused(Exception):
    """A file, or the rest of one, cannot be read: a code for programs and a reason for people."""

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason


def printable(path: Path) -> str:
    """The path as text that can be printed and stored, whatever bytes its name is made of."""
    return os.fsencode(path).decode("utf-8", "replace")


@dataclass(frozen=True, slots=True)
class Source:
    """A regular file to read articles from."""

    path: Path

    @property
    def shown(self) -> str:
        return printable(self.path)

    @property
    def origin(self) -> str:
        """What names a file that is one article, however the way to it was written."""
        return printable(Path(os.path.realpath(self.path)))

    @property
    def name(self) -> str:
        """The file's name without the suffix of its compression: `a.jsonl.gz` is `a.jsonl`."""
        name = Path(self.shown).name
        return name[: -len(self._packing)] if self._packing else name

    @property
    def suffix(self) -> str:
        return Path(self.name).suffix.lower()

    @property
    def _packing(self) -> str:
        suffix = self.path.suffix.lower()
        return suffix if suffix in _COMPRESSED else ""

    @contextmanager
    def open(self) -> Iterator[BinaryIO]:
        """The decompressed bytes. Whatever goes wrong while the block reads comes out as `Refused`."""
        try:
            with self.path.open("rb") as raw:
                yield _decompressed(raw)
        except EOFError as error:
            raise Refused("truncated", "the compressed file ends in the middle") from error
        except (zlib.error, gzip.BadGzipFile, _BrokenZstd) as error:
            raise Refused("broken_compression", f"the compressed file is damaged ({error})") from error
        except OSError as error:
            raise Refused("unreadable", f"the file cannot be read: {error.strerror or error}") from error

    def head(self) -> bytes:
        """The first bytes of the content, at most `HEAD`; of a damaged file, what can be had."""
        with self.open() as stream:
            parts: list[bytes] = []
            size = 0
            try:
                while size < HEAD and (part := stream.read(HEAD - size)):
                    parts.append(part)
                    size += len(part)
            except (EOFError, zlib.error, gzip.BadGzipFile, _BrokenZstd):
                if not parts:
                    raise
            return b"".join(parts)

    def whole(self) -> bytes:
        """All of the content; refuses what is larger than `MAX_FILE`."""
        with self.open() as stream:
            data = stream.read(MAX_FILE + 1)
        if len(data) > MAX_FILE:
            raise Refused("too_large", f"the file is larger than {MAX_FILE // 2**20} MB")
        return data


def is_utf8(source: Source) -> bool:
    """Whether all of a file of any size is UTF-8, as far as it can be decompressed."""
    check = codecs.getincrementaldecoder("utf-8")().decode
    try:
        with source.open() as stream:
            while data := stream.read(1 << 20):
                check(data)
    except UnicodeDecodeError:
        return False
    except Refused:
        pass
    return True


def binary_kind(head: bytes) -> str | None:
    """What a file that is not text seems to be, in words; None when it may be text."""
    for magic, what in _MAGIC:
        if head.startswith(magic):
            return what
    if bom_encoding(head) in ("utf-16", "utf-32"):
        return None
    controls = len(head.translate(None, _NOT_CONTROLS))
    if head.count(0) * 100 > len(head) or controls * 20 > len(head):
        return "binary data"
    return None


def bom_encoding(data: bytes) -> str | None:
    """The encoding that a byte order mark announces."""
    return next((name for bom, name in _BOMS if data.startswith(bom)), None)


def decode(data: bytes, declared: str | None = None) -> tuple[str, str | None]:
    """Text of bytes, and the encoding that had to be guessed (None when it was certain).

    A byte order mark decides, then UTF-8, then the encoding that the file itself declares; what is left
    is read as Windows-1252, which can read any bytes and may be wrong.
    """
    if bom := bom_encoding(data):
        return data.decode(bom, "replace").removeprefix("\ufeff"), None
    try:
        return data.decode("utf-8"), None
    except UnicodeDecodeError:
        pass
    if declared:
        try:
            return data.decode(declared), None
        except (LookupError, UnicodeError):
            pass
    return data.decode("cp1252", "replace"), "Windows-1252"


class _BrokenZstd(Exception):
    pass


class _Zstd(io.RawIOBase):
    """Zstandard frames as one stream; unlike the library's reader it notices a cut-off last frame."""

    def __init__(self, raw: IO[bytes]) -> None:
        import zstandard

        self._raw = raw
        self._error = zstandard.ZstdError
        self._new = zstandard.ZstdDecompressor().decompressobj
        self._frame = self._new()
        self._fresh = True  # nothing of the current frame was read yet
        self._ready = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        while not self._ready:
            data = self._frame.unused_data if self._frame.eof else b""
            if self._frame.eof:
                self._frame, self._fresh = self._new(), True
            data = data or self._raw.read(_FEED)
            if not data:
                if self._fresh:
                    return 0
                raise EOFError
            self._fresh = False
            try:
                self._ready = memoryview(self._frame.decompress(data))
            except self._error as error:
                raise _BrokenZstd(str(error)) from error
        size = min(len(buffer), len(self._ready))
        buffer[:size] = self._ready[:size]
        self._ready = self._ready[size:]
        return size


def _decompressed(raw: IO[bytes]) -> BinaryIO:
    """The stream itself, or what it is compressed from: decided by its first bytes, not its name."""
    start = raw.read(4)
    raw.seek(0)
    if start.startswith(_GZIP):
        return cast(BinaryIO, gzip.GzipFile(fileobj=raw))
    if start == _ZSTD:
        return cast(BinaryIO, io.BufferedReader(_Zstd(raw), HEAD))
    return cast(BinaryIO, raw)
