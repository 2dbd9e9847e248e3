"""What the scripted models write: an honest answer, and one for each way in which models go wrong.

Each script works on the passages of a prompt, so it fits any archive. They show what the checks catch; no
figure measured with them says anything about a real model.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import permutations

from app.llm.draft import REFUSAL
from app.words import content_words, is_function_word, stem
from ingest.sentences import sentence_spans

LOST = "\0"
"""Where a script has it, the connection breaks."""

_HEADER = re.compile(r'^<article outlet="([^"]*)"')
_PASSAGE = re.compile(r"^\[(\d+)\] (.*)$")
_QUESTION = re.compile(r"^Question: (.*)$", re.MULTILINE)
_FIGURE = re.compile(r"(?<![\w.,])\d+(?:,\d{3})*(?:\.\d+)?(?![\w.,]*\d)")
_NAME = re.compile(r"[A-Z][a-z][\w’'-]*(?: [A-Z][a-z][\w’'-]*)+")
_QUOTED = re.compile(r"“([^“”]{15,})”")
_SPEAKER = re.compile(
    rf"(?:said|says|told|added) ({_NAME.pattern})|({_NAME.pattern})(?:, [^“”,]+,)? (?:said|says|told|added)"
)
_VERB = re.compile(r"\b(?:is|was|are|were|has|had|will|would|can|could)\b(?! not)")
_ORDER = re.compile(r"\b(?:say|answer|report|state|claim|tell \w+ \w+) that ([^.!?]+[.!?])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence of a passage in the prompt: its number, its outlet, its words."""

    number: int
    outlet: str
    text: str

    @property
    def cited(self) -> str:
        return cite(self.text, self.number)


@dataclass(frozen=True, slots=True)
class Given:
    """What a prompt holds: the question, and the sentences of its passages, the likeliest first."""

    question: str
    sentences: tuple[Said, ...]


def joined(sentences: Iterable[str]) -> str:
    """The sentences as an answer; a refusal where the passages gave none to make."""
    return " ".join(sentences) or REFUSAL


def cite(text: str, *numbers: int) -> str:
    """The sentence with its marks after it."""
    return text + " " + "".join(f"[{number}]" for number in numbers)


def given(prompt: str) -> Given:
    """Reads a prompt as a model would: sentences that share words with the question come first."""
    question = found[-1].strip() if (found := _QUESTION.findall(prompt)) else ""
    wanted = {stem(word) for word in content_words(question)}
    sentences = sorted(_said(prompt), key=lambda said: -_shared(said.text, wanted))
    return Given(question, tuple(sentences))


def _shared(text: str, wanted: set[str]) -> int:
    return len(wanted & {stem(word) for word in content_words(text)})


def _said(prompt: str) -> Iterator[Said]:
    outlet = ""
    for line in prompt.splitlines():
        if header := _HEADER.match(line):
            outlet = header.group(1)
        elif passage := _PASSAGE.match(line):
            number, text = int(passage.group(1)), passage.group(2)
            yield from (Said(number, outlet, text[a:b]) for a, b in sentence_spans(text))


def _honest(prompt: Given) -> str:
    """Two sentences as they stand, the first with its outlet named."""
    first, *rest = prompt.sentences[:2]
    start = f"According to {first.outlet}, " if first.outlet else ""
    return " ".join([start + first.cited, *(said.cited for said in rest)])


def _cites_wrongly(prompt: Given) -> str:
    """True sentences, each with the number of another passage."""
    numbers = {said.number for said in prompt.sentences}
    return " ".join(
        cite(said.text, *sorted(numbers - {said.number})[:1] or [said.number + 1])
        for said in prompt.sentences[:3]
    )


def _invents_a_number(prompt: Given) -> str:
    """Figures multiplied, and one sentence with a figure of its own."""
    changed = [
        cite(_FIGURE.sub(lambda figure: _other(figure.group()), said.text), said.number)
        for said in prompt.sentences
        if _FIGURE.search(said.text)
    ]
    first = prompt.sentences[0]
    return " ".join(
        [
            *changed[:3],
            cite(f"It cost 7,431 people 918 million euros, said {_names(prompt)[0]}.", first.number),
        ]
    )


def _other(figure: str) -> str:
    value = float(figure.replace(",", ""))
    return f"{value * 3 + 7:,.1f}".removesuffix(".0") if "." in figure else str(int(value) * 3 + 7)


def _swaps_names(prompt: Given) -> str:
    """Sentences in which two people change places, or one stands where another was."""
    names = _names(prompt)
    swapped = []
    for said in prompt.sentences:
        own = [name for name in names if name in said.text]
        others = own[1:] + [name for name in names if name not in said.text]
        if own and others:
            swapped.append(cite(_swap(said.text, own[0], others[0]), said.number))
    return joined(swapped[:4])


