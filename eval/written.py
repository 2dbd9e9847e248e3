"""A run's findings written down: one HTML file that needs nothing else, Markdown, or JSON.

It decides how they look and computes nothing. Questions, answers and articles are untrusted text: the
template escapes all of it, and the page allows no script and no request.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader

from eval import charts
from eval.case import Record
from eval.findings import Fault, Findings, Slice
from eval.metrics import METRICS, Metric
from eval.metrics.base import by_id, citations, direct
from eval.report import interval, number, versions_line
from eval.stats import Mean
from ingest.errors import ArchiveError, UsageError

PAGE = Path(__file__).parent / "page"
# What stands on top, where it was measured.
_TILES = {
    "choice_right": "options chosen rightly",
    "contains_answer": "answers that have what was expected",
    "direct_right": "short answers that are right",
    "headline_named": "excerpts told by their headline",
    "citations_exact": "citations exact to the character",
    "citation_recall": "sentences that their citations support",
    "refused_rightly": "unanswerable questions refused",
    "refused_wrongly": "answerable questions refused",
}
_MOST_TILES = 5


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a table, as it is shown."""

    name: str
    mean: str
    range: str
    n: int
    chart: str = ""
    about: str = ""
    refused: str = ""


def write(found: Findings, out: Path) -> None:
    """Raises UsageError for an ending that there is no form for."""
    if out.suffix not in FORMS:
        raise UsageError(f"{out} has no known ending: name a file that ends in {', '.join(FORMS)}.")
    save(out, FORMS[out.suffix](found))


def save(out: Path, text: str) -> None:
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_text(text, encoding="utf-8")
    except OSError as error:
        raise ArchiveError(f"{out} cannot be written: {error.strerror}.") from None


# One page


def html(found: Findings) -> str:
    pages = Environment(loader=FileSystemLoader(PAGE), autoescape=True, trim_blocks=True)
    pages.filters["share"] = lambda value: number(value, "share")
    slices = {name: part for name, part in found.slices.items() if len(part) > 1}
    return pages.get_template("report.html").render(
        found=found,
        style=(PAGE / "report.css").read_text(encoding="utf-8"),
        tiles=list(_tiles(found)),
        split=_split(found),
        risk=charts.risk_coverage(found.risk) if found.risk else None,
        belief=charts.calibration(found.belief) if found.belief else None,
        groups=_groups(found),
        slices=[(name, list(map(_slice, part))) for name, part in slices.items()],
        worst=[_case(fault) for fault in found.worst],
        meanings=[(metric.name, metric.about) for metric in METRICS if metric.name in found.means],
    )


def _tiles(found: Findings) -> Iterator[dict[str, str]]:
    shown = [(name, what) for name, what in _TILES.items() if name in found.means][:_MOST_TILES]
    for name, what in shown:
        mean = found.means[name]
        yield {"figure": number(mean.mean, "share"), "what": what, "range": interval(mean, "share")}
    if found.seconds:
        late = f"95th percentile {found.seconds[1]:.2f} s"
        yield {"figure": f"{found.seconds[0]:.2f} s", "what": "an answer, at the median", "range": late}


def _split(found: Findings) -> dict[str, Any] | None:
    """Right, the writer's fault, the retriever's: of the cases with an expected answer."""
    means = [found.means.get(name) for name in ("contains_answer", "writer_at_fault", "retriever_at_fault")]
    if not all(means):
        return None
    names = (("right", "said"), ("writer", "found, but not said"), ("retriever", "not found"))
    parts = [(*name, mean.mean) for name, mean in zip(names, means, strict=True) if mean]
    return {"chart": charts.stack(parts, "Where answers go wrong"), "parts": parts}


def _groups(found: Findings) -> list[tuple[str, list[Line]]]:
    measured = [metric for metric in METRICS if metric.name in found.means]
    groups = groupby(measured, key=lambda metric: metric.group)
    return [(group, [_line(metric, found.means[metric.name]) for metric in part]) for group, part in groups]


