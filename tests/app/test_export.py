"""Documents made of kept answers: whole, and harmless whatever the articles say."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from markdown_it import MarkdownIt

from app.answer import Answer, Citation, Direct, Note, Reading, Sentence
from app.export import Copy, cases, copied, document, file_name
from app.kept import Conversation, Saved
from app.page.text import visible
from tests.app.fake_desk import POWER, QUESTION, REFUSED, STORM
from tests.app.hostile import ARTICLE, HOSTILE
from tests.app.test_keep import answered

FORMS: tuple[Copy, ...] = ("markdown", "footnotes", "plain")


def conversation(*answers: Saved, name: str = "Storm Idris") -> Conversation:
    return Conversation("c", name, 1_780_000_000, 1_780_000_000, answers)


def hostile() -> Saved:
    citations = [Citation.of(ARTICLE, 0, len(ARTICLE.text)), Citation.of(STORM, 0, 20)]
    sentences = tuple(Sentence(text, (citations[n % 2],)) for n, text in enumerate([*HOSTILE, ARTICLE.text]))
    note = Note("conflict", " ".join(HOSTILE), (Reading(HOSTILE[0], citations[0], ARTICLE.source, None),))
    asked = " ".join(HOSTILE)
    answer = Answer(asked, asked, "2026-03-14", sentences, (), direct=Direct(HOSTILE[2], citations[0]),
                    notes=(note,))  # fmt: skip
    return Saved.of(asked, answer, [ARTICLE, STORM], since=HOSTILE[0], sources=HOSTILE)


def test_an_answer_is_copied_with_its_sources() -> None:
    saved = answered(QUESTION, as_of="2026-01-20")
    plain = copied(saved, "plain")
    assert plain.splitlines()[:4] == [
        QUESTION,
        "The archive as of 20 January 2026",
        "",
        "Power was restored to most homes in Halverton on Saturday, two days after Storm Idris. [1]",
    ]
    assert f"[2] {STORM.title}. Mara Lindqvist, Tom Achebe, Halverton Post, 15 January 2026." in plain
    assert plain.endswith(f"<{STORM.url}>")
    markdown = copied(saved, "markdown")
    assert f"1. [{POWER.title}](<{POWER.url}>). Coastal Wire, 17 January 2026." in markdown
    assert r"two days after Storm Idris. \[1\]" in markdown
    notes = copied(saved, "footnotes")
    assert "two days after Storm Idris. [^1]" in notes
    assert re.search(r"^\[\^2\]: \[Storm Idris closes", notes, re.MULTILINE)


@pytest.mark.parametrize("form", FORMS)
def test_a_refusal_is_copied_as_one(form: Copy) -> None:
    text = copied(answered(REFUSED), form)
    assert "No article of this archive says it" in text
    assert "1" not in text


def test_markdown_shows_what_articles_say_and_does_nothing_else() -> None:
    for text in (
        copied(hostile(), "markdown"),
        document(conversation(hostile(), name=HOSTILE[6]), "markdown"),
    ):
        tokens = MarkdownIt("commonmark", {"html": True}).enable("table").parse(text)
        inline = [token for block in tokens for token in block.children or ()]
        assert not {"html_block", "html_inline", "image", "fence", "code_block"} & {
            token.type for token in (*tokens, *inline)
        }
        links = [token.attrGet("href") for token in inline if token.type == "link_open"]
        assert set(links) == {STORM.url}
        shown = "".join(token.content for token in inline if token.type in ("text", "text_special"))
        assert "![pixel](https://tracker.invalid/pixel.png)" in shown
        assert "<script>alert(1)</script>" in shown


def test_what_part_of_the_archive_was_asked_is_told_in_every_form() -> None:
    saved = replace(
        answered(QUESTION), since="2026-01-01", sources=("Halverton Post",), sections=("News", "Sport")
    )
    for text in (copied(saved, "plain"), copied(saved, "markdown"), document(conversation(saved), "html")):
        assert "only Halverton Post, in News, Sport, since 2026-01-01" in text
    assert json.loads(document(conversation(saved), "json"))["answers"][0]["sections"] == ["News", "Sport"]


@pytest.mark.parametrize(
    "line", ["# head", "- item", "+ item", "14. March", "1) one", "=====", "---", "> so"]
)
def test_a_sentence_at_the_beginning_of_a_line_stays_a_sentence(line: str) -> None:
    citation = Citation.of(STORM, 0, 20)
    answer = Answer(QUESTION, QUESTION, None, (Sentence(line, (citation,)),), ())
    html = MarkdownIt("commonmark").render(copied(Saved.of(QUESTION, answer, [STORM]), "markdown"))
    quote = html.partition("<blockquote>")[2].partition("</blockquote>")[0]
    assert re.findall(r"<(\w+)", quote) == ["p"]
    assert line.replace(">", "&gt;") in quote


class _Page(HTMLParser):
    """The elements, addresses and running text of a document."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.attributes: set[str] = set()
        self.links: set[str] = set()
        self.text = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.links |= {value or "" for name, value in attrs if name in ("href", "src")}

    def handle_data(self, data: str) -> None:
        self.text += data


def test_html_stands_alone_and_holds_only_our_elements() -> None:
    page = _Page(document(conversation(hostile(), answered(QUESTION), name=HOSTILE[0]), "html"))
    assert page.names <= set(
        "html head meta title style body main h1 h2 section p blockquote sup a ol li b".split()
    )
    assert not {name for name in page.attributes if name.startswith("on")}
    assert {link for link in page.links if not link.startswith("#")} == {STORM.url, POWER.url}
    assert HOSTILE[2] in page.text
    assert visible(page.text) == page.text
    assert "default-src 'none'" in document(conversation(), "html")


def test_json_holds_everything() -> None:
    saved = hostile()
    value = json.loads(document(conversation(saved), "json"))
    assert value["name"] == "Storm Idris"
    assert value["made"] == "2026-05-28T20:26:40+00:00"
    (kept,) = value["answers"]
    assert kept["answer"]["sentences"][0]["text"] == HOSTILE[0]
    assert kept["articles"][0]["url"] == ARTICLE.url


def test_a_document_numbers_each_answers_sources_anew() -> None:
    text = document(conversation(answered(QUESTION), answered(REFUSED)), "markdown")
    assert text.startswith("# Storm Idris\n")
    assert text.count("## ") == 2
    assert "*Asked on " in text


def test_judged_answers_are_lines_of_json() -> None:
    lines = cases([answered(QUESTION), answered(REFUSED)]).splitlines()
    assert [set(json.loads(line)) for line in lines] == [
        {"question", "as_of", "verdict", "reason", "answer"}
    ] * 2


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("Who won? Éric!", "newsdesk-who-won-ric.md"),
        ("../../etc/passwd", "newsdesk-etc-passwd.md"),
        ("...", "newsdesk-conversation.md"),
        ("x" * 300, f"newsdesk-{'x' * 60}.md"),
    ],
)
def test_files_have_harmless_names(name: str, file: str) -> None:
    assert file_name(name, "md") == file
