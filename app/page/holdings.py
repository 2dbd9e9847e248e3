"""What the archive holds, as HTML. Pure functions of counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.page.charts import Column, columns, spark
from app.page.parts import count, headline, outlet
from app.page.text import clipped, date_html, human_date, safe
from ingest.article import Moment, Rejection
from ingest.census import Edited, Reprinted, Tally
from ingest.status import Status

_SHOWN = 50
_MONTHS = 120
"""Months of a chart at most: a longer archive is counted by year."""

_VERSIONS = 5
"""Versions of an article that are offered, the latest ones."""


def nothing(may_add: bool) -> str:
    """An archive without articles, and how it gets some."""
    how = (
        "Add files below, or look around first with the sample archive: an invented country and its "
        "newspapers."
        if may_add
        else "It is filled from the command line of its machine: <code>newsdesk ingest PATH</code>."
    )
    return (
        '<section class="opening" data-news="The archive is empty."><h2>An empty archive</h2>'
        f"<p>{how}</p></section>"
    )


def holdings(status: Status, tallies: Sequence[Tally]) -> str:
    """The archive in numbers, by month and by outlet."""
    shown = [_figures(status), _ready(status), _months(tallies), _outlets(tallies)]
    return (
        f'<section class="found" data-news="{count(status.articles, "article")}.">'
        f"<h2>What the archive holds</h2>{''.join(shown)}</section>"
    )


def _figures(status: Status) -> str:
    covered = [moment for moment in (status.first, status.last) if moment]
    older = status.versions - status.articles
    reprints = f"{_noun(status.reprints, 'reprint')} of {count(status.stories, 'report')}"
    facts = [
        (f"{status.articles:,}", _noun(status.articles, "article"), True),
        (f"{len(status.outlets):,}", _noun(len(status.outlets), "outlet"), True),
        (_dates(covered), "dates covered", bool(covered)),
        (f"{status.undated:,}", "without a date", bool(status.undated)),
        (f"{status.reprints:,}", reprints, bool(status.reprints)),
        (f"{status.corrections:,}", _noun(status.corrections, "correction"), bool(status.corrections)),
        (f"{older:,}", _noun(older, "earlier version") + " kept", bool(older)),
    ]
    listed = (f"<div><dt>{name}</dt><dd>{figure}</dd></div>" for figure, name, is_there in facts if is_there)
    return f'<dl class="figures">{"".join(listed)}</dl>'


def _noun(number: int, name: str) -> str:
    return name if number == 1 else f"{name}s"


def _dates(ends: Sequence[Moment]) -> str:
    return " – ".join(dict.fromkeys(map(human_date, ends)))


def _ready(status: Status) -> str:
    """How far the vectors are."""
    if status.vectors >= status.passages:
        told = f"All {count(status.passages, 'passage')} can be found by their words and by their meaning."
        return f'<p class="small">✓ {told}</p>'
    share = 100 * status.vectors // max(status.passages, 1)
    return (
        f'<p class="small">Found by their words: all. By their meaning: {status.vectors:,} of '
        f"{count(status.passages, 'passage')} ({share} %), the others as soon as they are read.</p>"
        f'<progress max="{status.passages}" value="{status.vectors}" '
        f'aria-label="Passages found by meaning"></progress>'
    )


def _months(tallies: Sequence[Tally]) -> str:
    """Articles by month, by year where there are too many months; the numbers as a table too."""
    dated = [tally for tally in tallies if tally.month]
    if not dated:
        return ""
    spans = _spans([tally.month for tally in dated])
    sums = dict.fromkeys(spans, 0)
    for tally in dated:
        sums[tally.month[: len(spans[0])]] += tally.articles
    bars = [Column(_span_name(span), _span_short(span), articles) for span, articles in sums.items()]
    top = max(bars, key=lambda bar: bar.value)
    word = "month" if len(spans[0]) > 4 else "year"
    told = f"{bars[0].label} to {bars[-1].label}, most in {top.label}: {top.value:,}."
    rows = "".join(f'<tr><th scope="row">{b.label}</th><td>{b.value:,}</td></tr>' for b in bars)
    return (
        columns(f"Articles by {word}", told, bars)
        + f'<details><summary>As a table</summary><div class="scroll" tabindex="0" role="region" '
        f'aria-label="Articles by {word}"><table><thead><tr><th scope="col">{word.title()}</th>'
        f'<th scope="col">Articles</th></tr></thead><tbody>{rows}</tbody></table></div></details>'
    )


def _spans(months: Sequence[str]) -> list[str]:
    """Every month from the first to the last, or every year."""
    (y1, m1), (y2, m2) = ((int(m[:4]), int(m[5:])) for m in (min(months), max(months)))
    first, last = 12 * y1 + m1 - 1, 12 * y2 + m2 - 1
    if last - first >= _MONTHS:
        return [f"{year:04d}" for year in range(y1, y2 + 1)]
    return [f"{at // 12:04d}-{at % 12 + 1:02d}" for at in range(first, last + 1)]


def _span_name(span: str) -> str:
    return human_date(Moment.parse(span)) if len(span) > 4 else span


def _span_short(span: str) -> str:
    return f"{Moment.parse(span).start:%b %Y}" if len(span) > 4 else span


def _outlets(tallies: Sequence[Tally]) -> str:
    """Each outlet with its articles over the same months."""
    months = [tally.month for tally in tallies if tally.month]
    spans = _spans(months) if months else []
    by_outlet: dict[str, dict[str, int]] = {}
    for tally in tallies:
        sums = by_outlet.setdefault(tally.source, {})
        span = tally.month[: len(spans[0])] if spans and tally.month else ""
        sums[span] = sums.get(span, 0) + tally.articles
    top = max((n for sums in by_outlet.values() for span, n in sums.items() if span), default=1)
    largest = sorted(by_outlet.items(), key=lambda pair: (-sum(pair[1].values()), pair[0]))
    rows = "".join(_outlet_row(name, sums, spans, top) for name, sums in largest[:_SHOWN])
    more = f'<p class="small">and {len(largest) - _SHOWN:,} more</p>' if len(largest) > _SHOWN else ""
    return (
        '<h3 class="head">By outlet</h3><table class="outlets-table"><thead class="unseen"><tr>'
        '<th scope="col">Outlet</th><th scope="col">Over time</th><th scope="col">Articles</th></tr></thead>'
        f"<tbody>{rows}</tbody></table>{more}"
    )


def _outlet_row(name: str, sums: Mapping[str, int], spans: Sequence[str], top: int) -> str:
    filled = [span for span in spans if sums.get(span)]
    told = f"{_span_name(filled[0])} to {_span_name(filled[-1])}" if filled else "without dates"
    return (
        f'<tr><th scope="row" dir="auto">{outlet(name)}</th>'
        f'<td>{spark([sums.get(span, 0) for span in spans], top)}<span class="unseen">{told}</span></td>'
        f"<td>{sum(sums.values()):,}</td></tr>"
    )


def reprinted(reports: Sequence[Reprinted]) -> str:
    """The reports that several outlets print, each print to be opened."""
    rows = []
    for report in reports:
        prints = ((report.id, report.source), *report.others)
        buttons = [_opener(id_, outlet(source), f"on {headline(report.title)}") for id_, source in prints]
        rows.append(_row(report.title, f"{date_html(report.published)}, in", buttons))
    return _folded(f"{count(len(reports), 'report')} printed more than once", rows)


def edited(articles: Sequence[Edited]) -> str:
    """The articles with several versions, each to be opened as it was and as it is."""
    rows = []
    for article in articles:
        latest = range(max(1, article.versions - _VERSIONS + 1), article.versions + 1)
        of = f"of {headline(article.title)}"
        buttons = [_opener(article.id, f"version {n}", of, f' data-version="{n}"') for n in latest]
        rows.append(_row(article.title, f"{outlet(article.source)}, {date_html(article.published)}", buttons))
    return _folded(f"{count(len(articles), 'article')} with more than one version", rows)


def _folded(told: str, rows: Sequence[str]) -> str:
    """A list that is opened to be read; nothing for an empty one."""
    if not rows:
        return ""
    return f'<details><summary>{told}</summary><ul class="plain-list">{"".join(rows)}</ul></details>'


def _row(title: str, origin: str, buttons: Sequence[str]) -> str:
    named = f'<b dir="auto">{headline(title)}</b> <span class="small">{origin}</span>'
    return f"<li>{named} {', '.join(buttons)}</li>"


def _opener(id_: str, name: str, of: str, more: str = "") -> str:
    """A button that opens an article; `of` completes its name for those who listen."""
    return (
        f'<button type="button" class="quiet open" data-article="{safe(id_)}"{more}>{name}'
        f'<span class="unseen"> {of}</span></button>'
    )


def rejected(rejections: Sequence[Rejection], total: int) -> str:
    """What was turned away, with the reason of each."""
    if not rejections:
        return ""
    more = f", the last {len(rejections):,}" if total > len(rejections) else ""
    return (
        f"<details><summary>{total:,} rejected{more}, with reasons</summary>{reasons(rejections)}</details>"
    )


def reasons(rejections: Sequence[Rejection]) -> str:
    """What was turned away, in a table."""
    rows = "".join(
        f'<tr><th scope="row" dir="auto">{safe(_place(r.path, r.where))}</th>'
        f'<td dir="auto">{safe(clipped(r.reason, 300))}</td></tr>'
        for r in rejections
    )
    return (
        '<div class="scroll" tabindex="0" role="region" aria-label="Rejected">'
        '<table class="reasons"><thead><tr><th scope="col">File</th><th scope="col">Reason</th></tr></thead>'
        f"<tbody>{rows}</tbody></table></div>"
    )


def _place(path: str, where: str) -> str:
    """The file's name and the place in it; the folders it is in are the server's own matter."""
    name = path if "://" in path else path.replace("\\", "/").rsplit("/", 1)[-1]
    return clipped(f"{name}, {where}" if where else name, 160)
