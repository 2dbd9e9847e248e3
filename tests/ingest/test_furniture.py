"""Page furniture goes, the article's own words stay."""

from __future__ import annotations

import time

import pytest

from ingest.article import Moment
from ingest.furniture import is_furniture, is_name_of, name_key, without_furniture
from ingest.tidy import tidy

OUTLET = frozenset(("hcn", "halverncablenews"))
LEAD = "The bridge over the Sele opened on Tuesday."


@pytest.mark.parametrize(
    "line",
    ["Advertisement", "ADVERTISEMENT - SCROLL TO CONTINUE", "Story continues below", "___", "* * *", "♦",
     "Sign up for our weekly newsletter and never miss a story.", "Subscribe now", "Newsletter",
     "Editor’s note: A version of this story first appeared in the Morning Tide newsletter.",
     "Get the latest news delivered to your inbox every morning.",
     "Would you like to receive our newsletter?", "We use cookies to improve your experience.",
     "Accept all cookies", "Please enable JavaScript to continue.", "Read more",
     "READ MORE: Six more piers to come", "Related: The ferry inquiry", "Click here to subscribe",
     "1,204 shares", "12 comments", "Share", "Facebook Twitter Email", "Share this article on WhatsApp",
     "Follow us on X", "Follow Jane Doe on Twitter: @janedoe", "4 min read", "Listen 3 min",
     "From staff and wire reports", "Support local journalism. Subscribe today.",
     "Photo: Jane Doe", "Image credit: Jane Doe / Halvern Cable News", "Photograph by Jane Doe",
     "AP Photo/John Roe", "John Roe/Getty Images", "(Jane Doe/AP via The Ledger)", "Getty Images",
     "© 2026 Halvern Cable News. All rights reserved.", "Back to top"],
)  # fmt: skip
def test_furniture_is_known_by_its_form(line: str) -> None:
    assert is_furniture(line)
    assert without_furniture(f"{LEAD}\n\n{line}\n\nIt rained.", OUTLET).text == f"{LEAD}\n\nIt rained."


@pytest.mark.parametrize(
    "line",
    [LEAD, "Cookies sold out at the fair within an hour.", "Subscribers rose to 40,000, the paper said.",
     "Advertisements for the post drew 300 replies.", "Read more slowly, the judge told the clerk.",
     "“Sign up for our newsletter,” she said.", "He signed up for the army in 1914.", "She shares a flat.",
     "Print sales fell by a tenth.", "Save the children, the placards said.", "Follow the money, he added.",
     "More than 300 people marched.", "Copy editors marched too.", "Watching the tide is a profession here.",
     "Photo by photo, she put the night together again.", "The image: a bridge, and nobody on it.",
     "He works for AP and Reuters.", "“Photo: Jane Doe,” it said below.",
     "HALVERN — The reservoir stood at 61 per cent.", "A", "2026", "€3m", "Change in focus", "x" * 1_000, ""],
)  # fmt: skip
def test_what_is_no_furniture_stays(line: str) -> None:
    assert not is_furniture(line)
    text = f"{LEAD}\n\n{line}\n\nIt rained." if line else LEAD
    assert without_furniture(text, OUTLET).text == text


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        ("HCN —\n\n", ""),
        ("HCN — ", ""),
        ("(HCN) — ", ""),
        ("(HCN) ", ""),
        ("(Reuters) - ", ""),
        ("AP — ", ""),
        ("HCN Business —\n\n", ""),
        ("Halvern HCN —\n\n", "Halvern — "),
        ("Port Ellery, Tarrany (HCN) — ", "Port Ellery, Tarrany — "),
        ("HALVERN (AP) — ", "HALVERN (AP) — "),
        ("HALVERN — ", "HALVERN — "),
        ("PORT ELLERY, March 3 (Wire) — ", "PORT ELLERY, March 3 (Wire) — "),
        (
            "HCN anchor Jane Doe — who was there — said so. ",
            "HCN anchor Jane Doe — who was there — said so. ",
        ),
    ],
)
def test_the_outlets_mark_goes_and_a_place_stays(start: str, expected: str) -> None:
    assert without_furniture(start + LEAD, OUTLET).text == expected + LEAD


@pytest.mark.parametrize(
    ("head", "authors", "published"),
    [
        ("By Jane Doe\n\n", ("Jane Doe",), None),
        ("Jane Doe\n\nHalvern Cable News\n\n", ("Jane Doe",), None),
        ("March 3, 2026 Updated March 4, 2026, 9 a.m.\n\n", (), "2026-03-03"),
        ("Jane Doe\n\nThe Ellery News-Journal\n\n", ("Jane Doe",), None),
        ("Jane Doe\nSpecial to Halvern Cable News\n\n", ("Jane Doe",), None),
        ("Associated Press\n\n", (), None),
        ("By Jane Doe\n3 March 2026\nHCN\n\nHCN —\n\n", ("Jane Doe",), "2026-03-03"),
    ],
)
def test_what_stands_above_the_lead_is_read_and_goes(
    head: str, authors: tuple[str, ...], published: str | None
) -> None:
    body = without_furniture(head + LEAD, OUTLET)
    assert body.text == LEAD
    assert body.authors == authors
    assert body.published == (Moment.parse(published) if published else None)


@pytest.mark.parametrize("head", ["Jane Doe", "Storm Orla\n\nWhat we know", "Storm Orla\n\n3 killed"])
def test_a_name_above_the_lead_stays_unless_a_newsroom_follows(head: str) -> None:
    text = f"{head}\n\n{LEAD}"
    assert without_furniture(text, OUTLET).text == text


def test_names_are_compared_by_their_letters() -> None:
    assert name_key("The Halvern-Courier") == name_key("halvern courier") == "halverncourier"
    assert is_name_of("HCN Politics", OUTLET)
    assert not is_name_of("HCN is a network", OUTLET)
    assert not is_name_of("", OUTLET)


@pytest.mark.slow
@pytest.mark.parametrize(
    "piece",
    ["a\n", "HCN — ", "HCN —\n", "Halvern HCN —\n", "By Jane Doe\n", "3 March 2026\n", "(HCN) ", "- ",
     "Share ", "Sign up " * 40 + "\n", "Jane Doe\nHCN\n", ". ", "“"],
)  # fmt: skip
def test_a_megabyte_of_anything_takes_seconds(piece: str) -> None:
    text = tidy(piece * (1_000_000 // len(piece)))
    began = time.process_time()
    without_furniture(text, OUTLET)
    assert time.process_time() - began < 20
