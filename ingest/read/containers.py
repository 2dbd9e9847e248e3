"""ZIP and tar archives: each file inside is a source of its own, read as a stream and never written to disk.

What has no business in an archive of articles (links, devices, ways out of it, passwords, archives in
archives) is rejected by name, and the rest is read. Knows nothing of what the files hold.
"""

from __future__ import annotations

import io
import stat
import struct
import tarfile
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import BinaryIO, Self, cast

from ingest.article import Rejection
from ingest.limits import in_mb, limits
from ingest.read.source import Refused, Source, printable
from ingest.read.worker import Item

ZIP_SUFFIXES = (".zip",)
TAR_SUFFIXES = (".tar", ".tgz", ".tbz2", ".txz", ".tzst")

_LONGEST_DIRECTORY = 64 << 20  # bytes of a ZIP archive's list of files: some 700,000 of them
_LONGEST_HEADER = 1 << 20  # bytes of a tar header's own data: names and comments
_GRACE = 1 << 20  # bytes that any archive may unpack to
_END = struct.Struct("<4s4H2LH")  # the end of a ZIP archive; its sixth value is the size of the list
_EXTENSIONS = (
    tarfile.GNUTYPE_LONGNAME,
    tarfile.GNUTYPE_LONGLINK,
    tarfile.XHDTYPE,
    tarfile.XGLTYPE,
    tarfile.SOLARIS_XHDTYPE,
)
_NESTED = "an archive inside an archive is not opened; unpack the outer one first"


def is_zip(head: bytes) -> bool:
    return head.startswith((b"PK\x03\x04", b"PK\x05\x06"))


def is_tar(head: bytes) -> bool:
    return head[257:262] == b"ustar"


def read_zip(source: Source, mapping: Mapping[str, str]) -> Iterator[Item]:
    """The files of a ZIP archive, in its own order."""
    if source.depth:
        raise Refused("nested", _NESTED)
    with source.open() as stream:
        if not stream.seekable():
            raise Refused("nested", "a ZIP archive that is compressed once more; unpack it first")
        size = _zip_size(stream)
        with _opened_zip(stream) as archive:
            if reason := _office_document(archive):
                raise Refused("unknown_format", reason)
            left = max(_GRACE, limits().ratio * size)
            for info in archive.infolist():
                if info.filename.endswith("/"):
                    continue
                found = _zip_member(source, archive, info, left)
                if isinstance(found, Source):
                    left -= info.file_size
                yield found


def read_tar(source: Source, mapping: Mapping[str, str]) -> Iterator[Item]:
    """The files of a tar archive, in its own order, in one pass."""
    if source.depth:
        raise Refused("nested", _NESTED)
    with source.open() as stream, tarfile.open(None, "r|", stream, tarinfo=_Header) as archive:
        for info in archive:
            archive.members.clear()  # type: ignore[attr-defined]  # it would remember every one
            if info.isdir():
                continue
            if why := _bad_name(info.name) or _no_file(info):
                yield _left_out(source, info.name, why)
            elif content := archive.extractfile(info):
                yield _part(source, cast(BinaryIO, content), info.name)


def _part(source: Source, content: BinaryIO, name: str) -> Item:
    try:
        return source.file_inside(name, content)
    except Refused as refused:
        return _left_out(source, name, (refused.code, refused.reason))


def _left_out(source: Source, name: str, why: tuple[str, str]) -> Rejection:
    return Rejection(f"{source.shown}/{printable(name)}", "", *why)


def _bad_name(name: str) -> tuple[str, str] | None:
    """Why nothing of that name is read, whatever it is."""
    parts = PurePosixPath(name.replace("\\", "/")).parts
    if not parts or parts[0] == "/" or ".." in parts or parts[0].endswith(":"):
        return "unsafe_name", "its name leads out of the archive"
    if any(part.startswith(".") or part == "__MACOSX" for part in parts):
        return "hidden", "hidden files are not read"
    return None


# ZIP -------------------------------------------------------------------------------------------------------


def _zip_size(stream: BinaryIO) -> int:
    """The size of a ZIP archive; refuses one whose list of files would fill the memory."""
    size = stream.seek(0, io.SEEK_END)
    stream.seek(max(0, size - _END.size - 0xFFFF))
    tail = stream.read()
    at = tail.rfind(b"PK\x05\x06")
    if at >= 0 and len(tail) - at >= _END.size:
        *_, listed, _, _ = _END.unpack_from(tail, at)
        if listed > _LONGEST_DIRECTORY and size > _LONGEST_DIRECTORY:
            raise Refused("too_large", f"its list of files is larger than {in_mb(_LONGEST_DIRECTORY)}")
    stream.seek(0)
    return size


def _zip_member(source: Source, archive: zipfile.ZipFile, info: zipfile.ZipInfo, left: int) -> Item:
    mode = info.external_attr >> 16
    why = _bad_name(info.filename)
    if mode and stat.S_IFMT(mode) not in (0, stat.S_IFREG):
        why = ("link", "a symbolic link") if stat.S_ISLNK(mode) else ("not_a_file", "not a regular file")
    elif info.flag_bits & 0x1:
        why = "encrypted", "it is encrypted; unpack the archive with its password first"
    elif info.file_size > max(_GRACE, limits().ratio * info.compress_size) or info.file_size > left:
        why = "bomb", f"it unpacks to more than {limits().ratio} times its size, as no article does"
    if why:
        return _left_out(source, info.filename, why)
    try:
        return _part(source, cast(BinaryIO, archive.open(info)), info.filename)
    except Exception as error:  # every field of its header may be wrong, and each fails in its own way
        return _left_out(source, info.filename, ("broken_archive", f"it cannot be unpacked ({error})"))


def _office_document(archive: zipfile.ZipFile) -> str:
    """What an archive is that is really one document, "" for a true archive."""
    names = set(archive.namelist()[:50])
    if "[Content_Types].xml" in names:
        return "an office document, of which only .docx is read"
    return "an office document or electronic book, which is not a format that is read" * ("mimetype" in names)


def _opened_zip(stream: BinaryIO) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(stream)
    except Exception as error:
        raise Refused("broken_archive", f"the ZIP archive is damaged ({error})") from error


# tar -------------------------------------------------------------------------------------------------------


class _Header(tarfile.TarInfo):
    """A header that does not ask for more memory than a name needs."""

    @classmethod
    def frombuf(cls, buf: bytes | bytearray, encoding: str, errors: str) -> Self:
        header = super().frombuf(buf, encoding, errors)
        if header.type in _EXTENSIONS and header.size > _LONGEST_HEADER:
            raise tarfile.ReadError("a header is too large")
        return header


def _no_file(info: tarfile.TarInfo) -> tuple[str, str] | None:
    if info.issym() or info.islnk():
        return "link", "a link to another file"
    if info.issparse():
        return "bomb", "a file with holes, as no article has"
    return None if info.isreg() else ("not_a_file", "not a regular file (a pipe or device)")
