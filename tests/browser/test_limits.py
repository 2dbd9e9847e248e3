"""The controls: which part of the archive is asked, in the address and remembered."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.app.fake_desk import POWER, QUESTION, REFUSED, STORM, FakeDesk
from tests.browser.conftest import ask, served
from tests.browser.test_access import violations

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


@pytest.fixture(scope="module")
def wide() -> FakeDesk:
    """Has ten sections, two spellings of one of them, and a language model to choose."""
    names = ["Weather", "WEATHER", "Business", "Arts & Ideas", *"CDEFGHI"]
    articles = [replace(STORM, id=f"a{number}", section=name) for number, name in enumerate(names)]
    return FakeDesk((*articles, replace(POWER, section="City")), writers=("ollama/llama3.2", "extractive"))


@pytest.fixture(scope="module")
def wider(wide: FakeDesk) -> Iterator[str]:
    with served(wide) as at:
        yield at


def writer_of(desk: FakeDesk) -> object:
    """The writer that was chosen for the last question."""
    return desk.asked[-1]["writer"]


def unfolded(page: Any) -> None:
    page.get_by_role("button", name="Dates, outlets, sections and writer").click()


def test_sections_are_found_by_name_chosen_shared_and_taken_back(
    visit: Visit, wider: str, wide: FakeDesk
) -> None:
    page = visit(wider)
    unfolded(page)
    assert page.get_by_role("searchbox", name="Find an outlet").count() == 0
    page.get_by_role("checkbox", name="City").check()
    search = page.get_by_role("searchbox", name="Find a section")
    search.fill("arts")
    search.press("Enter")
    assert page.locator(".turn").count() == 0, "looking for a section asks no question"
    shown = page.locator('[data-limit="sections"] label:visible bdi').all_inner_texts()
    assert sorted(shown) == ["Arts & Ideas", "City"], "what is chosen stays in sight"
    page.get_by_role("checkbox", name="Arts & Ideas").check()
    search.fill("nowhere at all")
    assert page.locator(".none:visible").count() == 0
    page.get_by_role("checkbox", name="Arts & Ideas").uncheck()
    turn = ask(page, QUESTION)
    assert wide.asked[-1]["sections"] == ("City",)
    assert "In City" in turn.get_by_role("list", name="What is read").inner_text()
    assert query_of(page)["section"] == ["City"]
    other = visit(page.url)
    other.locator("#turn-1.done").wait_for()
    assert wide.asked[-1]["sections"] == ("City",)
    other.get_by_role("button", name="Ask without this: In City").click()
    other.get_by_role("button", name="Ask without this: In City").wait_for(state="detached")
    other.locator("#turn-1.done").wait_for()
    assert wide.asked[-1]["sections"] == ()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_the_controls(visit: Visit, wider: str, scheme: str) -> None:
    page = visit(wider, color_scheme=scheme)
    unfolded(page)
    page.get_by_role("checkbox", name="City").check()
    page.get_by_role("searchbox", name="Find a section").fill("weath")
    assert violations(page) == []


def test_a_name_that_is_not_there_is_said(visit: Visit, wider: str) -> None:
    page = visit(wider)
    unfolded(page)
    page.get_by_role("searchbox", name="Find a section").fill("nowhere at all")
    assert page.get_by_text("None of that name.").is_visible()


def test_a_writer_is_chosen_remembered_and_shared(visit: Visit, wider: str, wide: FakeDesk) -> None:
    page = visit(wider)
    unfolded(page)
    assert page.get_by_role("radio", name="ollama/llama3.2").is_checked()
    ask(page, QUESTION)
    assert writer_of(wide) is None
    assert "writer" not in query_of(page)
    page.get_by_role("radio", name="Quotations only").check()
    ask(page, QUESTION)
    assert writer_of(wide) == "extractive"
    assert query_of(page)["writer"] == ["extractive"]
    again = page.context.new_page()
    again.goto(wider)
    again.get_by_role("button", name="Remove: Quotations only").wait_for()
    again.goto(f"{wider}?q=Who&writer=ollama/llama3.2")
    again.locator("#turn-1.done").wait_for()
    assert writer_of(wide) == "ollama/llama3.2"
    again.get_by_role("button", name="Remove: By ollama/llama3.2").click()
    unfolded(again)
    assert again.get_by_role("radio", name="ollama/llama3.2").is_checked()


def test_asking_the_whole_archive_keeps_the_writer(visit: Visit, wider: str, wide: FakeDesk) -> None:
    page = visit(f"{wider}?section=City&writer=extractive")
    turn = ask(page, REFUSED)
    turn.get_by_role("button", name="Ask the whole archive").click()
    page.get_by_role("button", name="Ask the whole archive").wait_for(state="detached")
    page.locator("#turn-1.done").wait_for()
    assert (wide.asked[-1]["sections"], wide.asked[-1]["writer"]) == ((), "extractive")


def test_without_sections_and_writers_there_is_no_control_for_them(visit: Visit, address: str) -> None:
    page = visit(address)
    page.get_by_role("button", name="Dates and outlets").click()
    page.get_by_role("checkbox", name="Halverton Post").wait_for()
    assert page.get_by_role("group").evaluate_all("all => all.map(one => one.innerText.split('\\n')[0])") == [
        "Outlets"
    ]


def test_an_address_full_of_nonsense_is_a_plain_page(visit: Visit, address: str) -> None:
    page = visit(f"{address}?as_of=<script>alert(1)</script>&since=soon&tab=nowhere&source=&section=")
    page.get_by_role("heading", name="Ask the archive").wait_for()
    assert page.locator(".past").is_hidden()
    turn = ask(page, QUESTION)
    assert turn.get_by_text("No outlet").count() == 0
