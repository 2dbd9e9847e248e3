"""Reads files and folders into drafts of articles.

`read` walks, opens what is compressed and asks each known kind of file whether the content is its own. A new
format is one module with a sniffing function and a reading function, and one line in `KINDS`. Everything
that is not read comes out as a `Rejection`: nothing disappears silently.
"""

from __future__ import annotations

import io
import os
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future
from dataclasses import dataclass, replace
from pathlib import Path

from ingest.article import Draft, Rejection
from ingest.errors import UsageError
from ingest.read import (
    containers,
    docx,
    feed,
    html,
    jsonfeed,
    mail,
    newsml1,
    newsml_g2,
    ninjs,
    nitf,
    parquet,
    pdf,
    records,
    reuters,
    table,
    text,
    warc,
    worker,
)
from ingest.read.fields import FIELDS
from ingest.read.source import HEAD, Passing, Refused, Source, binary_kind, bom_encoding, printable
from ingest.read.worker import Item, Read, contained

__all__ = ["FIELDS", "KINDS", "Kind", "read", "read_bytes"]


def _never(head: str) -> bool:
    """The look of what is told by its magic or its name alone."""
    return False


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file: what it looks like from inside, what it is usually called, and how it is read.

    `looks` sees the beginning as text, from the first thing in it, `magic` as bytes, for formats that are
    not text. `read` yields drafts, rejections, and parts of the source that are sources themselves. What is
    `risky` to parse is read in a process of its own (`ingest.read.worker`), once the libraries that it
    `needs` are loaded there.
    """

    name: str
    suffixes: tuple[str, ...]
    looks: Callable[[str], bool]
    read: Read
    risky: bool = False
    magic: Callable[[bytes], bool] | None = None
    needs: tuple[str, ...] = ()


KINDS = (
    Kind("DOCX", docx.SUFFIXES, _never, docx.read_docx, risky=True, magic=docx.is_docx, needs=("docx",)),
    Kind("PDF", pdf.SUFFIXES, _never, pdf.read_pdf, risky=True, magic=pdf.is_pdf, needs=("pypdfium2",)),
    Kind("ZIP", containers.ZIP_SUFFIXES, _never, containers.read_zip, magic=containers.is_zip),
    Kind("tar", containers.TAR_SUFFIXES, _never, containers.read_tar, magic=containers.is_tar),
    Kind(
        "Parquet", parquet.SUFFIXES, _never, parquet.read_parquet,
        risky=True, magic=parquet.is_parquet, needs=("pyarrow.parquet",),
    ),
    Kind("WARC", warc.SUFFIXES, _never, warc.read_warc, magic=warc.is_warc),
    Kind(
        "NewsML-G2",
        newsml_g2.SUFFIXES,
        newsml_g2.looks_like_newsml_g2,
        newsml_g2.read_newsml_g2,
        risky=True,
        needs=("lxml",),
    ),
    Kind(
        "NewsML 1",
        newsml1.SUFFIXES,
        newsml1.looks_like_newsml1,
        newsml1.read_newsml1,
        risky=True,
        needs=("lxml",),
    ),
    Kind("NITF", nitf.SUFFIXES, nitf.looks_like_nitf, nitf.read_nitf, risky=True, needs=("lxml",)),
    Kind("feed", feed.SUFFIXES, feed.looks_like_feed, feed.read_feed, risky=True, needs=("feedparser",)),
    Kind("Reuters SGML", reuters.SUFFIXES, reuters.looks_like_reuters, reuters.read_reuters),
    Kind("mbox", mail.MBOX_SUFFIXES, mail.looks_like_mbox, mail.read_mbox),
    Kind(mail.KIND, mail.SUFFIXES, mail.looks_like_mail, mail.read_mail, risky=True, needs=("trafilatura",)),
    Kind("JSON Feed", jsonfeed.SUFFIXES, jsonfeed.looks_like_json_feed, jsonfeed.read_json_feed),
    Kind("ninjs", ninjs.SUFFIXES, ninjs.looks_like_ninjs, ninjs.read_ninjs),
    Kind("JSON", records.SUFFIXES, records.looks_like_records, records.read_records),
    Kind("HTML", html.SUFFIXES, html.looks_like_html, html.read_html, risky=True, needs=("trafilatura",)),
    Kind("CSV", table.SUFFIXES, table.looks_like_table, table.read_table),
    Kind("text", text.SUFFIXES, _never, text.read_text),
)  # fmt: skip
"""In this order: the first whose look or magic fits, else the first whose suffix fits."""

_AHEAD = 16  # things read ahead of the one whose turn it is
_AHEAD_BYTES = 40 << 20


def read(path: Path, *, mapping: Mapping[str, str] | None = None) -> Iterator[Draft | Rejection]:
    """The articles of a file or folder, in the order of their paths, one at a time.

    `mapping` gives the names that a JSON record uses for our fields (`{"text": "story.body"}`) and comes
    before the usual names. A `Warned` directly follows the `Draft` that it is about; a file's last
    `Warned` with an empty `where` is about the whole file. Raises `UsageError` if there is nothing at the
    path or the mapping names an unknown field; an empty folder yields nothing.
    """
    mapping, path = _checked(mapping), Path(path)
    if not os.path.lexists(path):
        raise UsageError(f"There is no file or folder {printable(path)}.")
    return _in_order(_read(path, mapping))


def read_bytes(
    name: str, content: bytes, *, mapping: Mapping[str, str] | None = None
) -> Iterator[Draft | Rejection]:
    """The articles of what is in no file, read as a file of this name would be; see `read`."""
    mapping, source = _checked(mapping), Source(Path(name))
    try:
        source = source.holding(io.BytesIO(content))
    except Refused as refused:
        return iter([Rejection(source.shown, "", refused.code, refused.reason)])
    return _in_order(_read_source(source, mapping))


def _checked(mapping: Mapping[str, str] | None) -> Mapping[str, str]:
    mapping = mapping or {}
    if unknown := sorted(set(mapping) - set(FIELDS)):
        raise UsageError(f"{unknown[0]!r} is not a field of an article; the fields are {', '.join(FIELDS)}.")
    return mapping


def _read(path: Path, mapping: Mapping[str, str]) -> Iterator[_Step]:
    for found in _walk(path) if path.is_dir() else [path]:
        if isinstance(found, Rejection):
            yield found
        else:
            yield from _read_source(Source(found), mapping)


@dataclass(frozen=True, slots=True)
class _Later:
    """What a worker is going to find in a source."""

    source: Source
    items: Future[list[Item]]

    @property
    def size(self) -> int:
        return len(self.source.content) if isinstance(self.source.content, bytes) else 0


_Step = Draft | Rejection | _Later


def _in_order(steps: Iterator[_Step]) -> Iterator[Draft | Rejection]:
    """Everything in its turn, while workers read a little ahead."""
    ahead: deque[_Step] = deque()
    for step in steps:
        ahead.append(step)
        while ahead and (
            not isinstance(ahead[0], _Later)
            or ahead[0].items.done()
            or len(ahead) > _AHEAD
            or sum(step.size for step in ahead if isinstance(step, _Later)) > _AHEAD_BYTES
        ):
            yield from _settled(ahead.popleft())
    while ahead:
        yield from _settled(ahead.popleft())


def _settled(step: _Step) -> Iterator[Draft | Rejection]:
    if not isinstance(step, _Later):
        yield step
        return
    for item in step.items.result():
        assert not isinstance(item, Source), "what is risky has no parts"
        yield _placed(step.source, item)


def _read_source(source: Source, mapping: Mapping[str, str]) -> Iterator[_Step]:
    try:
        kind = _kind(source)
        if not kind.risky:
            items = contained(source, kind.read(source, mapping))
        elif isinstance(source.content, Passing):
            raise Refused("too_large", "it is too large to be read inside its archive; unpack it first")
        elif source.is_large:
            items = worker.stream(kind.name, source, mapping)
        else:
            yield _Later(source, worker.submit(kind.name, source, mapping))
            return
    except Refused as refused:
        yield Rejection(source.shown, source.where, refused.code, refused.reason)
        return
    except OSError as error:
        why = f"the file cannot be read: {error.strerror or error}"
        yield Rejection(source.shown, source.where, "unreadable", why)
        return
    for item in items:
        if isinstance(item, Source):
            yield from _read_source(item, mapping)
        else:
            yield _placed(source, item)


def _placed(source: Source, item: Draft | Rejection) -> Draft | Rejection:
    """The item with its place in the container that its source is a part of."""
    if not source.where or item.where.startswith(source.where):
        return item
    return replace(item, where=", ".join(filter(None, (source.where, item.where))))


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


def _kind(source: Source) -> Kind:
    """The kind of a file, by its content and then by its name; raises `Refused`."""
    if source.kind:
        return next(kind for kind in KINDS if kind.name == source.kind)
    head = source.head()
    if len(head) < HEAD and not head.strip(b"\x00 \t\r\n\xef\xbb\xbf") and b"\x00" not in head:
        raise Refused("empty", "the file is empty")
    named = next((kind for kind in KINDS if source.suffix in kind.suffixes), None)
    if kind := next((kind for kind in KINDS if kind.magic and kind.magic(head)), None):
        return kind
    what = binary_kind(head)
    if what and not (named and named.magic):
        if named and source.suffix:
            raise Refused("binary", f"named {source.suffix} but contains {what}")
        raise Refused("unknown_format", f"{what}, which is not a format that is read")
    start = head.decode(bom_encoding(head) or "utf-8", "replace").lstrip("\ufeff \t\r\n")
    if kind := next((kind for kind in KINDS if kind.looks(start)), None):
        return kind
    if named is None:
        reason = f"{source.suffix} is not a format that is read: `newsdesk formats` lists those that are"
        raise Refused("unknown_format", reason)
    if named.magic:
        raise Refused("wrong_magic", f"named {source.suffix} but is no {named.name} file")
    return named
