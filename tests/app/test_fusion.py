"""The score of an article is the sum of its parts, each within its weight."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.fusion import Arms, Clock, Score, Weights, best_first, fused, in_turn, mean, nearness, recency
from app.hints.times import Time
from ingest.article import Moment

ANCHOR = Moment.parse("2026-03-31").epoch
MAY = Time(0, 3, datetime(2025, 5, 1, tzinfo=UTC), datetime(2025, 5, 31, 23, 59, 59, tzinfo=UTC))
cosines = st.floats(-1, 1)
bm25 = st.floats(0, 100)


@given(st.dictionaries(st.text(max_size=3), st.builds(Arms, cosines, bm25, bm25), max_size=8))
def test_no_arm_gives_more_than_its_weight(found: dict[str, Arms]) -> None:
    weights = Weights()
    for score in fused(found, Clock(ANCHOR), lambda id_: None, weights).values():
        assert 0 <= score.parts["dense"] <= weights.dense
        assert 0 <= score.parts["passage_words"] <= weights.passage_words
        assert 0 <= score.parts["article_words"] <= weights.article_words
        assert score.total == pytest.approx(sum(score.parts.values()))


def test_the_best_of_every_arm_is_the_best() -> None:
    found = {"a": Arms(0.9, 12.0, 20.0), "b": Arms(0.5, 3.0, 10.0), "c": Arms(0.2, 11.0, 2.0)}
    assert best_first(fused(found, Clock(ANCHOR), lambda id_: None, Weights())) == ["a", "b", "c"]


@pytest.mark.parametrize(
    ("published", "expected"), [("2026-03-31", 1.0), ("2026-03-01", 0.5), ("2026-04-30", 1.0), (None, 0.0)]
)
def test_recency_halves_in_thirty_days(published: str | None, expected: float) -> None:
    assert recency(Moment.parse(published) if published else None, ANCHOR) == pytest.approx(expected)


def test_news_gains_only_where_it_is_news() -> None:
    def gain(of_new: float, *, wants_newest: bool = False) -> float:
        found = {"old": Arms(0.9, 10.0, 10.0), "new": Arms(0.9, of_new, of_new), "far": Arms(0.1, 0.0, 0.0)}
        days = {"old": "2022-03-30", "new": "2026-03-30", "far": "2022-03-30"}
        scores = fused(found, Clock(ANCHOR, wants_newest), lambda id_: Moment.parse(days[id_]), Weights())
        return scores["new"].parts["recency"]

    assert gain(10.0) > gain(5.0) > gain(0.0) == 0
    assert gain(0.0, wants_newest=True) > gain(10.0)


def test_an_article_without_a_vector_yet_is_not_put_last() -> None:
    found = {"a": Arms(-1.0, 10.0, 10.0), "b": Arms(0.5, 4.0, 4.0), "c": Arms(0.3, 3.0, 3.0)}
    assert best_first(fused(found, Clock(ANCHOR), lambda id_: None, Weights())) == ["a", "b", "c"]


def test_nearness_is_most_within_the_time_and_fades_outside() -> None:
    within, after, year_after = (
        nearness(Moment.parse(d), MAY) for d in ("2025-05-20", "2025-06-06", "2026-05-20")
    )
    assert within > after > year_after
    assert year_after == pytest.approx(0, abs=1e-6)
    assert nearness(None, MAY) == 0


def test_a_mean_counts_what_was_not_found_as_nothing() -> None:
    scores = mean([{"a": Score({"dense": 0.4})}, {"a": Score({"dense": 0.2}), "b": Score({"dense": 0.3})}])
    assert {id_: pytest.approx(score.total) for id_, score in scores.items()} == {"a": 0.3, "b": 0.15}


@given(st.lists(st.lists(st.text(max_size=2), unique=True, max_size=6), max_size=4))
def test_merging_in_turn_loses_and_repeats_nothing(lists: list[list[str]]) -> None:
    merged = in_turn(lists)
    assert len(merged) == len(set(merged))
    assert set(merged) == {id_ for ranked in lists for id_ in ranked}
    for ranked in lists:
        assert all(merged.index(id_) < (n + 1) * len(lists) for n, id_ in enumerate(ranked))


def test_weights_are_kept_as_json() -> None:
    weights = Weights(0.1, 0.2, 0.3, 0.4, 0.5)
    assert Weights.from_json(weights.to_json()) == weights
    for wrong in (
        "[]",
        "{}",
        weights.to_json().replace("0.1", "-1"),
        weights.to_json().replace("0.1", "NaN"),
    ):
        with pytest.raises(ValueError, match="weight"):
            Weights.from_json(wrong)
