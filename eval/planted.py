"""Errors planted into sentences of real articles, one at a time, to see whether a verifier finds them.

Each kind swaps one thing for a wrong one, makes something up (`eval.invented`) or leaves something out; the
rest of the sentence stays as it stands. The lists are not the verifier's: one that shared them would be
examined on its own answers. It judges nothing.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from typing import Literal, get_args

from eval.invented import clause, currency, dropped, ending, saying, turned_by
from ingest.article import Article

Kind = Literal[
    "number", "name", "date", "negation", "direction", "speaker",
    "ending", "clause", "saying", "currency", "by", "dropped",
]  # fmt: skip
KINDS: tuple[Kind, ...] = get_args(Kind)
# These add words or take them away; the others leave the wording as it is.
REWORDED: frozenset[Kind] = frozenset(("ending", "clause", "saying", "dropped"))

_Planter = Callable[[str, Article, random.Random], str | None]

_FIGURE = re.compile(r"(?<![\w.,:/-])[$€£]?(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?(?![\w:/]|[.,]\d)")
_YEAR_LIKE = re.compile(r"(?:1[89]|20)\d\d$")
_NUMBER_WORDS = """two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
sixteen twenty thirty forty fifty sixty seventy eighty ninety""".split()
_WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_MONTHS = """January February March April May June July August September October November December""".split()
_AUXILIARY = re.compile(
    r"\b(is|are|was|were|has|have|had|will|would|can|could|should|did|does|do|must)\b(?!\s+(?:not|no|n['’]t|never)\b|['’])"
)
_NEGATION = re.compile(
    r"\b(is|are|was|were|has|have|had|will|would|could|should|did|does|do|must)(?:\s+(?:not|never)|n['’]t)\b"
)
_RUN = r"[A-Z][a-z]+(?:[ -][A-Z][a-z]+){0,3}"
_NAME = re.compile(rf"(?<=[a-z,;] )({_RUN})(?![\w’'-]|\. )")
_BEFORE_SAID = re.compile(
    rf"(?<![\w-])({_RUN})(?=,? (?:said|says|told|added|wrote|argued|warned|insisted|explained|announced)\b)"
)
_AFTER_SAID = re.compile(rf"(?<=\b(?:said|says) )({_RUN})(?![\w’'-])|(?<=according to )({_RUN})(?![\w’'-])")
_NOT_NAMES = frozenset(
    (
        *_WEEKDAYS,
        *_MONTHS,
        *"""The A An It He She They We But And In On At This That Mr Mrs Ms Dr President However For As If
        When There One All So You I My Our His Her Their Its""".split(),
    )
)
_STRANGERS = ("Orla Tennant", "Piet Aldous", "Marisol Vey", "Tobin Hask", "Kestrel Bay", "Dunmarrow")

_PAIRS = """rose fell; rises falls; rise fall; rising falling; risen fallen; increased decreased; increases
decreases; increase decrease; increasing decreasing; grew shrank; growing shrinking; growth contraction;
gained lost; gains losses; higher lower; highest lowest; more less; up down; above below; before after;
won lost; wins loses; win defeat; victory defeat; accepted rejected; accept reject; accepting rejecting;
approved vetoed; approve veto; supported opposed; supports opposes; support oppose; supporters opponents;
allowed forbade; allowed banned; allow ban; allows bans; opened closed; open closed; opens closes;
opening closing; started ended; start end; starts ends; began ended; begin finish; arrived departed;
joined quit; join quit; bought sold; buy sell; buying selling; hired fired; arrested freed; convicted
acquitted; guilty innocent; included omitted; added removed; raised cut; raise lower; expanded reduced;
expand reduce; boosted slashed; strengthened weakened; stronger weaker; strong weak; improved worsened;
better worse; best worst; good bad; first last; early late; earlier later; older younger; old young;
oldest youngest; new old; larger smaller; large small; largest smallest; big small; biggest smallest;
long short; longer shorter; major minor; most least; many few; always never; often seldom; everyone
nobody; success failure; successful unsuccessful; succeeded failed; passed failed; survived died; alive
dead; attacked defended; praised criticized; welcomed condemned; true false; right wrong; legal illegal;
safe unsafe; easy hard; easier harder; hot cold; warm cool; public private; male female; men women; man
woman; father mother; son daughter; brother sister; husband wife; boys girls; north south; northern
southern; east west; eastern western; inside outside; imports exports; import export; ahead behind;
imposed lifted; impose lift; tightened eased; extended curtailed; protect endanger; hope despair;
positive negative; majority minority; ally adversary; allies enemies; war peace; full empty; heavy light;
fast slow; faster slower; surged plunged; soared plummeted; jumped tumbled; climbed sank; remembered
forgot; resumed halted; continue cease; continued ceased; continues ceases; stayed left; remain leave;
permanent temporary; upheld overturned; agreed refused; agree disagree; confirmed denied; admitted
denied; likely unlikely; possible impossible; able unable; safer riskier; richer poorer; cheaper dearer;
expensive cheap; popular unpopular; known unknown; deeper shallower; wider narrower; promoted demoted;
hired sacked; won conceded; loves hates; loved hated; entered left; enter leave; launched scrapped;
launch scrap; created destroyed; create destroy; built demolished; rescued abandoned; encouraged
discouraged; optimistic pessimistic; healthy ill; healthier sicker; inbound outbound; innocent guilty"""
PAIRS: tuple[tuple[str, str], ...] = tuple(
    (one, other) for pair in _PAIRS.split(";") for one, other in [pair.split()]
)  # fmt: skip


def plant(sentence: str, article: Article, kind: Kind, rng: random.Random) -> str | None:
    """The sentence of the article with one error of a kind, or None where there is nothing to swap."""
    changed = _PLANTERS[kind](sentence, article, rng)
    return changed if changed != sentence else None


def _put(sentence: str, start: int, end: int, new: str) -> str:
    return sentence[:start] + new + sentence[end:]


def _number(sentence: str, article: Article, rng: random.Random) -> str | None:
    figures = [
        m for m in _FIGURE.finditer(sentence) if not _YEAR_LIKE.match(m.group(1)) and not _is_day(sentence, m)
    ]
    words = [m for m in re.finditer(r"\b[a-z]+\b", sentence) if m.group() in _NUMBER_WORDS]
    if not figures and not words:
        return None
    found = rng.choice([*figures, *words])
    if found.group() in _NUMBER_WORDS:
        return _put(sentence, *found.span(), rng.choice([w for w in _NUMBER_WORDS if w != found.group()]))
    start, end = found.span(1)[0], found.end()
    value = float(found.group(1).replace(",", "") + (found.group(2) or ""))
    new = value + rng.choice([-1, 1]) * max(1, round(value * rng.choice([0.2, 0.5, 0.8])))
    new = abs(new) if new and new != value else value + 2
    decimals = len(found.group(2) or "") - 1
    written = f"{new:,.{decimals}f}" if decimals > 0 else f"{new:,.0f}"
    return _put(sentence, start, end, written if "," in found.group(1) else written.replace(",", ""))


def _is_day(sentence: str, found: re.Match[str]) -> bool:
    """Whether a figure is the day beside a month, which is a date's."""
    around = sentence[max(0, found.start() - 10) : found.start()] + sentence[found.end() : found.end() + 5]
    return any(month[:3] in around for month in _MONTHS)


