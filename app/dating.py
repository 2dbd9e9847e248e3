"""The day that a short answer needs beside it: of a bare weekday, and of a state of things long past.

"Thursday [8 September 2022]"; "Rishi Sunak [as of 24 October 2022]", where it is asked who is prime minister
and the report is old. Brackets are the editor's; where the article leaves a choice there are none.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from app.answer import Direct
from app.story.happened import happened
from app.story.readings import day
from ingest.article import Article, Moment

_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
# The first verb of a question that asks for what is so now.
_NOW = re.compile(
    r"\W*(?:(?:who|what|which|where|how)\b.{0,60}?\b(is|are|does|do|has|have|was|were|did|had|will|would)|"
    r"(is|are|does|do))\b",
    re.IGNORECASE,
)
_PRESENT = frozenset("is are does do has have".split())
# A report so many days old may have been overtaken.
_OLD_DAYS = 60
_BEFORE_THE_DAY = 100


def dated(direct: Direct, question: str, article: Article, as_of: Moment | None) -> Direct:
    """The short answer with the day that it is of, where a reader would take it for another's."""
    published = article.published
    if published is None or published.precision == "month":
        return direct
    if direct.text in _WEEKDAYS:
        told = _day_told(direct, article, published.start.date())
        return replace(direct, text=f"{direct.text} [{told}]") if told else direct
    asks = _NOW.match(question)
    verb = (asks[1] or asks[2]).lower() if asks else ""
    today = as_of.start.date() if as_of else date.today()
    if verb in _PRESENT and (today - published.start.date()).days > _OLD_DAYS:
        return replace(direct, text=f"{direct.text} [as of {day(published)}]")
    return direct


def _day_told(direct: Direct, article: Article, published: date) -> str:
    """The day that the weekday is, if the words before it and the day of the report leave no choice."""
    start, end = direct.citation.start, direct.citation.end
    line = article.text.rfind("\n", 0, start) + 1
    sentence = max(line, article.text.rfind(". ", line, start) + 1, start - _BEFORE_THE_DAY)
    told = happened(article.text[sentence:end], published)
    found = date.fromordinal(told.day)
    is_sure = told.precision == "day" and not told.other and _WEEKDAYS[found.weekday()] == direct.text
    return day(Moment.parse(found.isoformat())) if is_sure else ""
