"""DOCX: one document, one article. python-docx opens it; the words are taken as they would be printed.

Tracked insertions count, deletions and hidden text do not. Headers, footers, notes and comments stay outside.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from typing import Any

from ingest.article import Draft, Rejection
from ingest.byline import is_full_name
from ingest.limits import limits
from ingest.read.source import Refused, Source
from ingest.read.text import parse_text

SUFFIXES = (".docx",)

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_GRACE = 1 << 20  # bytes that any document may unpack to
_BREAKS = {f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}tab": " ", f"{_W}noBreakHyphen": "-"}
_TITLE_STYLE = re.compile(r"title|heading ?1", re.IGNORECASE)
_NO_ONE = re.compile(r"\b(?:user|office|admin|windows|python|docx|microsoft)\b", re.IGNORECASE)


def is_docx(head: bytes) -> bool:
    return head.startswith(b"PK\x03\x04") and b"[Content_Types].xml" in head and b"word/" in head


def read_docx(source: Source, mapping: Mapping[str, str]) -> Iterator[Draft | Rejection]:
    """The article of a document. `mapping` has nothing to rename here."""
    import docx

    data = source.whole()
    _check_size(data)
    try:
        document = docx.Document(io.BytesIO(data))
        paragraphs = [p for p in map(_words, _paragraphs(document.element.body)) if p[0]]
        properties = document.core_properties
        said = {"published": properties.created or properties.modified, "authors": properties.author}
        language = properties.language
    except (MemoryError, RecursionError):
        raise
    except Exception as error:  # a package may be broken in as many ways as it has parts
        raise Refused("broken_docx", f"the document is damaged ({type(error).__name__})") from error
    fields = parse_text("\n\n".join(_with_title(paragraphs)))
    if not fields.get("text"):
        raise Refused("no_text", "the document holds a headline at most, and no text")
    fields |= {"language": language} if language else {}
    guesses = _guessed(fields, said)
    reasons = dict.fromkeys(guesses, "taken from the properties of the file")
    yield Draft(fields | guesses | {"guessed": reasons}, source.shown, source.where, source.origin)


def _check_size(data: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            size = sum(info.file_size for info in package.infolist())
    except (zipfile.BadZipFile, NotImplementedError, ValueError) as error:
        raise Refused("broken_docx", f"the document is damaged ({error})") from error
    if size > max(_GRACE, limits().ratio * len(data)):
        raise Refused("bomb", f"it unpacks to more than {limits().ratio} times its size, as no article does")


def _paragraphs(body: Any) -> Iterator[Any]:
    """The paragraphs of a document's body, those in tables and text boxes too, each once."""
    for paragraph in body.iter(f"{_W}p"):
        if not any(parent.tag == _FALLBACK for parent in paragraph.iterancestors()):
            yield paragraph


def _words(paragraph: Any) -> tuple[str, str]:
    """The text of a paragraph and the name of its style."""
    style = paragraph.find(f"{_W}pPr/{_W}pStyle")
    parts = []
    for run in paragraph.iter(f"{_W}r"):
        if run.find(f"{_W}rPr/{_W}vanish") is None and next(run.iterancestors(f"{_W}p")) is paragraph:
            parts += [node.text or "" if node.tag == f"{_W}t" else _BREAKS.get(node.tag, "") for node in run]
    return "".join(parts).strip(), "" if style is None else style.get(f"{_W}val", "")


def _with_title(paragraphs: list[tuple[str, str]]) -> Iterator[str]:
    """The paragraphs, the first one marked as the headline where its style says so."""
    for n, (text, style) in enumerate(paragraphs):
        is_title = n == 0 and _TITLE_STYLE.match(style) and "\n" not in text
        yield f"# {text}" if is_title else text


def _guessed(fields: Mapping[str, Any], said: Mapping[str, Any]) -> dict[str, Any]:
    """What the file's properties say and its text does not."""
    guesses = {}
    if not fields.get("published") and said["published"]:
        guesses["published"] = said["published"]
    author = said["authors"] or ""
    if not fields.get("authors") and is_full_name(author) and not _NO_ONE.search(author):
        guesses["authors"] = [author]
    return guesses
