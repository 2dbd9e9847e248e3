"""PDF, DOCX and Parquet: what they hold comes out, and what is broken says so."""

from __future__ import annotations

import datetime
import io
import zipfile
from pathlib import Path
from typing import Any

import docx
import pyarrow
import pyarrow.parquet
import pytest
from docx.oxml import parse_xml

from ingest.article import Draft, Rejection
from ingest.read import read
from ingest.read.docx import is_docx

BODY = (
    "The bridge over the Sele opened on Tuesday, two years late and at",
    "twice its price, and the mayor walked over it first, in the rain.",
    "",
    "Critics stood at the other end of it. They had brought a brass band,",
    "which played for an hour.",
)
PARAGRAPHS = (" ".join(BODY[:2]), " ".join(BODY[3:]))
TEXT = "\n\n".join(PARAGRAPHS)
NAMESPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def only(path: Path) -> Draft:
    (item,) = read(path)
    assert isinstance(item, Draft), item
    return item


def code(path: Path) -> str:
    (item,) = read(path)
    assert isinstance(item, Rejection)
    assert item.reason
    return item.code


def pdf(pages: list[list[tuple[int, str]]], info: str = "") -> bytes:
    """A PDF with lines of text, each with the size of its letters."""
    objects: list[bytes] = [
        b"<< /Type /Catalog /Pages 2 0 R >>", b"",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>", f"<< {info} >>".encode(),
    ]  # fmt: skip
    kids = []
    for lines in pages:
        height, shown = 800, []
        for size, text in lines:
            height -= int(size * 1.5)
            shown.append(f"BT /F1 {size} Tf 50 {height} Td ({text}) Tj ET")
        content = "\n".join(shown).encode("latin-1")
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 850] /Contents %d 0 R "
            b"/Resources << /Font << /F1 3 0 R >> >> >>" % len(objects)
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b" ".join(kids), len(kids))
    made, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer << /Size %d /Root 1 0 R /Info 4 0 R >>\nstartxref\n%d\n%%%%EOF\n"
    return made + b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + table + end % (
        len(objects) + 1, len(made)
    )  # fmt: skip


def test_a_pdf_gives_its_headline_byline_and_paragraphs(tmp_path: Path) -> None:
    lines = [(11, line) for line in BODY]
    head = [(22, "Bridge opens, two years late,"), (22, "in the rain"), (11, "By Jane Doe")]
    pages = [[(10, "The Ledger, page 1"), *head, *lines, (9, "1")]]
    pages += [
        [(10, f"The Ledger, page {n}"), *((11, f"More {n} of it. {t}") for t in BODY if t)] for n in (2, 3)
    ]
    (tmp_path / "a.pdf").write_bytes(pdf(pages, "/CreationDate (D:20260303120000Z)"))
    found = only(tmp_path / "a.pdf").fields
    assert found["title"] == "Bridge opens, two years late, in the rain"
    assert found["authors"] == ["Jane Doe"]
    assert found["text"].startswith(PARAGRAPHS[0])
    assert "The Ledger" not in found["text"]
    assert found["published"] == "2026-03-03"
    assert "published" in found["guessed"]


@pytest.mark.parametrize(("before", "after"), [(0, 2000), (2000, 0), (2000, 2000), (3, 0)])
def test_characters_of_a_pdf_that_are_no_text_are_passed_over(
    before: int, after: int, tmp_path: Path
) -> None:
    lines = [(22, "\0" * before + "Bridge opens"), *((11, line) for line in BODY), (11, "\0" * after)]
    (tmp_path / "a.pdf").write_bytes(pdf([lines]))
    found = only(tmp_path / "a.pdf").fields
    assert (found["title"], found["text"]) == ("Bridge opens", " ".join(PARAGRAPHS))


def test_what_is_no_readable_pdf_says_why(tmp_path: Path) -> None:
    whole = pdf([[(11, line) for line in BODY]])
    for name, content in {"scan": pdf([[]]), "cut": whole[:300], "junk": b"%PDF-1.7\n" + bytes(999)}.items():
        (tmp_path / f"{name}.pdf").write_bytes(content)
    assert [code(tmp_path / f"{name}.pdf") for name in ("scan", "cut", "junk")] == [
        "scanned", "broken_pdf", "broken_pdf"
    ]  # fmt: skip


def document(*paragraphs: str, **properties: Any) -> Any:
    made = docx.Document()
    for text in paragraphs:
        made.add_paragraph(text)
    for name, value in properties.items():
        setattr(made.core_properties, name, value)
    return made


