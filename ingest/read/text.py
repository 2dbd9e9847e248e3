"""Plain text and Markdown: one file, one article.

What a newsroom puts around an article is recognised by its form and taken out of the text: a headline, a
byline, date lines, `Label: value` lines at the top, a closing `Source:` line. Everything else stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from ingest.article import Draft, Moment, Rejection, Warned
from ingest.byline import byline_names
from ingest.dates import parse_date_line, parse_moment
from ingest.read.fields import article_fields, field_of
from ingest.read.markdown import markdown_to_text
from ingest.read.source import Source, decode
from ingest.read.unwrap import unwrap

MARKDOWN = (".md", ".markdown")
SUFFIXES = (".txt", ".text", *MARKDOWN, "")

_LONGEST_TITLE = 160
_LONGEST_HEADER = 400
_HEADER_LINES = 12
_HEADING = re.compile(r"#{1,6}\s+(?P<title>.+?)\s*#*")
_FRONT_MATTER = {"---": ("---", "..."), "+++": ("+++",)}
_FRONT_LINES, _LONGEST_FRONT = 100, 20_000
_RULE = re.compile(r"=+|-{3,}")
_LABEL = re.compile(r"(?P<name>[A-Za-z][A-Za-z_ -]{1,24}):\s+(?P<value>\S.*)")
_LABELS = frozenset(
    ("title", "headline", "by", "author", "authors", "byline", "date", "published", "publication date",
     "updated", "modified", "source", "outlet", "publisher", "url", "link", "section", "category", "language",
     "id")
)  # fmt: skip
_CLOSING = re.compile(r"source\s*:\s*(?P<name>\S{1,200}|\S+(?: \S+){1,7})", re.IGNORECASE)
_SENTENCE_END = re.compile(r"(?<!\b[A-Z])[.:;,…]['\"’”)\]]*$")
_NAME_DATE = re.compile(r"(?<![A-Za-z0-9])(\d{4})([-_.]?)(\d{2})\2(\d{2})(?![A-Za-z0-9])")
_DATELINE = re.compile(
    r"[A-ZÀ-Þ][\w .,'’/-]{1,60}?,\s+(?P<date>[A-Z][a-z]{2,8}\.? \d{1,2}|\d{1,2} [A-Z][a-z]{2,8}\.?)"
    r"\s*(?:\([^()]{1,40}\)\s*)?[—–-]"
)
_PIECES = re.compile(r"\s+[|·•]\s+")
_FURTHEST = 60 * 86_400  # seconds by which a dateline may lie after its file's date: a late update, no more


def read_text(source: Source, mapping: Mapping[str, str]) -> Iterator[Draft | Rejection]:
    """The article of a text file. `mapping` has nothing to rename here."""
    text, guessed = decode(source.whole())
    fields = parse_text(text, source.name)
    if not fields["text"]:
        yield Rejection(source.shown, "", "no_text", "the file holds a headline at most, and no text")
        return
    yield Draft(fields, source.shown, "", source.origin)
    if guessed:
        yield Warned(source.shown, "", "encoding", f"not UTF-8: read as {guessed}")


def parse_text(text: str, name: str = "") -> dict[str, Any]:
    """The fields of a plain-text article; `name` is its file's, which may carry the date."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").strip("\n").split("\n")
    fields: dict[str, Any] = {}
    lines = _without_closing(lines, fields)
    lines = _without_front_matter(lines, fields)
    lines = _without_title(lines, fields)
    lines = _without_header(lines, fields)
    body = "\n".join(lines)
    fields["text"] = unwrap(markdown_to_text(body) if name.endswith(MARKDOWN) else body).strip()
    if "published" not in fields and (found := _dateline_date(fields["text"], name) or date_in_name(name)):
        fields |= {"published": found, "guessed": {"published": ""}}
    return fields


def date_in_name(name: str) -> Moment | None:
    """The day that a file name carries (`2026-03-03-harbour.txt`)."""
    for year, _, month, day in _NAME_DATE.findall(name):
        moment = parse_moment(f"{year}-{month}-{day}")
        if moment and 1500 <= moment.start.year <= 2200:
            return moment
    return None


def _without_closing(lines: list[str], fields: dict[str, Any]) -> list[str]:
    """Takes off a last line `Source: NAME`."""
    last = next((n for n in range(len(lines) - 1, -1, -1) if lines[n].strip()), 0)
    match = _CLOSING.fullmatch(lines[last].strip(" \t*_")) if last else None
    if not match:
        return lines
    name = match["name"].strip(" .*_")
    fields["url" if name.startswith(("http://", "https://")) else "source"] = name
    return lines[:last]


