"""What a browser sends with a question, read strictly: everything in it may have been made up.

The page keeps no conversation on the server. The browser holds it and gives back, with each question, what
the earlier ones came to; so one reader's conversation cannot reach another.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.page.turn import Filters
from app.talk.converse import Exchange
from ingest.errors import UsageError

_EARLIER = 20
"""Exchanges that are read, the latest ones; a conversation may be longer."""

_LONGEST = 4_000
"""Characters read of each text of an exchange."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with its filters, its place in the conversation (from 1), and what came before.

    `id` and `conversation` are the browser's own names for the question and the conversation.
    """

    id: str
    conversation: str
    number: int
    question: str
    filters: Filters
    history: tuple[Exchange, ...] = ()

    @classmethod
    def from_json(cls, value: object) -> Asked:
        """Reads what `static/asking.js` sends; raises UsageError for anything else."""
        match value:
            case {
                "id": str(id_),
                "conversation": str(conversation),
                "number": int(number),
                "question": str(question),
                "filters": dict(filters),
                "history": list(history),
            } if len(id_) <= 64 and 1 <= number <= 100_000:
                earlier = tuple(_exchange(entry) for entry in history[-_EARLIER:])
                return cls(id_, conversation, number, _plain(question), _filters(filters), earlier)
        raise _not_ours()


def _filters(value: dict[object, object]) -> Filters:
    match value:
        case {
            "as_of": str(as_of),
            "since": str(since),
            "until": str(until),
            "sources": list(sources),
            "sections": list(sections),
            "writer": str(writer),
        }:
            dates = as_of.strip(), since.strip(), until.strip()
            return Filters(*dates, _names(sources), _names(sections), _clipped(writer))
    raise _not_ours()


def _exchange(value: object) -> Exchange:
    match value:
        case {
            "question": str(question),
            "understood": str(understood),
            "answer": str(answer),
            "sources": list(sources),
        }:
            return Exchange(_clipped(question), _clipped(understood), _clipped(answer), _names(sources))
    raise _not_ours()


def _names(values: Sequence[object]) -> tuple[str, ...]:
    return tuple(_clipped(name) for name in values if isinstance(name, str))


def _clipped(text: str) -> str:
    return _plain(text)[:_LONGEST]


def _plain(text: str) -> str:
    """JSON can carry halves of characters, which no archive can be asked for."""
    return text.encode(errors="replace").decode()


def _not_ours() -> UsageError:
    return UsageError("The page sent something that is no question: load it again.")
