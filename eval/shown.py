"""What stands in a record beside the answer: the archive's own words, and a judge's verdicts.

Plain values: they do not know how they were looked up (`eval.run`) or judged (`eval.judging`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ingest.article import Article, Moment


@dataclass(frozen=True, slots=True)
class Shown:
    """An article that a record shows, as the archive has it; the `text` only of those that are cited."""

    article_id: str
    title: str
    source: str = ""
    published: str | None = None
    url: str = ""
    text: str = ""

    @classmethod
    def of(cls, article: Article, *, whole: bool) -> Shown:
        published = str(article.published) if article.published else None
        text = article.text if whole else ""
        return cls(article.id, article.title, article.source, published, article.url, text)

    @property
    def when(self) -> Moment | None:
        return Moment.parse(self.published) if self.published else None

    @property
    def article(self) -> Article:
        """As an article that claims can be compared with."""
        return Article(self.article_id, self.title, self.text, self.source, (), self.when, self.url)


@dataclass(frozen=True, slots=True)
class Judged:
    """What a judge said of one sentence of an answer (`eval.judging`).

    `cited`: all that it cites, together, supports it. `alone` and `rest`, for each citation: that one
    supports it by itself; the others do without that one. `anywhere`: the cited articles support it, wherever
    in them. `faults` are the kinds of disagreement that were found.
    """

    cited: bool
    anywhere: bool
    support: float
    alone: tuple[bool, ...] = ()
    rest: tuple[bool, ...] = ()
    faults: tuple[str, ...] = ()

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Judged:
        told: dict[str, Any] = {name: tuple(v) if isinstance(v, list) else v for name, v in value.items()}
        return cls(**told)
