"""Prose out of marked-up text: the paragraphs that a reader sees of XHTML, NITF or a piece of HTML.

Pictures with their captions, scripts and hidden parts are left out. Knows nothing of whole web pages, whose
article has to be found first (`ingest.read.html`).
"""

from __future__ import annotations

import re
from typing import Any

from lxml import etree  # type: ignore[import-untyped]

from ingest.furniture import name_key
from ingest.read.xml import local_name

_UNSEEN = frozenset(
    "audio button canvas figure footer form head iframe input map media math nav noscript object picture "
    "script select style svg template textarea title video".split()
)
_BLOCKS = frozenset(
    "abstract address article aside block blockquote body body.content bq center credit datasource div dl "
    "fieldset footnote h1 h2 h3 h4 h5 h6 header hl1 hl2 hr html main nitf nitf-table note ol p pre section "
    "table tagline ul".split()
)
_LINES = frozenset("br dd dt li tr".split())
_CELLS = frozenset(("td", "th"))
_INLINE_TAG = re.compile(
    r"</?(?:a|b|i|u|em|strong|span|sup|sub|br|q|cite|small|font)\b[^<>]*>", re.IGNORECASE
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_LONGEST_DATELINE = 120
_SPACE = re.compile(r"\s+")
_BREAK = re.compile(r" *\n[ \n]*")


def prose(element: Any) -> str:
    """The text of an element, its paragraphs set off by a blank line."""
    parts: list[str] = []
    walk = etree.iterwalk(element, events=("start", "end"))
    for event, inner in walk:
        name = local_name(inner).lower()
        unseen = name in _UNSEEN or _is_hidden(inner)
        if event == "end":
            parts.append("\n\n" if name in _BLOCKS else "")
            parts.append(_flat(inner.tail) if inner is not element else "")
        elif unseen:
            parts.append(" ")
            walk.skip_subtree()
        else:
            parts.append("\n\n" if name in _BLOCKS else "\n" if name in _LINES else " " * (name in _CELLS))
            parts.append(_flat(inner.text))
    return _BREAK.sub(_one_break, "".join(parts)).strip()


def markup_to_prose(markup: str) -> str:
    """The same of a piece of HTML that came as a string."""
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(f"<div>{markup}</div>".encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError:
        return ""
    return "" if root is None else prose(root)


def plain_title(title: str) -> str:
    """A headline without the inline markup that some carry; other angle brackets stay as they are."""
    return markup_to_prose(title) if _INLINE_TAG.search(title) else title


def without_headline(text: str, title: str) -> str:
    """A text without its headline, where it opens with it."""
    first, _, rest = text.partition("\n")
    return rest.lstrip() if rest and title and name_key(first) == name_key(title) else text


def with_dateline(text: str, dateline: str) -> str:
    """A text that opens with its dateline (`PORT ELLERY, March 3 — …`), where that stood beside it."""
    dateline = dateline.rstrip(" -–—:")
    place = re.split(r"[,\s]", dateline, maxsplit=1)[0].lower()
    if not text or not place or len(dateline) > _LONGEST_DATELINE:
        return text
    opening = text[:_LONGEST_DATELINE].lower().lstrip("( ")
    return text if opening.startswith(place) else f"{dateline} — {text}"


def _one_break(found: re.Match[str]) -> str:
    return "\n\n" if found[0].count("\n") > 1 else "\n"


def _flat(text: str | None) -> str:
    return _SPACE.sub(" ", text) if text else ""


def _is_hidden(element: Any) -> bool:
    return element.get("hidden") is not None or _HIDDEN.search(element.get("style") or "") is not None
