"""JSON from strangers, one document or one per line: parsed without harm, what is wrong said plainly.

For the news formats that are JSON; records under names of anyone's choice are read by `ingest.read.records`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Any, NoReturn

from ingest.limits import in_mb, limits
from ingest.read.source import Refused, Source, decode

_LONGEST_NUMBER = 4_000  # digits; longer ones cost quadratic time and count nothing


class Repeated(dict[str, Any]):
    """An object that says one of its names twice; the last one counts, as in most programs."""


def parse_json(text: str) -> Any:
    """The value of a JSON text; raises `Refused`."""
    try:
        value = json.loads(text, object_pairs_hook=_object, parse_constant=_no_number, parse_int=_integer)
    except json.JSONDecodeError as error:
        raise Refused("broken_json", f"not valid JSON: {error.msg} at character {error.pos + 1}") from error
    except RecursionError as error:
        raise Refused("too_deep", "the JSON is nested too deeply") from error
    _check_depth(value)
    return value


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


def _check_depth(value: Any) -> None:
    deepest, level, here = limits().depth, 0, [value]
    while here:
        level += 1
        if level > deepest + 1:
            raise Refused("too_deep", f"the JSON is nested more than {deepest} deep")
        here = [
            inner
            for outer in here
            if isinstance(outer, dict | list)
            for inner in (outer.values() if isinstance(outer, dict) else outer)
        ]


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    return found if len(found) == len(pairs) else Repeated(found)


def _no_number(what: str) -> NoReturn:
    raise Refused("broken_json", f"not valid JSON: {what} is no value")


def _integer(digits: str) -> int:
    if len(digits) > _LONGEST_NUMBER:
        raise Refused("broken_json", f"not valid JSON: a number of {len(digits):,} digits")
    return int(digits)
