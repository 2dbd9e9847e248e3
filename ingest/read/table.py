"""CSV and TSV: one row per article, under the names in the first row.

Reads row by row, so that a table of any size fits into memory. What separates the columns, the first row
says. A cell that begins with `=` is text like any other: nothing here computes, and the apostrophe that our
own tables put before it (`ingest.cells`) is taken off.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ingest.article import Draft, Rejection, Warned
from ingest.cells import plain
from ingest.limits import in_mb, limits
from ingest.read.fields import field_of
from ingest.read.records import drafted
from ingest.read.source import Loose, Refused, Source, bom_encoding

SUFFIXES = (".csv", ".tsv", ".tab")

_SEPARATORS = ",;\t|"
_STEP = 1 << 16
_FEWEST = 2  # columns that make a table


def looks_like_table(head: str) -> bool:
    """Whether the first line is a row of names with an article's text among them, and a row follows."""
    first, newline, rest = head.lstrip("\ufeff").partition("\n")
    if not newline or len(first) > 4_000 or not rest.strip():
        return False
    separator = separator_of(first)
    names = _row(first, separator)
    known = [field_of(name) for name in names]
    return len(names) >= _FEWEST and "text" in known and len(set(known) - {None}) > 1 and separator in rest


def separator_of(first_line: str) -> str:
    """What separates the columns of a table: what separates most of its names."""
    return max(_SEPARATORS, key=lambda separator: len(_row(first_line, separator)))


def read_table(source: Source, mapping: Mapping[str, str]) -> Iterator[Draft | Rejection]:
    """The rows of a table. The first is number 1, as in the programs that people open tables with."""
    csv.field_size_limit(limits().file)
    number, guessed, read = 0, None, 0
    try:
        with source.open() as stream:
            text = Loose(stream, bom_encoding(source.head()))
            lines = _Lines(text, limits().file)
            rows = _rows(lines)
            names = _names(next(rows, []), mapping)
            number = 1
            for number, row in enumerate(rows, 2):
                where = f"row {number}"
                if isinstance(row, Refused):
                    yield Rejection(source.shown, where, row.code, row.reason)
                elif any(row):
                    found = _read_row(source.shown, where, names, row, mapping)
                    read += isinstance(found[0], Draft)
                    yield from found
                guessed = text.guessed
    except Refused as refused:
        rest = f"from row {number + 1} on: {refused.reason}" if number else refused.reason
        yield Rejection(source.shown, f"row {number + 1}" * bool(number), refused.code, rest)
    if guessed and read:
        yield Warned(source.shown, "", "encoding", f"not UTF-8: read as {guessed}")


class _Lines(Iterator[str]):
    """The lines of a text with their ends, none longer than `most` characters: it goes on after that."""

    def __init__(self, text: Loose, most: int) -> None:
        self._text, self._most = text, most
        self._buffer, self._at, self._more = "", 0, True

    def __next__(self) -> str:
        while (end := self._buffer.find("\n", self._at)) < 0 and self._more:
            if len(self._buffer) - self._at > self._most:
                self._skip()
                raise Refused("too_large", f"the line is longer than {in_mb(self._most)}")
            self._fill(keep=self._at)
        line = self._buffer[self._at : end + 1 if end >= 0 else None]
        self._at += len(line)
        if not line:
            raise StopIteration
        return line

    def _fill(self, keep: int) -> None:
        """Reads on; what stands before `keep` is forgotten."""
        kept = self._buffer[keep:]
        fresh = self._text.read(max(_STEP, len(kept)))
        self._buffer, self._at, self._more = kept + fresh, 0, bool(fresh)

    def _skip(self) -> None:
        """Passes over the rest of a line without holding it."""
        while (end := self._buffer.find("\n", self._at)) < 0 and self._more:
            self._fill(keep=len(self._buffer))
        self._at = end + 1 if end >= 0 else len(self._buffer)


def _rows(lines: _Lines) -> Iterator[list[str] | Refused]:
    """The rows of a table, and for each that cannot be read, why; the first one is always read."""
    first = next(lines, "").lstrip("\ufeff")
    if first.lower().startswith("sep=") and len(first.strip()) == 5:  # how Excel is told
        first = next(lines, "")
    separator = separator_of(first)
    reader = csv.reader(_After(first, lines), delimiter=separator, strict=True)
    while True:
        try:
            yield next(reader)
        except StopIteration:
            return
        except Refused as refused:
            yield refused
        except csv.Error as error:
            if "field limit" in str(error):  # what follows may be rows of the table or lines of that cell
                raise Refused("too_large", f"a cell is larger than {in_mb(limits().file)}") from error
            yield _refused(error)


class _After(Iterator[str]):
    """The lines with another one before them; a generator could not go on after one was refused."""

    def __init__(self, first: str, lines: _Lines) -> None:
        self._first: str | None = first
        self._lines = lines

    def __next__(self) -> str:
        if self._first is not None:
            first, self._first = self._first, None
            return first
        return next(self._lines)


def _refused(error: csv.Error) -> Refused:
    text = str(error)
    if "unexpected end" in text:
        return Refused("truncated", "the table ends within quotation marks")
    return Refused("broken_row", f"the row cannot be read ({text})")


def _names(row: list[str] | Refused, mapping: Mapping[str, str]) -> list[str]:
    """The names of the columns, if there are articles under them."""
    if isinstance(row, Refused):
        raise row
    if reason := no_text_among(row, mapping):
        raise Refused("no_text", reason)
    return row


def no_text_among(columns: Sequence[str], mapping: Mapping[str, str]) -> str:
    """Why columns of these names hold no articles, "" when they do."""
    if mapping.get("text", "").split(".")[0] in columns or any(field_of(name) == "text" for name in columns):
        return ""
    shown = ", ".join(name[:40] for name in columns[:8]) or "none"
    return f"no column with the article's text (columns: {shown}); name it with --map text=COLUMN"


def _read_row(
    path: str, where: str, names: list[str], row: list[str], mapping: Mapping[str, str]
) -> list[Draft | Rejection]:
    if len(row) != len(names):
        reason = f"the row has {len(row)} cells where {len(names)} were expected"
        return [Rejection(path, where, "ragged_row", reason)]
    record: dict[str, Any] = dict(zip(names, map(plain, row), strict=True))
    return drafted(path, where, record, mapping)


def _row(line: str, separator: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=separator), [])
    except csv.Error:
        return []
