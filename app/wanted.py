"""What of a given answer must be in a text for the text to hold it: its words, and its numbers as amounts.

"$1.6bn" is in "the 1.6 billion dollars", "six" in "6 months", and "6" is not in "at 6 p.m.". A number weighs
as much as the words that write it; words of the question tell nothing, unless the answer has no others.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from app.agree.numbers import Quantity, agree, quantities
from app.words import Terms, content_words, stem, stems_of


@dataclass(frozen=True, slots=True)
class Wanted:
    """The stems of an answer's words, and its numbers, each with how much it weighs (nats, see `rarity`)."""

    words: Terms
    numbers: Sequence[tuple[Quantity, float]]

    def share_in(self, *texts: str) -> float:
        """The share of the weight that the texts hold together, in 0..1."""
        present = frozenset().union(*map(stems_of, texts))
        held = sum(weight for word, weight in self.words if word in present)
        if self.numbers:
            written = [quantity for text in texts for quantity in quantities(text)]
            held += sum(w for number, w in self.numbers if any(agree(number, one) for one in written))
        total = sum(weight for _, weight in (*self.words, *self.numbers))
        return held / total if total else 1.0


def wanted(answer: str, asked: Collection[str], idf: Callable[[str], float]) -> Wanted:
    """What of an answer is looked for; `asked` are the question's stems, `idf` tells a word's rarity.

    A figure that is part of a word ("76ers", "5G") is no number.
    """
    numbers = [number for number in quantities(answer) if not answer[number.end : number.end + 1].isalpha()]
    ends = [0, *(number.end for number in numbers)]
    starts = [*(number.start for number in numbers), len(answer)]
    words = content_words(" ".join(answer[end:start] for end, start in zip(ends, starts, strict=True)))
    own = [word for word in words if stem(word) not in asked]
    if not own and not numbers:
        own = words or [answer]
    return Wanted(
        [(stem(word), idf(word)) for word in own],
        [(number, sum(map(idf, content_words(number.text))) or 1.0) for number in numbers],
    )
