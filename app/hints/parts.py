"""A question that asks for several reports, as parts that can each be looked for.

"Does the Courier say A, while the Ledger reports B?" has two: A in the Courier, B in the Ledger. A part is
the stretch of the question around its outlet; it knows no grammar, only where such stretches usually end.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from app.hints.outlets import Outlet
from app.hints.times import Time

# Where the stretch of one outlet ends before that of the next: the strongest break between them.
_BREAKS = tuple(
    re.compile(form)
    for form in (
        r";\s",
        r",?\s(?:while|whereas|but)\s",
        r",\s(?:and|or|did|does|do|is|was|has|have|are|were)\b",
        r",\s",
        r"\s(?:and|or|than|with|to)\s",
    )
)
_NEAR = 3  # words between outlets that still stand in one list
_COMPARES = re.compile(
    r"\b(?:compar\w*|differ\w*|chang\w*|contrast\w*|versus|vs|than|between|both|from)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Part:
    """What to look for in which outlets and near which times; no outlets means in all."""

    text: str
    outlets: tuple[str, ...] = ()
    times: tuple[Time, ...] = ()


def parts_of(text: str, outlets: Sequence[Outlet], times: Sequence[Time]) -> tuple[Part, ...]:
    """The parts of a question, none when it is to be looked for as a whole in the whole archive.

    Each demanded outlet is a part of its own. Two times in a question that compares are parts too.
    """
    demanded = [outlet for outlet in outlets if outlet.demanded]
    if demanded:
        return tuple(dict.fromkeys(_by_outlet(text, demanded, times)))
    if len(times) > 1 and _COMPARES.search(text):
        return tuple(Part(text, (), (time,)) for time in times)
    return ()


def _by_outlet(text: str, outlets: Sequence[Outlet], times: Sequence[Time]) -> list[Part]:
    parts = []
    for start, end, group in _stretches(text, outlets):
        near = tuple(time for time in times if start <= time.start < end)
        parts += [Part(text[start:end].strip(" ,;"), outlet.names, near) for outlet in group]
    return parts


def _stretches(text: str, outlets: Sequence[Outlet]) -> list[tuple[int, int, list[Outlet]]]:
    """Start, end and outlets of each stretch; together they are the whole question."""
    found = []
    start, group = 0, [outlets[0]]
    for outlet in outlets[1:]:
        gap = text[group[-1].end : outlet.start]
        if len(re.findall(r"\w+", gap)) > _NEAR:
            cut = group[-1].end + _break(gap)
            found.append((start, cut, group))
            start, group = cut, []
        group.append(outlet)
    return [*found, (start, len(text), group)]


def _break(gap: str) -> int:
    for form in _BREAKS:
        if matches := list(form.finditer(gap)):
            return matches[-1].start()
    return len(gap)
