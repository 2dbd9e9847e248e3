"""Kept conversations as HTML: the list, and one with its answers as they stand today and were judged."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from urllib.parse import urlencode

from app.answer import Citation, Sentence
from app.citing import Standing
from app.export import SUFFIXES, Document, file_name
from app.kept import Cited, Conversation, Listed, Saved, Thumb
from app.page.parts import count, headline, outlet
from app.page.text import clipped, human_date, safe, spoken_date
from ingest.article import Moment

Check = Callable[[Citation], Standing]

_SIGNS = {
    "changed_since": ("✎", "changed since"),
    "gone": ("✕", "no longer in the archive"),
    "wrong": ("✕", "not what the archive has"),
}
_TYPES: dict[Document, str] = {
    "markdown": "text/markdown",
    "html": "text/html",
    "json": "application/json",
}
_NAMES: dict[Document, str] = {"markdown": "Markdown", "html": "HTML", "json": "JSON"}
_COPIES = {"markdown": "Markdown", "plain": "plain text", "footnotes": "with footnotes"}
_THUMBS: tuple[tuple[Thumb, str, str], ...] = (("up", "▲", "Good answer"), ("down", "▼", "Bad answer"))


def listed(found: Sequence[Listed], words: str) -> str:
    """The conversations, each to be opened."""
    if not found:
        why = f"No conversation has “{clipped(words, 80)}”." if words else (
            "Nothing is kept yet: what you ask is kept here, for this browser alone."
        )  # fmt: skip
        return f'<p class="nothing" data-news="{safe(why)}" dir="auto">{safe(why)}</p>'
    told = count(len(found), "conversation")
    rows = "".join(_listed(one) for one in found)
    return f'<ul class="plain-list" data-news="{told}." aria-label="Conversations">{rows}</ul>'


def _listed(one: Listed) -> str:
    excerpt = f'<p class="small" dir="auto">{safe(clipped(one.excerpt, 200))}</p>' if one.excerpt else ""
    return (
        f'<li><button type="button" class="title-button" data-call="kept" data-into="kept" '
        f'data-conversation="{safe(one.id)}" dir="auto">{safe(one.name)}</button>'
        f'<p class="small">{_day(one.changed)}, {count(one.answers, "answer")}</p>{excerpt}</li>'
    )


def _day(epoch: float) -> str:
    return human_date(Moment.of(Moment(int(epoch), "second").start, "day"))


def conversation(kept: Conversation, check: Check) -> str:
    """A conversation with its name, its answers as they stand today, and what can be done with it."""
    id_ = safe(kept.id)
    exports = "".join(
        f'<button type="button" class="quiet" data-take="exported" data-conversation="{id_}" '
        f'data-form="{form}" data-name="{safe(file_name(kept.name, SUFFIXES[form]))}" '
        f'data-type="{_TYPES[form]}">{name}</button>'
        for form, name in _NAMES.items()
    )
    answers = "".join(answer(saved, check) for saved in kept.answers)
    return (
        f'<section class="kept" aria-labelledby="kept-name"><h2 id="kept-name" tabindex="-1" data-focus '
        f'dir="auto">{safe(kept.name)}</h2>'
        f'<div class="row"><button type="button" class="do" data-resume="{id_}">Continue in Ask</button>'
        f'<span class="small">Save as</span>{exports}'
        f'<button type="button" class="quiet" data-call="discard" data-into="kept" data-conversation="{id_}" '
        'data-sure="Delete it for good">Delete</button></div>'
        f'<details><summary>Rename</summary><form class="line" data-call="rename" data-into="kept" '
        f'aria-label="Rename"><input type="hidden" name="conversation" value="{id_}">'
        f'<input type="text" name="name" aria-label="New name" value="{safe(kept.name)}" maxlength="200">'
        f'<button type="submit" class="plain">Rename</button></form></details>{answers}</section>'
    )


def deleted() -> str:
    return '<p class="nothing" data-then="listed" data-news="Deleted.">Deleted.</p>'


def renamed(kept: Conversation, check: Check) -> str:
    """The conversation under its new name; the list is made anew."""
    return f'<div data-then="listed">{conversation(kept, check)}</div>'


def answer(saved: Saved, check: Check) -> str:
    """A kept answer: what it said, from where, and how that stands today."""
    now = saved.answer
    standing = {citation: check(citation) for citation in saved.citations}
    as_of = f"as of {spoken_date(now.as_of)}, " if now.as_of else ""
    direct = f'<p class="direct" dir="auto">{safe(now.direct.text)}</p>' if now.direct else ""
    said = "".join(_sentence(sentence, saved, standing) for sentence in now.sentences)
    refused = f'<p dir="auto">{safe(now.explanation)}</p>' if now.abstained else ""
    notes = "".join(f'<p class="small" dir="auto">{safe(note.text)}</p>' for note in now.notes)
    copies = "".join(
        f'<button type="button" class="quiet" data-take="copied" data-answer="{safe(saved.id)}" '
        f'data-form="{form}">{name}</button>'
        for form, name in _COPIES.items()
    )
    return (
        f'<article class="kept-answer"><h3 dir="auto">{safe(clipped(saved.question, 600))}</h3>'
        f'<p class="small">{as_of}asked on {_day(saved.asked)}</p>{direct}{said}{refused}{notes}'
        f'<div class="row"><span class="small">Copy as</span>{copies}{_again(saved)}</div>'
        f'<div data-part="judged-{safe(saved.id)}">{judged(saved)}</div></article>'
    )


def _again(saved: Saved) -> str:
    """A link that asks the same again, as the address of the page has it."""
    fields = [("q", saved.answer.understood), ("as_of", (saved.answer.as_of or "")[:10])]
    fields += [("since", saved.since), ("until", saved.until)]
    fields += [("source", name) for name in saved.sources]
    fields += [("section", name) for name in saved.sections]
    query = urlencode([(name, value) for name, value in fields if value], errors="replace")
    return f'<a class="quiet again" href="?{safe(query)}">Ask it again</a>'


def _sentence(sentence: Sentence, saved: Saved, standing: Mapping[Citation, Standing]) -> str:
    known = {article.article_id: article for article in saved.articles}
    origins = "; ".join(
        _origin(citation, known.get(citation.article_id), standing[citation])
        for citation in sentence.citations
    )
    verdict = "" if sentence.verdict == "supported" else f" <small>({sentence.verdict})</small>"
    return (
        f'<blockquote dir="auto"><p>{safe(sentence.text)}{verdict}</p><footer>{origins}</footer></blockquote>'
    )


def _origin(citation: Citation, article: Cited | None, today: Standing) -> str:
    """Where it stood, to be opened in that version; and what became of it."""
    article = article or Cited(citation.article_id, "", "")
    when = human_date(article.published) if article.published else "undated"
    named = f"{outlet(article.source)}, {when}"
    if today.cited:
        named = (
            f'<button type="button" class="open origin-button" data-article="{safe(article.article_id)}" '
            f'data-version="{today.cited.version}" data-at="{citation.start}-{citation.end}" '
            f'title="{headline(clipped(article.title, 120))}">{named}</button>'
        )
    if today.outcome == "as_cited":
        return named
    sign, words = _SIGNS[today.outcome]
    return f'{named} <span class="stale"><i aria-hidden="true">{sign}</i> {words}</span>'


def judged(saved: Saved, *, focus: bool = False) -> str:
    """The thumbs under an answer, and the reason once there is one."""
    thumbs = "".join(_thumb(saved, thumb, sign, name, focus) for thumb, sign, name in _THUMBS)
    return (
        f'<div class="judging"><div class="row">{thumbs}</div>{_reason(saved) if saved.thumb else ""}</div>'
    )


def _thumb(saved: Saved, thumb: Thumb, sign: str, name: str, focus: bool) -> str:
    """A judgement that can be made, or taken back where it was made."""
    is_made = saved.thumb == thumb
    is_next = is_made or (not saved.thumb and thumb == "up")
    id_ = safe(saved.id)
    return (
        f'<button type="button" class="thumb" data-call="judge" data-into="judged-{id_}" data-answer="{id_}" '
        f'data-thumb="{"" if is_made else thumb}" aria-pressed="{"true" if is_made else "false"}"'
        f'{" data-focus" if focus and is_next else ""}><i aria-hidden="true">{sign}</i> {name}</button>'
    )


def _reason(saved: Saved) -> str:
    id_ = safe(saved.id)
    return (
        f'<form class="line" data-call="judge" data-into="judged-{id_}" aria-label="Reason">'
        f'<input type="hidden" name="answer" value="{id_}">'
        f'<input type="hidden" name="thumb" value="{saved.thumb}">'
        '<input type="text" name="reason" aria-label="Why" placeholder="Why? For those who mend it" '
        f'value="{safe(saved.reason)}" maxlength="2000">'
        '<button type="submit" class="plain">Keep reason</button></form>'
    )
