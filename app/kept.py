"""What is kept of a conversation, as values: questions with their answers, and what a reader thought of them.

An answer is kept whole, with the particulars of every article it names, so that it can be read, exported
and checked again without the archive. They do not know where they are kept (`app.keep`) or how they look
elsewhere (`app.export`).
"""

from __future__ import annotations

import json
import secrets
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from app.answer import Answer, Choice, Citation, Direct, Hint, Hit, Note, Reading, Reprint, Sentence
from ingest.article import Article, Moment, Passage

Thumb = Literal["", "up", "down"]

_NAME_LENGTH = 80


@dataclass(frozen=True, slots=True)
class Cited:
    """An article's particulars, as they were when it was cited."""

    article_id: str
    title: str
    source: str
    authors: tuple[str, ...] = ()
    published: Moment | None = None
    url: str = ""

    @classmethod
    def of(cls, article: Article | Hit) -> Cited:
        rest = article.published, article.url
        if isinstance(article, Hit):
            return cls(article.passage.article_id, article.title, article.source, (), *rest)
        return cls(article.id, article.title, article.source, article.authors, *rest)

    def to_json(self) -> dict[str, Any]:
        return {
            "article_id": self.article_id,
            "title": self.title,
            "source": self.source,
            "authors": list(self.authors),
            "published": str(self.published) if self.published else None,
            "url": self.url,
        }


@dataclass(frozen=True, slots=True)
class Saved:
    """A question and its answer as they were kept; `asked` is in seconds since 1970."""

    question: str
    answer: Answer
    articles: tuple[Cited, ...] = ()
    since: str = ""
    until: str = ""
    sources: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    thumb: Thumb = ""
    reason: str = ""
    asked: float = field(default_factory=time.time)
    id: str = field(default_factory=lambda: secrets.token_urlsafe(9))

    @classmethod
    def of(
        cls,
        question: str,
        answer: Answer,
        articles: Iterable[Article] = (),
        *,
        since: str = "",
        until: str = "",
        sources: Sequence[str] = (),
        sections: Sequence[str] = (),
    ) -> Saved:
        """An answer just made, with the articles that it cites."""
        known = {hit.passage.article_id: Cited.of(hit) for hit in answer.hits}
        known |= {article.id: Cited.of(article) for article in articles}
        limits = since, until, tuple(sources), tuple(sections)
        return cls(question, answer, tuple(known.values()), *limits)

    @property
    def citations(self) -> tuple[Citation, ...]:
        """Every citation that was shown, each once, in the order they were read."""
        answer = self.answer
        shown = [answer.direct.citation] if answer.direct else []
        shown += [citation for sentence in answer.sentences for citation in sentence.citations]
        shown += [reading.citation for note in answer.notes for reading in note.readings]
        return tuple(dict.fromkeys(shown))

    @property
    def cited(self) -> tuple[Cited, ...]:
        """The articles that are cited, in the order of their numbers."""
        known = {article.article_id: article for article in self.articles}
        ids = dict.fromkeys(citation.article_id for citation in self.citations)
        return tuple(known.get(id_) or Cited(id_, "", "") for id_ in ids)

    @property
    def words(self) -> str:
        """What the answer says, as it is searched."""
        answer = self.answer
        direct = [answer.direct.text] if answer.direct else []
        return "\n".join([*direct, answer.text, *(note.text for note in answer.notes)])

    def to_json(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "question": self.question,
            "asked": str(Moment(int(self.asked), "second")),
            "since": self.since or None,
            "until": self.until or None,
            "sources": list(self.sources),
            "sections": list(self.sections),
            "thumb": self.thumb or None,
            "reason": self.reason,
            "answer": self.answer.to_json(),
            "articles": [article.to_json() for article in self.articles],
        }

    def to_case(self) -> dict[str, Any]:
        """The judged answer as a line for those who measure."""
        return {
            "question": self.question,
            "as_of": self.answer.as_of,
            "verdict": self.thumb,
            "reason": self.reason,
            "answer": self.answer.text,
        }


@dataclass(frozen=True, slots=True)
class Conversation:
    """Questions and answers that belong together, oldest first."""

    id: str
    name: str
    made: float
    changed: float
    answers: tuple[Saved, ...]

    def to_json(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "name": self.name,
            "made": str(Moment(int(self.made), "second")),
            "changed": str(Moment(int(self.changed), "second")),
            "answers": [saved.to_json() for saved in self.answers],
        }


