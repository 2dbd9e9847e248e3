"""JSON and JSONL: one record per article, under whatever names its maker chose.

Reads line by line, or element by element of an array, so that a file of any size fits into memory. Which
of the two a file is, its content says: many `.json` files hold lines and some `.jsonl` files a document.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, BinaryIO

from ingest.article import Draft, Rejection, Warned
from ingest.limits import in_mb, limits
from ingest.read.fields import article_fields, field_of, has_text
from ingest.read.jsondoc import DECODER, TOO_DEEP, Repeated, decoded, flaw_in
from ingest.read.source import HEAD, Loose, Refused, Source, bom_encoding, decode

_LINE_SUFFIXES = (".jsonl", ".ndjson", ".jsonlines")
SUFFIXES = (".json", *_LINE_SUFFIXES)
_LIST_NAMES = frozenset(
    (
        "articles",
        "items",
        "docs",
        "documents",
        "data",
        "results",
        "records",
        "rows",
        "entries",
        "stories",
        "news",
        "posts",
        "hits",
    )
)
_START = re.compile(r"\s*(?:\[\s*)?(?:\{\s*(?:\"|\}|$)|\]|$)")
_BETWEEN = re.compile(r"[\s,]*")
_WINDOW = 1 << 20  # characters read at a time from an array


def looks_like_records(head: str) -> bool:
    return head.lstrip()[:1] in ("{", "[") and _START.match(head) is not None


def read_records(source: Source, mapping: Mapping[str, str]) -> Iterator[Draft | Rejection]:
    """The records of a JSON or JSONL file, in their order."""
    head = source.head()
    encoding = bom_encoding(head)
    read = _reader(head.decode(encoding or "utf-8", "ignore").removeprefix("\ufeff"), source.suffix)
    yield from read(source, mapping, encoding)


def _reader(head: str, suffix: str) -> Callable[..., Iterator[Draft | Rejection]]:
    """How a file is laid out: its beginning tells, and its name where only one line is seen."""
    lines = [line for line in head.split("\n") if line.strip()] or [""]
    more_start = any(line.startswith("{") for line in lines[1:])
    if lines[0].lstrip().startswith("["):
        return _read_series
    if more_start and lines[0].strip() == "{":
        return _read_series  # objects spread over lines, one after the other
    if more_start or (len(lines) > 1 and _whole_value(lines[0])):
        return _read_lines
    return _read_lines if suffix in _LINE_SUFFIXES and len(lines) == 1 else _read_document


def _whole_value(line: str) -> bool:
    try:
        decoded(line)
    except Refused:
        return False
    return True


# Lines ------------------------------------------------------------------------------------------------


def _read_lines(
    source: Source, mapping: Mapping[str, str], encoding: str | None
) -> Iterator[Draft | Rejection]:
    number, most = 0, limits().file
    try:
        with source.open() as stream:
            for number, line in enumerate(_lines(stream, encoding, most), 1):
                if line is None:
                    size = f"the line is longer than {in_mb(most)}"
                    yield Rejection(source.shown, f"line {number}", "too_large", size)
                elif line.strip():
                    yield from _read_line(source.shown, f"line {number}", line, mapping)
    except Refused as refused:
        rest = f"from line {number + 1} on: {refused.reason}"
        yield Rejection(source.shown, f"line {number + 1}", refused.code, rest)


def _read_line(path: str, where: str, line: bytes, mapping: Mapping[str, str]) -> Iterator[Draft | Rejection]:
    text, guessed = decode(line)
    try:
        value = decoded(text)
    except Refused as refused:
        yield Rejection(path, where, refused.code, refused.reason)
        return
    found = drafted(path, where, value, mapping)
    yield from found
    if guessed and isinstance(found[0], Draft):
        yield Warned(path, where, "encoding", f"not UTF-8: read as {guessed}")


def _lines(stream: BinaryIO, encoding: str | None, most: int) -> Iterator[bytes | None]:
    """Each line as bytes, None for one that is too long: that one is skipped without being held."""
    if encoding in ("utf-16", "utf-32"):
        yield from _wide_lines(stream, encoding, most)
        return
    while line := stream.readline(most + 1):
        if len(line) <= most:
            yield line
            continue
        while line and not line.endswith(b"\n"):
            line = stream.readline(HEAD)
        yield None


def _wide_lines(stream: BinaryIO, encoding: str, most: int) -> Iterator[bytes | None]:
    text = io.TextIOWrapper(stream, encoding, errors="replace", newline="\n")
    while line := text.readline(most + 1):
        if len(line) <= most:
            yield line.encode("utf-8", "replace")
            continue
        while line and not line.endswith("\n"):
            line = text.readline(HEAD)
        yield None
    text.detach()  # else it would close what is not its own


# Documents --------------------------------------------------------------------------------------------


def _read_document(
    source: Source, mapping: Mapping[str, str], encoding: str | None
) -> Iterator[Draft | Rejection]:
    text, guessed = decode(source.whole())
    value = decoded(text)
    records = _record_list(value, mapping)
    if records is None:
        found = drafted(source.shown, "", value, mapping, origin=source.origin)
    else:
        found = [item for n, record in enumerate(records, 1)
                 for item in drafted(source.shown, f"record {n}", record, mapping)]  # fmt: skip
    yield from found
    if guessed and any(isinstance(item, Draft) for item in found):
        yield Warned(source.shown, "", "encoding", f"not UTF-8: read as {guessed}")


def _record_list(value: Any, mapping: Mapping[str, str]) -> list[Any] | None:
    """The list of records that an object wraps (`{"articles": [...]}`); None for a record itself."""
    if not isinstance(value, dict) or has_text(value, mapping):
        return None
    lists: dict[str, list[Any]] = {
        name.lower(): inner for name, inner in value.items() if _may_be_records(inner)
    }
    usual = [name for name in lists if name in _LIST_NAMES]
    if len(usual) == 1:
        return lists[usual[0]]
    return next(iter(lists.values())) if len(lists) == 1 else None


def _may_be_records(value: Any) -> bool:
    return isinstance(value, list) and (not value or any(isinstance(item, dict) for item in value))


def _read_series(
    source: Source, mapping: Mapping[str, str], encoding: str | None
) -> Iterator[Draft | Rejection]:
    read = number = 0
    guessed = None
    try:
        with source.open() as stream:
            text = Loose(stream, encoding)
            for number, value in enumerate(_values(text), 1):
                found = drafted(source.shown, f"record {number}", value, mapping)
                read += isinstance(found[0], Draft)
                guessed = text.guessed
                yield from found
    except Refused as refused:
        rest = f"from record {number + 1} on: {refused.reason}"
        yield Rejection(source.shown, f"record {number + 1}", refused.code, rest)
    if guessed and read:
        yield Warned(source.shown, "", "encoding", f"not UTF-8: read as {guessed}")


def _values(text: Loose) -> Iterator[Any]:
    """The elements of a JSON array, or values one after the other, each as soon as it is complete."""
    most = limits().file
    buffer, more = text.read(_WINDOW).lstrip("\ufeff \t\r\n"), True
    in_array = buffer.startswith("[")
    at = int(in_array)
    while True:
        at = _BETWEEN.match(buffer, at).end()  # type: ignore[union-attr]
        if buffer.startswith("]", at) or (at == len(buffer) and not more and not in_array):
            return
        value, end = _decode_at(buffer, at, more, most)
        if end == len(buffer) and more and not isinstance(value, dict):  # 12 may go on as 123
            rest = buffer[at:]
            fresh = text.read(max(_WINDOW, len(rest)))
            buffer, at, more = rest + fresh, 0, bool(fresh)
            continue
        yield value
        at = end


def _decode_at(buffer: str, at: int, more: bool, most: int) -> tuple[Any, int]:
    """The value at a place and where it ends; (None, the buffer's end) if more is needed to tell."""
    try:
        return DECODER.raw_decode(buffer, at)
    except RecursionError as error:
        raise Refused(*TOO_DEEP) from error
    except json.JSONDecodeError as error:
        if not _cut_off(error, buffer):
            raise Refused("broken_json", f"not valid JSON: {error.msg}") from error
        if len(buffer) - at > most:
            raise Refused("too_large", f"the record is larger than {in_mb(most)}") from error
        if not more:
            raise Refused("truncated", "the file ends in the middle of a record") from error
        return None, len(buffer)


def _cut_off(error: json.JSONDecodeError, buffer: str) -> bool:
    """Whether a JSON text broke off at the end of what was read, rather than before it."""
    return error.msg.startswith("Unterminated") or error.pos >= len(buffer) - 16


# Records ----------------------------------------------------------------------------------------------


def drafted(
    path: str, where: str, value: Any, mapping: Mapping[str, str], origin: str | None = None
) -> list[Draft | Rejection]:
    """What comes of one record, whatever file it was in: a draft with its warning, or a rejection."""
    if not isinstance(value, dict):
        reason = f"{_kind_of(value)}, where an object with fields was expected"
        return [Rejection(path, where, "not_a_record", reason)]
    if flaw := flaw_in(value):
        return [Rejection(path, where, *flaw)]
    fields = article_fields(value, mapping)
    if not fields.get("text"):
        return [Rejection(path, where, *_textless(value))]
    if not isinstance(fields["text"], str):
        reason = f"the field with the article's text holds {_kind_of(fields['text'])}"
        return [Rejection(path, where, "wrong_type", reason)]
    draft = Draft(fields, path, where, origin)
    if isinstance(value, Repeated):
        return [draft, Warned(path, where, "duplicate_field", "a field is given twice; the last one counts")]
    return [draft]


def _textless(record: dict[str, Any]) -> tuple[str, str]:
    """Why a record has no text, as a code and a reason."""
    for name, value in record.items():
        if field_of(name) == "text":
            if value is None or value in ("", [], {}) or isinstance(value, str):
                return "no_text", f"its field {name[:40]!r} is empty"
            return "wrong_type", f"its field {name[:40]!r} holds {_kind_of(value)} and no text"
    names = ", ".join(name[:40] for name in list(record)[:8]) or "none"
    return "no_text", f"no field with the article's text (fields: {names}); name it with --map text=FIELD"


def _kind_of(value: Any) -> str:
    names = {list: "a list", dict: "an object", str: "a string", bool: "true or false", type(None): "nothing"}
    return names.get(type(value), "a number")
