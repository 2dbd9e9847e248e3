"""Small charts as SVG that takes its colours from the page around it: nothing is loaded, nothing runs.

They know numbers and labels. Labels are escaped here; everything else is a number that was formatted here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from eval.curves import Calibration, RiskCoverage
from eval.stats import Mean

Point = tuple[float, float]

_WIDTH, _HEIGHT = 340, 240
_LEFT, _RIGHT, _TOP, _BOTTOM = 46, 12, 12, 40
_TICKS = (0.0, 0.25, 0.5, 0.75, 1.0)


def bar(mean: Mean, label: str) -> str:
    """A share with its interval on a line from 0 to 1."""
    width, height, pad = 150, 16, 5
    shares = (mean.low or 0.0, mean.mean, mean.high or 0.0)
    at = [pad + (width - 2 * pad) * min(1.0, max(0.0, share)) for share in shares]
    whisker = ""
    if mean.low is not None and mean.high is not None:
        whisker = f'<line class="whisker" x1="{at[0]:.1f}" x2="{at[2]:.1f}" y1="8" y2="8"/>'
    body = (
        f'<line class="axis" x1="{pad}" x2="{width - pad}" y1="8" y2="8"/>{whisker}'
        f'<circle class="dot" cx="{at[1]:.1f}" cy="8" r="4"/>'
    )
    return _svg(width, height, body, label, "bar")


def stack(parts: Sequence[tuple[str, str, float]], label: str) -> str:
    """Shares that add up to 1, side by side: (class, name, share) of each."""
    width, height, at, body = 680.0, 26, 0.0, ""
    for kind, name, share in parts:
        size = width * share
        place = f'x="{at:.1f}" y="0" width="{max(0.0, size - 2):.1f}" height="{height}"'
        title = f"<title>{escape(name)}: {share:.3f}</title>"
        body += f'<rect class="{escape(kind)}" {place}>{title}</rect>'
        at += size
    return _svg(int(width), height, body, label, "stack")


def risk_coverage(curve: RiskCoverage) -> str:
    """The risk at every coverage, the surest answers first, and the mean risk of answering all."""
    points = list(zip(curve.coverage, curve.risk, strict=True))
    flat = [(points[0][0], curve.risk[-1]), (1.0, curve.risk[-1])]
    body = _line(flat, "reference") + _line(_thinned(points), "line")
    return _plot(body, "share of answers kept, the surest first", "share of those wrong", "Risk and coverage")


def calibration(found: Calibration) -> str:
    """How often beliefs of each strength came true; on the diagonal they would be right about themselves."""
    points = [(one.belief, one.share) for one in found.bins]
    largest = max(one.n for one in found.bins)
    dots = "".join(
        f'<circle class="dot" cx="{_x(one.belief):.1f}" cy="{_y(one.share):.1f}" '
        f'r="{2.5 + 3 * one.n / largest:.1f}"><title>{one.n} cases</title></circle>'
        for one in found.bins
    )
    body = _line([(0.0, 0.0), (1.0, 1.0)], "reference") + _line(points, "line") + dots
    return _plot(body, "belief", "share that came true", "Belief and truth")


def _plot(body: str, across: str, up: str, label: str) -> str:
    """Axes from 0 to 1 around what is drawn."""
    grid = "".join(
        f'<line class="axis" x1="{_x(0):.1f}" x2="{_x(1):.1f}" y1="{_y(t):.1f}" y2="{_y(t):.1f}"/>'
        f'<text class="tick" x="{_x(0) - 7:.1f}" y="{_y(t) + 4:.1f}" text-anchor="end">{_tick(t)}</text>'
        f'<text class="tick" x="{_x(t):.1f}" y="{_y(0) + 16:.1f}" text-anchor="middle">{_tick(t)}</text>'
        for t in _TICKS
    )
    turned = f"translate(11 {_y(0.5):.1f}) rotate(-90)"
    names = (
        f'<text class="name" x="{_x(0.5):.1f}" y="{_HEIGHT - 6}" text-anchor="middle">{escape(across)}</text>'
        f'<text class="name" transform="{turned}" text-anchor="middle">{escape(up)}</text>'
    )
    return _svg(_WIDTH, _HEIGHT, grid + names + body, label, "plot")


def _svg(width: int, height: int, body: str, label: str, kind: str) -> str:
    named = f'role="img" aria-label="{escape(label)}"'
    named += ' preserveAspectRatio="none"' if kind == "stack" else ""
    return f'<svg class="{kind}" viewBox="0 0 {width} {height}" {named}>{body}</svg>'


def _line(points: Iterable[Point], kind: str) -> str:
    return f'<polyline class="{kind}" points="{" ".join(f"{_x(x):.1f},{_y(y):.1f}" for x, y in points)}"/>'


def _thinned(points: Sequence[Point], most: int = 200) -> list[Point]:
    """No more points than can be told apart, the last one among them."""
    step = max(1, len(points) // most)
    return [*points[::step], points[-1]]


def _x(value: float) -> float:
    return _LEFT + (_WIDTH - _LEFT - _RIGHT) * value


def _y(value: float) -> float:
    return _TOP + (_HEIGHT - _TOP - _BOTTOM) * (1 - value)


def _tick(value: float) -> str:
    return f"{value:g}".removeprefix("0") or "0"
