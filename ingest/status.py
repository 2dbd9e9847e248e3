"""What an archive holds, in numbers: read from the archive alone, without any index or model."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ingest.archive import FILE, Archive
from ingest.article import Moment
from ingest.prompts import name_in
from ingest.sections import counted


@dataclass(frozen=True, slots=True)
class Status:
    """`vectors` counts passages findable by meaning; `outlets` and `sections` are (name, articles),
    largest first.

    `stories` are those that several articles print, `reprints` the articles that print one again;
    `corrections` are notices linked to the article they correct.
    """

    home: str
    embedder: str
    articles: int = 0
    versions: int = 0
    passages: int = 0
    vectors: int = 0
    rejected: int = 0
    undated: int = 0
    stories: int = 0
    reprints: int = 0
    corrections: int = 0
    outlets: tuple[tuple[str, int], ...] = ()
    sections: tuple[tuple[str, int], ...] = ()
    first: Moment | None = None
    last: Moment | None = None

    def to_json(self) -> dict[str, Any]:
        return {
            "home": self.home,
            "embedder": self.embedder or None,
            "articles": self.articles,
            "versions": self.versions,
            "passages": self.passages,
            "vectors": self.vectors,
            "rejected": self.rejected,
            "undated": self.undated,
            "stories": self.stories,
            "reprints": self.reprints,
            "corrections": self.corrections,
            "outlets": [{"source": name, "articles": n} for name, n in self.outlets],
            "sections": [{"section": name, "articles": n} for name, n in self.sections],
            "first": str(self.first) if self.first else None,
            "last": str(self.last) if self.last else None,
        }


def status_of(archive: Archive) -> Status:
    counts, outlines = archive.counts(), archive.outlines()
    outlets = Counter(outline.source for outline in outlines if outline.source)
    stories, reprints = archive.count_stories()
    dated = [outline.published for outline in outlines if outline.published]
    return Status(
        home=str(archive.home),
        embedder=name_in(archive.remembered("identity") or ""),
        articles=counts.articles,
        versions=counts.versions,
        passages=counts.passages,
        vectors=counts.vectors,
        rejected=counts.rejected,
        undated=counts.articles - len(dated),
        stories=stories,
        reprints=reprints,
        corrections=archive.count_notices()[1],
        outlets=tuple(sorted(outlets.items(), key=lambda pair: (-pair[1], pair[0]))),
        sections=tuple(counted(outline.section for outline in outlines)),
        first=min(dated, key=lambda m: m.epoch, default=None),
        last=max(dated, key=lambda m: m.last, default=None),
    )


def status_at(home: Path) -> Status:
    """The status of a home folder, which need not hold an archive; makes nothing."""
    if not (home / FILE).is_file():
        return Status(str(home), "")
    archive = Archive(home)
    try:
        return status_of(archive)
    finally:
        archive.close()
