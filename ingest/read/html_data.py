"""What a web page says of itself to machines: linked data (JSON-LD) and meta tags.

What is too long to be meant is taken off the page, since trafilatura would look at it for minutes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import Any

_ARTICLE_TYPE = re.compile(r"(?:Article|Posting|Report|Review|BlogPost)$")
_LONGEST_BROKEN = 10_000  # characters of linked data that is no JSON
_LONGEST_META = 2_000  # characters of what a meta tag says
_MANY = 2_000  # objects looked at in one page


def linked_data(root: Any) -> dict[str, Any]:
    """The JSON-LD object of the page's article, {} when it has none."""
    for script in root.iterfind(".//script[@type='application/ld+json']"):
        try:
            pending = [json.loads(script.text or "", strict=False)]
        except (ValueError, RecursionError):
            if len(script.text or "") > _LONGEST_BROKEN:
                script.text = ""  # the library guesses at what cannot be parsed, in quadratic time
            continue
        for _ in range(_MANY):
            if not pending:
                break
            value = pending.pop(0)
            if isinstance(value, list):
                pending.extend(value)
            elif isinstance(value, dict):
                if _is_article(value):
                    return value
                pending.extend(value.get(name) for name in ("@graph", "mainEntity", "mainEntityOfPage"))
    return {}


def _is_article(value: Mapping[str, Any]) -> bool:
    kinds = value.get("@type")
    return any(
        isinstance(kind, str) and _ARTICLE_TYPE.search(kind)
        for kind in (kinds if isinstance(kinds, list) else [kinds])
    )


def metas(root: Any) -> Callable[..., str]:
    """A function from names to the content of the first meta tag that has one of them."""
    found: dict[str, str] = {}
    for tag in root.iter("meta"):
        name = tag.get("property") or tag.get("name") or tag.get("itemprop") or tag.get("http-equiv")
        content = tag.get("content") or ""
        if len(content) > _LONGEST_META:
            content = content[:_LONGEST_META]
            tag.set("content", content)  # the library looks for names in an author in quadratic time
        if name and content.strip():
            found.setdefault(name.strip().lower(), content.strip())
    return lambda *names: next((found[name] for name in names if name in found), "")
