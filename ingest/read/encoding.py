"""Bytes as text, and whether that took a guess. Knows nothing of where they come from."""

from __future__ import annotations

import codecs
from functools import lru_cache
from typing import BinaryIO

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_LENIENT = "newsdesk-windows-1252"
_LONGEST_NAME = 60
_SEVEN_BIT = ("iso2022", "hz", "utf-7")  # their bytes look like ASCII
_WIDE = ("utf-16", "utf-32")  # theirs are full of zeros
# What Python calls text encodings too, but are ways to write text in other text.
_NO_CHARSETS = frozenset(("charmap", "idna", "punycode", "raw-unicode-escape", "undefined", "unicode-escape"))


def bom_encoding(data: bytes) -> str | None:
    """The encoding that a byte order mark announces."""
    return next((name for bom, name in _BOMS if data.startswith(bom)), None)


@lru_cache(maxsize=64)
def charset(name: str) -> str | None:
    """Python's codec for what a file calls its character set; None for what is no character set.

    Names mean what they mean to browsers: `iso-8859-1` is Windows-1252, since that is what such pages hold.
    """
    import webencodings

    codec = _codec(name)
    known = webencodings.lookup(name) or (webencodings.lookup(codec) if codec else None)
    return (_codec(known.codec_info.name) if known else None) or codec


def _codec(name: str) -> str | None:
    """Python's own name of a character set, None where it knows none of this name."""
    if len(name) > _LONGEST_NAME:
        return None
    try:
        codec = codecs.lookup(name).name
        b"<".decode(codec, "ignore")  # a LookupError where it is a codec of something else than text
    except (LookupError, ValueError):
        return None
    return None if codec.replace("_", "-") in _NO_CHARSETS else codec


def seven_bit(codec: str) -> bool:
    """Whether bytes in this encoding pass for ASCII."""
    return codec.startswith(_SEVEN_BIT)


def decode(data: bytes, declared: str | None = None) -> tuple[str, str | None]:
    """Text of bytes, and the encoding that had to be guessed (None when it was certain).

    A byte order mark decides, then UTF-8, then the encoding that the file itself declares; in what is left,
    the bytes that are not UTF-8 are read as Windows-1252, which can read any and may be wrong.
    """
    if bom := bom_encoding(data):
        return data.decode(bom, "replace").removeprefix("\ufeff"), None
    codec = charset(declared) if declared else None
    # Some encodings would pass for UTF-8.
    passes = codec and (seven_bit(codec) or (codec.startswith(_WIDE) and b"\x00" in data))
    for attempt in (codec, "utf-8") if passes else ("utf-8", codec):
        try:
            if attempt:
                return data.decode(attempt), None
        except UnicodeError:
            continue
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
