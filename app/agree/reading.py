"""Text as comparing sees it: words with a common base form, quotes and dashes made alike.

It knows English endings and irregular verbs, and no meaning. All positions point into the text as given.
"""

from __future__ import annotations

import re
from array import array
from dataclasses import dataclass
from functools import lru_cache

from app.words import WORD, is_function_word, stem

_QUOTES = {ord(mark): '"' for mark in "“”„‟«»″〝〞"} | {ord(mark): "'" for mark in "‘’‚‛′`´ʼ"}
_DASHES = {ord(mark): "-" for mark in "‐‑‒–—―−"}
_ALIKE = _QUOTES | _DASHES
# Signs without a width, which pages put between letters.
_INVISIBLE = frozenset("\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff")
_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st", "…": "..."}

_NOT = re.compile(r"(?<=\w)n[’']t$|(?<=^can)not$", re.IGNORECASE)

_IRREGULAR = """arise arose arisen; beat beaten; become became; begin began begun; bend bent; bind
bound; bite bit bitten; blow blew blown; break broke broken; bring brought; build built; burn burnt; buy
bought; catch caught; choose chose chosen; come came; deal dealt; die dying; do did done; draw drew
drawn; drive drove driven; eat ate eaten; fall fell fallen; feel felt; fight fought; find found; flee
fled; fly flew flown; forbid forbade forbidden; forget forgot forgotten; freeze froze frozen; get got
gotten; give gave given; go went gone; grow grew grown; have had has; hear heard; hide hid hidden; hold
held; keep kept; know knew known; lay laid; lead led; leave left; lend lent; lie lying; lose lost; make
made; mean meant; meet met; pay paid; ride rode ridden; ring rang rung; rise rose risen; run ran; say
said; see saw seen; seek sought; sell sold; send sent; shake shook shaken; shoot shot; shrink shrank
shrunk; sing sang sung; sink sank sunk; sit sat; sleep slept; speak spoke spoken; spend spent; stand
stood; steal stole stolen; strike struck; swear swore sworn; sweep swept; swim swam swum; take took
taken; teach taught; tear tore torn; tell told; think thought; throw threw thrown; understand
understood; wake woke woken; wear wore worn; win won; write wrote written; withdraw withdrew withdrawn;
man men; woman women; child children; foot feet; person people; wife wives; life lives; more greater; be
is are was were been being am; uphold upheld; withhold withheld; overcome overcame; overtake overtook
overtaken; undergo underwent undergone; mislead misled; rebuild rebuilt; dig dug; feed fed; hang hung;
light lit; prove proven; show shown; spin spun; spring sprang sprung; stick stuck; swing swung;
overthrow overthrew overthrown; mistake mistook mistaken; forgive forgave forgiven; foresee foresaw
foreseen; weep wept; lean leant; learn learnt; bleed bled; grind ground; shine shone; weave wove woven"""
_BASES = {form: forms[0] for line in _IRREGULAR.split(";") for forms in [line.split()] for form in forms[1:]}


# Past forms that are like the others.
_LIKE_THE_PAST = frozenset(
    """beat bet bid broadcast burst cast cost cut hit hurt let put quit read rid set shed shut split
    spread""".split()
)


@dataclass(frozen=True, slots=True)
class Token:
    """A word where it stands; `base` is what makes "rose", "rises" and "rising" one."""

    text: str
    base: str
    start: int
    end: int

    @property
    def is_content(self) -> bool:
        return self.base != "not" and self.text[0].isalnum() and not is_function_word(self.text)

    @property
    def is_capital(self) -> bool:
        return self.text[0].isupper()


@lru_cache(maxsize=2048)
def read(text: str) -> tuple[Token, ...]:
    """The words of a text in order; signs of money and percent count as words."""
    return tuple(token for m in WORD.finditer(text) for token in _parts(m.group(), m.start()))


def _parts(word: str, start: int) -> list[Token]:
    """The word, or the two that "didn't" and "cannot" are."""
    cut = _NOT.search(word)
    if cut is None:
        return [Token(word, base(word), start, start + len(word))]
    at = cut.start()
    verb = {"wo": "will", "ca": "can", "sha": "shall"}.get(word[:at].lower(), word[:at])
    return [
        Token(word[:at], base(verb), start, start + at),
        Token(word[at:], "not", start + at, start + len(word)),
    ]


@lru_cache(maxsize=65_536)
def base(word: str) -> str:
    """The form that all forms of a word share, as far as endings and a list of irregular ones tell."""
    low = word.lower().replace("’", "'").removesuffix("'s")
    found = stem(_BASES.get(low, low))
    return found[:-1] if found.endswith("e") and len(found) == 4 else found


def is_past(word: str) -> bool:
    """Whether a form of a verb is a past one, as far as its ending or a list of irregular ones tells."""
    low = word.lower()
    return low.endswith("ed") or low in _LIKE_THE_PAST or (is_irregular(low) and not low.endswith("s"))


def is_irregular(word: str) -> bool:
    """Whether a word is an irregular form of a verb: "rose", "beaten"."""
    return word.lower() in _BASES


def alike(text: str) -> str:
    """The text with quotes and dashes made alike, sign for sign."""
    return text.translate(_ALIKE)


@dataclass(frozen=True, slots=True)
class Folded:
    """A text with quotes, dashes, ligatures and white space made alike; `places[i]` is where sign i stood."""

    text: str
    places: array[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The characters of the text as given that became `text[start:end]`."""
        return self.places[start], self.places[end - 1] + 1


@lru_cache(maxsize=64)
def fold(text: str) -> Folded:
    signs: list[str] = []
    places = array("Q")
    for place, sign in enumerate(alike(text)):
        if sign.isspace():
            if signs and signs[-1] != " ":
                signs.append(" ")
                places.append(place)
        elif sign not in _INVISIBLE:
            for one in _LIGATURES.get(sign, sign):
                signs.append(one)
                places.append(place)
    while signs and signs[-1] == " ":
        signs.pop()
        places.pop()
    return Folded("".join(signs), places)
