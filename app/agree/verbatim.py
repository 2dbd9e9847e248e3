"""Where a claim stands word for word in an article, and what stands around it in its sentence.

Quotes, dashes, ligatures and white space may differ; letters and their case may not.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from app.agree.reading import fold
from app.dateline import dateline_end
from app.verify import Evidence

_AROUND = 400
_ENDS = re.compile(r"[.!?…][\"')\]]*\s|\n")


@dataclass(frozen=True, slots=True)
class Verbatim:
    """A claim's place in the article; `before` and `after` are the rest of its sentence there."""

    start: int
    end: int
    before: str
    after: str

    @property
    def is_whole(self) -> bool:
        return not any(c.isalnum() for c in self.before + self.after)


def stands_in(claim: str, evidence: Evidence) -> Verbatim | None:
    """The first place of the claim in the evidence that begins and ends between words."""
    wanted = fold(claim).text.strip()
    if not any(c.isalnum() for c in wanted):
        return None
    found = _as_it_is(claim.strip(), evidence) or _place(wanted, evidence) or _place(_open(wanted), evidence)
    if found is None:
        return None
    start, end = found
    text = evidence.article.text
    return Verbatim(start, end, _before(text, start), _after(text, end, wanted))


def _open(wanted: str) -> str:
    """A claim without its full stop: what was cut out of a longer sentence has one of its own."""
    return wanted[:-1] if wanted.endswith(".") else ""


def _as_it_is(claim: str, evidence: Evidence) -> tuple[int, int] | None:
    """The claim character for character: the usual case, and the quickest."""
    text = evidence.text
    at = text.find(claim)
    if at < 0 or not (_is_edge(text, at) and _is_edge(text, at + len(claim))):
        return None
    return evidence.start + at, evidence.start + at + len(claim)


def _place(wanted: str, evidence: Evidence) -> tuple[int, int] | None:
    folded = fold(evidence.text)
    at = folded.text.find(wanted) if wanted else -1
    while at >= 0:
        end = at + len(wanted)
        if _is_edge(folded.text, at) and _is_edge(folded.text, end):
            start, stop = folded.span(at, end)
            return evidence.start + start, evidence.start + stop
        at = folded.text.find(wanted, at + 1)
    return None


def _is_edge(text: str, at: int) -> bool:
    return not (0 < at < len(text) and text[at - 1].isalnum() and text[at].isalnum())


def _before(text: str, start: int) -> str:
    """From where the sentence begins; a dateline does not count."""
    around = text[max(0, start - _AROUND) : start]
    begins = max((end.end() for end in _ENDS.finditer(around)), default=0)
    before = fold(around[begins:]).text
    return before[dateline_end(f"{before} x") :]


def _after(text: str, end: int, wanted: str) -> str:
    """Up to where the sentence ends."""
    if re.search(r"[.!?…][\"')\]]*$", wanted) and not re.match(r"\s*[a-z]", text[end : end + 4]):
        return ""
    around = text[end : end + _AROUND]
    ends = _ENDS.search(around + "\n")
    return fold(around[: ends.start()] if ends else around).text
