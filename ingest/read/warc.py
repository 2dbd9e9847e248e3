"""WARC and ARC: what a crawler kept. Each HTML page in it is read as a page; the rest is rejected by name.

A record whose stated length is wrong costs itself: reading goes on where the next one begins. warcio takes
records apart; where they end is found here, since warcio stops at the first wrong one.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from contextlib import redirect_stderr
from dataclasses import dataclass
from typing import BinaryIO

from ingest.article import Rejection
from ingest.limits import in_mb, limits
from ingest.read.source import HEAD, Refused, Source, binary_kind
from ingest.read.worker import Item

SUFFIXES = (".warc", ".arc")

_LONGEST_HEADER = 1 << 16
_HTML = ("text/html", "application/xhtml+xml")
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{2,40})", re.IGNORECASE)
_WARC = re.compile(rb"WARC/\d\.\d+\r?\n")
_ARC = re.compile(rb"[a-z][a-z0-9+.-]*:[^\r\n]* \S+ \d{8,17} \S+ (\d{1,18})\r?\n")
_LENGTH = re.compile(rb"\ncontent-length[ \t]*:[ \t]*(\d{1,18})[ \t]*\r?\n", re.IGNORECASE)


def is_warc(head: bytes) -> bool:
    return head.startswith(b"filedesc://") or _WARC.match(head) is not None


def read_warc(source: Source, mapping: Mapping[str, str]) -> Iterator[Item]:
    """The pages of a WARC or ARC file, as sources of their own."""
    number = 0
    try:
        with source.open() as stream:
            start = _ARC if source.head().startswith(b"filedesc:") else _WARC
            for number, found in enumerate(_records(_Rewindable(stream), start), 1):
                where = f"record {number}"
                try:
                    if isinstance(found, Refused):
                        raise found
                    page = _page(found, is_arc=start is _ARC)
                except Refused as refused:
                    yield Rejection(source.shown, where, refused.code, refused.reason)
                    continue
                hints = {"url": page.url}
                yield source.piece(where, page.content, "HTML", hints=hints, charset=page.charset)
    except Refused as refused:
        rest = f"from record {number + 1} on: {refused.reason}"
        yield Rejection(source.shown, f"record {number + 1}", refused.code, rest)


# Where records begin and end -------------------------------------------------------------------------------


class _Rewindable:
    """A stream that takes back what was read too much."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._back = b""

    def read(self, size: int) -> bytes:
        data, self._back = self._back[:size], self._back[size:]
        parts = [data]
        size -= len(data)
        while size > 0 and (data := self._stream.read(size)):
            parts.append(data)
            size -= len(data)
        return b"".join(parts)

    def readline(self) -> bytes:
        """The next line, or as much of it as a header may have."""
        end = self._back.find(b"\n", 0, _LONGEST_HEADER)
        if end >= 0 or len(self._back) >= _LONGEST_HEADER:
            return self.read(end + 1 if end >= 0 else _LONGEST_HEADER)
        data, self._back = self._back, b""
        return data + self._stream.readline(_LONGEST_HEADER - len(data))

    def give_back(self, data: bytes) -> None:
        self._back = data + self._back


def _records(stream: _Rewindable, start: re.Pattern[bytes]) -> Iterator[bytes | Refused]:
    """Each record whole, with its header; for one that is broken, why."""
    while line := stream.readline():
        if not line.strip():
            continue
        begins = start.fullmatch(line)
        if not begins:
            _skip_to(stream, start)
            yield Refused("broken_record", "no record begins where one should")
        elif start is _ARC:
            yield _whole(stream, start, line, int(begins[1]))
        else:
            yield _whole(stream, start, *_header(stream, line))


def _header(stream: _Rewindable, first: bytes) -> tuple[bytes, int | None]:
    """The lines of a WARC header, and the length that it states."""
    head = first
    while len(head) < _LONGEST_HEADER and (line := stream.readline()):
        head += line
        if not line.strip():
            break
    length = _LENGTH.search(head)
    return head, int(length[1]) if length else None


