"""What several reports give for one thing, and how that is told: attributed, dated, copies counted once.

A `Report` is one sentence of one article with the value in it. It does not know how values are found
(`quantity`, `twins`, `correct`), nor what is made of them (`findings`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from app.answer import Citation, Note, Reading
from app.story.figures import Figure
from app.story.twins import is_copy
from ingest.article import Article, Moment

_DAY = 86_400


@dataclass(frozen=True, slots=True)
class Report:
    """`article.text[start:end]` gives `value`; `figure` is set where the value is an amount.

    `coverage` is the share of the question's words that the sentence and what stands around it have.
    """

    article: Article
    start: int
    end: int
    value: str
    coverage: float
    figure: Figure | None = None

    @property
    def text(self) -> str:
        return self.article.text[self.start : self.end]

    @property
    def when(self) -> int | None:
        return self.article.published.epoch if self.article.published else None

    @property
    def reading(self) -> Reading:
        citation = Citation.of(self.article, self.start, self.end)
        return Reading(self.value, citation, self.article.source, self.article.published)


@dataclass(frozen=True, slots=True)
class Findings:
    """`lead` is what an answer should begin with, if the reports differ; `outdated` are the sentences that
    give a value which no longer holds: (article id, where the sentence starts)."""

    notes: tuple[Note, ...] = ()
    lead: Reading | None = None
    outdated: frozenset[tuple[str, int]] = frozenset()


def days_apart(one: Report, other: Report) -> float:
    """Days between two reports by the calendar; none when neither is dated, many when only one is."""
    if one.when is None or other.when is None:
        return 0.0 if one.when is other.when else float("inf")
    return float(abs(one.when // _DAY - other.when // _DAY))


class Told(Protocol):
    """What has a text: a report, or a sentence of one."""

    @property
    def text(self) -> str: ...


_Told = TypeVar("_Told", bound=Told)


def independent(reports: Sequence[_Told]) -> list[_Told]:
    """Of reports that copy one another the first, so that nine prints of one agency report count once."""
    kept: list[_Told] = []
    for report in reports:
        if not any(is_copy(report.text, other.text) for other in kept):
            kept.append(report)
    return kept


def agree(one: Report, other: Report) -> bool:
    """Whether two amounts can both be so: equal, one rounded, or within the other's limit ("at least")."""
    if one.figure is None or other.figure is None:
        return one.value.casefold() == other.value.casefold()
    return same_value(one.figure, other.figure) or _allows(one.figure, other.figure)


def same_value(one: Figure, other: Figure) -> bool:
    """Equal, or one is the other rounded to the digits that it shows."""
    if one.value == other.value:
        return True
    rough = min((one, other), key=lambda figure: len(_digits(figure.value)))
    fine = other if rough is one else one
    digits = len(_digits(rough.value))
    about = rough.bound in ("about", "around", "some", "roughly", "approximately", "nearly", "almost", "over")
    is_coarser = digits < len(_digits(fine.value))
    if not is_coarser or (digits < 2 and not about):
        return False
    return float(f"{fine.value:.{max(digits, 1) - 1}e}") == rough.value


def _digits(value: float) -> str:
    return f"{value:.10g}".replace(".", "").strip("0") or "0"


def _allows(one: Figure, other: Figure) -> bool:
    lowest, highest = ("at least", "more than", "over"), ("fewer than", "less than", "under", "up to")
    for limit, figure in ((one, other), (other, one)):
        if limit.bound in lowest and figure.value >= limit.value:
            return True
        if limit.bound in highest and figure.value <= limit.value:
            return True
    return False


def origin(reading: Reading) -> str:
    """ "The Courier, 3 March 2026" """
    return ", ".join(filter(None, (reading.source, day(reading.published)))) or "undated"


def day(moment: Moment | None) -> str:
    """ "3 March 2026", as exactly as is known; empty for no date."""
    if moment is None:
        return ""
    start = moment.start
    month = f"{start:%B} {start.year}"
    return month if moment.precision == "month" else f"{start.day} {month}"


def listed(parts: Iterable[str], last: str = " and ") -> str:
    """ "a, b and c" """
    *first, end = parts
    return f"{', '.join(first)}{last}{end}" if first else end


def conflict(sides: Sequence[Report], reports: Sequence[Report]) -> Note:
    """The note that these reports differ, with how many of the others bear each of them out."""
    told = []
    for side in sides:
        same = [r for r in reports if agree(r, side) and r is not side and r not in sides]
        also = len(independent([side, *same])) - 1
        others = f" and {also} other independent report{'s' * (also > 1)}" if also else ""
        told.append(f"{side.value} ({origin(side.reading)}{others})")
    return Note("conflict", f"Reports differ: {listed(told)}.", tuple(side.reading for side in sides))
