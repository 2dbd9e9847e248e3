"""CSV and TSV: a row is an article, and a broken one costs only itself."""

from __future__ import annotations

import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.article import Draft, Rejection, Warned
from ingest.read import read
from ingest.read.table import looks_like_table, separator_of

TEXT = "The bridge over the Sele opened on Tuesday."
GOOD = f'Bridge opens,"{TEXT}",2026-03-03'


def found(folder: Path, content: str | bytes, name: str = "a.csv") -> list[Draft | Rejection]:
    (folder / name).write_bytes(content.encode() if isinstance(content, str) else content)
    return list(read(folder / name))


def outline(items: list[Draft | Rejection]) -> list[tuple[str, str]]:
    """What came out: (where, title or code)."""
    return [(item.where, item.fields["title"] if isinstance(item, Draft) else item.code) for item in items]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("name", ["a.csv", "a.tsv", "a", "a.txt"])
def test_the_first_row_tells_what_separates_the_columns(tmp_path: Path, separator: str, name: str) -> None:
    rows = [["Headline", "Body", "Date"], ["Bridge opens", TEXT, "2026-03-03"]]
    (item,) = found(tmp_path, "\r\n".join(separator.join(row) for row in rows), name)
    assert isinstance(item, Draft)
    assert item.fields == {"title": "Bridge opens", "text": TEXT, "published": "2026-03-03"}
    assert item.where == "row 2"


def test_a_cell_may_hold_lines_quotation_marks_and_what_looks_like_a_formula(tmp_path: Path) -> None:
    cell = '"It ""opened"", they said.\n\nOn Tuesday, at noon."'
    items = found(tmp_path, f'\ufefftitle,text\n=HYPERLINK("x"),{cell}\n+1,{TEXT}\n')
    assert [item.fields["title"] for item in items] == ['=HYPERLINK("x")', "+1"]
    assert items[0].fields["text"] == 'It "opened", they said.\n\nOn Tuesday, at noon.'


def test_a_row_that_does_not_fit_costs_only_itself(tmp_path: Path) -> None:
    rows = ["title,text,date", GOOD, "too,few", f"{GOOD},one too many", '"open" x,b,c', "", ",,", GOOD]
    assert outline(found(tmp_path, "\n".join(rows))) == [
        ("row 2", "Bridge opens"), ("row 3", "ragged_row"), ("row 4", "ragged_row"),
        ("row 5", "broken_row"), ("row 8", "Bridge opens"),
    ]  # fmt: skip


def test_a_quotation_mark_that_is_never_closed_is_said(tmp_path: Path) -> None:
    items = found(tmp_path, f'title,text,date\n{GOOD}\nx,"{TEXT}\n{TEXT}')
    assert outline(items) == [("row 2", "Bridge opens"), ("row 3", "truncated")]


def test_a_table_without_texts_names_its_columns(tmp_path: Path) -> None:
    (item,) = found(tmp_path, "name,price\napple,3\n")
    assert isinstance(item, Rejection)
    assert item.code == "no_text"
    assert "name, price" in item.reason
    (item,) = read(tmp_path / "a.csv", mapping={"text": "name"})
    assert isinstance(item, Draft)


@pytest.mark.parametrize(("line_break", "after"), [("", ["Bridge opens"]), ("\n", [])])
def test_an_endless_cell_is_passed_over_in_flat_memory(
    tmp_path: Path, line_break: str, after: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEWSDESK_MAX_FILE_MB", "0.2")
    cell = (f"{'x' * 999}{line_break}") * 20_000
    (tmp_path / "a.csv").write_text(f'title,text,date\n{GOOD}\nx,"{cell}",y\n{GOOD}\n')
    tracemalloc.start()
    items = list(read(tmp_path / "a.csv"))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert [what for _, what in outline(items)] == ["Bridge opens", "too_large", *after]
    assert peak < 5_000_000


def test_another_encoding_is_guessed_and_said(tmp_path: Path) -> None:
    items = found(tmp_path, f"title,text\nCafé,{TEXT}\n".encode("cp1252"))
    assert items[0].fields["title"] == "Café"
    assert [item.code for item in items if isinstance(item, Warned)] == ["encoding"]
    (item,) = found(tmp_path, f"title\ttext\nCafé\t{TEXT}\n".encode("utf-16"))
    assert item.fields["title"] == "Café"


@pytest.mark.parametrize(
    ("head", "yes"),
    [
        ("title,text\na,b", True),
        ("Date;Headline;Body\n1;2;3", True),
        ("text,title", False),
        ("Bridge, Text, and Title\n\nA story follows.", False),
        ("The text, the title\nand more", False),
        ("a\tb\nc\td", False),
    ],
)
def test_a_table_is_known_by_its_first_row(head: str, yes: bool) -> None:
    assert looks_like_table(head) is yes


def test_commas_in_a_quoted_name_do_not_count() -> None:
    assert separator_of('"a,b,c,d";text;title') == ";"


@given(st.lists(st.sampled_from([",", '"', "\n", "\r", "text", "a", "\x00", "é", "\t", "=", "title"])))
def test_any_table_is_read_or_rejected(parts: list[str]) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        for item in found(Path(folder), "title,text\n" + "".join(parts)):
            assert isinstance(item, Draft | Rejection)


def test_the_apostrophe_before_what_could_be_a_formula_is_taken_off(tmp_path: Path) -> None:
    (item,) = found(tmp_path, f"title,text,author\n'=1+1,\"{TEXT}\",'Tis Jane\n")
    assert isinstance(item, Draft)
    assert item.fields == {"title": "=1+1", "text": TEXT, "authors": ["'Tis Jane"]}
