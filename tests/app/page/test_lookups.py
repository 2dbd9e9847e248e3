"""What the browser asks for beside answers."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest

from app.page.lookups import lookups
from app.page.working import Working
from ingest.article import Article
from ingest.errors import ArchiveError, UsageError
from tests.app.fake_desk import QUESTION, STORM, FakeDesk

READER: Any = SimpleNamespace(state=SimpleNamespace(changes_allowed=True))


def functions(desk: Any) -> dict[str, Any]:
    return {function.__name__: function for function in lookups(desk, Working())}


def test_the_archive_is_told_with_its_outlets_and_dates() -> None:
    told = functions(FakeDesk())["archive"](None, READER)
    assert told["articles"] == 4
    assert told["may_add"]
    assert (told["first"], told["last"], told["unfinished"]) == ("2026-01-15", "2026-03-01", False)
    assert functions(FakeDesk(ready=0.5))["archive"](None, READER)["unfinished"]
    assert functions(FakeDesk(()))["archive"](None, READER)["unfinished"]


def test_an_archive_that_cannot_be_read_is_told_in_the_masthead() -> None:
    told = functions(_Broken())["archive"](None, READER)
    assert "The archive is &lt;gone&gt;." in told["masthead"]
    assert told["unfinished"]
    assert functions(_Broken())["examples"]() == []


def test_examples_are_tried_once_for_an_archive_of_one_size() -> None:
    desk = _Counting()
    examples = functions(desk)["examples"]
    assert examples() == examples() == desk.examples()
    assert desk.tried == 2
    desk.articles = (STORM,)
    examples()
    assert desk.tried == 3


def test_an_article_is_shown_at_the_version_that_was_quoted() -> None:
    article = functions(_Edited())["article"]
    old = article({"id": STORM.id, "version": 1, "at": [[0, 9]], "as_of": ""})
    assert '<mark data-at="0-9">HALVERTON</mark>' in old
    assert "the archive has a newer one" in old
    assert "Storm passes" in article({"id": STORM.id, "version": 2, "at": [], "as_of": ""})
    assert "Storm passes" in article({"id": STORM.id, "version": 0, "at": [], "as_of": ""})


@pytest.mark.parametrize("wanted", [None, "storm-1", {"id": 1}, {"id": "storm-1", "version": None, "at": []}])
def test_no_article_is_one_sentence(wanted: object) -> None:
    assert "The page asked for no article" in functions(FakeDesk())["article"](wanted)
    missing = functions(FakeDesk())["article"]({"id": "<b>", "version": 0, "at": [], "as_of": ""})
    assert missing == '<p class="problem">There is no article &lt;b&gt;.</p>'


def test_spans_that_are_none_are_passed_over() -> None:
    spans = [[0, 9], [9, 4], [-1, 5], [0, 10**9], ["0", "4"], [1], None]
    shown = functions(FakeDesk())["article"]({"id": STORM.id, "version": 0, "at": spans, "as_of": ""})
    assert shown.count("<mark") == 1


class _Broken(FakeDesk):
    def status(self) -> Any:
        raise ArchiveError("The archive is <gone>.")


class _Counting(FakeDesk):
    tried = 0

    def examples(self, n: int = 4) -> list[str]:
        self.tried += 1
        return [QUESTION]


class _Edited(FakeDesk):
    def show(self, article_id: str, version: int | None = None) -> Article:
        if article_id != STORM.id:
            raise UsageError("There is no such article.")
        return STORM if version == 1 else replace(STORM, version=2, title="Storm passes")
