"""Every bad input ends as one thing: taken in, taken in with a warning, or rejected with a code and a reason.

Each goes through the whole ingest. The counts add up, nothing hangs, and nothing is written outside the home.
"""

from __future__ import annotations

import contextlib
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ingest.archive import Archive
from ingest.article import Draft, Rejection
from ingest.fakes import HashEmbedder
from ingest.indexes import Indexes
from ingest.pipeline import ingest
from ingest.read import read
from ingest.report import Report
from tests.conftest import ROOT
from tests.ingest.bad_inputs import ROWS, BadInput, crowded_zip, endless_tar, feed, huge_line, line, page

SECONDS = 60
MOST_MEMORY = 1_500 << 20


class Desk:
    """An archive that takes in all of them, one after the other."""

    def __init__(self, home: Path) -> None:
        self.archive = Archive(home)
        self.indexes = Indexes(self.archive)

    def take_in(self, path: Path) -> Report:
        began = time.monotonic()
        report = ingest(self.archive, self.indexes, [path], HashEmbedder, "fake-hash-64")
        assert time.monotonic() - began < SECONDS
        assert report.read == report.ingested + report.unchanged + report.replaced + len(report.rejected)
        return report

    def close(self) -> None:
        self.indexes.close()
        self.archive.close()


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    desk = Desk(tmp_path_factory.mktemp("bad-inputs") / "home")
    yield desk
    desk.close()


def everything_in(folder: Path) -> dict[Path, int]:
    return {path: path.lstat().st_mtime_ns for path in folder.rglob("*")}


