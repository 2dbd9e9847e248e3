"""An ingest adds up, goes on, keeps versions apart and never mixes models."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ingest import storing
from ingest.archive import Archive
from ingest.article import Draft
from ingest.census import Census
from ingest.chunk import passages_of
from ingest.clean import clean
from ingest.embed import Embedder
from ingest.errors import BusyError, EmbedderError, UsageError
from ingest.fakes import HashEmbedder
from ingest.indexes import Indexes, take
from ingest.pipeline import ingest
from ingest.report import Report

FERRY = {
    "id": "ferry-1",
    "title": "Ferry capsizes off the islands",
    "text": "A ferry capsized off the islands on Tuesday evening. At least eleven people died.",
    "published": "2026-03-03",
    "source": "The Courier",
}


class Desk:
    """An archive with its indexes and a fake model, as the command line would open them."""

    def __init__(self, home: Path) -> None:
        self.archive = Archive(home)
        self.indexes = Indexes(self.archive)
        self.opened = 0

    def model(self) -> Embedder:
        self.opened += 1
        return HashEmbedder()

    def take_in(self, *paths: Path, name: str = "fake-hash-64", source: str = "") -> Report:
        return ingest(self.archive, self.indexes, paths, self.model, name, source=source)

    def close(self) -> None:
        self.indexes.close()
        self.archive.close()


@pytest.fixture
def desk(home: Path) -> Desk:
    return Desk(home)


def lines(path: Path, *records: object) -> Path:
    path.write_text("\n".join(r if isinstance(r, str) else json.dumps(r) for r in records))
    return path


def counts(report: Report) -> tuple[int, int, int, int]:
    assert report.read == report.ingested + report.unchanged + report.replaced + len(report.rejected)
    return report.ingested, report.unchanged, report.replaced, len(report.rejected)


def test_a_second_ingest_changes_nothing_and_opens_no_model(desk: Desk, tmp_path: Path) -> None:
    file = lines(tmp_path / "news.jsonl", FERRY, FERRY | {"id": "ferry-2", "title": "Second report"})
    assert counts(desk.take_in(file)) == (2, 0, 0, 0)
    assert counts(desk.take_in(file)) == (0, 2, 0, 0)
    assert desk.opened == 1
    assert desk.indexes.differences() == []
    desk.close()


def test_a_changed_record_replaces_its_article_and_its_passages(desk: Desk, tmp_path: Path) -> None:
    desk.take_in(lines(tmp_path / "news.jsonl", FERRY))
    changed = FERRY | {"text": "A ferry capsized off the islands on Tuesday evening. Thirty people died."}
    assert counts(desk.take_in(lines(tmp_path / "news.jsonl", changed))) == (0, 0, 1, 0)
    article = desk.archive.article("ferry-1")
    assert article is not None
    assert article.version == 2
    assert "Thirty" in article.text
    assert desk.indexes.differences() == []
    desk.close()


def test_broken_parts_are_rejected_with_a_reason_and_the_rest_is_taken_in(desk: Desk, tmp_path: Path) -> None:
    file = lines(
        tmp_path / "news.jsonl",
        FERRY,
        '{"title": "torn',
        {"id": "x", "title": "No text"},
        FERRY | {"id": "b"},
    )
    report = desk.take_in(file)
    assert counts(report) == (2, 0, 0, 2)
    assert [r.where for r in report.rejected] == ["line 2", "line 3"]
    assert all(r.code and r.reason for r in report.rejected)
    assert desk.archive.counts().rejected == 2
    desk.close()


def test_what_was_mended_is_rejected_no_more(desk: Desk, tmp_path: Path) -> None:
    other = lines(tmp_path / "other.jsonl", '{"title": "torn')
    file = lines(tmp_path / "news.jsonl", FERRY, '{"title": "torn', {"id": "x", "title": "No text"})
    desk.take_in(file, other)
    mended = lines(file, FERRY, FERRY | {"id": "b"}, {"id": "x", "title": "No text"})
    assert counts(desk.take_in(mended)) == (1, 1, 0, 1)
    left = [(Path(item.path).name, item.where) for item in Census(desk.archive.home).each_rejection()]
    assert sorted(left) == [("news.jsonl", "line 3"), ("other.jsonl", "line 1")]
    desk.close()


def test_an_edited_file_is_a_new_version_of_its_article(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "news" / "ferry.txt"
    file.parent.mkdir()
    file.write_text("Ferry capsizes off the islands\n\nA ferry capsized on Tuesday. Eleven people died.\n")
    assert counts(desk.take_in(file.parent)) == (1, 0, 0, 0)
    file.write_text("Ferry capsizes off the islands\n\nA ferry capsized on Tuesday. Thirty people died.\n")
    assert counts(desk.take_in(file.parent)) == (0, 0, 1, 0)
    assert desk.archive.counts().articles == 1
    desk.close()


def test_a_moved_or_copied_file_is_the_same_article(desk: Desk, tmp_path: Path) -> None:
    text = "Ferry capsizes off the islands\n\nA ferry capsized on Tuesday. Eleven people died.\n"
    for name in ("one.txt", "two.txt"):
        (tmp_path / name).write_text(text)
    assert counts(desk.take_in(tmp_path / "one.txt", tmp_path / "two.txt")) == (1, 1, 0, 0)
    (tmp_path / "one.txt").write_text(text.replace("Eleven", "Thirty"))
    desk.take_in(tmp_path / "one.txt", tmp_path / "two.txt")
    assert counts(desk.take_in(tmp_path / "one.txt", tmp_path / "two.txt")) == (0, 2, 0, 0)
    assert desk.archive.counts().articles == 2
    desk.close()


def test_the_outlet_given_fills_in_what_lacks_one(desk: Desk, tmp_path: Path) -> None:
    unnamed = {key: value for key, value in FERRY.items() if key != "source"} | {"id": "u"}
    desk.take_in(lines(tmp_path / "news.jsonl", FERRY, unnamed), source="The Packet")
    assert [a.source for a in desk.archive.articles()] == ["The Courier", "The Packet"]
    desk.close()


def test_an_archive_stays_with_its_model(desk: Desk, tmp_path: Path) -> None:
    file = lines(tmp_path / "news.jsonl", FERRY)
    desk.take_in(file)
    with pytest.raises(EmbedderError, match="NEWSDESK_EMBEDDER=fake-hash-64"):
        desk.take_in(file, name="another-model")
    desk.close()


def test_a_missing_path_is_wrong_use_and_nothing_is_read(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no file or folder"):
        desk.take_in(lines(tmp_path / "news.jsonl", FERRY), tmp_path / "missing")
    assert desk.archive.counts().articles == 0
    desk.close()


def test_two_ingests_do_not_run_at_once(desk: Desk, tmp_path: Path) -> None:
    lock = take(desk.archive.home, "ingest")
    assert lock is not None
    with pytest.raises(BusyError, match="Another ingest"):
        desk.take_in(lines(tmp_path / "news.jsonl", FERRY))
    lock.release()
    desk.close()


def test_an_ingest_beside_an_owner_leaves_the_indexes_to_it(home: Path, tmp_path: Path) -> None:
    owner, other = Desk(home), Desk(home)
    assert owner.indexes.own()
    other.take_in(lines(tmp_path / "news.jsonl", FERRY))
    assert owner.indexes.lexical.count() == 0
    owner.indexes.catch_up_words()
    owner.indexes.catch_up_vectors()
    assert owner.indexes.differences() == []
    other.close()
    owner.close()


def test_an_interrupted_run_goes_on_with_the_vectors_that_are_missing(desk: Desk, tmp_path: Path) -> None:
    class Interrupted(HashEmbedder):
        def embed(self, texts):  # type: ignore[no-untyped-def]
            raise KeyboardInterrupt

    file = lines(tmp_path / "news.jsonl", FERRY)
    with pytest.raises(KeyboardInterrupt):
        ingest(desk.archive, desk.indexes, [file], Interrupted, "fake-hash-64")
    assert desk.indexes.lexical.count() == 1
    assert counts(desk.take_in(file)) == (0, 1, 0, 0)
    assert desk.archive.counts().vectors == 1
    assert desk.indexes.differences() == []
    desk.close()


def test_the_last_of_many_articles_with_one_id_counts(desk: Desk, tmp_path: Path) -> None:
    records = [FERRY | {"text": f"A ferry capsized. {n} people died, the port said."} for n in range(300)]
    report = desk.take_in(lines(tmp_path / "same.jsonl", *records))
    assert counts(report) == (1, 0, 299, 0)
    assert [(w.code, w.where) for w in report.warnings] == [("same_id", "line 3")]
    article = desk.archive.article("ferry-1")
    assert article is not None
    assert "299 people" in article.text


def test_the_same_text_at_two_addresses_is_one_story(desk: Desk, tmp_path: Path) -> None:
    text = (
        "The harbour of Skerrow was closed on Monday after a crane fell across the quay. Nobody was hurt, "
        "the port authority said. Ships were turned away to Tarran until divers had looked at the piles."
    )
    records = [{"url": f"https://{n}.example/crane", "title": "Crane falls", "text": text} for n in "ab"]
    assert counts(desk.take_in(lines(tmp_path / "two.jsonl", *records))) == (2, 0, 0, 0)
    first, second = (desk.archive.find(f"https://{n}.example/crane") for n in "ab")
    assert first
    assert second
    assert set(desk.archive.story(first.id)) == {first.id, second.id}


def test_what_nobody_foresaw_in_one_text_does_not_end_the_run(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cleaned(draft: Draft, *, source: str) -> object:
        if "unforeseen" in draft.fields["text"]:
            raise ZeroDivisionError
        return clean(draft, source=source)

    monkeypatch.setattr(storing, "clean", cleaned)
    file = lines(tmp_path / "news.jsonl", FERRY | {"id": "odd", "text": "An unforeseen text."}, FERRY)
    report = desk.take_in(file)
    assert counts(report) == (1, 0, 0, 1)
    assert [(r.where, r.code) for r in report.rejected] == [("line 1", "broken")]
    desk.close()


def test_articles_cut_ahead_are_those_cut_one_by_one(desk: Desk, tmp_path: Path) -> None:
    """With so many that a process cuts them, some of them twice and changed."""
    records = [FERRY | {"id": f"f{n % 150}", "text": f"{FERRY['text']} Report {n}."} for n in range(200)]
    report = desk.take_in(lines(tmp_path / "news.jsonl", *records))
    assert counts(report) == (150, 0, 50, 0)
    for article in desk.archive.articles():
        kept = [passage for _, passage in desk.archive.passages_of(article)]
        assert kept == passages_of(article)
    desk.close()
