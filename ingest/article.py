"""The values that flow through ingestion: drafts, articles, passages, and what was turned away.

This module knows what an article *is*. It does not know where articles come from (`ingest.read`), how
they are tidied (`ingest.clean`) or where they are kept (`ingest.archive`).
"""

from __future__ import annotations

import hashlib
import json
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Literal

Precision = Literal["second", "day", "month"]

_LONGEST_SHOWN = 500  # characters of a reason


@dataclass(frozen=True, slots=True)
class Moment:
    """When something was published, as exactly as is known.

    `epoch` is the first second of the span in UTC seconds since 1970 (negative before). All times are
    kept in UTC, so that comparing the ISO strings of two moments compares the moments.
    """

    epoch: int
    precision: Precision = "day"

    @classmethod
    def of(cls, when: datetime, precision: Precision = "second") -> Moment:
        """The moment of a datetime; a naive one is taken as UTC. Day and month drop what is finer."""
        aware = when.replace(tzinfo=UTC) if when.tzinfo is None else when.astimezone(UTC)
        if precision != "second":
            aware = aware.replace(hour=0, minute=0, second=0, day=aware.day if precision == "day" else 1)
        return cls(int(aware.replace(microsecond=0).timestamp()), precision)

    @classmethod
    def parse(cls, text: str) -> Moment:
        """Read `2026-03`, `2026-03-14` or an ISO date and time; raises ValueError for anything else."""
        if len(text) == 7:
            return cls.of(datetime.strptime(text, "%Y-%m"), "month")
        if len(text) == 10:
            return cls.of(datetime.strptime(text, "%Y-%m-%d"), "day")
        return cls.of(datetime.fromisoformat(text), "second")

    @property
    def start(self) -> datetime:
        return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=self.epoch)

    @property
    def last(self) -> int:
        """The last second of the span: what `as_of` compares, so that nothing later slips in."""
        if self.precision == "second":
            return self.epoch
        days = 1 if self.precision == "day" else monthrange(self.start.year, self.start.month)[1]
        return self.epoch + days * 86_400 - 1

    def __str__(self) -> str:
        shape = {"second": "%Y-%m-%dT%H:%M:%S+00:00", "day": "%Y-%m-%d", "month": "%Y-%m"}[self.precision]
        # strftime does not pad years below 1000 on every platform.
        return self.start.strftime(shape.replace("%Y", f"{self.start.year:04d}"))


@dataclass(frozen=True, slots=True)
class Draft:
    """What a reader found in one place of one file, before cleaning.

    `fields` uses the names title, text, source, authors, published, updated, url, section, language, place
    and id; values are as found (strings, numbers, lists, None). Two more come from readers alone: `revision`,
    the provider's own number of this version, and `guessed`, which maps the names of guessed fields to a
    reason worth a warning, or to "". `path` names the file, `where` the place in it ("line 12", "" for a
    whole file). `origin` identifies a file that *is* one article, so that the edited file is a new version
    of it; records of a file with many have none.
    """

    fields: Mapping[str, Any]
    path: str
    where: str = ""
    origin: str | None = None


@dataclass(frozen=True, slots=True)
class Rejection:
    """Something that was not taken in, with a code for programs and a reason for people.

    Both are shown as they are: what a file put into the reason is one line, and steers no terminal. `path`
    is printable already (`ingest.read.source.printable`).
    """

    path: str
    where: str
    code: str
    reason: str

    def __post_init__(self) -> None:
        for name in ("where", "reason"):
            object.__setattr__(self, name, _shown(getattr(self, name)))

    def to_json(self) -> dict[str, str]:
        return {"path": self.path, "where": self.where, "code": self.code, "reason": self.reason}


@dataclass(frozen=True, slots=True)
class Warned(Rejection):
    """Something that was taken in, but not quite as it stood."""


@dataclass(frozen=True, slots=True)
class Withdrawal(Rejection):
    """An item that its provider takes back: it is not taken in, and the article it names is retracted.

    `revision` and `when` tell which of several items with this id came last.
    """

    article_id: str
    revision: int = 0
    when: Moment | None = None


def _shown(text: str) -> str:
    """The text on one line, not too long, with the codes of characters that cannot be seen."""
    if not text.isprintable():
        line = " ".join(text.split())
        text = "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in line)
    return text if len(text) <= _LONGEST_SHOWN else f"{text[: _LONGEST_SHOWN - 1]}…"


@dataclass(frozen=True, slots=True)
class Article:
    """One version of one article. `text` is what every offset in the project points into.

    `version` counts what the archive has seen, `revision` is the provider's own number (0 where it gives
    none). `place` is where the report was written, as its dateline says. `guessed` names the fields that
    nobody stated: the outlet of a web address, the date in the name of a file.
    """

    id: str
    title: str
    text: str
    source: str = ""
    authors: tuple[str, ...] = ()
    published: Moment | None = None
    url: str = ""
    section: str = ""
    language: str = ""
    version: int = 1
    updated: Moment | None = None
    place: str = ""
    guessed: tuple[str, ...] = ()
    revision: int = 0
    _hashed: str = field(default="", init=False, repr=False, compare=False)

    @property
    def content_hash(self) -> str:
        """SHA-256 over what makes a version; 32 hex digits of it, made when first asked for.

        Left out are id and version, and what may change while nothing else does: when a page was last
        touched, its provider's numbers, the place that the text itself names, and what was guessed.
        """
        if not self._hashed:
            object.__setattr__(self, "_hashed", self._hash())
        return self._hashed

    def _hash(self) -> str:
        seen = [self.title, self.text, self.source, self.authors, str(self.published or ""), self.url,
                self.section, self.language]  # fmt: skip
        canonical = json.dumps(seen, ensure_ascii=True, separators=(",", ":"))
        return hashlib.sha256(canonical.encode()).hexdigest()[:32]

    def to_json(self) -> dict[str, Any]:
        return {
            "article_id": self.id,
            "version": self.version,
            "content_hash": self.content_hash,
            "title": self.title,
            "source": self.source,
            "authors": list(self.authors),
            "published": str(self.published) if self.published else None,
            "updated": str(self.updated) if self.updated else None,
            "place": self.place,
            "url": self.url,
            "section": self.section,
            "language": self.language,
            "revision": self.revision or None,
            "guessed": list(self.guessed),
            "text": self.text,
        }


@dataclass(frozen=True, slots=True)
class Passage:
    """A run of whole sentences of an article: `article.text[start:end] == passage.text`, always."""

    article_id: str
    start: int
    end: int
    text: str

    @property
    def id(self) -> str:
        return f"{self.article_id}#{self.start}-{self.end}"
