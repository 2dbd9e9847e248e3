"""Text from outside made safe for the page: the one place where articles, questions and URLs become HTML.

What is returned as HTML (`safe`, `date_html`, `spoken_date`, `excerpt`, `marked`) shows its input as plain
text: characters are escaped, and those that hide, reorder or smuggle text (control, bidirectional,
zero-width, tag characters) are taken out. The others return text that is yet to be escaped. It does not know
what an answer looks like (`app.page.said`).
"""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from ingest.article import Moment

CONTEXT = 340
"""Characters of its paragraph shown on either side of a quote, at most."""

_MONTHS = ("January February March April May June July August September October November December").split()

# C0 and C1 controls but tab and newline; soft hyphen; bidirectional controls; zero-width characters but
# the two joiners that scripts and emoji need; separators that break lines unseen; fillers; lone
# surrogates (no UTF-8 can carry them); annotation marks; variation selectors 17 to 256; tags.
_HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u180b-\u180f\u200b\u200e\u200f\u2028-\u202e"
    "\u2060-\u206f\u3164\ud800-\udfff\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff\U000e0000-\U000e0fff]"
)


def visible(text: str) -> str:
    """The text without the characters that hide, reorder or smuggle text."""
    return _HIDDEN.sub("", text)


def safe(text: str) -> str:
    """The text as HTML, fit for element content and for a quoted attribute alike."""
    return html.escape(visible(text), quote=True)


def clipped(text: str, length: int) -> str:
    """At most `length` characters of the text, cut at a word where there is one, with an ellipsis."""
    if len(text) <= length:
        return text
    cut = text[:length]
    return (cut[: cut.rfind(" ")] if " " in cut[length // 2 :] else cut).rstrip(" ,;:–-") + "…"


def web_address(url: str) -> tuple[str, str] | None:
    """The address and its host when it is an http(s) URL a reader may be sent to, else None.

    A URL with a name before its host (`https://bank.example@elsewhere.example`) is made to deceive.
    """
    try:
        parts = urlsplit(url.strip())
        host = parts.hostname or ""
    except ValueError:
        return None
    plain = url.strip() == visible(url.strip()) and not re.search(r"[\s\\<>\"`]", url.strip())
    if parts.scheme not in ("http", "https") or not host or parts.username is not None or not plain:
        return None
    try:
        # Letters that look like others ("аpple") show as what they are.
        shown = host if host.isascii() else host.encode("idna").decode("ascii")
    except UnicodeError:
        return None
    return url.strip(), shown.removeprefix("www.")


def human_date(moment: Moment) -> str:
    """The date as a newspaper prints it: "14 March 2026", or "March 2026" when no more is known."""
    day = moment.start
    month = f"{_MONTHS[day.month - 1]} {day.year}"
    return month if moment.precision == "month" else f"{day.day} {month}"


def date_html(moment: Moment | None) -> str:
    """The date as a `<time>` element, with the time of day on hover; "undated" when there is none."""
    if moment is None:
        return '<span class="undated">undated</span>'
    clock = f' title="{moment.start:%H:%M} UTC"' if moment.precision == "second" else ""
    return f'<time datetime="{moment}"{clock}>{human_date(moment)}</time>'


def spoken_date(text: str) -> str:
    """An ISO date as people write it; anything else as it stands, escaped."""
    try:
        return human_date(Moment.parse(text))
    except ValueError:
        return safe(text)


@dataclass(frozen=True, slots=True)
class _Window:
    """A stretch of a text that is shown, and the quotes inside it."""

    start: int
    end: int
    quotes: tuple[tuple[int, int], ...]


def excerpt(text: str, quotes: Sequence[tuple[int, int]]) -> str:
    """The paragraphs around the quotes, each quote in a `<mark>`, as HTML.

    `quotes` are spans of `text`. Long paragraphs are clipped around the quote, never the quote itself.
    """
    return "".join(_window_html(text, window) for window in _windows(text, _disjoint(quotes)))


def marked(text: str, quotes: Sequence[tuple[int, int]]) -> str:
    """The whole text as paragraphs, each quote in a `<mark>`; one over several paragraphs has one in each."""
    return "".join(map(_paragraph_html, _paragraphs(text, _Window(0, len(text), (*_disjoint(quotes),)))))


def _paragraphs(text: str, window: _Window) -> list[str]:
    """The lines of a stretch of text that hold anything, the quotes in them marked."""
    paragraphs, start = [], window.start
    for line in text[window.start : window.end].splitlines(keepends=True):
        end = start + len(line.rstrip())
        inside = [(max(a, start), min(b, end)) for a, b in window.quotes if a < end and b > start]
        if end > start:
            paragraphs.append(_with_marks(text, start, end, inside))
        start += len(line)
    return paragraphs


def _paragraph_html(inner: str) -> str:
    return f'<p dir="auto">{inner}</p>'


def _with_marks(text: str, start: int, end: int, quotes: Sequence[tuple[int, int]]) -> str:
    """`text[start:end]`, the quotes in it marked and named by their characters."""
    pieces, at = [], start
    for first, last in quotes:
        pieces.append(safe(text[at:first]))
        pieces.append(f'<mark data-at="{first}-{last}">{safe(text[first:last])}</mark>')
        at = last
    return "".join((*pieces, safe(text[at:end])))


def _disjoint(spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _windows(text: str, quotes: Sequence[tuple[int, int]]) -> list[_Window]:
    windows: list[_Window] = []
    for quote in quotes:
        start, end = _surroundings(text, *quote)
        if windows and start <= windows[-1].end:
            last = windows.pop()
            windows.append(_Window(last.start, max(end, last.end), (*last.quotes, quote)))
        else:
            windows.append(_Window(start, end, (quote,)))
    return windows


def _surroundings(text: str, start: int, end: int) -> tuple[int, int]:
    """The paragraph around a quote, clipped at words; its neighbours too where the quote fills it."""
    first, last = _paragraph(text, start, end)
    if last - first - (end - start) > 80:
        return _clip_before(text, first, start, CONTEXT), _clip_after(text, last, end, CONTEXT)
    first = _paragraph(text, max(0, first - 2), first)[0]
    last = _paragraph(text, last, min(len(text), last + 2))[1]
    return _clip_before(text, first, start, CONTEXT // 2), _clip_after(text, last, end, CONTEXT // 2)


def _paragraph(text: str, start: int, end: int) -> tuple[int, int]:
    """The span from the line break before `start` to the one after `end`."""
    stop = text.find("\n", end)
    return text.rfind("\n", 0, start) + 1, len(text) if stop < 0 else stop


def _clip_before(text: str, first: int, start: int, most: int) -> int:
    if start - first <= most:
        return first
    space = text.find(" ", start - most, start)
    return start - most if space < 0 else space + 1


def _clip_after(text: str, last: int, end: int, most: int) -> int:
    if last - end <= most:
        return last
    space = text.rfind(" ", end, end + most)
    return end + most if space < 0 else space


def _window_html(text: str, window: _Window) -> str:
    paragraphs = _paragraphs(text, window) or [""]
    if text[: window.start].rstrip(" ")[-1:] not in ("", "\n"):
        paragraphs[0] = "…\u00a0" + paragraphs[0]
    if text[window.end :].lstrip(" ")[:1] not in ("", "\n"):
        paragraphs[-1] += "\u00a0…"
    return "".join(map(_paragraph_html, paragraphs))
