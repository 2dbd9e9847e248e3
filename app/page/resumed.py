"""Kept answers as turns of the conversation again, held to the archive as it stands today.

A sentence is shown in the version that it was quoted from; where that is not in the archive any more, it is
withheld with the reason. It does not know where answers are kept (`app.keep`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from app.answer import Answer, Citation
from app.citing import Standing
from app.kept import Saved
from app.page.parts import count
from app.page.turn import Filters, Source, Turn
from ingest.archive_notices import Correction

if TYPE_CHECKING:
    from app.engine import Newsdesk

_GONE = "The article it was quoted from is not in the archive any more."


def resumed(desk: Newsdesk, saved: Saved, number: int) -> Turn:
    """The turn that an answer was, with this number in its conversation."""
    standing = {citation: desk.check(citation) for citation in saved.citations}
    answer = _held(saved.answer, standing)
    filters = Filters(saved.answer.as_of or "", saved.since, saved.until, saved.sources, saved.sections)
    cited = _sources(replace(saved, answer=answer).citations, standing)
    sources = (replace(source, corrections=_corrections(desk, source, answer)) for source in cited)
    return Turn(
        number=number,
        question=saved.question,
        filters=filters,
        state="done",
        hits=answer.hits,
        sentences=answer.sentences,
        sources=tuple(sources),
        answer=answer,
    )


def _held(answer: Answer, standing: Mapping[Citation, Standing]) -> Answer:
    """The answer with what still stands where it was quoted; the rest of it is withheld."""
    lost = {citation for citation, today in standing.items() if today.outcome in ("gone", "wrong")}
    stands = [sentence for sentence in answer.sentences if lost.isdisjoint(sentence.citations)]
    gone = [replace(s, verdict="unsupported", faults=(_GONE,)) for s in answer.sentences if s not in stands]
    direct = answer.direct if answer.direct and answer.direct.citation not in lost else None
    return replace(
        answer,
        direct=direct,
        sentences=tuple(stands),
        # What a note says of several reports is not said of some of them.
        notes=tuple(note for note in answer.notes if lost.isdisjoint(r.citation for r in note.readings)),
        withheld=(*answer.withheld, *gone),
        warning=" ".join(filter(None, (answer.warning, _changed(standing.values())))),
    )


def _changed(standing: Iterable[Standing]) -> str:
    """That articles have changed since they were quoted, in a sentence; nothing where none has."""
    changed = {today.cited.id for today in standing if today.outcome == "changed_since" and today.cited}
    if not changed:
        return ""
    verb, them = ("has", "it is") if len(changed) == 1 else ("have", "they are")
    return f"{count(len(changed), 'article')} cited here {verb} changed since: {them} shown as quoted then."


def _sources(citations: Iterable[Citation], standing: Mapping[Citation, Standing]) -> tuple[Source, ...]:
    """The cited articles in the order cited, in the versions that were quoted."""
    sources: dict[str, Source] = {}
    for citation in citations:
        article = standing[citation].cited
        assert article is not None
        citation.check(article)
        known = sources.get(article.id)
        sources[article.id] = Source(article, (*(known.citations if known else ()), citation))
    return tuple(sources.values())


def _corrections(desk: Newsdesk, source: Source, answer: Answer) -> tuple[Correction, ...]:
    """The notices on an article, those after the answer too, unless it was asked of a past day."""
    return desk.related(source.article.id, as_of=answer.as_of).corrections
