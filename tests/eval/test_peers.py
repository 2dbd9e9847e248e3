"""The comparison with the peers is fair: same articles, same vectors, same scores, dates for all."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from importlib.util import find_spec
from io import StringIO
from pathlib import Path
from typing import Any
from unittest.mock import patch

import numpy as np
import pytest
from rich.console import Console

from eval.case import Case, Found
from eval.main import run as newsdesk
from eval.peers import PEERS, retrieval
from eval.peers.peer import Search, found, known_of, words_of
from eval.peers.retrieval import DATED, NEWSDESK, UNDATED
from eval.peers.vectors import Vectors, lent
from ingest.embed import Floats
from ingest.errors import NewsdeskError
from ingest.fakes import HashEmbedder

CASES = [
    Case("c1", "Which port reopened?", "2026-03-14", gold=("a1",)),
    Case("c2", "Who is the mayor?", "2026-03-14", gold=("a2",)),
]
ARTICLES = [
    {"id": "harbour", "title": "Port of Velm reopens", "published": "2026-03-02", "text": "Boats came back."},
    {
        "id": "mayor",
        "title": "Velm has a new mayor",
        "published": "2026/03/09",
        "text": "Ida Brandt won.",
    },
    {"id": "tram", "title": "", "text": "The tram to the lighthouse runs again after nine years of silence."},
]
# What each peer needs beside our own dependencies.
NEEDS = {
    "LlamaIndex": ("llama_index.embeddings.huggingface", "llama_index.vector_stores.chroma"),
    "LangChain": ("langchain_chroma", "langchain_classic", "langchain_community", "rank_bm25"),
    "Haystack": ("haystack", "haystack_integrations.components.embedders.sentence_transformers"),
}


def is_there(module: str) -> bool:
    try:
        return find_spec(module) is not None
    except ModuleNotFoundError:  # not even what it is in
        return False


def installed(program: str) -> None:
    if lacking := [module for module in NEEDS[program] if not is_there(module)]:
        pytest.skip(f"{program} is not installed (the extra `bench`): no {', '.join(lacking)}")


def finder(dates: Sequence[str | None]) -> Search:
    """A list of articles a0, a1 ... published on those days, of which each chunk asked for gives one."""
    ranked = tuple(Found(f"a{n}", "", "", date) for n, date in enumerate(dates))
    return lambda question, chunks: ranked[:chunks]


# Scoring


def test_a_list_is_cut_at_the_day_asked_for() -> None:
    ranked = finder(["2026-03-14", "2026-03-15", None, "2026-03"])("", 10)
    assert [f.article_id for f in retrieval._until(ranked, "2026-03-14")] == ["a0", "a2"]
    assert len(retrieval._until(ranked, None)) == 4


def test_a_list_with_little_that_is_old_enough_is_asked_for_deeper() -> None:
    later, earlier = ["2026-04-01"] * 900, ["2026-01-01"] * 300
    kept = retrieval._dated(finder([*later, *earlier]))(CASES[0])
    assert [f.article_id for f in kept[:2]] == ["a900", "a901"]
    assert retrieval._dated(finder(later))(CASES[0]) == ()  # and not for ever


def test_each_way_of_searching_is_scored_alike() -> None:
    third, first = (
        (lambda case: finder([None] * 20)("", 20)),
        (lambda case: (Found(case.gold[0], "", "", None),)),
    )
    ranks = {
        NEWSDESK + DATED: retrieval._records("ours", CASES, first),
        "Other" + DATED: retrieval._records("theirs", CASES, third),
        NEWSDESK + UNDATED: retrieval._records("ours", CASES, third),
    }
    report = retrieval.to_json(ranks)
    other = report["Other" + DATED]
    assert other["mrr@10"]["mean"] == pytest.approx((1 / 2 + 1 / 3) / 2)
    assert other["ahead"]["mrr@10"]["difference"]["mean"] == pytest.approx(1 - (1 / 2 + 1 / 3) / 2)
    assert other["ahead"]["hits@4"]["difference"]["mean"] == 0
    assert "ahead" not in report[NEWSDESK + DATED]

    said = StringIO()
    retrieval.show(ranks, Console(file=said, width=80))
    lines = [line.split() for line in said.getvalue().splitlines()]
    assert lines.count(["Other", ".000", "1.000", "1.000", ".417"]) == 1
    assert lines.count(["Other", "1.000", ".000", ".000", ".583"]) == 1
    assert lines.count(["Newsdesk", ".000", "1.000", "1.000", ".417"]) == 1


# Vectors


class Counting(HashEmbedder):
    """The fake, with a list of what it was given."""

    def __init__(self) -> None:
        super().__init__(16)
        self.read: list[str] = []

    def embed(self, texts: Sequence[str]) -> Floats:
        self.read += texts
        return super().embed(texts)


def test_no_text_is_embedded_twice(tmp_path: Path) -> None:
    embedder = Counting()
    first = Vectors(tmp_path, embedder).of(["a port", "a mayor", "a port"])
    assert sorted(embedder.read) == ["a mayor", "a port"]
    assert np.array_equal(first[0], first[2])
    done: list[int] = []
    again = Vectors(tmp_path, embedder).of(["a tram", "a mayor"], done.append)
    assert embedder.read[2:] == ["a tram"]
    assert np.array_equal(again, HashEmbedder(16).embed(["a tram", "a mayor"]))
    assert sum(done) == 2
    assert Vectors(tmp_path, embedder).of("a tram").shape == (16,)
    assert Vectors(tmp_path, embedder).of([]).shape == (0, 16)


@pytest.mark.parametrize(("lost", "again"), [(0, 0), (1, 1), (96, 1), (97, 2), (3 * 96 - 1, 3)])
def test_a_write_that_was_cut_short_is_made_again(tmp_path: Path, lost: int, again: int) -> None:
    texts = ["a", "port", "reopens"]
    expected = Vectors(tmp_path, HashEmbedder(16)).of(texts)
    file = tmp_path / "fake-hash-16.rows"
    file.write_bytes(file.read_bytes()[: file.stat().st_size - lost])
    embedder = Counting()
    assert np.array_equal(Vectors(tmp_path, embedder).of(texts), expected)
    assert len(embedder.read) == again


def test_two_runs_may_share_their_vectors(tmp_path: Path) -> None:
    one, other = Vectors(tmp_path, HashEmbedder(16)), Vectors(tmp_path, HashEmbedder(16))
    one.of(["a port"])
    assert np.array_equal(other.of(["a mayor", "a tram"]), HashEmbedder(16).embed(["a mayor", "a tram"]))
    assert np.array_equal(one.of(["a ferry", "a port"]), HashEmbedder(16).embed(["a ferry", "a port"]))
    embedder = Counting()
    Vectors(tmp_path, embedder).of(["a ferry", "a tram", "a mayor", "a port"])
    assert not embedder.read


def test_a_text_is_cut_where_the_model_stops_reading(tmp_path: Path) -> None:
    embedder = Counting()
    Vectors(tmp_path, embedder).of([" ".join(["ferry"] * 300), " ".join(["port"] * 254)])
    assert sorted(len(text.split()) for text in embedder.read) == [254, 254]


# The programs


@pytest.mark.model
@pytest.mark.parametrize("program", PEERS)
def test_a_peer_finds_what_was_put_in(program: str, tmp_path: Path) -> None:
    installed(program)
    with lent(Vectors(tmp_path / "vectors", HashEmbedder(64))):
        peer = PEERS[program](tmp_path / "index")
        assert peer.index(ARTICLES) == 3
        for search in peer.ways.values():
            assert search("a tram to the lighthouse", 3)[0] == Found("tram", "", "", None)
            mayor = search("Velm mayor Brandt", 3)
            assert mayor[0] == Found("mayor", "Velm has a new mayor", "", "2026-03-09")
            assert len({article.article_id for article in mayor}) == 3


@pytest.mark.parametrize(
    ("program", "module"),
    [
        ("LlamaIndex", "llama_index.core"),
        ("LangChain", "langchain_chroma"),
        ("Haystack", "haystack.components.joiners"),
    ],
)
def test_a_peer_that_is_not_installed_says_what_to_install(program: str, module: str, tmp_path: Path) -> None:
    missing = pytest.raises(NewsdeskError, match=rf"compare with {program}, install the extra")
    with patch.dict("sys.modules", {module: None}), missing:
        PEERS[program](tmp_path)


def test_an_article_keeps_its_name_and_day() -> None:
    assert words_of(ARTICLES[0]) == "Port of Velm reopens\n\nBoats came back."
    assert words_of(ARTICLES[2]) == ARTICLES[2]["text"]
    hits = [known_of(ARTICLES[n]) for n in (1, 2, 1)]
    assert [(f.article_id, f.published) for f in found(hits)] == [("mayor", "2026-03-09"), ("tram", None)]


class Memory:
    """A peer that finds every article, in the order in which it was given them."""

    def __init__(self) -> None:
        self.articles: list[Found] = []
        self.ways: dict[str, Search] = {"Memory": lambda question, chunks: tuple(self.articles[:chunks])}

    def index(self, articles: Sequence[Mapping[str, Any]]) -> int:
        self.articles = [Found(article["id"], article["title"], "", None) for article in articles]
        return len(articles)


def test_a_run_that_was_stopped_goes_on_with_the_peer_it_was_at(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEWSDESK_EMBEDDER", "fake-hash-64")
    articles = tmp_path / "articles.jsonl"
    articles.write_text("".join(json.dumps(article) + "\n" for article in ARTICLES))
    built: list[str] = []

    def first(folder: Path) -> Memory:
        built.append("first")
        return Memory()

    def second(folder: Path) -> Memory:
        built.append("second")
        if built.count("second") == 1:
            raise KeyboardInterrupt
        peer = Memory()
        peer.ways = {"Other": peer.ways["Memory"]}
        return peer

    monkeypatch.setattr(retrieval, "PEERS", {"first": first, "second": second})
    cases = [Case("c1", "Which port reopened?", "2026-03-14", gold=("harbour",))]
    with pytest.raises(KeyboardInterrupt):
        retrieval.compare(articles, cases, tmp_path)
    ranks = retrieval.compare(articles, cases, tmp_path)
    assert built == ["first", "second", "second"]
    assert list(ranks) == [way + date for date in (DATED, UNDATED) for way in (NEWSDESK, "Memory", "Other")]
    assert ranks["Memory" + DATED][0].scores == dict.fromkeys(retrieval.METRICS, 1)

    other = [replace(cases[0], question="Which ferry sank?")]  # another question was never asked
    retrieval.compare(articles, other, tmp_path)
    assert built[3:] == ["first", "second"]


@pytest.mark.model
@pytest.mark.slow
def test_all_programs_on_the_sample(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for program in PEERS:
        installed(program)
    monkeypatch.setenv("NEWSDESK_EMBEDDER", "fake-hash-64")
    place = ["--data", str(tmp_path), "--work", str(tmp_path / "w")]
    command = ["eval", "peers", "--count", "20", *place, "--json"]
    assert newsdesk(command) == 0
    report = json.loads(capsys.readouterr().out)
    assert (report["suite"], report["articles"], len(report["ways"])) == ("sample", 20, 12)
    assert all(way["hits@10"]["n"] > 60 for way in report["ways"].values())
    assert newsdesk(command) == 0  # with the vectors that are there
    assert json.loads(capsys.readouterr().out) == report
