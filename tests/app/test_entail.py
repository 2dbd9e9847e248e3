"""A cross-encoder as verifier: a tiny one with random weights, and fakes that say what a test needs."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from app import entail
from app.agree.verifier import AgreementVerifier
from app.entail import CrossEncoder, EntailmentVerifier, entailment_name
from app.verify import Evidence, Judgement, open_verifier
from ingest.article import Article
from ingest.errors import UsageError
from ingest.fakes import HashEmbedder

TEXT = "Halvern beat Maresby 2-1 on Friday. The mayor plans to close the bakery. Nobody was hurt."
EVIDENCE = [Evidence(Article("a1", "A day in Halvern", TEXT), 0, len(TEXT))]
LABELS = ["contradiction", "entailment", "neutral"]


def saved(folder: Path, labels: Sequence[str]) -> str:
    """A cross-encoder with random weights and these outputs, as transformers saves one."""
    import torch
    from transformers import BertConfig, BertForSequenceClassification, BertTokenizer

    words = sorted({word.strip(".").lower() for word in TEXT.split()})
    vocabulary = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", ".", *words]
    (folder / "vocab.txt").write_text("\n".join(vocabulary), encoding="utf-8")
    torch.manual_seed(0)
    config = BertConfig(
        vocab_size=len(vocabulary),
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=16,
        id2label=dict(enumerate(labels)),
        label2id={label: index for index, label in enumerate(labels)},
    )
    BertForSequenceClassification(config).save_pretrained(folder)
    BertTokenizer(str(folder / "vocab.txt")).save_pretrained(folder)
    return str(folder)


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> str:
    return saved(tmp_path_factory.mktemp("model"), LABELS)


def relabelled(model: str, folder: Path, labels: Sequence[str]) -> str:
    """The same weights with other names for the same outputs."""
    for file in Path(model).iterdir():
        (folder / file.name).write_bytes(file.read_bytes())
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    config["id2label"] = dict(enumerate(labels))
    config["label2id"] = {label: index for index, label in enumerate(labels)}
    (folder / "config.json").write_text(json.dumps(config), encoding="utf-8")
    return str(folder)


PAIRS = [("Halvern beat Maresby.", "Maresby beat Halvern."), (TEXT, "Nobody was hurt."), ("", "")]


def test_a_model_gives_chances(model: str) -> None:
    chances = CrossEncoder(model).read(PAIRS)

    assert chances.shape == (3, 2)
    assert (chances >= 0).all()
    assert (chances.sum(axis=1) <= 1 + 1e-6).all()
    assert CrossEncoder(model).read([]).shape == (0, 2)


def test_the_order_of_labels_is_the_models_own(model: str, tmp_path: Path) -> None:
    swapped = relabelled(model, tmp_path, ["ENTAILMENT", "CONTRADICTION", "NEUTRAL"])

    assert np.allclose(CrossEncoder(swapped).read(PAIRS), CrossEncoder(model).read(PAIRS)[:, ::-1], atol=1e-5)


def test_a_model_of_one_output_knows_no_contradiction(tmp_path: Path) -> None:
    chances = CrossEncoder(saved(tmp_path, ["LABEL_0"])).read(PAIRS)

    assert ((chances[:, 0] > 0) & (chances[:, 0] < 1)).all()
    assert (chances[:, 1] == 0).all()


def test_labels_that_say_nothing_are_refused(model: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="which of its outputs means entailment"):
        CrossEncoder(relabelled(model, tmp_path, ["LABEL_0", "LABEL_1", "LABEL_2"]))


def test_a_wrong_name_gives_one_clear_sentence() -> None:
    with pytest.raises(UsageError) as caught:
        CrossEncoder("nobody/no-such-model")

    assert "no-such-model" in str(caught.value)
    assert "NEWSDESK_ENTAILMENT" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_the_setting_chooses_the_model(model: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEWSDESK_ENTAILMENT", model)
    verifier = open_verifier(HashEmbedder(32))
    (verbatim, wrong) = verifier.verify(
        [("Nobody was hurt.", EVIDENCE), ("Halvern beat Maresby 3-1 on Friday.", EVIDENCE)]
    )

    assert entailment_name() == model
    assert model in verifier.name
    assert "the meaning by" in verifier.checked
    assert "not the meaning" not in verifier.checked
    assert verbatim.verdict == "supported"
    assert wrong.verdict == "contradicted"


class Says:
    """A model that gives the same chances for everything, and remembers what it was asked."""

    def __init__(self, entails: float, contradicts: float) -> None:
        self.chances = (entails, contradicts)
        self.asked: list[tuple[str, str]] = []

    def read(self, pairs: Sequence[tuple[str, str]]) -> Any:
        self.asked += pairs
        return np.array([self.chances] * len(pairs), np.float32).reshape(-1, 2)


def judged(claim: str, says: Says, monkeypatch: pytest.MonkeyPatch) -> Judgement:
    monkeypatch.setattr(entail, "CrossEncoder", lambda name: says)
    (judgement,) = EntailmentVerifier(AgreementVerifier(HashEmbedder(64)), "fake").verify([(claim, EVIDENCE)])
    return judgement


@pytest.mark.parametrize(
    ("chances", "verdict"),
    [
        ((0.9, 0.05), "supported"),
        ((0.3, 0.1), "partial"),
        ((0.05, 0.1), "unsupported"),
        ((0.1, 0.8), "contradicted"),
    ],
)
def test_the_model_judges_the_meaning(
    chances: tuple[float, float], verdict: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    judgement = judged("The bakery will be shut down by the city.", Says(*chances), monkeypatch)

    assert judgement.verdict == verdict
    assert judgement.support <= 0.9


def test_a_hard_contradiction_stands_whatever_the_model_thinks(monkeypatch: pytest.MonkeyPatch) -> None:
    judgement = judged("Halvern beat Maresby 3-1 on Friday.", Says(1.0, 0.0), monkeypatch)

    assert judgement.verdict == "contradicted"
    assert judgement.support < 0.5


def test_other_words_are_no_fault_where_the_meaning_is_judged(monkeypatch: pytest.MonkeyPatch) -> None:
    judgement = judged("The mayor plans to shut the bakery.", Says(0.95, 0.0), monkeypatch)

    assert judgement.verdict == "supported"
    assert judgement.faults == ()


def test_what_stands_in_the_evidence_is_not_asked_about(monkeypatch: pytest.MonkeyPatch) -> None:
    says = Says(0.0, 1.0)

    assert judged("Nobody was hurt.", says, monkeypatch).verdict == "supported"
    assert says.asked == []


def test_every_stretch_and_the_nearest_sentences_are_premises(monkeypatch: pytest.MonkeyPatch) -> None:
    says = Says(0.5, 0.0)
    judged("The bakery in Halvern closes.", says, monkeypatch)

    assert says.asked[0] == (TEXT, "The bakery in Halvern closes.")
    assert len(says.asked) == 2


def test_without_evidence_nothing_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    says = Says(1.0, 0.0)
    monkeypatch.setattr(entail, "CrossEncoder", lambda name: says)
    verifier = EntailmentVerifier(AgreementVerifier(HashEmbedder(8)), "fake")

    assert verifier.verify([("It rained.", [])]) == [Judgement("unsupported", 0.0, ())]
    assert verifier.verify([]) == []
    assert says.asked == []
