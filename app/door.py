"""What Python callers hand in, checked before anything is done with it.

Says in one sentence of a `UsageError` what cannot be used, and gives back what was given in the one shape
that the engine works with; None stands for what was not given. Whether a text is a date, and an outlet is
in the archive, is known to `app.understand`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from os import PathLike
from typing import Any

from app.talk.converse import Exchange
from ingest.errors import UsageError

# Nobody names a day or an outlet in more characters, and error messages repeat what was given.
_LONGEST_DATE, _LONGEST_NAME = 100, 2_000
_DATES, _NAMES = ("as_of", "since", "until"), ("sources", "sections")


def words(value: object, name: str) -> str:
    """A text, however long."""
    if not isinstance(value, str):
        raise UsageError(f"`{name}` is {_kind(value)}: give a text.")
    return value


def optional_words(value: object, name: str) -> str | None:
    return None if value is None else words(value, name)


def address(value: object, name: str) -> str:
    """A text that names one thing, such as an id."""
    return _short(words(value, name), name, _LONGEST_NAME)


def number(value: object, name: str) -> int:
    """A whole number, whatever its size."""
    if not isinstance(value, int) or isinstance(value, bool):
        raise UsageError(f"`{name}` is {_kind(value)}: give a whole number.")
    return value


def texts(value: object, name: str) -> tuple[str, ...]:
    """Several texts in their order; nothing for None. One text alone is taken for a slip."""
    listed = _listed(value, name, "texts")
    for one in listed:
        if not isinstance(one, str):
            raise UsageError(f"One of `{name}` is {_kind(one)}: give texts.")
    return listed


def turns(value: object) -> tuple[str | Exchange, ...]:
    """The earlier questions of a conversation, as texts or exchanges."""
    listed = _listed(value, "history", "earlier questions")
    for turn in listed:
        told = (turn.question, turn.understood, turn.answer_text) if isinstance(turn, Exchange) else (turn,)
        if not all(isinstance(text, str) for text in told):
            raise UsageError(f"One of `history` is {_kind(turn)}: give questions as texts, or an `Exchange`.")
    return listed


def window(filters: Mapping[str, object]) -> dict[str, Any]:
    """The filters by their names, which are those of `app.engine.Filters`."""
    if unknown := filters.keys() - {*_DATES, *_NAMES}:
        raise UsageError(f"There is no filter `{min(unknown)}`; there are: {', '.join((*_DATES, *_NAMES))}.")
    dates = {name: day(filters[name], name) for name in _DATES if name in filters}
    named = {name: texts(filters[name], name) for name in _NAMES if name in filters}
    for name, asked in named.items():
        for one in asked:
            _short(one, name, _LONGEST_NAME)
    return dates | named


def day(value: object, name: str) -> str | date | None:
    """A date, or what may be the words for one; None for no limit."""
    if value is None or isinstance(value, date):
        return value
    if not isinstance(value, str):
        raise UsageError(f"`{name}` is {_kind(value)}: write it as 2026-03-14, or give a date.")
    return _short(value, name, _LONGEST_DATE)


def folder(value: object) -> None:
    """A path may be a text or an object that is one."""
    if value is not None and not isinstance(value, str | PathLike):
        raise UsageError(f"`home` is {_kind(value)}: give the path of a folder.")


def model(value: object) -> None:
    """A language model has a name, or looks like one of LlamaIndex's."""
    if value is not None and not isinstance(value, str) and not hasattr(value, "metadata"):
        raise UsageError(f"`llm` is {_kind(value)}: give the name of a model, or a LlamaIndex LLM.")


def _short(text: str, name: str, longest: int) -> str:
    if len(text) > longest:
        raise UsageError(f"`{name}` has a text of {len(text):,} characters: give at most {longest:,}.")
    return text


def _listed(value: object, name: str, of: str) -> tuple[Any, ...]:
    if value is None:
        return ()
    if isinstance(value, str | bytes | Mapping) or not isinstance(value, Iterable):
        raise UsageError(f"`{name}` is {_kind(value)}: give a list of {of}.")
    return tuple(value)


def _kind(value: object) -> str:
    """What a value is, for those who gave it: "one text", "a list"."""
    known = "None" if value is None else "one text" if isinstance(value, str) else ""
    name = type(value).__name__
    return known or f"{'an' if name[0] in 'aeiouAEIOU' else 'a'} {name}"
