"""Whether quoted words are near the name of the one who is said to have spoken them.

"I will stay," she said: whom an article means by "she" is told by the sentences before, up to the first that
names somebody. A sentence that names its speaker itself is compared by the verifier.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.agree.speaker import attributions
from app.llm.marks import sentence_around
from app.verify import Fault
from app.words import stem, stems
from ingest.article import Article

_PERSON = re.compile(r"\b[A-Z][\w’'-]*[a-z]\.? (?:[A-Z]\. )?(?:(?:de|da|van|von|der|bin|al) )?[A-Z][\w’'-]+")
# Sentences before the quoted one that are looked at, at most.
_BACK = 5


def wrong_speaker(text: str, quotes: Sequence[tuple[Article, int, int]]) -> Fault | None:
    """What is wrong with who says the quotations of a sentence; `quotes` tells where they stand."""
    named = list(filter(None, _said_by(text, [article for article, _, _ in quotes])))
    surnames = {stem(name.split()[-1]) for name in named}
    for article, start, end in quotes:
        if named and surnames.isdisjoint(stems(_around(article, start, end))):
            return Fault("speaker", f"The article does not have {named[0]} say it.", True)
    return None


def tells_of_speech(text: str, articles: Sequence[Article]) -> bool:
    """Whether somebody, named or not, says something in a sentence; the articles' outlets do not count."""
    return bool(_said_by(text, articles))


def _said_by(text: str, articles: Sequence[Article]) -> list[str]:
    """Who says something in a sentence, "" for each who has no name."""
    outlets = {word for article in articles for word in stems(article.source)}
    names = (" ".join(token.text for token in one.speaker) for one in attributions(text))
    return [name for name in names if not name or not outlets.issuperset(stems(name))]


def _around(article: Article, start: int, end: int) -> str:
    """The sentence of a quotation, and those before it up to one that names somebody."""
    first, last = sentence_around(article, start, end)
    for _ in range(_BACK):
        if _names_somebody(article.text[first:start] + article.text[end:last]) or not first:
            break
        space = len(article.text[:first].rstrip())
        first = sentence_around(article, max(0, space - 1), space)[0]
    return article.text[first:last]


def _names_somebody(text: str) -> bool:
    return bool(_PERSON.search(text)) or any(one.speaker for one in attributions(text))
