"""A headless Chromium, and the chat page served for it on a free loopback port.

Every page opened here is watched: a request to another origin, a dialog, an error in the page or on its
console fails the test.
"""

from __future__ import annotations

import os
import shutil
import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any
from urllib.parse import urlsplit

import pytest

from app.chat import start

BROWSERS = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()


def chromium_path() -> str | None:
    """The browser to test with: NEWSDESK_CHROMIUM, or the first Chromium on the PATH."""
    named = os.environ.get("NEWSDESK_CHROMIUM")
    return named or next(filter(None, map(shutil.which, BROWSERS)), None)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """One browser for a module: Playwright holds the thread's event loop for as long as it runs."""
    playwright = pytest.importorskip("playwright.sync_api", reason="no playwright: install the dev extra")
    path = chromium_path()
    if path is None:
        pytest.skip("NO BROWSER: install chromium (apt install chromium) or set NEWSDESK_CHROMIUM")
    with playwright.sync_playwright() as run:
        chromium = run.chromium.launch(executable_path=path, args=FLAGS)
        yield chromium
        chromium.close()


def ask(page: Any, question: str) -> Any:
    """Types a question, sends it with Enter, and waits for its finished turn."""
    number = page.locator(".turn").count() + 1
    box = page.get_by_label("Your question")
    box.fill(question)
    box.press("Enter")
    page.locator(f"#turn-{number}.done").wait_for()
    return page.locator(f"#turn-{number}")


@contextmanager
def served(desk: Any, **settings: Any) -> Iterator[str]:
    """The chat page over `desk`: its address while the block runs; settings as for `app.chat.start`."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    site = start(desk, port=port, **settings)
    try:
        yield f"http://127.0.0.1:{port}/"
    finally:
        site.close()


@pytest.fixture
def serving() -> Iterator[Callable[[Any], str]]:
    """Serves a desk until the end of the test, when its pages are closed; gives the address."""
    with ExitStack() as until_the_end:
        yield lambda desk: until_the_end.enter_context(served(desk))


@pytest.fixture
def visit(browser: Any, serving: object) -> Iterator[Callable[..., Any]]:
    """Opens an address in a browser session of its own; settings as for Playwright's `new_context`."""
    contexts: list[Any] = []
    faults: list[str] = []

    def open_page(address: str, *, width: int = 1280, height: int = 800, **settings: Any) -> Any:
        context = browser.new_context(viewport={"width": width, "height": height}, **settings)
        contexts.append(context)
        context.set_default_timeout(20_000)
        page = context.new_page()
        _watch(page, urlsplit(address).netloc, faults)
        page.goto(address)
        # The masthead is filled by the script of the Ask tab: then the page can be used.
        page.locator(".masthead p").wait_for()
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not faults


def _watch(page: Any, host: str, faults: list[str]) -> None:
    def requested(request: Any) -> None:
        address = urlsplit(request.url)
        if address.scheme not in ("data", "blob") and address.netloc != host:
            faults.append(f"asked {request.url}")

    def dialog(shown: Any) -> None:
        faults.append(f"dialog: {shown.message}")
        shown.dismiss()

    def console(message: Any) -> None:
        if message.type == "error":
            faults.append(f"console: {message.text}")

    page.on("request", requested)
    page.on("dialog", dialog)
    page.on("console", console)
    page.on("pageerror", lambda error: faults.append(f"error: {error}"))
