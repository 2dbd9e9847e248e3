"""Makes the pictures of the README: docs/screenshot.png, and docs/tour.webp, which moves.

The chat page over the sample archive, with a question asked of the past; then the way from a question to the
article that bears out its answer. Run by `make screenshots`. Needs Chromium and the dev extra; leaves nothing
behind but the pictures.
"""

from __future__ import annotations

import io
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from PIL import Image
from playwright.sync_api import Locator, Page, sync_playwright

PICTURE = Path(__file__).with_name("screenshot.png")
TOUR = Path(__file__).with_name("tour.webp")
AS_OF = "2026-02-01"
QUESTION = "What is the confirmed death toll from the Lady Corran?"
TOUR_QUESTION = "How much will the Ellery Narrows Bridge cost?"
FOLLOW_UP = "and when will it open?"
SIZE = (1280, 860)
TOUR_SIZE = (960, 645)
LARGEST = 400_000

BROWSERS = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
FLAGS = ("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking")
NEWSDESK = (sys.executable, "-c", "from eval.main import main; main()")

Frame = tuple[Image.Image, int]
"""A picture and how many milliseconds it stands."""


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
    for picture in (PICTURE, TOUR):
        if (size := picture.stat().st_size) > LARGEST:
            sys.exit(f"{picture.name} has {size:,} bytes: more than {LARGEST:,} slow the README down.")
        print(f"{picture.name}: {size:,} bytes")


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def take(address: str, chromium: str) -> None:
    width, height = SIZE
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        for past in (True, False):
            page = browser.new_page(viewport={"width": width, "height": height}, color_scheme="light")
            page.goto(f"{address}?as_of={AS_OF}" if past else address)
            page.get_by_role("button", name="What ").first.wait_for(timeout=120_000)
            if past:
                ask(page, QUESTION)
                page.locator(".chip").first.click()
                page.wait_for_timeout(500)
                page.screenshot(path=PICTURE, animations="disabled")
            else:
                save(list(tour(page)))
        browser.close()


def ask(page: Page, question: str) -> None:
    number = page.locator(".turn").count() + 1
    box = page.get_by_label("Your question")
    box.fill(question)
    box.press("Enter")
    page.locator(f"#turn-{number}.done").wait_for()


def tour(page: Page) -> Iterator[Frame]:
    """A question typed, its answer, the quote of a chip, its card, the whole article; then a follow-up."""
    yield shot(page, 900)
    yield from typed(page, TOUR_QUESTION)
    page.keyboard.press("Enter")
    page.locator("#turn-1.done").wait_for()
    yield shot(page, 2_600)
    chip = page.locator("#turn-1 .answer .chip").last
    chip.hover()
    yield shot(page, 2_400)
    chip.click()
    yield shot(page, 1_600)
    page.locator(".card.chosen button.open").click()
    page.get_by_role("dialog").locator("mark").first.wait_for()
    yield shot(page, 2_600)
    page.keyboard.press("Escape")
    yield from typed(page, FOLLOW_UP)
    page.keyboard.press("Enter")
    page.locator("#turn-2.done").wait_for()
    page.wait_for_timeout(900)
    yield shot(page, 3_200)


def typed(page: Page, text: str) -> Iterator[Frame]:
    """The question growing in its box, a few words at a time."""
    box: Locator = page.get_by_label("Your question")
    words = text.split()
    for end in range(3, len(words) + 3, 3):
        box.fill(" ".join(words[:end]))
        yield shot(page, 220)


def shot(page: Page, milliseconds: int) -> Frame:
    page.wait_for_timeout(350)
    taken = Image.open(io.BytesIO(page.screenshot(animations="disabled")))
    return taken.convert("RGB").resize(TOUR_SIZE, Image.Resampling.LANCZOS), milliseconds


def save(frames: list[Frame]) -> None:
    first, *others = [picture for picture, _ in frames]
    stands = [milliseconds for _, milliseconds in frames]
    first.save(TOUR, save_all=True, append_images=others, duration=stands, loop=0, quality=72, method=6)


if __name__ == "__main__":
    main()
