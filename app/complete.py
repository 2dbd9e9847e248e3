"""What a quoted sentence cannot say alone, put beside it in brackets: a first name, a full name, a year.

"Sunak said" becomes "[Rishi] Sunak said" when the article itself has called him so, and only so; an acronym
gets the words that the article gives for it; a day of an old report gets its year. Where the article leaves
a choice, nothing is added: a bracket is a claim too. Taking the brackets out gives the quotation back.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from app.kinds import listed
from app.ranks import is_rank
from app.words import is_function_word
from ingest.article import Article, Moment

# A report this many days old is read without its year in mind.
_OLD_DAYS = 240
# A day without a year is near the report that names it.
_NEAR_DAYS = 120
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_CALENDAR = re.compile(rf"(?:{_MONTHS}|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)s?")
_DAY = re.compile(rf"\b(?:({_MONTHS}) (\d{{1,2}})|(\d{{1,2}}) ({_MONTHS}))\b(?!,? (?:19|20)\d\d)(?![:\d])")
_WORD = r"[A-Z][a-zà-öø-ÿ]+(?:[’'-][A-Z]?[a-zà-öø-ÿ]+)*"
_NAME = re.compile(
    rf"(?<![\w’'-])((?:{_WORD} ){{1,2}}(?:[A-Z]\. )?(?:(?:de|da|van|von|der|bin|al) )?)({_WORD})"
    r"(?=,|[’']s\b| [a-z])"
)
_ACRONYM = re.compile(r"(?<![\w&])([A-Z]{3,6})(?![\w&])")
_EXPLAINED = re.compile(r"((?:(?<![\w’'&-])[\w’'&-]{1,40} ){1,9})\(([A-Z]{3,6})\)")
# First words of names that are no people's.
_PLACES = frozenset(
    """New North South East West Northern Southern Eastern Western Central Upper Lower San Santa Los Las Saint
    St Fort Mount Lake Cape Port Great Grand White Wall Supreme United World Super National American British
    Royal High Big Black Red Blue Green Federal Premier Air Silicon Capitol House Senate Congress Dear State
    National City County University Team""".split()
)  # fmt: skip
# Last words of names that are groups' and things'.
_GROUPS = frozenset(
    """Democrat Republican Party House Senate Congress Committee Court Street University College School Police
    Department Club League Cup Bowl Company Group Bank Times Post News Park Church Army Navy Council Union Act
    Bill Law Series Games Open Prize Award Awards Day Week Month Year""".split()
)
# Name or verb: it leaves a choice where another first name stands too, and is never added.
_WILL = "Will"
_NO_NAME = ("ing", "’s", "'s")
# A bare name that acts or speaks is a person's, unless elsewhere an article stands before it or it is many.
_ACTING = re.compile(
    rf"(?:(?<![A-Za-z] )|(?<=[a-z,] ))(?<![\w’'-])({_WORD})"
    r"(?= (?:said|says|told|added|wrote|tweeted|was|is|has|had|who|did|does|also)\b)"
)
_SAYING = re.compile(rf"\b(?:said|says|added|wrote|told) ({_WORD})(?=[.,])")
_PLACED = re.compile(rf"\b(?:[Tt]he|[Aa]n?|[Ii]n|[Aa]t) ({_WORD})\b(?! [A-Z])")
_MANY = re.compile(rf"\b({_WORD}) (?:are|were|have)\b")
_BEFORE = frozenset(
    ("the", "a", "an", "in", "at", "near", "from", "to", "into", "of", "across", "outside", "for")
)


@dataclass(frozen=True, slots=True)
class Completed:
    """A quotation with brackets: `added` are their spans in `text`."""

    text: str
    added: tuple[tuple[int, int], ...]


def completed(
    article: Article, start: int, end: int, as_of: Moment | None = None, said: str = ""
) -> Completed:
    """The characters `start` to `end` of an article, with what the article says of them elsewhere.

    What the reader was told already, in `said`, is not added again. `as_of`: when it is asked, else today.
    """
    quote = article.text[start:end]
    found = _additions(article, start, quote, as_of)
    additions = {place: words for place, words in found if words.strip(" []") not in said}
    text, added, done = "", [], 0
    for place in sorted(additions):
        text += quote[done:place]
        added.append((len(text), len(text) + len(additions[place])))
        text += additions[place]
        done = place
    return Completed(text + quote[done:], tuple(added))


def _additions(article: Article, start: int, quote: str, as_of: Moment | None) -> Iterator[tuple[int, str]]:
    """Places in the quotation and what is put there, each with its own white space."""
    yield from _first_names(article, quote)
    yield from _acronyms(article, start, quote)
    if year := _old_year(article, as_of):
        yield from ((m.end(), f" [{y}]") for m in _DAY.finditer(quote) if (y := _year_of(m, article, year)))


def _first_names(article: Article, quote: str) -> Iterator[tuple[int, str]]:
    """The first mention of each person whom the sentence calls by the surname alone."""
    for surname, first in people_in(article.text).items():
        mention = re.search(rf"(?<![\w’'-]){re.escape(surname)}(?![\w-])", quote)
        if mention and first not in quote and _stands_alone(quote, *mention.span()):
            yield mention.start(), f"[{first}] "


def _stands_alone(quote: str, start: int, end: int) -> bool:
    """Whether nothing beside the mention says that it is a place, a thing or somebody else's name."""
    before, after = quote[:start].split(), quote[end:]
    last = before[-1].strip("“\"'‘(") if before else ""
    if last.lower() in _BEFORE or re.match(r" (?:[A-Z&]|and [A-Z])", after):
        return False
    is_apart = last.endswith((".", ",", ";", ":", "”")) and not is_rank(last)
    return is_apart or not last[:1].isupper()


