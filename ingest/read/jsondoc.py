"""JSON from strangers, one document or one per line: parsed without harm, what is wrong said plainly.

Knows JSON and the limits of what it may hold; what the values mean is known to the readers.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Any

from ingest.limits import in_mb, limits
from ingest.read.source import Refused, Source, decode

_LONGEST_NUMBER = 4_000  # digits; longer ones cost quadratic time and count nothing


class Repeated(dict[str, Any]):
    """An object that says one of its names twice; the last one counts, as in most programs."""


@dataclass(frozen=True, slots=True)
class NoJson:
    """What is written where a value should be, and is none: NaN, or a number of thousands of digits."""

    what: str


def parse_json(text: str) -> Any:
    """The value of a JSON text that holds nothing it should not; raises `Refused`."""
    value = decoded(text)
    if flaw := flaw_in(value):
        raise Refused(*flaw)
    return value


def decoded(text: str) -> Any:
    """The value of a JSON text, whatever it holds (see `flaw_in`); raises `Refused` for what is no JSON."""
    try:
        return DECODER.decode(text)
    except json.JSONDecodeError as error:
        what = error.msg.removesuffix(" at")
        raise Refused("broken_json", f"not valid JSON: {what} at character {error.pos + 1}") from error
    except RecursionError as error:
        raise Refused(*TOO_DEEP) from error


def flaw_in(value: Any) -> tuple[str, str] | None:
    """What no value may hold, as a code and a reason."""
    deepest = limits().depth
    level: list[Any] = [[value]]
    for _ in range(deepest + 1):
        inner: list[Any] = []
        for container in level:
            for part in container.values() if isinstance(container, dict) else container:
                if isinstance(part, dict | list):
                    inner.append(part)
                elif isinstance(part, NoJson):
                    return "broken_json", f"not valid JSON: {part.what}, which is no value"
        if not inner:
            return None
        level = inner
    return "too_deep", f"it is nested more than {deepest} levels deep"


@dataclass(frozen=True, slots=True)
class Document:
    """A JSON value with its place in a file, and the encoding that had to be guessed for it.

    The value is a `Refused` where a line cannot be read.
    """

    where: str
    value: Any
    guessed: str | None


def documents(source: Source) -> Iterator[Document]:
    """The documents of a file: it holds one, a list of them, or one on each line."""
    most = limits().file
    with source.open() as stream:
        first, second = stream.readline(most + 1), stream.readline(most + 1)
        if second.strip() and isinstance((opening := _on_line(first, 1)).value, dict):
            yield opening
            for number, line in enumerate(chain([second], iter(lambda: stream.readline(most + 1), b"")), 2):
                if len(line) > most:
                    raise Refused("too_large", f"from line {number} on: longer than {in_mb(most)}")
                if line.strip():
                    yield _on_line(line, number)
            return
        data = first + second + stream.read(most + 1)
    if len(data) > most:
        raise Refused("too_large", f"the file is larger than {in_mb(most)}")
    text, guessed = decode(data)
    value = parse_json(text)
    if isinstance(value, list):
        yield from (Document(f"record {number}", one, guessed) for number, one in enumerate(value, 1))
    else:
        yield Document("", value, guessed)


def _on_line(line: bytes, number: int) -> Document:
    text, guessed = decode(line)
    try:
        return Document(f"line {number}", parse_json(text), guessed)
    except Refused as refused:
        return Document(f"line {number}", refused, guessed)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    return found if len(found) == len(pairs) else Repeated(found)


def _integer(digits: str) -> int | NoJson:
    return int(digits) if len(digits) <= _LONGEST_NUMBER else NoJson(f"a number of {len(digits):,} digits")


DECODER = json.JSONDecoder(object_pairs_hook=_object, parse_constant=NoJson, parse_int=_integer)
TOO_DEEP = "too_deep", "the JSON is nested too deeply"
