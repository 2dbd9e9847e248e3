"""The weights that are shipped, and what they are made of."""

from __future__ import annotations

import json

import pytest

from app.agree.features import MET, NAMES
from app.agree.weigh import FILE, Weights, shipped


def test_the_shipped_weights_name_every_feature() -> None:
    assert set(shipped().features) == set(NAMES)


def test_what_meets_a_claim_never_speaks_against_it() -> None:
    assert all((weight >= 0) == (name in MET) or weight == 0 for name, weight in shipped().features.items())


def test_borders_are_in_order() -> None:
    assert 0 < shipped().unsupported <= shipped().supported < 1


def test_the_file_says_what_it_was_fitted_to() -> None:
    document = json.loads(FILE.read_text(encoding="utf-8"))

    assert set(document) == {"about", "fitted_to", "weights"}
    assert all(count > 0 for count in document["fitted_to"].values())


def test_support_grows_with_what_speaks_for_a_claim() -> None:
    weights = Weights({"wording": 2.0, "number": -1.0}, -0.5, 0.5, 0.3)

    assert weights.support({"wording": 0.25, "number": 0.0}) == pytest.approx(0.5)
    assert weights.support({"wording": 1.0, "number": 0.0}) > weights.support({"wording": 1.0, "number": 1.0})
    assert 0 < weights.support({"wording": -1e9, "number": 0.0}) < 1e-9


def test_a_missing_feature_is_an_error() -> None:
    with pytest.raises(KeyError):
        Weights({"wording": 1.0}, 0.0, 0.5, 0.3).support({})


def test_weights_survive_the_file() -> None:
    weights = Weights({"wording": 2.0}, -0.5, 0.5, 0.3)

    assert Weights.from_json(weights.to_json()) == weights