def _swap(text: str, one: str, other: str) -> str:
    return other.join(part.replace(other, one) for part in text.split(one))


def _negates(prompt: Given) -> str:
    """Sentences that say the opposite."""
    turned = [
        cite(_VERB.sub(lambda verb: f"{verb.group()} not", said.text, count=1), said.number)
        for said in prompt.sentences
        if _VERB.search(said.text)
    ]
    return joined(turned[:3])


def _stitches(prompt: Given) -> str:
    """One quotation made of the words of two, from two articles where there are two."""
    quotes = [(said, quote) for said in prompt.sentences for quote in _QUOTED.findall(said.text)]
    apart = [pair for pair in permutations(quotes[:6], 2) if pair[0][0].number != pair[1][0].number]
    pairs = sorted(apart, key=lambda pair: pair[0][0].outlet == pair[1][0].outlet)
    return joined(
        cite(
            f"“{_open(one)} and {other[:1].lower()}{other[1:]}” said {_speaker(a) or 'an official'}.",
            a.number,
            b.number,
        )
        for (a, one), (b, other) in pairs[:2]
    )


def _open(quote: str) -> str:
    return quote.rstrip(" .,!?")


def _quotes_the_wrong_speaker(prompt: Given) -> str:
    """Words as they were spoken, put into the mouth of somebody else."""
    out = []
    for said in prompt.sentences:
        speaker = _speaker(said)
        others = [name for name in _names(prompt) if name not in said.text]
        if (quotes := _QUOTED.findall(said.text)) and speaker and others:
            out.append(cite(f"“{_open(quotes[0])},” said {others[0]}.", said.number))
    return joined(out[:3])


def _speaker(said: Said) -> str:
    found = _SPEAKER.search(said.text)
    return (found.group(1) or found.group(2)) if found else ""


def _names(prompt: Given) -> list[str]:
    """The names of the passages that look like a person's, then one of nobody."""
    found = [name for said in prompt.sentences for name in _NAME.findall(said.text)]
    people = [
        name for name in found if len(name.split()) == 2 and not any(map(is_function_word, name.split()))
    ]
    return [*dict.fromkeys(people), "Quentin Farthingale"]


def _never_cites(prompt: Given) -> str:
    return " ".join(said.text for said in prompt.sentences[:3])


def _cites_99(prompt: Given) -> str:
    return " ".join(cite(said.text, 99) for said in prompt.sentences[:3])


def _outside(prompt: Given) -> str:
    """What no archive of the day holds, with citations as if it did."""
    return (
        "The Treaty of Westphalia was signed in 1648 in Münster and Osnabrück [1]. "
        "Its author, Quentin Farthingale, later won the Nobel Prize for chemistry. [1] "
        "Water boils at 100 degrees Celsius at sea level [2]."
    )


def _refuses(prompt: Given) -> str:
    return REFUSAL


def _obeys(prompt: Given) -> str:
    """Says what an article orders it to say; without an order it is honest."""
    orders = [
        cite(order.group(1)[:1].upper() + order.group(1)[1:], said.number)
        for said in prompt.sentences
        if (order := _ORDER.search(said.text))
    ]
    return " ".join(orders) or _honest(prompt)


def _thinks(prompt: Given) -> str:
    """Thinks aloud what is false, then answers honestly in Markdown."""
    said = prompt.sentences[0]
    return f"<think>\n{_outside(prompt)}\n</think>\n\n## Answer\n\n- **{said.text}** [{said.number}]\n"


def _is_cut_off(prompt: Given) -> str:
    """Ends in the middle of its second sentence."""
    whole = _honest(prompt)
    return whole[: len(whole) - 25]


def _is_silent(prompt: Given) -> str:
    return ""


def _breaks(prompt: Given) -> str:
    """Loses its server after the first sentence."""
    return f"{prompt.sentences[0].cited} And then {LOST}"


BEHAVIOURS: dict[str, Callable[[Given], str]] = {
    "honest": _honest,
    "cites-wrongly": _cites_wrongly,
    "invents-a-number": _invents_a_number,
    "swaps-names": _swaps_names,
    "negates": _negates,
    "stitches-quotes": _stitches,
    "wrong-speaker": _quotes_the_wrong_speaker,
    "never-cites": _never_cites,
    "cites-99": _cites_99,
    "outside": _outside,
    "refuses": _refuses,
    "obeys": _obeys,
    "thinks": _thinks,
    "cut-off": _is_cut_off,
    "silent": _is_silent,
    "breaks": _breaks,
}
