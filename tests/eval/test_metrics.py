"""Every metric against answers worked out by hand, and against answers made to fool it."""

from __future__ import annotations

from dataclasses import replace
from math import log2
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.answer import Answer, Citation, Hit, Sentence
from eval.case import Case, Found, Record
from eval.metrics import METRICS, holds, normalise, score, token_f1
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
    assert got["refused_rightly"] is got["refusal_precision"] is None


def test_the_cited_headline_counts_only_with_titles() -> None:
    got = scores(replace(CASE, answers=("harbour reopens",)), answered((0, 37)))
    assert (got["contains_answer"], got["contains_answer_with_titles"]) == (0, 1)


def test_a_match_is_not_stitched_from_answer_and_headline() -> None:
    # The answer ends with "Tuesday", the headline begins with "Velm".
    got = scores(replace(CASE, answers=("Tuesday Velm",)), answered((0, 37)))
    assert got["contains_answer_with_titles"] == 0


@pytest.mark.parametrize(
    ("answer", "recall"),
    [("harbours reopening", 1.0), ("a closed harbour", 0.5), ("Ida Brandt", 0.0)],
)
def test_recall_is_the_share_of_the_answer_that_is_shown(answer: str, recall: float) -> None:
    got = scores(replace(CASE, answers=("Ida Brandt", answer)), answered((0, 37)))
    assert got["answer_recall"] == recall


def test_a_refusal_contains_no_answer_even_if_its_explanation_does() -> None:
    got = scores(CASE, REFUSED, "harbour")
    assert got["contains_answer"] == got["contains_answer_with_titles"] == got["answer_recall"] == 0
    assert got["refused_wrongly"] == 1
    assert got["answer_words"] is got["citations_exact"] is got["sentences_cited"] is None


def test_refusing_where_there_is_nothing_to_say() -> None:
    got = scores(NO_ANSWER, REFUSED)
    assert (got["refused_rightly"], got["refusal_precision"], got["refused_wrongly"]) == (1, 1, None)
    assert got["contains_answer"] is None


def test_answering_where_there_is_nothing_to_say() -> None:
    got = scores(NO_ANSWER, WHOLE)
    assert (got["refused_rightly"], got["refusal_precision"]) == (0, None)


def test_an_empty_answer_is_a_refusal_without_saying_so() -> None:
    got = scores(CASE, replace(REFUSED, abstained=False))
    assert (got["contains_answer"], got["refused_wrongly"], got["answer_words"]) == (0, 1, None)


def test_whether_it_can_be_answered_is_not_guessed() -> None:
    got = scores(Case("c3", "Who?"), REFUSED)
    assert {got[n] for n in ("refused_rightly", "refused_wrongly", "refusal_precision")} == {None}


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


def test_ndcg_by_hand() -> None:
    # Järvelin and Kekäläinen's discount: 1 / log2(1 + rank).
    both = replace(CASE, gold=("harbour", "later"), all_needed=True)
    ideal = 1 / log2(2) + 1 / log2(3)
    assert scores(both, WHOLE, "x", "harbour", "later")["ndcg@10"] == pytest.approx(
        (1 / log2(3) + 1 / log2(4)) / ideal
    )
    assert scores(both, WHOLE, "later", "harbour")["ndcg@10"] == 1
    assert scores(both, WHOLE, "harbour")["ndcg@10"] == pytest.approx(1 / ideal)
    # Any one of several names of the same article is all there is to find.
    assert scores(replace(CASE, gold=("harbour", HARBOUR.url)), WHOLE, "harbour")["ndcg@10"] == 1


def test_all_evidence_wants_every_article() -> None:
    both = replace(CASE, gold=("harbour", "later"), all_needed=True)
    assert scores(both, WHOLE, "later", "x", "harbour")["all_evidence@4"] == 1
    assert scores(both, WHOLE, "later", "a", "b", "c", "harbour")["all_evidence@4"] == 0
    assert scores(both, WHOLE, "later", "a", "b", "c", "harbour")["all_evidence@10"] == 1
    assert scores(CASE, WHOLE, "harbour")["all_evidence@10"] is None


@pytest.mark.parametrize(
    ("given", "expected", "f1"),
    [("in the 10th century", "10th and 11th centuries", 2 * 1 / (3 + 4)), ("Ada Lind", "Ada Lind", 1.0),
     ("", "Ada", 0.0), ("Ada Lind Ada Lind", "Ada Lind", 2 * 2 / 6)],
)  # fmt: skip
def test_token_f1_as_squad_counts_it(given: str, expected: str, f1: float) -> None:
    assert token_f1(given, expected) == pytest.approx(f1)


def test_a_refusal_scores_no_f1_where_there_was_an_answer() -> None:
    assert scores(CASE, REFUSED)["token_f1"] == 0
    assert scores(NO_ANSWER, REFUSED)["token_f1"] is None


def test_an_answer_that_repeats_the_question_is_no_answer() -> None:
    answer = WHOLE.to_json()
    answer["sentences"][0]["text"] = CASE.question
    got = scores(CASE, answer)
    assert (got["contains_answer"], got["writer_at_fault"], got["retriever_at_fault"]) == (0, 1, 0)


