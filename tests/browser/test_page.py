"""The chat page in a real browser, as a reader uses it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import app.chat_page
from app import Newsdesk
from app.chat_text import visible
from ingest.archive import Archive
from ingest.chunk import passages_of
from ingest.fakes import HashEmbedder
from ingest.pipeline import claim, embed_pending
from tests.app.fake_desk import ARTICLES, BUDGET, POWER, QUESTION, REFUSED, STORM, FakeDesk
from tests.app.hostile import ARTICLE, HOSTILE
from tests.browser.conftest import served

pytestmark = pytest.mark.browser

Visit = Callable[..., Any]
Serving = Callable[[Any], str]
ABOUT_BUDGET = "By how many votes did the council of Halverton pass its budget?"


@pytest.fixture(scope="module")
def desk() -> FakeDesk:
    return FakeDesk((*ARTICLES, ARTICLE))


@pytest.fixture(scope="module")
def address(desk: FakeDesk) -> Iterator[str]:
    with served(desk) as at:
        yield at


def ask(page: Any, question: str) -> Any:
    """Types a question, sends it with Enter, and waits for its finished turn."""
    turns = page.locator(".turn")
    number = turns.count() + 1
    box = page.get_by_label("Your question")
    box.fill(question)
    box.press("Enter")
    page.locator(f"#turn-{number}.done").wait_for()
    return turns.nth(number - 1)


def widths(page: Any) -> tuple[int, int]:
    width, window = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    return width, window


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


def test_a_chip_leads_to_its_card_by_mouse_and_by_keyboard(visit: Visit, address: str) -> None:
    page = visit(f"{address}?from=a-friend", height=500)
    turn = ask(page, QUESTION)
    card = turn.locator("#source-1-2")
    chip = turn.get_by_role("link", name="Source 2: Halverton Post, 15 January 2026")
    chip.click()
    assert card.evaluate("card => card.matches('.chosen') && card === document.activeElement")
    page.wait_for_function(_IN_VIEW, arg="source-1-2")
    first = turn.get_by_role("link", name="Source 1: Coastal Wire, 17 January 2026")
    first.focus()
    page.keyboard.press("Enter")
    assert turn.locator(".chosen").get_attribute("id") == "source-1-1"
    # The address had a query: following a chip must not load the page anew and lose the conversation.
    assert page.url.endswith("?from=a-friend#source-1-1")
    assert page.locator(".turn").count() == 1


_IN_VIEW = """id => {
  const {top, bottom} = document.getElementById(id).getBoundingClientRect();
  return bottom > 0 && top < window.innerHeight - document.getElementById("composer").offsetHeight;
}"""


def test_sentences_appear_as_they_are_ready(visit: Visit, serving: Serving) -> None:
    desk = _SlowDesk()
    page = visit(serving(desk))
    page.get_by_label("Your question").fill(QUESTION)
    page.get_by_role("button", name="Ask", exact=True).click()
    page.get_by_text("Reading 4 articles").wait_for()
    assert page.locator("q").count() == 0
    desk.go.release()
    page.locator("q").first.wait_for()
    assert page.locator("q").count() == page.locator(".card").count() == 1
    assert page.locator(".turn.done").count() == 0
    desk.go.release(2)
    page.locator(".turn.done").wait_for()
    assert page.locator("q").count() == 2


class _SlowDesk(FakeDesk):
    """Gives each part of an answer after the first when `go` is released once more."""

    def __init__(self) -> None:
        super().__init__()
        self.go = threading.Semaphore(0)

    def stream(self, *args: Any, **filters: Any) -> Iterator[Any]:
        for number, part in enumerate(super().stream(*args, **filters)):
            assert number == 0 or self.go.acquire(timeout=20)
            yield part


def test_a_refusal_shows_the_nearest_articles(visit: Visit, address: str) -> None:
    turn = ask(visit(address), REFUSED)
    assert turn.get_by_role("heading", name="The archive does not say").is_visible()
    assert turn.get_by_role("heading", name="Nearest articles").is_visible()
    assert turn.locator(".card.near").count() == 3
    assert turn.locator(".chip").count() == 0


def test_filters_reach_the_engine_and_are_seen(visit: Visit, address: str, desk: FakeDesk) -> None:
    page = visit(address)
    page.get_by_role("button", name="Dates and outlets").click()
    page.get_by_label("As of").fill("2026-01-16")
    page.get_by_label("Since").fill("2026-01-01")
    page.get_by_label("Outlets").click()
    page.get_by_role("option", name="Halverton Post (1)").click()
    page.keyboard.press("Escape")
    turn = ask(page, QUESTION)
    assert turn.get_by_text("Reading the archive as of 16 January 2026").is_visible()
    assert turn.get_by_text("Only Halverton Post, since 2026-01-01").is_visible()
    assert turn.locator(".card").count() == 1
    asked = desk.asked[-1]
    assert (asked["as_of"], asked["since"], asked["until"]) == ("2026-01-16", "2026-01-01", None)
    assert asked["sources"] == ("Halverton Post",)
    named = "Dates and outlets: as of 2026-01-16, only Halverton Post, since 2026-01-01"
    page.get_by_role("button", name=named).wait_for()


def test_an_empty_question_gets_a_hint_and_a_wrong_one_a_sentence(visit: Visit, address: str) -> None:
    page = visit(address)
    page.get_by_label("Your question").press("Enter")
    page.get_by_text("Type a question first").wait_for()
    assert page.locator(".turn").count() == 0
    assert "ask with at most 10,000" in ask(page, "why " * 25_000).inner_text()
    page.get_by_role("button", name="Dates and outlets").click()
    page.get_by_label("Until").fill("2026-04-01")
    page.get_by_label("As of").fill("the day of the flood")
    assert "'the day of the flood' is not a date" in ask(page, QUESTION).inner_text()
    assert page.get_by_text("Type a question first").count() == 0
    assert page.get_by_text("Error", exact=True).count() == 0


def test_a_conversation_begins_with_an_example_goes_on_and_begins_anew(
    visit: Visit, address: str, desk: FakeDesk
) -> None:
    page = visit(address)
    page.get_by_role("button", name=QUESTION).click()
    page.locator(".turn.done").wait_for()
    assert page.get_by_role("button", name=ABOUT_BUDGET).count() == 0
    ask(page, ABOUT_BUDGET)
    assert [turn.question for turn in desk.asked[-1]["history"]] == [QUESTION]
    assert page.locator(".turn .question").all_inner_texts() == [QUESTION, ABOUT_BUDGET]
    assert page.locator("#source-2-1 mark").text_content() in BUDGET.text
    page.get_by_role("button", name="New conversation").click()
    page.get_by_text("Ask the archive").wait_for()
    assert page.locator(".turn").count() == 0
    ask(page, REFUSED)
    assert desk.asked[-1]["history"] == ()


def test_two_readers_do_not_see_each_other(visit: Visit, address: str, desk: FakeDesk) -> None:
    first, second = visit(address), visit(address)
    ask(first, QUESTION)
    ask(second, ABOUT_BUDGET)
    ask(first, REFUSED)
    assert [turn.question for turn in desk.asked[-1]["history"]] == [QUESTION]
    assert first.locator(".question").all_inner_texts() == [QUESTION, REFUSED]
    assert second.locator(".question").all_inner_texts() == [ABOUT_BUDGET]
    assert (
        QUESTION not in second.content().replace("gradio_config", "") or second.locator(".turn").count() == 1
    )


def test_nothing_is_wider_than_the_window(visit: Visit, address: str) -> None:
    page = visit(address, width=390)
    page.get_by_role("button", name="Dates and outlets").click()
    turn = ask(page, "Which ships came back to the harbour of Ennismore?")
    ask(page, "x" * 500)
    for width in (390, 768, 1024, 1920):
        page.set_viewport_size({"width": width, "height": 800})
        assert widths(page) == (width, width)
        said, sources = (turn.locator(part).bounding_box() for part in (".said", ".sources"))
        beside = sources["x"] >= said["x"] + said["width"]
        assert beside == (width >= 1024)


def test_the_page_follows_the_readers_colours_and_shows_no_other_brand(visit: Visit, address: str) -> None:
    page = visit(address, color_scheme="light")
    assert _brightness(page) > 600
    page.emulate_media(color_scheme="dark")
    page.wait_for_function("document.body.classList.contains('dark')")
    assert _brightness(page) < 200
    assert page.title() == "Newsdesk"
    assert "gradio" not in page.locator("body").inner_text().lower()
    assert not page.locator("footer").filter(visible=True).count()


def _brightness(page: Any) -> int:
    """Of the page's ground: 0 is black, 765 white."""
    return int(
        page.evaluate("""() => getComputedStyle(document.body).backgroundColor
        .match(/\\d+/g).slice(0, 3).reduce((sum, part) => sum + Number(part), 0)""")
    )


