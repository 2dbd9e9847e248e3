"""Plain text: what a newsroom puts around an article is recognised, and the article's words stay."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.article import Draft, Rejection
from ingest.clean import clean
from ingest.read import read
from ingest.read.markdown import markdown_to_text
from ingest.read.text import date_in_name, parse_text
from ingest.read.unwrap import unwrap

LEAD = "The bridge over the Sele opened on Tuesday, eleven months late."
BODY = f"{LEAD}\n\nIt rained on the band."


def test_a_whole_article() -> None:
    header = "By Jane Doe and John Roe\n3 March 2026, 18:40 GMT | Updated 4 March 2026"
    fields = parse_text(f"Bridge opens\n{header}\n\n{BODY}\n\nSource: The Ledger\n")
    assert {name: str(value) for name, value in fields.items()} == {
        "title": "Bridge opens",
        "authors": "['Jane Doe', 'John Roe']",
        "published": "2026-03-03T18:40:00+00:00",
        "updated": "2026-03-04",
        "source": "The Ledger",
        "text": BODY,
    }


@pytest.mark.parametrize(
    ("first", "title"),
    [
        ("Bridge opens\n\n", "Bridge opens"),
        ("Will the bridge open?\n\n", "Will the bridge open?"),
        ("Envoy leaves the U.S.\n\n", "Envoy leaves the U.S."),
        ("# Bridge opens #\n", "Bridge opens"),
        ("Bridge opens\n============\n", "Bridge opens"),
        ("**Bridge opens**\n\n", "Bridge opens"),
        ("\n\nBridge opens\n\n", "Bridge opens"),
        ("Bridge opens\nBy Jane Doe\n", "Bridge opens"),
        ("Bridge opens\nMarch 3, 2026\n\n", "Bridge opens"),
        ("Bridge opens\nPublished: 2026-03-03 18:40\n\n", "Bridge opens"),
        ("Correction: the bridge\n\n", "Correction: the bridge"),
    ],
)
def test_a_headline_is_taken_from_the_first_line(first: str, title: str) -> None:
    fields = parse_text(first + BODY)
    assert (fields["title"], fields["text"]) == (title, BODY)


@pytest.mark.parametrize(
    "text",
    [
        BODY,
        f"“We are late,” she said.\n\n{BODY}",
        f"Bridge opens\n{BODY}",
        f"{'word ' * 40}\n\n{BODY}",
        "Bridge opens",
    ],
)
def test_a_first_line_that_is_no_headline_stays(text: str) -> None:
    fields = parse_text(text)
    assert "title" not in fields
    assert fields["text"].split() == text.split()


def test_a_file_with_a_headline_alone_keeps_it_as_text(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Bridge opens\n", encoding="utf-8")
    (item,) = read(tmp_path)
    assert isinstance(item, Draft)
    cleaned = clean(item)
    assert not isinstance(cleaned, Rejection)
    assert cleaned[0].title == cleaned[0].text == "Bridge opens"


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("By Jane Doe\n\n", {"authors": ["Jane Doe"]}),
        ("By Jane Doe | 3 March 2026\n", {"authors": ["Jane Doe"], "published": "2026-03-03"}),
        ("March 3, 2026\nBy Jane Doe\n", {"authors": ["Jane Doe"], "published": "2026-03-03"}),
        ("Updated 4 March 2026\n", {"updated": "2026-03-04"}),
        ("Date: 2026-03-03\nSource: The Ledger\nSection: Sport\n",
         {"published": "2026-03-03", "source": "The Ledger", "section": "Sport"}),
        ("By the river the band played on\n", {}),
        ("Time: the enemy\n", {}),
        ("Date: nobody knows\n", {}),
    ],
)  # fmt: skip
def test_lines_under_the_headline_are_its_header_or_stay(header: str, expected: dict[str, object]) -> None:
    fields = parse_text(f"Bridge opens\n\n{header}\n{BODY}")
    assert fields.pop("title") == "Bridge opens"
    text = fields.pop("text")
    assert {
        name: value if isinstance(value, list) else str(value) for name, value in fields.items()
    } == expected
    assert text == (BODY if expected else f"{header}\n{BODY}")


@pytest.mark.parametrize(
    "header",
    [
        '---\ntitle: "Bridge opens"\ndate: 2026-03-03\nauthors: [Jane Doe, "John Roe"]\nx: 1\n---',
        "---\ntitle: >\n  Bridge\n  opens\ndate: '2026-03-03'\nauthors:\n- name: Jane Doe\n- John Roe\n...",
        '+++\ntitle = "Bridge opens"\ndate = 2026-03-03\nauthors = ["Jane Doe", "John Roe"]\n+++',
        "---\ntitle: Bridge opens\ndate: 2026-03-03\nauthors: [Jane Doe, John Roe]\nbroken: [\n---",
    ],
)
def test_front_matter_is_a_header(header: str) -> None:
    fields = parse_text(f"{header}\n\n{BODY}")
    fields["published"] = str(fields["published"])
    fields["title"] = fields["title"].strip()
    if fields["authors"] == ["[Jane Doe, John Roe]"]:  # the lines of a broken one are read as they stand
        fields["authors"] = ["Jane Doe", "John Roe"]
    assert fields == {
        "title": "Bridge opens",
        "published": "2026-03-03",
        "authors": ["Jane Doe", "John Roe"],
        "text": BODY,
    }
    assert parse_text(f"---\n{BODY}")["text"] == f"---\n{BODY}"


@pytest.mark.parametrize(
    ("line", "name", "value"),
    [
        ("Source: Voice of Tarrany", "source", "Voice of Tarrany"),
        ("SOURCE : The Ledger.", "source", "The Ledger"),
        ("*Source: The Ledger*", "source", "The Ledger"),
        ("Source: https://ledger.example/a", "url", "https://ledger.example/a"),
    ],
)
def test_a_closing_source_line_names_the_outlet(line: str, name: str, value: str) -> None:
    assert parse_text(f"{BODY}\n\n{line}\n\n") == {"text": BODY, name: value}


@pytest.mark.parametrize(
    "line", ["Source: the numbers that the ministry gave us in March of last year", "Sources say", "Source:"]
)
def test_a_closing_line_that_names_no_outlet_stays(line: str) -> None:
    assert parse_text(f"{BODY}\n\n{line}") == {"text": f"{BODY}\n\n{line}"}


def test_a_source_line_in_the_middle_stays() -> None:
    text = f"{LEAD}\n\nSource: The Ledger\n\nIt rained."
    assert parse_text(text) == {"text": text}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("2026-03-03-bridge.txt", "2026-03-03"),
        ("bridge_20260303.txt", "2026-03-03"),
        ("2026_03_03.txt", "2026-03-03"),
        ("000_919f298dddfd9089.txt", "None"),
        ("2026-13-03.txt", "None"),
        ("a20260303b.txt", "None"),
        ("12345678.txt", "None"),
    ],
)
def test_a_date_in_the_name_is_used_when_nothing_else_says_it(name: str, expected: str) -> None:
    assert str(date_in_name(name)) == expected
    guess = parse_text(BODY, name)
    assert str(guess.get("published")) == expected
    assert guess.get("guessed") == (None if expected == "None" else {"published": ""})
    stated = parse_text(f"Bridge opens\n4 March 2026\n\n{BODY}", name)
    assert (str(stated["published"]), stated.get("guessed")) == ("2026-03-04", None)


@pytest.mark.parametrize(
    ("dateline", "name", "expected"),
    [
        ("PORT ELLERY, March 3 (Wire) — ", "2026-03-04-bridge.txt", "2026-03-03"),
        ("PORT ELLERY, 3 March - ", "2026-03-04-bridge.txt", "2026-03-03"),
        ("Port Ellery, Dec. 31 — ", "2026-01-01-bridge.txt", "2025-12-31"),
        ("PORT ELLERY — ", "2026-03-04-bridge.txt", "2026-03-04"),
        ("PORT ELLERY, March 3 — ", "bridge.txt", "None"),
    ],
)
def test_a_dateline_stays_and_gives_the_day_of_the_names_year(
    dateline: str, name: str, expected: str
) -> None:
    fields = parse_text(dateline + BODY, name)
    assert fields["text"] == dateline + BODY
    assert str(fields.get("published")) == expected


def test_wrapped_paragraphs_become_lines() -> None:
    wrapped = (
        "The bridge over the Sele opened on Tuesday, eleven months late and\n"
        "eighty million over what the city had been told it would cost. The\n"
        "mayor cut a ribbon.\n"
        "\n"
        "It rained on the band, which played on and on, and upon the well-\n"
        "known tenor, who did not.\n"
        "\n"
        "For: 12\n"
        "Against: 9\n"
        "\n"
        "- Pier 1 stands in the water at the northern end of the harbour\n"
        "- Pier 2 does not"
    )
    assert unwrap(wrapped).split("\n\n") == [
        "The bridge over the Sele opened on Tuesday, eleven months late and eighty million over what the "
        "city had been told it would cost. The mayor cut a ribbon.",
        "It rained on the band, which played on and on, and upon the well-known tenor, who did not.",
        "For: 12\nAgainst: 9",
        "- Pier 1 stands in the water at the northern end of the harbour\n- Pier 2 does not",
    ]


def test_lines_of_a_text_that_is_not_wrapped_stay() -> None:
    text = f"{LEAD} {LEAD} {LEAD}\n\nFirst the band of the harbour police came by\nThen the mayor\nThen rain"
    assert unwrap(text) == text


@given(st.text(st.sampled_from("ab.-\n \t*1"), max_size=400))
def test_unwrapping_loses_no_word(text: str) -> None:
    assert "".join(unwrap(text).split()) == "".join(text.split())


@pytest.mark.parametrize(
    ("marked", "plain"),
    [
        ("## Change in *focus*", "Change in focus"),
        ("A [link](https://a.example/b_c) and ![a picture](x.png)text", "A link and text"),
        ("**Bold** and __strong__ and _soft_ words", "Bold and strong and soft words"),
        ("> Quoted\n> lines", "Quoted\nlines"),
        ("snake_case_name and 2 * 3 * 4", "snake_case_name and 2 * 3 * 4"),
        ("\\*not emphasis\\*", "*not emphasis*"),
    ],
)
def test_markdown_marks_are_not_words(marked: str, plain: str) -> None:
    assert markdown_to_text(marked) == plain
    assert parse_text(f"# T\n\n{marked}", "a.md")["text"] == plain
    assert parse_text(f"T\n\n{marked}", "a.txt")["text"] == marked


@given(st.text())
def test_any_text_has_fields(text: str) -> None:
    assert isinstance(parse_text(text, "a.md")["text"], str)


def test_the_seed_article_keeps_its_lead_and_gives_up_its_source(data: Path) -> None:
    (item,) = read(data / "seed")
    assert isinstance(item, Draft)
    done = clean(item)
    assert isinstance(done, tuple)
    article, warnings = done
    assert (article.source, article.published, warnings) == ("Voice of America", None, [])
    assert article.title.endswith("…")
    assert article.text.startswith(article.title.rstrip("…"))
    assert "Source:" not in article.text
