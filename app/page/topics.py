"""A timeline and a comparison of outlets, as HTML. Knows the values, not how they came about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from app.answer import Citation, Note, Reading, Sentence
from app.page.charts import Dot, Tick, along, steps
from app.page.parts import count, outlet
from app.page.text import clipped, human_date, safe, spoken_date
from app.story.compare import Agreement, Comparison, Outlet
from app.story.figures import figures
from app.story.timeline import Event, Timeline
from ingest.article import Article, Moment

_TICKS = 4
_NOTES = {"conflict": "Reports differ", "correction": "Corrected", "series": "The figure changed over time"}
_SIGNS = {"conflict": "≠", "correction": "✎", "series": "↗"}

Articles = Mapping[str, Article]


# Timelines


def timeline_html(found: Timeline, articles: Articles) -> str:
    """The events with their dates on a line of time, each with where it stands."""
    if not found.events:
        return _nothing(found.topic, found.as_of, "The archive has no dated events on this.")
    days = [_moment(event) for event in found.events]
    told = f"{count(len(days), 'event')} from {_span(days[0], days[-1])}"
    events = "".join(_event(event, when, articles) for event, when in zip(found.events, days, strict=True))
    note = (
        '<p class="small">° the day of the report; what it tells may be of another day.</p>'
        if any(event.precision == "published" for event in found.events)
        else ""
    )
    return (
        f'<section class="found" data-news="{safe(told)}.">{_head(found.topic, found.as_of)}'
        f"{_dots(found.events, days, told)}"
        f'<ol class="events">{events}</ol>{note}</section>'
    )


def _moment(event: Event) -> Moment:
    return Moment.parse(event.date if len(event.date) > 4 else f"{event.date}-01")


def _span(first: Moment, last: Moment) -> str:
    return f"{human_date(first)} to {human_date(last)}"


def _dots(events: Sequence[Event], days: Sequence[Moment], told: str) -> str:
    first, last = days[0].epoch, days[-1].epoch
    if first == last:
        return ""

    def at(epoch: int) -> float:
        return (epoch - first) / (last - first)

    dots = [
        Dot(at(when.epoch), f"{human_date(when)}: {event.sentence.text}", event.precision == "published")
        for event, when in zip(events, days, strict=True)
    ]
    return along("When it happened", told, dots, [Tick(at(t), label) for t, label in _ticks(first, last)])


def _ticks(first: int, last: int) -> list[tuple[int, str]]:
    """Some dates from the first to the last, as exactly as their distance asks for."""
    within_a_year = last - first < 400 * 86_400
    places = [first + (last - first) * n // (_TICKS - 1) for n in range(_TICKS)]
    return [(place, _short(Moment(place), within_a_year)) for place in places]


def _short(moment: Moment, with_day: bool) -> str:
    start = moment.start
    return f"{start.day} {start:%b %Y}" if with_day else f"{start:%b %Y}"


def _event(event: Event, when: Moment, articles: Articles) -> str:
    shown = str(when.start.year) if event.precision == "year" else human_date(when)
    reported = '<abbr title="the day of the report">°</abbr>' if event.precision == "published" else ""
    return (
        f'<li><p class="when"><time datetime="{safe(event.date)}">{shown}</time>{reported}</p>'
        f'<blockquote dir="auto"><p>{safe(event.sentence.text)}</p>'
        f"<footer>{_origins(event.sentence.citations, articles)}</footer></blockquote></li>"
    )


def _origins(citations: Iterable[Citation], articles: Articles) -> str:
    """The articles that say it, each a button that opens it at the quote."""
    first = {citation.article_id: citation for citation in reversed(list(citations))}
    return "; ".join(opener(articles[id_], [citation]) for id_, citation in reversed(first.items()))


def opener(article: Article, citations: Sequence[Citation]) -> str:
    """An article's outlet and date, as a button that opens it with what is cited marked."""
    at = " ".join(f"{citation.start}-{citation.end}" for citation in citations)
    when = human_date(article.published) if article.published else "undated"
    return (
        f'<button type="button" class="open origin-button" data-article="{safe(article.id)}" '
        f'data-version="{article.version}" data-at="{at}" title="{safe(clipped(article.title, 120))}">'
        f"{outlet(article.source)}, {when}</button>"
    )


# Comparisons


def comparison_html(found: Comparison, articles: Articles) -> str:
    """What the outlets share, where they differ and what changed; then each outlet in its own words."""
    if not found.outlets:
        return _nothing(found.topic, found.as_of, found.reason or "No outlet in the archive answers this.")
    told = f"{count(len(found.outlets), 'outlet')} side by side"
    reason = f'<p class="small" dir="auto">{safe(found.reason)}</p>' if found.reason else ""
    notes = "".join(_note(note, articles) for note in (*found.disagreements, *found.series))
    shared = "".join(_agreement(agreement, articles) for agreement in found.agreements)
    marks = _marks(found)
    sides = "".join(_side(side, marks, articles) for side in found.outlets)
    return (
        f'<section class="found" data-news="{told}.">{_head(found.topic, found.as_of)}{reason}'
        f'<div class="findings">{shared}{notes}</div><div class="sides">{sides}</div></section>'
    )


