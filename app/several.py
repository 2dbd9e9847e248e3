"""Questions that ask several things at once: "How long is the bridge, and who built it?"

Each thing is asked for itself; here the question is cut, and the answers are put together. What is asked of
several outlets or dates is another matter (`app.hints.parts`).
"""

from __future__ import annotations

import re
from collections.abc import Generator, Iterable, Iterator
from dataclasses import replace

from app.answer import Answer, Note, Sentence, best_of_each
from app.words import content_words

_ASKS = (
    r"(?:who|whom|whose|what|which|when|where|why|how|is|are|was|were|do|does|did|has|have|had|can|could|will|"
    r"would|should)\b"
)
_ASKING = re.compile(_ASKS, re.IGNORECASE)
_AND = re.compile(r"\s*[,;?]?\s+and\s+(?=(?:who|whom|whose|what|which|when|where|why|how)\b)", re.IGNORECASE)


def parts_asked(question: str) -> list[str]:
    """The things that a question asks at once ("How long is it, and who built it?"); nothing for one."""
    parts = [part.strip() for part in _AND.split(question)]
    if len(parts) < 2 or not all(_ASKING.match(part) and content_words(part) for part in parts):
        return []
    return [f"{part[0].upper()}{part[1:].rstrip('?!. ')}?" for part in parts]


def in_parts(whole: Answer, streams: Iterable[Iterator[object]]) -> Generator[Sentence, None, Answer]:
    """The answer to a question that asks several things, by the answers to each.

    Says which of them is not covered. Where the whole was refused and a part was not, yields the sentences of
    that part and returns them as the answer.
    """
    told = [event for stream in streams for event in stream if isinstance(event, Answer)]
    given = [answer for answer in told if not answer.abstained]
    if not given or (len(given) == len(told) and not whole.abstained):
        return whole
    notes = tuple(_uncovered(answer) for answer in told if answer.abstained)
    if not whole.abstained:
        return replace(whole, notes=(*whole.notes, *notes))
    sentences = tuple(dict.fromkeys(sentence for answer in given for sentence in answer.sentences))
    yield from sentences
    return replace(
        given[0],
        question=whole.question,
        understood=whole.understood,
        sentences=sentences,
        hits=best_of_each(hit for answer in given for hit in answer.hits),
        direct=given[0].direct if len(given) == 1 else None,
        notes=(*dict.fromkeys(note for answer in given for note in answer.notes), *notes),
        withheld=tuple(sentence for answer in given for sentence in answer.withheld),
        seconds=whole.seconds + sum(answer.seconds for answer in told),
    )


def _uncovered(answer: Answer) -> Note:
    return Note("partial", f"Nothing close enough was found on “{answer.understood}”.")
