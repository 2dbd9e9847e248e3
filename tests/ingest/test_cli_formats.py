"""`newsdesk formats` against the kinds that there are and the libraries that their readers import."""

from __future__ import annotations

import inspect
import json
from functools import lru_cache
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from eval.main import COMMANDS
from ingest.cli_formats import formats
from ingest.read import KINDS, Kind
from ingest.read.packed import SUFFIXES as PACKED
from tests.conftest import ROOT
from tests.test_layers import imported, top

STANDARD = "Python's standard library"


@lru_cache(maxsize=1)
def distributions() -> dict[str, list[str]]:
    """Which packages bring which modules; slow to find out."""
    return {module: list(names) for module, names in packages_distributions().items()}


def shown(*args: str) -> str:
    return CliRunner().invoke(formats, args, catch_exceptions=False).stdout


def listed() -> dict[str, dict[str, Any]]:
    return {row["name"]: row for row in json.loads(shown("--json"))["formats"]}


def test_every_kind_is_listed_with_its_names() -> None:
    assert COMMANDS["formats"] == "ingest.cli_formats:formats"
    assert list(listed()) == [kind.name for kind in KINDS]
    for kind in KINDS:
        assert listed()[kind.name]["suffixes"] == [suffix for suffix in kind.suffixes if suffix]
    assert json.loads(shown("--json"))["compressed"] == list(PACKED)


def test_people_see_the_same_in_columns() -> None:
    head, *rows, last = shown().splitlines()
    assert head.split("  ")[0] == "Kind"
    begins = {row.index(listed()[kind.name]["articles"]) for row, kind in zip(rows, KINDS, strict=True)}
    assert len(begins) == 1
    assert all(suffix in last for suffix in PACKED)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_the_library_is_one_that_the_reader_imports(kind: Kind) -> None:
    file = Path(str(inspect.getsourcefile(kind.read)))
    inside = (name for name in imported(file) if name.startswith("ingest.read."))
    helpers = (ROOT / f"{name.replace('.', '/')}.py" for name in inside)
    used = {top(name) for one in (file, *filter(Path.is_file, helpers)) for name in imported(one)}
    libraries = {source.lower() for name in used for source in distributions().get(name, [])}
    library = listed()[kind.name]["library"]
    assert library in libraries or library == STANDARD
