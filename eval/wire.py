"""Wire copy as outlets print it: cut, with a lead of their own, in their house style, with a local paragraph.

Makes copies of an article by rule, with a chance that is the same every time. Does not know how copies are
found; its spellings and phrases are not those of `ingest.duplicates`.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from ingest.article import Article, Moment
from ingest.sentences import sentence_spans

Paragraphs = list[str]
Edit = Callable[[Paragraphs, Article, random.Random], Paragraphs]

OUTLETS = ("The Harbour Gazette", "Northfield Echo", "Radio Callan", "The Evening Ledger", "Inland Post")
_TOWNS = ("Northfield", "Callan", "Port Sele", "Harrow Bay", "Inland Falls")
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
_LEADS = (
    "{title}, it emerged on {day}, in what people in {town} called a story to watch.",
    "There was news on {day} for readers who have followed this from the start: {title}.",
    "{day}'s reports confirm it. {title}. Here is what is known so far, and what is not.",
)
_LOCAL = (
    "In {town}, councillors said they were following events closely and would meet on {day} to discuss what "
    "it means for the town. A spokeswoman for the council said that nobody there had been told in advance.",
    "Asked about it in {town} on {day}, several residents said they had heard nothing of the matter until "
    "this week. “You read about it and you wonder who decides these things,” said one, who runs a shop.",
)
_MONTHS = {
    "Jan": "January", "Feb": "February", "Aug": "August", "Sept": "September", "Oct": "October",
    "Nov": "November", "Dec": "December",
}  # fmt: skip
_STYLE = (
    (r"\bpercent\b", "per cent"), (r"\bU\.S\.", "US"), (r"\bU\.N\.", "UN"), (r"\bU\.K\.", "UK"),
    (r"(\w{2,}[^aeiou])ize(d|s)?\b", r"\1ise\2"), (r"\b(col|hon|lab|fav|neighb)or", r"\1our"),
    (r"\b(cent|theat|met)er\b", r"\1re"), (r"\bdefense\b", "defence"), (r"\bprogram\b", "programme"),
    (r"\b(Jan|Feb|Aug|Sept|Oct|Nov|Dec)\.", lambda m: _MONTHS[m[1]]), (r"\bafter\b", "following"),
    (r"\bsaid\b", "told reporters"), (r"\babout (?=\d)", "around "), (r"\bbut\b", "although"),
    (r"\bmore than\b", "over"), (r"\bofficials\b", "authorities"), (r"\bpeople\b", "persons"),
    (r"\bPresident (?=[A-Z])", "Mr. "), (r"\b(?:Mr|Mrs|Ms|Dr)\.? (?=[A-Z])", ""), (r" [—–-] ", ", "),
    (r"[“”]", '"'), (r"[‘’]", "'"), (r"\b(\d) million\b", r"\1m"), (r"\$(\d[\d,.]*)\b", r"\1 dollars"),
)  # fmt: skip
_NUMBERS = "zero one two three four five six seven eight nine ten eleven twelve".split()
_LEAST_PARAGRAPHS = 4


def copies(article: Article, count: int, draw: random.Random) -> list[Article]:
    """So many copies of an article in other outlets, each edited in two to five ways."""
    return [_copy(article, number, draw) for number in range(count)]


def _copy(article: Article, number: int, draw: random.Random) -> Article:
    paragraphs = paragraphs_of(article.text)
    for edit in draw.sample(EDITS, draw.randint(2, len(EDITS))):
        paragraphs = edit(paragraphs, article, draw)
    when = article.published
    later = Moment(when.epoch + 86_400 * draw.randint(0, 2), when.precision) if when else None
    words = article.title.split()
    title = " ".join(words[: max(3, len(words) * 2 // 3)]) if draw.random() < 0.5 else article.title
    return replace(
        article,
        id=f"{article.id}-copy-{number}",
        title=title,
        text="\n\n".join(paragraphs),
        source=OUTLETS[number % len(OUTLETS)],
        published=later,
        url="",
    )


def paragraphs_of(text: str) -> Paragraphs:
    """The paragraphs of a text; where it has few, two sentences each."""
    found = [part.strip() for part in re.split(r"\n\s*\n", text) if part.strip()]
    if len(found) >= _LEAST_PARAGRAPHS:
        return found
    spans = sentence_spans(text)
    return [text[a[0] : b[1]] for a, b in zip(spans[::2], [*spans[1::2], spans[-1]], strict=False)]


def cut(paragraphs: Paragraphs, article: Article, draw: random.Random) -> Paragraphs:
    """Only the beginning is printed: between two fifths and nine tenths of it."""
    return paragraphs[: max(2, round(len(paragraphs) * draw.uniform(0.4, 0.9)))]


def new_lead(paragraphs: Paragraphs, article: Article, draw: random.Random) -> Paragraphs:
    """The first paragraph gives way to one of the outlet's own."""
    return [_filled(draw.choice(_LEADS), article, draw), *paragraphs[1:]]


def local(paragraphs: Paragraphs, article: Article, draw: random.Random) -> Paragraphs:
    """What it means here, after the first paragraphs or at the end."""
    place = draw.randint(1, len(paragraphs))
    return [*paragraphs[:place], _filled(draw.choice(_LOCAL), article, draw), *paragraphs[place:]]


def reordered(paragraphs: Paragraphs, article: Article, draw: random.Random) -> Paragraphs:
    """Some paragraphs behind the first change places with the next."""
    moved = list(paragraphs)
    for place in range(1, len(moved) - 1):
        if draw.random() < 0.3:
            moved[place], moved[place + 1] = moved[place + 1], moved[place]
    return moved


def restyled(paragraphs: Paragraphs, article: Article, draw: random.Random) -> Paragraphs:
    """The outlet's spellings, titles, signs and favourite words; small numbers in words, and back."""
    text = "\n\n".join(paragraphs)
    for pattern, put in _STYLE:
        text = re.sub(pattern, put, text)
    text = re.sub(r"(?<![\d.,$€£])\b([1-9]|1[0-2])\b(?![\d.,%])", lambda m: _NUMBERS[int(m[0])], text)
    text = re.sub(r"^[A-Z][A-Z ,.]+(?:\([\w/ ]+\))?\s*[—–-]+\s*", "", text)
    return text.split("\n\n")


EDITS: tuple[Edit, ...] = (cut, new_lead, local, reordered, restyled)


def _filled(template: str, article: Article, draw: random.Random) -> str:
    title = article.title.rstrip(" .…")
    return template.format(title=title, day=draw.choice(_DAYS), town=draw.choice(_TOWNS))


def wire_copy(articles: Sequence[Article], count: int, draw: random.Random) -> list[Article]:
    """So many articles long enough to be edited, drawn at random."""
    fit = [a for a in articles if len(paragraphs_of(a.text)) >= _LEAST_PARAGRAPHS]
    return draw.sample(fit, min(count, len(fit)))
