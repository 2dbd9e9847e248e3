"""Every metric against answers worked out by hand, and against answers made to fool it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.answer import Answer, Citation, Hit, Sentence
from eval.case import Case, Found, Record
from eval.metrics import METRICS, holds, normalise, score
from ingest.article import Article, Moment, Passage

HARBOUR = Article(
    "harbour",
    "Velm harbour reopens after storm",
    "The port of Velm reopened on Tuesday. Damage is put at 3.2 million crowns, Mayor Ada Lind said.",
    "Velm Courier",
    published=Moment.parse("2026-03-10"),
    url="https://example.org/harbour",
)
LATER = Article(
    "later", "Storm bill rises", "The bill rose to 15 million.", published=Moment.parse("2026-03")
)
ARTICLES = {article.id: article for article in (HARBOUR, LATER)}
CASE = Case(
    "c1", "Who is the mayor?", "2026-03-14", ("Ada Lind",), ("https://example.org/harbour",), answerable=True
)
NO_ANSWER = Case("c2", "Who won the cup?", "2026-03-14", answerable=False)


def answered(*spans: tuple[int, int], article: Article = HARBOUR) -> Answer:
    """An answer of one sentence for each span of the article, quoting it."""
    citations = [Citation.of(article, start, end) for start, end in spans]
    passage = Passage(article.id, 0, len(article.text), article.text)
    hit = Hit(passage, 0.9, article.title, article.source, article.published, article.url)
    return Answer("?", "?", None, tuple(Sentence(c.quote, (c,)) for c in citations), (hit,))


REFUSED = Answer("?", "?", None, (), (), True, "nothing_found", "No article says who Ada Lind is.")
WHOLE = answered((38, len(HARBOUR.text)))


def record(case: Case, answer: Answer | dict[str, Any], *ranked: str) -> Record:
    """A record with articles found in this order; those not in ARTICLES have no title and no URL."""
    none = Article("", "", "")
    found = tuple(
        Found(id_, ARTICLES.get(id_, none).title, ARTICLES.get(id_, none).url, None) for id_ in ranked
    )
    reply = answer.to_json() if isinstance(answer, Answer) else answer
    return Record(case, reply, found, {"ask": 0.125}, {}, {})


def scores(case: Case, answer: Answer | dict[str, Any], *ranked: str) -> dict[str, float | None]:
    return score(record(case, answer, *ranked), ARTICLES)


@pytest.mark.parametrize(
    ("ranked", "expected"),
    [
        (["harbour", "x"], (1.0, 1.0, 1.0, 1.0)),
        (["x", "harbour"], (0.0, 1.0, 1.0, 1 / 2)),
        (["a", "b", "c", "harbour"], (0.0, 1.0, 1.0, 1 / 4)),
        (["a", "b", "c", "d", "harbour"], (0.0, 0.0, 1.0, 1 / 5)),
        ([*"abcdefghi", "harbour"], (0.0, 0.0, 1.0, 1 / 10)),
        ([*"abcdefghij", "harbour"], (0.0, 0.0, 0.0, 0.0)),
        (["x", "y"], (0.0, 0.0, 0.0, 0.0)),
        ([], (0.0, 0.0, 0.0, 0.0)),
    ],
)
def test_the_place_of_the_expected_article(ranked: list[str], expected: tuple[float, ...]) -> None:
    got = scores(CASE, WHOLE, *ranked)
    assert (got["hits@1"], got["hits@4"], got["hits@10"], got["mrr@10"]) == expected


@pytest.mark.parametrize("reference", ["harbour", HARBOUR.title, HARBOUR.url])
def test_any_name_of_an_expected_article_will_do(reference: str) -> None:
    case = replace(CASE, gold=("somewhere else", reference))
    assert scores(case, WHOLE, "x", "harbour")["mrr@10"] == 1 / 2


def test_without_an_expected_article_there_is_no_rank() -> None:
    got = scores(NO_ANSWER, WHOLE, "harbour")
    assert {got[name] for name in ("hits@1", "hits@4", "hits@10", "mrr@10")} == {None}


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("The  Cat’s “hat”—a RED one.", "cat hat red one"),
        ("$5.9 million, thirty-one", "59 million thirtyone"),
        ("An A. a the", ""),
        ("theatre and anthem", "theatre and anthem"),
    ],
)
def test_normalising_as_squad_does(text: str, normal: str) -> None:
    assert normalise(text) == normal


@given(st.text())
def test_normalising_twice_is_normalising_once(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


@pytest.mark.parametrize(
    ("text", "answer", "expected"),
    [
        ("Mayor Ada Lind’s office", "Ada Lind", True),
        ("It happened in 2015.", "15", False),
        ("Some 1,000 fighters are left", "1000", True),
        ("the New York office", "New Jersey", False),
        ("“Squid Game” returns", "‘Squid Game’", True),
        ("York is new", "New York", False),
        ("anything", "the", False),
        ("", "Ada", False),
    ],
)
def test_whether_a_text_holds_an_answer(text: str, answer: str, expected: bool) -> None:
    assert holds(text, (answer,)) is expected


def test_a_good_answer() -> None:
    got = scores(CASE, WHOLE, "harbour")
    assert got["contains_answer"] == got["contains_answer_with_titles"] == 1
    assert got["answer_words"] == 11
    assert got["citations_exact"] == got["sentences_cited"] == 1
    assert got["refused_wrongly"] == 0
    assert got["later_than_as_of"] == 0
    assert got["ask_seconds"] == 0.125
    assert got["refused_rightly"] is got["answered_unanswerable"] is None


def test_the_cited_headline_counts_only_with_titles() -> None:
    got = scores(replace(CASE, answers=("harbour reopens",)), answered((0, 37)))
    assert (got["contains_answer"], got["contains_answer_with_titles"]) == (0, 1)


def test_a_match_is_not_stitched_from_answer_and_headline() -> None:
    # The answer ends with "Tuesday", the headline begins with "Velm".
    got = scores(replace(CASE, answers=("Tuesday Velm",)), answered((0, 37)))
    assert got["contains_answer_with_titles"] == 0


def test_a_refusal_contains_no_answer_even_if_its_explanation_does() -> None:
    got = scores(CASE, REFUSED, "harbour")
    assert got["contains_answer"] == got["contains_answer_with_titles"] == 0
    assert got["refused_wrongly"] == 1
    assert got["answer_words"] is got["citations_exact"] is got["sentences_cited"] is None


def test_refusing_where_there_is_nothing_to_say() -> None:
    got = scores(NO_ANSWER, REFUSED)
    assert (got["refused_rightly"], got["answered_unanswerable"], got["refused_wrongly"]) == (1, 0, None)
    assert got["contains_answer"] is None


def test_answering_where_there_is_nothing_to_say() -> None:
    got = scores(NO_ANSWER, WHOLE)
    assert (got["refused_rightly"], got["answered_unanswerable"]) == (0, 1)


def test_an_empty_answer_is_a_refusal_without_saying_so() -> None:
    got = scores(CASE, replace(REFUSED, abstained=False))
    assert (got["contains_answer"], got["refused_wrongly"], got["answer_words"]) == (0, 1, None)


def test_whether_it_can_be_answered_is_not_guessed() -> None:
    got = scores(Case("c3", "Who?"), REFUSED)
    assert {got[n] for n in ("refused_rightly", "refused_wrongly", "answered_unanswerable")} == {None}


@pytest.mark.parametrize(
    "changes",
    [
        {"start": 39, "end": len(HARBOUR.text) + 1},
        {"start": 37},
        {"end": len(HARBOUR.text) - 1},
        {"quote": HARBOUR.text[38:].replace("3.2", "3.3")},
        {"article_id": "later"},
        {"article_id": "gone"},
        {"start": 38 - len(HARBOUR.text), "end": len(HARBOUR.text)},
        {"start": 5, "end": 5, "quote": ""},
    ],
)
def test_a_citation_off_by_a_character_is_caught(changes: dict[str, Any]) -> None:
    answer = WHOLE.to_json()
    answer["sentences"][0]["citations"][0] |= changes
    assert scores(CASE, answer)["citations_exact"] == 0


@given(st.data())
def test_exact_spans_are_exact_and_shifted_ones_are_not(data: st.DataObject) -> None:
    size = len(HARBOUR.text)
    start = data.draw(st.integers(0, size - 13))
    end = data.draw(st.integers(start + 12, size - 1))
    answer = answered((start, end)).to_json()
    assert scores(CASE, answer)["citations_exact"] == 1
    answer["sentences"][0]["citations"][0] |= {"start": start + 1, "end": end + 1}
    assert scores(CASE, answer)["citations_exact"] == 0


def test_one_wrong_citation_in_two_is_half() -> None:
    answer = answered((0, 37), (38, 60)).to_json()
    answer["sentences"][1]["citations"][0]["quote"] = "Damage is put at 3.3"
    assert scores(CASE, answer)["citations_exact"] == 1 / 2


def test_a_sentence_without_citation_does_not_hide_behind_exact_ones() -> None:
    answer = answered((0, 37), (38, 60)).to_json()
    answer["sentences"][1]["citations"] = []
    got = scores(CASE, answer)
    assert (got["citations_exact"], got["sentences_cited"]) == (1, 1 / 2)


def test_articles_later_than_as_of_are_counted_once_wherever_they_show() -> None:
    # "2026-03" may have been any day of March: later than the 14th, not than the month's end.
    shown = answered((0, 10), article=LATER)
    assert scores(CASE, shown, "harbour", "later")["later_than_as_of"] == 1
    assert scores(CASE, WHOLE, "later")["later_than_as_of"] == 1
    assert scores(replace(CASE, as_of="2026-03"), shown, "later")["later_than_as_of"] == 0
    assert scores(replace(CASE, as_of="2026-03-09"), shown, "harbour")["later_than_as_of"] == 2


def test_later_is_judged_by_the_archive_not_by_what_the_hit_claims() -> None:
    claimed = (Found("later", "Storm bill rises", "", "2026-03-01"),)
    assert score(replace(record(CASE, WHOLE), ranked=claimed), ARTICLES)["later_than_as_of"] == 1


def test_nothing_is_later_without_as_of() -> None:
    assert scores(replace(CASE, as_of=None), WHOLE, "later")["later_than_as_of"] is None


def test_an_error_is_not_zero() -> None:
    failed = score(Record(CASE, None, (), {}, {}, {}, "The archive is closed."), ARTICLES)
    assert set(failed.values()) == {None}
    assert list(failed) == [metric.name for metric in METRICS]


def test_the_order_of_the_evidence_moves_no_score() -> None:
    answer = answered((0, 37), (38, 60)).to_json()
    turned = answer | {"hits": answer["hits"][::-1], "sentences": answer["sentences"][::-1]}
    backwards = score(record(CASE, turned, "harbour"), dict(reversed(ARTICLES.items())))
    assert scores(CASE, answer, "harbour") == backwards
