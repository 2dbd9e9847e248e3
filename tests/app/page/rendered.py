"""What the tests of the page's HTML share: a turn as a browser shows it, and a reader of its markup."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any

from app.answer import Answer
from app.page.pieces import pieces
from app.page.turn import Filters, Turn, take
from ingest.article import Article
from tests.app.fake_desk import ARTICLES, QUESTION, FakeDesk

ANYTHING = Filters()
PARTS = ("question", "scope", "short", "said", "problem", "progress", "beside", "title", "cards")


class Tree(HTMLParser):
    """The elements of a piece of HTML, and whether each is closed in order."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.open: list[str] = []
        self.feed(markup)
        self.close()
        assert not self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


class OneAnswer(FakeDesk):
    """Gives one answer to everything."""

    def __init__(self, answer: Answer, articles: tuple[Article, ...] = ARTICLES) -> None:
        super().__init__(articles)
        self.answer = answer

    def stream(self, question: str, **_: Any) -> Any:
        yield from (self.answer.hits, *self.answer.sentences, self.answer)


def last_turn(desk: Any, question: str = QUESTION, filters: Filters = ANYTHING) -> Turn:
    *_, done = take(desk, 3, question, filters, ())
    return done


def html_of(turn: Turn) -> str:
    """A turn's pieces, one after the other."""
    sent = pieces("t", turn)
    return "".join("".join(sent[name]) for name in PARTS)


def words(markup: str) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", markup).replace("&#8288;", "").split())
