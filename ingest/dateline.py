"""Where a report was written, as its dateline says: `LONDON, March 3 (Reuters) - …`, `PARIS — …`.

Knows the forms of datelines, no places: `NATO — The alliance said` may fool it. The words of a dateline stay
in the text; a place is only spelled as in running text (`NEW YORK` is New York).
"""

from __future__ import annotations

import re
from calendar import day_abbr, day_name, month_abbr, month_name

from ingest.agencies import agency_of

_LONGEST = 80  # characters of a place
_OPENING = 160  # characters in which a dateline ends
_SHORTEST = 4  # letters of a city that nothing but a dash follows; shorter ones are teams and leagues
_TIME_WORDS = "|".join(sorted(filter(None, (*day_name, *day_abbr, *month_name, *month_abbr, "Sept"))))
_DATE = (
    rf"(?:(?:{_TIME_WORDS})\b\.?(?:,?\s+\d{{1,2}}(?:st|nd|rd|th)?\b)?|\d{{1,2}}\.?\s+[^\W\d]{{3,12}}\b\.?)"
    r"(?:,?\s+\d{4}\b)?"
)
_CAPITALS = r"(?:Ma?c)?[A-ZÀ-Þ][A-ZÀ-Þ.'’]+"
_NAME = r"[A-ZÀ-Þ][\w.'’]*"
_CITY = rf"(?P<city>{_CAPITALS}(?:[ /-]{_CAPITALS}){{0,4}})"
_TOWN = rf"(?P<city>{_NAME}(?:[ /-](?:(?:de|la|of|upon|on|au|del|do|am)[ -])?{_NAME}){{0,3}})"
_REGION = rf"(?P<region>,\s+(?!{_DATE}){_NAME}(?:\s(?:of\s|the\s|and\s)*{_NAME}){{0,3}})?"
_AGENCY = r"(?:,?\s*(?:\((?P<agency>[^()\n]{2,40})\)|/[\w ]{2,20}/))?"
_DASH = r"(?:\s*(?:—|–|--)\s*|\s+-\s+)(?=[\"“‘'(\[]*[A-Z0-9À-Þ])"
_IN_CAPITALS, _IN_LETTERS = (
    re.compile(rf"{city}{_REGION}(?P<date>,?\s+{_DATE})?{_AGENCY}{_DASH}") for city in (_CITY, _TOWN)
)
# What papers put in capitals before a dash, and is no place.
_LABELS = frozenset(
    """advisory advertisement alert analysis attention audio breaking clarification column comment commentary
    correction corrected editorial editors exclusive explained explainer feature gallery interview
    investigation live newsletter note notice obituary opinion photos podcast poll profile quiz recap refile
    retraction review spoiler sponsored summary timeline update updated video warning watch wrapup""".split()
)
_END = re.compile(rf"\s*(?:[(\[—–:]|--|\s/|\s-(?=\s|$)|[,\s]\s*{_DATE}|$)")
_RUN = re.compile(r"[^\W\d_]+")
_CODES = frozenset(("DC", "UAE", "UK", "US", "USA"))
_SMALL = frozenset("al am an au da de del der di do du el la le of on sur the upon".split())


def place_at_start(text: str) -> str:
    """The place of the dateline that a text opens with; "" where it opens with none."""
    opening = text[:_OPENING]
    if "—" not in opening and "–" not in opening and "-" not in opening:
        return ""
    match = _IN_CAPITALS.match(opening) or _IN_LETTERS.match(opening)
    return _spelled(f"{match['city']}{match['region'] or ''}") if match and _is_dateline(match) else ""


def place_in(dateline: str) -> str:
    """The place in what is known to be a dateline (`MOSCOW, Monday (Reuters)`), or to name a place."""
    line = " ".join(dateline[:_OPENING].split())
    end = _END.search(line)
    place = line[: end.start() if end else None].strip(" ,;-–—")
    place = place if "," in place else place.rstrip(".")  # of `MARESBY, Mo.` it is part of the name
    return _spelled(place) if len(place) <= _LONGEST and any(map(str.isalpha, place)) else ""


def _is_dateline(match: re.Match[str]) -> bool:
    """Whether what stands before a dash is more than a label, a team or (in small letters) any name."""
    city = match["city"]
    if match["date"] or agency_of(match["agency"] or ""):
        return True
    if match.re is _IN_LETTERS or any(word.lower() in _LABELS for word in _RUN.findall(city)):
        return False
    return bool(match["region"] or match["agency"]) or sum(map(str.isalpha, city)) >= _SHORTEST


def _spelled(place: str) -> str:
    """A place without the capitals of datelines; the letters of a state (`D.C.`, `MA`) keep theirs."""
    return _RUN.sub(_word, place)


def _word(run: re.Match[str]) -> str:
    word, place = run[0], run.string
    if scot := re.fullmatch(r"(Ma?c)([A-Z]{2,})", word):
        return scot[1] + scot[2].capitalize()
    if not word.isupper():
        return word
    if len(word) == 1:  # an initial, or the end of `ST. JOHN'S`
        return word.lower() if place[: run.start()].endswith(("'", "’")) else word
    if word.lower() in _SMALL and run.start() and place[run.start() - 1] in " -":
        return word.lower()
    is_code = len(word) <= 3 and "," in place[: run.start()]
    return word if is_code or word in _CODES else word.capitalize()
