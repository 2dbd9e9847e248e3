"""Small parts that the page repeats, as HTML: counts, outlets, bylines, links, the masthead, the welcome.

Pure functions of values. Every piece of text from outside passes through `app.page.text`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from app.page.text import human_date, safe, web_address

if TYPE_CHECKING:
    from ingest.status import Status


def count(number: int, name: str) -> str:
    """A number with its noun: "1 article", "1,204 articles"."""
    return f"{number:,} {name}{'' if number == 1 else 's'}"


def outlet(name: str) -> str:
    return f"<bdi>{safe(name)}</bdi>" if name else "unknown outlet"


def byline(authors: Sequence[str]) -> str:
    """ "By Mara Lindqvist and Tom Achebe" as a paragraph; nothing for nobody."""
    if not authors:
        return ""
    names = [safe(author) for author in authors]
    joined = names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
    return f'<p class="byline" dir="auto">By {joined}</p>'


def headline(title: str) -> str:
    return safe(title).strip() or "Without a headline"


def original(url: str) -> str:
    """The link to where an article was published; nothing when no reader may be sent there."""
    address = web_address(url)
    if address is None:
        return ""
    href, host = address
    return (
        f'<a class="original" href="{safe(href)}" target="_blank" rel="noopener noreferrer nofollow">'
        f'Read the original at {safe(host)}<span class="unseen"> (opens in a new tab)</span></a>'
    )


def masthead(status: Status) -> str:
    """The name of the page and what the archive behind it holds."""
    if not status.articles:
        return _masthead("<span>An archive without articles yet</span>")
    parts = [count(status.articles, "article"), count(len(status.outlets), "outlet")]
    if status.first and status.last:
        first, last = human_date(status.first), human_date(status.last)
        parts.append(first if first == last else f"{first} to {last}")
    if status.vectors < status.passages:
        parts.append(f"Meaning search: {100 * status.vectors // status.passages} % ready")
    return _masthead(" <i>·</i> ".join(f"<span>{part}</span>" for part in parts))


def troubled_masthead(problem: str) -> str:
    """The masthead when the archive cannot be read: what is wrong instead of what it holds."""
    return _masthead(f'<span class="problem">{safe(problem)}</span>')


def _masthead(line: str) -> str:
    return f'<header class="masthead"><h1>Newsdesk</h1><p role="status">{line}</p></header>'
