"""Which article a correction notice corrects: its own, or another that it names or retells.

Follows the archive's log, a batch in one transaction, and looks again for the article of every notice that
speaks of another: it may have come in since. An address in the notice decides, else a headline that it
quotes or has in its own, else the wording of an earlier article of the same outlet.

Knows notices and articles. The likely articles come from the word index.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from types import MappingProxyType

from ingest.archive import Archive
from ingest.archive_notices import Kept
from ingest.article import Article
from ingest.derived import Derived, Version
from ingest.lexical import Lexical, Window
from ingest.notices import is_kill, is_notice, notices, subject

FORMAT = 2
_NOTE, _LINKED = "corrections", "corrections linked"
_AT_ONCE = 1_000
_NEAREST = 8
# A headline of fewer words is quoted by chance.
_TITLE_WORDS = 3
# Of the telling words of a notice, so many at least and this share stand in the article it retells.
_WORDS, _SHARE = 5, 0.6
_URL = re.compile(r"https?://[^\s<>\"”)\]]+")
_QUOTED = re.compile(
    r"[“\"«]([^”\"»\n]{10,200})[”\"»]|[‘']([^’'\n]{10,200}(?:[’'][a-z][^’'\n]*){0,3})[’'](?!\w)"
)
_APOSTROPHE = re.compile(r"['’‘]")
_HEADLINE_WORD = re.compile(r"[^\W_]+")
_WORD = re.compile(r"[^\W_]{4,}|\d+")
# Words of any notice.
_FORMULAS = frozenset(
    """article report story headline obituary column review interview correction clarification retraction
    error errors mistake said stated wrote gave misstated incorrectly wrongly mistakenly erroneously earlier
    version published edition page should have been also were this that with from which same fact regret
    apologise apologize corrected amended""".split()
)


def pending(archive: Archive) -> int:
    """How many changes of the log have not been looked through for notices yet."""
    return archive.last_change() - _applied(archive)


def catch_up(
    archive: Archive,
    progress: Callable[[int], None] = lambda done: None,
    made: Mapping[Version, Derived] = MappingProxyType({}),
) -> None:
    """Finds the notices of everything new; those that are `made` need not be looked for."""
    if not _applied(archive):
        with archive.transaction():
            archive.forget_notices()
            archive.remember(_LINKED, "")
    while changes := archive.changes_after(_applied(archive), _AT_ONCE):
        with archive.transaction():
            for id_, version in {change.article_id: change.version for change in changes}.items():
                if derived := made.get((id_, version)):
                    archive.put_notices(id_, version, derived.notices)
                elif known := archive.title_and_text(id_, version):
                    archive.put_notices(id_, version, notices(*known))
            archive.remember(_NOTE, f"{FORMAT} {changes[-1].seq}")
        progress(len(changes))


def link(archive: Archive, lexical: Lexical) -> None:
    """Finds the articles that notices of others mean, unless nothing has come in since."""
    level = f"{FORMAT} {archive.last_change()}"
    if archive.remembered(_LINKED) == level:
        return
    found = [(kept, corrected_by(archive, lexical, kept)) for kept in archive.notices_of_others()]
    with archive.transaction():
        for kept, corrects in found:
            if corrects != kept.corrects:
                archive.link_notice(kept.number, corrects)
        archive.remember(_LINKED, level)


def _applied(archive: Archive) -> int:
    format_, seq = (archive.remembered(_NOTE) or "0 0").split()
    return int(seq) if int(format_) == FORMAT else 0


def corrected_by(archive: Archive, lexical: Lexical, kept: Kept) -> str | None:
    """The id of the article that a notice of another corrects; None when none is sure."""
    article = archive.article(kept.article_id, kept.version)
    if article is None:
        return None
    text = article.text[kept.start : kept.end]
    for url in _URL.findall(text):
        if (found := archive.find(url.rstrip(".,;:"))) and found.id != article.id:
            return found.id
    near = _near(archive, lexical, article, f"{subject(article.title)} {text}")
    quoted = [one or other for one, other in _QUOTED.findall(text)]
    for title in (*quoted, subject(article.title)):
        named = [*_near(archive, lexical, article, title), *near]
        if match := next((other for other in named if _is_titled(other, title)), None):
            return match.id
    if is_kill(article.title) and article.version > 1:  # it came in the place of what it withdraws
        return article.id
    return _retold(article, text, near)


def _near(archive: Archive, lexical: Lexical, notice: Article, words: str) -> list[Article]:
    """Earlier articles of the notice's outlet that share words with it, the nearest first."""
    window = Window(
        until=notice.published.last if notice.published else None,
        sources=(notice.source,) if notice.source else (),
    )
    ids = [id_ for id_, _ in lexical.articles(lexical.terms(words), _NEAREST, window) if id_ != notice.id]
    found = [article for id_ in ids if (article := archive.article(id_))]
    return [article for article in found if not is_notice(article.title)]


def _is_titled(article: Article, title: str) -> bool:
    """Whether this is the article's headline, in whatever spelling, or a good part of it."""
    own, given = (
        " ".join(_HEADLINE_WORD.findall(_APOSTROPHE.sub("", headline.casefold())))
        for headline in (article.title, title)
    )
    return own == given or (given.count(" ") >= _TITLE_WORDS - 1 and f" {given} " in f" {own} ")


def _retold(notice: Article, text: str, near: list[Article]) -> str | None:
    """The article that has most of a notice's telling words, where one has enough of them."""
    telling = _telling(f"{subject(notice.title)} {text}")
    shares = [(len(telling & _telling(f"{a.title} {a.text}")), a.id) for a in near]
    most, id_ = max(shares, default=(0, ""))
    return id_ if most >= max(_WORDS, _SHARE * len(telling)) else None


@lru_cache(maxsize=256)
def _telling(text: str) -> frozenset[str]:
    """The words that say what it is about, without their endings."""
    return frozenset(word[:6] for word in _WORD.findall(text.casefold()) if word not in _FORMULAS)
