"""How a citation made earlier stands today: still as cited, changed since, gone, or never true.

A saved answer, a copied citation or one from outside is compared with every version of the article that the
archive keeps, character for character. Where the article has changed, the text that was cited is still
there to be read. It does not make citations (`app.answer`), and nothing here is judged by likeness.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from app.answer import Citation
from app.locate import locate
from ingest.archive import Archive
from ingest.article import Article
from ingest.errors import UsageError
from ingest.sentences import Span

Outcome = Literal["as_cited", "changed_since", "gone", "wrong"]


@dataclass(frozen=True, slots=True)
class Standing:
    """What became of a citation, in `text` told to readers in a sentence.

    "as_cited": the current version says it, there. "changed_since": an older version does; `cited` is that
    version, and `place` is where the words stand in `current`, if they still do. "gone": there is no such
    article. "wrong": no version of it ever said that, there.
    """

    outcome: Outcome
    text: str
    cited: Article | None = None
    current: Article | None = None
    place: Span | None = None

    def to_json(self) -> dict[str, Any]:
        return {
            "outcome": self.outcome,
            "text": self.text,
            "cited_version": self.cited.version if self.cited else None,
            "current_version": self.current.version if self.current else None,
            "place": list(self.place) if self.place else None,
        }


def standing(archive: Archive, citation: Citation) -> Standing:
    """Compares a citation with the versions of its article; raises nothing for one that is not true."""
    # In this order: an article that is replaced in between has changed, and not back in time.
    cited = archive.article_with(citation.article_id, citation.content_hash)
    current = archive.article(citation.article_id)
    if current is None:
        return Standing("gone", f"There is no article {citation.article_id} in this archive.")
    if cited is None:
        told = f"No version of article {current.id} that is kept here is the one that was cited."
        return Standing("wrong", told, current=current)
    if not citation.stands_in(cited):
        told = (
            f"Version {cited.version} of article {current.id} does not have the quoted words as its "
            f"characters {citation.start} to {citation.end}."
        )
        return Standing("wrong", told, cited, current)
    if cited.version == current.version:
        at = (citation.start, citation.end)
        return Standing("as_cited", "The article stands as it was cited.", cited, current, at)
    place = locate(citation.quote, current.text, near=citation.start)
    return Standing("changed_since", _changed(cited, current, place), cited, current, place)


def version_of(archive: Archive, current: Article, version: int) -> Article:
    """A version of an article that is in the archive; raises UsageError when there is no such version."""
    found = archive.article(current.id, version) if 1 <= version <= current.version else None
    if found is None:
        # Versions are counted from 1, and none is ever taken out.
        kept = f"versions 1 to {current.version}" if current.version > 1 else "only version 1"
        raise UsageError(f"Article {current.id} has no version {version}: it has {kept}.")
    return found


def _changed(cited: Article, current: Article, place: Span | None) -> str:
    when = f" of {str(cited.published)[:10]}" if cited.published else ""
    still = "still stand there" if place else "no longer stand there"
    return (
        f"The article has changed since: version {cited.version}{when} is cited, version {current.version} "
        f"is current; the quoted words {still}."
    )
