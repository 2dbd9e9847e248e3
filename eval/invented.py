"""Errors as models make them: what is made up at the end of a sentence, what is turned, what is left out.

They are planted into real sentences by `eval.planted`. The words are this module's own, so that a verifier is
not examined on its own lists. It judges nothing.
"""

from __future__ import annotations

import random
import re

_ENDINGS = """in Paraguay in 1987|and died|was shot dead|before moving to Dunmarrow|and was given a goat|
because of the beavers|for the first time since 1911|and burst into tears|from a helicopter|
in front of 40,000 penguins""".replace("\n", "").split("|")
_CLAUSES = """after {} was arrested for fraud|while {} wept with joy|before {} was struck by lightning|
and {} was banned from the stadium|although {} had swallowed a wasp|when {} fell into the harbour""".replace(
    "\n", ""
).split("|")
_SAYINGS = """adding that it was a hoax|saying it caused brain tumours|warning of mass bankruptcies|
claiming that the jury was drunk|telling reporters that the workers were lazy|
noting that the dog had approved""".replace("\n", "").split("|")
_COINS = ("$", "€", "£", "¥")
_CUT = 0.6
_LEAST_WORDS = 14
_FEW_WORDS = 3

_NAMED = r"(?:[A-Z][a-z]+ )?[A-Z][a-z]+"
_ACTIVE = re.compile(rf"\b({_NAMED}) ([a-z]+ed) ({_NAMED})\b")
_LINKED = re.compile(r"\b(?:rose|fell|dropped|climbed|increased|decreased|grew|cut|raised) (to)(?= [$€£]?\d)")
# What is left out, and what is put there for it.
_DROPS = tuple(
    (re.compile(pattern), put)
    for pattern, put in (
        (r"\b(?:second|third|fourth|fifth)[ -](?=[a-z]+est\b|most\b)", ""),
        (r"\bone of the (?=[a-z]+est\b|most\b|first\b)", "the "),
        (r"\b(?:former|acting|deputy|alleged|suspected|interim) (?=[A-Za-z]+\b)", ""),
        (r"\b(?:almost|nearly) (?=all\b|every\b|half\b)", ""),
        (r"\b(?:most|some|many) of the\b", "all of the"),
        (r"\b(?:would|could|might) have been (?=[a-z]+ed\b)", "was "),
        (r"\b(?:may|might|could) have (?=[a-z]+ed\b)", ""),
        (r"\bstopped (?=[a-z]+ing\b)", "went on "),
    )
)


def ending(sentence: str, rng: random.Random) -> str | None:
    """The first part of a sentence with an end of its own."""
    words = sentence.split()
    if len(words) < _LEAST_WORDS or re.search(r"[“”\"]", sentence):
        return None
    return f"{' '.join(words[: int(len(words) * _CUT)]).rstrip(',;:–-')} {rng.choice(_ENDINGS)}."


def clause(sentence: str, names: list[str], rng: random.Random) -> str | None:
    """The sentence with a clause more, on somebody whom the article names."""
    if not names or not _is_long(sentence):
        return None
    return f"{sentence[:-1]}, {rng.choice(_CLAUSES).format(rng.choice(names))}."


def saying(sentence: str, rng: random.Random) -> str | None:
    """The sentence with something more that somebody is to have said."""
    return f"{sentence[:-1]}, {rng.choice(_SAYINGS)}." if _is_long(sentence) else None


def _is_long(sentence: str) -> bool:
    """Whether something can be added: to a sentence of a few words with a full stop."""
    return sentence.endswith(".") and len(sentence.split()) > _FEW_WORDS


def currency(sentence: str, rng: random.Random) -> str | None:
    """All amounts of the sentence in another currency."""
    signs = sorted({sign for sign in _COINS if sign in sentence})
    if not signs:
        return None
    return sentence.replace(signs[0], rng.choice([coin for coin in _COINS if coin not in signs]))


def turned_by(sentence: str, rng: random.Random) -> str | None:
    """ "Ann sued Bo" as "Ann was sued by Bo"; "fell to 3" as "fell by 3"."""
    active = (m for m in _ACTIVE.finditer(sentence) if not re.search(r"day\b", m[3]))
    found = [(m.span(), f"{m[1]} was {m[2]} by {m[3]}") for m in active]
    found += [(m.span(1), "by") for m in _LINKED.finditer(sentence)]
    if not found:
        return None
    (start, end), new = rng.choice(found)
    return sentence[:start] + new + sentence[end:]


def dropped(sentence: str, rng: random.Random) -> str | None:
    """The sentence without a word that says how far it holds."""
    found = [(m.span(), put) for pattern, put in _DROPS for m in pattern.finditer(sentence)]
    if not found:
        return None
    (start, end), put = rng.choice(found)
    return sentence[:start] + put + sentence[end:]