@dataclass(frozen=True, slots=True)
class Listed:
    """A conversation as a list shows it; `excerpt` is where the words that were searched for stand."""

    id: str
    name: str
    changed: float
    answers: int
    excerpt: str = ""


def name_for(question: str) -> str:
    """What a conversation is called before somebody names it: its first question."""
    words = " ".join(question.split())
    return words if len(words) <= _NAME_LENGTH else words[: _NAME_LENGTH - 1].rsplit(" ", 1)[0] + "…"


# From JSON


def packed(saved: Saved) -> str:
    """An answer, its articles and the sections that it was held to as one line of JSON."""
    articles = [article.to_json() for article in saved.articles]
    sections = list(saved.sections)
    return json.dumps({"answer": saved.answer.to_json(), "articles": articles, "sections": sections})


def unpacked(line: str) -> tuple[Answer, tuple[Cited, ...], tuple[str, ...]]:
    """Reads what `packed` wrote; raises ValueError for anything else."""
    try:
        value = json.loads(line)
        sections = tuple(map(str, value.get("sections", ())))
        return answer_of(value["answer"]), tuple(map(_cited, value["articles"])), sections
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"not a kept answer ({error})") from None


def answer_of(value: Mapping[str, Any]) -> Answer:
    """The answer that `Answer.to_json` wrote, but for how it was found and how long that took."""
    abstained = bool(value["abstained"])
    return Answer(
        question=value["question"],
        understood=value["understood"],
        as_of=value["as_of"],
        sentences=tuple(map(_sentence, value["sentences"])),
        hits=tuple(map(_hit, value["hits"])),
        abstained=abstained,
        reason=value["reason_code"] or "",
        explanation=(value["reason"] or "") if abstained else "",
        withheld=tuple(map(_sentence, value["withheld"])),
        direct=_direct(value["direct"]) if value["direct"] else None,
        choice=_choice(value["choice"]) if value["choice"] else None,
        notes=tuple(map(_note, value["notes"])),
        hints=tuple(map(_hint, value.get("hints", ()))),
        checked=value["checked"],
        warning=value["warning"] or "",
        writer=value["writer"],
        seconds=value["seconds"],
    )


def _sentence(value: Mapping[str, Any]) -> Sentence:
    return Sentence(
        value["text"],
        tuple(map(Citation.from_json, value["citations"])),
        value["verdict"],
        value["support"],
        tuple((start, end) for start, end in value["added"]),
        tuple(value["faults"]),
    )


def _hit(value: Mapping[str, Any]) -> Hit:
    passage = Passage(value["article_id"], value["start"], value["end"], value["text"])
    published = _moment(value["published"])
    also = tuple(map(_reprint, value.get("also", ())))
    return Hit(passage, value["score"], value["title"], value["source"], published, value["url"], also=also)


def _reprint(value: Mapping[str, Any]) -> Reprint:
    return Reprint(value["article_id"], value["title"], value["source"], _moment(value["published"]))


def _direct(value: Mapping[str, Any]) -> Direct:
    return Direct(value["text"], Citation.from_json(value["citation"]))


def _choice(value: Mapping[str, Any]) -> Choice:
    citation = Citation.from_json(value["citation"]) if value["citation"] else None
    return Choice(value["index"], value["text"], value["support"], citation)


def _note(value: Mapping[str, Any]) -> Note:
    return Note(value["kind"], value["text"], tuple(map(_reading, value["readings"])))


def _hint(value: Mapping[str, Any]) -> Hint:
    return Hint(value["kind"], value["words"], value["meaning"])


def _reading(value: Mapping[str, Any]) -> Reading:
    citation = Citation.from_json(value["citation"])
    return Reading(value["value"], citation, value["source"], _moment(value["published"]))


def _cited(value: Mapping[str, Any]) -> Cited:
    published = _moment(value["published"])
    authors = tuple(value["authors"])
    return Cited(value["article_id"], value["title"], value["source"], authors, published, value["url"])


def _moment(text: str | None) -> Moment | None:
    return Moment.parse(text) if text else None