@pytest.mark.parametrize("bad", ROWS, ids=lambda bad: bad.name)
def test_it_ends_as_it_should(bad: BadInput, desk: Desk, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    path = bad.make(folder) or folder
    before = everything_in(tmp_path)
    report = desk.take_in(path)
    assert everything_in(tmp_path) == before

    rejected = {item.code for item in report.rejected}
    warned = {item.code for item in report.warnings}
    assert report.ingested == bad.kept, report
    assert bool(rejected) is (bad.outcome == "R"), report
    assert bool(warned) is (bad.outcome == "W"), report
    assert bool(report.unchanged or report.replaced) is (bad.outcome == "U"), report
    assert not bad.codes or rejected | warned <= bad.codes, report
    for item in (*report.rejected, *report.warnings):
        assert len(item.reason.split()) > 1
        assert "Traceback" not in item.reason
        assert item.path.isprintable()


def test_there_is_a_row_for_each_kind_of_trouble() -> None:
    names = [bad.name for bad in ROWS]
    assert len(names) == len(set(names)) > 60
    assert {bad.outcome for bad in ROWS} == {"I", "W", "R", "U"}


@pytest.mark.parametrize("name", ["page_with_hidden_text", "page_with_a_script_in_its_title"])
def test_hidden_text_is_not_in_the_archive_and_a_script_is_text(name: str, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    next(bad for bad in ROWS if bad.name == name).make(tmp_path / "in")
    desk = Desk(tmp_path / "home")
    desk.take_in(tmp_path / "in")
    (found,) = desk.archive.articles()
    assert "SECRET" not in found.text
    assert ("<script>" in found.title) is ("script" in name)
    desk.close()


def test_no_entity_is_fetched(desk: Desk, tmp_path: Path) -> None:
    """A pipe that nobody writes to would be waited for, and a server would be called."""
    os.mkfifo(tmp_path / "secret")
    called = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        address = f"http://127.0.0.1:{server.getsockname()[1]}/remote.dtd"
        (tmp_path / "in").mkdir()
        pipe = f'<!DOCTYPE rss [<!ENTITY x SYSTEM "file://{tmp_path}/secret">]>'
        texts = (
            feed("pipe", doctype=pipe, description="&x;"),
            feed("dtd", doctype=f'<!DOCTYPE rss SYSTEM "{address}">'),
            feed("parameter", doctype=f'<!DOCTYPE rss [<!ENTITY % x SYSTEM "{address}"> %x;]>'),
            page("page").replace("<!DOCTYPE html>", f'<!DOCTYPE html SYSTEM "{address}">'),
        )
        for n, text in enumerate(texts):
            (tmp_path / "in" / f"{n}.{'html' if 'DOCTYPE html' in text else 'xml'}").write_text(text)
        began = time.monotonic()
        report = desk.take_in(tmp_path / "in")
        with contextlib.suppress(TimeoutError):
            called.append(server.accept())
    assert not called
    assert time.monotonic() - began < 9, "something was waited for"
    assert len(report.rejected) >= 3


@pytest.mark.parametrize("change", ["appended", "deleted"])
def test_a_file_that_changes_while_it_is_read_is_said(desk: Desk, tmp_path: Path, change: str) -> None:
    file = tmp_path / "a.jsonl"
    file.write_text("".join(line(f"{change} {n}") for n in range(3)), encoding="utf-8")
    items = read(file)
    first = next(items)
    if change == "deleted":
        file.unlink()
    else:
        with file.open("a") as more:
            more.write("{}")
    rest = list(items)
    assert isinstance(first, Draft)
    assert [item.code for item in rest if isinstance(item, Rejection)][-1] == "changed"


def test_a_page_that_stalls_or_kills_its_reader_costs_itself_only(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The library is replaced, in the reading process alone, by one that does what the page says."""
    monkeypatch.setenv("NEWSDESK_ITEM_SECONDS", "2")
    monkeypatch.setenv("NEWSDESK_WORKER_MB", "400")
    library = tmp_path / "lib" / "trafilatura"
    library.mkdir(parents=True)
    (library / "__init__.py").write_text(MISBEHAVING)
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(library.parent), os.environ["PYTHONPATH"]]))
    folder = tmp_path / "in"
    folder.mkdir()
    for what in ("behave 1", "stall", "die", "eat", "raise", "write", "behave 2"):
        (folder / f"{what}.html").write_text(page(what, head=f"<meta name=do content={what}>"))
    report = desk.take_in(folder)
    assert report.ingested == 2
    assert {Path(item.path).stem: item.code for item in report.rejected} == {
        "stall": "timeout", "die": "crashed", "eat": "too_much_memory",
        "raise": "broken_html", "write": "broken_html",
    }  # fmt: skip
    assert not (tmp_path / "written").exists()


MISBEHAVING = """
import os, signal, time
from types import SimpleNamespace

def bare_extraction(page, **options):
    what = page.find(".//meta").get("content")
    if what == "stall":
        time.sleep(60)
    if what == "die":
        os.kill(os.getpid(), signal.SIGSEGV)
    if what == "eat":
        held = bytearray(1 << 30)
    if what == "raise":
        raise KeyError("unheard of")
    if what == "write":
        with open(os.path.join(os.path.dirname(__file__), "..", "..", "written"), "w") as file:
            file.write("x" * 99_999)
    return SimpleNamespace(title="t", author="", date="", text=page.findtext(".//p"))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="memory is measured as Linux tells it")
def test_all_of_them_together_by_the_command_line(tmp_path: Path) -> None:
    """One folder with every bad input in it: no traceback, and the counts add up."""
    for bad in ROWS:
        (tmp_path / "in" / bad.name).mkdir(parents=True)
        bad.make(tmp_path / "in" / bad.name)
    endless_tar(tmp_path / "in" / "endless.tar")
    crowded_zip(tmp_path / "in" / "crowded.zip", 1_000)
    report, peak = by_command(tmp_path / "in", tmp_path / "home")
    counts = [report[name] for name in ("ingested", "unchanged", "replaced")]
    assert report["read"] == sum(counts) + len(report["rejected"])
    assert report["ingested"] >= sum(bad.kept for bad in ROWS) - 5
    assert peak < MOST_MEMORY


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="memory is measured as Linux tells it")
@pytest.mark.parametrize("name", ["a.jsonl", "a.txt", "a.csv", "a.html", "a.xml", "a.json", "a.md", "a.eml"])
def test_a_line_of_200_megabytes_is_rejected_in_flat_memory(tmp_path: Path, name: str) -> None:
    (tmp_path / "in").mkdir()
    huge_line(tmp_path / "in" / name, 200 << 20)
    (tmp_path / "in" / "good.jsonl").write_text(line("beside the huge line"), encoding="utf-8")
    report, peak = by_command(tmp_path / "in", tmp_path / "home")
    assert report["ingested"] == 1 + (name == "a.jsonl")
    assert [item["code"] for item in report["rejected"]] == ["too_large"]
    assert peak < 600 << 20


def by_command(path: Path, home: Path) -> tuple[Any, int]:
    """What `newsdesk ingest` says about a path, and the most memory that it and its helpers held, at most."""
    done = subprocess.run(
        [sys.executable, "-c", MEASURED, "ingest", str(path), "--home", str(home), "--json"],
        cwd=ROOT, capture_output=True, text=True, timeout=300,
        env=os.environ | {"NEWSDESK_EMBEDDER": "fake-hash-64"},
    )  # fmt: skip
    assert "Traceback" not in done.stderr, done.stderr
    *_, own, helper, status = done.stderr.split()
    assert status == "0", done.stderr
    return json.loads(done.stdout), (int(own) + 2 * int(helper)) << 10


# A process that was started by a large one counts that one's memory as its own peak; its status does not.
MEASURED = """
import re, resource, sys
from pathlib import Path
from eval.main import run

status = run(sys.argv[1:])
own = re.search(r"VmHWM:\\s*(\\d+)", Path("/proc/self/status").read_text())[1]
print("peak", own, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, status, file=sys.stderr)
"""
