"""A report counts everything and lists the first of it, so that its size does not follow the input's."""

from __future__ import annotations

import tracemalloc

import pytest

from ingest.article import Rejection, Warned
from ingest.report import Report


def rejection(number: int) -> Rejection:
    return Rejection("a.jsonl", f"line {number}", "broken_json", "not valid JSON")


def test_a_report_lists_what_it_counts() -> None:
    report = Report(ingested=3, unchanged=2, replaced=1)
    report.note(rejection(4))
    report.note(Warned("a.jsonl", "line 1", "encoding", "not UTF-8"))
    told = report.to_json()
    assert told["read"] == 7 == told["ingested"] + told["unchanged"] + told["replaced"] + 1
    assert told["rejected"] == [rejection(4).to_json()]
    assert told["warnings"] == [Warned("a.jsonl", "line 1", "encoding", "not UTF-8").to_json()]
    assert (told["rejected_count"], told["warnings_count"]) == (1, 1)


def test_what_is_not_listed_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEWSDESK_MAX_LISTED", "3")
    report = Report(ingested=1)
    for number in range(10):
        report.note(rejection(number))
        report.note(Warned("a.jsonl", f"line {number}", "encoding", "not UTF-8"))
    assert (report.read, report.rejected_count, report.warnings_count) == (11, 10, 10)
    assert report.rejected == [rejection(number) for number in range(3)]
    assert len(report.warnings) == len(report.to_json()["warnings"]) == 3


def test_memory_does_not_follow_the_number_of_rejections() -> None:
    report = Report(most=100)
    tracemalloc.start()
    try:
        for number in range(50_000):
            report.note(rejection(number))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert report.read == 50_000
    assert peak < 200_000
