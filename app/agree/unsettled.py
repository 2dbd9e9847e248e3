"""What a sentence says as possible or conditional, and a claim as done.

"Would have been cut off" is no "was cut off". It looks at the helpers right before a verb that both have, and
knows no tenses.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from app.agree.reading import Token, is_irregular, read
from app.verify import Fault

_LEAVING_OPEN = frozenset("would could might may can should".split())
_DOUBTS = _LEAVING_OPEN | frozenset("if unless whether".split())
# Words that leave open by themselves what follows them.
_OPEN = frozenset("expect likely plan possible potential threaten risk fear hope allege".split())
_UNCHANGED = frozenset("cut put hit set shut hurt let split spread beset quit burst cast".split())
_HELPERS = frozenset("have has had be been being also not never well still even".split())
_REACH = 4


def unsettled_faults(claim: str, sentence: str) -> Iterator[Fault]:
    """The first verb that is left open in the sentence, and nowhere in the claim."""
    tokens = read(claim)
    if any(token.text.lower() in _DOUBTS or token.base in _OPEN for token in tokens):
        return
    open_there = _left_open(sentence)
    for token in tokens:
        is_past = token.text.endswith(("ed", "en")) or is_irregular(token.text) or token.text in _UNCHANGED
        if is_past and token.base in open_there:
            text = f"The article says “{open_there[token.base]}”, not “{token.text}”."
            yield Fault("modality", text, False)
            return


@lru_cache(maxsize=2048)
def _left_open(sentence: str) -> dict[str, str]:
    """The verbs that stand behind "would", "may" and their like only, with these before them."""
    tokens = read(sentence)
    found: dict[str, str] = {}
    settled: set[str] = set()
    for place, token in enumerate(tokens):
        if token.is_content and token.text[0].islower():
            helpers = _before(tokens, place)
            if helpers and helpers[0].text.lower() in _LEAVING_OPEN:
                found[token.base] = " ".join(t.text for t in (*helpers, token))
            else:
                settled.add(token.base)
    return {base: text for base, text in found.items() if base not in settled}


def _before(tokens: Sequence[Token], place: int) -> Sequence[Token]:
    """The helpers right before a verb, the first of them leading."""
    for at in range(place - 1, max(-1, place - 1 - _REACH), -1):
        low = tokens[at].text.lower()
        if low in _DOUBTS:
            return tokens[at:place]
        if low not in _HELPERS and tokens[at].base != "not":
            break
    return ()
