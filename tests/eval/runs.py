"""Runs of an engine that is none: answers cut from invented articles, with all that a record holds.

They are what comparing is tried on: the same run again, and runs with something planted.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from app.likeness import Reader
from app.verify import Verifier, open_verifier
from eval.case import Case, Found, Record
from eval.judging import judged
from eval.metrics import score
from eval.shown import Shown
from ingest.article import Article, Moment
from ingest.fakes import HashEmbedder
from ingest.sentences import sentence_spans

Change = Callable[[Record, random.Random], Record]

_TOWNS = "Velm Brask Orrin Halvern Lowmarsh Tarn Skerry Morrow Aster Colm".split()
_THINGS = "ferries trams schools bridges orchards clinics libraries harbours mills theatres".split()
DEPTH = 10


def article(number: int) -> Article:
    town, thing = _TOWNS[number % 10], _THINGS[number // 10 % 10]
    count = 1_000 + 37 * number
    text = (
        f"The council of {town} counted {count} visitors to its {thing} in the year {1990 + number % 30}. "
        f"A report put the cost at {count * 3} crowns and named {number + 40} causes. "
        f"The mayor of {town} said that {number + 12} of the {thing} would close by winter. "
        f"Nothing else was decided in the {number + 2} hours of the meeting."
    )
    published = Moment.parse(f"2026-{1 + number % 9:02d}-{1 + number % 27:02d}")
    return Article(f"a{number}", f"{town} counts its {thing}", text, f"{town} Echo", published=published)


def verifier() -> Verifier:
    return open_verifier(Reader(HashEmbedder(64)))


def run(count: int, seed: int = 1, judge: Verifier | None = None) -> list[Record]:
    """`count` records of an engine that finds most of what there is and quotes it; `seed` is its luck."""
    luck = random.Random(seed)
    articles = [article(number) for number in range(count)]
    return [finished(_record(one, articles, luck), judge) for one in articles]


def _record(one: Article, articles: Sequence[Article], luck: random.Random) -> Record:
    others = luck.sample([other for other in articles if other is not one], DEPTH - 1)
    place = luck.choices(range(DEPTH), weights=[60, 10, 6, 5, 4, 4, 4, 3, 2, 2])[0]
    ranked = [*others[:place], one, *others[place:]]
    spans = sentence_spans(one.text)[:3]
    said = [_sentence(one, start, end) for start, end in spans]
    hits = [{"article_id": a.id, "title": a.title, "text": a.text, "score": 1.0 / (n + 1)}
            for n, a in enumerate(ranked)]  # fmt: skip
    case = Case(
        one.id, f"What about {one.title}?", "2026-12-31", (one.text.split()[5],), (one.id,), answerable=True
    )
    answer = {"abstained": False, "text": one.text, "sentences": said, "hits": hits, "notes": []}
    found, shown = tuple(map(_found, ranked)), tuple(Shown.of(a, whole=a is one) for a in ranked)
    return Record(case, answer, found, {"ask": luck.uniform(0.1, 0.3)}, {"newsdesk": "1"}, {}, shown=shown)


def _sentence(one: Article, start: int, end: int) -> dict[str, Any]:
    citation = {"article_id": one.id, "start": start, "end": end, "quote": one.text[start:end]}
    return {"text": one.text[start:end], "citations": [citation], "added": []}


def _found(one: Article) -> Found:
    return Found(one.id, one.title, one.url, str(one.published), one.source)


def finished(record: Record, judge: Verifier | None) -> Record:
    """Judged, if there is a judge, and scored."""
    record = judged(record, judge) if judge else record
    return replace(record, scores=score(record))


def changed(records: Sequence[Record], change: Change, judge: Verifier | None = None) -> list[Record]:
    """The run as it would be with this fault in the engine."""
    draw = random.Random(7)
    return [finished(change(record, draw), judge) for record in records]


# What may be planted


def half_depth(record: Record, draw: random.Random) -> Record:
    """Half as many articles are found."""
    half = len(record.ranked) // 2
    answer = {**(record.answer or {}), "hits": record.answer["hits"][:half]}
    return replace(record, ranked=record.ranked[:half], answer=answer)


def shifted_citations(record: Record, draw: random.Random) -> Record:
    """Every citation points at the sentence after the one it should."""
    articles = {shown.article_id: shown.article for shown in record.shown if shown.text}
    said = [
        {**sentence, "citations": [_shifted(c, articles[c["article_id"]]) for c in sentence["citations"]]}
        for sentence in record.answer["sentences"]
    ]
    return replace(record, answer={**(record.answer or {}), "sentences": said})


def _shifted(citation: dict[str, Any], cited: Article) -> dict[str, Any]:
    spans = sentence_spans(cited.text)
    place = next(n for n, (_, end) in enumerate(spans) if citation["start"] < end)
    start, end = spans[(place + 1) % len(spans)]
    return {**citation, "start": start, "end": end, "quote": cited.text[start:end]}


def altered_numbers(record: Record, draw: random.Random) -> Record:
    """One number in twenty is another one."""
    said = [{**s, "text": _altered(s["text"], draw)} for s in (record.answer or {})["sentences"]]
    return replace(record, answer={**(record.answer or {}), "sentences": said})


def _altered(text: str, draw: random.Random) -> str:
    return re.sub(r"\d+", lambda m: str(int(m[0]) + 3) if draw.random() < 1 / 20 else m[0], text)
