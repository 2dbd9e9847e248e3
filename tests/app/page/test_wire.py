"""What goes over the wire: differences only, each reader's own and nobody else's, fast for many at once."""

from __future__ import annotations

import statistics
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from app import Newsdesk
from app.answer import Answer, Citation, Sentence
from eval.main import newsdesk
from ingest.article import Article
from tests.app.fake_desk import FakeDesk
from tests.app.page.wire import Wire, timed
from tests.browser.conftest import served

READERS = 50


def test_fifty_readers_at_once_hear_only_what_is_theirs(tmp_path: Path) -> None:
    desk = _Echo(home=str(tmp_path))
    together = threading.Barrier(READERS)

    def converse(number: int) -> Wire:
        wire = Wire(address, f"reader-{number}")
        for question in ("first", "second", "third"):
            together.wait(60)
            turn = wire.ask(f"{question} canary-{number}-")
            assert f"canary-{number}-" in turn["said"][0]
        wire.close()
        return wire

    with served(desk) as address, ThreadPoolExecutor(READERS) as pool:
        wires = list(pool.map(converse, range(READERS)))
    canaries = {f"canary-{number}-" for number in range(READERS)}
    for number, wire in enumerate(wires):
        heard = "\n".join(wire.heard)
        assert {canary for canary in canaries if canary in heard} == {f"canary-{number}-"}
        assert len(wire.history) == 3
    # Nor did the engine mix them: what came before a question was the reader's own.
    for asked in desk.asked:
        own = asked["question"].split()[1]
        assert all(own in earlier.question for earlier in asked["history"])
    assert sorted(len(asked["history"]) for asked in desk.asked) == sorted([0, 1, 2] * READERS)


class _Echo(FakeDesk):
    """Answers with the question's own words, quoted from an article that has them; a sentence for each."""

    def show(self, article_id: str, version: int | None = None) -> Article:
        return Article(article_id, "Echo", f"It was said: {article_id}.", source="The Echo")

    def stream(self, question: str, *, history: Sequence[Any] = (), **filters: Any) -> Iterator[Any]:
        self.asked.append({"question": question, "history": tuple(history)})
        article = self.show(question)
        sentences = []
        for end in range(len(article.text) - 3, len(article.text) + 1):
            citation = Citation.of(article, 0, end)
            sentences.append(Sentence(citation.quote, (citation,)))
            yield sentences[-1]
        yield Answer(question, question, None, tuple(sentences), ())


def test_a_sentence_weighs_the_same_however_long_the_conversation_is() -> None:
    with served(FakeDesk()) as address:
        wire = Wire(address, "one")
        weights = []
        for _ in range(12):
            before = len(wire.heard)
            wire.ask("How many homes in Halverton were without power after Storm Idris?")
            weights.append(sum(map(len, wire.heard[before:])))
        wire.close()
    # Times and numbers are written with a few digits more or less.
    assert max(weights) - min(weights) < 100


def test_what_was_heard_is_not_sent_again_with_the_next_sentence() -> None:
    with served(_Many()) as address:
        wire = Wire(address, "one")
        wire.ask("anything")
        wire.close()
    generating = [line for line in wire.heard if '"process_generating"' in line]
    one_more = [len(line) for line in generating[4:-1]]
    assert len(one_more) >= 20
    assert max(one_more) < 1.2 * statistics.median(one_more)


class _Many(FakeDesk):
    """Answers with thirty sentences, each of an article of its own."""

    def show(self, article_id: str, version: int | None = None) -> Article:
        return Article(article_id, f"Number {article_id}", f"This is what number {article_id} says.")

    def stream(self, question: str, **_: Any) -> Iterator[Any]:
        citations = [Citation.of(article := self.show(str(n)), 0, len(article.text)) for n in range(10, 40)]
        sentences = tuple(Sentence(citation.quote, (citation,)) for citation in citations)
        yield from sentences
        yield Answer(question, question, None, sentences, ())


def test_a_message_that_is_no_question_is_one_sentence() -> None:
    with served(FakeDesk()) as address:
        wire = Wire(address, "x" * 100)
        (*_, last) = wire.messages("Who won?")
        wire.close()
    assert (
        last["output"]["data"][0]["problem"] == "The page sent something that is no question: load it again."
    )


@pytest.mark.slow
@pytest.mark.model
def test_twenty_readers_at_once_wait_less_than_two_seconds(sample: str) -> None:
    questions = [
        "What is the confirmed death toll from the Lady Corran?",
        "How much will the Ellery Narrows Bridge cost?",
        "Who is the mayor of Port Ellery?",
        "When will the bridge open?",
        "Who is the president of France?",
    ]
    warm = Wire(sample, "warm")
    for question in questions:
        warm.ask(question)
    alone = [timed(warm, question)[0] for question in questions for _ in range(3)]
    warm.close()

    def read(number: int) -> list[float]:
        wire = Wire(sample, f"reader-{number}")
        together.wait(60)
        waited = [timed(wire, questions[(number + turn) % 5])[1] for turn in range(5)]
        wire.close()
        return waited

    together = threading.Barrier(20)
    with ThreadPoolExecutor(20) as pool:
        waited = sorted(seconds for all_of_one in pool.map(read, range(20)) for seconds in all_of_one)
    print(f"first sentence {statistics.median(alone):.3f} s alone; 20 readers: p95 {waited[94]:.2f} s")
    assert statistics.median(alone) < 0.3
    assert waited[94] < 2


@pytest.fixture
def sample(home: Path) -> Iterator[str]:
    """The page over the sample archive with the real model."""
    done = CliRunner().invoke(newsdesk, ["ingest", "--sample", "--home", str(home)])
    assert done.exit_code == 0, done.output
    with Newsdesk.open(home) as desk, served(desk) as address:
        yield address
