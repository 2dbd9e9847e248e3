"""SGML of the Reuters-21578 kind: many wire stories in one file, read one after the other.

Knows the marks of that collection and its control characters. Alerts that are a headline only are rejected.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import takewhile

from ingest.article import Draft, Rejection, Warned
from ingest.limits import in_mb, limits
from ingest.read.prose import with_dateline
from ingest.read.source import Refused, Source, decode
from ingest.tidy import unescaped

SUFFIXES = (".sgm", ".sgml")

_OUTLET = "Reuters"
_START = re.compile(r"\s*(?:<!DOCTYPE\s+lewis[^>]{0,200}>\s*)?<REUTERS\b", re.IGNORECASE)
_HEADLINE_LINES = 3
_FED = 1 << 18  # bytes read at a time
_OPEN, _CLOSE = b"<REUTERS", b"</REUTERS>"
_ATTRIBUTE = re.compile(r"(\w{1,40})\s*=\s*\"([^\"]{0,200})\"")
_CONTROL = re.compile(r"&#(?:\d|[12]\d|3[01]|127);")
_SIGNED = re.compile(r"(?:^|\s)reuters?\s*$", re.IGNORECASE)
_PARAGRAPH = re.compile(r"\n(?=[ \t]{2,}\S)|\n[ \t]*\n")
_COLUMNS = re.compile(r"\S {3,}\S")
_DATE = re.compile(r"\d{1,2}-[A-Za-z]{3}-\d{4}(?: \d\d:\d\d:\d\d)?")


def looks_like_reuters(head: str) -> bool:
    return _START.match(head) is not None


def read_reuters(source: Source, mapping: Mapping[str, str]) -> Iterator[Draft | Rejection]:
    """The stories of a file, in their order. `mapping` has nothing to rename here."""
    guessed: set[str] = set()
    number = 0
    try:
        for number, data in enumerate(_stories(source), 1):
            text, guess = decode(data)
            guessed |= {guess} if guess else set()
            yield _read_story(text, source.shown, f"story {number}")
    except Refused as refused:
        rest = f"from story {number + 1} on: {refused.reason}"
        yield Rejection(source.shown, f"story {number + 1}", refused.code, rest)
    else:
        if not number:
            raise Refused("no_items", "the file holds no stories")
    if guessed:
        yield Warned(source.shown, "", "encoding", f"not UTF-8: read as {', '.join(sorted(guessed))}")


def _stories(source: Source) -> Iterator[bytes]:
    """Each story between its marks, held one at a time; raises `Refused` for one that never ends."""
    most = limits().article
    with source.open() as stream:
        buffer, searched = b"", 0
        while data := stream.read(_FED):
            buffer += data
            while (end := buffer.find(_CLOSE, searched)) >= 0:
                start = buffer.find(_OPEN, 0, end)
                if start >= 0:
                    yield buffer[start:end]
                buffer, searched = buffer[end + len(_CLOSE) :], 0
            searched = max(len(buffer) - len(_CLOSE), 0)
            if len(buffer) > most + _FED:
                raise Refused("too_large", f"the story is longer than {in_mb(most)}")
    if _OPEN in buffer:
        raise Refused("truncated", "the file ends in the middle of a story")


def _read_story(story: str, path: str, where: str) -> Draft | Rejection:
    head, _, inner = story.partition(">")
    marks = {name.upper(): value for name, value in _ATTRIBUTE.findall(head)}
    title, body = _line(_part(inner, "TITLE")), _paragraphs(_part(inner, "BODY"))
    if not title and not body:
        title, body = _unmarked(_part(inner, "TEXT"))
    if not body:
        return Rejection(path, where, "no_text", f"an alert without a text: {title[:80] or 'no headline'}")
    dateline = _line(_part(inner, "DATELINE"))
    fields = {
        "id": _id(marks),
        "title": title,
        "text": with_dateline(body, dateline),
        "place": dateline,
        "source": _OUTLET,
        "authors": [author] if (author := _line(_part(inner, "AUTHOR"))) else [],
        "published": _date(_part(inner, "DATE")),
        "section": _line(_part(_part(inner, "TOPICS"), "D")),
    }
    return Draft({name: value for name, value in fields.items() if value}, path, where)


def _part(text: str, name: str) -> str:
    """What stands between the marks of one name, "" where one of them is missing."""
    opening = re.search(rf"<{name}\b[^<>]{{0,300}}>", text)
    closing = text.find(f"</{name}>", opening.end()) if opening else -1
    return text[opening.end() : closing] if opening and closing >= 0 else ""


def _plain(text: str) -> str:
    return unescaped(_CONTROL.sub("", text))


def _line(text: str) -> str:
    return " ".join(_plain(text).split())


def _paragraphs(text: str) -> str:
    """A wire text whose paragraphs are indented, without its signature; columns of figures stay lines."""
    parts = _PARAGRAPH.split(_SIGNED.sub("", _plain(text).rstrip()))
    joined = (("\n" if _COLUMNS.search(part.strip()) else " ").join(_lines(part)) for part in parts)
    return "\n\n".join(part for part in joined if part)


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.split("\n") if line.strip()]


def _unmarked(text: str) -> tuple[str, str]:
    """The headline and the text of a story in which neither is marked: the headline is in capitals."""
    lines = _lines(_plain(text))
    headline = list(takewhile(str.isupper, lines))[:_HEADLINE_LINES]
    rest = _plain(text).strip().split("\n", len(headline))[len(headline) :]
    return " ".join(headline), _paragraphs("\n".join(rest))


def _id(marks: Mapping[str, str]) -> str:
    numbers = [marks[name] for name in ("OLDID", "NEWID") if marks.get(name)]
    return f"reuters:{':'.join(numbers)}" if numbers else ""


def _date(text: str) -> str:
    """The date of `26-FEB-1987 15:01:01.79`, without the fraction and whatever line noise surrounds it."""
    found = _DATE.search(_line(text))
    return found[0] if found else _line(text)
