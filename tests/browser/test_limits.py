"""The controls: which part of the archive is asked, in the address and remembered."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.app.fake_desk import QUESTION, REFUSED, FakeDesk
from tests.browser.conftest import ask, served

pytestmark = pytest.mark.browser

Visit = Callable[..., Any]


@pytest.fixture(scope="module")
def desk() -> FakeDesk:
    return FakeDesk()


@pytest.fixture(scope="module")
def address(desk: FakeDesk) -> Iterator[str]:
    with served(desk) as at:
        yield at


def query_of(page: Any) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def narrow(page: Any) -> None:
    page.get_by_role("button", name="Dates and outlets").click()
    page.get_by_label("As of").fill("2026-01-16")
    page.get_by_label("Since").fill("2026-01-01")
    page.get_by_role("checkbox", name="Halverton Post").check()


def test_limits_reach_the_engine_and_are_seen(visit: Visit, address: str, desk: FakeDesk) -> None:
    page = visit(address)
    narrow(page)
    assert page.get_by_text("You are reading the archive as of 16 January 2026.").is_visible()
    turn = ask(page, QUESTION)
    shown = turn.get_by_role("list", name="What is read").inner_text()
    for limit in ("As of 16 January 2026", "Since 1 January 2026", "Only Halverton Post"):
        assert limit in shown
    assert turn.locator(".card").count() == 1
    asked = desk.asked[-1]
    assert (asked["as_of"], asked["since"], asked["until"]) == ("2026-01-16", "2026-01-01", None)
    assert asked["sources"] == ("Halverton Post",)
    # What is in force is seen when the controls are folded, and goes with one click.
    page.get_by_role("button", name="Dates and outlets").click()
    page.get_by_role("button", name="Remove: Halverton Post").click()
    page.get_by_role("button", name="Back to today").click()
    assert page.locator(".past").is_hidden()
    assert query_of(page)["since"] == ["2026-01-01"]
    assert "as_of" not in query_of(page)


def test_a_limit_of_an_answer_goes_with_one_click(visit: Visit, address: str, desk: FakeDesk) -> None:
    page = visit(address)
    narrow(page)
    turn = ask(page, QUESTION)
    without = turn.get_by_role("button", name="Ask without this: Only Halverton Post")
    without.click()
    page.locator("#turn-1.done").wait_for()
    without.wait_for(state="detached")
    assert desk.asked[-1]["sources"] == ()
    assert desk.asked[-1]["since"] == "2026-01-01"
    assert page.locator(".turn").count() == 1


def test_a_refusal_under_limits_offers_the_whole_archive(visit: Visit, address: str, desk: FakeDesk) -> None:
    page = visit(address)
    narrow(page)
    turn = ask(page, REFUSED)
    turn.get_by_role("button", name="Ask the whole archive").click()
    page.locator("#turn-1.done").wait_for()
    assert page.get_by_role("button", name="Ask the whole archive").count() == 0
    asked = desk.asked[-1]
    assert (asked["as_of"], asked["since"], asked["sources"]) == (None, None, ())


def test_a_question_is_shared_as_a_link(visit: Visit, address: str, desk: FakeDesk) -> None:
    page = visit(address)
    narrow(page)
    ask(page, QUESTION)
    shared = page.url
    assert query_of(page) == {
        "q": [QUESTION],
        "as_of": ["2026-01-16"],
        "since": ["2026-01-01"],
        "source": ["Halverton Post"],
    }
    other = visit(shared)
    other.locator("#turn-1.done").wait_for()
    assert other.locator(".question").all_inner_texts() == [QUESTION]
    assert desk.asked[-1]["as_of"] == "2026-01-16"
    assert desk.asked[-1]["sources"] == ("Halverton Post",)


def test_limits_are_remembered_by_the_browser(visit: Visit, address: str) -> None:
    page = visit(address)
    narrow(page)
    again = page.context.new_page()
    again.goto(address)
    again.get_by_text("You are reading the archive as of 16 January 2026.").wait_for()
    assert query_of(again) == {}
    # What a link says counts, and is not remembered instead.
    again.goto(f"{address}?until=2026-02-01")
    again.get_by_role("button", name="Remove: Until 1 February 2026").wait_for()
    assert again.locator(".past").is_hidden()
    again.goto(address)
    again.get_by_text("You are reading the archive as of 16 January 2026.").wait_for()


def test_an_address_full_of_nonsense_is_a_plain_page(visit: Visit, address: str) -> None:
    page = visit(f"{address}?as_of=<script>alert(1)</script>&since=soon&tab=nowhere&source=")
    page.get_by_role("heading", name="Ask the archive").wait_for()
    assert page.locator(".past").is_hidden()
    turn = ask(page, QUESTION)
    assert turn.get_by_text("No outlet").count() == 0
