"""Watching: what is new or changed is taken in at the next look, and nothing else."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from ingest.errors import BusyError
from ingest.report import Report
from ingest.watch import watch

Look = tuple[list[str], list[str]]


def looks(paths: Sequence[Path], urls: Sequence[str], between, rounds: int, busy: int = 0) -> list[Look]:  # type: ignore[no-untyped-def]
    """What was taken in at each look; `between` happens instead of waiting."""
    found: list[Look] = []

    def take_in(changed: Sequence[Path], addresses: Sequence[str]) -> Report:
        found.append(([path.name for path in changed], list(addresses)))
        if len(found) <= busy:
            raise BusyError("Another ingest is running.")
        return Report()

    waits = iter(range(rounds))
    list(watch(take_in, paths, urls, 1.0, rounds=rounds, sleep=lambda _: between(next(waits))))
    return found


def test_only_what_changed_is_taken_in_again(tmp_path: Path) -> None:
    one, two = tmp_path / "one.txt", tmp_path / "sub" / "two.txt"
    two.parent.mkdir()
    one.write_text("one")
    (tmp_path / ".hidden").write_text("x")
    (tmp_path / "loop").symlink_to(tmp_path)

    def between(wait: int) -> None:
        if wait == 0:
            two.write_text("two")
        if wait == 2:
            one.write_text("one, changed")
        if wait == 3:
            two.unlink()

    assert looks([tmp_path], [], between, 5) == [(["one.txt"], []), (["two.txt"], []), (["one.txt"], [])]


def test_addresses_are_asked_at_every_look(tmp_path: Path) -> None:
    assert looks([tmp_path], ["http://a.example/"], lambda _: None, 2) == [([], ["http://a.example/"])] * 2


def test_what_could_not_be_taken_in_is_taken_in_later(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text("one")
    assert looks([tmp_path], [], lambda _: None, 3, busy=1) == [(["one.txt"], [])] * 2


def newsdesk(*args: str) -> subprocess.CompletedProcess[str]:
    program = "from eval.main import main; main()"
    environment = os.environ | {"NEWSDESK_EMBEDDER": "fake-hash-64"}
    return subprocess.run(
        [sys.executable, "-c", program, *args], env=environment, capture_output=True, text=True, timeout=120
    )


def test_the_command_watches_a_folder(home: Path, tmp_path: Path) -> None:
    news = tmp_path / "news"
    news.mkdir()
    (news / "a.txt").write_text("Ferry sinks\n\nThe ferry sank on Tuesday, the coast guard said.\n")
    done = newsdesk("watch", str(news), "--rounds", "2", "--every", "1")
    assert done.returncode == 0, done.stderr
    assert "1 ingested" in done.stdout
    assert json.loads(newsdesk("status", "--json").stdout)["articles"] == 1


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("watch",), "Nothing to watch"),
        (("watch", "nowhere"), "no file or folder"),
        (("ingest", "http://user:pass@example.org/"), "password"),
        (("ingest", "file:///etc/passwd"), "only http"),
    ],
)
def test_wrong_use_is_said_in_one_sentence(home: Path, args: tuple[str, ...], said: str) -> None:
    done = newsdesk(*args)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_an_address_that_is_not_public_is_rejected(home: Path) -> None:
    done = newsdesk("ingest", "http://127.0.0.1:9/", "--json")
    assert done.returncode == 1
    (rejected,) = json.loads(done.stdout)["rejected"]
    assert (rejected["code"], rejected["path"]) == ("address", "http://127.0.0.1:9/")