def test_hostile_articles_and_questions_are_harmless(visit: Visit, address: str) -> None:
    page = visit(address)
    turn = ask(page, "Which ships came back to the harbour of Ennismore? " + " ".join(HOSTILE))
    card = turn.locator(".card").first
    assert "<img src=x onerror=alert(1)>" in card.inner_text()
    assert card.locator("mark").text_content() in visible(ARTICLE.text)
    assert turn.locator("script, img, svg, iframe, style, form, math, [onerror], [onload]").count() == 0
    assert turn.locator("a:not(.chip)").count() == 0
    ask(page, " ".join(HOSTILE))
    page.get_by_role("button", name="Dates and outlets").click()
    page.get_by_label("As of").fill(HOSTILE[2])
    page.get_by_label("Outlets").click()
    page.get_by_role("option", name="Ennismore").click()
    ask(page, QUESTION)
    page.wait_for_timeout(300)


def test_an_empty_archive_invites_and_the_page_notices_when_it_is_filled(
    visit: Visit, serving: Serving, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(app.chat_page, "REFRESH_SECONDS", 0.3)
    desk = FakeDesk((), ready=0.45)
    page = visit(serving(desk))
    page.get_by_text("newsdesk ingest PATH").wait_for()
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
        cited = [citation for sentence in answer.sentences for citation in sentence.citations]
        cited += [reading.citation for note in answer.notes for reading in note.readings]
        quotes = {citation.quote for citation in cited}
        assert sorted(turn.locator(".card mark").all_text_contents()) == sorted(quotes)
        assert all(citation.quote in desk.show(citation.article_id).text for citation in cited)
        assert quotes
        page.close()
