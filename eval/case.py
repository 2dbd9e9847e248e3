"""What was asked and expected (`Case`), and what came back (`Record`), with their JSON lines.

These values know no engine and no metric. A record carries its case, what the archive has of the articles
that were shown, and what a judge said of every sentence: an old run can be read, compared and scored again
without its suite, its archive and any model.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any

from eval.shown import Judged, Shown
from ingest.article import Moment
from ingest.errors import UsageError


@dataclass(frozen=True, slots=True)
class Found:
    """An article that a search returned, as far as it takes to compare it with the expected ones.

    `also` are the ids of the articles that print the same report and are not returned a second time.
    """

    article_id: str
    title: str
    url: str
    published: str | None
    source: str = ""
    also: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "also", tuple(self.also))  # JSON knows lists only

    def is_named_by(self, reference: str) -> bool:
        return reference in (self.article_id, self.url, self.title, *self.also)


@dataclass(frozen=True, slots=True)
class Case:
    """One question with what is known about its answer.

    `as_of` is an ISO date (`2026-03-14`), or None for no cut; `sources`, where given, are the only outlets
    asked. `answers` are strings of which one must appear, and one of each of `also`; `wrong` are known to be
    false. `gold` names the
    articles that hold the answer by id, URL or exact title: any of them will do, or every one is needed if
    `all_needed`. `quote` is the sentence that says it, at `start` to `end` of its article where that is
    known. `article` is the article to be named, where that is the question. `contested` tells whether the
    articles contradict each other. `answerable` is None where nobody has said whether the archive can answer:
    refusals are then not judged. Cases of one `story` are not independent, nor are those that share a `gold`.
    """

    id: str
    question: str
    as_of: str | None = None
    answers: tuple[str, ...] = ()
    gold: tuple[str, ...] = ()
    quote: str = ""
    answerable: bool | None = None
    tags: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    also: tuple[tuple[str, ...], ...] = ()
    wrong: tuple[str, ...] = ()
    contested: bool | None = None
    all_needed: bool = False
    article: Found | None = None
    start: int | None = None
    end: int | None = None
    story: str = ""

    @classmethod
    def from_json(cls, value: object, default_id: str = "") -> Case:
        """Read one JSON object; raises ValueError with what is wrong with it."""
        if not isinstance(value, dict):
            raise ValueError("a case must be a JSON object")
        case = cls(
            id=_text(value, "id") or default_id,
            question=_text(value, "question"),
            as_of=_text(value, "as_of") or None,
            answers=_texts(value, "answers"),
            gold=_texts(value, "gold"),
            quote=_text(value, "quote"),
            answerable=_truth(value, "answerable"),
            tags=_texts(value, "tags"),
            choices=_texts(value, "choices"),
            sources=_texts(value, "sources"),
            also=_parts(value, "also"),
            wrong=_texts(value, "wrong"),
            contested=_truth(value, "contested"),
            all_needed=bool(_truth(value, "all_needed")),
            article=_found(value.get("article")),
            start=_number(value, "start"),
            end=_number(value, "end"),
            story=_text(value, "story"),
        )
        case._check()
        return case

    def _check(self) -> None:
        if not self.question.strip():
            raise ValueError("`question` is missing or empty")
        if self.answerable is False and (self.answers or self.gold):
            raise ValueError("a question that is not answerable cannot have `answers` or `gold`")
        if self.as_of:
            try:
                Moment.parse(self.as_of)
            except ValueError:
                raise ValueError(f"`as_of` is no ISO date: {self.as_of!r}") from None

    def to_json(self) -> dict[str, Any]:
        """Without what is not known of it."""
        return {
            name: list(v) if isinstance(v, tuple) else v
            for name, v in asdict(self).items()
            if v != _UNSAID.get(name, ...)
        }


_UNSAID = {one.name: one.default for one in fields(Case) if one.name not in ("id", "question")}


@dataclass(frozen=True, slots=True)
class Record:
    """What came back for one case.

    `answer` is `Answer.to_json()`, None when there was an error; `ranked` holds distinct articles, best
    first; `timings` are seconds; `versions` names everything that decides the answer. `shown` is what the
    archive has of every article that the answer shows, `judged` what a judge said of its sentences (None
    when there was none), `opinions` what a language model said of the whole. A score is None where the metric
    does not apply or could not be judged.
    """

    case: Case
    answer: Mapping[str, Any] | None
    ranked: tuple[Found, ...]
    timings: Mapping[str, float]
    versions: Mapping[str, str]
    scores: Mapping[str, float | None]
    error: str | None = None
    shown: tuple[Shown, ...] = ()
    judged: tuple[Judged, ...] | None = None
    opinions: Mapping[str, float | None] = field(default_factory=dict)

    @classmethod
    def from_json(cls, value: object) -> Record:
        """Read what `to_json` wrote; raises ValueError for anything else."""
        if not isinstance(value, dict):
            raise ValueError("a record must be a JSON object")
        try:
            judged = value["judged"]
            return cls(
                case=Case.from_json(value["case"]),
                answer=value["answer"],
                ranked=tuple(Found(**found) for found in value["ranked"]),
                timings=dict(value["timings"]),
                versions=dict(value["versions"]),
                scores=dict(value["scores"]),
                error=value["error"],
                shown=tuple(Shown(**shown) for shown in value["shown"]),
                judged=None if judged is None else tuple(map(Judged.from_json, judged)),
                opinions=dict(value["opinions"]),
            )
        except (KeyError, TypeError) as error:
            raise ValueError(f"not a record of an evaluation ({error})") from None

    def to_json(self) -> dict[str, Any]:
        return {
            "case": self.case.to_json(),
            "answer": self.answer,
            "ranked": [asdict(found) for found in self.ranked],
            "timings": dict(self.timings),
            "versions": dict(self.versions),
            "scores": dict(self.scores),
            "error": self.error,
            "shown": [asdict(shown) for shown in self.shown],
            "judged": None if self.judged is None else [asdict(one) for one in self.judged],
            "opinions": dict(self.opinions),
        }


def read_cases(path: Path) -> list[Case]:
    """All cases of a JSONL file. One without an `id` is called after its line.

    Raises UsageError naming the file and the line, also for an id that occurs twice.
    """
    cases: dict[str, Case] = {}
    for number, value in json_lines(path):
        try:
            case = Case.from_json(value, default_id=f"line-{number}")
        except ValueError as error:
            raise UsageError(f"{path}, line {number}: {error}.") from None
        if case.id in cases:
            raise UsageError(f"{path}, line {number}: the id {case.id!r} is used twice; ids must differ.")
        cases[case.id] = case
    return list(cases.values())


def json_lines(path: Path) -> Iterator[tuple[int, Any]]:
    """Line numbers (from 1) and values of a JSONL file, blank lines skipped; raises UsageError."""
    return parsed(content_of(path), path)


def content_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}.") from None


def parsed(content: bytes, path: Path) -> Iterator[tuple[int, Any]]:
    """As `json_lines`, for what was read from `path` already."""
    for number, line in enumerate(content.split(b"\n"), 1):
        if line.strip():
            yield number, _loads(line, f"{path}, line {number}")


def _loads(line: bytes, place: str) -> Any:
    try:
        return json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise UsageError(f"{place}: not UTF-8 text.") from None
    except json.JSONDecodeError as error:
        raise UsageError(f"{place}: not a JSON object ({error.msg}, column {error.colno}).") from None


def _text(value: Mapping[str, Any], name: str) -> str:
    found = value.get(name)
    if isinstance(found, int) and not isinstance(found, bool) and name == "id":
        return str(found)
    if found is not None and not isinstance(found, str):
        raise ValueError(f"`{name}` must be text")
    return found or ""


def _texts(value: Mapping[str, Any], name: str) -> tuple[str, ...]:
    """A list of strings, or one string standing for a list of one."""
    found = value.get(name) or []
    if isinstance(found, str):
        found = [found]
    if not isinstance(found, list) or not all(isinstance(item, str) for item in found):
        raise ValueError(f"`{name}` must be a list of texts")
    return tuple(item for item in found if item.strip())


def _parts(value: Mapping[str, Any], name: str) -> tuple[tuple[str, ...], ...]:
    """A list of lists of texts."""
    found = value.get(name) or []
    if not isinstance(found, list):
        raise ValueError(f"`{name}` must be a list of lists of texts")
    return tuple(_texts({name: part}, name) for part in found)


def _truth(value: Mapping[str, Any], name: str) -> bool | None:
    found = value.get(name)
    if found is not None and not isinstance(found, bool):
        raise ValueError(f"`{name}` must be true or false")
    return found


def _number(value: Mapping[str, Any], name: str) -> int | None:
    found = value.get(name)
    if found is not None and (not isinstance(found, int) or isinstance(found, bool)):
        raise ValueError(f"`{name}` must be a whole number")
    return found


def _found(value: object) -> Found | None:
    if value is None:
        return None
    try:
        return Found(**value)  # type: ignore[arg-type]
    except TypeError:
        raise ValueError("`article` must be an object with article_id, title, url and published") from None
