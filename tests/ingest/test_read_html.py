"""Web pages: what a page says to machines counts first, the text is the article's alone, nothing raises."""

from __future__ import annotations

import gzip
import json
import re
import time
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.article import Draft, Rejection, Warned
from ingest.clean import clean
from ingest.read import read
from ingest.read.html import looks_like_html, parse_html
from ingest.read.source import Refused

PARAGRAPHS = (
    "The bridge over the Sele opened on Tuesday, eleven months late and eighty million over its budget.",
    "The mayor, who had promised to swim if it was not ready by spring, cut a ribbon instead and left early.",
    "It rained on the band of the harbour police, which played on, and on the tenor, who did not play.",
)
LINKED = {
    "@context": "https://schema.org",
    "@graph": [
        {"@type": "WebSite", "name": "Not the outlet"},
        {
            "@type": ["NewsArticle"],
            "headline": "Bridge opens",
            "datePublished": "2026-03-03T18:40:00Z",
            "dateModified": "2026-03-04",
            "author": [
                {"@type": "Person", "name": "Jane Doe"},
                {"@type": "Organization", "name": "Halvern News"},
            ],
            "publisher": {"@type": "Organization", "name": "The Ledger"},
            "articleSection": ["Capital", "Bridges"],
            "inLanguage": "en-GB",
        },
    ],
}
OPEN_GRAPH = """
    <meta property="og:title" content="Bridge opens | The Ledger">
    <meta property="og:site_name" content="theledger">
    <meta property="og:url" content="https://ledger.example/bridge">
    <meta property="article:published_time" content="2026-03-03">
    <meta name="author" content="Jane Doe">
"""


TAGS = (
    "<p>", "</p>", "<div>", "</div>", "<article>", "<ul><li>", "<table>", "<td>", "<br>", "<!--", "-->",
    "<script>", "</script>", "<h1>", "word word word. ", "\x00", "&amp;", "<time pubdate>",
    "<link rel=canonical>",
    "<meta name=date>",
)  # fmt: skip


def page(head: str = "", body: str = "", lang: str = "") -> str:
    text = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    return (
        f"<!DOCTYPE html><html{lang}><head><title>Bridge opens - Ledger</title>{head}</head><body>"
        f"<nav><a href='/'>Home</a> <a href='/sport'>Sport</a></nav>"
        f"<article><h1>Bridge opens</h1>{body}{text}</article>"
        f"<footer><p>© 2026 The Ledger. All rights reserved.</p></footer></body></html>"
    )


def fields_or_code(text: str) -> Any:
    """The fields of a page, or the code it is refused with."""
    try:
        return parse_html(text)
    except Refused as refused:
        return refused.code


def linked(value: Any) -> str:
    return f'<script type="application/ld+json">{json.dumps(value)}</script>'


def test_what_the_page_says_to_machines_is_used() -> None:
    head = f"{linked(LINKED)}{OPEN_GRAPH}<link rel='canonical' href='https://ledger.example/2026/bridge'>"
    assert parse_html(page(head)) == {
        "title": "Bridge opens",
        "text": "\n\n".join(PARAGRAPHS),
        "source": "The Ledger",
        "authors": ["Jane Doe"],
        "published": "2026-03-03T18:40:00Z",
        "updated": "2026-03-04",
        "url": "https://ledger.example/2026/bridge",
        "section": "Capital",
        "language": "en-GB",
    }


def test_meta_tags_do_where_there_is_no_linked_data() -> None:
    fields = parse_html(page(OPEN_GRAPH, lang=" lang='en'"))
    assert fields["title"] == "Bridge opens | The Ledger"
    assert fields["url"] == "https://ledger.example/bridge"
    assert (fields["published"], fields["authors"], fields["language"]) == ("2026-03-03", ["Jane Doe"], "en")


def test_the_publisher_spells_the_name_that_the_site_writes_as_one_word() -> None:
    publisher = linked({"@type": "NewsArticle", "publisher": {"name": "The Halvern Ledger"}})
    site = "<meta property='og:site_name' content='{}'>"
    assert parse_html(page(publisher + site.format("halvernledger")))["source"] == "The Halvern Ledger"
    assert parse_html(page(publisher + site.format("https://l.example")))["source"] == "The Halvern Ledger"
    assert parse_html(page(publisher + site.format("Evening Ledger")))["source"] == "Evening Ledger"
    assert parse_html(page(publisher))["source"] == "The Halvern Ledger"


def test_a_date_that_is_none_gives_way_to_one_that_is() -> None:
    head = linked({"@type": "NewsArticle", "datePublished": "0001-01-01T00:00:00Z"})
    assert parse_html(page(head + OPEN_GRAPH))["published"] == "2026-03-03"


@pytest.mark.parametrize(
    ("head", "body", "published", "guessed"),
    [
        ("", "<time datetime='2026-03-03'>3 March</time>", "2026-03-03", False),
        ("", "<p>Published: Tuesday, March 3rd, 2026 at 11:08 a.m.</p>", "2026-03-03T11:08:00+00:00", False),
        ("", "<p class='posted'>Halvern, 2026-03-03</p>", "2026-03-03", True),
        (linked(LINKED), "<p>Published 4 May 2025</p>", "2026-03-03T18:40:00Z", False),
    ],
)
def test_a_date_is_taken_as_stated_or_said_to_be_a_guess(
    head: str, body: str, published: str, guessed: bool
) -> None:
    fields = parse_html(page(head, body))
    assert fields["published"] == published
    assert ("published" in fields.get("guessed", {})) is guessed


