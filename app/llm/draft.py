"""A model's output as it streams in, read once, word by word, into sentences with the numbers they cite.

What comes out does not depend on how the stream is cut. Thinking aloud, Markdown, headings and hidden
characters are dropped, and so is a last sentence that was cut off. It does not know what the numbers stand
for, and believes none of it (`app.llm.mend`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from app.page.text import visible
from ingest.sentences import sentence_spans

REFUSAL = "NO_ANSWER"
"""The one word that a model writes when the passages do not answer."""

_NUMBERS = r"\d{1,3}(?:\s*[-–—,;]\s*\d{1,3})*"
_LABEL = r"(?:(?:passages?|sources?|articles?|refs?\.?|see)[\s:#]*)?"
CITE = re.compile(
    rf"\s*(?:\\?[\[【［]){{1,2}}\s*{_LABEL}\^?{_NUMBERS}\s*(?:†[^\]】］]{{0,40}})?(?:\\?[\]】］]){{1,2}}"
    r"(?:\(\s*(?:https?:|#)[^()\s]*\))?"
    rf"|\s*<sup>\s*{_NUMBERS}\s*</sup>",
    re.IGNORECASE,
)
# "(1)" cites only where a sentence ends; "[1" only where the output does.
_LAST = re.compile(
    rf"\s*\(\d{{1,2}}(?:\s*[,;]\s*\d{{1,2}})*\)(?=[.!?]?$)|\s*\\?[\[【［]\s*{_LABEL}{_NUMBERS}(?=[.!?]?$)",
    re.IGNORECASE,
)
_CITED_LAST = re.compile(rf"(?:{CITE.pattern})[*_]*$", re.IGNORECASE)
_OPEN_CITE = re.compile(rf"^\\?[\[【［]\s*{_LABEL}[\d\s,;–—-]*$", re.IGNORECASE)
_RANGE = re.compile(r"(\d{1,3})(?:\s*[-–—]\s*(\d{1,3}))?")
_LINK = re.compile(r"(?<=[\]】］])\(.*$")
# A range that is longer cites everything, hence nothing.
_LONGEST_RANGE = 12

_ENDED = re.compile(rf"[.!?…。！？؟।][\"”’'»」)\]*_`]*(?:{CITE.pattern})*[*_]*$", re.IGNORECASE)
_ENDED_UNSPACED = re.compile(r"[。！？][”’」』）]*$")
_AFTER_CITE = re.compile(r"[\w“\"‘«„*]")
_MARKER = re.compile(r"(?:[-*•–—+>·▪]|#{1,6}|\d{1,2}[.)])$")
_DECORATION = re.compile(r"(?:```[\w-]*|~~~|[|=*_:-]{3,})$")
_THINKING = re.compile(r"[<◁](/?)(think|thinking|thought|reasoning)[>▷]$", re.IGNORECASE)
_CLOSED = re.compile(
    r"[<◁]/(?:think|thinking|thought|reasoning)[>▷]$|<\|channel\|>final(?:<\|message\|>)?$", re.IGNORECASE
)
# Channels of models that mark theirs: all but the final one hold thoughts.
_ALOUD = re.compile(r"<\|channel\|>(?:analysis|commentary)\b[^<>]*(?:<\|message\|>)?$", re.IGNORECASE)
_CONTROL = re.compile(r"(?:<\|start\|>\w*)?(?:<\|channel\|>\w*)?<\|(?:message|end|return|im_end|eot_id)\|>$")
_TAG_LENGTH = 20

_TIDY = (
    (re.compile(r"<\|[^|<>]{0,40}\|>"), ""),
    (re.compile(r"!\[[^\]]*\]\([^()]*\)"), ""),
    (re.compile(r"\[([^\[\]]*)\]\([^()]*\)"), r"\1"),
    (re.compile(r"</?[a-zA-Z][^<>]{0,200}>"), ""),
    (re.compile(r"\*\*|__|~~|`+"), ""),
    (re.compile(r"(?<!\w)[*_]+(?=\S)|(?<=\S)[*_]+(?!\w)"), ""),
    (re.compile(r"\(\s*\)|\\?\[\s*\\?\]"), ""),
    (re.compile(r"\s+"), " "),
    (re.compile(r" (?=[.,;:!?…](?:\W|$))"), ""),
)
# An opening mark would hold the sentence after it back.
_OPENERS = "*_`“”\"‘’'«»„(["
# "May." is no abbreviation after a day.
_MAY = re.compile(r"\d May\.$")
# Longer runs without an end are no sentences.
_LONGEST = 2_000
_LONGEST_WORD = 400
# A line shorter than this without an end is a line of its own, not one wrapped by the model.
_WRAPPED = 60
_HEADING_WORDS = 5


@dataclass(frozen=True, slots=True)
class Draft:
    """A sentence as a model wrote it, without its marks, and the numbers it cites, in order."""

    text: str
    cites: tuple[int, ...]


def drafts(pieces: Iterable[str]) -> Iterator[Draft]:
    """The sentences of a stream, each as soon as the word after it is there."""
    reading = Reading()
    for piece in pieces:
        yield from reading.feed(piece)
    yield from reading.end()


class Reading:
    """Where the reading of one stream stands: the sentence so far, the word so far, and what is between."""

    def __init__(self) -> None:
        self._sentence = ""
        self._word = ""
        self._newlines = 0
        self._is_heading = False
        self._is_fresh_line = True
        self._thought: str | None = None
        self._is_table = False

    def feed(self, piece: str) -> Iterator[Draft]:
        for character in visible(piece):
            if self._thought is not None:
                self._think(character)
            elif character.isspace():
                yield from self._word_ends()
                self._newlines += character == "\n"
            else:
                if self._is_complete_before(character):
                    yield from self._word_ends()
                self._word += character
                if character in ">▷":
                    self._tag_ends()

    def end(self) -> Iterator[Draft]:
        """The last sentence, unless it was cut off."""
        yield from self._word_ends()
        if self._newlines or _is_ended(self._sentence) or _CITED_LAST.search(self._sentence[-200:]):
            yield from self._sentence_ends()

    def _think(self, character: str) -> None:
        self._thought = ((self._thought or "") + character)[-_TAG_LENGTH:]
        if character in ">▷l" and _CLOSED.search(self._thought):
            self._thought = None

    def _tag_ends(self) -> None:
        """A tag that begins a thought, or ends one, or says nothing to a reader."""
        if tag := _THINKING.search(self._word):
            self._enter_thought(tag)
        elif aloud := _ALOUD.search(self._word):
            self._word, self._thought = self._word[: aloud.start()], ""
        else:
            self._word = _CONTROL.sub("", self._word)

    def _enter_thought(self, tag: re.Match[str]) -> None:
        """A closing tag alone ends thoughts that began before the stream."""
        self._word = self._word[: tag.start()]
        if tag.group(1):
            self._word = self._sentence = ""
        else:
            self._thought = ""

    def _is_complete_before(self, character: str) -> bool:
        """Whether the word so far ends here without a space: after "[1]", or where a script has none."""
        if len(self._word) >= _LONGEST_WORD:
            return True
        if self._word.endswith(("]", "】", "］", ")", "</sup>")):
            so_far = f"{self._sentence[-60:]} {self._word}"
            return bool(_AFTER_CITE.match(character) and _CITED_LAST.search(so_far))
        return character not in "[【［" and bool(_ENDED_UNSPACED.search(self._word)) and character.isalnum()

    def _word_ends(self) -> Iterator[Draft]:
        word, self._word = self._word, ""
        if aloud := _ALOUD.search(word):
            word, self._thought = word[: aloud.start()], ""
        if not word:
            return
        if self._is_fresh_line or self._newlines:
            self._is_table = word[0] == "|"
        if self._is_table:  # its rows are no sentences
            yield from self._sentence_ends()
            self._newlines, self._is_fresh_line = 0, False
            return
        if self._sentence and self._parts(word):
            yield from self._sentence_ends()
        if word.strip("*_`.\"'“”") == REFUSAL:
            yield from self._sentence_ends()
            yield Draft(REFUSAL, ())
            return
        is_line_start = self._is_fresh_line or self._newlines > 0
        self._newlines, self._is_fresh_line = 0, False
        if is_line_start and not self._sentence and (_MARKER.match(word) or _DECORATION.match(word)):
            self._is_heading = self._is_heading or word[0] == "#"
            self._is_fresh_line = True
            return
        self._sentence = f"{self._sentence} {word}" if self._sentence else word
        if len(self._sentence) > _LONGEST:
            self._sentence = ""

    def _parts(self, word: str) -> bool:
        """Whether a new sentence begins with this word."""
        if self._newlines > 1 or (self._newlines and self._is_heading):
            return True
        if CITE.match(word) or _OPEN_CITE.match(word):
            return False
        if self._newlines and (_MARKER.match(word) or _DECORATION.match(word)):
            return True
        if _is_ended(self._sentence):
            return self._newlines > 0 or len(self._sentence) > _LONGEST // 2 or _splits(self._sentence, word)
        return self._newlines > 0 and len(self._sentence) < _WRAPPED and not word[0].islower()

    def _sentence_ends(self) -> Iterator[Draft]:
        sentence, self._sentence = self._sentence, ""
        is_heading, self._is_heading = self._is_heading, False
        text = tidied(sentence)
        last = _LAST.search(CITE.sub("", sentence))
        cites = tuple(dict.fromkeys((*cited(sentence), *(_numbers(last.group()) if last else ()))))
        if is_heading or not any(c.isalnum() for c in text):
            return
        if cites or _is_ended(text) or not (text.endswith(":") or len(text.split()) <= _HEADING_WORDS):
            yield Draft(text, cites)


def cited(text: str) -> tuple[int, ...]:
    """The numbers in all citation marks of a text, ranges written out, each once, in order."""
    found: dict[int, None] = {}
    for mark in CITE.finditer(text):
        found.update(_numbers(mark.group()))
    return tuple(found)


def _numbers(mark: str) -> dict[int, None]:
    """The numbers of one citation mark; a range that is too long has none."""
    found: dict[int, None] = {}
    for first, last in _RANGE.findall(_LINK.sub("", mark).partition("†")[0]):
        start, stop = int(first), int(last or first)
        if start <= stop < start + _LONGEST_RANGE:
            found.update(dict.fromkeys(range(start, stop + 1)))
    return found


def tidied(text: str) -> str:
    """A sentence as plain text: no citation marks, no Markdown, no tags, single spaces."""
    text = _LAST.sub("", CITE.sub("", text))
    for pattern, put in _TIDY:
        text = pattern.sub(put, text)
    return text.strip()


def _is_ended(sentence: str) -> bool:
    return bool(_ENDED.search(sentence[-200:]))


def _splits(sentence: str, word: str) -> bool:
    """Whether the full stop before a word ends a sentence: not that of "Dr.", nor one inside a quotation."""
    before = tidied(sentence)
    if not before or word[0].islower():
        return False
    if _MAY.search(before):
        return True
    spans = sentence_spans(f"{before} {word.lstrip(_OPENERS) or 'A'}")
    return spans[-1][0] >= len(before)
