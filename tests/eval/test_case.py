"""Cases and records keep what they say through JSON, and a broken file is named with its line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.case import Case, Found, Record, read_cases
from ingest.errors import UsageError

text = st.text(max_size=20)
texts = st.lists(text.filter(str.strip), max_size=3).map(tuple)
cases = st.builds(
    Case,
    id=st.text(min_size=1, max_size=9),
    question=text.filter(str.strip),
    as_of=st.none() | st.sampled_from(["2026-03", "2026-03-14", "2026-03-14T09:30:00+00:00"]),
    answers=texts,
    gold=texts,
    quote=text,
    answerable=st.sampled_from([None, True]),
    tags=texts,
    choices=texts,
)


@given(cases)
def test_a_case_survives_its_json(case: Case) -> None:
    assert Case.from_json(json.loads(json.dumps(case.to_json()))) == case


@given(cases, st.dictionaries(text, st.none() | st.floats(0, 1)), st.none() | text)
def test_a_record_survives_its_json(case: Case, scores: dict[str, float | None], error: str | None) -> None:
    found = (Found("a1", "Title", "", "2026-03-14"), Found("a2", "", "https://example.org/2", None))
    record = Record(case, {"text": "x"}, found, {"ask": 0.25}, {"newsdesk": "1"}, scores, error)
    assert Record.from_json(json.loads(json.dumps(record.to_json()))) == record


def test_reading_a_file_of_cases(tmp_path: Path) -> None:
    file = tmp_path / "cases.jsonl"
    file.write_text(
        '\ufeff{"id": 7, "question": "Who won?", "answers": "Ada", "gold": ["a1"]}\n'
        "\n"
        '{"question": "Where?", "answerable": false, "as_of": "2026-03-14"}',
        encoding="utf-8",
    )
    first, second = read_cases(file)
    assert (first.id, first.answers, first.gold, first.answerable) == ("7", ("Ada",), ("a1",), None)
    assert (second.id, second.answerable, second.as_of) == ("line-3", False, "2026-03-14")


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ('{"question": "Who', "line 2: not a JSON object"),
        ('["Who?"]', "line 2: a case must be a JSON object"),
        ("{}", "line 2: `question` is missing"),
        ('{"question": "  "}', "line 2: `question` is missing"),
        ('{"question": 5}', "line 2: `question` must be text"),
        ('{"question": "Who?", "gold": [1]}', "line 2: `gold` must be a list of texts"),
        ('{"question": "Who?", "answerable": "no"}', "line 2: `answerable` must be true or false"),
        ('{"question": "Who?", "as_of": "Friday"}', "line 2: `as_of` is no ISO date: 'Friday'"),
        ('{"question": "Who?", "answerable": false, "answers": ["Ada"]}', "line 2: a question that is not"),
        ('{"question": "Who?", "id": "first"}', "line 2: the id 'first' is used twice"),
        (b'{"question": "Caf\xe9?"}', "line 2: not UTF-8"),
    ],
)
def test_a_broken_line_is_named(tmp_path: Path, line: str | bytes, complaint: str) -> None:
    file = tmp_path / "cases.jsonl"
    second = line if isinstance(line, bytes) else line.encode()
    file.write_bytes(b'{"id": "first", "question": "Who?"}\n' + second + b"\n")
    with pytest.raises(UsageError, match=rf"cases\.jsonl, {complaint}"):
        read_cases(file)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"gone\.jsonl cannot be read"):
        read_cases(tmp_path / "gone.jsonl")


@pytest.mark.parametrize("value", [None, {}, {"case": {"question": "Who?"}}, {"case": 5, "answer": None}])
def test_what_is_no_record_is_said_so(value: Any) -> None:
    with pytest.raises(ValueError, match=r"record|case"):
        Record.from_json(value)


def test_an_article_is_named_by_id_url_or_title_exactly() -> None:
    found = Found("a1", "Harbour opens", "https://example.org/1", None)
    assert all(found.is_named_by(name) for name in ("a1", "Harbour opens", "https://example.org/1"))
    assert not any(found.is_named_by(name) for name in ("A1", "Harbour", "", "https://example.org/"))