def _whole(stream: _Rewindable, start: re.Pattern[bytes], head: bytes, length: int | None) -> bytes | Refused:
    """The record, if it ends where its header says; either way the stream then stands at the next one."""
    if length is None:
        _skip_to(stream, start)
        return Refused("broken_record", "the record does not say how long it is")
    if length > limits().file:
        _skip_to(stream, start)
        return Refused("too_large", f"the record is larger than {in_mb(limits().file)}")
    block = stream.read(length)
    line = _line_after_blanks(stream)
    if len(block) == length and (not line or start.fullmatch(line)):
        stream.give_back(line)
        return head + block
    if following := re.search(rb"\n" + start.pattern, block):
        stream.give_back(block[following.start() + 1 :] + line)
    elif len(block) < length:
        if _holds_whole_answer(block):
            return head + block
        return Refused("truncated", "the file ends in the middle of the record")
    else:
        stream.give_back(line)
        _skip_to(stream, start)
    return Refused("wrong_length", "the record is not as long as it says")


def _holds_whole_answer(block: bytes) -> bool:
    """Whether what a server sent is complete by its own count, though the record is not by the archive's."""
    head, _, body = block.replace(b"\r\n", b"\n").partition(b"\n\n")
    length = _LENGTH.search(head + b"\n")
    return head.startswith(b"HTTP/") and length is not None and len(body) >= int(length[1])


def _line_after_blanks(stream: _Rewindable) -> bytes:
    """The next line with anything in it, b"" at the end."""
    while (line := stream.readline()) and not line.strip():
        pass
    return line


def _skip_to(stream: _Rewindable, start: re.Pattern[bytes]) -> None:
    """Passes over everything up to the line that begins the next record."""
    while line := stream.readline():
        if start.fullmatch(line):
            stream.give_back(line)
            return


# What a record holds ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Page:
    """A page as its server sent it, without the wrapping of its transport."""

    content: bytes
    url: str
    charset: str


def _page(record: bytes, *, is_arc: bool) -> _Page:
    """The HTML page of a record; `Refused` with what it is instead."""
    from warcio.recordloader import ArcWarcRecordLoader

    try:
        with redirect_stderr(io.StringIO()):  # where warcio remarks on what it had to mend
            loader = ArcWarcRecordLoader(verify_http=False)
            found = loader.parse_record_stream(io.BytesIO(record), known_format="arc" if is_arc else "warc")
            http, headers = found.http_headers, found.rec_headers
            url = headers.get_header("WARC-Target-URI") or headers.get_header("uri") or ""
            described = (http or headers).get_header("Content-Type") or ""
            _check_page(found.rec_type or "", http.get_statuscode() if http else "200", described)
            content = found.content_stream().read()
    except Refused:
        raise
    except Exception as error:  # headers may lack anything that the library counts on
        raise Refused("broken_record", f"the record cannot be read ({type(error).__name__})") from error
    if len(content) > limits().file:
        raise Refused("too_large", f"the page is larger than {in_mb(limits().file)}")
    if what := binary_kind(content[:HEAD]):
        raise Refused("binary", f"called a page but contains {what}")
    charset = _CHARSET.search(described)
    return _Page(content, url.strip("<> "), charset[1] if charset else "")


def _check_page(type_: str, status: str | None, described: str) -> None:
    if type_ not in ("response", "resource"):
        raise Refused("not_a_page", f"a record of the type {type_[:40]}, which holds no page")
    if not (status or "").startswith("2"):
        raise Refused("not_a_page", f"the server answered {(status or 'nothing')[:40]} instead of a page")
    kind = described.partition(";")[0].strip().lower()
    if kind not in _HTML:
        raise Refused("not_a_page", f"{kind[:80] or 'content of an unknown type'}, which is no page")
