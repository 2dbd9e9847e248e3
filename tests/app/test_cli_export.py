"""`newsdesk export` as a script would use it."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from app.cli_export import export
from ingest.archive import Archive
from ingest.chunk import passages_of
from ingest.errors import UsageError
from tests.app.fake_desk import BUDGET, POWER, STORM


@pytest.fixture
def filled(home: Path) -> Path:
    archive = Archive(home)
    with archive.transaction():
        for article in (BUDGET, POWER, STORM):
            archive.put(article, passages_of(article))
    archive.close()
    return home


def run(home: Path, *options: str | Path) -> Result:
    return CliRunner().invoke(export, ["--home", str(home), *map(str, options)], catch_exceptions=False)


def ids(text: str) -> set[str]:
    return {row["id"] for row in csv.DictReader(text.removeprefix("\ufeff").splitlines())}


def test_all_articles_become_rows(filled: Path, tmp_path: Path) -> None:
    file = tmp_path / "all.csv"
    assert run(filled, "--csv", file).stdout == f"3 articles in {file}.\n"
    assert ids(file.read_text(encoding="utf-8")) == {BUDGET.id, POWER.id, STORM.id}
    assert json.loads(run(filled, "--csv", file, "--json").stdout) == {"file": str(file), "articles": 3}


def test_standard_output_holds_the_rows_that_the_filters_leave(filled: Path) -> None:
    assert ids(run(filled, "--csv", "-", "--source", BUDGET.source.lower()).stdout) >= {BUDGET.id}
    assert ids(run(filled, "--csv", "-", "--since", "2030-01-01").stdout) == set()
    assert BUDGET.text in run(filled, "--csv", "-", "--text").stdout


def test_what_cannot_be_done_is_said_in_a_sentence(filled: Path, tmp_path: Path) -> None:
    for options, why in (
        (("--csv", tmp_path), "is a folder"),
        (("--csv", ""), "is a folder"),
        (("--csv", tmp_path / "no" / "a.csv"), "cannot be written"),
        (("--csv", "-", "--json"), "Standard output"),
        (("--csv", tmp_path / "a.csv", "--source", "Nobody"), "No outlet 'Nobody'"),
        (("--csv", tmp_path / "a.csv", "--since", "someday"), "not a date"),
    ):
        with pytest.raises(UsageError, match=why):
            run(filled, *options)
    assert run(filled).exit_code == 2
    assert not (tmp_path / "a.csv").exists()
