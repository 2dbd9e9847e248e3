"""Prompts come from the person, the model's own file or its name; archives remember them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ingest.prompts import Prompts, identity_of, name_in, prompts_of
from ingest.settings import DEFAULT_EMBEDDER

SEARCH = "Represent this sentence for searching relevant passages: "


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NEWSDESK_QUERY_PROMPT", raising=False)
    monkeypatch.delenv("NEWSDESK_PASSAGE_PROMPT", raising=False)


def model(folder: Path, config: object) -> str:
    """A folder with this configuration, as sentence-transformers writes it."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "config_sentence_transformers.json").write_text(json.dumps(config), encoding="utf-8")
    return str(folder)


@pytest.mark.parametrize(
    ("name", "query", "passage"),
    [
        ("intfloat/e5-base-v2", "query: ", "passage: "),
        ("intfloat/multilingual-e5-small", "query: ", "passage: "),
        ("BAAI/bge-small-en-v1.5", SEARCH, ""),
        ("nomic-ai/nomic-embed-text-v1.5", "search_query: ", "search_document: "),
        ("Snowflake/snowflake-arctic-embed-m-v1.5", SEARCH, ""),
        ("Snowflake/snowflake-arctic-embed-l-v2.0", "query: ", ""),
        ("mixedbread-ai/mxbai-embed-large-v1", SEARCH, ""),
        ("BAAI/bge-m3", "", ""),
        ("thenlper/gte-base", "", ""),
        ("all-mpnet-base-v2", "", ""),
        ("somebody/blue5-small", "", ""),
        (DEFAULT_EMBEDDER, "", ""),
    ],
)
def test_a_well_known_name_has_its_prompts(name: str, query: str, passage: str) -> None:
    assert prompts_of(name) == Prompts(query, passage)


def test_an_instruction_goes_before_questions_only() -> None:
    found = prompts_of("intfloat/multilingual-e5-large-instruct")
    assert found.query.endswith("\nQuery: ")
    assert found.passage == ""


@pytest.mark.parametrize("parts", ["e5-small-v2", "models--intfloat--e5-small-v2/snapshots/0a1b"])
def test_a_folder_is_known_by_its_name(parts: str, tmp_path: Path) -> None:
    (tmp_path / parts).mkdir(parents=True)
    assert prompts_of(str(tmp_path / parts)) == Prompts("query: ", "passage: ")
    (tmp_path / "e5-small" / "mine").mkdir(parents=True)
    assert prompts_of(str(tmp_path / "e5-small" / "mine")) == Prompts()


@pytest.mark.parametrize(
    ("prompts", "default", "query", "passage"),
    [
        ({"query": "Q: ", "document": "D: "}, None, "Q: ", "D: "),
        ({"query": "Q: ", "document": "", "passage": "P: "}, None, "Q: ", "P: "),
        ({"query": "Q: ", "document": ""}, "query", "Q: ", ""),
        ({"s2p_query": "Ask: ", "s2s_query": "Like: "}, None, "Ask: ", ""),
        ({"search": "S: "}, "search", "S: ", "S: "),
        ({"query": "Q: ", "search": "S: "}, "search", "Q: ", "S: "),
        ({"query": "", "document": ""}, None, "query: ", "passage: "),
        ({"query": 3, "document": None}, None, "query: ", "passage: "),
        (["query"], "query", "query: ", "passage: "),
    ],
)
def test_a_models_own_file_comes_before_its_name(
    prompts: object, default: str | None, query: str, passage: str, tmp_path: Path
) -> None:
    name = model(tmp_path / "e5-small", {"prompts": prompts, "default_prompt_name": default})
    assert prompts_of(name) == Prompts(query, passage)


@pytest.mark.parametrize("text", ["", "not JSON", "[1]", "\xff"])
def test_a_broken_file_says_nothing(text: str, tmp_path: Path) -> None:
    (tmp_path / "config_sentence_transformers.json").write_bytes(text.encode("latin-1"))
    assert prompts_of(str(tmp_path)) == Prompts()


def test_a_downloaded_model_is_asked_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SENTENCE_TRANSFORMERS_HOME", str(tmp_path))
    kept = tmp_path / "models--sentence-transformers--mine"
    model(kept / "snapshots" / "0a1b", {"prompts": {"query": "Q: "}})
    (kept / "refs").mkdir()
    (kept / "refs" / "main").write_text("0a1b", encoding="utf-8")
    assert prompts_of("mine") == prompts_of("sentence-transformers/mine") == Prompts("Q: ", "")


@pytest.mark.parametrize("name", ["", "./no/such/folder", "a/b/c", "..", "x" * 300, "\x00"])
def test_a_name_that_no_model_has_is_no_error(name: str) -> None:
    assert prompts_of(name) == Prompts()


def test_what_a_person_sets_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    name = model(tmp_path, {"prompts": {"query": "Q: ", "document": "D: "}})
    monkeypatch.setenv("NEWSDESK_QUERY_PROMPT", "ask: ")
    assert prompts_of(name) == Prompts("ask: ", "D: ")
    monkeypatch.setenv("NEWSDESK_PASSAGE_PROMPT", "")
    assert prompts_of(name) == Prompts("ask: ", "")
    assert prompts_of("fake-hash-64") == Prompts()


def test_a_model_without_prompts_is_remembered_by_its_name() -> None:
    assert identity_of(DEFAULT_EMBEDDER, "cut-v1") == f"{DEFAULT_EMBEDDER} cut-v1"
    assert identity_of("fake-hash-64", "cut-v1") == "fake-hash-64 cut-v1"


def test_prompts_are_part_of_what_is_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    found = identity_of("intfloat/e5-base", "cut-v1")
    assert found == 'intfloat/e5-base query="query: " passage="passage: " cut-v1'
    monkeypatch.setenv("NEWSDESK_PASSAGE_PROMPT", "text:\n")
    assert identity_of("intfloat/e5-base", "cut-v1") not in (found, "")
    assert "\n" not in identity_of("intfloat/e5-base", "cut-v1")


def test_a_folder_is_remembered_by_its_whole_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    name = model(tmp_path / "my model", {"prompts": {"query": "Q: "}})
    monkeypatch.chdir(tmp_path)
    assert identity_of("my model", "c") == identity_of("./my model", "c") == identity_of(name, "c")


@pytest.mark.parametrize(
    "name", [DEFAULT_EMBEDDER, "intfloat/e5-base", "/models/my own/e5-small", "fake-hash-8"]
)
def test_the_name_is_found_in_what_is_remembered(name: str) -> None:
    assert name_in(identity_of(name, "cut-v1")) == name
    assert name_in("") == ""
