"""The console script: commands found when asked for, and every failure one sentence with one status."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from eval import main as console
from ingest.errors import ArchiveError, UsageError
from tests.conftest import ROOT


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[], None]], None]:
    """Puts a command of this test's own in the place of `status`."""

    def put(body: Callable[[], None]) -> None:
        monkeypatch.setattr(sys.modules[__name__], "stand_in", click.command("status")(body), raising=False)
        monkeypatch.setitem(console.COMMANDS, "status", f"{__name__}:stand_in")

    return put


def raising(error: BaseException) -> Callable[[], None]:
    def body() -> None:
        raise error

    return body


@pytest.mark.parametrize(
    ("error", "status", "said"),
    [
        (UsageError("Name a date."), 2, "newsdesk: Name a date.\n"),
        (ArchiveError("The archive is gone."), 1, "newsdesk: The archive is gone.\n"),
        (KeyboardInterrupt(), 130, "Interrupted; run the same command again to go on.\n"),
        (click.Abort(), 130, "Interrupted; run the same command again to go on.\n"),
    ],
)
def test_a_failure_is_one_sentence_and_a_status(
    error: BaseException, status: int, said: str,
    command: Callable[[Callable[[], None]], None], capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    command(raising(error))
    assert console.run(["status"]) == status
    out, err = capsys.readouterr()
    assert (out, err.lstrip("\n")) == ("", said)  # after Ctrl-C, the terminal's line is ended first


class PanicError(BaseException):
    """As compiled libraries raise them: no Exception."""


@pytest.mark.parametrize("error", [ZeroDivisionError("by zero\nmore"), PanicError("by zero")])
def test_a_fault_is_a_sentence_with_the_details_in_a_file(
    error: BaseException, command: Callable[[Callable[[], None]], None],
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.delenv("NEWSDESK_DEBUG", raising=False)
    command(raising(error))
    assert console.run(["status"]) == 1
    said = capsys.readouterr().err
    (log,) = tmp_path.glob("newsdesk-*.log")
    name = type(error).__name__
    assert said == f"newsdesk: This should not have happened ({name}: by zero); the details are in {log}.\n"
    assert "Traceback" in log.read_text(encoding="utf-8")


def test_a_fault_shows_its_details_when_debugging(
    command: Callable[[Callable[[], None]], None],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("NEWSDESK_DEBUG", "1")
    command(raising(ZeroDivisionError("by zero")))
    assert console.run(["status"]) == 1
    assert "Traceback" in capsys.readouterr().err


def test_a_fault_without_room_for_its_details_is_still_a_sentence(
    command: Callable[[Callable[[], None]], None],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "gone"))
    monkeypatch.delenv("NEWSDESK_DEBUG", raising=False)
    command(raising(OSError(28, "No space left on device")))
    assert console.run(["status"]) == 1
    assert capsys.readouterr().err.endswith("run it again with NEWSDESK_DEBUG=1 for the details.\n")


@pytest.mark.parametrize("arguments", [["--no-such-flag"], ["no-such-command"], ["status", "--no-such-flag"]])
def test_wrong_use_is_status_2_without_a_traceback(
    arguments: list[str], command: Callable[[Callable[[], None]], None], capsys: pytest.CaptureFixture[str]
) -> None:
    command(lambda: None)
    assert console.run(arguments) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert "No such" in said.err
    assert "Traceback" not in said.err


def test_home_is_accepted_before_and_after_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    homes: list[str | None] = []

    @click.command()
    @click.option("--home", envvar="NEWSDESK_HOME")
    def where(home: str | None) -> None:
        homes.append(home)

    monkeypatch.setattr(sys.modules[__name__], "where", where, raising=False)
    monkeypatch.setitem(console.COMMANDS, "status", f"{__name__}:where")
    monkeypatch.setenv("NEWSDESK_HOME", "from-environment")
    for arguments in (["status"], ["--home", "before", "status"], ["status", "--home", "after"],
                      ["--home", "before", "status", "--home", "after"]):  # fmt: skip
        assert console.run(arguments) == 0
    assert homes == ["from-environment", "before", "after", "after"]
    assert os.environ["NEWSDESK_HOME"] == "from-environment"


def test_help_lists_all_commands_in_their_order() -> None:
    said = CliRunner().invoke(console.newsdesk, ["--help"]).output
    places = [said.index(f"\n  {name} ") for name in console.COMMANDS]
    assert places == sorted(places)


def test_the_version_is_the_packages(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("importlib.metadata.version", lambda name: {"newsdesk": "9.8.7"}[name])
    assert console.run(["--version"]) == 0
    assert capsys.readouterr().out == "newsdesk 9.8.7\n"


def script(*arguments: str, **options: object) -> subprocess.Popen[str]:
    program = "from eval.main import main; main()"
    return subprocess.Popen(
        [sys.executable, "-c", program, *arguments], cwd=ROOT, text=True, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, **options,
    )  # type: ignore[call-overload, no-any-return]  # fmt: skip


def test_a_reader_that_leaves_is_no_fault() -> None:
    process = script("--help")
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    assert process.wait(timeout=60) in (0, 1)
    assert process.stderr.read() == ""
    process.stderr.close()


def test_help_comes_at_once() -> None:
    def seconds() -> float:
        """Of the processor, not of the clock: what else the machine does is not the program's fault."""
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        assert script("--help").communicate(timeout=60)[1] == ""
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime

    assert min(seconds() for _ in range(3)) < 0.5
