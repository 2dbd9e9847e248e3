"""Fitting and measuring the verifier, on claims made for the test and with a fake model."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import numpy as np
import pytest

from app.agree.features import MET, NAMES
from app.agree.verifier import AgreementVerifier, decide
from app.agree.weigh import Weights, shipped
from app.verify import Evidence
from eval import claims, verifier
from eval.claims import PLANTED, STRANGE, Labelled, labelled, planted, sample_articles, strange
from eval.logistic import auroc, balanced_accuracy, calibrate, chance, fit_signed
from ingest.article import Article
from ingest.errors import UsageError
from ingest.fakes import HashEmbedder

MODEL = AgreementVerifier(HashEmbedder(64))


def row(set_: str, number: int, label: int, news: bool = False) -> dict[str, object]:
    doc = f"Boat {number} left Halvern on Friday with {number} goats. The mayor waved. Nobody was hurt."
    good = f"With {number} goats, boat {number} left Halvern."
    return {
        "set": set_,
        "doc": doc,
        "claim": good if label else "Nine comets were sold.",
        "label": label,
        "news": news,
    }


@pytest.fixture
def data(tmp_path: Path) -> Path:
    rows = [
        row(name, n, n % 2, name == "news")
        for name in ("one", "two", "news", "frank_xsum")
        for n in range(12)
    ]
    (tmp_path / "faithfulness").mkdir()
    with gzip.open(tmp_path / claims.ROWS, "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(one) + "\n" for one in rows)
    return tmp_path


# Numbers


def test_weights_keep_their_sign() -> None:
    draw = np.random.default_rng(0)
    y = draw.integers(0, 2, 400).astype(float)
    x = np.stack([y + draw.normal(size=400), -y + draw.normal(size=400)], axis=1)
    right, wrong = (fit_signed(x, y, np.ones(400), np.array(signs)) for signs in ([1.0, -1.0], [-1.0, -1.0]))

    assert right[0] > 0.3 > -0.3 > right[1]
    assert wrong[0] == 0.0


def test_calibration_gives_chances() -> None:
    draw = np.random.default_rng(0)
    scores = draw.normal(size=20_000) * 5 + 100
    y = (draw.random(20_000) < chance(0.4 * scores - 40.5)).astype(float)
    slope, intercept = calibrate(scores, y, np.ones(20_000))

    assert slope == pytest.approx(0.4, abs=0.03)
    assert intercept == pytest.approx(-40.5, abs=3)


def test_auroc_and_balanced_accuracy() -> None:
    scores, y = np.array([0.1, 0.2, 0.6, 0.9]), np.array([0.0, 0.0, 1.0, 1.0])

    assert auroc(scores, y) == 1.0
    assert auroc(np.ones(4), y) == 0.5
    assert balanced_accuracy(scores >= 0.6, y) == 1.0


# Claims


def test_labelled_claims_are_read_and_none_is_counted_twice(data: Path) -> None:
    found = labelled(data)

    assert {claim.set for claim in found} == {"one", "two", "news"}
    assert len(found) == 36
    assert len(labelled(data, limit=5)) == 15
    assert labelled(data, limit=5) == labelled(data, limit=5)


def test_without_the_data_one_sentence_says_so(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="--data"):
        labelled(tmp_path)


def test_claims_made_by_rule_are_of_both_kinds() -> None:
    articles = sample_articles()[:6]
    made = [claim for _, claim in planted(articles)]
    beside = list(strange(articles))

    assert {claim.set for claim in made} == {PLANTED}
    assert {claim.set for claim in beside} == {STRANGE}
    for some in (made, beside):
        assert {claim.supported for claim in some} == {True, False}


# Fitting and measuring


def test_what_tells_claims_apart_is_found(data: Path) -> None:
    weights = verifier.fit(verifier.compare(MODEL, labelled(data)))

    assert set(weights.features) == set(NAMES)
    assert weights.features["wording"] > 0
    assert all((weights.features[name] >= 0) == (name in MET) or not weights.features[name] for name in NAMES)
    assert 0 < weights.unsupported <= weights.supported < 1


def test_training_writes_a_readable_file(data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "verifier.json"
    monkeypatch.setattr(verifier, "FILE", file)
    monkeypatch.setattr(verifier, "FITTED_TO", ("one", "two"))
    monkeypatch.setattr(verifier, "verifier", lambda: MODEL)
    monkeypatch.setattr(verifier, "sample_articles", lambda: sample_articles()[:4])
    verifier.main(["train", "--data", str(data)])
    document = json.loads(file.read_text(encoding="utf-8"))

    assert document["fitted_to"]["one"] == 12
    assert document["fitted_to"][PLANTED] > 0
    assert set(Weights.from_json(document["weights"]).features) == set(NAMES)


def test_judging_prints_each_set_with_its_interval(
    data: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(verifier, "verifier", lambda: MODEL)
    verifier.main(["judge", "--data", str(data)])
    lines = capsys.readouterr().out.splitlines()

    assert [line.split()[0] for line in lines[1:4]] == ["one", "two", "news"]
    assert "1.000 [1.000, 1.000]" in lines[1]
    assert lines[4].startswith("mean of 1 news sets: shipped 1.000, others 1.000")


def test_planted_errors_are_counted(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(verifier, "verifier", lambda: MODEL)
    verifier.main(["planted", "--limit", "8"])
    out = capsys.readouterr().out

    assert "as it stands" in out
    assert "caught (not supported): " in out


@pytest.mark.model
def test_errors_planted_into_the_sample_are_caught() -> None:
    """Of all planted errors .98 are caught, and no sentence is doubted that stands in its article."""
    made = list(planted(sample_articles()))
    verdicts = [
        decide(one.parts, shipped()).verdict
        for one in verifier.compare(verifier.verifier(), [claim for _, claim in made])
    ]
    missed = [
        claim.claim
        for (_, claim), v in zip(made, verdicts, strict=True)
        if not claim.supported and v == "supported"
    ]
    whole = [v for (what, _), v in zip(made, verdicts, strict=True) if what == "as it stands"]
    honest = [v for (_, claim), v in zip(made, verdicts, strict=True) if claim.supported]

    assert len(missed) <= 0.02 * sum(not claim.supported for _, claim in made), missed
    assert set(whole) == {"supported"}
    assert honest.count("contradicted") <= 0.03 * len(honest)


def test_a_document_is_drawn_as_a_whole() -> None:
    article = Article("a", "", "Nobody was hurt.")
    one = Labelled("one", "a", "Nobody was hurt.", Evidence(article, 0, 16), True)
    compared = verifier.compare(MODEL, [one])

    assert verifier.supports([decide(compared[0].parts, shipped())])[0] > 0.95
