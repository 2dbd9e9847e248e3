"""What a judge is worth, as a table for the terminal, one HTML file, Markdown or JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from jinja2 import Environment, FileSystemLoader
from rich.console import Console
from rich.table import Table

from eval import charts
from eval.judge import JudgeFindings, Measure, SetResult
from eval.report import number
from eval.written import PAGE, save
from ingest.errors import UsageError

COLUMNS = ("set", "claims", "documents", "AUROC", "balanced, threshold of others", "balanced, own", "against")
_MEANING = (
    "Balanced accuracy at the threshold that is best on the other makers' sets, and at the judge's own "
    "border; against: claims that people found supported and the judge calls contradicted. 95 % intervals by "
    "document."
)


def show(found: JudgeFindings, console: Console) -> None:
    grid = Table(
        title=f"Judge: {found.judge}", title_justify="left", title_style="bold", box=None, pad_edge=False
    )
    for place, column in enumerate(COLUMNS):
        grid.add_column(column, justify="right" if place else "left")
    for one in found.sets:
        grid.add_row(*_cells(one))
    console.print(grid)
    for line in told(found):
        console.print(line)


def write(found: JudgeFindings, out: Path) -> None:
    """By the ending of the file; raises UsageError for one that there is no form for."""
    forms = {".html": _html, ".md": _markdown, ".json": _json}
    if out.suffix not in forms:
        raise UsageError(f"{out} has no known ending: name a file that ends in {', '.join(forms)}.")
    save(out, forms[out.suffix](found))


def told(found: JudgeFindings) -> Iterator[str]:
    """What there is to say beside the table, line by line."""
    if found.mean_auroc is not None:
        yield f"mean AUROC {number(found.mean_auroc, 'share')}"
    error, brier = number(found.belief.error, "share"), number(found.belief.brier, "share")
    yield f"expected calibration error {error}, Brier score {brier}"
    for one in found.agreement:
        yield (
            f"{one.how}: {number(one.same, 'share')} of {one.claims} verdicts the same, "
            f"support moved by {number(one.moved, 'share')} on average"
        )
    yield _MEANING


def _cells(one: SetResult) -> tuple[str, ...]:
    return (
        one.name,
        str(one.claims),
        str(one.documents),
        _measure(one.auroc),
        _measure(one.balanced) if one.balanced else "–",
        _measure(one.own),
        number(one.against, "share"),
    )


def _measure(one: Measure) -> str:
    return f"{number(one.value, 'share')} [{number(one.low, 'share')}, {number(one.high, 'share')}]"


def _html(found: JudgeFindings) -> str:
    pages = Environment(loader=FileSystemLoader(PAGE), autoescape=True, trim_blocks=True)
    return pages.get_template("judge.html").render(
        judge=found.judge,
        style=(PAGE / "report.css").read_text(encoding="utf-8"),
        columns=COLUMNS,
        rows=list(map(_cells, found.sets)),
        told=list(told(found)),
        belief=charts.calibration(found.belief),
    )


def _markdown(found: JudgeFindings) -> str:
    rows = [COLUMNS, *map(_cells, found.sets)]
    lines = [f"| {' | '.join(row)} |" for row in rows]
    lines.insert(1, f"|{'---|' * len(COLUMNS)}")
    return "\n".join([f"# Judge: {found.judge}\n", *lines, "", *(f"{line}\n" for line in told(found))])


def _json(found: JudgeFindings) -> str:
    return json.dumps(found.to_json(), ensure_ascii=False, indent=2) + "\n"
