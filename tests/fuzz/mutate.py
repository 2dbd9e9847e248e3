"""Ways to damage a good file: those of disks, networks and editors, and those of who knows the format.

All chance comes from the `Random` that is passed in: the same one makes the same damage.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Sequence
from random import Random

LONGEST = 1 << 16
"""Bytes of a damaged file at most, so that one costs milliseconds."""

PIECES = (
    b"\x00", b"\xff", b"\xc3", b"\xef\xbb\xbf", b"\xff\xfe", b"\xed\xa0\x80", b"<", b">", b"&", b"&#0;",
    b"&#xD800;", b"&#99999999999;", b"&nope;", b"]]>", b"<![CDATA[", b"<!--", b"-->", b"<?x ?>", b"</p>",
    b"<p>", b"<br>", b"<table><tr><td>", b"<item>", b"<entry>", b"<nitf>", b"<x:y/>", b"<svg><math>",
    b"<script>", b"<template>", b"</REUTERS>", b'"', b"'", b"{", b"}", b"[", b"]", b"null", b"true", b"NaN",
    b"Infinity", b"1e999", b"-1", b"0", b'"\\ud800"', b"\\u0000", b"0001-01-01",
    b"9999-12-31T23:59:59-14:00", b"2026-02-30", b"99/99/9999", b"http://[", b"//", b"http://a:99999/",
    b"\r", b"\r\n\r\n", b" ", b"\t", b"\x1b[2J", b"\xe2\x80\xae", b"\xf3\xa0\x81\x81", b" hidden='' ",
    b"<!DOCTYPE a [<!ENTITY b 'c'>]>", b"<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]>&b;",
    b"xml:base='http://['", b"encoding='utf-16'", b"<title type='application/octet-stream'>",
    b"version='2.0'", b"Content-Transfer-Encoding: base64\n", b"Content-Type: multipart/mixed; boundary=a\n",
    b"=?utf-7?q?+AAA-?=", b"charset=rot13", b"charset=\"unicode_escape\"", b"Content-Length: -1\r\n",
    b"Transfer-Encoding: chunked\r\n", b"From x@y Tue Mar  3 07:00:00 2026\n", b"--\n", b"---\n", b"=1+1",
    b"9" * 40, b"9" * 5_000, b"(CNN) \xe2\x80\x94 ", b"<|endoftext|>", b"Sign up for our newsletter",
    b"\xd8\xa7\xd9\x84", b"\xf0\x9f\xa7\x91\xe2\x80\x8d\xf0\x9f\x9a\x80",
)  # fmt: skip
CODECS = (
    b"utf-8", b"utf-16", b"utf-32", b"utf-7", b"latin-1", b"cp1252", b"idna", b"punycode", b"rot13",
    b"base64", b"hex", b"unicode_escape", b"raw_unicode_escape", b"undefined", b"shift_jis", b"iso-2022-jp",
    b"gb18030", b"x" * 300, b"\xff", b"mbcs", b"zlib", b"uu", b"none", b"",
)  # fmt: skip
_NUMBERS = (b"0", b"-1", b"1", b"0.0", b"1e9", b"2147483648", b"18446744073709551616", b"9" * 30, b"9" * 400)
_RECODED = ("utf-16", "utf-16-le", "utf-32", "cp1252", "utf-8-sig", "shift_jis")
_DECLARED = re.compile(rb"""((?:charset|encoding)\s*=\s*["']?)[\w.:-]+""", re.IGNORECASE)
_NUMBER = re.compile(rb"\d+")
_TOKEN = re.compile(rb"<[^<>]{1,200}>|\"[^\"\n]{0,200}\"|[\w.:/@-]{2,40}|[^\n]{1,200}\n")
_OPENERS = (
    b"<div>", b"<b>", b"<td>", b"[", b'{"a":', b"(", b"> ", b"* ", b"<a><b>", b"<<", b'{"a":[', b"- - ",
)  # fmt: skip
_FLOOD = (
    b" ", b"\n", b"\t", b"a", b"9", b"-", b".", b"\x00", b"<", b"&", b'"', b"\\", b"\xe2\x80\x8b", b", ",
    b"\r\n", b"Mr. ", b"a@", b"|", b"#", b"*", b"_", b"=", b"1.", b"\xc2\xa0", b"A", b"By ", b"a:\n",
)  # fmt: skip

Mutation = Callable[[Random, bytes, Sequence[bytes]], bytes]


def mutated(random: Random, seeds: Sequence[bytes], *, start: bytes | None = None) -> bytes:
    """One of the seeds, or what is given to start with, damaged in a few ways."""
    data = random.choice(seeds) if start is None else start
    if data.startswith(b"PK\x03\x04") and random.random() < 0.7:
        data = _inside_zip(random, data, seeds)
    elif random.random() < 0.02:
        data = random.randbytes(random.randrange(300))
    else:
        data = _damaged(random, data, seeds)
    return data[:LONGEST]


def _damaged(random: Random, data: bytes, seeds: Sequence[bytes]) -> bytes:
    for _ in range(random.choice((1, 1, 2, 3, 6))):
        data = random.choice(_MUTATIONS)(random, data, seeds)[:LONGEST]
    return data


def _inside_zip(random: Random, data: bytes, seeds: Sequence[bytes]) -> bytes:
    """The archive packed again, with one of its files damaged."""
    target = io.BytesIO()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive, zipfile.ZipFile(target, "w") as made:
            names = archive.namelist()
            chosen = random.choice(names)
            for name in names:
                content = archive.read(name)
                if name == chosen:
                    content = _damaged(random, content, [content])
                made.writestr(name, content, zipfile.ZIP_DEFLATED)
    except Exception:  # a damaged archive in, another damaged archive out
        return _damaged(random, data, seeds)
    return target.getvalue()


def _span(random: Random, data: bytes, longest: int = 400) -> tuple[int, int]:
    start = random.randrange(len(data) + 1)
    return start, min(len(data), start + random.randrange(longest))


def _flip(random: Random, data: bytes, _: Sequence[bytes]) -> bytes:
    changed = bytearray(data)
    for _time in range(random.choice((1, 2, 8))):
        if changed:
            changed[random.randrange(len(changed))] = random.randrange(256)
    return bytes(changed)


def _cut(random: Random, data: bytes, _: Sequence[bytes]) -> bytes:
    start, end = _span(random, data)
    return data[:start] + data[end:]


def _end(random: Random, data: bytes, _: Sequence[bytes]) -> bytes:
    return data[: random.randrange(len(data) + 1)]


def _double(random: Random, data: bytes, _: Sequence[bytes]) -> bytes:
    start, end = _span(random, data)
    return data[:end] + data[start:end] * random.choice((1, 2, 30, 1_000)) + data[end:]


def _insert(random: Random, data: bytes, _: Sequence[bytes]) -> bytes:
    at, _end = _span(random, data)
    return data[:at] + random.choice(PIECES) * random.choice((1, 1, 1, 3, 50)) + data[at:]


def _replace(random: Random, data: bytes, _: Sequence[bytes]) -> bytes:
    """One token becomes a piece of something else."""
    tokens = list(_TOKEN.finditer(data))
    if not tokens:
        return data
    found = random.choice(tokens)
    return data[: found.start()] + random.choice(PIECES) + data[found.end() :]


def _swap(random: Random, data: bytes, _: Sequence[bytes]) -> bytes:
    """Two tokens (tags, quoted strings, words, lines) change places."""
    tokens = list(_TOKEN.finditer(data))
    if len(tokens) < 2:
        return data
    one, other = sorted(random.sample(tokens, 2), key=lambda token: token.start())
    between = data[one.end() : other.start()]
    return data[: one.start()] + other[0] + between + one[0] + data[other.end() :]


def _number(random: Random, data: bytes, _: Sequence[bytes]) -> bytes:
    numbers = list(_NUMBER.finditer(data))
    if not numbers:
        return data
    found = random.choice(numbers)
    fresh = random.choice((*_NUMBERS, b"%d" % random.randrange(1 << 20)))
    return data[: found.start()] + fresh + data[found.end() :]


def _nest(random: Random, data: bytes, _: Sequence[bytes]) -> bytes:
    at, _end = _span(random, data)
    return data[:at] + random.choice(_OPENERS) * random.choice((5, 70, 500, 3_000)) + data[at:]


def _flood(random: Random, data: bytes, _: Sequence[bytes]) -> bytes:
    at, _end = _span(random, data)
    return data[:at] + random.choice(_FLOOD) * random.choice((100, 2_000, 20_000)) + data[at:]


def _recode(random: Random, data: bytes, _: Sequence[bytes]) -> bytes:
    text = data.decode("utf-8", "replace")
    return text.encode(
        random.choice(("utf-16", "utf-16-le", "utf-32", "cp1252", "utf-8-sig", "shift_jis")), "replace"
    )


def _declare(random: Random, data: bytes, _: Sequence[bytes]) -> bytes:
    """It names another encoding than its own."""
    codec = random.choice(CODECS)
    return _DECLARED.sub(lambda found: found[1] + codec, data, count=random.choice((0, 1)))


def _splice(random: Random, data: bytes, seeds: Sequence[bytes]) -> bytes:
    """The beginning of one, the end of another."""
    other = random.choice(seeds)
    return data[: random.randrange(len(data) + 1)] + other[random.randrange(len(other) + 1) :]


_MUTATIONS: tuple[Mutation, ...] = (
    _flip, _flip, _cut, _end, _double, _insert, _insert, _replace, _replace, _swap, _number, _nest, _flood,
    _recode, _declare, _splice,
)  # fmt: skip
