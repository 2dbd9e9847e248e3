"""Words that nothing in the evidence is like."""

from __future__ import annotations

import numpy as np

from app.agree.fresh import fresh, fresh_faults
from ingest.embed import TokenVectors

CLAIM = "Ann Lee died drunk, saying 40 goats wept."


def new(likeness: float) -> list[str]:
    offsets = [(0, 3), (4, 7), (8, 12), (13, 18), (20, 26), (27, 29), (30, 35), (36, 40)]
    pieces = [CLAIM[a:b] for a, b in offsets]
    read_as = TokenVectors(pieces=pieces, offsets=offsets, vectors=np.zeros((8, 2), np.float32))
    found = np.full(8, likeness, np.float32)
    return [token.text for token in fresh(CLAIM, read_as, found, frozenset(("ann", "lee", "goat")))]


def test_words_unlike_all_of_the_evidence_are_new() -> None:
    assert new(0.1) == ["died", "drunk", "wept"]


def test_words_like_some_of_the_evidence_are_not() -> None:
    assert new(0.9) == []


def test_they_make_one_fault() -> None:
    assert list(fresh_faults(())) == []
