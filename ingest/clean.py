"""Makes an article of a draft: tidy text without page furniture, a title, an outlet, people, a date, an id.

Cleaning a clean article changes nothing. It does not know where drafts come from (`ingest.read`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from ingest.article import Article, Draft, Moment, Rejection, Warned
from ingest.byline import people
from ingest.dateline import place_at_start, place_in
from ingest.dates import date_in_address, parse_moment
from ingest.error_pages import is_error_page
from ingest.furniture import Body, is_name_of, name_key, without_furniture
from ingest.identity import article_id, clean_url, host_of, outlet_of
from ingest.limits import limits
from ingest.oddities import oddities
from ingest.tidy import odd_signs, tidy, tidy_line, unescaped

_LONGEST_TITLE = 300
_LONGEST_FIELD = 120
_DERIVED_TITLE = 90
_AHEAD = timedelta(days=2)  # time zones and embargoes; what lies further ahead is a slip
_SEPARATOR = re.compile(r"\s+(?:[|–—·•-]|::|//)\s+")
_DATELINE = re.compile(r"[A-ZÀ-Þ][\w .,'’()/-]{1,70}?\s*[—–]\s+(?=[A-ZÀ-Þ\"“])")
_ORNAMENT = re.compile(r"^(?:[^\w\"“‘'(]|_)+")
_CLAUSE_END = re.compile(r"[,;:]\s|\s[—–-]\s")
_FIRST_SENTENCE = re.compile(r".{20,}?[.!?][\"”’)]*(?=\s+[A-ZÀ-Þ\"“]|$)")


def clean(draft: Draft, *, source: str = "") -> tuple[Article, list[Warned]] | Rejection:
    """The article of a draft with what was noticed on the way, or why it is none.

    `source` is the outlet of drafts that do not name theirs.
    """
    fields = draft.fields
    raw = fields.get("text")
    if not isinstance(raw, str):
        return _rejected(draft, "no_text", "there is no text")
    if len(raw) > (most := limits().article):
        return _rejected(draft, "too_large", f"the text is longer than {most:,} characters")
    if raw.count("\0") * 100 > len(raw):
        return _rejected(draft, "binary", "more than one in a hundred of its characters is NUL")
    url = clean_url(_line(fields.get("url")))
    outlet, is_host = _outlet(fields.get("source"), source, url)
    names = _outlet_keys(outlet, url)
    whole = f"{fields.get('title') or ''}\n{raw}"
    odd = odd_signs(whole)
    body = without_furniture(tidy(raw, odd), names)
    if not body.text:
        return _rejected(draft, "no_text", "there is no text, or nothing but page furniture")
    if not any(c.isalpha() for c in body.text):
        return _rejected(draft, "too_short", "there is no letter in the text")
    if is_error_page(body.text):
        return _rejected(draft, "error_page", f"it is an error page and no article ({body.text[:60]!r})")
    dates, warnings = _dates(draft, body, url)
    warnings += [_warned(draft, *oddity) for oddity in oddities(whole, odd)]
    warnings += [_warned(draft, f"guessed_{name}", reason) for name, reason in _guesses(draft)]
    if fields.get("url") and not url:
        shown = _line(fields["url"])[:80]
        warnings.append(_warned(draft, "bad_url", f"{shown!r} is no web address; left out"))
    title = _title(fields.get("title"), names)
    guesses = {"title": not title, "source": is_host, "published": dates.is_guess}
    guesses |= {name: True for name in fields.get("guessed") or () if fields.get(name)}
    title = title or title_of(body.text)
    given = fields.get("id")
    article = Article(
        id=article_id(
            given.strip() if isinstance(given, str) else _line(given),
            url,
            title=title,
            text=body.text,
            source=outlet,
            published="" if dates.is_guess else str(dates.published or ""),
            is_file=draft.origin is not None,
        ),
        title=title,
        text=body.text,
        source=outlet,
        authors=_authors(fields.get("authors"), names) or _authors(body.authors, names),
        published=dates.published,
        url=url,
        section=_line(fields.get("section"))[:_LONGEST_FIELD],
        language=_line(fields.get("language")).replace("_", "-").split("-")[0].lower()[:8],
        updated=dates.updated,
        place=_place(fields.get("place"), body),
        guessed=tuple(sorted(name for name, is_guess in guesses.items() if is_guess)),
        revision=fields.get("revision") or 0,
    )
    return article, warnings


def title_of(text: str) -> str:
    """A title for a text that has none: its first clause, cut at a word and marked where it is cut.

    Dots, rules and stars in front of it are none of it.
    """
    lead = next((line for line in text.split("\n") if any(map(str.isalnum, line))), "")
    lead = _ORNAMENT.sub("", lead)[:600]
    lead = lead[match.end() :] if (match := _DATELINE.match(lead)) else lead
    sentence = match[0] if (match := _FIRST_SENTENCE.match(lead)) else lead
    if len(sentence) <= _DERIVED_TITLE:
        return sentence.rstrip(".")
    ends = [m.start() for m in _CLAUSE_END.finditer(sentence, _DERIVED_TITLE // 2, _DERIVED_TITLE)]
    cut = ends[-1] if ends else sentence.rfind(" ", 0, _DERIVED_TITLE)
    return sentence[: cut if cut > 0 else _DERIVED_TITLE - 1].rstrip(" ,;:—–-") + "…"


def _guesses(draft: Draft) -> Iterator[tuple[str, str]]:
    """The fields that the reader could only guess, and from what, where that is worth a warning."""
    for name, reason in (draft.fields.get("guessed") or {}).items():
        if reason and draft.fields.get(name):
            yield name, f"{name} was guessed: {reason}"


def _line(value: Any) -> str:
    """A field as one tidy line; "" for what is neither text nor number."""
    if isinstance(value, str):
        return tidy_line(value)
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else ""


def _outlet(given: Any, source: str, url: str) -> tuple[str, bool]:
    """The outlet of an article, and whether it is only a host that stands in for it."""
    name, host = unescaped(_line(given)).split(" | ")[0].removeprefix("@"), ""
    if name.startswith(("http://", "https://")):
        name, host = "", outlet_of(name)
    name = name or ("" if host else tidy_line(source))
    host = "" if name else host or outlet_of(url)
    return (name or host)[:_LONGEST_FIELD].strip(), bool(host)


def _outlet_keys(outlet: str, url: str) -> frozenset[str]:
    """The keys of what an outlet may call itself on its pages: its name and its host's."""
    names = {outlet, outlet.rsplit(".", 1)[0]}
    if host := host_of(url):
        domain = outlet_of(url)
        names |= {host, domain, domain.split(".")[0]}
    keys = {name_key(name) for name in names}
    keys |= {key.removeprefix("the") for key in keys if len(key) > 5}
    return frozenset(key for key in keys if len(key) > 1)