def _line(metric: Metric, mean: Mean) -> Line:
    chart = charts.bar(mean, metric.name) if metric.unit == "share" else ""
    shown = number(mean.mean, metric.unit), interval(mean, metric.unit)
    return Line(metric.name, *shown, mean.n, chart, metric.about)


def _slice(one: Slice) -> Line:
    if one.right is None:
        return Line(one.name, "–", "", one.cases, refused=_share(one.refused))
    shown = number(one.right.mean, "share"), interval(one.right, "share")
    return Line(one.name, *shown, one.cases, charts.bar(one.right, one.name), refused=_share(one.refused))


def _share(mean: Mean | None) -> str:
    return number(mean.mean, "share") if mean else "–"


def _case(fault: Fault) -> dict[str, Any]:
    record = fault.record
    case, shown = record.case, by_id(record)
    quotes = [{"text": c["quote"], "source": _source(record, c["article_id"])} for c in citations(record)]
    return {
        "what": fault.what,
        "question": case.question,
        "as_of": case.as_of,
        "id": case.id,
        "expected": " / ".join(case.answers) if case.answerable is not False else "a refusal",
        "direct": direct(record),
        "answer": record.error or (record.answer or {}).get("text", ""),
        "quotes": quotes,
        "gold": "; ".join(_source(record, name) if name in shown else name for name in case.gold),
    }


def _source(record: Record, article_id: str) -> str:
    article = by_id(record).get(article_id)
    if article is None:
        return article_id
    return " · ".join(filter(None, (article.title, article.source, (article.published or "")[:10])))


# The same in plain text


def markdown(found: Findings) -> str:
    return "\n".join(_markdown(found)) + "\n"


def _markdown(found: Findings) -> Iterator[str]:
    yield f"# {_plain(found.title)}\n"
    yield f"{found.cases} cases; means with 95 % intervals, resampled by story.\n"
    yield from (f"> {_plain(note)}\n" for note in found.notes)
    for group, lines in _groups(found):
        yield from _table(f"## {group}", ("metric", "mean", "95 % interval", "cases"),
                          [(line.name, line.mean, line.range, str(line.n)) for line in lines])  # fmt: skip
    if found.risk:
        told = f"AURC {found.risk.area:.3f} ({found.risk.best:.3f} if the engine knew its errors)"
        yield f"Risk and coverage: {told}.\n"
    if found.belief:
        told = f"expected calibration error {found.belief.error:.3f}, Brier score {found.belief.brier:.3f}"
        yield f"Belief and truth: {told}.\n"
    for name, part in found.slices.items():
        rows = [(line.name, line.mean, line.range, line.refused, str(line.n)) for line in map(_slice, part)]
        yield from _table(f"## By {name}", (name, "right", "95 % interval", "refused", "cases"), rows)
    yield "## The worst cases\n" if found.worst else ""
    for case in map(_case, found.worst):
        yield f"### {_plain(case['question'])}\n"
        yield f"{_plain(case['what'])}. Expected: {_plain(case['expected']) or '–'}.\n"
        yield f"{_plain(case['answer'])}\n"
        yield from (f"> {_plain(q['text'])}\n>\n> {_plain(q['source'])}\n" for q in case["quotes"])
    yield f"{_plain(versions_line(found.versions))}"


def _table(heading: str, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    yield f"{heading}\n"
    yield f"| {' | '.join(columns)} |"
    yield f"|{'---|' * len(columns)}"
    yield from (f"| {' | '.join(map(_plain, row))} |" for row in rows)
    yield ""


def _plain(text: str) -> str:
    """On one line, with nothing in it that Markdown or HTML would take for its own."""
    return "".join(f"\\{c}" if c in "\\`*_{}[]<>#|!" else c for c in " ".join(text.split()))


def _json(found: Findings) -> str:
    return json.dumps(found.to_json(), ensure_ascii=False, indent=2) + "\n"


FORMS: dict[str, Callable[[Findings], str]] = {".html": html, ".md": markdown, ".json": _json}
