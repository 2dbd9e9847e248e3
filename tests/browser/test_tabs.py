"""The tabs beside Ask in a real browser: timelines, comparisons, what is kept, the archive, the runs."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from app import Newsdesk
from app.keep import Keep
from app.kept import Saved
from app.page.readers import COOKIE
from ingest.archive import Archive
from ingest.chunk import passages_of
from ingest.fakes import HashEmbedder
from ingest.pipeline import claim, embed_pending
from tests.app.fake_desk import ARTICLES, QUESTION, FakeDesk
from tests.app.hostile import ARTICLE, HOSTILE
from tests.app.page.test_runs import record, write
from tests.app.test_export import hostile
from tests.browser.conftest import ask, served
from tests.browser.test_access import violations

pytestmark = pytest.mark.browser

Visit = Callable[..., Any]
READER, OTHER = "r" * 32, "o" * 32
INERT = "script, img, iframe, style, math, link, meta, base, object, embed, [onerror], [onload]"


def filled(home: Path) -> Path:
    """An archive with a hostile article, two runs and two kept conversations, one of them hostile."""
    archive = Archive(home)
    claim(archive, HashEmbedder().name)
    with archive.transaction():
        for article in (*ARTICLES, ARTICLE):
            archive.put(article, passages_of(article))
    embed_pending(archive, HashEmbedder)
    archive.close()
    for name, right in (("before.jsonl", 5), ("after.jsonl", 15)):
        records = [record(n, hits=float(n < right), ask_seconds=0.2) for n in range(30)]
        records[0]["case"] |= {"question": " ".join(HOSTILE), "tags": [HOSTILE[0]]}
        write(home / "runs", name, *records)
    with Newsdesk.open(home, embedder=HashEmbedder()) as desk:
        answer = desk.ask(QUESTION)
        Keep(home).save(READER, "c-storm", Saved.of(QUESTION, answer, ARTICLES))
    Keep(home).save(READER, "c-hostile", hostile())
    return home


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return filled(tmp_path_factory.mktemp("archive"))


@pytest.fixture(scope="module")
def address(home: Path) -> Iterator[str]:
    with (
        pytest.MonkeyPatch.context() as patch,
        Newsdesk.open(home, embedder=HashEmbedder()) as desk,
    ):
        patch.setenv("NEWSDESK_EMBEDDER", HashEmbedder().name)
        with served(desk) as at:
            yield at


@pytest.fixture
def tab(visit: Visit, address: str) -> Callable[..., Any]:
    """Opens a tab as a reader of one's own; gives its panel."""

    def opened(name: str, query: str = "", reader: str = READER, **settings: Any) -> Any:
        cookie = {"name": COOKIE, "value": reader, "domain": "127.0.0.1", "path": "/", "expires": -1,
                  "httpOnly": True, "secure": False, "sameSite": "Strict"}  # fmt: skip
        state = {"cookies": [cookie], "origins": []}
        page = visit(f"{address}?tab={name}{query}", storage_state=state, **settings)
        panel = page.locator(f"#{name}")
        panel.wait_for()
        return panel

    return opened


def at_rest(panel: Any) -> None:
    panel.page.wait_for_function("!document.querySelector('.panel [aria-busy]')")


def test_a_topic_becomes_a_timeline_that_can_be_shared(tab: Callable[..., Any]) -> None:
    panel = tab("timeline")
    panel.get_by_label("A topic").fill("Storm Idris Halverton")
    panel.get_by_label("A topic").press("Enter")
    panel.locator(".events li").first.wait_for()
    assert panel.get_by_role("img").count() == 1
    assert "topic=Storm+Idris" in panel.page.url
    events = panel.locator(".events li").count()
    quoted = panel.locator(".events blockquote p").first.inner_text()
    panel.locator(".events .open").first.click()
    marked = panel.get_by_role("dialog").locator("mark").first
    marked.wait_for()
    assert " ".join(marked.inner_text().split()) in " ".join(quoted.split())
    panel.page.keyboard.press("Escape")
    panel.page.reload()
    panel.locator(".events li").first.wait_for()
    assert panel.locator(".events li").count() == events
    assert panel.get_by_label("A topic").input_value() == "Storm Idris Halverton"


