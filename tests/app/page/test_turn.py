"""A turn grows with the engine's stream, shows only what its article bears out, and never raises."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from app.answer import Answer, Citation, Sentence
from app.page.turn import Filters, Turn, take
from ingest.article import Article
from ingest.errors import ArchiveError
from tests.app.fake_desk import POWER, QUESTION, REFUSED, STORM, FakeDesk

ANYTHING = Filters()


def turns(
    desk: Any, question: str = QUESTION, filters: Filters = ANYTHING, history: tuple[str, ...] = ()
) -> list[Turn]:
    return list(take(desk, 1, question, filters, history))


def test_a_turn_shows_each_sentence_as_it_comes() -> None:
    grown = turns(FakeDesk())
    assert [turn.state for turn in grown] == ["searching", "writing", "writing", "writing", "done"]
    assert [len(turn.sentences) for turn in grown] == [0, 0, 1, 2, 2]
    assert grown[-1].answer is not None
    assert grown[-1].sentences == grown[-1].answer.sentences


def test_sources_are_numbered_in_the_order_cited() -> None:
    done = turns(FakeDesk())[-1]
    cited = [sentence.citations[0].article_id for sentence in done.sentences]
    assert [source.article.id for source in done.sources] == cited == [POWER.id, STORM.id]
    assert [done.source_number(article_id) for article_id in cited] == [1, 2]


def test_an_article_cited_twice_is_one_source() -> None:
    first, second = Citation.of(STORM, 0, 9), Citation.of(STORM, 12, 30)
    sentences = (Sentence(first.quote, (first,)), Sentence(second.quote, (second,)))
    done = turns(_Desk([(), *sentences, _answer(sentences)]))[-1]
    assert [source.citations for source in done.sources] == [(first, second)]


def test_a_refusal_has_no_sources_but_the_hits() -> None:
    done = turns(FakeDesk(), REFUSED)[-1]
    assert done.answer is not None
    assert done.answer.abstained
    assert done.sources == ()
    assert done.hits


def test_the_answer_overrules_what_the_stream_showed() -> None:
    kept, dropped = Citation.of(STORM, 0, 9), Citation.of(POWER, 0, 9)
    streamed = [Sentence(c.quote, (c,)) for c in (dropped, kept)]
    done = turns(_Desk([(), *streamed, _answer((streamed[1],))]))[-1]
    assert done.sentences == (streamed[1],)
    assert [source.article.id for source in done.sources] == [STORM.id]


def test_a_quote_that_is_not_in_its_article_is_not_shown() -> None:
    wrong = replace(Citation.of(STORM, 0, 9), quote="INVENTED.")
    grown = turns(_Desk([(), Sentence(wrong.quote, (wrong,))]))
    assert not any(turn.sentences for turn in grown)
    assert grown[-1].state == "done"
    assert "does not match its text" in grown[-1].problem


def test_a_citation_of_an_older_version_is_not_shown() -> None:
    citation = Citation.of(STORM, 0, 9)
    edited = replace(STORM, title="Storm Idris passes")
    done = turns(_Desk([(), Sentence(citation.quote, (citation,))], (edited,)))[-1]
    assert done.sentences == ()
    assert done.problem


def test_a_wrong_request_is_told_in_the_engines_words() -> None:
    done = turns(FakeDesk(), filters=Filters(as_of="some day"))[-1]
    assert (done.state, done.problem) == ("done", "'some day' is not a date: write it like 2026-03-14.")
    assert done.answer is None


def test_what_was_said_before_a_failure_stays() -> None:
    citation = Citation.of(STORM, 0, 9)
    done = turns(_Desk([(), Sentence(citation.quote, (citation,)), ArchiveError("The archive is gone.")]))[-1]
    assert [sentence.text for sentence in done.sentences] == [citation.quote]
    assert done.problem == "The archive is gone."


def test_a_fault_of_the_program_is_logged_and_told_without_its_details(
    caplog: pytest.LogCaptureFixture,
) -> None:
    done = turns(_Desk([(), ZeroDivisionError("secret detail")]))[-1]
    assert "log" in done.problem
    assert "secret" not in done.problem
    assert "secret detail" in caplog.text


def test_filters_and_history_reach_the_engine() -> None:
    desk = FakeDesk()
    filters = Filters("2026-03-14", "", "2026-04-01", ("Coastal Wire",), ("Weather",), "extractive")
    turns(desk, filters=filters, history=("Earlier?",))
    assert desk.asked == [
        {
            "question": QUESTION,
            "as_of": "2026-03-14",
            "since": None,
            "until": "2026-04-01",
            "sources": ("Coastal Wire",),
            "sections": ("Weather",),
            "writer": "extractive",
            "history": ("Earlier?",),
        }
    ]


class _Desk(FakeDesk):
    """Streams what it is given; an error among it is raised."""

    def __init__(self, parts: list[Any], articles: tuple[Article, ...] = (STORM, POWER)) -> None:
        super().__init__(articles)
        self.parts = parts

    def stream(self, question: str, **_: Any) -> Iterator[Any]:
        for part in self.parts:
            if isinstance(part, Exception):
                raise part
            yield part


def _answer(sentences: tuple[Sentence, ...]) -> Answer:
    return Answer(QUESTION, QUESTION, None, sentences, ())
