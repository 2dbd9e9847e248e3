"""Questions to try, made from the archive itself: its speakers and its running stories.

Deterministic. Whether the archive answers them is for the engine to try (`Newsdesk.examples`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain, islice, zip_longest

from ingest.archive import Archive
from ingest.article import Article
from ingest.lexical import UNDATED

# How many of the newest articles are read.
_READ = 200
_NAME = r"(?!M[rs]s? |Dr |The )[A-Z][\w’'-]+(?: [A-Z]\.)?(?: [A-Z][\w’'-]+){1,2}"
_SPEAKER = re.compile(rf"[”\"],? (?:said )?({_NAME})(?:,| said|\.| told)")
_THING = re.compile(r"\b[Tt]he ([A-Z][\w’'-]+(?: [A-Z][\w’'-]+){1,3})(?<!’s)(?<!'s)")


def example_questions(archive: Archive) -> Iterator[str]:
    """Questions in turn about a speaker and about a running story, the newest first, each once."""
    articles = _newest(archive)
    speakers = (f"What did {name} say?" for name in _speakers(articles))
    stories = (f"What is the latest on {name}?" for name in _running(articles))
    turns = chain.from_iterable(zip_longest(stories, speakers))
    yield from dict.fromkeys(question for question in turns if question)


def running_topics(archive: Archive) -> Iterator[str]:
    """What goes on in the newest articles, what has been in the news on the most days first."""
    yield from _running(_newest(archive))


def _newest(archive: Archive) -> list[Article]:
    """The newest articles first, undated ones last."""
    dated = ((o.published.epoch if o.published else UNDATED, o.id) for o in archive.outlines())
    newest = islice(sorted(dated, reverse=True), _READ)
    return [article for _, id_ in newest if (article := archive.article(id_))]


def _speakers(articles: Sequence[Article]) -> Iterator[str]:
    """People who are quoted, one for each article."""
    for article in articles:
        if found := _SPEAKER.search(article.text):
            yield found[1].removesuffix("’s").removesuffix("'s")


def _running(articles: Sequence[Article]) -> Iterator[str]:
    """What goes on: things with a name ("the Ellery Narrows Bridge") in the news of the most days."""
    days: dict[str, set[int]] = {}
    outlets = {article.source for article in articles}
    for article in articles:
        when = article.published.epoch // 86_400 if article.published else 0
        for name in {found[1] for found in _THING.finditer(f"{article.title}\n{article.text}")}:
            days.setdefault(name, set()).add(when)
    often = Counter({name: len(on) for name, on in days.items() if len(on) > 1 and name not in outlets})
    yield from (f"the {name}" for name, _ in often.most_common())