@pytest.mark.parametrize(
    ("site", "publisher", "title", "outlet"),
    [
        ("U.S.", "", "Bridge opens - Ledger", "Ledger"),
        ("U.S.", "Mercury", "Bridge opens | Mercury", "Mercury"),
        ("U.S.", "", "Bridge opens - Opinion", "U.S."),
        ("The Tarran Ledger", "Holt Media", "Bridge opens", "The Tarran Ledger"),
        ("", "Holt Media", "Bridge opens", "Holt Media"),
    ],
)
def test_the_outlet_is_the_one_that_the_page_bears_out(
    site: str, publisher: str, title: str, outlet: str
) -> None:
    head = (
        f"<meta property='og:site_name' content='{site}'><link rel=canonical href='https://ledger.example/a'>"
    )
    head += linked({"@type": "NewsArticle", "publisher": {"name": publisher}})
    made = page(head).replace("<title>Bridge opens - Ledger", f"<title>{title}")
    assert parse_html(made)["source"] == outlet


def test_the_name_of_the_site_is_not_taken_for_the_headline() -> None:
    made = page().replace("<h1>Bridge opens</h1>", "<h1>The Tarran Ledger online</h1>")
    assert parse_html(made)["title"].startswith("Bridge opens")


@pytest.mark.parametrize(
    "hidden",
    ["<p hidden>{}</p>", "<p style='display:none'>{}</p>", "<p style='font-size:0px'>{}</p>",
     "<div style='color: red; visibility : hidden'><p>{}</p></div>", "<p style='opacity:0;'>{}</p>"],
)  # fmt: skip
def test_what_nobody_sees_is_not_read(hidden: str) -> None:
    body = hidden.format("SECRET words that nobody was to see, at some length, so that they count as text.")
    assert "SECRET" not in parse_html(page(body=body))["text"]
    assert (
        "SECRET" in parse_html(page(body=body.replace("style", "class").replace("hidden", "class")))["text"]
    )


def test_a_page_that_is_utf8_and_says_otherwise_is_said(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(page("<meta charset=iso-8859-2>", "<p>Café</p>"), encoding="utf-8")
    assert [item.code for item in read(tmp_path) if isinstance(item, Warned)] == ["charset"]
    (tmp_path / "a.html").write_text(page("<meta charset=utf8>", "<p>Café</p>"), encoding="utf-8")
    assert not any(isinstance(item, Warned) for item in read(tmp_path))


def test_a_page_that_says_nothing_still_has_its_text_and_title() -> None:
    fields = parse_html(page())
    assert fields["text"] == "\n\n".join(PARAGRAPHS)
    assert fields["title"].startswith("Bridge opens")
    assert "source" not in fields
    assert "url" not in fields


def test_the_headline_is_not_part_of_the_text_and_lists_stay_together() -> None:
    items = "<ul><li>Pier 1 stands in the water.</li><li>Pier 2 does not stand yet.</li></ul>"
    text = parse_html(page(body=f"<p>{PARAGRAPHS[0]} Indeed.</p>{items}"))["text"]
    assert not text.startswith("Bridge opens")
    assert "\n\n- Pier 1 stands in the water.\n- Pier 2 does not stand yet.\n\n" in text


@pytest.mark.parametrize(
    ("head", "yes"),
    [
        ("<!DOCTYPE html>\n<html>", True),
        ('\n<?xml version="1.0"?>\n<!-- saved --> <!-- twice -->\n<html lang="en">', True),
        ("<HTML>", True),
        ("<p>fragment", False),
        ("<rss><channel>", False),
        ("The html tag", False),
        ("<!-- " * 5_000, False),
        ("<!---->" * 5_000 + "x", False),
    ],
)
def test_pages_are_known_by_their_beginning(head: str, yes: bool) -> None:
    began = time.process_time()
    assert looks_like_html(head) is yes
    assert time.process_time() - began < 5


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "windows-1251"])
def test_the_declared_encoding_is_believed(tmp_path: Path, encoding: str) -> None:
    text = page(
        f"<meta charset='{encoding}'>", "<p>Мост через реку открылся во вторник, на год позже срока.</p>"
    )
    (tmp_path / "a.html").write_bytes(text.encode(encoding, "ignore"))
    (item,) = read(tmp_path)
    assert isinstance(item, Draft)
    assert "Мост через реку" in item.fields["text"]
    assert item.origin == str((tmp_path / "a.html").resolve())