def _without_front_matter(lines: list[str], fields: dict[str, Any]) -> list[str]:
    """Takes off the block of YAML or TOML between two rules that Markdown files may open with."""
    rule = lines[0].strip()
    closing = _FRONT_MATTER.get(rule, ())
    end = next((n for n, line in enumerate(lines[1:_FRONT_LINES], 1) if line.strip() in closing), 0)
    if not end:
        return lines
    block = "\n".join(lines[1:end])
    said = _parsed(block, is_toml=rule == "+++") if len(block) < _LONGEST_FRONT else {}
    if not said:
        return lines
    found = article_fields({str(name): value for name, value in said.items()}, {})
    found.pop("text", None)
    for ours, value in found.items():
        fields.setdefault(ours, value)
    return lines[end + 1 :]


def _parsed(block: str, *, is_toml: bool) -> Mapping[Any, Any]:
    """What a front matter says; of one that is broken, the lines that can be read on their own."""
    import tomllib

    import yaml

    try:
        value = tomllib.loads(block) if is_toml else yaml.safe_load(block)
    except (tomllib.TOMLDecodeError, yaml.YAMLError, ValueError, RecursionError):
        value = None
    if isinstance(value, dict):
        return value
    labels = (_LABEL.fullmatch(line.strip()) for line in block.split("\n"))
    return {label["name"]: label["value"].strip("\"' ") for label in labels if label}


def _without_title(lines: list[str], fields: dict[str, Any]) -> list[str]:
    first = next((n for n, line in enumerate(lines) if line.strip()), len(lines))
    if first == len(lines):
        return []
    line, rest = lines[first].strip(), lines[first + 1 :]
    if len(line) > _LONGEST_HEADER:
        return lines[first:]
    heading = _HEADING.fullmatch(line)
    underlined = bool(rest) and len(rest[0].strip()) >= 3 and _RULE.fullmatch(rest[0].strip()) is not None
    if heading or underlined or _looks_like_title(line, rest):
        fields.setdefault("title", heading["title"] if heading else line.strip("*_ "))
        return rest[1:] if underlined else rest
    return lines[first:]


def _looks_like_title(line: str, rest: list[str]) -> bool:
    """Whether a first line is a headline: short, no sentence, and set off from what follows."""
    if len(line) > _LONGEST_TITLE or _SENTENCE_END.search(line) or not any(c.isalpha() for c in line):
        return False
    if _take_header(line, {}):
        return False
    follower = rest[0].strip() if rest else ""
    return any(other.strip() for other in rest) and (not follower or _take_header(follower, {}))


def _without_header(lines: list[str], fields: dict[str, Any]) -> list[str]:
    """Takes off byline, date and label lines right under the headline."""
    for n, line in enumerate(lines):
        line = line.strip().strip("*_")
        if line and (n >= _HEADER_LINES or not _take_header(line, fields)):
            return lines[n:]
    return []


def _take_header(line: str, fields: dict[str, Any]) -> bool:
    """Whether a line belongs to the header; if so its content is in `fields`."""
    if len(line) > _LONGEST_HEADER:
        return False
    if _take_label(line, fields):
        return True
    pieces = _PIECES.split(line)
    read = [(byline_names(piece), parse_date_line(piece)) for piece in pieces]
    if not all(names or any(dates) for names, dates in read):
        return False
    for names, (published, updated) in read:
        if names:
            fields.setdefault("authors", list(names))
        if published:
            fields.setdefault("published", published)
        if updated:
            fields.setdefault("updated", updated)
    return True


def _take_label(line: str, fields: dict[str, Any]) -> bool:
    """Whether a line is `Label: value` with a usual label; if so the value is in `fields`."""
    match = _LABEL.fullmatch(line)
    name = match["name"].lower() if match else ""
    ours = field_of("byline" if name == "by" else name) if name in _LABELS else None
    if not match or not ours or (ours in ("published", "updated") and not parse_moment(match["value"])):
        return False
    _set(fields, ours, match["value"])
    return True


def _set(fields: dict[str, Any], ours: str, value: str) -> None:
    """Sets a field that has no value yet; lists may be written as YAML does."""
    value = value.strip("\"' ")
    listed = [part.strip("\"' ") for part in value.strip("[]").split(",")]
    fields.setdefault(ours, listed if ours == "authors" else value)


def _dateline_date(text: str, name: str) -> Moment | None:
    """The date of `PORT ELLERY, March 3 (Wire) —`, if the file's name says of which year."""
    match = _DATELINE.match(text[:200])
    named = date_in_name(name)
    if not match or not named:
        return None
    year = named.start.year
    moments = (parse_moment(f"{match['date']} {y}" if match["date"][0].isdigit() else f"{match['date']}, {y}")
               for y in (year, year - 1))  # fmt: skip
    return next((m for m in moments if m and m.epoch <= named.epoch + _FURTHEST), None)
