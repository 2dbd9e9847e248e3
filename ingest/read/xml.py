"""XML from strangers: decoded and parsed piece by piece, with the few ways into its tree that readers need.

Nothing here opens a file or reaches for the network. Knows nothing of any news format.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import Any

from lxml import etree  # type: ignore[import-untyped]

from ingest.limits import limits
from ingest.read.doctype import without_doctype
from ingest.read.encoding import bom_encoding, charset, seven_bit
from ingest.read.source import Refused

_FED = 1 << 16  # characters given to the parser at a time
_GUESSED_FROM = 1 << 14  # bytes that tell a character set
_FEWEST_TELLING = 40  # bytes beyond ASCII; fewer tell nothing
_NOT_ASCII = bytes(range(128, 256))

_ENCODING = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']\s*([\w.:-]{1,40})")
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def decode_xml(data: bytes) -> tuple[str, str | None]:
    """The text of an XML file, and in words what was not as it should be about its encoding.

    A byte order mark decides, then what the bytes can only be, then what the file declares.
    """
    text, note = _decoded(data)
    found = _NOT_XML.search(text)
    if found:
        text = _NOT_XML.sub("", text)
        note = note or "it holds control characters; they were left out"
    return text, note


def _decoded(data: bytes) -> tuple[str, str | None]:
    if bom := bom_encoding(data):
        return data.decode(bom, "replace").removeprefix("\ufeff"), None
    match = _ENCODING.search(data[:400])
    said = match[1].decode("ascii") if match else "UTF-8"
    declared = charset(said)
    if declared and seven_bit(declared):
        return data.decode(declared, "replace"), None
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    else:
        fits = declared == "utf-8" or data.isascii()
        return text, None if fits else f"it declares {said} but is UTF-8"
    try:
        if declared:
            return data.decode(declared), None
    except UnicodeError:
        pass
    guessed = _guess(data)
    return data.decode(guessed, "replace"), f"it is not {said}: read as {guessed.replace('cp', 'Windows-')}"


def _guess(data: bytes) -> str:
    """The character set of a text that does not say it: where letters are Latin, the usual Windows one."""
    from charset_normalizer import from_bytes

    data = data[:_GUESSED_FROM]
    if len(data) - len(data.translate(None, _NOT_ASCII)) < _FEWEST_TELLING:
        return "cp1252"
    best = from_bytes(data).best()
    if best is None or str(best).count("<") != data.count(b"<"):
        return "cp1252"
    is_latin = all("Latin" in name or "Punctuation" in name for name in best.alphabets)
    return "cp1252" if is_latin else best.encoding


def elements(text: str, wanted: Collection[str]) -> Iterator[Any]:
    """Each outermost element that has one of these local names, complete, then forgotten.

    What comes before a break in the text is still read; then, or when the nesting is too deep, `Refused`.
    """
    parser = etree.XMLPullParser(
        events=("start", "end"), encoding="utf-8", resolve_entities=False, no_network=True, load_dtd=False,
        remove_comments=True, remove_pis=True, huge_tree=False,
    )  # fmt: skip
    text = without_doctype(text)
    depth = inside = 0
    deepest = limits().depth
    broken: Any = None
    for start in range(0, len(text) + _FED, _FED):
        try:
            if part := text[start : start + _FED]:
                parser.feed(part.encode("utf-8", "replace"))
            else:
                parser.close()
        except etree.XMLSyntaxError as error:
            broken = error
        for event, element in parser.read_events():
            if event == "start":
                depth += 1
                inside += bool(inside) or local_name(element) in wanted
                if depth > deepest:
                    raise Refused("too_deep", f"its elements are nested more than {deepest} deep")
                continue
            depth -= 1
            if inside == 1:
                yield element
            inside = max(inside - 1, 0)
            if not inside:
                _forget(element)
        if broken is not None:
            raise Refused("broken_xml", f"it is not well-formed XML: {_plain(broken)}") from broken


def _forget(element: Any) -> None:
    element.clear(keep_tail=True)
    while element.getprevious() is not None:
        del element.getparent()[0]


def _plain(error: Any) -> str:
    return " ".join(str(error.msg or "it ends in the middle").split())[:160]


def local_name(element: Any) -> str:
    """The name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


def children(element: Any, name: str) -> list[Any]:
    """The elements right inside this one that have a local name."""
    return [inner for inner in (() if element is None else element) if local_name(inner) == name]


def child(element: Any, *path: str) -> Any:
    """The first element at a path of local names below this one, None where there is none."""
    for name in path:
        element = next(iter(children(element, name)), None)
    return element


def attribute(element: Any, name: str, *path: str) -> str:
    """An attribute of the element at a path below this one, "" where there is none."""
    found = child(element, *path)
    return "" if found is None else (found.get(name) or "").strip()


def below(element: Any, *names: str) -> Iterator[Any]:
    """Every element from this one down that has one of these local names, in their order."""
    inside = () if element is None else element.iter(etree.Element)
    return (inner for inner in inside if local_name(inner) in names)


def line(element: Any, *without: str) -> str:
    """All text in an element on one line, that of some inner elements left out; "" for None."""
    return "" if element is None else " ".join("".join(_pieces(element, without)).split())


def language_of(element: Any) -> str:
    """The language that an element says it is in, "" where it says none."""
    return "" if element is None else element.get(_LANGUAGE) or ""


def _pieces(element: Any, without: Collection[str]) -> Iterator[str]:
    yield element.text or ""
    for inner in element:
        if local_name(inner) not in without:
            yield from _pieces(inner, without)
        yield inner.tail or ""
