"""What stands before the root of an XML text: its declaration and its document type, which is taken off.

A document type can make a text grow without bound or lead to other files and addresses. So it is read here by
hand, and no parser ever sees one.
"""

from __future__ import annotations

import html.entities
import re
from urllib.parse import urlsplit
from xml.sax.saxutils import escape

from ingest.read.source import Refused
from ingest.tidy import unescaped

_LONGEST_ENTITY = 64  # characters; a longer one saves typing in no honest file
_LONGEST_DOCTYPE = 8_192
_DECLARATION = re.compile(r"\s*<\?xml\b[^>]{0,300}\?>")
_PROLOG = re.compile(r"\s*(?:(?><\?.*?\?>|<!--.*?-->)\s*)*+", re.DOTALL)
_ROOT = re.compile(r"<(?:[\w.-]{1,80}:)?([\w.-]{1,80})")
_DOCTYPE = re.compile(
    r"<!DOCTYPE\s+[^\s\[>\"']+\s*"
    r"(?:PUBLIC\s*(?:\"[^\"]*\"|'[^']*')\s*|SYSTEM\s*)?"
    r"(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)')?\s*"
    r"(?:\[(?P<subset>(?:<!--.*?-->|\"[^\"]*\"|'[^']*'|<(?!!--)|[^\]\"'<])*+)\]\s*)?>",
    re.DOTALL | re.IGNORECASE,
)
_ENTITY = re.compile(
    r"<!ENTITY\s+(?P<name>[\w.-]{1,40})\s+(?P<quote>[\"'])"
    rf"(?P<value>(?:[^&%<\"']|&#x?[0-9a-fA-F]{{1,6}};){{0,{_LONGEST_ENTITY}}})(?P=quote)\s*>"
)
_REFERENCE = re.compile(r"&([A-Za-z][\w.-]{0,40});")
_PREDEFINED = frozenset(("lt", "gt", "amp", "quot", "apos"))
# Whose document types are known to define nothing but the names of accented letters and signs.
_KEEPERS = ("iptc.org", "nitf.org", "w3.org", "netscape.com", "rssboard.org", "userland.com", "purl.org")
_OWN_FILE = re.compile(r"[\w.-]{1,80}\.dtd", re.IGNORECASE)


def root_name(head: str) -> str:
    """The local name of the root element of an XML text, by its beginning; "" for what is no XML."""
    at = _PROLOG.match(head).end()  # type: ignore[union-attr]
    if head.startswith(("<!DOCTYPE", "<!doctype"), at):
        doctype = _DOCTYPE.match(head, at, at + _LONGEST_DOCTYPE)
        at = _PROLOG.match(head, doctype.end() if doctype else at).end()  # type: ignore[union-attr]
    root = _ROOT.match(head, at)
    return root[1] if root else ""


def without_doctype(text: str) -> str:
    """An XML text without declaration and document type, the entities that this defines written out.

    Raises `Refused` for a document type that could make the text grow without bound, or that names
    another file or address: none is ever opened.
    """
    declaration = _DECLARATION.match(text)
    start = declaration.end() if declaration else 0
    at = _PROLOG.match(text, start).end()  # type: ignore[union-attr]
    if text[at : at + 9].upper() != "<!DOCTYPE":
        return text[start:]
    doctype = _DOCTYPE.match(text, at, at + _LONGEST_DOCTYPE)
    if doctype is None:
        raise Refused("unsafe_xml", "its document type is overlong or broken, and is not read for safety")
    elsewhere, subset = doctype["double"] or doctype["single"] or "", doctype["subset"] or ""
    if not _is_harmless(elsewhere):
        reason = (
            f"its document type is defined elsewhere ({elsewhere[:80]!r}), and that is not opened for safety"
        )
        raise Refused("unsafe_xml", reason)
    declared = {found["name"]: unescaped(found["value"]) for found in _ENTITY.finditer(subset)}
    if len(re.findall(r"<!ENTITY", subset, re.IGNORECASE)) != len(declared) or "%" in subset:
        reason = "it defines entities that could grow or lead elsewhere, and is not read for safety"
        raise Refused("unsafe_xml", reason)
    return text[start:at] + _written_out(text[doctype.end() :], declared, named=bool(elsewhere))


def _is_harmless(elsewhere: str) -> bool:
    """Whether a document type's address is one of the formats' own; it stays unopened in any case."""
    if not elsewhere or _OWN_FILE.fullmatch(elsewhere):
        return True
    try:
        host = urlsplit(elsewhere).hostname or ""
    except ValueError:
        return False
    return any(f".{host}".endswith(f".{keeper}") for keeper in _KEEPERS)


def _written_out(text: str, declared: dict[str, str], named: bool) -> str:
    """The text with entities replaced by what they stand for, as long as it does not grow much."""
    room = len(text) + _LONGEST_ENTITY

    def value(match: re.Match[str]) -> str:
        nonlocal room
        name = match[1]
        found = None if name in _PREDEFINED else declared.get(name)
        if found is None and named and name not in _PREDEFINED:
            found = html.entities.html5.get(f"{name};")
        if found is None:
            return match[0]
        room -= len(found)
        if room < 0:
            raise Refused("unsafe_xml", "its entities grow far beyond the file, and are not read for safety")
        return escape(found)

    return _REFERENCE.sub(value, text) if declared or named else text
