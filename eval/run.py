"""Runs cases through the engine, one record per case, so that it can be stopped anywhere and go on.

Asking, looking up, judging and scoring are apart: an answer is asked for once and kept (`eval.cache`),
what the archive has of it is written beside it, and scores are computed from that alone. It knows the engine
by four questions (`ask`, `search`, `show`, `status`) and nothing of how scores are added up.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any, Protocol

from app.answer import Answer, Hit
from app.verify import Verifier
from eval.cache import Cache
from eval.case import Case, Found, Record
from eval.judging import judged
from eval.log import Log, resume, rewrite
from eval.metrics import score, shown_ids
from eval.shown import Shown
from eval.versions import State, versions_of
from ingest.article import Article
from ingest.errors import NewsdeskError, UsageError
from ingest.progress import step

DEPTH = 10  # distinct articles that a search is judged by
# Cases under way for each worker: a slow one holds up the writing, not the asking.
_AHEAD = 4


class Desk(Protocol):
    """What an evaluation needs of the engine."""

    def ask(
        self,
        question: str,
        *,
        as_of: str | None = None,
        choices: Sequence[str] = (),
        sources: Sequence[str] = (),
    ) -> Answer: ...
    def search(self, query: str, *, k: int = 10, as_of: str | None = None) -> list[Hit]: ...
    def show(self, article_id: str) -> Article: ...
    def status(self) -> State: ...


@dataclass(frozen=True, slots=True)
class Setup:
    """What cases are run with: who judges sentences, how many at once, where answers are kept.

    `ask` is called on each finished record and may add `opinions`. `llm` names the writer, if it is a model.
    """

    judge: Verifier | None = None
    jobs: int = 1
    cache: Cache = field(default_factory=lambda: Cache(None))
    opine: Callable[[Record], Mapping[str, float | None]] | None = None
    llm: str = ""
    judge_llm: str = ""

    @property
    def judge_name(self) -> str:
        return " and ".join(filter(None, (self.judge.name if self.judge else "", self.judge_llm)))


PLAIN = Setup()


def run(cases: Sequence[Case], desk: Desk, out: Path, setup: Setup = PLAIN) -> list[Record]:
    """Answers and scores what `out` does not hold yet; returns the records of `cases`, in their order.

    Raises UsageError for an empty archive, and for an `out` that was made with another archive, version
    or wording of a case.
    """
    versions = versions_of(desk.status(), llm=setup.llm, judge=setup.judge_name)
    records = resume(out, cases, versions)
    todo = [case for case in cases if case.id not in records]
    if todo:
        desk.search("news")  # loads the model, outside the measured times; without one, fails here and once
    with Log(out) as log, step("Asking", len(todo), "questions") as advance:
        for record in _in_order(lambda case: answer(case, desk, versions, setup), todo, setup.jobs):
            records[record.case.id] = record
            log.write(record)
            advance(1)
    return [records[case.id] for case in cases]


def _in_order(do: Callable[[Case], Record], todo: Sequence[Case], jobs: int) -> Iterator[Record]:
    """The records in the order of the cases, with up to `jobs` under way at once."""
    if jobs == 1:
        yield from map(do, todo)
        return
    waiting: deque[Future[Record]] = deque()
    with ThreadPoolExecutor(jobs) as pool:
        try:
            for case in todo:
                waiting.append(pool.submit(do, case))
                if len(waiting) > _AHEAD * jobs:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            pool.shutdown(cancel_futures=True)


def answer(case: Case, desk: Desk, versions: Mapping[str, str], setup: Setup = PLAIN) -> Record:
    """One case through the engine; what goes wrong with it is written down and stops nothing else."""
    record = Record(case, None, (), {}, versions, {})
    try:
        record = looked_up(_asked(record, desk, setup.cache), desk)
        record = judged(record, setup.judge) if setup.judge else record
        record = replace(record, opinions=setup.opine(record)) if setup.opine else record
    except NewsdeskError as error:
        record = replace(record, error=str(error))
    except Exception as error:
        record = replace(record, error=f"{type(error).__name__}: {error}")
    return replace(record, scores=score(record))


def _asked(record: Record, desk: Desk, cache: Cache) -> Record:
    """The record with the answer: a kept one with its own times, or a new one, which is kept."""
    case = record.case
    # Who judges decides no answer.
    decides = {name: value for name, value in record.versions.items() if name != "judge"}
    asked = {"question": case.question, "as_of": case.as_of, "choices": case.choices, "sources": case.sources}
    key = {"asked": asked, "versions": decides}
    kept = cache.get(key)
    if kept is None:
        kept = _ask(case, desk)
        cache.put(key, kept)
    ranked = tuple(Found(**found) for found in kept["ranked"])
    return replace(record, answer=kept["answer"], ranked=ranked, timings=kept["timings"])


def _ask(case: Case, desk: Desk) -> dict[str, Any]:
    began = time.perf_counter()
    reply = desk.ask(case.question, as_of=case.as_of, choices=case.choices, sources=case.sources)
    timings = {"ask": time.perf_counter() - began}
    timings |= {f"ask.{part}": seconds for part, seconds in reply.timings.items()}
    ranked = [asdict(found) for found in distinct(reply.hits)]
    return {"answer": reply.to_json(), "ranked": ranked[:DEPTH], "timings": timings}


def distinct(hits: Iterable[Hit]) -> tuple[Found, ...]:
    """The articles of the hits, each once, at the place of its best hit."""
    found: dict[str, Found] = {}
    for hit in hits:
        published = str(hit.published) if hit.published else None
        also = tuple(reprint.article_id for reprint in hit.also)
        article = Found(hit.passage.article_id, hit.title, hit.url, published, hit.source, also)
        found.setdefault(article.article_id, article)
    return tuple(found.values())


def looked_up(record: Record, desk: Desk) -> Record:
    """The record with what the archive has of every article it shows and of those expected."""
    cited = {c["article_id"] for s in (record.answer or {}).get("sentences", []) for c in s["citations"]}
    shown: dict[str, Shown] = {}
    for id_ in (*shown_ids(record), *record.case.gold):
        try:
            article = desk.show(id_)
        except UsageError:
            continue  # not there: the metrics count that against a citation
        shown.setdefault(article.id, Shown.of(article, whole=article.id in cited))
    return replace(record, shown=tuple(shown.values()))


def scored_again(path: Path, records: Iterable[Record], judge: Verifier | None = None) -> list[Record]:
    """The run with its scores computed anew, from the records alone; with a judge, judged anew as well."""
    again = []
    for record in records:
        if judge:
            record = replace(judged(record, judge), versions={**record.versions, "judge": judge.name})
        again.append(replace(record, scores=score(record)))
    rewrite(path, again)
    return again
