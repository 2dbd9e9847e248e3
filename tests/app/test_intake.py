"""Adding to an archive from a running page, and counting what is in it."""

from __future__ import annotations

import json
import time
from dataclasses import replace
from pathlib import Path

import pytest

from app import Newsdesk
from app.intake import Intake, Progress
from ingest import stories
from ingest.archive import Archive
from ingest.article import Article, Moment
from ingest.census import Census
from ingest.chunk import passages_of
from ingest.errors import ArchiveError, BusyError
from ingest.fakes import HashEmbedder
from ingest.pipeline import claim, embed_pending
from tests.app.fake_desk import ARTICLES, BUDGET, STORM

SECONDS = 90.0


def finished(intake: Intake) -> Progress:
    until = time.monotonic() + SECONDS
    while (now := intake.now()).state == "running":
        assert time.monotonic() < until
        time.sleep(0.1)
    return now


def archive_of(home: Path) -> None:
    archive = Archive(home)
    claim(archive, HashEmbedder().name)
    with archive.transaction():
        for article in ARTICLES:
            archive.put(article, passages_of(article))
    embed_pending(archive, HashEmbedder)
    archive.close()


def test_what_is_sent_is_taken_in_beside_the_page(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEWSDESK_EMBEDDER", HashEmbedder().name)
    file = tmp_path / "news.jsonl"
    good = {"title": "Ferry back", "text": "The ferry runs again. " * 5, "date": "2026-02-03"}
    file.write_text(json.dumps(good) + "\n" + json.dumps({"title": "No text"}) + "\n")
    intake = Intake(home)
    assert intake.now().state == "idle"
    intake.begin([file], source="The Meridian")
    with pytest.raises(BusyError, match="already"):
        intake.begin([file])
    done = finished(intake)
    assert (done.state, done.problem, done.names) == ("done", "", ("news.jsonl",))
    assert (done.report["ingested"], len(done.report["rejected"])) == (1, 1)
    assert (done.articles, done.rejected) == (1, 1)
    assert done.now.outlets == (("The Meridian", 1),)
    assert intake.now().report == done.report, "it can be asked for again"


def test_what_goes_wrong_is_one_sentence(home: Path, tmp_path: Path) -> None:
    intake = Intake(home)
    intake.begin([tmp_path / "nowhere.txt"])
    failed = finished(intake)
    assert failed.state == "failed"
    assert "nowhere.txt" in failed.problem
    assert "Traceback" not in failed.problem


def test_an_interrupted_one_says_how_to_go_on(home: Path) -> None:
    intake = Intake(home)
    intake.stop()
    intake.begin([], sample=True)
    assert intake.now().names == ("the sample archive",)
    intake.stop()
    failed = finished(intake)
    assert failed.state == "failed"
    assert "goes on" in failed.problem
    intake.stop()


def test_a_census_counts_by_month_and_outlet(home: Path) -> None:
    archive_of(home)
    archive = Archive(home)
    with archive.transaction():
        archive.put(replace(STORM, text="Open again. " * 9, version=2), [])
    archive.close()
    census = Census(home)
    assert [(t.month, t.source, t.articles) for t in census.tallies()] == [
        ("", "", 1),
        ("2026-01", "Coastal Wire", 1),
        ("2026-01", "Halverton Post", 1),
        ("2026-03", "The Meridian", 1),
    ]
    assert [(e.id, e.versions, str(e.published)) for e in census.edited()] == [
        (STORM.id, 2, str(STORM.published))
    ]
    assert census.rejections() == []


def test_a_census_knows_who_prints_whose_report(home: Path) -> None:
    archive = Archive(home)
    text = STORM.text + " " + "The harbour master counted every rope and every bollard twice that night. " * 3
    first = replace(STORM, text=text)
    again = Article("copy", STORM.title, text, source="Coastal Wire", published=Moment.parse("2026-01-16"))
    with archive.transaction():
        for article in (first, again, BUDGET):
            archive.put(article, passages_of(article))
    stories.catch_up(archive)
    archive.close()
    (report,) = Census(home).reprinted()
    assert (report.id, report.title, report.others) == (STORM.id, STORM.title, (("copy", "Coastal Wire"),))


def test_a_census_makes_no_archive(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="no archive"):
        Census(tmp_path).tallies()
    (tmp_path / "archive.sqlite3").write_bytes(b"no database, but as long as one has to be" * 40)
    with pytest.raises(ArchiveError, match="cannot be read"):
        Census(tmp_path).rejections()


def test_an_open_desk_is_verified_and_repaired(home: Path) -> None:
    archive_of(home)
    with Newsdesk.open(home, embedder=HashEmbedder()) as desk:
        assert desk.verify() == []
        before = [hit.passage.id for hit in desk.search("bridge")]
        desk.repair()
        assert desk.verify() == []
        assert [hit.passage.id for hit in desk.search("bridge")] == before
