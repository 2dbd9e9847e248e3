"""Adding to an archive from a running page: an ingest in a process of its own, which anyone may watch.

    intake = Intake(home)
    intake.begin([Path("articles.jsonl")], source="The Meridian")
    intake.now()                      # Progress: how many so far; at the end the report

The process outlives the page that began it, and a failure in it harms no answer. How far it is is read from
the archive itself, so that what others ingest is seen too. It does not read files: `newsdesk ingest` does.
"""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any, Literal

from ingest.errors import BusyError, NewsdeskError
from ingest.status import Status, status_at

State = Literal["idle", "running", "done", "failed"]

_INTERRUPTED = "It was interrupted. Add the same again: it goes on where it stopped."


@dataclass(frozen=True, slots=True)
class Progress:
    """How an ingest goes: `before` and `now` are what the archive held and holds.

    `report` is what `newsdesk ingest --json` prints at the end; `problem` why there is none.
    """

    state: State
    names: tuple[str, ...]
    seconds: float
    before: Status
    now: Status
    report: dict[str, Any] = field(default_factory=dict)
    problem: str = ""

    @property
    def articles(self) -> int:
        """New articles and versions so far."""
        return self.now.versions - self.before.versions

    @property
    def rejected(self) -> int:
        return self.now.rejected - self.before.rejected


@dataclass(slots=True)
class _Run:
    process: subprocess.Popen[bytes]
    output: IO[bytes]
    names: tuple[str, ...]
    before: Status
    began: float
    ended: float | None = None
    said: dict[str, Any] = field(default_factory=dict)


class Intake:
    """One ingest at a time into the archive of a home folder; threads may share it."""

    def __init__(self, home: str | Path) -> None:
        self._home = Path(home)
        self._run: _Run | None = None
        self._one_at_a_time = threading.Lock()

    def begin(self, places: Sequence[str | Path], *, source: str = "", sample: bool = False) -> None:
        """Starts taking in files, folders and addresses; raises BusyError while another one runs."""
        with self._one_at_a_time:
            if self._run is not None and self._run.process.poll() is None:
                raise BusyError("Articles are being added already: wait until that is done.")
            command = [sys.executable, "-m", "app.intake", "--home", str(self._home), "--json"]
            command += ["--sample"] if sample else []
            command += ["--source", source] if source else []
            names = tuple(_name(place) for place in places) or ("the sample archive",)
            before = status_at(self._home)
            output = tempfile.TemporaryFile()  # noqa: SIM115 - read when the process has ended
            try:
                process = subprocess.Popen(
                    [*command, "--", *map(str, places)], stdin=subprocess.DEVNULL, stdout=output
                )
            except OSError:
                output.close()
                raise
            self._run = _Run(process, output, names, before, time.monotonic())

    def stop(self) -> None:
        """Interrupts the ingest that runs; what it has stored stays."""
        run = self._run
        if run is not None and run.process.poll() is None:
            run.process.terminate()

    def now(self) -> Progress:
        """How the last ingest goes or went."""
        status = status_at(self._home)
        with self._one_at_a_time:
            run = self._run
            if run is None:
                return Progress("idle", (), 0.0, status, status)
            if run.process.poll() is None:
                return Progress("running", run.names, time.monotonic() - run.began, run.before, status)
            if run.ended is None:
                run.ended, run.said = time.monotonic(), _said(run.output)
        problem = "" if "read" in run.said else str(run.said.get("error", _INTERRUPTED))
        report = {} if problem else run.said
        seconds = run.ended - run.began
        return Progress(
            "failed" if problem else "done", run.names, seconds, run.before, status, report, problem
        )


def _name(place: str | Path) -> str:
    """What people call it: the file's name, not where the upload was put; an address as it is."""
    return str(place) if "://" in str(place) else Path(place).name


def _said(output: IO[bytes]) -> dict[str, Any]:
    with output:
        output.seek(0)
        text = output.read().decode("utf-8", "replace")
    try:
        said = json.loads(text)
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}


def _main() -> int:
    """The process: `newsdesk ingest`, whose failures are JSON too."""
    import click

    from ingest.cli import ingest

    # Ended as if interrupted. The interrupt itself is ignored below a page that runs in the background.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        ingest.main(standalone_mode=False)
    except (NewsdeskError, click.ClickException) as error:
        text = error.format_message() if isinstance(error, click.ClickException) else str(error)
        print(json.dumps({"error": text}))
        return 1
    except (KeyboardInterrupt, click.Abort):
        return 130
    except click.exceptions.Exit as done:
        return done.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(_main())
