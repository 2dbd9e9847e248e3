"""The Evaluation tab: runs with their scores, beside one another, and case by case."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import gradio as gr

from app.page import measured
from app.page.panel import Values, first, panel
from app.page.runs import Run, read_run, runs_folder, runs_in
from ingest.errors import UsageError

if TYPE_CHECKING:
    from app.engine import Newsdesk
    from app.page.working import Working


class _Evaluation:
    def __init__(self, desk: Newsdesk) -> None:
        self._desk = desk

    @cached_property
    def _folder(self) -> Path:
        return runs_folder(self._desk.status().home)

    def choices(self, values: Values, request: gr.Request) -> str:
        """The runs there are, to choose one and another beside it."""
        names = runs_in(self._folder)
        return measured.choices(names) if names else ""

    def scores(self, values: Values, request: gr.Request) -> str:
        run, other = self._chosen(values)
        return measured.scores(run, other) if run else measured.none_yet(str(self._folder))

    def cases(self, values: Values, request: gr.Request) -> str:
        run, other = self._chosen(values)
        if run is None:
            return ""
        shown = first(values, "shown")
        many = int(shown) if shown.isdecimal() and len(shown) < 7 else measured.PAGE
        return measured.cases(run, other, first(values, "metric"), first(values, "words"), many)

    def case(self, values: Values, request: gr.Request) -> str:
        """One case with its evidence."""
        run, other = self._chosen(values)
        wanted = first(values, "case")
        case = next((case for case in run.cases if case.id == wanted), None) if run else None
        if run is None or case is None:
            raise UsageError("There is no such case any more: choose another.")
        then = next((case for case in other.cases if case.id == wanted), None) if other else None
        return measured.one_case(case, then, (run.name, other.name if other else ""))

    def _chosen(self, values: Values) -> tuple[Run | None, Run | None]:
        """The run that was chosen, else the latest, and the one beside it."""
        name = first(values, "run") or next(iter(runs_in(self._folder)), "")
        other = first(values, "other")
        run = read_run(self._folder, name) if name else None
        return run, read_run(self._folder, other) if other and other != name else None


def build(desk: Newsdesk, working: Working) -> None:
    """The tab's component, inside its `gr.Tab`."""
    tab = _Evaluation(desk)
    panel("evaluation", working, tab.choices, tab.scores, tab.cases, tab.case)
