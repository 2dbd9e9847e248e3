"""Another model makes all vectors again; no archive ever holds two models'."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from ingest.archive import Archive
from ingest.article import Article
from ingest.chunk import CHUNKER, passages_of
from ingest.errors import BusyError, EmbedderError
from ingest.fakes import HashEmbedder
from ingest.indexes import Indexes, take
from ingest.pipeline import claim, embed_pending, ingest
from ingest.prompts import identity_of
from ingest.reindex import reindex

OLD, NEW = HashEmbedder(32), HashEmbedder(48)
COUNT = 5


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    """An archive of five articles with the old model's vectors."""
    made = Archive(tmp_path)
    claim(made, OLD.name)
    with made.transaction():
        for number in range(COUNT):
            article = Article(f"a{number}", f"Ferry {number}", f"Ferry number {number} sank on Monday.")
            made.put(article, passages_of(article))
    embed_pending(made, lambda: OLD)
    yield made
    made.close()


@pytest.fixture
def indexes(archive: Archive) -> Iterator[Indexes]:
    made = Indexes(archive)
    made.catch_up_words()
    made.catch_up_vectors()
    yield made
    made.close()


class Stops(HashEmbedder):
    """Ends in the middle, as a process that is killed does."""

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        raise KeyboardInterrupt


def test_every_vector_is_made_again(archive: Archive, indexes: Indexes) -> None:
    assert reindex(archive, indexes, lambda: NEW, NEW.name) == COUNT
    _, numbers, matrix = archive.vectors_after(0)
    assert matrix.shape == (COUNT, 48)
    assert archive.remembered("identity") == identity_of(NEW.name, CHUNKER)
    assert indexes.differences() == []
    assert indexes.vectors.query(matrix[2], 1)[0][0] == numbers[2]
    with pytest.raises(EmbedderError, match=r"NEWSDESK_EMBEDDER=fake-hash-48, or .* `newsdesk reindex`"):
        claim(archive, OLD.name)


def test_an_interrupted_run_goes_on(archive: Archive, indexes: Indexes) -> None:
    with pytest.raises(KeyboardInterrupt):
        reindex(archive, indexes, lambda: Stops(48), NEW.name)
    assert archive.counts().vectors == 0
    number = archive.pending(limit=1)[0][0]
    archive.add_vectors([number], NEW.embed(["made before it was stopped"]))
    assert reindex(archive, indexes, lambda: NEW, NEW.name) == COUNT - 1
    assert reindex(archive, indexes, lambda: NEW, NEW.name) == 0
    assert indexes.differences() == []


def test_anew_makes_even_those_of_the_same_model(archive: Archive, indexes: Indexes) -> None:
    before = archive.vectors_after(0)[2]
    assert reindex(archive, indexes, lambda: OLD, OLD.name) == 0
    assert reindex(archive, indexes, lambda: OLD, OLD.name, anew=True) == COUNT
    assert np.allclose(archive.vectors_after(0)[2], before)


def test_a_missing_model_changes_nothing(archive: Archive, indexes: Indexes) -> None:
    def missing() -> HashEmbedder:
        raise EmbedderError("There is no such model.")

    with pytest.raises(EmbedderError):
        reindex(archive, indexes, missing, "nobody/nothing")
    assert archive.counts().vectors == COUNT
    claim(archive, OLD.name)


@pytest.mark.parametrize("held", ["ingest", "owner"])
def test_nobody_else_may_be_writing(held: str, archive: Archive) -> None:
    lock = take(archive.home, held)
    assert lock is not None
    with pytest.raises(BusyError):
        reindex(archive, Indexes(archive), lambda: NEW, NEW.name)
    lock.release()
    assert archive.counts().vectors == COUNT


def test_passages_cut_otherwise_are_refused(archive: Archive, indexes: Indexes) -> None:
    archive.remember("identity", f"{OLD.name} another-chunker")
    with pytest.raises(EmbedderError, match="cut by another version"):
        reindex(archive, indexes, lambda: NEW, NEW.name)


def test_prompts_that_changed_are_another_model(
    archive: Archive, indexes: Indexes, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive.remember("identity", identity_of("intfloat/e5-base", CHUNKER))
    claim(archive, "intfloat/e5-base")
    monkeypatch.setenv("NEWSDESK_PASSAGE_PROMPT", "text: ")
    with pytest.raises(EmbedderError, match="NEWSDESK_EMBEDDER=intfloat/e5-base, or"):
        claim(archive, "intfloat/e5-base")


def test_a_model_of_another_size_under_the_same_name_is_noticed(archive: Archive, indexes: Indexes) -> None:
    replaced = HashEmbedder(48)
    replaced.name = OLD.name
    article = Article("b", "Bridge", "A bridge opened.")
    with archive.transaction():
        archive.put(article, passages_of(article))
    with pytest.raises(EmbedderError, match=r"have 32 numbers, .* now 48: .*--anew"):
        embed_pending(archive, lambda: replaced)
    assert reindex(archive, indexes, lambda: replaced, OLD.name, anew=True) == COUNT + 1


def test_a_wrong_name_can_be_put_right_while_there_is_no_vector(tmp_path: Path) -> None:
    news, archive = tmp_path / "news.txt", Archive(tmp_path / "home")
    news.write_text("Bridge opens\n\nThe bridge over the river opened on Monday, a year late.\n", "utf-8")
    indexes = Indexes(archive)

    def missing() -> HashEmbedder:
        raise EmbedderError("There is no such model.")

    with pytest.raises(EmbedderError):
        ingest(archive, indexes, [news], missing, "nobody/nothing")
    with pytest.raises(EmbedderError):
        claim(archive, NEW.name)
    ingest(archive, indexes, [news], lambda: NEW, NEW.name)
    assert archive.dimension() == 48
    indexes.close()
    archive.close()
