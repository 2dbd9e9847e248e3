"""Bytes as text, and whether that took a guess. Knows nothing of where they come from."""

from __future__ import annotations

import codecs
from typing import BinaryIO

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_LENIENT = "newsdesk-windows-1252"


def bom_encoding(data: bytes) -> str | None:
    """The encoding that a byte order mark announces."""
    return next((name for bom, name in _BOMS if data.startswith(bom)), None)


def decode(data: bytes, declared: str | None = None) -> tuple[str, str | None]:
    """Text of bytes, and the encoding that had to be guessed (None when it was certain).

    A byte order mark decides, then UTF-8, then the encoding that the file itself declares; in what is left,
    the bytes that are not UTF-8 are read as Windows-1252, which can read any and may be wrong.
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
    return data.decode("utf-8", _LENIENT), "Windows-1252"


def _as_windows(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


codecs.register_error(_LENIENT, _as_windows)


class Loose:
    """A stream of bytes as text, decoded as `decode` does but never held whole; `guessed` as it is there."""

    def __init__(self, stream: BinaryIO, encoding: str | None = None) -> None:
        self._stream = stream
        self._strict = encoding is None
        new = codecs.getincrementaldecoder(encoding or "utf-8")
        self._decoder = new("strict" if self._strict else "replace")
        self.guessed: str | None = None

    def read(self, size: int) -> str:
        """Some more characters, at least one of them until the end; `size` is in bytes."""
        while data := self._stream.read(size):
            if text := self._decode(data, final=False):
                return text
        return self._decode(b"", final=True)

    def _decode(self, data: bytes, *, final: bool) -> str:
        try:
            return self._decoder.decode(data, final)
        except UnicodeDecodeError:
            pending, _ = self._decoder.getstate()
            self._decoder = codecs.getincrementaldecoder("utf-8")(_LENIENT)
            self._decoder.setstate((pending, 0))
            self.guessed = "Windows-1252"
            return self._decoder.decode(data, final)