def test_an_undeclared_encoding_is_guessed_and_said(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(
        page(body="<p>The café over the Sele opened again.</p>").encode("cp1252", "replace")
    )
    item, warned = read(tmp_path)
    assert isinstance(item, Draft)
    assert "The café" in item.fields["text"]
    assert isinstance(warned, Warned)


@pytest.mark.parametrize(
    "content", ["<html></html>", "<html><body><script>no()</script></body></html>", "<html><p> </p>"]
)
def test_a_page_without_an_article_is_rejected(tmp_path: Path, content: str) -> None:
    (tmp_path / "a.html").write_text(content, encoding="utf-8")
    (item,) = read(tmp_path)
    assert isinstance(item, Rejection)
    assert item.code == "no_text"


@pytest.mark.parametrize(
    "hostile",
    ["<div>" * 20_000, "<table><tr><td>" * 5_000, "<ul><li>" * 5_000,
     "<p>" + "<span>" * 20_000 + PARAGRAPHS[0],
     "<!--" * 20_000, "<script>" * 20_000, "<a " * 20_000, "&" * 50_000, "<p>" + "x" * 100_000,
     '<script type="application/ld+json">' + "[" * 100_000 + "</script>" + PARAGRAPHS[0],
     linked([[{"@graph": [[], 3, None, {"@type": 7}]}]]),
     linked({"@type": "Article", "author": [1, None, {"name": {}}]}),
     "<meta name='' content=''><meta property='og:url' content='javascript:x'>\x00\ud800"],
)  # fmt: skip
def test_a_hostile_page_is_read_or_refused(hostile: str) -> None:
    fields = fields_or_code(f"<html><body>{hostile}")
    assert fields == "broken_html" or isinstance(fields, dict)
    assert "javascript" not in (fields.get("url", "") if isinstance(fields, dict) else "")


@settings(max_examples=30)
@given(st.lists(st.sampled_from(TAGS)))
def test_any_tags_are_read_or_refused(parts: list[str]) -> None:
    fields = fields_or_code("<html>" + "".join(parts))
    assert fields == "broken_html" or isinstance(fields, dict)


def test_without_the_library_the_page_is_rejected_and_says_what_is_missing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "trafilatura", None)
    with pytest.raises(Refused, match="need the package trafilatura") as caught:
        parse_html(page())
    assert caught.value.code == "no_reader"


def shingles(text: str) -> Counter[tuple[str, ...]]:
    words = re.findall(r"\w+", text.lower())
    return Counter(tuple(words[n : n + 4]) for n in range(max(1, len(words) - 3)))


def overlap(found: str, true: str) -> float:
    ours, theirs = shingles(found), shingles(true)
    return 2 * (ours & theirs).total() / (ours.total() + theirs.total())


@pytest.mark.slow
def test_saved_pages_give_their_true_text(data: Path) -> None:
    folder = data / "formats" / "html-articles"
    true = json.loads((folder / "ground-truth.json").read_text(encoding="utf-8"))
    scores = []
    for name, expected in true.items():
        saved = gzip.decompress((folder / "html" / f"{name}.html.gz").read_bytes())
        done = clean(Draft(parse_html(saved.decode("utf-8", "replace")), name))
        scores.append(overlap(done[0].text, expected["articleBody"]) if isinstance(done, tuple) else 0.0)
    assert sum(scores) / len(scores) > 0.95


@pytest.mark.parametrize(
    ("said", "place"),
    [
        ({"dateline": "HALVERN, May 3"}, "HALVERN, May 3"),
        ({"locationCreated": {"@type": "Place", "name": "Halvern"}}, "Halvern"),
        ({"contentLocation": [{"@type": "Place", "name": "Maresby"}]}, "Maresby"),
        ({"dateline": "Halvern", "contentLocation": {"name": "Maresby"}}, "Halvern"),
        ({"contentLocation": {"geo": 3}}, None),
    ],
)
def test_where_it_was_written(said: dict[str, Any], place: str | None) -> None:
    assert parse_html(page(linked({"@type": "NewsArticle"} | said))).get("place") == place


def test_an_author_whom_only_the_looks_of_the_page_tell_is_a_guess() -> None:
    fields = parse_html(page("", "<p class='byline'>By Jane Doe</p>"))
    assert (fields["authors"], fields["guessed"].get("authors")) == (["Jane Doe"], "")
    stated = parse_html(page("<meta name='author' content='John Roe'>", "<p class='byline'>By Jane Doe</p>"))
    assert stated["authors"] == ["John Roe"]
    assert "authors" not in stated.get("guessed", {})


def test_an_endless_author_costs_no_time() -> None:
    """Found by fuzzing the library's own reading of it: 60,000 brackets took twenty seconds."""
    endless = page(f"<meta name='author' content='{'(' * 300_000}'>", "")
    began = time.process_time()
    assert parse_html(endless)["text"]
    assert time.process_time() - began < 10


def test_long_linked_data_that_is_no_json_costs_no_time() -> None:
    """Found by fuzzing: with 40,000 characters of it the library took more than five seconds."""
    data = '{"@type": "NewsArticle", "author": [{"@type": "Person", "name": "Jane Do' + "<" * 300_000
    page = (
        f'<html><script type="application/ld+json">{data}</script><p>{"The bridge opened. " * 20}</p></html>'
    )
    began = time.process_time()
    assert "The bridge opened." in parse_html(page)["text"]
    assert time.process_time() - began < 10
