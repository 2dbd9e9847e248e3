"""RGB's counterfactual questions (Chen et al. 2024): is an altered passage shown, or swallowed?

    python -m eval.rgb [--data DIR] [--verbose]

Each question comes with passages that hold its answer, the same passages with the answer replaced, and
others on the subject. They become short articles of three outlets, all of one day. The question passes when
a note of the answer shows both values side by side. As a control it is asked again without the altered
passages, where any conflict is a false one. The passages are not ours: they stay in the folder of data sets.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from app.answer import Note
from app.engine import Newsdesk
from eval.case import json_lines
from eval.metrics import holds
from eval.report import interval, mean_of, number
from eval.suites import data_folder
from ingest.archive import Archive
from ingest.article import Article, Moment
from ingest.chunk import passages_of
from ingest.embed import Embedder, open_embedder
from ingest.errors import UsageError
from ingest.pipeline import claim, embed_pending

_OUTLETS = {"positive": "The True Post", "positive_wrong": "The Altered Post", "negative": "The Other Post"}
_DAY = Moment.parse("2023-03-01")
_TITLE_WORDS = 6


@dataclass(frozen=True, slots=True)
class Item:
    """A question, the spellings of its answer, what the answer was replaced by, and the articles."""

    id: str
    question: str
    answers: tuple[str, ...]
    altered: str
    articles: tuple[Article, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """`shown`: a note has both values. `noted`: there is a note of reports that differ, of whatever."""

    item: Item
    notes: tuple[Note, ...]
    abstained: bool

    @property
    def shown(self) -> bool:
        return any(
            any(holds(r.value, self.item.answers) for r in note.readings)
            and any(holds(r.value, (self.item.altered,)) for r in note.readings)
            for note in self.notes
        )

    @property
    def noted(self) -> bool:
        return any(note.kind == "conflict" for note in self.notes)


def items(data: Path) -> list[Item]:
    path = data / "rgb" / "en_fact.jsonl"
    if not path.is_file():
        raise UsageError(f"RGB needs {path}: set NEWSDESK_DATA to the folder that holds `rgb`.")
    return [_item(value) for _, value in json_lines(path)]


def _item(value: dict[str, Any]) -> Item:
    articles = tuple(
        Article(f"{kind}-{number}", " ".join(text.split()[:_TITLE_WORDS]), text, outlet, published=_DAY)
        for kind, outlet in _OUTLETS.items()
        for number, text in enumerate(value[kind])
    )
    return Item(str(value["id"]), value["query"], _spellings(value["answer"]), value["fakeanswer"], articles)


def _spellings(answer: object) -> tuple[str, ...]:
    """All spellings, however deep they are listed."""
    if isinstance(answer, list):
        return tuple(text for part in answer for text in _spellings(part))
    return (str(answer),)


def unaltered(item: Item) -> Item:
    """The same question with nothing altered."""
    kept = tuple(a for a in item.articles if a.source != _OUTLETS["positive_wrong"])
    return replace(item, articles=kept)


def outcomes(given: Sequence[Item], embedder: Embedder) -> Iterator[Outcome]:
    """Asks each question of an archive of its own passages."""
    for item in given:
        with tempfile.TemporaryDirectory() as folder:
            home = Path(folder)
            _fill(home, item.articles, embedder)
            with Newsdesk.open(home, embedder=embedder) as desk:
                answer = desk.ask(item.question)
        yield Outcome(item, answer.notes, answer.abstained)


def _fill(home: Path, articles: Sequence[Article], embedder: Embedder) -> None:
    archive = Archive(home)
    claim(archive, embedder.name)
    with archive.transaction():
        for article in articles:
            archive.put(article, passages_of(article))
    embed_pending(archive, lambda: embedder)
    archive.close()


def report(found: Sequence[Outcome], control: Sequence[Outcome], *, verbose: bool = False) -> Iterator[str]:
    """The shares with their intervals, and on demand each question that was not passed."""
    if verbose:
        yield from _wrong("not shown", [o for o in found if not o.shown])
        yield from _wrong("false", [o for o in control if o.noted])
    for name, flags in (
        ("altered passage shown as a conflict", [o.shown for o in found]),
        ("any conflict shown", [o.noted for o in found]),
        ("refused", [o.abstained for o in found]),
        ("conflict shown where nothing was altered", [o.noted for o in control]),
    ):
        if mean := mean_of([float(flag) for flag in flags]):
            yield f"{name}: {number(mean.mean, 'share')} {interval(mean, 'share')} of {mean.n}"


def _wrong(kind: str, outcomes: Sequence[Outcome]) -> Iterator[str]:
    for outcome in outcomes:
        said = " ".join(note.text for note in outcome.notes) or "no note"
        yield f"{kind}: {outcome.item.id} {outcome.item.question}: {said}"


def main(arguments: Sequence[str] | None = None) -> None:
    """Prints how many of the altered passages are shown as what they are."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--data", type=Path, help="the folder of data sets")
    parser.add_argument("--verbose", action="store_true", help="print each question that was not passed")
    given = parser.parse_args(arguments)
    asked, embedder = items(given.data or data_folder()), open_embedder()
    found = list(outcomes(asked, embedder))
    control = list(outcomes([unaltered(item) for item in asked], embedder))
    print("\n".join(report(found, control, verbose=given.verbose)))


if __name__ == "__main__":
    main()
