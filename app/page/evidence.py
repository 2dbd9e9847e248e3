"""The evidence beside an answer, as HTML: a card for each cited article, and the whole article to read.

Pure functions of values. Quotes are marked where they stand, by their characters.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from app.answer import Citation, Hit, Reprint, best_of_each
from app.page.parts import byline, headline, original, outlet
from app.page.text import clipped, date_html, excerpt, marked, safe
from app.page.turn import Source, Turn
from app.related import NOTHING, Related
from ingest.archive_notices import Correction
from ingest.article import Article

NEAREST = 3
"""Articles shown beside an answer that was refused."""


def title(now: Turn) -> str:
    if now.sources:
        return "Sources"
    return "Nearest articles" if now.answer and now.answer.abstained and now.hits else ""


def cards(now: Turn) -> list[str]:
    """The cited articles in the order cited; after a refusal, the nearest ones."""
    if now.sources:
        flags = _flags(now)
        also = {hit.passage.article_id: hit.also for hit in now.hits}
        return [
            _card(now, n, source, flags.get(source.article.id, ""), also.get(source.article.id, ()))
            for n, source in enumerate(now.sources, 1)
        ]
    return [_near_card(hit) for hit in best_of_each(now.hits)[:NEAREST]] if title(now) else []


def _flags(now: Turn) -> dict[str, str]:
    """Article → what a correction notice says of it."""
    notes = [note for note in (now.answer.notes if now.answer else ()) if note.kind == "correction"]
    flags: dict[str, str] = {}
    for note in notes:
        correction, *corrected = (reading.citation.article_id for reading in note.readings)
        flags[correction] = "Correction"
        for article_id in corrected:
            flags.setdefault(article_id, f"Corrected later: see {now.source_number(correction)}")
    return flags


def _card(now: Turn, number: int, source: Source, flagged: str, also: Sequence[Reprint]) -> str:
    article = source.article
    name = f"source-{now.number}-{number}"
    flagged = flagged or _corrected(source.corrections)
    flag = f'<strong class="flag">{flagged}</strong>' if flagged else ""
    quoted = excerpt(article.text, [(c.start, c.end) for c in source.citations])
    return (
        f'<article class="card" id="{name}" tabindex="-1" aria-labelledby="{name}-title">'
        f'<p class="origin"><span class="number">{number}</span>{outlet(article.source)}'
        f"{date_html(article.published)}{flag}</p>"
        f'<h4 id="{name}-title" dir="auto">{_opener(article, source.citations)}</h4>{byline(article.authors)}'
        f'<blockquote class="excerpt">{quoted}</blockquote>{_notices(source.corrections)}'
        f"{_also(article, also)}{original(article.url)}</article>"
    )


def _opener(article: Article, citations: Sequence[Citation]) -> str:
    """The headline as a button that opens the whole article."""
    at = " ".join(f"{citation.start}-{citation.end}" for citation in citations)
    return (
        f'<button type="button" class="open" data-article="{safe(article.id)}" '
        f'data-version="{article.version}" data-at="{at}">{headline(article.title)}</button>'
    )


def _corrected(corrections: Sequence[Correction]) -> str:
    if not corrections:
        return ""
    return "Retracted" if any(notice.kind == "retraction" for notice in corrections) else "Corrected"


def _notices(corrections: Iterable[Correction]) -> str:
    """What the notices say that correct an article."""
    return "".join(f'<p class="notice" dir="auto">{safe(clipped(n.text, 300))}</p>' for n in corrections)


def _also(article: Article, reprints: Iterable[Reprint]) -> str:
    """The other outlets that carried the same report."""
    others = dict.fromkeys(reprint.source for reprint in reprints)
    names = ", ".join(outlet(name) for name in others if name not in ("", article.source))
    return f'<p class="also" dir="auto">Also in {names}</p>' if names else ""


def _near_card(hit: Hit) -> str:
    passage = hit.passage
    return (
        f'<article class="card near"><p class="origin">{outlet(hit.source)}{date_html(hit.published)}</p>'
        f'<h4 dir="auto"><button type="button" class="open" data-article="{safe(passage.article_id)}">'
        f"{headline(hit.title)}</button></h4>"
        f'<p class="excerpt" dir="auto">{safe(clipped(passage.text, 240))}</p>{original(hit.url)}</article>'
    )


def whole(
    article: Article, spans: Sequence[tuple[int, int]], *, newer: bool = False, related: Related = NOTHING
) -> str:
    """The whole article to be read, every span marked; above it what corrects it, below who else has it."""
    section = f'<span class="section">{safe(article.section)}</span>' if article.section else ""
    edited = (
        '<p class="notice">This is the version that was quoted; the archive has a newer one.</p>'
        if newer
        else ""
    )
    return (
        f'<p class="origin">{outlet(article.source)}{date_html(article.published)}{section}</p>'
        f'<h2 id="reader-title" dir="auto">{headline(article.title)}</h2>{byline(article.authors)}{edited}'
        f"{_notices(_of_others(article, related.corrections))}"
        f'<div class="text">{marked(article.text, spans)}</div>'
        f"{_also(article, related.reprints)}{original(article.url)}"
    )


def _of_others(article: Article, corrections: Iterable[Correction]) -> Iterable[Correction]:
    """The notices that do not stand in the article itself."""
    return (notice for notice in corrections if notice.article_id != article.id)
