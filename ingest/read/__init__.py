"""Reads files and folders into drafts of articles.

`read` walks, opens what is compressed and asks each known kind of file whether the content is its own. A new
format is one module with a sniffing function and a reading function, and one line in `KINDS`. Everything
that is not read comes out as a `Rejection`: nothing disappears silently.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from ingest.article import Draft, Rejection
from ingest.errors import UsageError
from ingest.read import html, records, text
from ingest.read.fields import FIELDS
from ingest.read.source import Refused, Source, binary_kind, bom_encoding, printable

__all__ = ["FIELDS", "KINDS", "Kind", "read"]

Reader = Callable[[Source, Mapping[str, str]], Iterator[Draft | Rejection]]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file: what it looks like from inside, what it is usually called, and how it is read."""

    name: str
    suffixes: tuple[str, ...]
    looks: Callable[[str], bool]
    read: Reader


KINDS = (
    Kind("JSON", records.SUFFIXES, records.looks_like_records, records.read_records),
    Kind("HTML", html.SUFFIXES, html.looks_like_html, html.read_html),
    Kind("text", text.SUFFIXES, lambda head: False, text.read_text),
)
"""In this order: the first whose look fits, else the first whose suffix fits."""


def read(path: Path, *, mapping: Mapping[str, str] | None = None) -> Iterator[Draft | Rejection]:
    """The articles of a file or folder, in the order of their paths, one at a time.

    `mapping` gives the names that a JSON record uses for our fields (`{"text": "story.body"}`) and comes
    before the usual names. A `Warned` directly follows the `Draft` that it is about; a file's last
    `Warned` with an empty `where` is about the whole file. Raises `UsageError` if there is nothing at the
    path or the mapping names an unknown field; an empty folder yields nothing.
    """
    mapping = mapping or {}
    if unknown := sorted(set(mapping) - set(FIELDS)):
        raise UsageError(f"{unknown[0]!r} is not a field of an article; the fields are {', '.join(FIELDS)}.")
    path = Path(path)
    if not os.path.lexists(path):
        raise UsageError(f"There is no file or folder {printable(path)}.")
    return _read(path, mapping)


def _read(path: Path, mapping: Mapping[str, str]) -> Iterator[Draft | Rejection]:
    for found in _walk(path) if path.is_dir() else [path]:
        if isinstance(found, Rejection):
            yield found
        else:
            yield from _read_file(found, mapping)


def _walk(folder: Path) -> Iterator[Path | Rejection]:
    """The files of a folder and of its subfolders, sorted; what is left out as a Rejection."""
    pending = [folder]
    while pending:
        here = pending.pop()
        try:
            if here is not folder and (reason := _left_out(here, folder)):
                yield Rejection(printable(here), "", *reason)
            elif here.is_dir():
                pending.extend(sorted(here.iterdir(), reverse=True))
            else:
                yield here
        except OSError as error:
            yield Rejection(
                printable(here), "", "unreadable", f"it cannot be opened: {error.strerror or error}"
            )


def _left_out(path: Path, root: Path) -> tuple[str, str] | None:
    """Why something found in a folder is not read, as a code and a reason."""
    if path.name.startswith("."):
        return "hidden", "hidden files and folders are not read; name it to read it"
    if not path.is_symlink():
        return None
    try:
        target = path.resolve(strict=True)
    except (OSError, RuntimeError):
        return "link", "a symbolic link that leads nowhere"
    if target.is_relative_to(root.resolve()):
        return "link", "a symbolic link into the same folder, where its target is read"
    return "link", "a symbolic link out of the folder is not followed; name its target to read it"


def _read_file(path: Path, mapping: Mapping[str, str]) -> Iterator[Draft | Rejection]:
    source = Source(path)
    try:
        mode = path.stat().st_mode
        if not stat.S_ISREG(mode):
            raise Refused("not_a_file", "not a regular file (a pipe, socket or device)")
        yield from _kind(source).read(source, mapping)
    except Refused as refused:
        yield Rejection(source.shown, "", refused.code, refused.reason)
    except OSError as error:
        why = f"the file cannot be read: {error.strerror or error}"
        yield Rejection(source.shown, "", "unreadable", why)


def _kind(source: Source) -> Kind:
    """The kind of a file, by its content and then by its name; raises `Refused`."""
    head = source.head()
    if not head.strip(b"\x00 \t\r\n\xef\xbb\xbf") and b"\x00" not in head:
        raise Refused("empty", "the file is empty")
    named = next((kind for kind in KINDS if source.suffix in kind.suffixes), None)
    if what := binary_kind(head):
        if named and source.suffix:
            raise Refused("binary", f"named {source.suffix} but contains {what}")
        raise Refused("unknown_format", f"{what}, which is not a format that is read")
    start = head.decode(bom_encoding(head) or "utf-8", "replace").removeprefix("\ufeff")
    if kind := next((kind for kind in KINDS if kind.looks(start)), None):
        return kind
    if named is None:
        known = ", ".join(suffix for kind in KINDS for suffix in kind.suffixes if suffix)
        reason = f"{source.suffix} is not a format that is read ({known}, also .gz or .zst)"
        raise Refused("unknown_format", reason)
    return named
