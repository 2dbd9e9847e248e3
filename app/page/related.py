"""What the archive knows of an article beside its text: who else carries it, and what corrects it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ingest.archive import FILE, Archive
from ingest.article import Article


@dataclass(frozen=True, slots=True)
class Related:
    """`reprints` are the other outlets with the same report, `corrections` the words of notices on it."""

    reprints: tuple[str, ...] = ()
    corrections: tuple[str, ...] = ()


NOTHING = Related()


def related_to(home: str, articles: Sequence[Article]) -> dict[str, Related]:
    """Article id → what the archive in `home` knows; nothing of a home without an archive."""
    if not articles or not home or not (Path(home) / FILE).is_file():
        return {}
    archive = Archive(Path(home))
    try:
        notices = archive.corrections_of(article.id for article in articles)
        return {
            article.id: Related(
                _outlets(archive, article), tuple(notice.text for notice in notices.get(article.id, ()))
            )
            for article in articles
        }
    finally:
        archive.close()


def _outlets(archive: Archive, article: Article) -> tuple[str, ...]:
    told = (archive.article(id_) for id_ in archive.story(article.id) if id_ != article.id)
    names = dict.fromkeys(other.source for other in told if other and other.source)
    return tuple(name for name in names if name != article.source)
