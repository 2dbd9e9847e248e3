"""Naming an article by an excerpt of it: headline, outlet, date and address, or seeing that it is not there.

The test of the Tow Center (Jaźwińska and Chandrasekar 2025), on the sample archive or, where it is there, on
RealTimeQA's articles. One article in four is held out of the archive: excerpts of those are to be refused.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from eval.case import Case, Found
from eval.suites.realtimeqa import articles as real_articles
from eval.suites.realtimeqa import is_in
from eval.suites.sample import archive
from eval.suites.suite import Suite, as_json
from ingest.article import Article

COUNT = 200
_HELD_OUT = 4
_WORDS = range(14, 40)
# Longer sentences in common make two articles one report.
_TELLING = 7
_DRAWN = 1_000


def cases(data: Path) -> list[Case]:
    """An excerpt of each of 200 articles, one in four of which is not in the archive."""
    drawn = sorted(_articles(data), key=lambda article: _lot("turn", article["id"]))
    return list(islice(excerpts(drawn), COUNT))


def excerpts_of(articles: Iterable[Article]) -> Iterator[Case]:
    """A question for each article of an archive that holds them all."""
    for article in sorted(articles, key=lambda one: _lot("turn", one.id)):
        if excerpt := excerpt_of(article.id, article.text):
            yield case_of(as_json(article), excerpt, held_out=False)


def excerpts(articles: Iterable[dict[str, Any]]) -> Iterator[Case]:
    """A question for each article that has a sentence long enough to tell it by."""
    for article in articles:
        if excerpt := excerpt_of(article["id"], article["text"]):
            yield case_of(article, excerpt, held_out=is_held_out(article["id"]))


def case_of(article: dict[str, Any], excerpt: tuple[int, int], *, held_out: bool) -> Case:
    start, end = excerpt
    quote = " ".join(article["text"][start:end].split())
    question = f"Which article says this: “{quote.strip('“”')}”"
    id_ = str(article["id"])
    if held_out:
        return Case(f"tow-{id_}", question, answerable=False, tags=("held out",))
    published = (article["published"] or "").replace("/", "-") or None
    named = Found(id_, article["title"], article["url"], published, article.get("source", ""))
    return Case(
        f"tow-{id_}", question, None, (), (id_,), article["text"][start:end], True, ("in the archive",),
        article=named, start=start, end=end,
    )  # fmt: skip


def excerpt_of(id_: str, text: str) -> tuple[int, int] | None:
    """A sentence beyond the first two that is neither short nor long, always the same one of an article."""
    from app.quotable import quotables

    found = [one for one in quotables(text)[2:] if one.length in _WORDS and not one.dangles]
    if not found:
        return None
    chosen = min(found, key=lambda one: _lot("sentence", f"{id_}:{one.start}"))
    return chosen.start, chosen.end


def articles(data: Path, count: int) -> Iterator[dict[str, Any]]:
    """The first `count` articles, without those held out."""
    yield from islice((a for a in _articles(data) if not is_held_out(a["id"])), count)


def _articles(data: Path) -> Sequence[dict[str, Any]]:
    if is_in(data):
        return list(real_articles(data, _DRAWN))
    return [as_json(article) for article in _first_prints(archive())]


def _first_prints(articles: Iterable[Article]) -> Iterator[Article]:
    """Each report once: an excerpt of a reprint names two articles, and neither wrongly."""
    seen: set[str] = set()
    for article in articles:
        sentences = {
            line.strip() for line in article.text.split(". ") if len(line.split()) > min(_WORDS) // 2
        }
        if not sentences & seen:
            yield article
        seen |= sentences


def is_held_out(id_: str) -> bool:
    return int(_lot("held out", id_), 16) % _HELD_OUT == 0


def _lot(seed: str, id_: str) -> str:
    return hashlib.sha256(f"{seed}:{id_}".encode()).hexdigest()


SUITE = Suite(
    "tow",
    "whose words these are: headline, outlet, date, address; some of no article there",
    cases,
    articles,
    ("eight AI search tools: more than .60 of citations wrong (Tow Center 2025)",),
)
