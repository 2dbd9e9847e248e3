"""Scores of one record: pure functions to a number, or to None where the metric does not apply.

Each docstring gives the definition and, where there is one, its source. Means and intervals are made
elsewhere (`eval.report`); nothing here turns "could not be judged" into zero. Articles come from the
archive as it is (`show`), so that an answer is never trusted about its own citations.
"""

from __future__ import annotations

import re
import string
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from eval.case import Record
from ingest.article import Article, Moment

Articles = Mapping[str, Article]
Unit = Literal["share", "words", "articles", "seconds"]


@dataclass(frozen=True, slots=True)
class Metric:
    """A named score; `unit` says how to print its mean."""

    name: str
    unit: Unit
    score: Callable[[Record, Articles], float | None]


def score(record: Record, articles: Articles) -> dict[str, float | None]:
    """Every metric of one record; `articles` holds what was cited or found, by id, as far as it exists.

    All are None for a record with an error: nothing came back that could be judged.
    """
    if record.error is not None:
        return {metric.name: None for metric in METRICS}
    return {metric.name: metric.score(record, articles) for metric in METRICS}


# Retrieval


def rank(record: Record) -> int | None:
    """Place (from 1) of the first expected article among the distinct articles found; None if absent."""
    for place, found in enumerate(record.ranked, 1):
        if any(found.is_named_by(reference) for reference in record.case.gold):
            return place
    return None


def hits_at(k: int) -> Callable[[Record, Articles], float | None]:
    """Hits@k: 1 if any expected article is among the first k distinct articles, else 0 (Bordes et al. 2013).

    Does not apply to a case without expected articles.
    """

    def hits(record: Record, articles: Articles) -> float | None:
        if not record.case.gold:
            return None
        place = rank(record)
        return float(place is not None and place <= k)

    return hits


def mrr_at_10(record: Record, articles: Articles) -> float | None:
    """MRR@10: 1 / rank of the first expected article, 0 beyond the tenth (Voorhees 1999, TREC-8 QA)."""
    if not record.case.gold:
        return None
    place = rank(record)
    return 1 / place if place is not None and place <= 10 else 0.0


# The answer's words


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


def token_f1(text: str, answer: str) -> float:
    """SQuAD's F1 of the words in common, both normalised, in 0..1 (Rajpurkar et al. 2016)."""
    said, expected = normalise(text).split(), normalise(answer).split()
    common = sum((Counter(said) & Counter(expected)).values())
    return 2 * common / (len(said) + len(expected)) if common else 0.0


def answers_directly(text: str, answers: tuple[str, ...]) -> bool:
    """Whether a short answer is right: it holds an expected one, or shares most of its words (F1 of .5)."""
    return holds(text, answers) or any(token_f1(text, answer) >= 0.5 for answer in answers)


def direct_right(record: Record, articles: Articles) -> float | None:
    """1 if the short answer is right (`answers_directly`). Only where one was given and one is expected."""
    direct = (record.answer or {}).get("direct")
    if not direct or not record.case.answers:
        return None
    return float(answers_directly(direct["text"], record.case.answers))


def direct_given(record: Record, articles: Articles) -> float | None:
    """1 if a short answer was given. Only where one is expected."""
    if not record.case.answers:
        return None
    return float(bool((record.answer or {}).get("direct")))


def choice_right(record: Record, articles: Articles) -> float | None:
    """1 if the option chosen is an expected answer; choosing none is wrong. Only for cases with options."""
    if not record.case.choices or not record.case.answers:
        return None
    choice = (record.answer or {}).get("choice")
    return float(choice is not None and choice["text"] in record.case.answers)


def contains_answer(record: Record, articles: Articles) -> float | None:
    """1 if the sentences of the answer contain an expected string: ALCE's string match (Gao et al. 2023).

    On whole words, where ALCE takes any substring. A refusal contains nothing: 0 if there was an answer
    to give (SQuAD 2.0 counts so, Rajpurkar et al. 2018). Does not apply without expected strings.
    """
    if not record.case.answers:
        return None
    return float(holds(_said(record), record.case.answers))


def contains_answer_with_titles(record: Record, articles: Articles) -> float | None:
    """As `contains_answer`, counting the headlines of the cited articles, which are shown with it."""
    if not record.case.answers:
        return None
    cited = (articles.get(citation["article_id"]) for citation in _citations(record))
    titles = [article.title for article in cited if article]
    # Text by text, so that no match is stitched from the end of one and the start of another.
    return float(any(holds(text, record.case.answers) for text in [_said(record), *titles]))


def contains_answer_one(record: Record, articles: Articles) -> float | None:
    """As `contains_answer_with_titles`, of the first sentence and the headline of its article alone."""
    if not record.case.answers:
        return None
    sentences = _sentences(record)[:1]
    cited = [articles.get(c["article_id"]) for sentence in sentences for c in sentence["citations"]]
    shown = [s["text"] for s in sentences] + [article.title for article in cited if article]
    return float(any(holds(text, record.case.answers) for text in shown))


