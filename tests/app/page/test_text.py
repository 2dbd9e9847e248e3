"""Text from outside shows as plain text, whatever it holds."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.page.text import (
    CONTEXT,
    clipped,
    date_html,
    excerpt,
    human_date,
    safe,
    spoken_date,
    visible,
    web_address,
)
from ingest.article import Moment
from tests.app.hostile import HOSTILE


class _Reader(HTMLParser):
    """What a browser would make of some HTML: its elements, their attributes, and its text."""

    def __init__(self, markup: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.marked: list[str] = []
        self._in_mark = False
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag == "mark":
            self._in_mark = True
            self.marked.append("")

    def handle_endtag(self, tag: str) -> None:
        self._in_mark = self._in_mark and tag != "mark"

    def handle_data(self, data: str) -> None:
        self.text += data
        if self._in_mark:
            self.marked[-1] += data


@given(st.text())
def test_safe_text_is_its_own_visible_characters(text: str) -> None:
    reader = _Reader(f"<p>{safe(text)}</p>")
    assert reader.elements == [("p", {})]
    assert reader.text == visible(text)


@given(st.text())
def test_safe_text_stays_inside_an_attribute(text: str) -> None:
    assert _Reader(f'<p title="{safe(text)}">').elements == [("p", {"title": visible(text)})]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_makes_no_element(text: str) -> None:
    assert "<" not in safe(text)
    assert '"' not in safe(text)
    assert "'" not in safe(text)


@pytest.mark.parametrize(
    "code", [0x00, 0x1B, 0x85, 0xAD, 0x200B, 0x202E, 0x2066, 0x2028, 0xD800, 0xFEFF, 0xE0041]
)
def test_characters_that_hide_or_reorder_are_taken_out(code: int) -> None:
    assert visible(f"a{chr(code)}b") == "ab"


def test_scripts_and_emoji_keep_the_characters_they_need() -> None:
    text = "می‌خواهم 👩‍🚒 naïve “quoted”\n\tİstanbul"
    assert visible(text) == text


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://www.post.example/a?b=c&d=%22#e", "post.example"),
        ("http://post.example:8080/", "post.example"),
        (" HTTPS://Post.Example/a ", "post.example"),
        ("https://аpple.example/", "xn--pple-43d.example"),
    ],
)
def test_web_addresses_are_linked_with_their_true_host(url: str, host: str) -> None:
    assert web_address(url) == (url.strip(), host)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java\nscript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "vbscript:x",
        "file:///etc/passwd",
        "//post.example/a",
        "/a/b",
        "http:///a",
        "https://bank.example@other.example/",
        "https://post.example/\u202egpj.exe",
        'https://post.example/"onmouseover=alert(1)',
        "https://post.example/a b",
        "http://[::1",
        "https://" + "ä" * 80 + ".example/",
    ],
)
def test_other_addresses_are_not_linked(url: str) -> None:
    assert web_address(url) is None


def test_dates_read_as_in_a_newspaper() -> None:
    assert human_date(Moment.parse("2026-03-14")) == "14 March 2026"
    assert human_date(Moment.parse("2026-03")) == "March 2026"
    assert human_date(Moment.parse("2026-03-14T23:05:00+00:00")) == "14 March 2026"
    assert human_date(Moment.parse("0870-01-02")) == "2 January 870"


def test_a_date_knows_its_time_and_the_lack_of_one_is_said() -> None:
    timed = date_html(Moment.parse("2026-03-14T23:05:00+00:00"))
    assert timed == '<time datetime="2026-03-14T23:05:00+00:00" title="23:05 UTC">14 March 2026</time>'
    assert date_html(Moment.parse("2026-03")) == '<time datetime="2026-03">March 2026</time>'
    assert _Reader(date_html(None)).text == "undated"


def test_an_iso_date_is_spoken_and_other_text_is_escaped() -> None:
    assert spoken_date("2026-03-14") == "14 March 2026"
    assert spoken_date("<b>then</b>") == "&lt;b&gt;then&lt;/b&gt;"


def test_clipping_cuts_at_a_word() -> None:
    assert clipped("Winds reached the harbour", 25) == "Winds reached the harbour"
    assert clipped("Winds reached the harbour", 20) == "Winds reached the…"
    assert clipped("x" * 30, 10) == "x" * 10 + "…"


@given(st.text(), st.integers(1, 50))
def test_clipped_text_is_never_longer_than_asked_for(text: str, length: int) -> None:
    assert len(clipped(text, length)) <= length + 1


PARAGRAPHS = (
    "First paragraph, which says little.\n\nThe bridge is shut. Ferries do not run. Nobody complained, "
    + ("and that was all there was to it that day, as the harbour master put it later.\n\nThird paragraph.")
)


def spans_of(text: str, *quotes: str) -> list[tuple[int, int]]:
    return [(text.index(quote), text.index(quote) + len(quote)) for quote in quotes]


def test_a_quote_is_marked_inside_its_paragraph() -> None:
    reader = _Reader(excerpt(PARAGRAPHS, spans_of(PARAGRAPHS, "Ferries do not run.")))
    assert reader.marked == ["Ferries do not run."]
    assert reader.text == PARAGRAPHS.split("\n\n")[1]


def test_a_quote_that_is_a_paragraph_shows_its_neighbours() -> None:
    text = "Before it.\n\nThe bridge is shut.\n\nAfter it.\n\nFar away."
    reader = _Reader(excerpt(text, spans_of(text, "The bridge is shut.")))
    assert reader.marked == ["The bridge is shut."]
    assert reader.text == "Before it.The bridge is shut.After it."
    assert [tag for tag, _ in reader.elements] == ["p", "p", "mark", "p"]


def test_two_quotes_of_one_paragraph_share_it() -> None:
    reader = _Reader(excerpt(PARAGRAPHS, spans_of(PARAGRAPHS, "Ferries do not run.", "The bridge is shut.")))
    assert reader.marked == ["The bridge is shut.", "Ferries do not run."]
    assert [tag for tag, _ in reader.elements] == ["p", "mark", "mark"]


def test_a_long_paragraph_is_clipped_around_the_quote_at_words() -> None:
    words = " ".join(f"word{n}" for n in range(400))
    text = f"{words} Here it stands. {words}"
    shown = _Reader(excerpt(text, spans_of(text, "Here it stands."))).text
    assert shown.startswith("…\u00a0word")
    assert shown.endswith("\u00a0…")
    assert shown.strip("…\u00a0") in text
    assert len(shown) <= 2 * CONTEXT + len("Here it stands.") + 4


@st.composite
def texts_with_quotes(draw: st.DrawFn) -> tuple[str, list[tuple[int, int]]]:
    text = draw(st.text(st.sampled_from("ab <>&\"'\n.“”\u202e"), min_size=1, max_size=1500))
    cuts = sorted(draw(st.sets(st.integers(0, len(text)), min_size=2, max_size=6)))
    spans = list(zip(cuts[::2], cuts[1::2], strict=False))
    return text, draw(st.permutations(spans))


@given(texts_with_quotes())
def test_every_quote_is_marked_as_it_stands_and_all_else_is_from_the_text(
    case: tuple[str, list[tuple[int, int]]],
) -> None:
    text, spans = case
    reader = _Reader(excerpt(text, spans))
    # A quote over several paragraphs is marked in each; the space between them is nobody's.
    quoted = "".join(visible(text[start:end]) for start, end in sorted(spans))
    assert "".join("".join(reader.marked).split()) == "".join(quoted.split())
    assert {tag for tag, _ in reader.elements} <= {"p", "mark"}
    for paragraph in re.findall(r"<p[^>]*>(.*?)</p>", excerpt(text, spans), flags=re.DOTALL):
        shown = _Reader(paragraph).text
        assert shown.removeprefix("…\u00a0").removesuffix("\u00a0…") in visible(text)
