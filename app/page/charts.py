"""Charts as inline SVG: columns, dots along time, the steps of a figure, means with their intervals.

Places along the width are shares of it and text keeps its size, so a chart fits any window without a script.
Every chart has a name and says in words what it shows; the numbers themselves stand beside it as text or in a
table. It knows numbers and labels, not what they count.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from app.page.text import clipped, safe

_COLUMNS_HEIGHT = 120
_BELOW = 22
_DOT = 5
# Dots nearer than this share of the width stand one above the other.
_APART = 0.022
_STEPS_HEIGHT = 110
_LABELS = 7


@dataclass(frozen=True, slots=True)
class Column:
    """`label` in full; `short` is what stands under the column, where there is room for it."""

    label: str
    short: str
    value: int


@dataclass(frozen=True, slots=True)
class Dot:
    """Something at a place along time, 0 to 1: `text` says what it is, and a `quiet` one is but a ring."""

    at: float
    text: str
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class Tick:
    at: float
    label: str


def columns(name: str, told: str, bars: Sequence[Column]) -> str:
    """Columns from left to right, the labels of some under them."""
    top = max((bar.value for bar in bars), default=0) or 1
    width = 100 / max(len(bars), 1)
    every = -(-len(bars) // _LABELS)
    drawn = []
    for number, bar in enumerate(bars):
        height = _COLUMNS_HEIGHT * bar.value / top
        drawn.append(
            f'<rect x="{number * width + 0.14 * width:.2f}%" y="{_COLUMNS_HEIGHT - height:.1f}" '
            f'width="{0.72 * width:.2f}%" height="{height:.1f}">'
            f"<title>{safe(bar.label)}: {bar.value:,}</title></rect>"
        )
        if number % every == 0:
            second = number // every % 2 == 1
            drawn.append(_label((number + 0.5) * width, _COLUMNS_HEIGHT + 16, bar.short, second=second))
    drawn.append(_line(0, 100, _COLUMNS_HEIGHT + 0.5))
    return _chart("columns", name, told, _COLUMNS_HEIGHT + _BELOW, drawn)


def spark(values: Sequence[int], top: int) -> str:
    """Small columns in a row of a table, which says the same in words; hidden from those who listen."""
    width = 100 / max(len(values), 1)
    drawn = "".join(
        f'<rect x="{n * width:.2f}%" y="{24 - 24 * value / (top or 1):.1f}" width="{0.8 * width:.2f}%" '
        f'height="{24 * value / (top or 1):.1f}"></rect>'
        for n, value in enumerate(values)
        if value
    )
    return f'<svg class="chart spark" width="100%" height="24" aria-hidden="true">{drawn}</svg>'


def along(name: str, told: str, dots: Sequence[Dot], ticks: Sequence[Tick]) -> str:
    """Dots along a line of time; those that would cover each other stand one above the other."""
    levels = list(_levels([dot.at for dot in dots]))
    height = 18 + 13 * max(levels, default=0)
    drawn = [_line(0, 100, height + 0.5)]
    for tick in ticks:
        x = _inset(tick.at)
        drawn.append(
            f'<line class="tick" x1="{x:.2f}%" x2="{x:.2f}%" y1="{height}" y2="{height + 5}"></line>'
        )
        anchor = _anchor(tick.at)
        drawn.append(_label(x, height + 18, tick.label, anchor, second=anchor == "middle"))
    for dot, level in zip(dots, levels, strict=True):
        drawn.append(
            f'<circle class="{"quiet" if dot.quiet else "told"}" cx="{_inset(dot.at):.2f}%" '
            f'cy="{height - 9 - 13 * level}" r="{_DOT}">'
            f"<title>{safe(clipped(dot.text, 160))}</title></circle>"
        )
    return _chart("along", name, told, height + _BELOW, drawn)


def _levels(places: Sequence[float]) -> Iterator[int]:
    """How high each dot stands, in the order of the places."""
    last: list[float] = []
    for place in places:
        level = next((n for n, at in enumerate(last) if place - at >= _APART), len(last))
        last[level : level + 1] = [place]
        yield level


def steps(name: str, told: str, points: Sequence[tuple[float, float, str]]) -> str:
    """A figure that changes: (place along time, value, text), from the first to the last."""
    values = [value for _, value, _ in points]
    low, span = min(values), (max(values) - min(values)) or 1

    def y(value: float) -> float:
        return 12 + (_STEPS_HEIGHT - 24) * (1 - (value - low) / span)

    drawn = []
    for (at, value, _), (then, later, _) in pairwise(points):
        # A figure stands until the next one is told.
        drawn.append(_stroke(_inset(at), y(value), _inset(then), y(value)))
        drawn.append(_stroke(_inset(then), y(value), _inset(then), y(later)))
    drawn += [
        f'<circle class="told" cx="{_inset(at):.2f}%" cy="{y(value):.1f}" r="{_DOT}">'
        f"<title>{safe(text)}</title></circle>"
        for at, value, text in points
    ]
    return _chart("steps", name, told, _STEPS_HEIGHT, drawn)


def interval(low: float | None, mean: float, high: float | None, *, other: bool = False) -> str:
    """A share from 0 to 1 with its interval, in a row of a table, which says the same in words."""
    whisker = "" if low is None or high is None else _stroke(100 * low, 9, 100 * high, 9)
    kind = "other" if other else "told"
    return (
        f'<svg class="chart interval {kind}" width="100%" height="18" aria-hidden="true">'
        f'<line class="base" x1="0%" x2="100%" y1="9" y2="9"></line>{whisker}'
        f'<circle class="{kind}" cx="{100 * mean:.2f}%" cy="9" r="{_DOT}"></circle></svg>'
    )


def _anchor(at: float) -> str:
    """Which part of a label stands at its place: at the ends it would leave the chart."""
    return "start" if at < 0.05 else "end" if at > 0.95 else "middle"


def _inset(at: float) -> float:
    """The place in percent, so far from the edges that a label has room."""
    return 4 + 92 * at


def _label(x: float, y: float, text: str, anchor: str = "middle", *, second: bool = False) -> str:
    """Text at a place; one that is `second` is left out where there is little room."""
    kind = ' class="second"' if second else ""
    return f'<text{kind} x="{x:.2f}%" y="{y}" text-anchor="{anchor}">{safe(text)}</text>'


def _line(x1: float, x2: float, y: float) -> str:
    return f'<line class="base" x1="{x1}%" x2="{x2}%" y1="{y}" y2="{y}"></line>'


def _stroke(x1: float, y1: float, x2: float, y2: float) -> str:
    return f'<line class="stroke" x1="{x1:.2f}%" x2="{x2:.2f}%" y1="{y1:.1f}" y2="{y2:.1f}"></line>'


def _chart(kind: str, name: str, told: str, height: float, drawn: Sequence[str]) -> str:
    """An image to those who listen: its name, and what it shows in a sentence."""
    return (
        f'<figure class="drawn"><figcaption>{safe(name)}</figcaption>'
        f'<svg class="chart {kind}" width="100%" height="{height:.0f}" role="img" '
        f'aria-label="{safe(f"{name}. {told}")}">{"".join(drawn)}</svg></figure>'
    )
