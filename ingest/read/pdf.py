"""PDF: the text layer of a document, one document, one article (the only file that knows PDFium).

The words come in lines; paragraphs are put together again, and what stands on every page (running heads, page
numbers) is left out. A scan without a text layer is rejected: this does not read pictures.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ingest.article import Draft, Rejection
from ingest.limits import limits
from ingest.read.source import Refused, Source
from ingest.read.text import parse_text

SUFFIXES = (".pdf",)

_FEWEST_LETTERS = 20
_PAGE_NUMBER = re.compile(
    r"(?:page|p\.|seite)?\s*[-–—]?\s*\d{1,4}\s*[-–—]?(?:\s*(?:/|of|von)\s*\d{1,4})?", re.I
)
_ENDS = re.compile(r"[.!?:;…][\"'”’»)\]]*$")
_STAMP = re.compile(r"D:(\d{4})(\d\d)(\d\d)")
_LONGEST_TITLE = 300


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    size: float  # of its letters; 0 where it was not asked


def is_pdf(head: bytes) -> bool:
    return b"%PDF-" in head[:1024]


def read_pdf(source: Source, mapping: Mapping[str, str]) -> Iterator[Draft | Rejection]:
    """The article of a document. `mapping` has nothing to rename here."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(source.whole())
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise Refused("encrypted", "the document is locked with a password") from error
        raise Refused("broken_pdf", f"the document is damaged ({error})") from error
    try:
        pages = list(_pages(document))
        created = _STAMP.match(document.get_metadata_value("CreationDate") or "")
    except pypdfium2.PdfiumError as error:
        raise Refused("broken_pdf", f"the document is damaged ({error})") from error
    finally:
        document.close()
    if sum(c.isalpha() for page in pages for line in page for c in line.text) < _FEWEST_LETTERS:
        raise Refused("scanned", "no text layer: it may be a scan, which text recognition has to read first")
    title, lines = _without_headline(_without_running_heads(pages))
    body = "\n\n".join(_paragraphs([line.text for line in lines]))
    fields = parse_text(f"# {title}\n\n{body}" if title else body, source.name)
    if not fields.get("text"):
        raise Refused("no_text", "the document holds a headline at most, and no text")
    if created and not fields.get("published"):
        fields["published"] = "-".join(created.groups())
        fields["guessed"] = {"published": "the date of the file, which says no other"}
    yield Draft(fields, source.shown, source.where, source.origin)


def _pages(document: Any) -> Iterator[list[_Line]]:
    """The lines of each page, until there is more text than an article may have."""
    left = limits().article
    for number in range(len(document)):
        page = document[number]
        text_page = page.get_textpage()
        start, text = _text_of(text_page)
        yield list(_lines(text, text_page if number == 0 else None, start))
        text_page.close()
        page.close()
        left -= len(text)
        if left < 0:
            raise Refused("too_large", f"the text is longer than {limits().article:,} characters")


def _text_of(text_page: Any) -> tuple[int, str]:
    """The text of a page, and the number of the character that it begins with.

    PDFium counts characters that are no text; the library passes over those at both ends by calling itself
    once for each, and gives up at a thousand.
    """
    from pypdfium2.raw import FPDFText_GetTextIndexFromCharIndex as place_in_text

    first, last = 0, text_page.count_chars() - 1
    while first <= last and place_in_text(text_page, first) < 0:
        first += 1
    while first < last and place_in_text(text_page, last) < 0:
        last -= 1
    return first, text_page.get_text_range(first, last - first + 1) if first <= last else ""


def _lines(text: str, text_page: Any, start: int) -> Iterator[_Line]:
    """The lines of a page; with the size of their letters where the page, with the text's start, is given."""
    import pypdfium2.raw as pdfium

    at = start
    for raw in text.split("\n"):
        line = raw.replace("\ufffe", "").replace("\x02", "").strip()
        first = at + len(raw) - len(raw.lstrip())
        size = pdfium.FPDFText_GetFontSize(text_page, first) if text_page and line else 0.0
        yield _Line(line, round(size, 1))
        at += len(raw) + 1


def _without_running_heads(pages: Sequence[list[_Line]]) -> list[_Line]:
    """All lines of a document but page numbers and what opens or closes most of its pages."""
    edges = Counter(key for page in pages for key in {_key(line) for line in _edge(page)})
    running = {key for key, count in edges.items() if count > max(2, len(pages) // 2)}
    kept = []
    for page in pages:
        edge = set(map(id, _edge(page)))
        kept += [
            line
            for line in page
            if not (id(line) in edge and (_key(line) in running or _PAGE_NUMBER.fullmatch(line.text)))
        ]
    return kept


def _edge(page: list[_Line]) -> list[_Line]:
    filled = [line for line in page if line.text]
    return filled[:2] + filled[-2:]


def _key(line: _Line) -> str:
    return re.sub(r"\d+", "0", line.text.lower())


def _without_headline(lines: list[_Line]) -> tuple[str, list[_Line]]:
    """The headline, which is set larger than the text, and the lines without it."""
    sizes = Counter({0.0: 0})
    for line in lines:
        sizes[line.size] += len(line.text) if line.size else 0
    usual, largest = sizes.most_common(1)[0][0], max(sizes)
    if not usual or largest < 1.2 * usual:
        return "", lines
    start = next(n for n, line in enumerate(lines) if line.size == largest)
    end = start
    while end < len(lines) and (lines[end].size == largest or not lines[end].text):
        end += 1
    title = " ".join(line.text for line in lines[start:end] if line.text)
    if len(title) > _LONGEST_TITLE or not any(c.isalpha() for c in title):
        return "", lines
    return title, lines[:start] + lines[end:]


def _paragraphs(lines: Sequence[str]) -> Iterator[str]:
    """Lines of a fixed width as paragraphs: one ends where a sentence does, well before the margin."""
    lengths = sorted(len(line) for line in lines if line)
    width = lengths[len(lengths) * 9 // 10] if lengths else 0
    text = ""
    for line in lines:
        hyphenated = text.endswith("-") and text[-2:-1].isalpha() and line[:1].islower()
        text = text[:-1] + line if hyphenated else f"{text} {line}".strip()
        if text and (not line or (len(line) < 0.8 * width and _ENDS.search(line)) or len(line) < 0.4 * width):
            yield text
            text = ""
    if text:
        yield text