@lru_cache(maxsize=256)
def people_in(text: str) -> dict[str, str]:
    """Surname → first names, of people whom a text first names in full and later by the surname alone.

    Left out: a surname that two people share, or that stands for a place or thing as well.
    """
    full: dict[str, set[str]] = {}
    for match in _NAME.finditer(text):
        first = [word for word in match.group(1).split() if not is_rank(word)]
        if first and not any(w in _PLACES or w.endswith(_NO_NAME) or _is_small(w) for w in first):
            full.setdefault(match.group(2), set()).add(" ".join(first))
    acting = {name for pattern in (_ACTING, _SAYING) for name in pattern.findall(text)}
    other = {name for pattern in (_PLACED, _MANY) for name in pattern.findall(text)}
    return {
        surname: next(iter(firsts))
        for surname, firsts in full.items()
        if len(firsts) == 1 and firsts != {_WILL} and surname in acting - other and _is_surname(surname)
    }


def _is_small(word: str) -> bool:
    return is_function_word(word) and word != _WILL


def _is_surname(word: str) -> bool:
    """Whether a word that ends a name and acts may be a person's: no group, place, day or month."""
    is_group = word in _GROUPS or word.removesuffix("s") in _GROUPS or is_function_word(word)
    is_place = any(listed(noun, word) for noun in ("country", "state"))
    return not (is_group or is_place or _CALENDAR.fullmatch(word))


def _acronyms(article: Article, start: int, quote: str) -> Iterator[tuple[int, str]]:
    """What the article says, before this sentence, that an acronym stands for."""
    known: dict[str, str] = {}
    for match in _EXPLAINED.finditer(article.text[:start]):
        if words := _initialled(match.group(1).split(), match.group(2)):
            known.setdefault(match.group(2), words)
    for match in _ACRONYM.finditer(quote):
        if words := known.pop(match.group(1), ""):
            yield match.end(), f" [{words}]"


def _initialled(words: list[str], acronym: str) -> str:
    """The last words whose initials are the acronym (Schwartz and Hearst 2003, initials only), or ""."""
    letters = list(acronym.lower())
    for place in range(len(words) - 1, -1, -1):
        if words[place][:1].lower() == letters[-1]:
            letters.pop()
        elif not is_function_word(words[place]):
            return ""
        if not letters:
            return " ".join(words[place:])
    return ""


def _old_year(article: Article, as_of: Moment | None) -> date | None:
    """The report's day, if it is old by the time of asking."""
    if article.published is None or article.published.precision == "month":
        return None
    asked = as_of.start.date() if as_of else date.today()
    day = article.published.start.date()
    return day if (asked - day).days > _OLD_DAYS else None


def _year_of(match: re.Match[str], article: Article, published: date) -> int | None:
    """The year that puts the day nearest to the report, if it is near it at all."""
    month = _MONTHS.split("|").index(match.group(1) or match.group(4)) + 1
    days = []
    for year in (published.year - 1, published.year, published.year + 1):
        try:
            days.append(date(year, month, int(match.group(2) or match.group(3))))
        except ValueError:
            continue
    nearest = min(days, key=lambda day: abs((day - published).days), default=None)
    return nearest.year if nearest and abs((nearest - published).days) <= _NEAR_DAYS else None
