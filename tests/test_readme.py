"""The README tells the truth: its tree is the disk, its contract is the program, its commands exist."""

from __future__ import annotations

import re
import shlex
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import click
import pytest

from app.answer import Answer, Choice, Citation, Direct, Hint, Hit, Note, Reading, Reprint, Sentence
from docs import readme
from eval import smoke
from eval.main import newsdesk, run
from ingest.archive_notices import Correction
from ingest.article import Article, Moment, Passage, Rejection
from ingest.report import Report
from ingest.status import Status
from tests.conftest import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")

# What tools leave in a checkout, and what .gitignore therefore names.
LEFT_BEHIND = re.compile(
    r"(^|/)(__pycache__|build|dist|runs|reports|\.(?!ci/|gitignore$)[^/]*)(/|$)|\.(pyc|log)$|^eval-.*\.jsonl$"
)


def section(heading: str) -> str:
    """What stands under a heading, up to the next one of its level."""
    found = re.search(rf"^## {heading}\n(.*?)(?=^## |\Z)", README, re.MULTILINE | re.DOTALL)
    assert found, f"the README has no section {heading!r}"
    return found[1]


def block(text: str) -> list[str]:
    """The lines of the first fenced block."""
    found = re.search(r"^```\w*\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    assert found
    return found[1].splitlines()


def tree() -> list[str]:
    """The paths of the README's tree; a folder that stands for all it holds ends in a slash."""
    paths, folder = [], ""
    for line in block(section("Files")):
        name = line.split()[0]
        inside = line.startswith("  ")
        if not inside:
            folder = name if name.endswith("/") else ""
        paths.append((folder + name) if inside else name)
    return [p for p in paths if not (p.endswith("/") and any(q != p and q.startswith(p) for q in paths))]


def leaves(command: click.Command, path: str = "newsdesk") -> Iterator[tuple[str, click.Command]]:
    """Every command that does something, with the words that call it."""
    if isinstance(command, click.Group):
        for name in command.list_commands(click.Context(command)):
            found = command.get_command(click.Context(command), name)
            assert found is not None
            yield from leaves(found, f"{path} {name}")
    else:
        yield path, command


def flags(command: click.Command) -> set[str]:
    """The long options of a command, as one types them; both sides of an on/off switch."""
    options = [p for p in command.params if isinstance(p, click.Option) and not p.hidden]
    return {o for p in options for o in (*p.opts, *p.secondary_opts) if o.startswith("--")} - {"--help"}


def contract() -> dict[str, set[str]]:
    """The commands of the contract section and their long options. A line that begins with spaces goes on."""
    said = {}
    for line in re.sub(r"\n +", " ", "\n".join(block(section("Contract")))).splitlines():
        path = re.match(r"newsdesk( [a-z]+)+", line)
        assert path, line
        said[path[0]] = set(re.findall(r"--[a-z][a-z-]*", line))
    return said


def typed() -> list[str]:
    """The command lines of the README's console blocks."""
    return [command for block in readme.CONSOLE.findall(README) for command, _ in readme.commands(block)]


def test_tree_matches_the_disk() -> None:
    tops = [entry for entry in ROOT.iterdir() if not LEFT_BEHIND.search(f"{entry.name}/" * entry.is_dir())]
    found = [file for entry in tops for file in (entry, *entry.rglob("*")) if file.is_file()]
    disk = {path for file in found if not LEFT_BEHIND.search(path := file.relative_to(ROOT).as_posix())}
    listed = tree()
    folders = tuple(path for path in listed if path.endswith("/"))
    assert len(listed) == len(set(listed)), "a line stands twice"
    assert {path for path in disk if not path.startswith(folders)} == set(listed) - set(folders)
    for folder in folders:
        assert any(path.startswith(folder) for path in disk), f"{folder} holds nothing"


def test_contract_is_the_program() -> None:
    assert contract() == {path: flags(command) for path, command in leaves(newsdesk)}


def keys(document: Any) -> set[str]:
    """All the names in a JSON document, at any depth."""
    if isinstance(document, dict):
        return set(document).union(*map(keys, document.values()))
    return set().union(*map(keys, document)) if isinstance(document, list) else set()


def documents() -> dict[str, Any]:
    """One JSON document for each command of the contract's table; hits are told under `search`."""
    article = Article("a1", "Title", "Text of it.", "Outlet", published=Moment.parse("2026-03-14"))
    also = (Reprint("a2", "Title", "Other", article.published),)
    passage = Passage("a1", 0, 11, "Text of it.")
    hit = Hit(passage, 1.0, "Title", "Outlet", article.published, "", {"dense": 1.0}, also)
    citation = Citation.of(article, 0, 11)
    sentence = Sentence("Text of it.", (citation,))
    reading = Reading("it", citation, "Outlet", article.published)
    answer = Answer("Q?", "Q?", None, (sentence,), (), withheld=(sentence,))
    answer = replace(
        answer,
        direct=Direct("it", citation),
        choice=Choice(0, "it", 1.0, citation),
        notes=(Note("series", "It changed.", (reading,)),),
        hints=(Hint("time", "in May", "rather reports of May"),),
    )
    correction = Correction("a2", 1, 0, 11, "correction", "a1", "Text of it.")
    refused = Rejection("file", "line 1", "code", "reason")
    return {
        "ingest": Report(rejected=[refused]).to_json(),
        "ask": answer.to_json(),
        "search": {"query": "Q", "hits": [hit.to_json()]},
        "show": article.to_json() | {"corrections": [correction.to_json()]},
        "status": Status("home", "model", outlets=(("Outlet", 1),), sections=(("News", 1),)).to_json(),
    }


@pytest.mark.parametrize(("command", "document"), documents().items())
def test_contract_names_what_json_holds(command: str, document: Any) -> None:
    row = re.search(rf"^\| `{command}` \| (.*) \|$", section("Contract"), re.MULTILINE)
    assert row
    assert set(re.findall(r"`([^`]+)`", row[1])) == keys(document)


@pytest.mark.parametrize("line", [line for line in typed() if "newsdesk" in line])
def test_commands_parse(line: str) -> None:
    words = shlex.split(line.split(" | ")[0], comments=True)
    words = words[next(i for i, word in enumerate(words) if Path(word).name == "newsdesk") + 1 :]
    command: click.Command = newsdesk
    context = newsdesk.make_context("newsdesk", words)
    while isinstance(command, click.Group):
        rest = [*context._protected_args, *context.args]
        name, found, rest = command.resolve_command(context, rest)
        assert found is not None
        command = found
        context = command.make_context(name, rest, parent=context)


def targets() -> list[str]:
    """What the README gives to make, in console blocks and in running text."""
    return sorted(
        set(re.findall(r"\bmake ([a-z-]+)", "\n".join([*typed(), *re.findall(r"`[^`\n]+`", README)])))
    )


@pytest.mark.parametrize("target", targets())
def test_make_targets_exist(target: str) -> None:
    assert re.search(rf"^{target}:", MAKEFILE, re.MULTILINE)


def test_every_make_target_is_phony() -> None:
    phony = set(re.findall(r"^\.PHONY: (.*)$", MAKEFILE, re.MULTILINE)[0].split())
    assert set(re.findall(r"^([a-z-]+):", MAKEFILE, re.MULTILINE)) == phony


@pytest.mark.model
def test_outputs_are_those_of_the_program(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", readme.COLUMNS)
    assert run(["ingest", "--sample"]) == 0
    assert readme.refreshed(README) == README, "run `make readme`"


@pytest.mark.model
def test_figures_are_those_of_the_smoke_suites() -> None:
    """The same suites and metrics, and means within the intervals that the README gives."""
    shown, now = smoke.shown_in(README), smoke.shown_in(readme.measured(README))
    assert shown
    assert shown.keys() == now.keys(), "run `make readme`"
    far = {name for name, (_, low, high) in shown.items() if not low <= now[name][0] <= high}
    assert not far, "run `make readme`"


def test_version() -> None:
    assert PROJECT["name"] == "newsdesk"
    assert PROJECT["version"] in section("Contract")


def test_nothing_of_one_machine_in_the_project() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert "torch==2.13.0\n" in lock
    assert all(re.fullmatch(r"[A-Za-z0-9_.-]+==[0-9][\w.]*", line) for line in lock.splitlines()[1:])
    assert not re.search(r"/(home|work|root|Users)/", README)