def test_a_topic_is_held_to_dates_and_outlets(tab: Callable[..., Any]) -> None:
    panel = tab("timeline")
    panel.get_by_text("Dates, outlets and sections").click()
    panel.get_by_label("As of").fill("2026-01-16")
    panel.get_by_role("checkbox", name="Halverton Post").check()
    panel.get_by_label("A topic").fill("Storm Idris")
    panel.get_by_role("button", name="Show").click()
    panel.get_by_text("The archive as of 16 January 2026").wait_for()
    assert "Coastal Wire" not in panel.locator(".found").inner_text()


def test_no_topic_and_a_wrong_date_are_sentences(tab: Callable[..., Any]) -> None:
    panel = tab("timeline", "&topic=Storm&as_of=nonsense")
    at_rest(panel)
    panel.get_by_label("A topic").fill("")
    panel.get_by_role("button", name="Show").click()
    assert "Type a topic first" in panel.get_by_role("alert").inner_text()


def test_a_server_that_is_gone_is_told(browser: Any, address: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{address}?tab=timeline")
    at_rest(page.locator("#timeline"))
    page.route("**/component_server/", lambda call: call.abort())
    page.get_by_label("A topic").fill("Storm Idris")
    page.get_by_label("A topic").press("Enter")
    page.get_by_role("alert").get_by_text("The server does not answer.").wait_for()
    context.close()


def test_outlets_are_set_side_by_side(tab: Callable[..., Any]) -> None:
    panel = tab("compare")
    panel.get_by_label("A question").fill(QUESTION)
    panel.get_by_role("button", name="Compare").click()
    panel.locator(".side").first.wait_for()
    names = panel.locator(".side h3").all_inner_texts()
    assert set(names) == {"Halverton Post", "Coastal Wire"}
    panel.locator(".side .open").first.click()
    assert panel.get_by_role("dialog").locator("mark").first.inner_text()


def test_the_archive_is_shown_added_to_and_looked_after(
    visit: Visit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEWSDESK_EMBEDDER", HashEmbedder().name)
    home = filled(tmp_path / "home")
    news = {"title": "Ferry back", "source": "The Meridian", "text": "The ferry runs again. " * 5}
    file = tmp_path / "news.jsonl"
    file.write_text(json.dumps(news) + "\n" + json.dumps({"title": "Nothing"}) + "\n")
    with Newsdesk.open(home, embedder=HashEmbedder()) as desk, served(desk) as address:
        page = visit(f"{address}?tab=archive")
        panel = page.locator("#archive")
        panel.get_by_text("Articles by month").first.wait_for()
        assert panel.locator("dd").first.inner_text() == "5"
        panel.get_by_label("Files").set_input_files(file)
        panel.get_by_role("button", name="Add", exact=True).click()
        # It goes on without the page that began it, and can be watched from any other.
        panel.locator(".intake").wait_for()
        page.reload()
        panel.get_by_text("1 article added, 0 replaced, 0 known already, 1 rejected").first.wait_for(
            timeout=60_000
        )
        panel.locator("dd", has_text="6").first.wait_for()
        panel.get_by_text("1 rejected, with reasons").click()
        assert "news.jsonl, line 2" in panel.inner_text()
        panel.get_by_role("button", name="Verify").click()
        panel.get_by_text("The archive and its indexes are sound.").wait_for()
        panel.get_by_role("button", name="Repair").click()
        panel.get_by_role("button", name="Repair now").click()
        panel.get_by_text("The archive and its indexes are sound.").wait_for()
        assert desk.search("ferry")
        page.close()


def test_the_first_articles_fill_an_empty_archive(
    visit: Visit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEWSDESK_EMBEDDER", HashEmbedder().name)
    news = {"title": "Ferry back", "source": "The Meridian", "text": "The ferry runs again. " * 5}
    (tmp_path / "news.json").write_text(json.dumps(news))
    with Newsdesk.open(tmp_path / "home", embedder=HashEmbedder()) as desk, served(desk) as address:
        page = visit(f"{address}?tab=archive")
        panel = page.locator("#archive")
        panel.get_by_role("heading", name="An empty archive").wait_for()
        panel.get_by_label("Files").set_input_files(tmp_path / "news.json")
        panel.get_by_role("button", name="Add", exact=True).click()
        panel.get_by_text("1 article added, 0 replaced, 0 known already").first.wait_for(timeout=60_000)
        panel.get_by_role("heading", name="What the archive holds").wait_for()
        assert not panel.get_by_text("An empty archive").count()
        page.locator(".masthead", has_text="1 article").wait_for()
        # It was taken in once, however often the page has asked how it goes.
        page.wait_for_timeout(2_500)
        assert panel.get_by_text("1 article added").count()
        page.close()


def test_a_page_that_others_can_open_only_reads(visit: Visit, home: Path) -> None:
    with Newsdesk.open(home, embedder=HashEmbedder()) as desk, served(desk, host="0.0.0.0") as address:
        page = visit(f"{address}?tab=archive", width=390)
        panel = page.locator("#archive")
        panel.get_by_text("newsdesk chat --allow-changes").wait_for()
        panel.get_by_text("Articles by month").first.wait_for()
        assert not panel.get_by_role("button", name=re.compile("Add|Verify|Repair")).count()
        assert violations(page) == []
        page.close()


def test_nothing_is_added_without_a_file_or_an_address(tab: Callable[..., Any]) -> None:
    panel = tab("archive")
    at_rest(panel)
    panel.get_by_role("button", name="Add", exact=True).click()
    panel.get_by_text("Nothing to add").wait_for()
    panel.get_by_label("Addresses").fill("file:///etc/passwd")
    panel.get_by_role("button", name="Add", exact=True).click()
    panel.get_by_text("is not an address").wait_for()


def test_where_runs_are_looked_for_fits_any_window(visit: Visit, serving: Any, tmp_path: Path) -> None:
    home = tmp_path / ("long-" * 20)
    page = visit(serving(FakeDesk(home=str(home))) + "?tab=evaluation", width=390)
    page.get_by_text("newsdesk eval run sample --out").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    assert violations(page) == []


def test_runs_are_compared_and_read_case_by_case(tab: Callable[..., Any]) -> None:
    panel = tab("evaluation")
    panel.locator(".scores").wait_for()
    panel.get_by_role("combobox", name="Run").select_option("after.jsonl")
    panel.get_by_label("Beside").select_option("before.jsonl")
    panel.get_by_text("+.333").wait_for()
    assert "] more" in panel.locator(".scores").inner_text()
    panel.get_by_label("Cases with").fill("question q7")
    panel.get_by_text("1 case", exact=True).wait_for()
    panel.get_by_role("button", name="Question 7?").click()
    dialog = panel.get_by_role("dialog")
    dialog.get_by_text("The bridge stayed closed.").first.wait_for()
    assert dialog.get_by_role("heading", level=3).all_inner_texts() == ["AFTER.JSONL", "BEFORE.JSONL"]
    panel.page.keyboard.press("Escape")
    panel.get_by_role("button", name="hits", exact=True).click()
    panel.get_by_text("30 cases, the lowest in hits first", exact=True).wait_for()


def test_what_was_kept_is_found_renamed_judged_saved_and_deleted(tab: Callable[..., Any], home: Path) -> None:
    panel = tab("conversations")
    panel.get_by_label("Words of a question").fill("4,200 homes")
    panel.get_by_role("button", name=QUESTION).click()
    kept = panel.locator(".kept")
    kept.wait_for()
    assert kept.get_by_role("heading", level=2).evaluate("h => h === document.activeElement")
    kept.get_by_role("button", name="Good answer").click()
    kept.get_by_label("Why").fill("Exactly what I asked")
    kept.get_by_role("button", name="Keep reason").click()
    panel.page.wait_for_function("!document.querySelector('.panel [aria-busy]')")
    with panel.page.expect_download() as saved:
        panel.get_by_role("button", name="Save what you judged").click()
    (case,) = [json.loads(line) for line in saved.value.path().read_text().splitlines()]
    assert (case["verdict"], case["reason"], case["question"]) == ("up", "Exactly what I asked", QUESTION)
    with panel.page.expect_download() as saved:
        kept.get_by_role("button", name="HTML").click()
    assert QUESTION in saved.value.path().read_text()
    kept.get_by_role("button", name="plain text").click()
    kept.get_by_role("button", name=re.compile("Copied|Not allowed")).wait_for()
    kept.get_by_role("button", name="plain text").wait_for()
    kept.get_by_text("Rename").first.click()
    kept.get_by_label("New name").fill("The storm")
    kept.get_by_label("New name").press("Enter")
    panel.get_by_role("button", name="The storm").wait_for()
    panel.page.reload()
    panel.get_by_role("button", name="The storm").click()
    again = panel.get_by_role("link", name="Ask it again").get_attribute("href")
    assert again == "?q=How+many+homes+in+Halverton+were+without+power+after+Storm+Idris%3F"
    assert panel.get_by_role("button", name="Good answer").get_attribute("aria-pressed") == "true"
    panel.get_by_role("button", name="Delete").click()
    panel.get_by_role("button", name="Delete it for good").click()
    panel.get_by_text("Deleted.").first.wait_for()
    panel.get_by_role("button", name="The storm").wait_for(state="detached")
    assert "c-storm" not in {one.id for one in Keep(home).conversations(READER)}


def test_a_kept_conversation_is_gone_on_with_where_it_ended(tab: Callable[..., Any], home: Path) -> None:
    with Newsdesk.open(home, embedder=HashEmbedder()) as desk:
        first = Saved.of(QUESTION, desk.ask(QUESTION, as_of="2026-03-31"), ARTICLES)
    Keep(home).save(READER, "c-resumed", first)
    Keep(home).judge(READER, first.id, "down", "too long")
    Keep(home).rename(READER, "c-resumed", "To go on with")
    panel = tab("conversations")
    page = panel.page
    panel.get_by_role("button", name="To go on with").click()
    panel.get_by_role("button", name="Continue in Ask").click()
    turn = page.locator("#turn-1.done")
    turn.locator(".card").first.wait_for()
    assert turn.locator("h2").inner_text() == QUESTION
    assert turn.locator("mark").count()
    assert turn.get_by_label("Why").input_value() == "too long"
    assert page.get_by_label("Your question").evaluate("box => box === document.activeElement")
    page.get_by_text("You are reading the archive as of 31 March 2026").first.wait_for()
    page.reload()
    turn.locator(".chip").first.wait_for()
    again = ask(page, "And on Saturday?")
    assert "Understood as: How many homes in Halverton" in again.inner_text()
    kept = Keep(home).conversation(READER, "c-resumed")
    assert (kept.name, [saved.question for saved in kept.answers]) == (
        "To go on with",
        [QUESTION, "And on Saturday?"],
    )
    assert kept.answers[1].answer.as_of == "2026-03-31"
    Keep(home).delete(READER, "c-resumed")


def test_a_conversation_that_is_gone_is_not_gone_on_with(tab: Callable[..., Any], home: Path) -> None:
    Keep(home).save(READER, "c-gone", hostile())
    Keep(home).rename(READER, "c-gone", "Soon gone")
    panel = tab("conversations")
    panel.get_by_role("button", name="Soon gone").click()
    panel.get_by_role("button", name="Continue in Ask").wait_for()
    Keep(home).delete(READER, "c-gone")
    panel.get_by_role("button", name="Continue in Ask").click()
    panel.get_by_role("alert").get_by_text("There is no such conversation").wait_for()


def test_another_reader_finds_nothing_of_it(tab: Callable[..., Any]) -> None:
    panel = tab("conversations", reader=OTHER)
    panel.locator(".nothing", has_text="Nothing is kept yet").wait_for()
    panel.get_by_label("Words of a question").fill("homes")
    panel.locator(".nothing", has_text="No conversation has “homes”.").wait_for()


TOPIC = quote(f"Which ships came back to the harbour of Ennismore? {HOSTILE[0]}")
STATES = {
    "timeline": (f"&topic={TOPIC}", ".found"),
    "compare": (f"&topic={TOPIC}", ".found"),
    "archive": ("", ".found"),
    "evaluation": ("", ".cases"),
    "conversations": ("", "[data-part=listed] li"),
}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", STATES)
def test_axe_finds_nothing_and_nothing_is_too_wide(tab: Callable[..., Any], name: str, scheme: str) -> None:
    query, state = STATES[name]
    panel = tab(name, query, width=390 if scheme == "dark" else 1280, color_scheme=scheme)
    panel.locator(state).first.wait_for()
    if name == "conversations":
        panel.locator("[data-part=listed] button").first.click()
        panel.locator(".kept").wait_for()
    at_rest(panel)
    assert violations(panel.page) == []
    for width in (390, 1024, 1920):
        panel.page.set_viewport_size({"width": width, "height": 800})
        assert panel.page.evaluate("[document.documentElement.scrollWidth, innerWidth]") == [width, width]


@pytest.mark.parametrize("name", STATES)
def test_hostile_text_is_shown_as_text(tab: Callable[..., Any], name: str) -> None:
    query, state = STATES[name]
    panel = tab(name, query)
    panel.locator(state).first.wait_for()
    if name == "conversations":
        panel.locator("[data-part=listed] button", has_text="<script>").first.click()
        panel.locator(".kept").wait_for()
    elif panel.locator(".found .open").count():
        panel.locator(".found .open").first.click()
        panel.get_by_role("dialog").locator("h2").wait_for()
    elif name == "evaluation":
        panel.locator(".cases .open").first.click()
        panel.get_by_role("dialog").locator("h2").wait_for()
    at_rest(panel)
    assert panel.locator(INERT).count() == 0
    assert panel.locator("a:not(.original, .again)").count() == 0
    assert "alert(1)" in panel.inner_text()


def test_the_keyboard_alone_finds_opens_judges_and_deletes(tab: Callable[..., Any], home: Path) -> None:
    Keep(home).save(READER, "c-keys", hostile())
    Keep(home).rename(READER, "c-keys", "By keyboard")
    panel = tab("conversations")
    press = panel.page.keyboard.press
    panel.get_by_label("Words of a question").focus()
    panel.page.keyboard.type("keyboard")
    panel.get_by_role("button", name="By keyboard").wait_for()
    panel.locator("[data-part=listed] li").nth(1).wait_for(state="detached")
    press("Tab")
    press("Enter")
    panel.locator(".kept h2:focus").wait_for()
    panel.get_by_role("button", name="Good answer").focus()
    press("Enter")
    panel.locator(".thumb[aria-pressed=true]:focus").wait_for()
    press("Enter")
    panel.locator(".thumb[aria-pressed=false]:focus").wait_for()
    panel.get_by_role("button", name="Delete").focus()
    press("Enter")
    press("Enter")
    panel.get_by_text("Deleted.").first.wait_for()
    assert "c-keys" not in {one.id for one in Keep(home).conversations(READER)}
