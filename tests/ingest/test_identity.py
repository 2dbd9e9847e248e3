"""The id of an article is the surest thing known of it, and addresses are compared without their noise."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.identity import article_id, clean_url, host_of, outlet_of


def an_id(given: str = "", url: str = "", **changes: object) -> str:
    parts = {"title": "T", "text": "Words.", "source": "S", "published": "2026-03-03", "is_file": False}
    return article_id(given, url, **(parts | changes))  # type: ignore[arg-type]


def test_a_given_id_is_kept_as_it_is() -> None:
    assert an_id("cnn.com/2026/03#x", "https://a.example/b") == "cnn.com/2026/03#x"


@pytest.mark.parametrize("bad", ["two words", "x" * 201, "tab\tbed", "bell\x07", "\u202e"])
def test_an_id_that_is_no_word_is_hashed(bad: str) -> None:
    assert len(an_id(bad)) == 16
    assert an_id(bad) == an_id(bad, "https://a.example/b")


def test_an_address_decides_before_the_words() -> None:
    url = "https://a.example/b"
    assert an_id("", url) == an_id("", url, text="Other.", title="U")
    assert an_id("", url) == hashlib.sha256(b"url:a.example/b").hexdigest()[:16]


def test_one_page_has_one_id_however_it_is_linked() -> None:
    links = (
        "https://www.A.example/b/",
        "http://a.example/b#part",
        "https://a.example/b?utm_source=x&fbclid=y",
    )
    assert {an_id("", clean_url(link)) for link in links} == {an_id("", "https://a.example/b")}
    assert an_id("", "https://a.example/b?id=2") != an_id("", "https://a.example/b?id=3")


def test_a_record_is_known_by_outlet_title_and_date_and_a_file_by_its_words() -> None:
    assert an_id() == an_id(text="Corrected words.")
    assert an_id() != an_id(published="2026-03-04")
    assert an_id(is_file=True) == an_id(is_file=True, published="2026-03-04", text=" Words.\n")
    assert an_id(is_file=True) != an_id(is_file=True, text="Corrected words.")
    assert an_id(published="") == an_id(published="", is_file=True)


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("HTTPS://News.Example:443/A?b=1&utm_medium=x#c", "https://news.example:443/A?b=1"),
        ("https://user:secret@news.example/a", "https://news.example/a"),
        ("https://news.example/a?q=a%20b&q=", "https://news.example/a?q=a%20b&q="),
        ("javascript:alert(1)", ""),
        ("file:///etc/passwd", ""),
        ("//news.example/a", ""),
        ("https://news example/a", ""),
        ("https://[::1/a", ""),
        ("https://a.example:port/", ""),
        ("https://<script>/", ""),
        ("https://a.example/" + "x" * 3_000, ""),
        ("", ""),
    ],
)
def test_an_address_is_web_and_without_tracking(raw: str, expected: str) -> None:
    assert clean_url(raw) == expected


@given(st.text())
def test_a_clean_address_stays_as_it_is(raw: str) -> None:
    for url in (raw, f"https://a.example/{raw}?utm_source={raw}"):
        assert clean_url(clean_url(url)) == clean_url(url)


def test_an_outlet_is_a_registered_domain() -> None:
    assert outlet_of("https://www.news.example/x") == "news.example"
    assert outlet_of("https://edition.news.example/x") == "news.example"
    assert outlet_of("https://www.paper.co.uk/x") == "paper.co.uk"
    assert outlet_of("http://127.0.0.1:80/") == ""
    assert outlet_of("http://localhost/") == ""
    assert host_of("https://www.Edition.News.example/x") == "edition.news.example"
