"""Asking in a real browser: answers with their evidence, follow-ups, editing, stopping."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import app.page.ask
from app import Newsdesk
from app.answer import Answer
from ingest.archive import Archive
from ingest.chunk import passages_of
from ingest.fakes import HashEmbedder
from ingest.pipeline import claim, embed_pending
from tests.app.fake_desk import ARTICLES, BUDGET, POWER, QUESTION, REFUSED, STORM, FakeDesk
from tests.browser.conftest import ask, served

pytestmark = pytest.mark.browser

Visit = Callable[..., Any]
Serving = Callable[[Any], str]
ABOUT_BUDGET = "By how many votes did the council of Halverton pass its budget?"


@pytest.fixture(scope="module")
def desk() -> FakeDesk:
    return FakeDesk()


@pytest.fixture(scope="module")
def address(desk: FakeDesk) -> Iterator[str]:
    with served(desk) as at:
        yield at


def test_a_question_is_answered_with_quotes_that_stand_in_their_articles(visit: Visit, address: str) -> None:
    page = visit(address)
    turn = ask(page, QUESTION)
    assert turn.locator("q").all_inner_texts() == [
        "Power was restored to most homes in Halverton on Saturday, two days after Storm Idris.",
        "About 4,200 homes in Halverton were without power on Thursday evening.",
    ]
    cards = turn.locator(".card")
    assert cards.count() == 2
    for card, article in zip(cards.all(), (POWER, STORM), strict=True):
        assert card.locator("mark").text_content() in article.text
        assert article.title in card.inner_text()
    link = cards.nth(0).get_by_role("link")
    assert link.get_attribute("href") == POWER.url
    assert "noopener" in link.get_attribute("rel")
    assert page.get_by_label("Your question").input_value() == ""
    # Those who listen to the page are told when the answer is there.
    assert page.get_by_text("Answered: 2 sentences from 2 sources.").count() == 1


def test_a_chip_shows_its_quote_when_pointed_at_or_focused(visit: Visit, address: str) -> None:
    page = visit(address)
    turn = ask(page, QUESTION)
    chip = turn.get_by_role("link", name="Source 2: Halverton Post, 15 January 2026")
    preview = page.get_by_role("tooltip")
    chip.hover()
    assert "About 4,200 homes in Halverton were without power" in preview.inner_text()
    assert "Halverton Post, 15 January 2026" in preview.inner_text()
    page.mouse.move(0, 0)
    preview.wait_for(state="hidden")
    chip.focus()
    assert chip.get_attribute("aria-describedby") == "preview"
    page.keyboard.press("Escape")
    assert preview.is_hidden()


def test_a_chip_leads_to_its_card_by_mouse_and_by_keyboard_and_back(visit: Visit, address: str) -> None:
    page = visit(address, height=500)
    turn = ask(page, QUESTION)
    card = turn.locator("#source-1-2")
    chip = turn.get_by_role("link", name="Source 2: Halverton Post, 15 January 2026")
    chip.click()
    assert card.evaluate("card => card.matches('.chosen') && card === document.activeElement")
    page.wait_for_function(_IN_VIEW, arg="source-1-2")
    first = turn.get_by_role("link", name="Source 1: Coastal Wire, 17 January 2026")
    first.focus()
    page.keyboard.press("Enter")
    assert turn.locator(".card.chosen").get_attribute("id") == "source-1-1"
    page.keyboard.press("Escape")
    assert first.evaluate("chip => chip === document.activeElement")
    assert page.locator(".turn").count() == 1


_IN_VIEW = """id => {
  const {top, bottom} = document.getElementById(id).getBoundingClientRect();
  return bottom > 0 && top < window.innerHeight;
}"""


def test_a_headline_opens_the_whole_article_at_its_quote(visit: Visit, address: str) -> None:
    page = visit(address, height=400)
    turn = ask(page, QUESTION)
    opener = turn.get_by_role("button", name=STORM.title)
    opener.click()
    reader = page.get_by_role("dialog")
    mark = reader.locator("mark")
    mark.wait_for()
    assert mark.inner_text() == "About 4,200 homes in Halverton were without power on Thursday evening."
    box = mark.bounding_box()
    assert 0 <= box["y"] <= 400
    assert reader.locator(".text").inner_text().split("\n\n") == STORM.text.split("\n\n")
    assert reader.get_by_role("heading", name=STORM.title).is_visible()
    page.keyboard.press("Escape")
    assert reader.count() == 0
    assert opener.evaluate("button => button === document.activeElement")


def test_sentences_appear_as_they_are_ready(visit: Visit, serving: Serving) -> None:
    desk = _SlowDesk()
    page = visit(serving(desk))
    page.get_by_label("Your question").fill(QUESTION)
    page.get_by_role("button", name="Ask", exact=True).click()
    page.get_by_text("Reading 4 articles").wait_for()
    assert page.locator("q").count() == 0
    desk.go.release()
    page.locator("q").first.wait_for()
    assert page.locator(".turn q").count() == page.locator(".card").count() == 1
    assert page.locator(".turn.done").count() == 0
    desk.go.release(2)
    page.locator(".turn.done").wait_for()
    assert page.locator(".turn q").count() == 2


def test_an_answer_can_be_stopped_and_another_asked(visit: Visit, serving: Serving) -> None:
    desk = _SlowDesk()
    page = visit(serving(desk))
    page.get_by_label("Your question").fill(QUESTION)
    page.keyboard.press("Enter")
    desk.go.release()
    page.locator(".turn q").first.wait_for()
    page.get_by_role("button", name="Stop").click()
    page.locator(".turn.done").get_by_text("Stopped.").wait_for()
    assert page.locator(".turn q").count() == 1
    assert page.get_by_role("button", name="Ask", exact=True).is_visible()
    desk.go.release(20)
    turn = ask(page, ABOUT_BUDGET)
    assert turn.locator("q").count() == 1
    assert page.locator("#turn-1 q").count() == 1
    assert desk.asked[-1]["history"] == ()


class _SlowDesk(FakeDesk):
    """Gives each part of an answer after the first when `go` is released once more."""

    def __init__(self) -> None:
        super().__init__()
        self.go = threading.Semaphore(0)

    def stream(self, *args: Any, **filters: Any) -> Iterator[Any]:
        for number, part in enumerate(super().stream(*args, **filters)):
            assert number == 0 or self.go.acquire(timeout=20)
            yield part


def test_a_refusal_is_a_considered_answer(visit: Visit, address: str) -> None:
    page = visit(address)
    turn = ask(page, REFUSED)
    assert turn.get_by_role("heading", name="The archive does not say").is_visible()
    assert turn.get_by_text("The archive covers 15 January 2026 to March 2026.").is_visible()
    assert turn.get_by_role("heading", name="Nearest articles").is_visible()
    assert turn.locator(".card.near").count() == 3
    assert turn.locator(".chip").count() == 0
    turn.locator(".card.near button").first.click()
    page.get_by_role("dialog").get_by_role("heading").wait_for()


def test_an_empty_question_gets_a_hint_and_a_wrong_one_a_sentence(visit: Visit, address: str) -> None:
    page = visit(address)
    page.get_by_label("Your question").press("Enter")
    page.get_by_text("Type a question first").wait_for()
    assert page.locator(".turn").count() == 0
    assert "ask with at most 10,000" in ask(page, "why " * 25_000).inner_text()
    assert page.get_by_text("Type a question first").count() == 0


def test_a_conversation_begins_with_an_example_goes_on_and_begins_anew(
    visit: Visit, address: str, desk: FakeDesk
) -> None:
    page = visit(address)
    page.get_by_role("button", name=QUESTION).click()
    page.locator(".turn.done").wait_for()
    assert page.get_by_role("button", name=ABOUT_BUDGET).count() == 0
    ask(page, ABOUT_BUDGET)
    assert [turn.question for turn in desk.asked[-1]["history"]] == [QUESTION]
    assert "4,200 homes" in desk.asked[-1]["history"][0].answer_text
    assert page.locator(".turn .question").all_inner_texts() == [QUESTION, ABOUT_BUDGET]
    assert page.locator("#source-2-1 mark").text_content() in BUDGET.text
    page.get_by_role("button", name="New conversation").click()
    page.get_by_role("heading", name="Ask the archive").wait_for()
    assert page.locator(".turn").count() == 0
    ask(page, REFUSED)
    assert desk.asked[-1]["history"] == ()


def test_an_edited_question_takes_the_place_of_the_old_one_and_of_what_followed(
    visit: Visit, address: str, desk: FakeDesk
) -> None:
    page = visit(address)
    ask(page, QUESTION)
    ask(page, ABOUT_BUDGET)
    page.locator("#turn-1").get_by_role("button", name="Edit").click()
    box = page.get_by_label("Your question")
    assert box.input_value() == QUESTION
    assert page.get_by_text("Editing question 1. What followed from it goes.").is_visible()
    box.fill(REFUSED)
    box.press("Enter")
    page.locator("#turn-1.done").get_by_text("The archive does not say").wait_for()
    assert page.locator(".turn .question").all_inner_texts() == [REFUSED]
    assert desk.asked[-1]["history"] == ()
    # The arrow up in an empty box fetches the last question; Escape lets it be.
    box.press("ArrowUp")
    assert box.input_value() == REFUSED
    box.press("Escape")
    assert box.input_value() == ""
    page.get_by_role("button", name="Ask again").click()
    page.locator("#turn-1.done").wait_for()
    assert desk.asked[-1]["question"] == REFUSED


def test_a_question_understood_otherwise_says_so_and_can_be_taken_as_typed(
    visit: Visit, serving: Serving
) -> None:
    desk = _Resolving()
    page = visit(serving(desk))
    ask(page, QUESTION)
    turn = ask(page, "and on Saturday?")
    assert "Understood as: How many homes in Halverton, on Saturday?" in turn.inner_text()
    turn.get_by_role("button", name="Change").click()
    assert page.get_by_label("Your question").input_value() == "How many homes in Halverton, on Saturday?"
    page.get_by_role("button", name="Keep it as it was").click()
    turn.get_by_role("button", name="Take it as typed").click()
    page.locator("#turn-2.done").wait_for()
    assert page.get_by_text("Understood as").count() == 0
    assert desk.asked[-1] | {"question": "and on Saturday?", "history": ()} == desk.asked[-1]


class _Resolving(FakeDesk):
    """Understands every follow-up in the same way."""

    def stream(self, question: str, *, history: Any = (), **filters: Any) -> Iterator[Any]:
        for part in super().stream(question, history=history, **filters):
            meant = "How many homes in Halverton, on Saturday?" if history else question
            yield replace(part, understood=meant) if isinstance(part, Answer) else part


def test_a_reloaded_page_has_its_conversation_and_goes_on(visit: Visit, address: str, desk: FakeDesk) -> None:
    page = visit(address)
    ask(page, QUESTION)
    asked = len(desk.asked)
    page.reload()
    page.locator("#turn-1.done").wait_for()
    assert page.locator("#turn-1 .card").count() == 2
    assert len(desk.asked) == asked
    ask(page, ABOUT_BUDGET)
    assert [turn.question for turn in desk.asked[-1]["history"]] == [QUESTION]


def test_a_server_that_is_gone_is_told(
    visit: Visit, serving: Serving, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(app.page.ask, "PATIENCE_SECONDS", 0.5)
    page = visit(serving(FakeDesk()))
    page.get_by_role("button", name=QUESTION).wait_for()
    # The question leaves and nobody hears it.
    page.route("**/queue/**", lambda route: None)
    page.get_by_label("Your question").fill(QUESTION)
    page.keyboard.press("Enter")
    page.get_by_text("The server does not answer. Is it still running?").wait_for()
    # It was only slow: what comes late is shown.
    page.unroute("**/queue/**")
    page.locator("#turn-1.done q").first.wait_for()
    assert page.get_by_text("The server does not answer. Is it still running?").is_hidden()


def test_an_empty_archive_invites_and_the_page_notices_when_it_is_filled(
    visit: Visit, serving: Serving, monkeypatch: pytest.MonkeyPatch, home: Path
) -> None:
    monkeypatch.setattr(app.page.ask, "REFRESH_SECONDS", 0.3)
    desk = FakeDesk((), ready=0.45, home=str(home))
    page = visit(serving(desk))
    page.get_by_text("newsdesk ingest PATH").wait_for()
    page.get_by_role("button", name="Add articles of your own").click()
    assert page.get_by_role("tab", name="Archive").get_attribute("aria-selected") == "true"
    page.wait_for_function("document.activeElement.type === 'file'")
    page.get_by_role("tab", name="Ask").click()
    assert page.get_by_role("button", name="Open the sample archive").is_visible()
    desk.articles = ARTICLES
    page.get_by_text("Meaning search: 45 % ready").wait_for()
    page.get_by_role("button", name=QUESTION).wait_for()
    assert page.get_by_text("newsdesk ingest PATH").count() == 0
    desk.ready = 1.0
    page.get_by_text("Meaning search").wait_for(state="detached")


def test_the_engine_itself_behind_the_page(visit: Visit, serving: Serving, home: Path) -> None:
    archive = Archive(home)
    claim(archive, HashEmbedder().name)
    with archive.transaction():
        for article in (STORM, POWER, BUDGET):
            archive.put(article, passages_of(article))
    embed_pending(archive, HashEmbedder)
    archive.close()
    with Newsdesk.open(home, embedder=HashEmbedder()) as desk:
        page = visit(serving(desk))
        turn = ask(page, QUESTION)
        answer = desk.ask(QUESTION)
        assert turn.locator("q").all_inner_texts() == [sentence.text for sentence in answer.sentences]
        quotes = {c.quote for sentence in answer.sentences for c in sentence.citations}
        assert quotes
        shown = " ".join(turn.locator(".card mark").all_text_contents())
        assert all(quote in shown for quote in quotes)
        page.close()
