"""Answers, hits and articles as lines for a terminal. Knows the values, not how they came about."""

from __future__ import annotations

import re
import shutil
import textwrap
from collections.abc import Iterator, Sequence

from app.answer import Answer, Hit
from ingest.article import Article, Moment

_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def answer_lines(answer: Answer) -> Iterator[str]:
    """The answer with numbered quotes, then its sources, or the refusal with what comes nearest."""
    if answer.as_of:
        yield f"As of {answer.as_of}:"
    if answer.abstained:
        yield from _wrapped(answer.explanation)
        yield from _listed("Nearest:", answer.hits[:3])
        return
    numbers: dict[str, int] = {}
    for sentence in answer.sentences:
        marks = dict.fromkeys(c.article_id for c in sentence.citations)
        chips = "".join(f"[{numbers.setdefault(id_, len(numbers) + 1)}]" for id_ in marks)
        yield from _wrapped(f"{sentence.text} {chips}")
    by_id = {hit.passage.article_id: hit for hit in answer.hits}
    yield from _listed("Sources:", [by_id[id_] for id_ in numbers])


def hit_lines(hits: Sequence[Hit]) -> Iterator[str]:
    """Each hit's headline, where it is from, and the passage."""
    for number, hit in enumerate(hits, 1):
        yield f"{number}. {_plain(hit.title)}"
        yield f"   {_origin(hit.source, hit.published)} · {_plain(hit.passage.article_id)}"
        yield from _wrapped(textwrap.shorten(hit.passage.text, 300, placeholder=" …"), "   ")
        yield ""


def article_lines(article: Article) -> Iterator[str]:
    """The whole article as it is kept."""
    yield _plain(article.title)
    by = f"By {', '.join(article.authors)} · " if article.authors else ""
    yield _plain(by + _origin(article.source, article.published))
    if article.url:
        yield _plain(article.url)
    yield ""
    yield _plain(article.text)


def _listed(heading: str, hits: Sequence[Hit]) -> Iterator[str]:
    if hits:
        yield ""
        yield heading
    for number, hit in enumerate(hits, 1):
        where = _origin(hit.source, hit.published)
        yield f"  [{number}] {_plain(hit.title)} · {where} · {_plain(hit.passage.article_id)}"


def _origin(source: str, published: Moment | None) -> str:
    return f"{_plain(source) or 'unknown outlet'}, {str(published)[:10] if published else 'undated'}"


def _wrapped(text: str, indent: str = "") -> Iterator[str]:
    width = min(100, shutil.get_terminal_size().columns)
    yield from textwrap.wrap(_plain(text), width, initial_indent=indent, subsequent_indent=indent)


def _plain(text: str) -> str:
    """Without the control characters that could steer a terminal."""
    return _CONTROLS.sub("", text)
