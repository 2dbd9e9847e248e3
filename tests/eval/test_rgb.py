"""RGB's counterfactual questions, on two invented ones with the fake embedder."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from eval.rgb import items, outcomes, report, unaltered
from ingest.errors import UsageError
from ingest.fakes import HashEmbedder

SENTENCE = "The harbour board of Orrin elected {} as its new master on Tuesday after a debate of two hours."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    lines = [
        {
            "id": 7,
            "query": "Who is the new master of Orrin harbour?",
            "answer": "Ada Quill",
            "fakeanswer": "Ivo Marsh",
            "positive": [SENTENCE.format("Ada Quill")],
            "positive_wrong": [SENTENCE.format("Ivo Marsh")],
            "negative": ["The harbour of Orrin is closed in winter."],
        },
        {
            "id": 8,
            "query": "When was the Tarn bridge opened?",
            "answer": [["May 3 2019", "3 May 2019"]],
            "fakeanswer": "July 1, 1988",
            "positive": ["The Tarn bridge was opened by the queen on 3 May 2019."],
            "positive_wrong": ["It was July 1, 1988 when everybody came to see the new bridge at Tarn."],
            "negative": [],
        },
    ]
    path = tmp_path / "rgb" / "en_fact.jsonl"
    path.parent.mkdir()
    path.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    return tmp_path


def test_items_become_articles_of_three_outlets_of_one_day(folder: Path) -> None:
    first, second = items(folder)
    assert {article.source for article in first.articles} == {
        "The True Post",
        "The Altered Post",
        "The Other Post",
    }
    assert len({article.published for article in first.articles}) == 1
    assert second.answers == ("May 3 2019", "3 May 2019")
    assert {article.source for article in unaltered(first).articles} == {"The True Post", "The Other Post"}


def test_an_altered_passage_is_shown_where_both_values_are_in_a_note(folder: Path) -> None:
    given = items(folder)
    found = list(outcomes(given, HashEmbedder()))
    assert [outcome.shown for outcome in found] == [True, False]
    control = list(outcomes([unaltered(item) for item in given], HashEmbedder()))
    assert [outcome.noted for outcome in control] == [False, False]
    lines = list(report(found, control, verbose=True))
    assert lines[0].startswith("not shown: 8 When was")
    assert "altered passage shown as a conflict: .500" in lines[1]
    assert lines[-1].startswith("conflict shown where nothing was altered: .000")


def test_a_missing_file_is_one_clear_sentence(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="RGB needs"):
        items(tmp_path)
