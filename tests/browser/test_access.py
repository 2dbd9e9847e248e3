"""Everybody can use the page: axe-core finds nothing on any tab or state, and the keyboard reaches it all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.app.fake_desk import ARTICLES, QUESTION, REFUSED, FakeDesk
from tests.app.hostile import ARTICLE
from tests.browser.conftest import ask, served

pytestmark = pytest.mark.browser

Visit = Callable[..., Any]
LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
TABS = ["Ask", "Timeline", "Compare", "Conversations", "Archive", "Evaluation"]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    desk = FakeDesk((*ARTICLES, ARTICLE), home=str(tmp_path_factory.mktemp("home")))
    with served(desk) as at:
        yield at


def violations(page: Any) -> list[str]:
    """What axe-core finds wrong with the page as it stands, with where."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="no axe: install the dev extra")
    # Colours fade in: what is measured must have come to rest.
    page.wait_for_function("document.getAnimations().every(a => a.playState !== 'running')")
    found = axe.Axe().run(page, options={"runOnly": {"type": "tag", "values": LEVELS}})
    return [
        f"{rule['id']}: {rule['help']}: {node['html'][:200]}"
        for rule in found.response["violations"]
        for node in rule["nodes"]
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_while_asking(visit: Visit, address: str, scheme: str) -> None:
    page = visit(address, color_scheme=scheme)
    page.get_by_role("button", name=QUESTION).wait_for()
    assert violations(page) == []
    page.get_by_role("button", name="Dates and outlets").click()
    page.get_by_label("As of").fill("2026-01-20")
    turn = ask(page, QUESTION)
    assert violations(page) == []
    turn.locator(".chip").first.focus()
    page.get_by_role("tooltip").wait_for()
    assert violations(page) == []
    turn.locator(".card button.open").first.click()
    page.get_by_role("dialog").locator("mark").wait_for()
    assert violations(page) == []
    page.keyboard.press("Escape")
    ask(page, REFUSED)
    assert violations(page) == []


@pytest.mark.parametrize("tab", TABS[1:])
def test_axe_finds_nothing_on_any_tab(visit: Visit, address: str, tab: str) -> None:
    page = visit(address)
    assert [name.inner_text() for name in page.get_by_role("tab").all()] == TABS
    page.get_by_role("tab", name=tab).click()
    page.wait_for_function("!document.querySelector('.panel [aria-busy]')")
    assert violations(page) == []


def test_axe_finds_nothing_on_an_empty_archive(visit: Visit, serving: Any, tmp_path: Path) -> None:
    page = visit(serving(FakeDesk((), home=str(tmp_path))), width=390)
    page.get_by_text("newsdesk ingest PATH").wait_for()
    assert violations(page) == []


def test_the_keyboard_alone_asks_reads_and_narrows(visit: Visit, address: str) -> None:
    page = visit(address)
    press = page.keyboard.press
    page.get_by_label("Your question").focus()
    page.keyboard.type(QUESTION)
    press("Enter")
    page.locator("#turn-1.done").wait_for()
    reached = []
    page.locator("#turn-1 .question").evaluate("heading => heading.focus()")
    for _ in range(40):
        press("Tab")
        reached.append(page.evaluate("document.activeElement.textContent.trim().slice(0, 40)"))
        if reached[-1] == "New conversation":
            break
    for name in ("1", "2", "Edit", "Ask again", "Copy link", "Power back in most of Halverton", "Ask"):
        assert name in reached
    page.locator(".chip").first.focus()
    press("Enter")
    press("Tab")
    assert page.evaluate("document.activeElement.matches('.card.chosen button.open')")
    press("Enter")
    page.get_by_role("dialog").wait_for()
    press("Escape")
    assert page.evaluate("document.activeElement.matches('.card.chosen button.open')")
    page.get_by_role("button", name="Dates and outlets").focus()
    press("Enter")
    page.get_by_role("checkbox", name="Halverton Post").focus()
    press("Space")
    page.get_by_role("button", name="Remove: Halverton Post").wait_for()
    page.get_by_role("tab", name="Timeline").focus()
    press("Enter")
    assert page.get_by_role("tab", name="Timeline").get_attribute("aria-selected") == "true"


def test_nothing_is_wider_than_the_window(visit: Visit, address: str) -> None:
    page = visit(address, width=390)
    page.get_by_role("button", name="Dates and outlets").click()
    turn = ask(page, "Which ships came back to the harbour of Ennismore?")
    ask(page, "x" * 500)
    for width in (390, 768, 1024, 1600, 1920):
        page.set_viewport_size({"width": width, "height": 800})
        shown = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
        assert shown == [width, width]
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
