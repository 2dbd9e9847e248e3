"""How adding to the archive goes, and what looking after it found, as HTML. Pure functions of reports."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from app.intake import Progress
from app.page.holdings import reasons
from app.page.parts import count
from app.page.text import clipped, safe
from ingest.article import Rejection

_SHOWN = 50
"""Rejections of one ingest that are listed, at most."""


def intake(now: Progress, again: float) -> str:
    """How an ingest goes; asked for anew after `again` seconds while it runs."""
    if now.state == "idle":
        return ""
    names = safe(clipped(", ".join(now.names), 160))
    if now.state == "running":
        return _running(now, names, again)
    if now.state == "failed":
        return (
            f'<div class="intake" data-then="held" data-news="Adding failed."><p class="problem" dir="auto">'
            f"<b>{names}</b>: {safe(now.problem)}</p></div>"
        )
    return _reported(now, names)


def _running(now: Progress, names: str, again: float) -> str:
    left = now.now.passages - now.now.vectors
    if now.articles and left:
        step = f"{count(now.articles, 'new article')}. Reading for meaning: {left:,} passages to go"
        bar = (
            f'<progress max="{now.now.passages}" value="{now.now.vectors}" aria-label="Read for meaning">'
            "</progress>"
        )
    else:
        step = f"{count(now.articles, 'new article')} so far" if now.articles else "Reading"
        bar = '<progress aria-label="Reading"></progress>'
    turned = f", {now.rejected:,} rejected" if now.rejected else ""
    return (
        f'<div class="intake" data-again="{again:g}" data-then="held" data-news="Adding articles.">'
        f'<p dir="auto"><b>{names}</b></p>{bar}'
        f'<p class="row"><span>{step}{turned} · {now.seconds:.0f} s</span> '
        '<button type="button" class="quiet" data-call="halt" data-into="begun">Stop</button></p>'
        '<p class="small">It goes on when you leave this page.</p></div>'
    )


def _reported(now: Progress, names: str) -> str:
    report = now.report
    told = (
        f"{count(int(report['ingested']), 'article')} added, {int(report['replaced']):,} replaced, "
        f"{int(report['unchanged']):,} known already, {int(report['rejected_count']):,} rejected"
    )
    details = reasons(_rejections(report)) if report["rejected"] else ""
    return (
        f'<div class="intake" data-then="held" data-news="{told}."><p dir="auto">✓ <b>{names}</b>: {told}, '
        f"in {now.seconds:.0f} s.</p>{details}</div>"
    )


def _rejections(report: Mapping[str, Any]) -> list[Rejection]:
    found = report["rejected"][:_SHOWN]
    return [Rejection(str(r["path"]), str(r["where"]), str(r["code"]), str(r["reason"])) for r in found]


def checked(problems: Sequence[str]) -> str:
    """What looking after the archive found."""
    if not problems:
        return '<p data-news="Sound.">✓ The archive and its indexes are sound.</p>'
    listed = "".join(f"<li>{safe(problem)}</li>" for problem in problems)
    return (
        f'<div data-news="{count(len(problems), "problem")}."><ul class="problem">{listed}</ul>'
        "<p>Repair makes the indexes again from the archive; no text is lost.</p></div>"
    )
