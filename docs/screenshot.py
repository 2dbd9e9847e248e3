"""Makes docs/screenshot.png: the chat page over the sample archive, with a question asked of the past.

Run by `make screenshots`. Needs Chromium and the dev extra; leaves nothing behind but the picture.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

PICTURE = Path(__file__).with_name("screenshot.png")
AS_OF = "2026-02-01"
QUESTION = "What is the confirmed death toll from the Lady Corran?"
WIDTH, HEIGHT = 1280, 860
LARGEST = 300_000

BROWSERS = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
FLAGS = ("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking")
NEWSDESK = (sys.executable, "-c", "from eval.main import main; main()")


def main() -> None:
    named = os.environ.get("NEWSDESK_CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)
    if named is None:
        sys.exit("No Chromium found: install it (apt install chromium) or name one in NEWSDESK_CHROMIUM.")
    with tempfile.TemporaryDirectory() as home:
        subprocess.run([*NEWSDESK, "ingest", "--sample", "--home", home], check=True)
        port = free_port()
        chat = [*NEWSDESK, "chat", "--home", home, "--port", str(port)]
        with subprocess.Popen(chat, stdout=subprocess.PIPE, text=True) as server:
            try:
                assert server.stdout
                if not server.stdout.readline():
                    sys.exit("The chat page did not start.")
                take(f"http://127.0.0.1:{port}", named)
            finally:
                server.terminate()
    size = PICTURE.stat().st_size
    if size > LARGEST:
        sys.exit(f"{PICTURE.name} has {size:,} bytes: more than {LARGEST:,} slow the README down.")
    print(f"{PICTURE.name}: {size:,} bytes")


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def take(address: str, chromium: str) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT}, color_scheme="light")
        page.goto(address)
        ask(page)
        page.screenshot(path=PICTURE, animations="disabled")
        browser.close()


def ask(page: Page) -> None:
    """Asks as of a date in the past, folds the filters again, and follows the first citation."""
    filters = page.locator("#filters > button")
    filters.click()
    page.get_by_label("As of").fill(AS_OF)
    question = page.get_by_label("Your question")
    question.fill(QUESTION)
    question.press("Enter")
    # The first question waits for the model.
    page.locator(".turn.done").wait_for(timeout=120_000)
    filters.dispatch_event("click")
    page.locator(".chip").first.click()
    page.wait_for_timeout(500)


if __name__ == "__main__":
    main()
