"""The masthead says what the archive holds."""

from __future__ import annotations

from app.page import parts
from tests.app.fake_desk import STORM, FakeDesk
from tests.app.hostile import HOSTILE
from tests.app.page.rendered import Tree, words


def test_the_masthead_counts_and_dates_the_archive() -> None:
    shown = words(parts.masthead(FakeDesk().status()))
    assert shown == "Newsdesk 4 articles · 3 outlets · 15 January 2026 to March 2026"


def test_the_masthead_of_one_article_is_in_the_singular() -> None:
    shown = words(parts.masthead(FakeDesk((STORM,)).status()))
    assert shown == "Newsdesk 1 article · 1 outlet · 15 January 2026"


def test_the_masthead_says_how_far_the_vectors_are_until_they_are_there() -> None:
    assert "Meaning search: 45 % ready" in words(parts.masthead(FakeDesk(ready=0.45).status()))
    assert "Meaning" not in parts.masthead(FakeDesk(ready=1.0).status())


def test_the_masthead_of_an_empty_archive_counts_nothing() -> None:
    assert words(parts.masthead(FakeDesk(()).status())) == "Newsdesk An archive without articles yet"


def test_trouble_is_told_as_text() -> None:
    for text in HOSTILE:
        assert set(Tree(parts.troubled_masthead(text)).tags) == {"header", "h1", "p", "span"}
