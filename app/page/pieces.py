"""A turn as the pieces that the browser puts together: names to HTML, ready to be sent as differences.

Each sentence and each card is a piece of its own, so that what goes over the wire for one more sentence is
that sentence, however long the conversation is. The browser's half is `static/turns.js`.
"""

from __future__ import annotations

from typing import Any

from app.page import evidence, said
from app.page.text import safe
from app.page.turn import Turn, exchange_of

Pieces = dict[str, Any]


def pieces(id_: str, now: Turn, kept: str = "") -> Pieces:
    """`id_` is the browser's own name for the question, `kept` that of the answer where it was kept.

    `exchange` is what the browser gives back with a follow-up.
    """
    done = now.state == "done"
    return {
        "id": id_,
        "number": now.number,
        "state": now.state,
        "question": said.question(now),
        "scope": said.scope(now),
        "short": said.short(now) or said.refusal(now),
        "said": said.runs(now),
        "beside": said.beside(now),
        "problem": safe(now.problem),
        "progress": "" if done else said.progress(now),
        "summary": said.summary(now) if done else "",
        "title": evidence.title(now),
        "cards": evidence.cards(now),
        "exchange": _exchange(now),
        "kept": kept,
    }


def _exchange(now: Turn) -> dict[str, Any] | None:
    if now.answer is None:
        return None
    told = exchange_of(now.question, now.answer)
    return {
        "question": told.question,
        "understood": told.understood,
        "answer": told.answer_text,
        "sources": list(told.sources),
    }
