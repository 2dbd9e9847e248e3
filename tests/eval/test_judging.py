"""ALCE's citation recall and precision, from its definitions, and answers that are made to fool them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from app.likeness import Reader
from app.verify import Evidence, Judgement, Verifier, open_verifier
from eval.case import Case, Record
from eval.judging import claim_in, judged
from eval.metrics import score
from eval.shown import Judged, Shown
from ingest.article import Article
from ingest.fakes import HashEmbedder

ONE = Article("one", "Harbour", "The port of Velm reopened on Tuesday. Damage is put at 3.2 million crowns.")
TWO = Article("two", "Mayor", "Ada Lind was sworn in as mayor on Monday. Nobody voted against her.")
SHOWN = tuple(Shown.of(article, whole=True) for article in (ONE, TWO))


def cite(article: Article, text: str) -> dict[str, Any]:
    start = article.text.index(text)
    return {"article_id": article.id, "start": start, "end": start + len(text), "quote": text}


def answer(*sentences: tuple[str, list[dict[str, Any]]]) -> Record:
    said = [{"text": text, "citations": cited, "added": []} for text, cited in sentences]
    reply = {"abstained": not said, "sentences": said, "hits": [], "text": ""}
    return Record(Case("c", "What?"), reply, (), {}, {}, {}, shown=SHOWN)


class Contains:
    """Supports what the evidence holds word for word: a judge with no opinion of its own."""

    name, checked = "contains", ""

    def verify(self, pairs: Sequence[tuple[str, Sequence[Evidence]]]) -> list[Judgement]:
        return [
            Judgement("supported" if _all_in(claim, evidence) else "unsupported", 0.5, ())
            for claim, evidence in pairs
        ]


def _all_in(claim: str, evidence: Sequence[Evidence]) -> bool:
    """Every clause of the claim stands in some evidence."""
    parts = [part.strip() for part in claim.rstrip(".").split(" and ")]
    return bool(evidence) and all(any(part in one.text for one in evidence) for part in parts)


def scores(record: Record, judge: Verifier | None = None) -> dict[str, float | None]:
    return score(judged(record, judge or Contains()))


PORT, MAYOR = cite(ONE, "The port of Velm reopened on Tuesday"), cite(TWO, "Ada Lind was sworn in as mayor")
DAMAGE = cite(ONE, "Damage is put at 3.2 million crowns")
BOTH = "The port of Velm reopened on Tuesday and Ada Lind was sworn in as mayor."


def test_two_citations_that_are_needed_together() -> None:
    """ALCE: neither supports the sentence alone, so both are precise, and recall is 1."""
    got = scores(answer((BOTH, [PORT, MAYOR])))
    assert (got["citation_recall"], got["citation_precision"], got["faithfulness"]) == (1, 1, 1)


def test_a_citation_that_adds_nothing_is_imprecise() -> None:
    """ALCE: it does not support the sentence alone, and the others do without it."""
    got = scores(answer(("The port of Velm reopened on Tuesday.", [PORT, MAYOR])))
    assert (got["citation_recall"], got["citation_precision"]) == (1, 1 / 2)


def test_a_citation_that_supports_it_as_well_is_no_fault() -> None:
    whole = cite(ONE, "The port of Velm reopened on Tuesday. Damage is put at 3.2 million crowns.")
    got = scores(answer(("The port of Velm reopened on Tuesday.", [PORT, whole])))
    assert got["citation_precision"] == 1


def test_nothing_is_precise_in_an_unsupported_sentence() -> None:
    """ALCE: precision counts only where recall is 1."""
    got = scores(answer((BOTH, [PORT])))
    assert (got["citation_recall"], got["citation_precision"]) == (0, 0)


def test_the_wrong_place_of_the_right_article_is_faithful_but_badly_cited() -> None:
    got = scores(answer(("The port of Velm reopened on Tuesday.", [DAMAGE])))
    assert (got["citation_recall"], got["citation_precision"], got["faithfulness"]) == (0, 0, 1)


def test_a_sentence_without_citations_counts_against_both() -> None:
    got = scores(
        answer(
            ("The port of Velm reopened on Tuesday.", []),
        )
    )
    assert (got["citation_recall"], got["citation_precision"], got["faithfulness"]) == (0, 0, 0)


def test_a_citation_of_nothing_supports_nothing() -> None:
    gone = PORT | {"article_id": "three"}
    beyond = PORT | {"end": 10_000}
    for citation in (gone, beyond):
        assert scores(answer(("The port of Velm reopened on Tuesday.", [citation])))["citation_recall"] == 0


def test_half_of_the_sentences_supported_is_half() -> None:
    got = scores(answer(("The port of Velm reopened on Tuesday.", [PORT]), ("All is well.", [MAYOR])))
    assert (got["citation_recall"], got["citation_precision"], got["faithfulness"]) == (1 / 2, 1 / 2, 1 / 2)


def test_a_refusal_is_not_faithful_it_is_a_refusal() -> None:
    got = scores(answer())
    assert got["citation_recall"] is got["citation_precision"] is got["faithfulness"] is None


def test_the_order_of_citations_and_sentences_moves_nothing() -> None:
    first = ("The port of Velm reopened on Tuesday.", [PORT, MAYOR])
    second = (BOTH, [MAYOR, PORT])
    turned = answer((BOTH, [PORT, MAYOR]), (first[0], [MAYOR, PORT]))
    assert scores(answer(first, second)) == scores(turned)


def test_an_editors_brackets_are_claimed_without_their_marks() -> None:
    sentence = {"text": "[Ada] Lind was sworn in [in 2026].", "added": [[0, 5], [24, 33]], "citations": []}
    assert claim_in(sentence) == "Ada Lind was sworn in in 2026."


def test_a_failed_case_is_not_judged() -> None:
    assert judged(replace(answer((BOTH, [PORT])), error="broken"), Contains()).judged is None


def test_a_record_keeps_its_verdicts() -> None:
    record = judged(answer((BOTH, [PORT, MAYOR])), Contains())
    assert record.judged == (Judged(True, True, 0.5, (False, False), (False, False)),)
    assert Record.from_json(record.to_json()) == record


@pytest.fixture
def verifier() -> Verifier:
    return open_verifier(Reader(HashEmbedder(64)))


@pytest.mark.parametrize(
    ("text", "cited", "recall"),
    [
        ("Damage is put at 3.2 million crowns.", DAMAGE, 1),
        ("Damage is put at 3.3 million crowns.", DAMAGE, 0),  # the right fact with the wrong number
        ("Damage is not put at 3.2 million crowns.", DAMAGE, 0),
        ("The port of Velm closed on Tuesday.", PORT, 0),
        ("“The port of Velm was sworn in as mayor,” it said.", PORT, 0),  # stitched from two articles
    ],
)
def test_the_projects_own_judge_sees_what_is_wrong(
    verifier: Verifier, text: str, cited: dict[str, Any], recall: int
) -> None:
    got = scores(answer((text, [cited])), verifier)
    assert got["citation_recall"] == recall


def test_naming_the_outlet_it_is_from_takes_nothing_away(verifier: Verifier) -> None:
    record = answer(("According to the Velm Courier, damage is put at 3.2 million crowns.", [DAMAGE]))
    courier = replace(record, shown=(replace(SHOWN[0], source="Velm Courier"), SHOWN[1]))
    assert scores(courier, verifier)["citation_recall"] == 1
    other = replace(record, shown=(replace(SHOWN[0], source="Brask Post"), SHOWN[1]))
    assert scores(other, verifier)["citation_recall"] == 0
