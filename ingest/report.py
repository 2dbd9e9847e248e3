"""What became of everything that was read: counted exactly, and the first of what deserves a word listed.

The archive keeps every rejection (`newsdesk rejected`); a report that did so too would fill the memory with a
broken file of ten million lines. Knows what is counted, not who counts.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from ingest.article import Rejection, Warned
from ingest.limits import limits


@dataclass(slots=True)
class Report:
    """The counts of one ingest: read = ingested + unchanged + replaced + rejected_count, always.

    `rejected` and `warnings` hold the first `most` each, in the order in which they came. `retracted` counts
    those of the rejected that took back an article of the archive.
    """

    ingested: int = 0
    unchanged: int = 0
    replaced: int = 0
    rejected_count: int = 0
    warnings_count: int = 0
    retracted: int = 0
    passages: int = 0
    seconds: float = 0.0
    rejected: list[Rejection] = field(default_factory=list)
    warnings: list[Warned] = field(default_factory=list)
    most: int = field(default_factory=lambda: limits().listed)

    @property
    def read(self) -> int:
        return self.ingested + self.unchanged + self.replaced + self.rejected_count

    def note(self, item: Rejection) -> None:
        """Counts a rejection, or a warning, and lists it while there is room."""
        if isinstance(item, Warned):
            self.warnings_count += 1
            if len(self.warnings) < self.most:
                self.warnings.append(item)
        else:
            self.rejected_count += 1
            if len(self.rejected) < self.most:
                self.rejected.append(item)

    def to_json(self) -> dict[str, Any]:
        return {
            "read": self.read,
            "ingested": self.ingested,
            "unchanged": self.unchanged,
            "replaced": self.replaced,
            "rejected_count": self.rejected_count,
            "rejected": [item.to_json() for item in self.rejected],
            "warnings_count": self.warnings_count,
            "warnings": [item.to_json() for item in self.warnings],
            "retracted": self.retracted,
            "passages": self.passages,
            "seconds": round(self.seconds, 3),
        }
