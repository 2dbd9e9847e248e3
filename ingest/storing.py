"""Stores what was read: cleaned, cut into passages, and counted, each thing with exactly one outcome.

What comes is cleaned and cut ahead, in processes beside, while what came before is stored. Knows articles and
what becomes of them; opens no file and no index, and leaves the transactions to its caller.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from itertools import starmap
from typing import TypeGuard

from ingest.ahead import ahead
from ingest.apart import Died
from ingest.archive import Archive
from ingest.article import Article, Draft, Passage, Rejection, Warned, Withdrawal
from ingest.batch import Item, Unmodified
from ingest.clean import clean
from ingest.derived import Derived, Version, derive
from ingest.report import Report


@dataclass(frozen=True, slots=True)
class _Cleaned:
    """What a draft became, with what follows from its words where that was asked for."""

    draft: Draft
    article: Article
    warnings: list[Warned]
    derived: Derived | None


_Made = tuple[Article, list[Warned], Derived | None]
"""A `_Cleaned` without its draft, as it comes from the process that made it."""

Ready = tuple[Rejection | Unmodified | _Cleaned, Derived | Died | None]
"""Something read, and what follows from its words: None for what is no article, or seemed unchanged."""


class Storing:
    """One run of storing. `source` names the outlet of articles that do not name one."""

    def __init__(self, archive: Archive, source: str, report: Report) -> None:
        self._archive = archive
        self._source = source
        self._report = report
        self._began = time.time()
        self._repeated: Counter[str] = Counter()
        self._is_new = True
        self._path: str | None = None
        self.made: dict[Version, Derived] = {}
        """What was derived of the versions stored, for those who follow the log: theirs to clear."""

    def ready(self, items: Iterable[Item]) -> Iterator[Ready]:
        """Items cleaned, with what follows from the words of what is new among them."""
        drafts = ((item, (item, self._is_new) if isinstance(item, Draft) else None) for item in items)
        cleaned = starmap(_placed, ahead(partial(_clean, source=self._source), drafts, _size))
        derived = ahead(derive, ((item, self._words(item)) for item in cleaned), _length)
        return ((item, item.derived if _is_derived(item) else late) for item, late in derived)

    def store(self, ready: Ready) -> None:
        """Writes one thing and counts it; belongs inside a transaction of the archive."""
        item, derived = ready
        if isinstance(item, Unmodified):
            self._report.unchanged += 1
            return
        self._read_again(item.draft.path if isinstance(item, _Cleaned) else item.path)
        if isinstance(item, Rejection):
            self._note(item)
        elif isinstance(derived, Died):
            self._note(Rejection(item.draft.path, item.draft.where, derived.code, derived.how))
        else:
            self._put(item, derived)

    def _read_again(self, path: str) -> None:
        """What a file was rejected for earlier counts no more: it is said again where it still holds."""
        if path != self._path:
            self._archive.forgive(path, self._began)
            self._path = path

    def _words(self, item: Rejection | Unmodified | _Cleaned) -> tuple[str, str] | None:
        """Of what is new and has nothing derived yet: it has, where what came before was new as well."""
        if not isinstance(item, _Cleaned):
            return None
        self._is_new = self._archive.outcome_for(item.article) in ("ingested", "replaced")
        return (item.article.title, item.article.text) if self._is_new and not _is_derived(item) else None

    def _put(self, item: _Cleaned, derived: Derived | None) -> None:
        report, archive = self._report, self._archive
        for warning in item.warnings:
            report.note(warning)
        article = self._with_history(item.draft, item.article)
        outcome = archive.outcome_for(article)
        if outcome == "unchanged":
            archive.refine(article)
        if outcome == "outdated":
            self._note_outdated(item.draft, article)
            outcome = "unchanged"
        setattr(report, outcome, getattr(report, outcome) + 1)
        if outcome == "unchanged":
            return
        if outcome == "replaced" and archive.stored_since(article.id, self._began):
            self._note_repeated(item.draft, article.id)
        if derived is None:  # it changed since it was looked at: the same id stands before it in this run
            derived = derive((article.title, article.text))
        spans = derived.passages
        version = archive.put(article, [Passage(article.id, *s, article.text[slice(*s)]) for s in spans])
        self.made[article.id, version] = derived
        report.passages += len(spans)

    def _note(self, item: Rejection) -> None:
        self._report.note(item)
        if not isinstance(item, Warned):
            self._archive.reject([item])
        if isinstance(item, Withdrawal) and self._archive.withdraw(item):
            self._report.retracted += 1
            why = f"the article {item.article_id!r} is marked as retracted from now on"
            self._report.note(Warned(item.path, item.where, "retracted", why))

    def _note_outdated(self, draft: Draft, article: Article) -> None:
        if not article.revision:
            return  # a summary of an article that is here in full
        why = f"version {article.revision} of {article.id!r} came after a newer one, which stays"
        self._report.note(Warned(draft.path, draft.where, "older_version", why))

    def _note_repeated(self, draft: Draft, id_: str) -> None:
        """Warns when an id comes a third time in one run: once is a correction, more is a wrong id."""
        self._repeated[id_] += 1
        if self._repeated[id_] == 2:
            why = f"the id {id_!r} stands on many articles here: the last one counts"
            self._report.note(Warned(draft.path, draft.where, "same_id", why))

    def _with_history(self, draft: Draft, article: Article) -> Article:
        """An edited file without an id or address of its own stays the article it was."""
        if draft.origin is None or article.url or draft.fields.get("id"):
            return article
        archive = self._archive
        if archive.article(article.id) is None and (known := archive.article_of_origin(draft.origin)):
            article = replace(article, id=known)
        archive.set_origin(draft.origin, article.id)
        return article


def _is_derived(item: Rejection | Unmodified | _Cleaned) -> TypeGuard[_Cleaned]:
    return isinstance(item, _Cleaned) and item.derived is not None


def _clean(given: tuple[Draft, bool], source: str) -> _Made | Rejection:
    """The other side: a draft cleaned, and derived from at once where it is likely to be new."""
    draft, is_new = given
    try:
        cleaned = clean(draft, source=source)
        if isinstance(cleaned, Rejection):
            return cleaned
        article, warnings = cleaned
        return article, warnings, derive((article.title, article.text)) if is_new else None
    except Exception as error:  # nobody foresaw this text, but it costs itself alone
        why = f"it cannot be cleaned ({type(error).__name__})"
        return Rejection(draft.path, draft.where, "broken", why)


def _length(words: tuple[str, str]) -> int:
    return len(words[1])


def _size(given: tuple[Draft, bool]) -> int:
    text = given[0].fields.get("text")
    return len(text) if isinstance(text, str) else 0


def _placed(item: Item, cleaned: _Made | Rejection | Died | None) -> Rejection | Unmodified | _Cleaned:
    """What became of a draft, with the place that it came from; anything else as it is."""
    if not isinstance(item, Draft):
        return item
    if isinstance(cleaned, Died):
        return Rejection(item.path, item.where, cleaned.code, cleaned.how)
    assert cleaned is not None, "every draft is cleaned"
    return cleaned if isinstance(cleaned, Rejection) else _Cleaned(item, *cleaned)
