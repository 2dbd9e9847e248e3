"""The plain formulas that this project began with, as a yardstick of how hard a set of questions is.

    python -m eval.plain SUITE --home HOME [--data DIR] [--out FILE] [-n N]

Two sets of questions are never equally hard, so that a figure of one says little of another; what fixed and
simple formulas make of both says how far they may be compared. The run is a run like any other:
`newsdesk eval compare` sets it beside what the program makes of the same questions today.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import numpy as np

from app.answer import Answer, Citation, Hit, Sentence
from app.asking import asked
from app.candidates import Candidate, candidates
from app.engine import Newsdesk
from app.fusion import Weights
from eval.judging import open_judge
from eval.run import Setup, run
from eval.suites import load
from ingest.archive import Archive
from ingest.article import Article, Passage
from ingest.cli import existing
from ingest.embed import Embedder, open_embedder
from ingest.settings import embedder_name
from ingest.status import Status

# How much being new adds to an article's share of the best match by words, with wording that wants it and
# without; how many of the first articles meaning may put in another order, and how far.
_NEWEST, _NEW, _FIRST, _MEANING = 0.4, 0.2, 20, 0.2
_FOUND = 200
# How many passages are read, how many sentences and words make the answer, and how alike two may be.
_READ, _SENTENCES, _WORDS, _ALIKE = 3, 3, 80, 0.9
# Makes every arm's part of a score the arm's own share of the best.
_ALONE = Weights(dense=1.0, passage_words=1.0, article_words=0.0, recency=1.0, newest=1.0)


class Plain:
    """Searches and answers by plain formulas; it never refuses and checks nothing."""

    def __init__(self, home: Path, embedder: Embedder) -> None:
        self._desk = Newsdesk.open(home, embedder=embedder)
        self._desk.retriever.weights = _ALONE
        self._archive = Archive(home)
        self._embedder = embedder

    def close(self) -> None:
        self._desk.close()
        self._archive.close()

    def show(self, article_id: str) -> Article:
        return self._desk.show(article_id)

    def status(self) -> Status:
        return self._desk.status()

    def search(self, query: str, *, k: int = 10, as_of: str | None = None) -> list[Hit]:
        """BM25 of the best passage, as a share of the best, and newness; then meaning among the first 20."""
        question = self._desk.understood(query, as_of=as_of)
        retriever = self._desk.retriever
        new = _NEWEST if question.wants_newest else _NEW
        scores = retriever.scores(replace(question, wants_newest=True))
        parts = {id_: score.parts for id_, score in scores.items()}
        plain = {id_: p["passage_words"] + new * p["recency"] for id_, p in parts.items()}
        first = sorted(plain, key=lambda id_: (-plain[id_], id_))[:_FIRST]
        near = _spread({id_: parts[id_]["dense"] for id_ in first})
        plain |= {id_: plain[id_] + _MEANING * near[id_] for id_ in first}
        best = sorted(first, key=lambda id_: (-plain[id_], id_))[:k]
        words = retriever.lexical.passages(retriever.lexical.terms(question.text), _FOUND, question.window)
        found = [number for number, _ in words]
        return [self._hit(id_, found, plain[id_]) for id_ in best]

    def _hit(self, id_: str, found: Sequence[int], score: float) -> Hit:
        """An article with its best passage by words, or its first."""
        article = self._desk.show(id_)
        spans = {number: (start, end) for number, start, end in self._archive.passage_spans(id_)}
        start, end = next((spans[number] for number in found if number in spans), min(spans.values()))
        passage = Passage(id_, start, end, article.text[start:end])
        return Hit(passage, score, article.title, article.source, article.published, article.url)

    def ask(
        self,
        question: str,
        *,
        as_of: str | None = None,
        choices: Sequence[str] = (),
        sources: Sequence[str] = (),
    ) -> Answer:
        """Up to three sentences of the three best passages, at most 80 words, none like another.

        likeness + .3 passage + .3 coverage by rarity + .2 kind of answer + .1 among the first four.
        """
        hits = self.search(question, as_of=as_of)
        articles = {hit.passage.article_id: self._desk.show(hit.passage.article_id) for hit in hits[:_READ]}
        found = candidates(asked(question), hits[:_READ], articles, self._desk.tools.idf)
        chosen = self._chosen(question, found) if found else []
        quoted = [Citation.of(c.article, c.sentence.start, c.sentence.end) for c in chosen]
        sentences = tuple(Sentence(citation.quote, (citation,)) for citation in quoted)
        return Answer(question, question, as_of, sentences, tuple(hits), writer="plain")

    def _chosen(self, question: str, found: Sequence[Candidate]) -> list[Candidate]:
        asking, *read = self._embedder.embed([question, *(c.sentence.text for c in found)])
        scores = [_score(c, float(vector @ asking)) for c, vector in zip(found, read, strict=True)]
        chosen: list[int] = []
        words = 0
        for number in np.argsort(-np.array(scores), kind="stable").tolist():
            length = len(found[number].sentence.text.split())
            is_new = all(read[number] @ read[other] <= _ALIKE for other in chosen)
            if is_new and (not chosen or words + length <= _WORDS):
                chosen.append(number)
                words += length
            if len(chosen) == _SENTENCES:
                break
        return [found[number] for number in chosen]


def _score(candidate: Candidate, likeness: float) -> float:
    s = candidate.signals
    is_early = candidate.sentence.place < 4
    return likeness + 0.3 * s.passage + 0.3 * s.coverage + 0.2 * s.kind + 0.1 * is_early


def _spread(values: Mapping[str, float]) -> dict[str, float]:
    """Each value's place between the least, 0, and the most, 1."""
    low, high = min(values.values(), default=0.0), max(values.values(), default=0.0)
    return {id_: (value - low) / (high - low or 1.0) for id_, value in values.items()}


def main(arguments: Sequence[str] | None = None) -> None:
    """Runs a suite by the plain formulas and prints what came of it."""
    from rich.console import Console

    from eval import report

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("suite", metavar="SUITE", help="one of `newsdesk eval suites`, or a JSONL file")
    parser.add_argument("--home", help="the archive's folder")
    parser.add_argument("--data", type=Path, help="the folder of data sets")
    parser.add_argument("--out", type=Path, help="where the records go (default: plain-SUITE.jsonl)")
    parser.add_argument("-n", type=int, metavar="N", help="only the first N questions")
    given = parser.parse_args(arguments)
    cases = load(given.suite, given.data)[: given.n]
    out = given.out or Path(f"plain-{Path(given.suite).stem}.jsonl")
    with closing(Plain(existing(given.home), open_embedder(embedder_name()))) as desk:
        report.show(run(cases, desk, out, Setup(judge=open_judge(), llm="plain")), Console())


if __name__ == "__main__":
    main()
