"""The commands timeline and compare on a small archive with the fake model."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from app.cli_topics import compare, timeline
from ingest.archive import Archive
from ingest.chunk import passages_of
from ingest.fakes import HashEmbedder
from ingest.pipeline import claim, embed_pending
from tests.app.story.test_compare import MARCH, POLICE, UNION


@pytest.fixture
def filled(home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("NEWSDESK_EMBEDDER", HashEmbedder().name)
    archive = Archive(home)
    claim(archive, HashEmbedder().name)
    with archive.transaction():
        for article in (POLICE, UNION):
            archive.put(article, passages_of(article))
    embed_pending(archive, HashEmbedder)
    archive.close()
    return home


def test_timeline_prints_lines_or_one_json_document(filled: Path) -> None:
    lines = CliRunner().invoke(timeline, ["Orrin drivers march"])
    assert lines.exit_code == 0
    assert "2031-01-24" in lines.stdout
    told = json.loads(CliRunner().invoke(timeline, ["Orrin drivers march", "--json"]).stdout)
    assert {event["sources"][0] for event in told["events"]} == {"Echo", "Post"}


def test_compare_prints_lines_or_one_json_document(filled: Path) -> None:
    lines = CliRunner().invoke(compare, [MARCH])
    assert lines.exit_code == 0
    assert "Reports differ: " in lines.stdout
    told = json.loads(CliRunner().invoke(compare, [MARCH, "--json"]).stdout)
    assert told["disagreements"][0]["kind"] == "conflict"


@pytest.mark.parametrize("command", [timeline, compare])
def test_nothing_found_is_done(filled: Path, command: object) -> None:
    result = CliRunner().invoke(command, ["zebra crossings", "--as-of", "2020-01-01"])  # type: ignore[arg-type]
    assert result.exit_code == 0
    assert "The archive has no" in result.stdout