def _date(sentence: str, article: Article, rng: random.Random) -> str | None:
    weekdays = [(m, _WEEKDAYS) for m in re.finditer(rf"\b(?:{'|'.join(_WEEKDAYS)})\b", sentence)]
    months = [
        (m, _MONTHS)
        for m in re.finditer(rf"\b(?:{'|'.join(_MONTHS)})\b", sentence)
        if m.group() not in ("May", "March") or re.match(r" \d", sentence[m.end() :])
    ]
    years = [(m, [str(int(m.group()) + n) for n in (-11, -3, -2, -1, 1, 2, 4)])
             for m in re.finditer(r"(?<=\b(?:in|of|by) )(?:19|20)\d\d\b(?![-–,]\d)", sentence)]  # fmt: skip
    found = [*weekdays, *months, *years]
    if not found:
        return None
    match, others = rng.choice(found)
    return _put(sentence, *match.span(), rng.choice([o for o in others if o != match.group()]))


def _name(sentence: str, article: Article, rng: random.Random) -> str | None:
    found = [m for m in _NAME.finditer(sentence) if not _NOT_NAMES & set(m.group(1).split())]
    return _swapped(sentence, [m.span(1) for m in found], article, rng)


def _speaker(sentence: str, article: Article, rng: random.Random) -> str | None:
    found = [*_BEFORE_SAID.finditer(sentence), *_AFTER_SAID.finditer(sentence)]
    spans = [
        m.span(m.lastindex or 0) for m in found if not _NOT_NAMES & set((m.group(m.lastindex or 0)).split())
    ]
    return _swapped(sentence, spans, article, rng)


