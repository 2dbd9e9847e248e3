"""Compressed bytes as a stream of what they hold: gzip, bzip2, xz and Zstandard.

Which of them it is, the first bytes say. Memory stays flat, and a file that swells out of proportion is
refused while it does. Knows nothing of what is inside.
"""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import IO, Any, BinaryIO, cast

from ingest.limits import limits
from ingest.read.refused import Refused

SUFFIXES = (".gz", ".bz2", ".xz", ".zst")

_FEED = 2048  # compressed bytes per step: one step of a hostile Zstandard frame stays under 64 MB
_STEP = 1 << 18  # bytes out of a decoder at a time, where it can be told
_GRACE = 1 << 20  # bytes below which no ratio is too large: a page of blanks is no attack
_XZ_MEMORY = 1 << 28  # what an xz file may ask for; its own tools stay below 64 MB
_NAMES = {b"\x1f\x8b": "gzip", b"BZh": "bzip2", b"\xfd7zXZ\x00": "xz", b"\x28\xb5\x2f\xfd": "Zstandard"}


def packing(start: bytes) -> str | None:
    """The compression that bytes begin with, by name."""
    return next((name for magic, name in _NAMES.items() if start.startswith(magic)), None)


def unpacked(raw: IO[bytes], suffix: str = "") -> BinaryIO:
    """The stream itself, or what it is compressed from; refused if `suffix` promises what is not so."""
    peekable = raw if hasattr(raw, "peek") else io.BufferedReader(cast(io.RawIOBase, raw))
    start = peekable.peek(8)[:8]
    name = packing(start)
    if not name:
        if suffix and start:
            raise Refused("wrong_magic", f"named {suffix} but not compressed")
        return cast(BinaryIO, peekable)
    counted = _Counted(peekable)
    if name == "gzip":
        read: Callable[[int], bytes | None] = gzip.GzipFile(fileobj=cast(Any, counted)).read1
    else:
        read = _Frames(counted, _decoder(name)).read
    return io.BufferedReader(_InProportion(read, counted), 1 << 16)


@contextmanager
def damage_refused() -> Iterator[None]:
    """Whatever goes wrong in unpacking while the block reads comes out as `Refused`."""
    try:
        yield
    except EOFError as error:
        raise Refused("truncated", "the compressed file ends in the middle") from error
    except (zlib.error, lzma.LZMAError, zipfile.BadZipFile, BrokenFrame, NotImplementedError) as error:
        raise Refused("broken_compression", f"the compressed file is damaged ({error})") from error
    except OSError as error:
        if error.errno is not None:
            raise  # the disk's fault, not the file's
        raise Refused("broken_compression", f"the compressed file is damaged ({error})") from error
    except tarfile.TarError as error:
        code = "truncated" if "unexpected end" in str(error) else "broken_archive"
        raise Refused(code, f"the rest of the tar archive cannot be read ({error})") from error


class BrokenFrame(Exception):
    """A part of a compressed file that its decoder does not understand."""


class _Counted:
    """Bytes on their way into a decoder, counted."""

    def __init__(self, raw: IO[bytes]) -> None:
        self._raw = raw
        self.count = 0

    def read(self, size: int = -1) -> bytes:
        data = self._raw.read(size)
        self.count += len(data)
        return data


class _InProportion(io.RawIOBase):
    """Bytes out of a decoder, which may not become too many for what went in."""

    def __init__(self, read: Callable[[int], bytes | None], source: _Counted) -> None:
        self._read, self._source = read, source
        self._ratio = limits().ratio
        self._count = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        data = self._read(len(buffer)) or b""
        buffer[: len(data)] = data
        self._count += len(data)
        if self._count > max(_GRACE, self._ratio * self._source.count):
            reason = f"it unpacks to more than {self._ratio} times its size, as no article does"
            raise Refused("bomb", reason)
        return len(data)


def _decoder(name: str) -> Callable[[], Any]:
    if name == "bzip2":
        return bz2.BZ2Decompressor
    if name == "xz":
        return lambda: lzma.LZMADecompressor(memlimit=_XZ_MEMORY)
    import zstandard

    return zstandard.ZstdDecompressor().decompressobj


class _Frames(io.RawIOBase):
    """The frames of a compressed file one after the other; a cut-off last one is noticed (EOFError).

    The libraries' own file objects pass over that, or hold what a hostile frame asks them to.
    """

    def __init__(self, raw: _Counted, new: Callable[[], Any]) -> None:
        self._raw, self._new = raw, new
        self._frame = new()
        self._fresh = True  # nothing of the current frame was read yet
        self._first = True
        self._ready = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        while not self._ready:
            if not self._advance():
                return 0
        size = min(len(buffer), len(self._ready))
        buffer[:size] = self._ready[:size]
        self._ready = self._ready[size:]
        return size

    def _advance(self) -> bool:
        """Decodes some more; False at the end."""
        data = b""
        if self._frame.eof:
            data = self._frame.unused_data
            self._frame, self._fresh, self._first = self._new(), True, False
        elif not getattr(self._frame, "needs_input", True):
            self._ready = self._decode(b"")
            return True
        data = data or self._raw.read(_FEED)
        if not data or (self._fresh and not self._first and not data.strip(b"\x00")):
            if self._fresh:
                return bool(data)
            raise EOFError
        self._fresh = False
        self._ready = self._decode(data)
        return True

    def _decode(self, data: bytes) -> memoryview:
        bounded = hasattr(self._frame, "needs_input")
        try:
            return memoryview(
                self._frame.decompress(data, _STEP) if bounded else self._frame.decompress(data)
            )
        except (EOFError, MemoryError):
            raise
        except Exception as error:  # each library has its own: ZstdError, LZMAError, OSError
            raise BrokenFrame(str(error)) from error
