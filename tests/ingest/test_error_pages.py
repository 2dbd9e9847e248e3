"""An error page is not an article; news about one is."""

from __future__ import annotations

import pytest

from ingest.article import Draft, Rejection
from ingest.clean import clean
from ingest.error_pages import is_error_page


@pytest.mark.parametrize(
    "text",
    [
        "Page not found.", "404 Not Found", "Error 404: Page not found", "404\nPage not found",
        "This page is no longer available.", "The page you are looking for could not be found. Go back home.",
        "The requested URL was not found on this server.", "Sorry, this article has been removed.",
        "Access Denied", "403 Forbidden", "502 Bad Gateway", "Service Temporarily Unavailable",
        "Please enable JavaScript to continue.", "Enable cookies and reload the page.", "Just a moment...",
        "Checking your browser before accessing the site.", "Are you a robot?", "Verify that you are human",
    ],
)  # fmt: skip
def test_what_stands_in_the_place_of_an_article(text: str) -> None:
    assert is_error_page(text)
    rejected = clean(Draft({"text": text}, "a.jsonl", "line 1"))
    assert isinstance(rejected, Rejection)
    assert rejected.code in ("error_page", "too_short", "no_text")


@pytest.mark.parametrize(
    "text",
    [
        "The page was not found in the archive until Tuesday, the librarian said.",
        "The document was not found among the papers, a court heard on Monday.",
        "Access to the harbour was denied to two ferries on Friday.",
        "“Page not found” was what 4,000 readers saw on Monday, when the site of the Ledger failed.",
        "Forbidden Valley, a novel by Ada Quill, won the prize.",
        "Not found guilty, the mayor left the court on Monday.",
        "Page not found. " * 40,
    ],
)
def test_news_about_an_error_is_news(text: str) -> None:
    assert not is_error_page(text)
    assert not isinstance(clean(Draft({"text": text}, "a.jsonl", "line 1")), Rejection)
