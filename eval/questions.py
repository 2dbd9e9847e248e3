"""Questions about the articles of an archive, for people who have an archive and no questions.

Made from sentences that say who, what, how many or how much, by putting the asking word in the place of what
is asked (`eval.shapes`): the order of the words stays, and with it the grammar. Always the same ones; every
one with its answer, its article and the exact place of its sentence.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from app.quotable import Quotable, quotables
from eval.case import Case
from eval.shapes import asked_of
from ingest.article import Article

# Of one article at most so many, so that a hundred questions are of many articles.
EACH = 2
_LEAD = 12
_END = re.compile(r"(?<=[.!?])\s+")


def questions(articles: Iterable[Article]) -> Iterator[Case]:
    """Cases of the articles in an order that their ids decide, at most `EACH` of one.

    An article that prints the same sentence holds the answer as well, and another one with the same lead is
    the same report: any of them will do.
    """
    turn = in_turn(articles)
    printed, asked = _printed(turn), set[str]()
    for article in turn:
        for case in _of(article)[:EACH]:
            if case.question not in asked:
                asked.add(case.question)
                same = dict.fromkeys((article.id, *printed[_lead(article)], *printed.get(case.quote, ())))
                yield replace(case, gold=tuple(same))


def _printed(articles: Iterable[Article]) -> dict[str, list[str]]:
    """The articles that print a sentence, by that sentence."""
    found: dict[str, list[str]] = {}
    for article in articles:
        for sentence in {part.strip() for part in _END.split(article.text)} | {_lead(article)}:
            found.setdefault(sentence, []).append(article.id)
    return found


def _lead(article: Article) -> str:
    """The first words of a report, whatever its headline."""
    return " ".join(article.text.split()[:_LEAD])


def in_turn(articles: Iterable[Article]) -> list[Article]:
    """The articles in an order that looks drawn and is always the same."""
    return sorted(articles, key=lambda one: hashlib.sha256(one.id.encode()).digest())


def plain_sentences(article: Article) -> list[Quotable]:
    """The sentences that can be understood alone."""
    return [one for one in quotables(article.text) if one.needed is None and not one.dangles]


def _of(article: Article) -> list[Case]:
    """The article's questions, the first one of each kind first."""
    found: dict[str, list[Case]] = {}
    for sentence in plain_sentences(article):
        if asked := asked_of(sentence.text, article.text):
            case = case_of(article, sentence, asked.question, asked.answer, asked.kind)
            found.setdefault(asked.kind, []).append(case)
    turns = max(map(len, found.values()), default=0)
    return [cases[turn] for turn in range(turns) for cases in found.values() if turn < len(cases)]


def case_of(article: Article, sentence: Quotable, question: str, answer: str, kind: str) -> Case:
    """A case as of the day of its article, which is its story."""
    published = str(article.published)[:10] if article.published else None
    number = hashlib.sha256(question.encode()).hexdigest()[:6]
    return Case(
        f"{article.id}-{number}", question, published, (answer,), (article.id,), sentence.text, True, (kind,),
        start=sentence.start, end=sentence.end, story=article.id,
    )  # fmt: skip
