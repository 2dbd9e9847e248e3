"""Some words looked up in the archive: how well its reports match them, of late and ever, and where.

By words only, since one question may look up several answers. It does not know what the words stand for.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import islice

from app.fusion import recency
from ingest.archive import Archive
from ingest.article import Article, Moment
from ingest.lexical import Lexical, Window
from ingest.sentences import Span

# What is of late: so many days before the question is asked.
LATE_DAYS = (45, 10)
# How many passages tell how strong a match is, are found at all, and are read.
_STRONGEST, _FOUND, _READ = 3, 40, 12
# What being new adds to a passage's share of the best match.
_NEW = 0.3
_DAY = 86_400


@dataclass(frozen=True, slots=True)
class Match:
    """An article with its passages that match; `score` is the best one's share of the best match of all and
    how new it is, `recency` the latter alone, in 0..1."""

    article: Article
    parts: tuple[Span, ...]
    score: float
    recency: float


@dataclass(frozen=True, slots=True)
class Looked:
    """What was found: the BM25 of the best passages, added up, of any time and of `LATE_DAYS`; and where."""

    strengths: tuple[float, ...]
    matches: tuple[Match, ...]


def look_up(
    text: str,
    window: Window,
    anchor: int,
    *,
    lexical: Lexical,
    archive: Archive,
    when: Callable[[str], Moment | None],
    without: frozenset[str] = frozenset(),
) -> Looked:
    """Looks a text's words up among what a window admits; `anchor` is now, in UTC seconds.

    Articles of the ids in `without` are passed over.
    """
    terms = lexical.terms(text)

    def best(count: int, inside: Window) -> dict[int, float]:
        ranked = lexical.passages(terms, _FOUND if without else count, inside)
        owners = archive.owners_of([number for number, _ in ranked]) if without else {}
        return dict(islice((one for one in ranked if owners.get(one[0]) not in without), count))

    found = best(_FOUND, window)
    strengths = [sum(list(found.values())[:_STRONGEST])]
    for days in LATE_DAYS:
        strengths.append(sum(best(_STRONGEST, _since(window, anchor, days)).values()))
    owners = archive.owners_of(list(found))
    most = max(found.values(), default=0.0) or 1.0
    new = {id_: recency(when(id_), anchor) for id_ in owners.values()}
    scores = {number: found[number] / most + _NEW * new[id_] for number, id_ in owners.items()}
    chosen = set(sorted(scores, key=lambda number: (-scores[number], number))[:_READ])
    matches = []
    for id_ in dict.fromkeys(owners[number] for number in scores if number in chosen):
        if article := archive.article(id_):
            spans = {n: (start, end) for n, start, end in archive.passage_spans(id_) if n in chosen}
            if spans:
                score = max(scores[number] for number in spans)
                matches.append(Match(article, tuple(spans.values()), score, new[id_]))
    return Looked(tuple(strengths), tuple(matches))


def _since(window: Window, anchor: int, days: int) -> Window:
    since = anchor - days * _DAY
    return replace(window, since=since if window.since is None else max(since, window.since))
