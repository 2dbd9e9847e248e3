"""Stories: the articles that print one report, and which of them it came from.

Follows the archive's log as the indexes do, each batch in one transaction, so that an interrupted ingest goes
on where it stopped and an archive from before is caught up with. Two articles are joined when one was made
from the other (`ingest.duplicates`); a story is whatever is joined, directly or by others between. Its
originator is the agency that the others credit, else the article published first.

Knows outlets and dates. Does not know how text is compared, nor how the archive keeps what it is told.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType

from ingest.agencies import agency_named, agency_of
from ingest.archive import Archive
from ingest.archive_stories import Member
from ingest.article import Article
from ingest.derived import Derived, Version
from ingest.duplicates import FORMAT, Likeness, Sketch, Wording, is_series

_NOTE = "stories"
_AT_ONCE = 1_000
# A shingle in so many sketches is a phrase: it says nothing more about who copied whom.
_COMMON = 16
# Wording in common, as the sketches estimate it, from which two texts are laid side by side.
_WORTH = 0.3
# The share of the shorter text that must stand in the other. An outlet repeats its own background, other
# outlets have it from one source.
_COPIED, _COPIED_AT_HOME = 0.5, 0.72
_OPENING, _OTHER_OPENING = 0.15, 0.4
# The share of the headlines that the common wording must tell, unless they are alike; more at home, where
# error pages and captions are the same, and most where there is hardly more than a caption.
_TOLD, _TOLD_AT_HOME, _TOLD_BRIEFLY = 0.15, 0.35, 0.7
_ALIKE, _BRIEF, _NO_ERROR_PAGE = 0.5, 120, 200
# Copies are printed within days. Later, only the very same text is one: next year's is another report.
_DAYS, _SAME = 10, 0.9


def pending(archive: Archive) -> int:
    """How many changes of the log the stories have not followed yet."""
    return archive.last_change() - _applied(archive)


def catch_up(
    archive: Archive,
    progress: Callable[[int], None] = lambda done: None,
    made: Mapping[Version, Derived] = MappingProxyType({}),
) -> None:
    """Brings the stories level with the archive; sketches that are `made` need not be made."""
    with archive.transaction():
        if _format(archive) != FORMAT:
            archive.forget_stories()
            _note(archive, 0)
    wordings = _Wordings(archive, made)
    while changes := archive.changes_after(_applied(archive), _AT_ONCE):
        with archive.transaction():
            for id_, version in {change.article_id: change.version for change in changes}.items():
                _follow(archive, wordings, id_, version)
            _note(archive, changes[-1].seq)
        progress(len(changes))


def _note(archive: Archive, seq: int) -> None:
    archive.remember(_NOTE, f"{FORMAT} {seq}")


def _format(archive: Archive) -> int:
    return int((archive.remembered(_NOTE) or "0 0").split()[0])


def _applied(archive: Archive) -> int:
    return int((archive.remembered(_NOTE) or "0 0").split()[1]) if _format(archive) == FORMAT else 0


class _Wordings:
    """The wording of versions of articles, of the last few hundred kept."""

    def __init__(self, archive: Archive, made: Mapping[Version, Derived]) -> None:
        self._archive = archive
        self._made = made
        self.of = lru_cache(maxsize=512)(self._read)

    def sketch(self, id_: str, version: int) -> Sketch | None:
        """The sketch alone: most articles are never laid beside another."""
        if made := self._made.get((id_, version)):
            return made.sketch
        wording = self.of(id_, version)
        return wording.sketch if wording else None

    def _read(self, id_: str, version: int) -> Wording | None:
        found = self._archive.title_and_text(id_, version)
        return Wording(*found) if found else None


def _follow(archive: Archive, wordings: _Wordings, id_: str, version: int) -> None:
    """Puts this version of an article where it belongs, and what the one before was joined with too."""
    loosened = _take_out(archive, wordings, id_)
    if sketch := wordings.sketch(id_, version):
        smallest = sketch.smallest
        member = archive.enter(id_, version, sketch.shingles, smallest[-1] if smallest else 0)
        holders = archive.holders(smallest)
        for other in _worth_comparing(archive, member, smallest, holders):
            if _are_joined(archive, wordings, other, member):
                archive.join(other.number, member.number)
                loosened.append(member.number)
        archive.hold(member.number, (s for s in smallest if len(holders.get(s, ())) < _COMMON))
    _tell(archive, loosened)


def _are_joined(archive: Archive, wordings: _Wordings, one: Member, other: Member) -> bool:
    first, second = (wordings.of(m.article_id, m.version) for m in (one, other))
    if first is None or second is None:
        return False
    likeness = Likeness(first, second)
    if likeness.containment < _COPIED:  # told first: most end here
        return False
    there, here = (archive.article(m.article_id, m.version) for m in (one, other))
    return bool(there and here and is_reprint(there, here, likeness))


def _take_out(archive: Archive, wordings: _Wordings, id_: str) -> list[int]:
    """Forgets the version of an article that the stories know; returns the members it was joined with."""
    if (before := archive.member(id_)) is None:
        return []
    if known := wordings.sketch(id_, before.version):
        archive.drop(before.number, known.smallest)
    loosened = archive.part(before.number)
    archive.alone(before)
    return loosened


def _worth_comparing(
    archive: Archive, member: Member, smallest: Sequence[int], holders: dict[int, list[int]]
) -> list[Member]:
    """The members whose sketches have as much in common with this one as copies would."""
    shared = Counter(number for numbers in holders.values() for number in numbers)
    candidates = archive.members(n for n, count in shared.items() if count > 1 and n != member.number)
    return [c for c in candidates if shared[c.number] >= _WORTH * _comparable(member, smallest, c)]


def _comparable(member: Member, smallest: Sequence[int], other: Member) -> float:
    """How many shingles two sketches would share if the shorter text stood in the other."""
    in_reach = bisect_right(smallest, other.bound)
    if member.shingles <= other.shingles or not other.bound:
        return in_reach
    return in_reach * other.shingles / member.shingles


def is_reprint(one: Article, other: Article, likeness: Likeness) -> bool:
    """Whether, of two articles with so much wording in common, one was made from the other."""
    at_home = one.source == other.source
    if likeness.containment < (_COPIED_AT_HOME if at_home else _COPIED) or not _begins_alike(likeness):
        return False
    if at_home and is_series(one.title, other.title):
        return False
    if one.title != other.title and not _is_told(likeness, at_home):
        return False
    return _days_between(one, other) <= _DAYS or likeness.jaccard >= _SAME


def _is_told(likeness: Likeness, at_home: bool) -> bool:
    """Whether the common wording is what the headlines promise, and no error page or caption."""
    if not at_home:
        return likeness.shorter >= _NO_ERROR_PAGE or max(likeness.told, likeness.headlines) >= _TOLD
    if likeness.shorter < _BRIEF:
        return likeness.told >= _TOLD_BRIEFLY
    return likeness.told >= _TOLD_AT_HOME or likeness.headlines >= _ALIKE


def _begins_alike(likeness: Likeness) -> bool:
    """Whether the common wording is in both openings, or one was put before most of the rest."""
    less, more = likeness.openings
    return less >= _OPENING or (more >= _OTHER_OPENING and likeness.jaccard >= _OTHER_OPENING)


def _days_between(one: Article, other: Article) -> float:
    """Days from the one to the other; none for what has no date, which speaks neither for nor against."""
    if one.published is None or other.published is None:
        return 0.0
    first, second = sorted((one.published, other.published), key=lambda moment: moment.epoch)
    return max(0, second.epoch - first.last) / 86_400


def _tell(archive: Archive, numbers: Iterable[int]) -> None:
    """Names the stories of these members anew, each by its originator."""
    done: set[int] = set()
    for number in numbers:
        if number not in done:
            story = _reached_from(archive, number)
            done |= story
            members = archive.members(story)
            articles = [a for m in members if (a := archive.article(m.article_id, m.version))]
            archive.tell(originator(articles).id, story)


def _reached_from(archive: Archive, number: int) -> set[int]:
    """All members that are joined with this one, directly or by others."""
    found, edge = {number}, [number]
    while edge:
        new = set(archive.joined_with(edge.pop())) - found
        found |= new
        edge += new
    return found


def originator(articles: Sequence[Article]) -> Article:
    """The article that a story came from: that of the agency the others credit, else the earliest.

    Of several of one time it is an agency's own, else one that credits an agency, else the first to come in.
    """
    credited = {agency_named(article) for article in articles if not agency_of(article.source)}
    exact = all(a.published is None or a.published.precision == "second" for a in articles)

    def rank(article: Article) -> tuple[bool, float, bool, bool]:
        own = agency_of(article.source)
        when = article.published.epoch // (1 if exact else 86_400) if article.published else float("inf")
        return not own or own not in credited, when, not own, not agency_named(article)

    return min(articles, key=rank)
