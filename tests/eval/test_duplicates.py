"""The measure of stories: what is counted right, and how well the stories do on copies made by rule."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from eval.claims import sample_articles
from eval.duplicates import ARTICLES, edited, hashed, joined, labels, lines, score
from eval.wire import EDITS, copies, paragraphs_of, wire_copy


def test_pairs_and_b_cubed_by_hand() -> None:
    truth = joined("abcd", [("a", "b"), ("b", "c")])
    found = joined("abcd", [("a", "b"), ("c", "d")])
    got = score(found, truth, truth)
    assert (got.precision, got.recall) == (1 / 2, 1 / 3)
    assert (got.wrong, got.missed) == ((("c", "d"),), (("a", "c"), ("b", "c")))
    assert got.bcubed_precision == pytest.approx((1 + 1 + 1 / 2 + 1 / 2) / 4)
    assert got.bcubed_recall == pytest.approx((2 / 3 + 2 / 3 + 1 / 3 + 1) / 4)


def test_a_pair_left_open_counts_neither_way() -> None:
    truth, found = joined("ab", []), joined("ab", [("a", "b")])
    assert score(found, truth, joined("ab", [("a", "b")])).precision == 0.0
    assert score(found, truth, joined("ab", [("a", "b")])).wrong == ()
    assert score(found, truth, truth).wrong == (("a", "b"),)


def test_everything_right_is_one() -> None:
    same = joined("abc", [("a", "b")])
    got = score(same, same, same)
    assert (got.precision, got.recall, got.bcubed_precision, got.bcubed_recall) == (1, 1, 1, 1)
    assert "pair precision 1.000" in next(lines("x", got))


def test_labels_are_hashes_of_known_articles() -> None:
    known = labels()
    assert {id_ for pair in known.same + known.unsure for id_ in pair} <= known.articles
    assert all(len(id_) == 16 and int(id_, 16) >= 0 for id_ in known.articles)
    assert not set(known.same) & set(known.unsure)


def test_copies_are_edited_and_the_same_every_time() -> None:
    one = wire_copy(sample_articles(), 5, random.Random(1))
    made = [copies(article, 3, random.Random(2)) for article in one]
    assert made == [copies(article, 3, random.Random(2)) for article in one]
    assert all(copy.text != article.text for article, set_ in zip(one, made, strict=True) for copy in set_)


@pytest.mark.parametrize("edit", EDITS)
def test_an_edit_changes_a_text_and_keeps_most_of_it(edit) -> None:  # type: ignore[no-untyped-def]
    article = max(sample_articles(), key=lambda a: len(a.text))
    before = paragraphs_of(article.text)
    after = edit(before, article, random.Random(5))
    assert after != before
    assert len(" ".join(after)) > 0.3 * len(" ".join(before))


def test_edited_copies_of_the_sample_are_found() -> None:
    got = edited(sample_articles(), 20)
    assert got.pairs >= 100
    assert min(got.precision, got.recall) >= 0.95


@pytest.mark.slow
def test_natural_copies_are_found(data: Path) -> None:
    from eval.duplicates import natural, real_articles

    file = data / ARTICLES
    if not file.is_file():
        pytest.skip(f"no articles in {file}")
    got = natural(real_articles(file)[0])
    assert min(got.precision, got.recall) >= 0.95


def test_ids_are_hashed_before_they_are_compared() -> None:
    assert hashed("a") != hashed("b")
    assert len(hashed("a")) == 16
