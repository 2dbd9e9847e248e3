"""What the archive holds on a topic: its articles, and the sentences of them that speak of it.

The common ground of `timeline` and `compare`. It asks a desk by its public methods only and needs no
model. Reports of one matter often do not repeat the topic's words ("the ferry disaster") but its names ("the
Lady Corran"): the names that the nearest articles share, and others do not have, count as well. How
the names that the topic itself has are met is in `app.story.called`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from math import ceil
from typing import Protocol

from app.answer import Answer, Hit
from app.asking import Asked, asked
from app.quotable import Quotable, quotables
from app.story.called import Name, called
from app.story.quantity import CALENDAR
from app.understand import parse_date
from app.words import is_function_word, rarity, stem, stems, stems_of
from ingest.article import Article

When = str | date | None

# An article belongs to the topic when its headline and best passage have this share of the topic's words, and
# of what the best article has of them; or when it has this share of the matter's names.
_COVERED = 0.5
_OF_BEST = 0.6
# Where no passage tells this share of it, the archive has nothing on the topic.
_LEAST = 0.4
_NAMED = 0.6
# An article with a smaller share of the best one's score shares words with the topic, and not the matter.
_STANDING = 0.45
_STANDING_BY_NAME = 0.3
# From here on an article is on the matter even without any of its names.
_SURE = 0.8
# Fewer names tell nothing by their absence.
_TELLING = 2
# The nearest articles have this share of the best one's score, and are at most so many.
_NEAREST = 0.6
_NEAREST_COUNT = 6
# A name is the matter's own when so many of the nearest articles have it, and so few of the others.
_SHARED_BY = 0.6
_ELSEWHERE = 0.25
# The beginning of an article tells what it is about, in characters.
_BEGINNING = 600
_READ_FOR_NAMES = 1_500
# The shortest beginning that makes two words one family: "mayor" and "mayoral".
_FAMILY = 4
_ALIKE = 0.55

# So many of the articles found have all names of the topic, or any of them is enough.
_ALL_NAMES = 3
_CAPITAL = re.compile(r"(?<=[a-z,;’'”\"] )[A-Z][\w’'-]{2,}")


class Desk(Protocol):
    """What is needed of an archive (`app.engine.Newsdesk`)."""

    def ask(
        self,
        question: str,
        *,
        as_of: When = None,
        since: When = None,
        until: When = None,
        sources: Sequence[str] = (),
        sections: Sequence[str] = (),
    ) -> Answer: ...

    def search(
        self,
        query: str,
        *,
        k: int = 10,
        as_of: When = None,
        since: When = None,
        until: When = None,
        sources: Sequence[str] = (),
        sections: Sequence[str] = (),
    ) -> list[Hit]: ...

    def show(self, article_id: str) -> Article: ...


@dataclass(frozen=True, slots=True)
class Filters:
    """Which part of the archive is asked; as for `Newsdesk.ask`."""

    as_of: When = None
    since: When = None
    until: When = None
    sources: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()

    @property
    def day(self) -> str | None:
        """The as-of date as it is shown; raises UsageError when it is no date."""
        moment = parse_date(self.as_of, "as-of", datetime.now(UTC))
        return str(moment) if moment else None


@dataclass(frozen=True, slots=True)
class Matter:
    """A topic with the best passages of the articles on it, the best first, and these articles by id.

    `standing` is each article's score as a share of the best; `names` are the stems of the matter's names;
    `called` are the names that the topic itself has.
    """

    topic: str
    question: Asked
    hits: tuple[Hit, ...]
    articles: Mapping[str, Article]
    standing: Mapping[str, float]
    names: frozenset[str]
    called: tuple[Name, ...] = ()


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence of an article on the topic.

    `own` is the share of the topic that its words tell, `around` with the headline and the sentence before
    it, `worded` without the matter's names; `standing` is its article's.
    """

    article: Article
    sentence: Quotable
    own: float
    worded: float
    around: float
    standing: float


# What a word tells by its looks; the archive's own counts are not asked for.
weight: Callable[[str], float] = rarity(0, lambda word: 0)


def matter(desk: Desk, topic: str, filters: Filters, k: int) -> Matter:
    """The articles on a topic among the first `k`; raises UsageError when topic or filters are unusable."""
    hits = desk.search(
        topic,
        k=k,
        as_of=filters.as_of,
        since=filters.since,
        until=filters.until,
        sources=filters.sources,
        sections=filters.sections,
    )
    question = asked(" ".join(topic.split()))
    articles = {hit.passage.article_id: desk.show(hit.passage.article_id) for hit in hits}
    standing = _standing(hits)
    names = _names(hits, articles, standing)
    texts = {id_: f"{article.title}\n{article.text}" for id_, article in articles.items()}
    own = called(topic, tuple(texts.values()))
    shares = {h.passage.id: _share(question, stems(f"{h.title} {h.passage.text}")) for h in hits}
    best = max(shares.values(), default=0.0)
    if best < _LEAST:
        return Matter(topic, question, (), {}, {}, frozenset())
    enough = max(_COVERED, _OF_BEST * best)
    has_name, is_phrase = _has_name(own, texts), any(name.is_phrase for name in own)
    kept = tuple(
        hit
        for hit in hits
        if (id_ := hit.passage.article_id) in has_name
        and (
            is_phrase
            or _belongs(standing[id_], shares[hit.passage.id] >= enough, _named(articles[id_], names))
        )
    )
    ids = dict.fromkeys(hit.passage.article_id for hit in kept)
    return Matter(topic, question, kept, {id_: articles[id_] for id_ in ids}, standing, names, own)


