"""Both indexes follow the archive's log, filter alike, and are made again when they are damaged."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import tantivy

from ingest.archive import Archive
from ingest.article import Article, Moment
from ingest.chunk import passages_of
from ingest.errors import BusyError
from ingest.fakes import HashEmbedder
from ingest.indexes import Indexes
from ingest.lexical import Lexical, Window
from ingest.pipeline import claim, embed_pending

BRIDGE = Article(
    "bridge", "Bridge delayed", "The bridge will open late.", "Courier", published=Moment.parse("2026-03-01")
)
OIL = Article(
    "oil", "Oil prices", "The price of oil rose on Monday.", "Post", published=Moment.parse("2026-03-05")
)
UNDATED = Article(
    "notes", "Notes on the bridge", "Some say the bridge hums at night.", "Post", section="Opinion"
)
EMBEDDER = HashEmbedder()


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    made = Archive(tmp_path)
    claim(made, EMBEDDER.name)
    put(made, BRIDGE, OIL, UNDATED)
    return made


def put(archive: Archive, *articles: Article) -> None:
    with archive.transaction():
        for article in articles:
            archive.put(article, passages_of(article))
    embed_pending(archive, lambda: EMBEDDER)


def caught_up(archive: Archive) -> Indexes:
    indexes = Indexes(archive)
    indexes.catch_up_words()
    indexes.catch_up_vectors()
    return indexes


def found(indexes: Indexes, text: str, window: Window = Window()) -> set[str]:  # noqa: B008
    words = indexes.lexical
    return {id_ for id_, _ in words.articles(words.terms(text), 10, window)}


def test_both_hold_what_the_archive_holds(archive: Archive) -> None:
    indexes = caught_up(archive)
    assert indexes.differences() == []
    assert indexes.lexical.count() == 3
    number, cosine = indexes.vectors.query(EMBEDDER.embed_query("Oil prices | Post | price of oil rose"), 1)[
        0
    ]
    assert archive.owners_of([number])[number] == "oil"
    assert 0.5 < cosine <= 1.0
    indexes.close()


@pytest.mark.parametrize(
    ("window", "expected"),
    [
        (Window(), {"bridge", "notes"}),
        (Window(as_of=Moment.parse("2026-02-28").last), {"notes"}),
        (Window(as_of=Moment.parse("2026-03-01").last), {"bridge", "notes"}),
        (Window(since=Moment.parse("2026-03-02").epoch), set()),
        (Window(until=Moment.parse("2026-03-01").last), {"bridge"}),
        (Window(sources=("Post",)), {"notes"}),
        (Window(sections=("opinion",)), {"notes"}),
        (Window(sections=("opinion", "sport")), {"notes"}),
        (Window(sections=("sport",)), set()),
        (Window(sources=("Courier",), sections=("opinion",)), set()),
    ],
)
def test_a_window_filters_inside_the_word_index(archive: Archive, window: Window, expected: set[str]) -> None:
    indexes = caught_up(archive)
    assert found(indexes, "bridge", window) == expected
    indexes.close()


def test_a_replaced_article_leaves_both(archive: Archive) -> None:
    caught_up(archive).close()
    put(archive, replace(BRIDGE, text="The viaduct will open in May.", title="Viaduct delayed"))
    indexes = caught_up(archive)
    assert found(indexes, "bridge") == {"notes"}
    assert found(indexes, "viaduct") == {"bridge"}
    assert indexes.differences() == []
    indexes.close()


def test_hostile_queries_find_or_do_not_find_but_never_fail(archive: Archive) -> None:
    indexes = caught_up(archive)
    for text in (
        '"unclosed',
        "AND OR NOT",
        "field:value",
        "-bridge +oil",
        "\x00\ud800",
        "(((",
        "*" * 5_000,
        "",
    ):
        found(indexes, text)
    assert found(indexes, "-bridge") == {"bridge", "notes"}
    indexes.close()


def test_only_one_process_owns_the_vector_index(archive: Archive) -> None:
    owner, other = caught_up(archive), Indexes(archive)
    assert not other.own()
    with pytest.raises(BusyError):
        other.vectors  # noqa: B018
    assert found(other, "bridge") == {"bridge", "notes"}
    owner.close()
    assert other.own()
    other.close()


def test_a_word_index_that_is_garbage_is_made_again(archive: Archive) -> None:
    caught_up(archive).close()
    for file in (archive.home / "lexical" / "passages").glob("meta.json"):
        file.write_text("garbage")
    indexes = caught_up(archive)
    assert indexes.differences() == []
    indexes.close()


def test_a_word_index_of_an_earlier_format_is_made_again(archive: Archive) -> None:
    """One that knew no sections yet: its fields are not those of today."""
    folder = archive.home / "lexical"
    schema = tantivy.SchemaBuilder().add_text_field("text").add_text_field("article", stored=True).build()
    for kind in ("passages", "articles"):
        (folder / kind).mkdir(parents=True)
        tantivy.Index(schema, path=str(folder / kind))
    (folder / "state.json").write_text(json.dumps({"format": "1", "applied": archive.last_change()}))
    assert Lexical(archive.home).applied() == 0
    indexes = caught_up(archive)
    assert indexes.differences() == []
    assert found(indexes, "bridge", Window(sections=("opinion",))) == {"notes"}
    indexes.close()


def test_vectors_lost_in_a_crash_are_noticed_and_put_back(archive: Archive) -> None:
    indexes = caught_up(archive)
    indexes.vectors._passages.delete(ids=["2"])
    indexes.close()
    state = archive.home / "chroma" / "state.json"
    state.write_text(json.dumps(json.loads(state.read_text()) | {"is_closed": False}))
    indexes = caught_up(archive)
    assert indexes.differences() == []
    indexes.close()


def test_a_segment_that_is_garbage_is_made_again(archive: Archive) -> None:
    caught_up(archive).close()
    (archive.home / "chroma" / "chroma.sqlite3").write_bytes(b"\0" * 4096)
    state = archive.home / "chroma" / "state.json"
    state.write_text(json.dumps(json.loads(state.read_text()) | {"is_closed": False}))
    indexes = caught_up(archive)
    assert indexes.differences() == []
    indexes.close()


def test_an_archive_put_back_to_an_earlier_state_rebuilds_its_indexes(
    archive: Archive, tmp_path: Path
) -> None:
    archive._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    earlier = tmp_path / "earlier.sqlite3"
    shutil.copy(archive.path, earlier)
    put(archive, replace(OIL, id="oil-2", text="Another report on the price of oil."))
    caught_up(archive).close()
    archive.close()
    for leftover in archive.home.glob("archive.sqlite3*"):
        leftover.unlink()
    shutil.copy(earlier, archive.path)
    restored = Archive(archive.home)
    indexes = caught_up(restored)
    assert indexes.differences() == []
    indexes.close()


def test_what_chroma_gives_back_is_what_the_archive_holds(archive: Archive) -> None:
    indexes = caught_up(archive)
    stored = indexes.vectors.stored()
    _, numbers, matrix = archive.vectors_after(0)
    assert sorted(stored) == numbers
    assert all(np.allclose(stored[n], row, atol=1e-3) for n, row in zip(numbers, matrix, strict=True))
    indexes.close()
