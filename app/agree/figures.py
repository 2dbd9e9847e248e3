"""Figures that an article has, said of something else than there.

"Fell by 310 million" for "to 310 million", "450 to 212" where the two stand nowhere together, "300 killed"
where 300 were injured. It goes by the words around a figure; which figures an article has at all is told by
`app.agree.numbers`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from app.agree.ground import Ground, Source
from app.agree.numbers import Quantity, agree, quantities
from app.agree.reading import Token, read
from app.agree.runs import alike
from app.verify import Fault

Home = tuple[Source, Quantity]

_LINK = re.compile(r"\b(to|by|from)\s+(?:[a-z]+\s){0,2}$", re.IGNORECASE)
_BOUND = re.compile(
    r"\b(?:about|around|some|almost|nearly|more|less|fewer|than|at|least|most|just|over|under|a)\s"
)
_PAIRED = re.compile(r"\s*(?:to|-|–)\s*")
_STOP = re.compile(r"[.;:!?]\s")
# People are counted of everything.
_GENERIC = frozenset("peopl person man woman child percent year month week day hour minut time".split())
# So many telling words around a figure tell what it is a figure of; in the evidence somewhat more.
_NEAR, _WIDE = 3, 7


def figure_faults(claim: str, ground: Ground) -> Iterator[Fault]:
    """At most one fault of each figure that the evidence has."""
    found = quantities(claim)
    homes = {q.start: _homes(q, ground) for q in found}
    for one, other in pairwise(found):
        is_pair = _PAIRED.fullmatch(claim[one.end : other.start])
        if is_pair and _are_apart(homes[one.start], homes[other.start]):
            yield Fault("number", f"The article does not say {claim[one.start : other.end]}.", False)
            return
    for said in found:
        where = homes[said.start]
        if where and (
            fault := _linked(claim, said, where)
            or _other_head(claim, said, where)
            or _another(claim, said, where, found)
        ):
            yield fault


def _are_apart(homes: Sequence[Home], others: Sequence[Home]) -> bool:
    """Whether no sentence has both of two figures, though the evidence has each."""
    one, other = ({source.span for source, _ in found} for found in (homes, others))
    return bool(one and other) and one.isdisjoint(other)


def _homes(said: Quantity, ground: Ground) -> list[Home]:
    """Where the evidence has a figure; where it has it in the same unit, only there."""
    found = [(s, q) for s in ground.sources for q in quantities(s.text) if agree(said, q)]
    return [(s, q) for s, q in found if q.unit == said.unit] or found


def _linked(claim: str, said: Quantity, homes: Sequence[Home]) -> Fault | None:
    """ "By" where the article always has "to" or "from", and so on."""
    here, there = _link(claim, said), [_link(source.text, q) for source, q in homes]
    if not here or not all(there) or here in there:
        return None
    _, other = homes[0]
    text = f"The article says “{there[0]} {other.text}”, not “{here} {said.text}”."
    return Fault("number", text, True)


def _link(text: str, quantity: Quantity) -> str:
    before = _BOUND.sub("", text[max(0, quantity.start - 40) : quantity.start])
    found = re.search(r"\b(to|by|from)\s+$", before, re.IGNORECASE)
    return found.group(1).lower() if found else ""


def linked_as_written(claim: str, sentence: str) -> bool:
    """Whether "to" and "from" stand before the same figures in both, whatever the order of these."""
    links = [
        {(_link(text, q), q.low) for q in quantities(text) if _link(text, q)} for text in (claim, sentence)
    ]
    return len(links[0]) >= 2 and links[0] <= links[1]


def _other_head(claim: str, said: Quantity, homes: Sequence[Home]) -> Fault | None:
    """ "76 women" where there are 76 hostages, most of them women."""
    head = _head(claim, said)
    if not said.counts or head is None or any(not home.counts for _, home in homes):
        return None
    for source, home in homes:
        other = _head(source.text, home)
        inside = {t.base for t in read(source.text)}
        if other is None or head.base not in inside or head.base in _phrase(source.text, home):
            return None
    return Fault("number", f"The article says {said.text} {other.text}, not {said.text} {head.text}.", False)  # type: ignore[union-attr]


def _head(text: str, quantity: Quantity) -> Token | None:
    after = [t for t in read(text) if t.start >= quantity.end]
    return after[0] if after and after[0].is_content else None


def _phrase(text: str, quantity: Quantity) -> set[str]:
    """The words after a figure up to the first small one or stop."""
    found = set()
    end = quantity.end
    for token in (t for t in read(text) if t.start >= quantity.end):
        if not token.is_content or re.search(r"[,.;:()]", text[end : token.start]):
            break
        found.add(token.base)
        end = token.end
    return found


def _another(claim: str, said: Quantity, homes: Sequence[Home], all_said: Sequence[Quantity]) -> Fault | None:
    """A figure whose words stand beside another figure of the same kind, or nowhere near it."""
    words = _around(claim, said, _NEAR)
    if not words:
        return None
    others = [_elected(words, source, home) for source, home in homes]
    first = others[0]
    if first and None not in others and not any(q.low == first.low for q in all_said):
        return Fault("number", f"The article says {first.text} of this, not {said.text}.", False)
    around = [t for source, home in homes for t in _around(source.text, home, _WIDE)]
    if said.counts and not any(alike([word], around) for word in words):
        return Fault("number", f"The article says {said.text} of something else.", False)
    return None


def _elected(words: Sequence[Token], source: Source, home: Quantity) -> Quantity | None:
    """The one other figure that all the claim's words around its own stand nearest to."""
    found = [q for q in quantities(source.text) if q.unit == home.unit]
    votes = []
    for token in read(source.text):
        if token.base not in _GENERIC and any(token.base == word.base for word in words):
            nearest = min(found, key=lambda q: _distance(source.text, token, q))
            votes.append(nearest)
    if not votes or home in votes or len({q.start for q in votes}) > 1:
        return None
    return votes[0]


def _distance(text: str, token: Token, quantity: Quantity) -> int:
    first, last = sorted(((token.start, token.end), (quantity.start, quantity.end)))
    between = text[first[1] : last[0]]
    return len(between) + 20 * len(re.findall(r"[,;:]| (?:and|but|while) ", between))


def _around(text: str, quantity: Quantity, reach: int) -> list[Token]:
    """The telling words next to a figure, within its sentence; figures are none."""
    telling = [t for t in read(text) if t.is_content and not t.text[0].isdigit()]
    before = [
        t for t in telling if t.end <= quantity.start and not _STOP.search(text[t.end : quantity.start])
    ]
    after = [t for t in telling if t.start >= quantity.end and not _STOP.search(text[quantity.end : t.start])]
    return before[-reach:] + after[:reach]
