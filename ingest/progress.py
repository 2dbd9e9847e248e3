"""Progress of slow work on standard error: a bar with rate and time left.

On anything but a terminal it says one line when a step ends, so that logs stay readable.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Advance = Callable[[int], None]


@contextmanager
def step(label: str, total: int | None, unit: str) -> Iterator[Advance]:
    """A step of `total` units (None: not known); yields the function that moves it on.

    >>> with step("Embedding", 200, "passages") as advance:
    ...     advance(200)
    """
    if sys.stderr.isatty():
        with _bar(label, total, unit) as advance:
            yield advance
        return
    done, started = 0, time.monotonic()

    def count(n: int) -> None:
        nonlocal done
        done += n

    try:
        yield count
    finally:
        seconds = max(time.monotonic() - started, 1e-6)
        if done:
            print(f"{label}: {done:,} {unit} in {seconds:,.1f} s ({done / seconds:,.0f}/s)", file=sys.stderr)


@contextmanager
def _bar(label: str, total: int | None, unit: str) -> Iterator[Advance]:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, ProgressColumn, Task, TextColumn, TimeRemainingColumn
    from rich.text import Text

    class Rate(ProgressColumn):
        """Count and speed, in the step's own unit."""

        def render(self, task: Task) -> Text:
            of = f"/{int(task.total):,}" if task.total else ""
            return Text(f"{int(task.completed):,}{of} {unit} · {task.speed or 0:,.0f}/s", style="dim")

    columns = (TextColumn("{task.description}"), BarColumn(), Rate(), TimeRemainingColumn(compact=True))
    with Progress(*columns, console=Console(stderr=True), transient=False) as bar:
        task = bar.add_task(label, total=total)

        def advance(n: int) -> None:
            bar.update(task, advance=n)

        yield advance
