"""How fast: a complete index and a search against the peers, the first words found, questions, commands.

Everything is measured from outside, each build and each cold command in a fresh process. It knows the
programs it starts by their command lines only.
"""

from __future__ import annotations

import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from app import Newsdesk
from eval.case import Case
from eval.peers import PEERS, WHOLE
from eval.peers.build import timed
from eval.run import distinct
from ingest.errors import NewsdeskError
from ingest.lexical import Lexical
from ingest.progress import step

NEWSDESK = "Newsdesk"
PROGRAMS = (NEWSDESK, WHOLE, *PEERS)
_POLL_SECONDS = 0.05


@dataclass(frozen=True, slots=True)
class Build:
    """One complete index. `seconds` is the work alone, `loading` what the process took besides.

    `cpu` is the process's user and system time in seconds, all of it. `searchable` is when, from the
    start of the process, a word search knew every article; None for programs without one. `searches` are
    the seconds of each warm search of the index, for each way of searching it.
    """

    program: str
    articles: int
    passages: int
    seconds: float
    loading: float
    cpu: float
    searchable: float | None = None
    searches: Mapping[str, Sequence[float]] = field(default_factory=dict)

    @property
    def rate(self) -> float:
        """Articles per second of work."""
        return self.articles / self.seconds


@dataclass(frozen=True, slots=True)
class Times:
    """Seconds of several goes at the same thing."""

    what: str
    median: float
    p95: float
    n: int

    @classmethod
    def of(cls, what: str, seconds: Sequence[float]) -> Times:
        late = statistics.quantiles(seconds, n=20, method="inclusive")[-1] if len(seconds) > 1 else seconds[0]
        return cls(what, statistics.median(seconds), late, len(seconds))


# Building


def build_newsdesk(articles: Path, home: Path) -> Build:
    """`newsdesk ingest` of a JSONL file into a new home folder, watched for when words can be found."""
    command = [*_NEWSDESK, "ingest", str(articles), "--home", str(home), "--json"]
    with tempfile.TemporaryFile("w+") as output:
        began, cpu = time.perf_counter(), _children_cpu()
        process = subprocess.Popen(command, stdout=output, env=_environment())
        seen = _watch(process, home, began)
        wall, cpu = time.perf_counter() - began, _children_cpu() - cpu
        _must_have_worked(process.returncode, command)
        output.seek(0)
        report = json.load(output)
    searchable = next((when for when, passages in seen if passages >= report["passages"]), wall)
    seconds = report["seconds"]
    return Build(NEWSDESK, report["ingested"], report["passages"], seconds, wall - seconds, cpu, searchable)


def build_peer(program: str, articles: Path, folder: Path, questions: Sequence[str]) -> Build:
    """A peer over the same file, in a process of its own, which then answers the questions."""
    command = [sys.executable, "-m", "eval.peers.build", program, str(articles), str(folder)]
    asked = "".join(json.dumps(question) + "\n" for question in questions)
    began = time.perf_counter()
    done = subprocess.run(
        command, input=asked, capture_output=True, text=True, env=_environment(), check=False
    )
    wall = time.perf_counter() - began
    _must_have_worked(done.returncode, command, done.stderr)
    report = json.loads(done.stdout)
    loading = wall - report["seconds"] - report["searching"]
    return Build(
        program, report["articles"], report["chunks"], report["seconds"], loading, report["cpu"],
        searches=report["searches"],
    )  # fmt: skip


def builds(
    articles: Path, work: Path, programs: Sequence[str], rounds: int, questions: Sequence[str] = ()
) -> list[list[Build]]:
    """For each program its builds, one a round; the programs take turns, so that noise meets all of them."""
    made: list[list[Build]] = [[] for _ in programs]
    for n in range(rounds):
        for program, each in zip(programs, made, strict=True):
            folder = work / f"{program} {n}"
            with step(program, None, "articles") as advance:
                each.append(build(program, articles, folder, questions))
                advance(each[-1].articles)
    return made


def build(program: str, articles: Path, folder: Path, questions: Sequence[str] = ()) -> Build:
    """One index of a JSONL file of articles in a new folder, and the questions put to it."""
    if program != NEWSDESK:
        return build_peer(program, articles, folder, questions)
    built = build_newsdesk(articles, folder)
    return replace(built, searches={NEWSDESK: _searches(folder, questions)}) if questions else built


def _searches(home: Path, questions: Sequence[str]) -> list[float]:
    with Newsdesk.open(home) as desk:
        return timed(lambda question, k: distinct(desk.search(question, k=k)), questions)


def _watch(process: subprocess.Popen[bytes], home: Path, began: float) -> list[tuple[float, int]]:
    """(seconds since `began`, passages that a word search knows) until the process ends."""
    seen: list[tuple[float, int]] = []
    lexical: Lexical | None = None
    while process.poll() is None:
        time.sleep(_POLL_SECONDS)
        if lexical is None and (home / "lexical" / "state.json").is_file():
            lexical = Lexical(home)  # only now: opening it earlier would make it
        if lexical is not None:
            lexical.refresh()
            seen.append((time.perf_counter() - began, lexical.count()))
    return seen


