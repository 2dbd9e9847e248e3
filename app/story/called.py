"""The names in a topic, and whether a text has them or means them.

A topic of several words with capitals is met as a name, its words together: "the key to the bridge" is not
"Key Bridge". In a text on the matter a part may stand for the whole: "the Bridge", not "Harlow Bridge". It
knows words by their looks in the texts it is given, and no archive.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from app.words import is_function_word, stem

# So many of the texts have the words of a name together, or it is none.
_TOGETHER = 2
# A word that more of the texts have in small letters is no name where it opens a sentence.
_EVERYDAY = 0.2
_RUN = re.compile(r"[A-Z][\w’'-]*(?:\s+(?:[A-Z][\w’'-]*|\d{1,2}\b))*")
_NUMERALS = "I II III IV V VI VII VIII IX X".split()
# What stands before a surname, and is no other first name.
_TITLE = re.compile(
    r"(?:Mr|Mrs|Ms|Dr|Rep|Sen|Gov|President|Minister|Secretary|Speaker|Leader|Judge|Mayor|Senator|Republican|"
    r"Democrat|Hurricane|Storm)\.?$"
)
_LAST_WORD = re.compile(r"[\w.’'-]+(?=\s$)")
_NEXT_WORD = re.compile(r"(?:[’']s?)?\s([\w’'-]+)")
_OPENS = re.compile(r"(?:^|[.!?:]\s|[“\"‘(])$")


@dataclass(frozen=True, slots=True)
class Name:
    """A name in a topic: the stems of its words, and how a text has it.

    `whole` finds its words together, `part` the first or last of them, which may stand for it; `is_everyday`:
    the first is a word that texts also have in small letters; `is_phrase`: it is of several words.
    """

    stems: frozenset[str]
    whole: re.Pattern[str]
    part: re.Pattern[str] | None
    is_everyday: bool
    is_phrase: bool

    @classmethod
    def of(cls, words: Sequence[str], texts: Sequence[str]) -> Name:
        """The name of these words; the texts tell whether the first is an everyday one."""
        is_phrase = len(words) > 1
        is_numbered = words[-1].isdigit() or words[-1] in _NUMERALS
        return cls(
            frozenset(stem(word) for word in words if not is_function_word(word)),
            _together(words) if is_phrase else _with_endings(words[0]),
            _either_end(words) if is_phrase and not is_numbered else None,
            _is_everyday(words[0], texts),
            is_phrase,
        )

    def is_in(self, text: str) -> bool:
        return bool(self.whole.search(text))

    def is_meant(self, text: str) -> bool:
        """Whether a text on the matter has the name, or a part of it that stands for it."""
        return self.is_in(text) or bool(
            self.part and any(self._stands_alone(text, found) for found in self.part.finditer(text))
        )

    def _stands_alone(self, text: str, part: re.Match[str]) -> bool:
        """Whether a part of the name is no part of another: "the Bridge", not "Harlow Bridge"."""
        before, after = text[: part.start()], text[part.end() : part.end() + 40]
        if part["first"]:
            following = _NEXT_WORD.match(after)
            is_other = following is not None and _is_capital(following[1])
            return not is_other and not (self.is_everyday and _OPENS.search(before))
        former = _LAST_WORD.search(before)
        return former is None or not _is_capital(former[0]) or bool(_TITLE.match(former[0]))


def called(topic: str, texts: Sequence[str]) -> tuple[Name, ...]:
    """The names in a topic: the longest runs of words with capitals that the texts have together."""
    found: list[Name] = []
    for run in _RUN.findall(topic):
        words = run.split()
        while words:
            length = next((n for n in range(len(words), 1, -1) if _is_name(words[:n], texts)), 1)
            if length > 1 or not is_function_word(words[0]):
                found.append(Name.of(words[:length], texts))
            words = words[length:]
    return tuple(found)


def _is_name(words: Sequence[str], texts: Sequence[str]) -> bool:
    """Whether enough of the texts have several words together."""
    if is_function_word(words[0]):
        return False
    whole = _together(words)
    return sum(bool(whole.search(text)) for text in texts) >= min(_TOGETHER, len(texts))


def _is_everyday(word: str, texts: Sequence[str]) -> bool:
    small = re.compile(rf"\b{re.escape(word.lower())}\b")
    return sum(bool(small.search(text)) for text in texts) > _EVERYDAY * len(texts)


def _is_capital(word: str) -> bool:
    return (word[0].isupper() or word[0].isdigit()) and not is_function_word(word)


def _together(words: Sequence[str]) -> re.Pattern[str]:
    """Several words one after another, and no numeral after them: "Tarn" is no "Tarn II"."""
    together = r"\s+".join(map(_spelled, words))
    return re.compile(rf"(?<![\w’'-]){together}(?!\w|\s(?:[IVX]+|\d)\b)")


def _with_endings(word: str) -> re.Pattern[str]:
    """One word, or what comes of it: "Iran", "Iranian"."""
    return re.compile(rf"\b{re.escape(word.rstrip('s'))}(?:s|n|an|ian|ese)?\b", re.IGNORECASE)


def _either_end(words: Sequence[str]) -> re.Pattern[str]:
    """The first or the last of several words."""
    return re.compile(rf"(?<![\w’'-])(?:(?P<first>{re.escape(words[0])})|{re.escape(words[-1])})(?![\w-])")


def _spelled(word: str) -> str:
    """A word as a pattern; a numeral in either spelling."""
    if word in _NUMERALS:
        return f"(?:{word}|{_NUMERALS.index(word) + 1})"
    is_small = word.isdigit() and 0 < int(word) <= len(_NUMERALS)
    return f"(?:{word}|{_NUMERALS[int(word) - 1]})" if is_small else re.escape(word)
