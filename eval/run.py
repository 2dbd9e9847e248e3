"""Runs cases through the engine, one record per case, so that it can be stopped anywhere and go on.

The output file is the only state: a JSON line per finished case, in the order of the cases. It knows the
engine by three questions (`ask`, `search`, `show`) and nothing of how scores are added up.
"""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, Protocol

from app.answer import Answer, Hit
from eval.case import Case, Found, Record, content_of, parsed
from eval.metrics import score, shown_ids
from ingest.article import Article
from ingest.errors import ArchiveError, NewsdeskError, UsageError
from ingest.progress import step

DEPTH = 10  # distinct articles that a search is judged by
_BEGINS = b'{"case": {'  # of every line


class State(Protocol):
    """What the engine says of itself (`Newsdesk.status()`)."""

    @property
    def articles(self) -> int: ...
    @property
    def embedder(self) -> str: ...
    def to_json(self) -> dict[str, Any]: ...


class Desk(Protocol):
    """What an evaluation needs of the engine."""

    def ask(self, question: str, *, as_of: str | None = None, choices: Sequence[str] = ()) -> Answer: ...
    def search(self, query: str, *, k: int = 10, as_of: str | None = None) -> list[Hit]: ...
    def show(self, article_id: str) -> Article: ...
    def status(self) -> State: ...


def run(cases: Sequence[Case], desk: Desk, out: Path) -> list[Record]:
    """Answers and scores what `out` does not hold yet; returns the records of `cases`, in their order.

    Raises UsageError for an empty archive, and for an `out` that was made with another archive, version
    or wording of a case.
    """
    versions = versions_of(desk)
    records = _resume(out, cases, versions)
    todo = [case for case in cases if case.id not in records]
    if todo:
        desk.search("news")  # loads the model, outside the measured times; without one, fails here and once
    with _append(out) as file, step("Asking", len(todo), "questions") as advance:
        for case in todo:
            records[case.id] = answer(case, desk, versions)
            _write_line(file, records[case.id])
            advance(1)
    return [records[case.id] for case in cases]


def answer(case: Case, desk: Desk, versions: Mapping[str, str]) -> Record:
    """One case through the engine; what goes wrong with it is written down and stops nothing else."""
    record = Record(case, None, (), {}, versions, {})
    try:
        record = _asked(record, desk)
    except NewsdeskError as error:
        record = replace(record, error=str(error))
    except Exception as error:
        record = replace(record, error=f"{type(error).__name__}: {error}")
    return replace(record, scores=score(record, articles_of(record, desk)))


def _asked(record: Record, desk: Desk) -> Record:
    case = record.case
    began = time.perf_counter()
    reply = desk.ask(case.question, as_of=case.as_of, choices=case.choices)
    asked = time.perf_counter()
    ranked = distinct(desk.search(case.question, k=DEPTH, as_of=case.as_of))
    timings = {"ask": asked - began, "search": time.perf_counter() - asked}
    timings |= {f"ask.{part}": seconds for part, seconds in reply.timings.items()}
    return replace(record, answer=reply.to_json(), ranked=ranked, timings=timings)


def distinct(hits: Iterable[Hit]) -> tuple[Found, ...]:
    """The articles of the hits, each once, at the place of its best hit."""
    found: dict[str, Found] = {}
    for hit in hits:
        published = str(hit.published) if hit.published else None
        article = Found(hit.passage.article_id, hit.title, hit.url, published)
        found.setdefault(article.article_id, article)
    return tuple(found.values())


def articles_of(record: Record, desk: Desk) -> dict[str, Article]:
    """Every article that a record shows and the archive has, by id."""
    articles = {}
    for id_ in shown_ids(record):
        try:
            articles[id_] = desk.show(id_)
        except UsageError:
            continue  # an article that is not there: the metrics count that against the citation
    return articles


def versions_of(desk: Desk) -> dict[str, str]:
    """What decides the answers: the program, the model, and what the archive holds."""
    state = desk.status()
    if not state.articles:
        raise UsageError("The archive is empty: run `newsdesk ingest` on the articles first.")
    # Where the archive lies and what it turned away decide no answer.
    holds = {name: value for name, value in state.to_json().items() if name not in ("home", "rejected")}
    archive = hashlib.sha256(json.dumps(holds, sort_keys=True).encode()).hexdigest()[:16]
    return {"newsdesk": _package_version(), "embedder": state.embedder, "archive": archive}


def _package_version() -> str:
    try:
        return version("newsdesk")
    except PackageNotFoundError:
        return "not installed"


# The output file


def _resume(out: Path, cases: Sequence[Case], versions: Mapping[str, str]) -> dict[str, Record]:
    """The finished records by case id, after cutting off a line that a kill left half written.

    A line counts once its line feed is written, which comes last.
    """
    if not out.exists():
        return {}
    content = content_of(out)
    intact = content.rfind(b"\n") + 1
    records = _finished(content[:intact], out)
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


def _finished(content: bytes, out: Path) -> dict[str, Record]:
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


def _append(out: Path) -> AbstractContextManager[Any]:
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        return out.open("ab", buffering=0)
    except OSError as error:
        raise UsageError(f"{out} cannot be written: {error.strerror}.") from None


def _write_line(file: Any, record: Record) -> None:
    """One write for the whole line: a kill leaves it whole, absent, or without its end."""
    line = json.dumps(record.to_json()) + "\n"
    try:
        file.write(line.encode())
        os.fsync(file.fileno())
    except OSError as error:
        raise ArchiveError(f"{file.name} cannot be written: {error.strerror}.") from None
