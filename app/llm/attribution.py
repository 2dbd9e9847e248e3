"""Which outlets a sentence says that it has its matter from, and the sentence without saying so.

"The Daily Post reported that the pier fell" is true only if the Daily Post did; the rest of it is what an
article can bear out. It knows the usual English wordings, and only outlets that it is given.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.verify import Evidence
from ingest.article import Moment

_SAYS = r"(?:(?:has|had)\s+)?(?:also\s+)?(?:report(?:ed|s)|said|says|wrote|writes|noted|notes|put it)"
_DAY = (
    r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|May|June|July|August|"
    r"September|October|November|December|\d{1,4}(?:st|nd|rd|th)?)"
)
_DATE = rf"(?P<when>{_DAY}(?:,?\s+{_DAY}){{0,3}})"
_WHEN = rf"(?:,?\s+(?:on|in)\s+{_DATE})?"


@dataclass(frozen=True, slots=True)
class Attributed:
    """`claim` is what is said to have been reported, by each of `outlets`; none when nobody is named."""

    claim: str
    outlets: tuple[str, ...]


def attributed(text: str, evidence: Sequence[Evidence]) -> Attributed:
    """What is left when outlets of the evidence are read off; a wrong date of theirs is not read off."""
    dates: dict[str, list[Moment]] = {}
    for piece in evidence:
        if piece.article.source:
            days = dates.setdefault(piece.article.source, [])
            days.extend([piece.article.published] if piece.article.published else [])
    named: list[str] = []
    claim = text
    for outlet in sorted(dates, key=len, reverse=True):
        for pattern in _patterns(outlet):
            found = pattern.search(claim)
            if found:
                named.append(outlet)
                if _is_true(found.groupdict().get("when"), dates[outlet]):
                    claim = claim[: found.start()] + claim[found.end() :]
    claim = claim.strip(" ,")
    if claim == text or len(claim.split()) < 2:
        return Attributed(text, tuple(dict.fromkeys(named)))
    return Attributed(claim[:1].upper() + claim[1:], tuple(dict.fromkeys(named)))


def _patterns(outlet: str) -> Iterator[re.Pattern[str]]:
    bare = re.escape(re.sub(r"^the\s+", "", outlet.strip(), flags=re.IGNORECASE))
    name = rf"(?:[Tt]he\s+)?{bare}"
    for pattern in (
        rf"^(?:According to|As reported by|As)\s+{name}(?:\s+{_SAYS})?{_WHEN},\s*",
        rf"^{name}\s+{_SAYS}{_WHEN}(?:\s+that\b|:|,)\s*(?=\S)",
        rf"^(?:On\s+{_DATE},\s+)?{name}\s+{_SAYS}(?:\s+that\b|:|,)?\s+(?!(?:on|in)\s+{_DAY})(?=\S)",
        rf",?\s+(?:according to|as reported by|reported by)\s+{name}{_WHEN}(?=[.,;!?]|$)",
        rf",\s+{name}\s+{_SAYS}{_WHEN}(?=[.,;!?]|$)",
        rf"\s*\({name}(?:,\s+{_DATE})?\)",
    ):
        yield re.compile(pattern)


def _is_true(when: str | None, days: Sequence[Moment]) -> bool:
    """Whether a date is, with all it says, that of one of the articles."""
    if not when:
        return True
    told = [re.sub(r"(?<=\d)(?:st|nd|rd|th)$", "", word.lower()) for word in re.findall(r"[^\W_]+", when)]
    return any(all(_fits(word, day) for word in told) for day in days)


def _fits(word: str, day: Moment) -> bool:
    start = day.start
    known = {f"{start:%B}".lower(), str(start.year)}
    if day.precision != "month":
        known |= {f"{start:%A}".lower(), str(start.day)}
    return word in known
