"""A comparison of two runs as tables for the terminal."""

from __future__ import annotations

from itertools import islice

from rich.console import Console
from rich.table import Table
from rich.text import Text

from eval.compare import Changed, Comparison, Row
from eval.report import number

_LEGEND = "p: of all that decide, looked at together; least: what 80 of 100 such runs would find"


def show(found: Comparison, console: Console, cases: int) -> None:
    """The verdict, a row for each metric that moved, and the cases that changed most, side by side."""
    console.print(_table(found))
    same = [row.metric.name for row in found.rows if not _moved(row)]
    if same:
        console.print(Text(f"the same in both: {', '.join(same)}", style="dim"))
    for line in found.versions:
        console.print(Text(f"differs in {line}", style="dim"))
    if found.alone:
        console.print(Text(f"{found.alone} cases are in one run only and left out.", style="yellow"))
    console.print(Text(found.verdict, style="bold"))
    console.print(Text(_LEGEND, style="dim"))
    for one in islice(found.changed, cases):
        console.print(_side_by_side(one))


def _table(found: Comparison) -> Table:
    title = f"{found.pairs} pairs"
    grid = Table(title=title, title_justify="left", title_style="bold", box=None, pad_edge=False)
    grid.add_column("", no_wrap=True)
    for column in ("before", "after", "difference", "95 % interval", "p", "+/−", "McNemar", "least", "cases"):
        grid.add_column(column, justify="right", no_wrap=True)
    for row in filter(_moved, found.rows):
        grid.add_row(*_cells(row), style="red" if row.is_worse else "green" if row.is_told_apart else None)
    return grid


def _moved(row: Row) -> bool:
    return bool(row.change.won or row.change.lost)


def _cells(row: Row) -> tuple[str, ...]:
    unit, change = row.metric.unit, row.change
    return (
        row.metric.name,
        number(row.before, unit),
        number(row.after, unit),
        number(change.mean, unit),
        f"[{number(change.low, unit)}, {number(change.high, unit)}]",
        "" if row.adjusted is None else f"{row.adjusted:.4f}",
        f"{change.won}/{change.lost}",
        "" if change.mcnemar is None else f"{change.mcnemar:.4f}",
        number(change.detectable, unit),
        str(change.n),
    )


def _side_by_side(one: Changed) -> Table:
    told = [f"worse: {', '.join(one.worse)}"] if one.worse else []
    told += [f"better: {', '.join(one.better)}"] if one.better else []
    title, caption = f"\n{one.after.case.question}", "; ".join(told)
    grid = Table(title=title, title_justify="left", caption=caption, expand=True)
    grid.add_column("before", ratio=1)
    grid.add_column("after", ratio=1)
    texts = ((record.answer or {}).get("text") or record.error or "" for record in (one.before, one.after))
    grid.add_row(*map(Text, texts))
    return grid