def shown_words(record: Record, articles: Articles) -> float | None:
    """How many words are shown: the sentences and the headlines of the articles they cite, each once."""
    if _abstained(record):
        return None
    cited = dict.fromkeys(citation["article_id"] for citation in _citations(record))
    titles = [articles[id_].title for id_ in cited if id_ in articles]
    return float(sum(len(text.split()) for text in (_said(record), *titles)))


def answer_words(record: Record, articles: Articles) -> float | None:
    """How many words the answer has, separated by white space. Does not apply to a refusal."""
    return None if _abstained(record) else float(len(_said(record).split()))


# Refusing


def refused_rightly(record: Record, articles: Articles) -> float | None:
    """Of the cases that the archive cannot answer: 1 if it was refused (SQuAD 2.0's NoAns accuracy)."""
    return float(_abstained(record)) if record.case.answerable is False else None


def answered_unanswerable(record: Record, articles: Articles) -> float | None:
    """Of the cases that the archive cannot answer: 1 if it answered all the same."""
    return float(not _abstained(record)) if record.case.answerable is False else None


def refused_wrongly(record: Record, articles: Articles) -> float | None:
    """Of the cases that the archive can answer: 1 if it was refused."""
    return float(_abstained(record)) if record.case.answerable is True else None


# Citations and dates, recomputed from the archive


def citations_exact(record: Record, articles: Articles) -> float | None:
    """Share of citations whose `text[start:end] == quote` in the archive's article; must be 1.

    A citation of an article that the archive does not have is not exact. Does not apply to an answer
    without citations (see `sentences_cited`).
    """
    exact = [_is_exact(citation, articles) for citation in _citations(record)]
    return sum(exact) / len(exact) if exact else None


def sentences_cited(record: Record, articles: Articles) -> float | None:
    """Share of the answer's sentences with at least one citation; must be 1. Not for a refusal."""
    sentences = _sentences(record)
    return sum(bool(s["citations"]) for s in sentences) / len(sentences) if sentences else None


def later_than_as_of(record: Record, articles: Articles) -> float | None:
    """How many distinct articles found, shown or cited were published after `as_of`; must be 0.

    Dates are the archive's. An article is later if the last moment of its publication date is (an
    article of "2026-03" is later than 2026-03-14). One without a date cannot be judged: not counted.
    """
    if record.case.as_of is None:
        return None
    cut = Moment.parse(record.case.as_of).last
    shown = (articles.get(article_id) for article_id in shown_ids(record))
    return float(sum(bool(a and a.published and a.published.last > cut) for a in shown))


def shown_ids(record: Record) -> list[str]:
    """Ids of all articles that a record shows: found, among the answer's hits, or cited."""
    ids = [found.article_id for found in record.ranked]
    ids += [hit["article_id"] for hit in (record.answer or {}).get("hits", [])]
    ids += [citation["article_id"] for citation in _citations(record)]
    return list(dict.fromkeys(ids))


# Time


def ask_seconds(record: Record, articles: Articles) -> float | None:
    """Wall time of `ask`, in seconds, as measured from outside it."""
    return record.timings.get("ask")


METRICS: tuple[Metric, ...] = (
    Metric("hits@1", "share", hits_at(1)),
    Metric("hits@4", "share", hits_at(4)),
    Metric("hits@10", "share", hits_at(10)),
    Metric("mrr@10", "share", mrr_at_10),
    Metric("contains_answer", "share", contains_answer),
    Metric("contains_answer_with_titles", "share", contains_answer_with_titles),
    Metric("contains_answer_one", "share", contains_answer_one),
    Metric("direct_given", "share", direct_given),
    Metric("direct_right", "share", direct_right),
    Metric("choice_right", "share", choice_right),
    Metric("answer_words", "words", answer_words),
    Metric("shown_words", "words", shown_words),
    Metric("refused_rightly", "share", refused_rightly),
    Metric("answered_unanswerable", "share", answered_unanswerable),
    Metric("refused_wrongly", "share", refused_wrongly),
    Metric("citations_exact", "share", citations_exact),
    Metric("sentences_cited", "share", sentences_cited),
    Metric("later_than_as_of", "articles", later_than_as_of),
    Metric("ask_seconds", "seconds", ask_seconds),
)

# Dashes part words; quotes and the rest of ASCII punctuation vanish, as SQuAD has it.
_PLAIN = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "–": " ", "—": " ", "…": " "})
_NO_PUNCTUATION = str.maketrans("", "", string.punctuation)


def _sentences(record: Record) -> list[Mapping[str, Any]]:
    """The sentences that were given as the answer: none when it abstained."""
    answer = record.answer
    return list(answer["sentences"]) if answer and not answer["abstained"] else []


def _said(record: Record) -> str:
    return " ".join(sentence["text"] for sentence in _sentences(record))


def _abstained(record: Record) -> bool:
    """Also an answer without a word counts as refusing: it says nothing."""
    return not _said(record).strip()


def _citations(record: Record) -> Iterator[Mapping[str, Any]]:
    for sentence in _sentences(record):
        yield from sentence["citations"]


def _is_exact(citation: Mapping[str, Any], articles: Articles) -> bool:
    article = articles.get(citation["article_id"])
    start, end = citation["start"], citation["end"]
    # Negative offsets would slice from the end of the text and might even agree.
    return bool(article and 0 <= start < end and article.text[start:end] == citation["quote"])