def _has_name(own: Sequence[Name], texts: Mapping[str, str]) -> frozenset[str]:
    """The articles that have all names of the topic; where these are few, those that have one, if any has."""
    counts = {id_: sum(name.is_in(text) for name in own) for id_, text in texts.items()}
    all_ = frozenset(id_ for id_, count in counts.items() if count == len(own))
    if len(all_) >= _ALL_NAMES:
        return all_
    return frozenset(id_ for id_, count in counts.items() if count) or frozenset(texts)


def _standing(hits: Sequence[Hit]) -> dict[str, float]:
    """Article id → its score as a share of the best, with no regard to how new it is."""
    scores = {hit.passage.article_id: hit.score - hit.parts.get("recency", 0.0) for hit in hits}
    top = max(scores.values(), default=0.0) or 1.0
    return {id_: max(0.0, score / top) for id_, score in scores.items()}


def _names(
    hits: Sequence[Hit], articles: Mapping[str, Article], standing: Mapping[str, float]
) -> frozenset[str]:
    """The names that most of the nearest articles have, and few of the others."""
    named = {id_: _capitals(article) for id_, article in articles.items()}
    order = list(dict.fromkeys(hit.passage.article_id for hit in hits))
    nearest = [id_ for id_ in order if standing[id_] >= _NEAREST][:_NEAREST_COUNT]
    others = [id_ for id_ in order if standing[id_] < _STANDING_BY_NAME]
    near = Counter(name for id_ in nearest for name in named[id_])
    far = Counter(name for id_ in others for name in named[id_])
    return frozenset(
        name
        for name, count in near.items()
        if count >= max(2, _SHARED_BY * len(nearest)) and far[name] <= _ELSEWHERE * len(others)
    )


def _capitals(article: Article) -> frozenset[str]:
    """The stems of what is written with a capital within sentences; not the outlet's own name."""
    found = _CAPITAL.findall(f"{article.title}\n{article.text[:_READ_FOR_NAMES]}")
    # What is all capitals is a dateline, or an outlet that names itself.
    names = (word for word in found if not is_function_word(word) and not word.isupper())
    return frozenset(map(stem, names)) - CALENDAR - stems_of(article.source)


def _belongs(standing: float, is_covered: bool, named: float | None) -> bool:
    """By its words, unless it has none of the names and is not among the nearest; else by its names."""
    if is_covered and standing >= _STANDING:
        return named != 0.0 or standing >= _SURE
    return named is not None and named >= _NAMED and standing >= _STANDING_BY_NAME


def _named(article: Article, names: frozenset[str]) -> float | None:
    """The share of the matter's names that the article has; None when too few are known to tell."""
    if len(names) < _TELLING:
        return None
    return len(names & stems_of(f"{article.title} {article.text[:_READ_FOR_NAMES]}")) / len(names)


def _share(question: Asked, present: Iterable[str], unmeant: frozenset[str] = frozenset()) -> float:
    """The share of the topic's words, by what each tells, that are there in some form.

    Those that are part of a name which is not meant are not there.
    """
    there = set(present)
    total = told_ = 0.0
    for term in question.terms:
        value = weight(term)
        total += value
        told_ += value * (stem(term) not in unmeant and _is_there(stem(term), there))
    return told_ / total if total else 1.0


def _is_there(word: str, there: set[str]) -> bool:
    if word in there:
        return True
    return len(word) >= _FAMILY and any(
        (len(other) >= _FAMILY and (word.startswith(other) or other.startswith(word)))
        or _are_kin(word, other)
        for other in there
    )


def _are_kin(word: str, other: str) -> bool:
    """Whether two long words begin alike for most of their length: "electoral" and "election"."""
    length = ceil(_ALIKE * max(len(word), len(other)))
    return len(word) > 7 and word[:length] == other[:length]


def told(given: Matter) -> Iterator[Told]:
    """The sentences of the passages found and of each article's beginning, article by article."""
    for hit in given.hits:
        article = given.articles[hit.passage.article_id]
        is_about = _is_about(given, article)
        parts = ((0, _BEGINNING), (hit.passage.start, hit.passage.end))
        for sentence in quotables(article.text, parts):
            if any(start <= sentence.start < end for start, end in parts):
                before = sentence.before.text if sentence.before else ""
                context = f"{sentence.text} \n{before} \n{article.title}"
                worded, around = _told(given, sentence.text), _told(given, context)
                own = worded
                if is_about:
                    own = max(own, _by_name(given, sentence.stems))
                    around = max(around, _by_name(given, stems_of(context)))
                yield Told(article, sentence, own, worded, around, given.standing[article.id])


def _is_about(given: Matter, article: Article) -> bool:
    """Whether an article has a name of the topic at its beginning; else only the name itself tells of it."""
    beginning = f"{article.title}\n{article.text[:_BEGINNING]}"
    return not given.called or any(name.is_meant(beginning) for name in given.called)


def _told(given: Matter, text: str) -> float:
    """The share of the topic that a text tells: of its names only those that are meant."""
    several = [name for name in given.called if name.is_phrase]
    meant = [name.stems for name in several if name.is_meant(text)]
    unmeant = frozenset[str]().union(*(name.stems for name in several)).difference(*meant)
    return _share(given.question, stems_of(text), unmeant)


def _by_name(given: Matter, present: frozenset[str]) -> float:
    """The share of the topic that the matter's names tell: two of them tell most of it."""
    return min(1.0, 0.4 * len(given.names & present)) if len(given.names) >= _TELLING else 0.0
