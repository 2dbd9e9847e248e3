"""Which cases belong to one story, so that resampling does not take them for independent."""

from __future__ import annotations

from collections.abc import Sequence

from eval.case import Case


def stories_of(cases: Sequence[Case]) -> list[int]:
    """A number for each case: the same for cases of one `story` or with an expected article in common."""
    parent = list(range(len(cases)))

    def root(place: int) -> int:
        while parent[place] != place:
            parent[place] = parent[parent[place]]
            place = parent[place]
        return place

    first: dict[tuple[str, str], int] = {}
    for place, case in enumerate(cases):
        marks = [("story", case.story)] if case.story else [("gold", name) for name in case.gold]
        for mark in marks:
            parent[root(place)] = root(first.setdefault(mark, place))
    return [root(place) for place in range(len(cases))]
