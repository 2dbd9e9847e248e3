"""Near-copies that differ in a name, a number or a "not": told as a conflict, and never as reprints."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.answer import Hit, Reprint
from app.asking import asked
from app.story.differ import set_apart
from app.story.findings import Findings, find
from app.story.topic import weight
from app.story.twins import contradict, difference
from ingest.article import Article
from ingest.chunk import passages_of
from tests.app.story.topic_desk import article, hits_of

RULING = "A court in Orrin ruled late on Monday that the hospital on the old quay {} closed."
ELECTED = "The council of Orrin elected {} as its harbour master on Tuesday evening, the town clerk said."


def told(question: str, one: str, other: str) -> Findings:
    articles = [
        article("a", "Echo", "2031-06-03", "Orrin", one),
        article("b", "Post", "2031-06-03", "Orrin", other),
    ]
    return find(question, asked(question), hits_of(*articles), {a.id: a for a in articles}, weight)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("can be", "cannot be"),
        ("can be", "must not be"),
        ("was to be", "was not to be"),
        ("is", "is not"),
    ],
)
@pytest.mark.parametrize(
    "question",
    ["What did the court in Orrin rule on the hospital?", "Can the hospital on the old quay be closed?"],
)
def test_a_negation_among_small_words_is_a_conflict(question: str, one: str, other: str) -> None:
    (note,) = told(question, RULING.format(one), RULING.format(other)).notes
    assert note.kind == "conflict"
    assert {reading.source for reading in note.readings} == {"Echo", "Post"}
    assert all(reading.value in reading.citation.quote for reading in note.readings)


def test_who_asks_whether_one_of_two_values_is_so_is_told_the_other() -> None:
    one, other = ELECTED.format("Ada Quill"), ELECTED.format("Ivo Marsh")
    (note,) = told("Did the council of Orrin elect Ada Quill as harbour master?", one, other).notes
    assert {reading.value for reading in note.readings} == {"Ada Quill", "Ivo Marsh"}
    assert told("Did the council of Orrin elect Olga Ruane?", one, other).notes == ()


def test_a_difference_in_another_matter_is_not_told() -> None:
    articles = [
        article("a", "Echo", "2031-06-03", "Hospital", RULING.format("can be")),
        article("b", "Echo", "2031-06-03", "Harbour", ELECTED.format("Ada Quill")),
        article("c", "Post", "2031-06-03", "Harbour", ELECTED.format("Ivo Marsh")),
    ]
    question = "What did the court in Orrin rule on the hospital on the old quay on Monday?"
    found = find(question, asked(question), hits_of(*articles), {a.id: a for a in articles}, weight)
    assert found.notes == ()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ada Quill", "Ivo Marsh"),
        ("Ada Quill", "Ivo Quill"),
        ("two of the nine", "three of the nine"),
        ("a man from Iran", "a man from Iraq"),
    ],
)
def test_copies_with_another_value_contradict_each_other(one: str, other: str) -> None:
    around = "The storm went on.\n\n{} The boats stayed in."
    texts = [around.format(ELECTED.format(value)) for value in (one, other)]
    assert contradict(*texts)
    assert not contradict(texts[0], texts[0] + " It was cold.")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ada Schilizzi", "Ada Schillizzi"),  # a slip
        ("Gov. Quill", "Governor Quill"),
        ("Ada Quill-Marsh", "Ada Quill"),
        ("a 15-cent man", "a 15 cent man"),
        ("the hero of 1984", "the hero of ’84"),
        ("Jess", "Jessica"),
        ("11 men", "eleven men"),
    ],
)
def test_another_spelling_is_no_contradiction(one: str, other: str) -> None:
    assert difference(ELECTED.format(one), ELECTED.format(other)) is None
    assert not contradict(ELECTED.format(one), ELECTED.format(other))


def test_advice_against_is_advice_not_to() -> None:
    advice = "The harbour office of Orrin advised all of its visitors {} mussels from the old quay."
    assert difference(advice.format("not to eat"), advice.format("against eating")) is None


def reprint(of: Article) -> Reprint:
    return Reprint(of.id, of.title, of.source, of.published)


def apart(*articles: Article) -> list[Hit]:
    """The hits when the first article alone was found, and the others were taken for its reprints."""
    first, *others = articles
    hit = replace(hits_of(first)[0], also=tuple(map(reprint, others)))
    by_id = {a.id: a for a in articles}
    hits, known = set_apart([hit], {first.id: first}, by_id.get, passages_of)
    assert set(known) == {hit.passage.article_id for hit in hits}
    assert all(hit.passage.text in known[hit.passage.article_id].text for hit in hits)
    return hits


def test_a_reprint_that_contradicts_is_a_hit_of_its_own() -> None:
    texts = {"a": "Ada Quill", "b": "Ivo Marsh", "c": "Ada Quill", "d": "Ivo Marsh"}
    articles = [
        article(id_, f"Outlet {id_}", "2031-06-03", "Orrin", ELECTED.format(name))
        for id_, name in texts.items()
    ]
    one, other = apart(*articles)
    assert (one.passage.article_id, [r.article_id for r in one.also]) == ("a", ["c"])
    assert (other.passage.article_id, [r.article_id for r in other.also]) == ("b", ["d"])
    assert other.source == "Outlet b"
    assert one.score == other.score


def test_reprints_that_agree_stay_what_they_are() -> None:
    articles = [article(id_, id_, "2031-06-03", "Orrin", ELECTED.format("Ada Quill")) for id_ in "abc"]
    (hit,) = apart(*articles)
    assert [r.article_id for r in hit.also] == ["b", "c"]
