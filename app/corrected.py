"""What an answer cites that does not stand as it was given: its articles changed, or were corrected.

Every citation of every kept answer is compared with the archive as it is now (`app.citing`), and with the
notices of correction that the archive has linked to the cited article (`ingest.corrections`). A notice need
not mean the very words that were cited. It does not change what was kept.

An answer that is being given gets a note of each notice of another article that speaks of a sentence which
it quotes, and no short form that such a notice takes back.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from app.answer import Answer, Citation, Direct, Note, Reading
from app.citing import Standing, standing
from app.kept import Saved
from app.related import related_to
from app.story.correct import corrections
from app.story.readings import origin
from app.words import content_words, stem, stems_of
from ingest.archive import Archive
from ingest.archive_notices import Correction
from ingest.article import Article, Moment
from ingest.sentences import sentence_spans

# A notice speaks of a sentence with which it shares so many words.
_SHARED = 3
# So much of a notice is told in a note, in characters.
_TOLD = 300


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


def annotated(answer: Answer, archive: Archive, as_of: Moment | None) -> Answer:
    """The answer with the notices of that day on what it quotes."""
    told = {reading.citation.article_id for note in answer.notes for reading in note.readings}
    notes: dict[Reading, Note] = {}
    doubted: set[str] = set()
    for citation in dict.fromkeys(citation for s in answer.sentences for citation in s.citations):
        for notice, article in _notices_on(citation, archive, as_of):
            if article.id not in told:
                note = _note(notice, article)
                notes.setdefault(note.readings[0], note)
                doubted |= {citation.article_id, article.id if _is_verdict(answer.direct) else ""}
    if not notes:
        return answer
    direct = None if answer.direct and answer.direct.citation.article_id in doubted else answer.direct
    return replace(answer, notes=(*notes.values(), *answer.notes), direct=direct)


def _is_verdict(direct: Direct | None) -> bool:
    """Whether it is a yes or no, which a notice that tells what was said can seem to give."""
    return direct is not None and direct.text in ("Yes", "No")


def _notices_on(
    citation: Citation, archive: Archive, as_of: Moment | None
) -> Iterator[tuple[Correction, Article]]:
    """The notices in other articles that speak of a cited sentence, with their articles."""
    for notice in related_to(archive, citation.article_id, as_of).corrections:
        if notice.is_message or notice.article_id == citation.article_id:
            continue
        article = archive.article(notice.article_id, notice.version)
        if article and _speaks_of(notice, article, citation.quote):
            yield notice, article


def _speaks_of(notice: Correction, article: Article, sentence: str) -> bool:
    """Whether a notice shares words with a sentence, and a withdrawn value where it names one."""
    withdrawn = [c.wrong_text for c in corrections(article) if notice.start <= c.wrong[0] < notice.end]
    if withdrawn and not any(stems_of(value) <= stems_of(sentence) for value in withdrawn):
        return False
    return len(set(map(stem, content_words(notice.text))) & stems_of(sentence)) >= _SHARED


def _note(notice: Correction, article: Article) -> Note:
    """The beginning of a notice, in whole sentences, as a note."""
    ends = [end for _, end in sentence_spans(notice.text)] or [len(notice.text)]
    end = notice.start + max((e for e in ends if e <= _TOLD), default=ends[0])
    citation = Citation.of(article, notice.start, end)
    reading = Reading(citation.quote, citation, article.source, article.published)
    told = " ".join(citation.quote.split())
    return Note("correction", f"What is quoted was corrected: “{told}” ({origin(reading)}).", (reading,))