def _children_cpu() -> float:
    """User and system seconds of all processes that were started here and have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


# Asking


def warm_questions(home: Path | None, cases: Sequence[Case]) -> Times:
    """`ask` in one open engine, after a first question that loads everything."""
    with Newsdesk.open(home) as desk:
        desk.ask(cases[0].question)
        seconds = []
        for case in cases:
            began = time.perf_counter()
            desk.ask(case.question, as_of=case.as_of)
            seconds.append(time.perf_counter() - began)
        return Times.of(f"a warm question, {desk.status().articles:,} articles", seconds)


def cold_commands(home: Path | None, question: str, goes: int = 5) -> list[Times]:
    """Whole commands in fresh processes, as a person waits for them."""
    place = ["--home", str(home)] if home else []
    commands = {
        "newsdesk --help": ["--help"],
        "newsdesk status": ["status", *place],
        "newsdesk ask, cold": ["ask", question, *place],
    }
    return [Times.of(what, [_seconds_of(args) for _ in range(goes)]) for what, args in commands.items()]


def _seconds_of(arguments: Sequence[str]) -> float:
    command = [*_NEWSDESK, *arguments]
    began = time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True, env=_environment(), check=False)
    seconds = time.perf_counter() - began
    _must_have_worked(done.returncode, command, done.stderr)
    return seconds


_NEWSDESK = (sys.executable, "-m", "eval.main")


def _environment() -> dict[str, str]:
    """Ours, with this very program on the path, whether it is installed or a checkout."""
    places = [str(Path(__file__).parents[1]), os.environ.get("PYTHONPATH", "")]
    return os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, places))}


def _must_have_worked(status: int, command: Sequence[str], said: str = "") -> None:
    if status:
        last = (said.strip().splitlines() or ["see above"])[-1]
        raise NewsdeskError(f"`{' '.join(command)}` ended with status {status}: {last}")


# Showing


def to_json(made: Sequence[Sequence[Build]], times: Sequence[Times]) -> dict[str, Any]:
    """Every build with its rate, the ratios of the medians, and the times."""
    return {
        "builds": [asdict(build) | {"articles_per_second": build.rate} for each in made for build in each],
        "times_as_fast": ratios(made),
        "searches": {way: asdict(found) for way, found in searches(made).items()},
        "search_times_as_fast": search_ratios(made),
        "times": [asdict(one) for one in times],
        "processors": os.cpu_count(),
        "load": os.getloadavg()[0],
    }


def ratios(made: Sequence[Sequence[Build]]) -> dict[str, float]:
    """How many times the articles per second of each other program Newsdesk does, by the median rates."""
    rates = {each[0].program: statistics.median(build.rate for build in each) for each in made}
    return {name: rates[NEWSDESK] / rate for name, rate in rates.items() if name != NEWSDESK}


def searches(made: Sequence[Sequence[Build]]) -> dict[str, Times]:
    """The warm searches of all rounds together, by the way of searching."""
    seconds: dict[str, list[float]] = {}
    for build in (build for each in made for build in each):
        for way, took in build.searches.items():
            seconds.setdefault(way, []).extend(took)
    return {way: Times.of(f"a warm search, {way}", took) for way, took in seconds.items()}


def search_ratios(made: Sequence[Sequence[Build]]) -> dict[str, float]:
    """How many times as long as Newsdesk's the median search of each other way takes."""
    found = searches(made)
    return {way: one.median / found[NEWSDESK].median for way, one in found.items() if way != NEWSDESK}


def show(made: Sequence[Sequence[Build]], times: Sequence[Times], console: Console) -> None:
    """Two tables: the builds (medians over the rounds) and the times."""
    grid = Table(title="A complete index", title_justify="left", title_style="bold", box=None, pad_edge=False)
    grid.add_column("", no_wrap=True)
    for column in ("articles/s", "seconds", "loading", "CPU s", "passages", "slower"):
        grid.add_column(column, justify="right")
    faster = ratios(made)
    for each in made:
        middle = sorted(each, key=lambda build: build.rate)[len(each) // 2]
        ratio = faster.get(middle.program)
        grid.add_row(
            middle.program, f"{middle.rate:.2f}", f"{middle.seconds:.1f}", f"{middle.loading:.1f}",
            f"{middle.cpu:.1f}", f"{middle.passages:,}", f"{ratio:.2f} ×" if ratio else "",
        )  # fmt: skip
    console.print(grid)
    waits = Table(title="Waiting", title_justify="left", title_style="bold", box=None, pad_edge=False)
    waits.add_column("")
    for column in ("median", "95th percentile", "goes", "slower"):
        waits.add_column(column, justify="right")
    slower = search_ratios(made)
    for way, one in (*searches(made).items(), *(("", one) for one in times)):
        times_as_slow = f"{slower[way]:.2f} ×" if way in slower else ""
        waits.add_row(one.what, f"{one.median:.3f} s", f"{one.p95:.3f} s", str(one.n), times_as_slow)
    console.print(waits)
    console.print(f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}")


def first_words(made: Sequence[Sequence[Build]]) -> Times:
    """How long after the start of an ingest a word search knew all its articles."""
    return Times.of(
        "new articles found by their words",
        [build.searchable for each in made for build in each if build.searchable is not None],
    )
