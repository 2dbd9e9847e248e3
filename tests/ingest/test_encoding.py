"""Bytes become the text that their makers meant; what calls itself a character set has to be one."""

from __future__ import annotations

import io

import pytest

from ingest.read.encoding import Loose, charset, decode


@pytest.mark.parametrize(
    ("name", "codec"),
    [
        ("UTF8", "utf-8"), (" utf-8 ", "utf-8"), ("iso-8859-1", "cp1252"), ("latin-1", "cp1252"),
        ("US-ASCII", "cp1252"), ("Shift_JIS", "cp932"), ("gb2312", "gbk"), ("ks_c_5601-1987", "cp949"),
        ("koi8-r", "koi8-r"), ("cp437", "cp437"), ("hz-gb-2312", "hz"), ("utf-7", "utf-7"),
    ],
)  # fmt: skip
def test_names_mean_what_they_mean_to_browsers(name: str, codec: str) -> None:
    assert charset(name) == codec


@pytest.mark.parametrize(
    "name",
    ["idna", "punycode", "unicode_escape", "raw-unicode-escape", "undefined", "charmap", "rot13", "base64",
     "hex", "zlib", "uu", "x-user-defined", "no-such-thing", "", "é", "a\0b", "../os", "x" * 10_000],
)  # fmt: skip
def test_what_is_no_character_set_is_not_used(name: str) -> None:
    assert charset(name) is None
    assert decode(b"caf\xe9", name) == ("café", "Windows-1252")


@pytest.mark.parametrize(
    ("data", "declared", "text"),
    [
        (b"\x93Quoted\x94", "iso-8859-1", "“Quoted”"),
        ("Café".encode(), "iso-8859-1", "Café"),
        ("\ufeffCafé".encode("utf-16"), "utf-8", "Café"),
        ("Café".encode("utf-16-le"), "utf-16", "Café"),
        (b"plain", "utf-16", "plain"),
        ("港".encode("iso-2022-jp"), "iso-2022-jp", "港"),
        ("Мост".encode("cp1251"), "windows-1251", "Мост"),
    ],
)
def test_the_declared_encoding_decides_where_it_can(data: bytes, declared: str, text: str) -> None:
    assert decode(data, declared) == (text, None)


def test_a_few_wrong_bytes_do_not_spoil_the_rest() -> None:
    assert decode("Café ".encode() + b"\x93x\x94") == ("Café “x”", "Windows-1252")
    stream = Loose(io.BytesIO("Café ".encode() * 9 + b"\x93x\x94"))
    text = ""
    while more := stream.read(4):
        text += more
    assert (text, stream.guessed) == ("Café " * 9 + "“x”", "Windows-1252")