def _swapped(sentence: str, spans: list[tuple[int, int]], article: Article, rng: random.Random) -> str | None:
    """One of the names put in the place of another: one of the article's that the sentence does not have."""
    if not spans:
        return None
    start, end = rng.choice(spans)
    others = [
        name for name in names_of(article.text) if not set(name.split()) & set(re.findall(r"\w+", sentence))
    ]
    return _put(sentence, start, end, rng.choice(others or _STRANGERS))


def names_of(text: str) -> list[str]:
    """The names in a text, each once, in order: words with capitals inside sentences."""
    found = (m.group(1) for m in _NAME.finditer(text))
    return list(dict.fromkeys(name for name in found if not _NOT_NAMES & set(name.split())))


def _negation(sentence: str, article: Article, rng: random.Random) -> str | None:
    taken = [(m.start(), m.end(), m.group(1)) for m in _NEGATION.finditer(sentence)]
    put = [(m.start(), m.end(), f"{m.group(1)} not") for m in _AUXILIARY.finditer(sentence)]
    if not taken and not put:
        return None
    return _put(sentence, *rng.choice(taken or put))


def _direction(sentence: str, article: Article, rng: random.Random) -> str | None:
    return swapped_direction(sentence, rng, PAIRS)


def swapped_direction(sentence: str, rng: random.Random, pairs: tuple[tuple[str, str], ...]) -> str | None:
    """One word of a pair put for the other; `pairs` may be a part of this module's own."""
    choices = [
        (match.span(), other)
        for pair in pairs
        for one, other in (pair, pair[::-1])
        for match in re.finditer(rf"(?<![\w-]){one}(?![\w-])", sentence)
    ]
    if not choices:
        return None
    span, other = rng.choice(choices)
    return _put(sentence, *span, other)


_PLANTERS: dict[Kind, _Planter] = {
    "number": _number, "name": _name, "date": _date, "negation": _negation, "direction": _direction,
    "speaker": _speaker,
    "ending": lambda sentence, _, rng: ending(sentence, rng),
    "clause": lambda sentence, article, rng: clause(sentence, names_of(article.text), rng),
    "saying": lambda sentence, _, rng: saying(sentence, rng),
    "currency": lambda sentence, _, rng: currency(sentence, rng),
    "by": lambda sentence, _, rng: turned_by(sentence, rng),
    "dropped": lambda sentence, _, rng: dropped(sentence, rng),
}  # fmt: skip


def light_changes(sentence: str, article: Article) -> Iterator[tuple[str, str]]:
    """Honest changes of a sentence, by name: what no verifier should call contradicted."""
    if sentence.endswith(".") and article.source:
        yield "attribution appended", f"{sentence[:-1]}, {article.source} reported."
    head = re.match(r"[A-Z][^,;:“”\"()]{8,60}, (?=[a-z])", sentence)
    if head and len(sentence) - head.end() > 40:
        rest = sentence[head.end() :]
        yield "leading clause removed", rest[0].upper() + rest[1:]
    day = re.search(rf"\bon ({'|'.join(_WEEKDAYS)})\b(?! (?:night|morning|evening|afternoon)|s)", sentence)
    if day and article.published and article.published.precision != "month":
        published = article.published.start.date()
        past = (published.weekday() - _WEEKDAYS.index(day.group(1))) % 7
        when = published.fromordinal(published.toordinal() - past)
        yield "weekday resolved", _put(sentence, *day.span(), f"on {when:%B} {when.day}")