def test_every_part_of_an_answer_must_be_there() -> None:
    parts = replace(CASE, answers=("3.2 million",), also=(("Ada Lind", "A. Lind"),))
    assert scores(parts, WHOLE)["contains_answer"] == 1
    assert scores(replace(parts, also=(("Bo Ek",),)), WHOLE)["contains_answer"] == 0


def test_the_fault_is_the_retrievers_when_nothing_found_has_the_answer() -> None:
    lost = replace(CASE, answers=("Bo Ek",))
    got = scores(lost, WHOLE)
    assert (got["context_recall"], got["context_utilisation"]) == (0, None)
    assert (got["retriever_at_fault"], got["writer_at_fault"]) == (1, 0)
    got = scores(CASE, answered((0, 37)))
    assert (got["context_recall"], got["context_utilisation"]) == (1, 0)
    assert (got["retriever_at_fault"], got["writer_at_fault"]) == (0, 1)
    got = scores(CASE, WHOLE)
    assert (got["retriever_at_fault"], got["writer_at_fault"]) == (0, 0)
    assert got["context_precision"] == 1


def test_a_refusal_is_averaged_into_nothing_but_refusing_and_finding() -> None:
    got = scores(CASE, REFUSED, "harbour")
    apart = {metric.name for metric in METRICS if metric.group in ("citations", "agreement")} - {
        "temporally_right",
        "later_than_as_of",
    }
    assert {name: got[name] for name in apart if got[name] is not None} == {}


def test_a_refusal_is_right_only_where_nothing_can_be_said() -> None:
    assert scores(CASE, REFUSED)["refusal_precision"] == 0
    assert scores(NO_ANSWER, REFUSED)["refusal_precision"] == 1
    assert scores(Case("c3", "Who?"), REFUSED)["refusal_precision"] is None


ALTERED = replace(CASE, answers=("3.2 million",), wrong=("15 million",), contested=True)


def noted(*values: str) -> dict[str, Any]:
    citation = WHOLE.to_json()["sentences"][0]["citations"][0]
    readings = [{"value": value, "citation": citation} for value in values]
    return WHOLE.to_json() | {
        "notes": [{"kind": "conflict", "text": "Reports differ.", "readings": readings}]
    }


def test_a_conflict_is_shown_when_both_values_are() -> None:
    assert scores(ALTERED, noted("3.2 million crowns", "15 million"))["conflict_shown"] == 1
    assert scores(ALTERED, noted("15 million", "Ada"))["conflict_shown"] == 0
    assert scores(ALTERED, WHOLE)["conflict_shown"] == 0
    assert scores(replace(CASE, contested=False), noted("3.2", "15"))["conflict_false"] == 1
    assert scores(CASE, noted("3.2", "15"))["conflict_false"] is None


def test_an_altered_report_misleads_who_says_it_alone() -> None:
    answer = answered((0, len(LATER.text)), article=LATER)
    assert scores(ALTERED, answer)["misled"] == 1
    assert scores(ALTERED, WHOLE)["misled"] == 0
    assert scores(ALTERED, REFUSED)["misled"] is None


def test_an_article_is_named_by_the_first_citation() -> None:
    wanted = Found("harbour", HARBOUR.title, HARBOUR.url, "2026-03-10", HARBOUR.source)
    names = ("headline_named", "outlet_named", "date_named", "url_named")
    got = scores(replace(CASE, article=wanted), WHOLE)
    assert [got[name] for name in names] == [1, 1, 1, 1]
    got = scores(replace(CASE, article=wanted), answered((0, 10), article=LATER))
    assert [got[name] for name in names] == [0, 0, 0, 0]
    got = scores(replace(CASE, article=wanted), REFUSED)
    assert [got[name] for name in names] == [None] * 4


def test_copies_of_one_report_are_one_source() -> None:
    copy = replace(HARBOUR, id="copy", source="Brask Post")
    answer = answered((0, 37), (38, 60)).to_json()
    for sentence, article in zip(answer["sentences"], (HARBOUR, copy), strict=True):
        sentence["citations"][0]["article_id"] = article.id
    assert score(record(CASE, answer), {"harbour": HARBOUR, "copy": copy})["independent_sources"] == 1
    other = replace(copy, text="Trams in Halvern stood still on Monday because nobody drove them at all.")
    assert score(record(CASE, answer), {"harbour": HARBOUR, "copy": other})["independent_sources"] == 2


def test_the_sentence_that_has_the_answer_is_quoted_or_not() -> None:
    told = replace(CASE, quote="Damage is put at 3.2 million crowns, Mayor Ada Lind said.")
    assert scores(told, WHOLE)["gold_quoted"] == 1
    assert scores(told, answered((0, 37)))["gold_quoted"] == 0
    assert scores(told, REFUSED)["gold_quoted"] is None


def test_every_metric_says_what_it_is() -> None:
    assert all(metric.about for metric in METRICS)
    assert len({metric.name for metric in METRICS}) == len(METRICS)