def test_a_document_gives_its_words_as_printed(tmp_path: Path) -> None:
    made = docx.Document()
    made.add_heading("Bridge opens in the rain", 0)
    for text in ("By Jane Doe", "3 March 2026", *PARAGRAPHS):
        made.add_paragraph(text)
    changed = made.add_paragraph("It cost ")
    for xml in (
        f'<w:ins {NAMESPACE}><w:r><w:t>€495 million</w:t></w:r></w:ins>',
        f'<w:del {NAMESPACE}><w:r><w:delText>€412 million</w:delText></w:r></w:del>',
        f'<w:r {NAMESPACE}><w:rPr><w:vanish/></w:rPr><w:t>SECRET</w:t></w:r>',
    ):  # fmt: skip
        changed._p.append(parse_xml(xml))
    made.add_table(1, 1).cell(0, 0).text = "A cell."
    made.save(str(tmp_path / "a.docx"))
    found = only(tmp_path / "a.docx").fields
    assert found["title"] == "Bridge opens in the rain"
    assert found["authors"] == ["Jane Doe"]
    assert str(found["published"]) == "2026-03-03"
    assert found["text"] == f"{TEXT}\n\nIt cost €495 million\n\nA cell."
    assert not found["guessed"]


def test_what_only_the_properties_say_is_a_guess(tmp_path: Path) -> None:
    made = document(*PARAGRAPHS, author="Jane Doe", created=datetime.datetime(2026, 3, 3))
    made.save(str(tmp_path / "a.docx"))
    found = only(tmp_path / "a.docx").fields
    assert (found["authors"], found["published"].year) == (["Jane Doe"], 2026)
    assert set(found["guessed"]) == {"authors", "published"}


def test_a_broken_or_swollen_document_is_refused(tmp_path: Path) -> None:
    target = io.BytesIO()
    document(*PARAGRAPHS).save(target)
    (tmp_path / "cut.docx").write_bytes(target.getvalue()[:-900])
    with zipfile.ZipFile(tmp_path / "bomb.docx", "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", "<a/>")
        package.writestr("word/document.xml", b" " * 50_000_000)
    assert is_docx((tmp_path / "bomb.docx").read_bytes())
    assert (code(tmp_path / "cut.docx"), code(tmp_path / "bomb.docx")) == ("broken_docx", "bomb")


@pytest.fixture
def table() -> Any:
    when = datetime.datetime(2026, 3, 3, 7, tzinfo=datetime.UTC)
    return pyarrow.table({
        "headline": [f"Bridge {n}" for n in range(900)],
        "body": [f"{TEXT} {n}".encode() if n % 2 else None for n in range(900)],
        "date": [when] * 900,
        "junk": [bytes(9)] * 900,
    })  # fmt: skip


def test_the_rows_of_a_parquet_file_are_records(tmp_path: Path, table: Any) -> None:
    pyarrow.parquet.write_table(table, tmp_path / "a.parquet", row_group_size=250)
    found = list(read(tmp_path / "a.parquet"))
    assert len(found) == 900
    assert [item.where for item in found[:2]] == ["row 1", "row 2"]
    assert [item.code for item in found if isinstance(item, Rejection)] == ["no_text"] * 450
    assert isinstance(found[1], Draft)
    assert found[1].fields["text"] == f"{TEXT} 1"
    assert found[1].fields["published"].year == 2026


@pytest.mark.parametrize("kind", [pyarrow.date32(), pyarrow.timestamp("s")])
def test_a_date_beyond_all_years_costs_its_row_nothing(tmp_path: Path, kind: Any) -> None:
    days = [2**30, 20_515, None] if kind == pyarrow.date32() else [2**40, 1_772_496_000, None]
    texts = [f"{TEXT} {number}" for number in range(3)]
    table = pyarrow.table({"text": texts, "published": pyarrow.array(days, kind)})
    pyarrow.parquet.write_table(table, tmp_path / "a.parquet")
    found = [item.fields for item in read(tmp_path / "a.parquet") if isinstance(item, Draft)]
    assert [fields["text"] for fields in found] == texts
    assert "2026-03-03" in str(found[1]["published"])
    assert not found[2].get("published")


def test_a_damaged_row_group_costs_its_own_rows(tmp_path: Path, table: Any) -> None:
    pyarrow.parquet.write_table(table, tmp_path / "a.parquet", row_group_size=300, use_dictionary=False)
    start = pyarrow.parquet.ParquetFile(tmp_path / "a.parquet").metadata.row_group(1).column(1)
    data = bytearray((tmp_path / "a.parquet").read_bytes())
    at = start.data_page_offset
    data[at : at + 40] = b"\xff" * 40
    (tmp_path / "a.parquet").write_bytes(data)
    found = list(read(tmp_path / "a.parquet"))
    broken = [item for item in found if isinstance(item, Rejection) and item.code == "broken_parquet"]
    assert [item.where for item in broken] == ["row 301"]
    assert len(found) == 601


def test_a_parquet_file_without_texts_or_in_pieces_is_refused(tmp_path: Path) -> None:
    pyarrow.parquet.write_table(pyarrow.table({"price": [1]}), tmp_path / "a.parquet")
    (tmp_path / "b.parquet").write_bytes(b"PAR1" + bytes(99))
    assert (code(tmp_path / "a.parquet"), code(tmp_path / "b.parquet")) == ("no_text", "broken_parquet")
