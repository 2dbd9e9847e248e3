"""Nothing from outside runs or is fetched: articles and questions full of markup are shown as text.

Every page of these tests is watched for dialogs, requests elsewhere and errors (`conftest.visit`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import quote

import pytest

from app.answer import Answer, Citation, Direct, Note, Reading, Sentence
from app.page.text import visible
from ingest.article import Article, Moment
from tests.app.fake_desk import ARTICLES, QUESTION, FakeDesk
from tests.app.hostile import ARTICLE, HOSTILE
from tests.browser.conftest import ask, served

pytestmark = pytest.mark.browser

Visit = Callable[..., Any]
INERT = "script, img, svg, iframe, style, form, math, link, meta, base, object, embed, [onerror], [onload]"
ABOUT_SHIPS = "Which ships came back to the harbour of Ennismore?"


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with served(FakeDesk((*ARTICLES, ARTICLE))) as at:
        yield at


def test_hostile_articles_and_questions_are_harmless(visit: Visit, address: str) -> None:
    page = visit(address)
    turn = ask(page, f"{ABOUT_SHIPS} {' '.join(HOSTILE)}")
    card = turn.locator(".card").first
    assert "<img src=x onerror=alert(1)>" in card.inner_text()
    assert card.locator("mark").text_content() in visible(ARTICLE.text)
    card.get_by_role("button").click()
    reader = page.get_by_role("dialog")
    reader.locator("mark").wait_for()
    assert "<script>alert(1)</script>" in reader.inner_text()
    assert reader.locator(f"article :is({INERT})").count() == 0
    page.keyboard.press("Escape")
    turn.locator(".chip").first.hover()
    page.get_by_role("tooltip").wait_for()
    page.get_by_role("button", name="Dates and outlets").click()
    page.get_by_role("checkbox", name="Ennismore").check()
    ask(page, QUESTION)
    assert page.locator(f".turns :is({INERT}), .set :is({INERT}), .preview :is({INERT})").count() == 0
    assert page.locator(".turns a:not(.chip)").count() == 0
    page.reload()
    page.locator("#turn-2").wait_for()
    assert page.locator(f".turns :is({INERT})").count() == 0


def test_hostile_text_in_every_place_of_an_answer_is_text(
    visit: Visit, serving: Callable[[Any], str]
) -> None:
    page = visit(serving(_Everywhere()))
    for number in range(len(HOSTILE)):
        turn = ask(page, f"{number}")
        assert turn.locator(f":is({INERT}):not(.why)").count() == 0
        assert turn.locator("q").count() >= 1
        turn.locator(".card button.open").first.click()
        page.get_by_role("dialog").locator("mark").first.wait_for()
        page.keyboard.press("Escape")


class _Everywhere(FakeDesk):
    """Answers "3" with the third hostile text wherever text can be."""

    def stream(self, question: str, **_: Any) -> Iterator[Any]:
        article = self.show(f"a{question}")
        text = HOSTILE[int(question)]
        citation = Citation.of(article, 0, len(text))
        doubted = Sentence(text + "!", (citation,), "partial", faults=(text,))
        sentences = (Sentence(text, (citation,)), doubted)
        readings = (Reading(text, citation, text, Moment.parse("2026-01-01")),)
        notes = (Note("conflict", text, readings), Note("partial", text))
        yield from sentences
        answer = Answer(question, text, text, sentences, (), withheld=(doubted,), notes=notes)
        yield replace(answer, direct=Direct(text, citation), checked=text, warning=text, writer=text)

    def show(self, article_id: str, version: int | None = None) -> Article:
        text = HOSTILE[int(article_id[1:])]
        body = f"{text} and so on.\n{text}"
        return Article(article_id, text, body, text, (text,), None, text, section=text)


def test_a_hostile_address_is_harmless(visit: Visit, address: str) -> None:
    for text in HOSTILE[:9]:
        page = visit(f"{address}?q={quote(text)}&as_of={quote(text)}&source={quote(text)}&tab={quote(text)}")
        page.locator("#turn-1.done").wait_for()
        assert page.locator(f".turns :is({INERT}), .composer :is(script, img, iframe)").count() == 0


def test_a_script_that_got_in_would_not_run(browser: Any, address: str) -> None:
    page = browser.new_page()
    policy = page.goto(address).headers["content-security-policy"]
    assert "script-src 'self' 'nonce-" in policy
    page.locator(".masthead p").wait_for()
    blocked = page.evaluate("""() => new Promise(done => {
      const told = event => done(event.effectiveDirective);
      document.addEventListener("securitypolicyviolation", told, {once: true});
      const holder = document.createElement("div");
      holder.innerHTML = '<img src="data:," onerror="window.broken = true">';
      document.body.append(holder);
    })""")
    assert blocked == "script-src-attr"
    assert page.evaluate("window.broken") is None
    assert (
        page.evaluate("fetch('https://elsewhere.invalid/').then(() => 'sent', () => 'refused')") == "refused"
    )
    page.close()
