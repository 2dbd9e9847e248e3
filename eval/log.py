"""The file of a run: a JSON line per finished case, in the order of the cases, and the only state of it.

A line is written at once and counts once its line feed is there, so that a run can be killed anywhere and
gone on with. It does not know how a record comes about.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from types import TracebackType

from eval.case import Case, Record, content_of, parsed
from ingest.errors import ArchiveError, NewsdeskError, UsageError
from ingest.whole import replacing

_BEGINS = b'{"case": {'  # of every line


class Log:
    """Takes records to the end of a file; use it in a `with` statement."""

    def __init__(self, out: Path) -> None:
        try:
            out.parent.mkdir(parents=True, exist_ok=True)
            self._file = out.open("ab", buffering=0)
        except OSError as error:
            raise _unwritable(out, error, UsageError) from None

    def __enter__(self) -> Log:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def write(self, record: Record) -> None:
        """One write for the whole line: a kill leaves it whole, absent, or without its end."""
        try:
            self._file.write(_line(record).encode())
            os.fsync(self._file.fileno())
        except OSError as error:
            raise _unwritable(Path(self._file.name), error, ArchiveError) from None


def read_run(path: Path) -> list[Record]:
    """The records of a finished or interrupted run; raises UsageError for anything else, or for none."""
    content = content_of(path)
    records = list(_records(content[: content.rfind(b"\n") + 1], path).values())
    if not records:
        raise UsageError(f"{path} holds no records: name the file that `newsdesk eval run` wrote.")
    return records


def rewrite(path: Path, records: Iterable[Record]) -> None:
    """The file with these records instead, all of them or none."""
    try:
        with replacing(path) as file:
            file.writelines(map(_line, records))
    except OSError as error:
        raise _unwritable(path, error, ArchiveError) from None


def resume(out: Path, cases: Sequence[Case], versions: Mapping[str, str]) -> dict[str, Record]:
    """The finished records by case id, after cutting off a line that a kill left half written.

    Raises UsageError for a file that is none of ours, or of another experiment.
    """
    if not out.exists():
        return {}
    content = content_of(out)
    intact = content.rfind(b"\n") + 1
    records = _records(content[:intact], out)
    wanted = {case.id: case for case in cases}
    for id_, record in records.items():
        _must_agree(record, wanted.get(id_, record.case), versions, out)
    _cut(out, intact, content[intact:])
    return records


def _must_agree(record: Record, case: Case, versions: Mapping[str, str], out: Path) -> None:
    names = sorted(
        name for name in versions.keys() | record.versions if versions.get(name) != record.versions.get(name)
    )
    if record.case != case:
        names.append(f"case {case.id}")
    if names:
        raise UsageError(
            f"{out} was made with another {' and another '.join(names)}: name a new --out, "
            "or delete that file to start anew."
        )


def _records(content: bytes, out: Path) -> dict[str, Record]:
    records: dict[str, Record] = {}
    for number, value in parsed(content, out):
        try:
            record = Record.from_json(value)
        except ValueError as error:
            raise UsageError(f"{out}, line {number}: {error}; name another --out.") from None
        if record.case.id in records:
            raise UsageError(
                f"{out}, line {number}: case {record.case.id!r} is there twice: name another --out."
            )
        records[record.case.id] = record
    return records


def _cut(out: Path, intact: int, torn: bytes) -> None:
    """Takes a torn line off the end, if it is one of ours: nobody's notes are to be cut."""
    if not torn.startswith(_BEGINS[: len(torn)]):
        raise UsageError(f"{out} does not end like a run of an evaluation: name another --out.")
    if torn:
        os.truncate(out, intact)


def _line(record: Record) -> str:
    return json.dumps(record.to_json()) + "\n"


def _unwritable(out: Path, error: OSError, kind: type[NewsdeskError]) -> NewsdeskError:
    return kind(f"{out} cannot be written: {error.strerror}.")
