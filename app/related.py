"""What the archive knows of an article beside its text: who else printed it, and what corrects it.

As of a day, nothing published later is told: neither a reprint nor a notice.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.answer import Reprint
from ingest.archive import Archive
from ingest.archive_notices import Correction
from ingest.article import Article, Moment
from ingest.lexical import Window


@dataclass(frozen=True, slots=True)
class Related:
    """`reprints`: the other articles of the story, the originator first; `corrections`: notices on it."""

    reprints: tuple[Reprint, ...] = ()
    corrections: tuple[Correction, ...] = ()


NOTHING = Related()


def related_to(archive: Archive, article_id: str, as_of: Moment | None = None) -> Related:
    """What was known of an article on that day; nothing of one that is not there."""

    window = Window(as_of=as_of.last if as_of else None)

    def seen(id_: str) -> Article | None:
        article = archive.article(id_)
        return article if article and window.admits(article.published, article.source, "") else None

    others = (seen(id_) for id_ in archive.story(article_id) if id_ != article_id)
    notices = archive.corrections_of([article_id]).get(article_id, ())
    return Related(
        tuple(Reprint(a.id, a.title, a.source, a.published) for a in others if a),
        tuple(notice for notice in notices if seen(notice.article_id) and _came(notice, as_of)),
    )


def _came(notice: Correction, as_of: Moment | None) -> bool:
    """Whether a provider's message had come by then; what stands in an article is as old as that."""
    return as_of is None or notice.when is None or notice.when.epoch <= as_of.last
