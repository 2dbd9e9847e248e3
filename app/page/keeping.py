"""Keeping what is asked: each finished answer, for the browser that asked, and what its reader thought of it.
A kept conversation is gone on with where it ended.

The page's side of `app.keep`. A question is answered whether or not it can be kept: what goes wrong here is
logged, and the answer simply has no thumbs.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from dataclasses import asdict
from functools import cached_property
from typing import TYPE_CHECKING, Any

import gradio as gr

from app.export import copied
from app.keep import Keep
from app.kept import Saved
from app.page.pieces import pieces
from app.page.readers import reader_of
from app.page.resumed import resumed
from app.page.turn import Turn
from ingest.errors import NewsdeskError, UsageError

if TYPE_CHECKING:
    from app.engine import Newsdesk

logger = logging.getLogger(__name__)

_CONVERSATION = re.compile(r"[\w-]{8,64}", re.ASCII)


class Keeping:
    """Keeps the answers of one open archive."""

    def __init__(self, desk: Newsdesk) -> None:
        self._desk = desk

    @cached_property
    def _keep(self) -> Keep:
        return Keep(self._desk.status().home)

    def keep(self, request: gr.Request | None, conversation: str, turn: Turn) -> str:
        """Keeps a finished turn at its place in the conversation; its id there, "" where it is not kept."""
        reader = reader_of(request)
        if turn.answer is None or not reader or not _CONVERSATION.fullmatch(conversation):
            return ""
        filters = turn.filters
        saved = Saved.of(
            turn.question,
            turn.answer,
            [source.article for source in turn.sources],
            since=filters.since,
            until=filters.until,
            sources=filters.sources,
            sections=filters.sections,
        )
        try:
            self._keep.save(reader, conversation, saved, at=turn.number - 1)
        except NewsdeskError as error:
            logger.warning("Not kept: %s", error)
            return ""
        return saved.id

    def functions(self) -> list[Callable[..., Any]]:
        """What `static/keeping.js` asks the server: `judge`, `copied` and `resumed`."""

        def judge(given: object, request: gr.Request) -> dict[str, Any]:
            return _told(lambda: {"text": self._judge(given, request)})

        def copied(given: object, request: gr.Request) -> dict[str, Any]:
            return _told(lambda: {"text": self._copied(given, request)})

        def resumed(given: object, request: gr.Request) -> dict[str, Any]:
            return _told(lambda: {"turns": self._resumed(given, request)})

        return [judge, copied, resumed]

    def _judge(self, given: object, request: gr.Request) -> str:
        match given:
            case {"answer": str(id_), "thumb": "" | "up" | "down" as thumb, "reason": str(reason)}:
                self._keep.judge(reader_of(request), id_, thumb, reason)
                return str(thumb)
        raise _not_ours()

    def _copied(self, given: object, request: gr.Request) -> str:
        match given:
            case {"answer": str(id_), "form": "markdown" | "footnotes" | "plain" as form}:
                return copied(self._keep.answer(reader_of(request), id_), form)
        raise _not_ours()

    def _resumed(self, given: object, request: gr.Request) -> list[dict[str, Any]]:
        """A conversation as `static/turns.js` holds it: its turns, with what each was held to."""
        match given:
            case {"conversation": str(id_)}:
                kept = self._keep.conversation(reader_of(request), id_)
                return [self._turn(saved, number) for number, saved in enumerate(kept.answers, 1)]
        raise _not_ours()

    def _turn(self, saved: Saved, number: int) -> dict[str, Any]:
        turn = resumed(self._desk, saved, number)
        judged = {"thumb": saved.thumb, "reason": saved.reason}
        limits = {**asdict(turn.filters), "as_of": turn.filters.as_of[:10]}
        return {
            "asked": saved.question,
            "limits": limits,
            "pieces": pieces(saved.id, turn, saved.id) | judged,
        }


def _told(done: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """What came of it, or the sentence that says what was wrong."""
    try:
        return done()
    except NewsdeskError as error:
        return {"problem": str(error)}
    except Exception:
        logger.exception("What was kept could not be read or changed")
        return {"problem": "This could not be done: the server's log says why."}


def _not_ours() -> UsageError:
    return UsageError("The page sent something that cannot be read: load it again.")
