"""Answers, hits and articles as lines for a terminal. Knows the values, not how they came about."""

from __future__ import annotations

import re
import shutil
import textwrap
from collections.abc import Iterable, Iterator, Sequence

from app.answer import Answer, Citation, Hint, Hit
from ingest.archive_notices import Correction
from ingest.article import Article, Moment

_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def answer_lines(answer: Answer) -> Iterator[str]:
    """The answer in short, its quotes with numbers, what to know beside them, and its sources; or the refusal
    with what comes nearest."""
    if answer.as_of:
        yield f"As of {answer.as_of}:"
    if answer.understood != " ".join(answer.question.split()):
        yield from wrapped(f"Understood as: {answer.understood}")
    yield from hint_lines(answer.hints)
    if answer.warning:
        yield from wrapped(f"Note: {answer.warning}")
    if answer.abstained:
        yield from wrapped(answer.explanation)
        yield from _listed("Nearest:", answer.hits[:3])
        return
    yield from _body(answer)


def _body(answer: Answer) -> Iterator[str]:
    numbers: dict[str, int] = {}

    def chips(citations: Iterable[Citation]) -> str:
        marks = dict.fromkeys(c.article_id for c in citations)
        return "".join(f"[{numbers.setdefault(id_, len(numbers) + 1)}]" for id_ in marks)

    if answer.direct:
        yield from wrapped(f"{answer.direct.text} {chips([answer.direct.citation])}")
        yield ""
    for sentence in answer.sentences:
        doubt = (
            "" if sentence.verdict == "supported" else f" ({sentence.verdict}: {' '.join(sentence.faults)})"
        )
        yield from wrapped(f"{sentence.text} {chips(sentence.citations)}{doubt}")
    for note in answer.notes:
        yield ""
        yield from wrapped(f"{note.text} {chips(reading.citation for reading in note.readings)}".rstrip())
    if answer.withheld:
        yield ""
        left_out = _counted(len(answer.withheld), "sentence")
        yield f"Left out, because the archive does not bear it out: {left_out}."
    by_id = {hit.passage.article_id: hit for hit in answer.hits}
    yield from _listed("Sources:", [by_id[id_] for id_ in numbers])


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def hint_lines(hints: Sequence[Hint]) -> Iterator[str]:
    """What the wording of the question was taken to say."""
    if hints:
        taken = "; ".join(f"“{hint.words}”, {hint.meaning}" for hint in hints)
        yield from wrapped(f"Taken from the question: {taken}.")
        yield ""


def hit_lines(hits: Sequence[Hit], *, explain: bool = False) -> Iterator[str]:
    """Each hit's headline, where it is from, and the passage; `explain` adds what its score is the sum of."""
    for number, hit in enumerate(hits, 1):
        yield f"{number}. {plain(hit.title)}"
        yield f"   {_origin(hit.source, hit.published)} · {plain(hit.passage.article_id)}"
        if explain:
            parts = (f"{name.replace('_', ' ')} {part:.3f}" for name, part in hit.parts.items())
            yield f"   {hit.score:.3f} = {' + '.join(parts)}"
        if hit.also:
            others = dict.fromkeys(_origin(other.source, other.published) for other in hit.also)
            yield from wrapped(f"Also in {'; '.join(others)}", "   ")
        yield from wrapped(textwrap.shorten(hit.passage.text, 300, placeholder=" …"), "   ")
        yield ""


def article_lines(article: Article, notices: Sequence[Correction] = ()) -> Iterator[str]:
    """The whole article as it is kept, with what corrects it."""
    yield plain(article.title)
    by = f"By {', '.join(article.authors)} · " if article.authors else ""
    yield plain(by + _origin(article.source, article.published))
    if article.url:
        yield plain(article.url)
    if beside := " · ".join(_beside(article)):
        yield plain(beside)
    for notice in notices:
        yield from wrapped(f"{notice.kind.capitalize()}: {' '.join(notice.text.split())}")
    yield ""
    yield plain(article.text)


def _beside(article: Article) -> Iterator[str]:
    """What is known of an article beside its headline, outlet and date."""
    if article.place:
        yield f"From {article.place}"
    if article.updated:
        yield f"Updated {str(article.updated)[:10]}"
    if article.guessed:
        yield f"Guessed: {', '.join(article.guessed)}"


def _listed(heading: str, hits: Sequence[Hit]) -> Iterator[str]:
    if hits:
        yield ""
        yield heading
    for number, hit in enumerate(hits, 1):
        where = _origin(hit.source, hit.published)
        yield f"  [{number}] {plain(hit.title)} · {where} · {plain(hit.passage.article_id)}"


def _origin(source: str, published: Moment | None) -> str:
    return f"{plain(source) or 'unknown outlet'}, {str(published)[:10] if published else 'undated'}"


def wrapped(text: str, indent: str = "") -> Iterator[str]:
    width = min(100, shutil.get_terminal_size().columns)
    yield from textwrap.wrap(plain(text), width, initial_indent=indent, subsequent_indent=indent)


def plain(text: str) -> str:
    """Without the control characters that could steer a terminal."""
    return _CONTROLS.sub("", text)
