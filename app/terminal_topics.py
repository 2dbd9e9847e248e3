"""Timelines and comparisons as lines for a terminal. Knows the values, not how they came about."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from app.answer import Citation, Note
from app.story.compare import Agreement, Comparison, Outlet
from app.story.readings import day, listed
from app.story.timeline import Event, Timeline
from app.terminal import plain, wrapped

_DATE_WIDTH = 12
_Chips = Callable[[Iterable[Citation]], str]


def timeline_lines(timeline: Timeline) -> Iterator[str]:
    """The events with their dates, each with its outlets, then the articles they are quoted from."""
    if timeline.as_of:
        yield f"As of {timeline.as_of}:"
    if not timeline.events:
        yield from wrapped(f"The archive has no dated events on {timeline.topic!r}.")
        return
    numbers, chips = _numbering()
    for event in timeline.events:
        yield from _event_lines(event, chips)
    if any(event.precision == "published" for event in timeline.events):
        yield ""
        yield "* the day of the report; what it tells may be of another day"
    yield from _sources(numbers)


def comparison_lines(comparison: Comparison) -> Iterator[str]:
    """Outlet by outlet what each says, then what they share, where they differ and what changed."""
    if comparison.as_of:
        yield f"As of {comparison.as_of}:"
    if comparison.reason:
        yield from wrapped(comparison.reason)
    numbers, chips = _numbering()
    for outlet in comparison.outlets:
        yield from _outlet_lines(outlet, chips)
    for agreement in comparison.agreements:
        yield from _agreement_lines(agreement)
    for note in (*comparison.disagreements, *comparison.series):
        yield from _note_lines(note, chips)
    yield from _sources(numbers)


def _event_lines(event: Event, chips: _Chips) -> Iterator[str]:
    mark = "*" if event.precision == "published" else ""
    outlets = f" ({listed(event.sources)})" if event.sources else ""
    text = f"{event.sentence.text} {chips(event.sentence.citations)}{outlets}"
    lines = wrapped(text, " " * _DATE_WIDTH)
    head = f"{event.date}{mark}".ljust(_DATE_WIDTH)
    yield head + next(lines, "").lstrip()
    yield from lines


def _outlet_lines(outlet: Outlet, chips: _Chips) -> Iterator[str]:
    yield ""
    yield plain(outlet.source)
    for sentence, published in zip(outlet.sentences, outlet.published, strict=True):
        when = f"{day(published)}: " if published else ""
        yield from wrapped(f"{when}{sentence.text} {chips(sentence.citations)}", "  ")


def _agreement_lines(agreement: Agreement) -> Iterator[str]:
    outlets = dict.fromkeys(reading.source for reading in agreement.readings)
    reports = "1 report that was copied" if agreement.independent == 1 else (
        f"{agreement.independent} independent reports"
    )  # fmt: skip
    yield ""
    yield from wrapped(f"The same in {listed(outlets)} ({reports}): {agreement.value}.")


def _note_lines(note: Note, chips: _Chips) -> Iterator[str]:
    yield ""
    yield from wrapped(f"{note.text} {chips(reading.citation for reading in note.readings)}")


def _numbering() -> tuple[dict[str, int], _Chips]:
    """Numbers for articles in the order of their first mention, and what prints them."""
    numbers: dict[str, int] = {}

    def chips(citations: Iterable[Citation]) -> str:
        ids = dict.fromkeys(citation.article_id for citation in citations)
        return "".join(f"[{numbers.setdefault(id_, len(numbers) + 1)}]" for id_ in ids)

    return numbers, chips


def _sources(numbers: dict[str, int]) -> Iterator[str]:
    if numbers:
        yield ""
        yield "Articles (`newsdesk show ID` prints one):"
    for id_, number in numbers.items():
        yield f"  [{number}] {plain(id_)}"