def _agreement(agreement: Agreement, articles: Articles) -> str:
    names = list(dict.fromkeys(reading.source for reading in agreement.readings))
    reports = (
        "one report that was copied"
        if agreement.independent == 1
        else f"{agreement.independent} independent reports"
    )
    return (
        f'<section class="finding same"><h3><i aria-hidden="true">=</i> They agree</h3>'
        f'<p dir="auto"><b>{safe(agreement.value)}</b> in {_listed(map(outlet, names))} ({reports})</p>'
        f"<p>{_origins((r.citation for r in agreement.readings), articles)}</p></section>"
    )


def _note(note: Note, articles: Articles) -> str:
    title, sign = _NOTES.get(note.kind, "Note"), _SIGNS.get(note.kind, "·")
    readings = sorted(note.readings, key=lambda r: r.published.epoch if r.published else 0)
    rows = "".join(
        f'<li><b dir="auto">{safe(r.value)}</b> <span>{_reading_origin(r, articles)}</span></li>'
        for r in readings
    )
    body = f"<ol>{rows}</ol>" if rows else f'<p dir="auto">{safe(note.text)}</p>'
    chart = _steps(readings) if note.kind == "series" else ""
    return (
        f'<section class="finding {safe(note.kind)}"><h3><i aria-hidden="true">{sign}</i> {title}</h3>'
        f"{chart}{body}</section>"
    )


def _reading_origin(reading: Reading, articles: Articles) -> str:
    return opener(articles[reading.citation.article_id], [reading.citation])


def _steps(readings: Sequence[Reading]) -> str:
    """The figures as a line over time, where they are amounts of one kind."""
    points = []
    for reading in readings:
        amounts = figures(reading.value)
        if not amounts or reading.published is None:
            return ""
        points.append(
            (reading.published.epoch, amounts[0], f"{reading.value}, {human_date(reading.published)}")
        )
    if len({figure.unit for _, figure, _ in points}) != 1 or points[0][0] == points[-1][0]:
        return ""
    first, last = points[0][0], points[-1][0]
    placed = [((at - first) / (last - first), figure.value, text) for at, figure, text in points]
    told = f"From {points[0][2]} to {points[-1][2]}."
    return steps("The figure over time", told, placed)


def _marks(found: Comparison) -> dict[tuple[str, int, int], list[str]]:
    """Citation → what is to be said beside the sentence: that others agree with it, or differ from it."""
    marks: dict[tuple[str, int, int], list[str]] = {}
    for agreement in found.agreements:
        for reading in agreement.readings:
            others = {r.source for r in agreement.readings if r.source and r.source != reading.source}
            if others:
                text = f'<i aria-hidden="true">=</i> agrees with {_listed(map(outlet, sorted(others)))}'
                _mark(marks, reading.citation, "same", text)
    for note in found.disagreements:
        for reading in note.readings:
            others = {r.source for r in note.readings if r.source and r.value != reading.value}
            word = "differs from" if note.kind == "conflict" else "see the correction beside"
            if others:
                text = f'<i aria-hidden="true">≠</i> {word} {_listed(map(outlet, sorted(others)))}'
                _mark(marks, reading.citation, "conflict", text)
    return marks


def _mark(marks: dict[tuple[str, int, int], list[str]], cited: Citation, kind: str, text: str) -> None:
    place = (cited.article_id, cited.start, cited.end)
    mark = f'<span class="mark {kind}">{text}</span>'
    if mark not in marks.setdefault(place, []):
        marks[place].append(mark)


def _side(side: Outlet, marks: Mapping[tuple[str, int, int], Sequence[str]], articles: Articles) -> str:
    told = "".join(_said(sentence, marks, articles) for sentence in side.sentences)
    return f'<article class="side"><h3 dir="auto">{outlet(side.source)}</h3>{told}</article>'


def _said(sentence: Sentence, marks: Mapping[tuple[str, int, int], Sequence[str]], articles: Articles) -> str:
    cited = sentence.citations[0]
    # A value is cited by its own characters, within those of the sentence.
    within = [
        mark
        for (id_, start, end), found in marks.items()
        if id_ == cited.article_id and cited.start <= start and end <= cited.end
        for mark in found
    ]
    article = articles[cited.article_id]
    return (
        f'<blockquote dir="auto"><p>{safe(sentence.text)}</p>{"".join(dict.fromkeys(within))}'
        f"<footer>{opener(article, [cited])}</footer></blockquote>"
    )


# Both


def _head(topic: str, as_of: str | None) -> str:
    banner = (
        f'<p class="as-of">The archive as of <b>{spoken_date(as_of)}</b>: nothing later is seen.</p>'
        if as_of
        else ""
    )
    return f'<h2 dir="auto">{safe(clipped(" ".join(topic.split()), 200))}</h2>{banner}'


def _nothing(topic: str, as_of: str | None, why: str) -> str:
    return (
        f'<section class="found" data-news="{safe(why)}">{_head(topic, as_of)}'
        f'<p class="nothing" dir="auto">{safe(why)}</p></section>'
    )


def _listed(parts: Iterable[str]) -> str:
    *before, last = parts
    return f"{', '.join(before)} and {last}" if before else last