def _title(value: Any, outlets: frozenset[str]) -> str:
    """The title without entities and without the name of the site behind it."""
    title = tidy_line(unescaped(unescaped(_line(value))))
    while (marks := list(_SEPARATOR.finditer(title, max(len(title) - 80, 0)))) and marks[-1].start():
        if not is_name_of(title[marks[-1].end() :].rstrip(" .…"), outlets):
            break
        title = title[: marks[-1].start()]
    if len(title) > _LONGEST_TITLE:
        title = title[:_LONGEST_TITLE].rsplit(" ", 1)[0] + "…"
    return title


def _authors(value: Any, outlets: frozenset[str]) -> tuple[str, ...]:
    entries = value if isinstance(value, list | tuple) else [value]
    lines = (unescaped(_line(entry)) for entry in entries)
    return tuple(name for name in people(line for line in lines if line) if name_key(name) not in outlets)


def _place(given: Any, body: Body) -> str:
    """Where it was written: as is said of it, else as its dateline says."""
    return place_in(_line(given) or body.place) or place_at_start(body.text)


@dataclass(frozen=True, slots=True)
class _Dates:
    published: Moment | None
    updated: Moment | None
    is_guess: bool


def _dates(draft: Draft, body: Body, url: str) -> tuple[_Dates, list[Warned]]:
    """When it was published and last changed; the address or the change stands in for an unknown date."""
    stated, warnings = _published(draft, body.published)
    updated = parse_moment(draft.fields.get("updated")) or body.updated
    published = stated or date_in_address(url) or updated
    if stated and updated and (updated == stated or updated.last < stated.epoch):
        updated = None  # it has not changed since; nothing changes before it is published
    if published and published.epoch > (datetime.now(UTC) + _AHEAD).timestamp():
        warnings.append(_warned(draft, "future_date", f"the date {published} lies in the future"))
    return _Dates(published, updated, is_guess=published is not None and stated is None), warnings


def _published(draft: Draft, in_text: Moment | None) -> tuple[Moment | None, list[Warned]]:
    value = draft.fields.get("published")
    moment = parse_moment(value)
    warnings = []
    if moment is None and value not in (None, ""):
        shown = _line(value)[:60] or type(value).__name__
        reason = f"{shown!r} cannot be read as a date with certainty; taken without it"
        warnings.append(_warned(draft, "bad_date", reason))
    return moment or in_text, warnings


def _rejected(draft: Draft, code: str, reason: str) -> Rejection:
    return Rejection(draft.path, draft.where, code, reason)


def _warned(draft: Draft, code: str, reason: str) -> Warned:
    return Warned(draft.path, draft.where, code, reason)
