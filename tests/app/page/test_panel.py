"""What the tabs ask the server: read strictly, and never failing with more than a sentence."""

from __future__ import annotations

import logging
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from gradio.utils import get_upload_folder

from app.answer import Reprint
from app.page.panel import Text, Values, _shielded, first
from app.page.tabs.archive import _uploaded
from app.page.tabs.asking import Reading, _span, topic_of, window_of
from app.page.working import Working
from app.related import Related
from ingest.errors import UsageError
from tests.app.fake_desk import STORM, FakeDesk
from tests.app.page.elements import Elements


def asked(function: Any, given: Any) -> dict[str, str]:
    return _shielded(function, Working())(given, None)


def test_what_comes_back_is_html_or_text_or_a_sentence(caplog: pytest.LogCaptureFixture) -> None:
    def broken(values: Values, request: Any) -> str:
        raise ZeroDivisionError("secret detail")

    def wrong(values: Values, request: Any) -> str:
        raise UsageError("Type <b>more</b>.")

    assert asked(lambda values, _: first(values, "name"), {"name": [" a ", "b"]}) == {"html": "a"}
    assert asked(lambda values, _: Text("<plain>"), {}) == {"text": "<plain>"}
    assert asked(wrong, {})["problem"].endswith("Type &lt;b&gt;more&lt;/b&gt;.</p>")
    with caplog.at_level(logging.ERROR):
        said = asked(broken, {})["problem"]
    assert "log says why" in said
    assert "secret" not in said
    assert "secret detail" in caplog.text


@pytest.mark.parametrize("given", [None, 5, "text", [], {"name": "text"}, {5: []}, {"name": None}])
def test_anything_else_is_refused(given: Any) -> None:
    assert "cannot be read" in asked(lambda values, _: "reached", given)["problem"]


def test_halves_of_characters_and_other_values_do_no_harm() -> None:
    assert asked(lambda values, _: str(values["x"]), {"x": ["a\ud800", 5, None]}) == {"html": "['a?']"}


def test_only_what_was_sent_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GRADIO_TEMP_DIR", str(tmp_path / "sent"))
    sent = Path(get_upload_folder()) / "abc" / "news.txt"
    sent.parent.mkdir(parents=True)
    sent.write_text("news")
    secret = tmp_path / "secret.txt"
    secret.write_text("secret")
    (sent.parent / "link.txt").symlink_to(secret)
    assert list(_uploaded([str(sent)])) == [sent.resolve()]
    folder = sent.parent
    elsewhere = (secret, folder / "link.txt", folder, folder / "gone", f"{sent}/../../../secret.txt")
    for path in elsewhere:
        with pytest.raises(UsageError, match="did not arrive"):
            list(_uploaded([str(path)]))


def test_a_form_holds_a_topic_and_a_window() -> None:
    values = {
        "topic": ["  storm "],
        "as_of": ["2026-01-16"],
        "since": [""],
        "source": ["A", "B"],
        "section": ["C"],
    }
    assert topic_of(values) == "storm"
    assert window_of(values) == {
        "as_of": "2026-01-16",
        "since": None,
        "until": None,
        "sources": ("A", "B"),
        "sections": ("C",),
    }
    with pytest.raises(UsageError, match="Type a topic"):
        topic_of({"topic": [" "]})


def test_an_article_tells_of_others_only_where_the_day_is_known() -> None:
    known = {STORM.id: Related((Reprint("wire-1", "", "Coastal Wire", None),))}
    reading = Reading(FakeDesk(known=known))
    assert "Also in" in reading.article({"article": [STORM.id], "as_of": [""]}, None)
    assert "Also in" not in reading.article({"article": [STORM.id]}, None)


def test_sections_are_ticked_and_topics_begun_with() -> None:
    reading = Reading(FakeDesk((replace(STORM, section='Arts & "Ideas"'),)))
    page = Elements(reading.sections({}, None))
    assert (page.values("name"), page.values("value")) == (["section"], ['Arts & "Ideas"'])
    assert Elements(reading.starters({}, None)).values("data-topic") == ["the Tarn bridge", "Storm Idris"]
    assert reading.starters({}, None).count("<button") == 2
    assert Reading(FakeDesk(())).starters({}, None) == ""


@pytest.mark.parametrize("span", ["", "-", "5", "a-b", "7-3", "-1-4", "0-999999", "1-²", "0-" + "9" * 5_000])
def test_a_span_that_is_none_marks_nothing(span: str) -> None:
    assert _span(span, 100) is None


def test_an_article_is_opened_with_its_quotes_marked() -> None:
    reading = Reading(FakeDesk())
    values = {"article": [STORM.id], "version": ["1"], "at": ["12-40 x 50-60"]}
    page = Elements(reading.article(values, None))
    assert page.names.count("mark") == 2
    assert not page.values("id"), "another tab's reading view has that name"
    for none in ("", "²", "9" * 5_000):
        assert Elements(reading.article({**values, "version": [none]}, None)).names.count("mark") == 2
    with pytest.raises(UsageError):
        reading.article({"article": ["unknown"]}, None)
    assert Elements(reading.sections({}, None)).values("value") == []
    assert Elements(reading.outlets({}, None)).values("value") == [
        "Halverton Post",
        "Coastal Wire",
        "The Meridian",
    ]
