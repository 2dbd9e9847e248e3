"""Kept answers that no longer stand as they were given: their articles changed, or were corrected.

Every citation of every kept answer is compared with the archive as it is now (`app.citing`), and with the
notices of correction that the archive has linked to the cited article (`ingest.corrections`). A notice need
not mean the very words that were cited. It does not change what was kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from app.answer import Citation
from app.citing import Standing, standing
from app.kept import Saved
from ingest.archive import Archive
from ingest.archive_notices import Correction
from ingest.article import Moment


@dataclass(frozen=True, slots=True)
class Changed:
    """A citation of a kept answer that is not as it was: by its standing today, or by a notice."""

    conversation: str
    saved: Saved
    citation: Citation
    standing: Standing
    correction: Correction | None = None

    def to_json(self) -> dict[str, Any]:
        return {
            "conversation": self.conversation,
            "answer_id": self.saved.id,
            "question": self.saved.question,
            "asked": str(Moment(int(self.saved.asked), "second")),
            "citation": self.citation.to_json(),
            "standing": self.standing.to_json(),
            "correction": self.correction.to_json() if self.correction else None,
        }


def changed(archive: Archive, kept: Sequence[tuple[str, Saved]]) -> list[Changed]:
    """The citations of kept answers (with the names of their conversations) that have changed, in order."""
    cited = {citation for _, saved in kept for citation in saved.citations}
    today = {citation: standing(archive, citation) for citation in cited}
    notices = archive.corrections_of(citation.article_id for citation in cited)
    found = []
    for name, saved in kept:
        for citation in saved.citations:
            now = today[citation]
            notice = _later(saved, now, notices.get(citation.article_id, ()))
            if notice or now.outcome != "as_cited":
                found.append(Changed(name, saved, citation, now, notice))
    return found


def _later(saved: Saved, today: Standing, notices: Iterable[Correction]) -> Correction | None:
    """The first notice that the answer does not cite and that its article did not have yet."""
    known = {citation.article_id for citation in saved.citations}
    article = today.cited
    for notice in notices:
        is_own = article is not None and notice.article_id == article.id
        had_it = (
            article is not None and is_own and not notice.is_message and notice.version <= article.version
        )
        if not had_it and (is_own or notice.article_id not in known):
            return notice
    return None
