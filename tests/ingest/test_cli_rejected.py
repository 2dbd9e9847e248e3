"""`newsdesk rejected` tells everything that was turned away, however little of it a report listed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from ingest.archive import Archive
from ingest.article import Rejection
from ingest.cli_rejected import rejected
from ingest.errors import UsageError


@pytest.fixture
def archive(home: Path) -> Path:
    archive = Archive(home)
    with archive.transaction():
        archive.reject(
            Rejection("a.jsonl", f"line {n:05}", "broken_json", f"not “JSON” {n}") for n in range(1_234)
        )
        archive.reject([Rejection("b.pdf", "", "no_text", "the document holds no text")])
    archive.close()
    return home


def test_all_of_them_are_listed(archive: Path) -> None:
    lines = CliRunner().invoke(rejected, catch_exceptions=False).stdout.splitlines()
    assert len(lines) == 1_235
    assert "b.pdf: the document holds no text (no_text)" in lines
    assert "a.jsonl, line 00007: not “JSON” 7 (broken_json)" in lines


def test_json_is_one_document(archive: Path) -> None:
    told = json.loads(CliRunner().invoke(rejected, ["--json"], catch_exceptions=False).stdout)
    assert len(told["rejected"]) == 1_235
    assert {"path": "b.pdf", "where": "", "code": "no_text", "reason": "the document holds no text"} in told[
        "rejected"
    ]


def test_an_archive_without_rejections_lists_none(home: Path) -> None:
    Archive(home).close()
    assert CliRunner().invoke(rejected, catch_exceptions=False).stdout == ""
    assert json.loads(CliRunner().invoke(rejected, ["--json"], catch_exceptions=False).stdout) == {
        "rejected": []
    }


def test_where_there_is_no_archive_it_says_so(home: Path) -> None:
    with pytest.raises(UsageError, match="no archive"):
        CliRunner().invoke(rejected, catch_exceptions=False)
