"""What a metric is, and how a record is read by all of them.

Nothing here turns "could not be judged" into zero, and nothing trusts an answer about its own citations: what
an article says and when it came out is what the archive gave when the record was made (`Record.shown`).
"""

from __future__ import annotations

import re
import string
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from eval.case import Case, Record
from eval.shown import Shown

Unit = Literal["share", "words", "articles", "seconds"]
Group = Literal["retrieval", "answer", "citations", "agreement", "refusing", "fault", "time"]
Better = Literal["more", "less", ""]
Score = Callable[[Record], float | None]


@dataclass(frozen=True, slots=True)
class Metric:
    """A named score. `unit` says how to print its mean, `better` which way is up, if either is."""

    name: str
    group: Group
    score: Score
    unit: Unit = "share"
    better: Better = "more"

    @property
    def about(self) -> str:
        """Its definition in one line: the first of its docstring."""
        return (self.score.__doc__ or "").strip().partition("\n")[0]


# Dashes part words; quotes and the rest of ASCII punctuation vanish, as SQuAD has it.
_PLAIN = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "–": " ", "—": " ", "…": " "})
_NO_PUNCTUATION = str.maketrans("", "", string.punctuation)


def normalise(text: str) -> str:
    """SQuAD's normalisation (Rajpurkar et al. 2016): lower case, no punctuation, no a/an/the, one space.

    Before it, what news adds: typographic quotes and dashes become plain, and a possessive 's is dropped,
    so that "Idaho’s" holds "Idaho". As in SQuAD "5.9" becomes "59" and number words stay words.
    """
    plain = text.lower().translate(_PLAIN)
    plain = re.sub(r"'s\b", "", plain).translate(_NO_PUNCTUATION)
    return " ".join(word for word in plain.split() if word not in ("a", "an", "the"))


def holds(text: str, answers: tuple[str, ...]) -> bool:
    """Whether any answer occurs in the text, both normalised, as whole words ("15" is not in "2015")."""
    inside = f" {normalise(text)} "
    wanted = [normalise(answer) for answer in answers]
    return any(f" {answer} " in inside for answer in wanted if answer)


def answers(case: Case, text: str) -> bool:
    """Whether a text has the expected answer, with all its parts."""
    return holds(text, case.answers) and all(holds(text, part) for part in case.also)


def sentences(record: Record) -> list[Mapping[str, Any]]:
    """The sentences that were given as the answer: none when it abstained."""
    answer = record.answer
    return list(answer["sentences"]) if answer and not answer["abstained"] else []


def said(record: Record) -> str:
    return " ".join(sentence["text"] for sentence in sentences(record))


def abstained(record: Record) -> bool:
    """Also an answer without a word counts as refusing: it says nothing."""
    return not said(record).strip()


def citations(record: Record) -> Iterator[Mapping[str, Any]]:
    for sentence in sentences(record):
        yield from sentence["citations"]


def direct(record: Record) -> str:
    """The short answer, or nothing."""
    given = (record.answer or {}).get("direct")
    return str(given["text"]) if given else ""


def by_id(record: Record) -> dict[str, Shown]:
    """What the archive has, by id."""
    return {shown.article_id: shown for shown in record.shown}


def shown_ids(record: Record) -> list[str]:
    """Ids of all articles that a record shows: found, among the answer's hits, or cited."""
    ids = [found.article_id for found in record.ranked]
    ids += [hit["article_id"] for hit in (record.answer or {}).get("hits", [])]
    ids += [citation["article_id"] for citation in citations(record)]
    return list(dict.fromkeys(ids))
