"""Rerankers: a tiny cross-encoder built to prefer shared words, and fakes whose pace is known."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from app import cross
from app.cross import CrossModel, Reranker, TimedReranker, open_reranker, rerank_seconds, reranker_name
from ingest.errors import UsageError

MARKS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
WORDS = "bridge bakery closes ferry late mayor monday opened resigned river sank storm".split()
QUESTION = "Bridge opened Monday?"
TEXTS = ["The mayor resigned.", "The bridge opened late.", "A ferry sank.", "The bakery closes Monday."]


def saved(folder: Path, outputs: int = 1) -> str:
    """A cross-encoder that scores a text high when a word of it is in the question, and low otherwise.

    In the first layer words attend to the same words and take along whether those stand in the question;
    in the second, [CLS] asks the words of the text for that.
    """
    import torch
    from transformers import BertConfig, BertForSequenceClassification, BertTokenizer

    count = len(MARKS) + len(WORDS)
    asked, read, shared, found = range(count, count + 4)
    size = {"hidden_size": count + 4, "intermediate_size": 1, "num_attention_heads": 1}
    model = BertForSequenceClassification(
        BertConfig(
            vocab_size=count,
            max_position_embeddings=64,
            num_hidden_layers=2,
            id2label={i: str(i) for i in range(outputs)},
            **size,
        )
    )
    meet, gather = (layer.attention for layer in model.bert.encoder.layer)
    words, marks = range(len(MARKS), count), range(len(MARKS))
    with torch.no_grad():
        for name, weights in model.named_parameters():
            if "LayerNorm.weight" not in name:
                weights.zero_()
        model.bert.embeddings.word_embeddings.weight[range(count), range(count)] = 1
        model.bert.embeddings.token_type_embeddings.weight[[0, 1], [asked, read]] = 1
        meet.self.query.weight[words, words] = meet.self.key.weight[words, words] = 3
        meet.self.value.weight[shared, asked] = 1
        gather.self.query.bias[read] = gather.self.key.weight[read, read] = 9
        gather.self.key.weight[read, marks] = -9
        gather.self.value.weight[found, shared] = 1
        for attention in (meet, gather):
            attention.output.dense.weight.copy_(torch.eye(count + 4))
        model.bert.pooler.dense.weight[0, found] = 1
        model.classifier.weight[0, 0] = 4
    model.save_pretrained(folder)
    (folder / "vocab.txt").write_text("\n".join([*MARKS, *WORDS]), encoding="utf-8")
    BertTokenizer(str(folder / "vocab.txt")).save_pretrained(folder)
    return str(folder)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> str:
    return saved(tmp_path_factory.mktemp("reranker"))


@pytest.fixture(scope="module")
def reranker(folder: str) -> Reranker:
    return open_reranker(folder, seconds=60)


def test_texts_that_share_words_with_the_question_score_high(reranker: Reranker) -> None:
    mayor, bridge, ferry, bakery = np.array(reranker.scores(QUESTION, TEXTS), float)

    assert max(mayor, ferry) < 0.2 < 0.8 < min(bridge, bakery) <= 1


def test_scores_come_in_the_order_of_the_texts(reranker: Reranker) -> None:
    many = [TEXTS[i % 4] + " late" * (i % 5) for i in range(23)]
    alone = [reranker.scores(QUESTION, [text])[0] for text in many]

    assert reranker.scores(QUESTION, many) == pytest.approx(alone, abs=1e-5)
    assert reranker.scores(QUESTION, []) == []


@pytest.mark.parametrize("text", ["", " " * 100_000, "storm " * 20_000, "\ud800 \x00 [SEP] [CLS]"], ids=ascii)
def test_any_text_gets_a_score(text: str, reranker: Reranker) -> None:
    for found in (reranker.scores(QUESTION, [text]), reranker.scores(text, ["Storm."])):
        assert [score is not None and 0 <= score <= 1 for score in found] == [True]


def test_threads_may_share_it(reranker: Reranker) -> None:
    alone = reranker.scores(QUESTION, TEXTS)
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda _: reranker.scores(QUESTION, TEXTS), range(12)))

    assert all(scores == pytest.approx(alone, abs=1e-5) for scores in together)


class Paced(CrossModel):
    """A model that needs a known time for each text, and is as sure as the text's number says."""

    def __init__(self, paces: Sequence[float], monkeypatch: pytest.MonkeyPatch) -> None:
        self.name, self.batches, self.now = "paced", list[int](), 0.0
        self._paces = paces
        monkeypatch.setattr(cross, "monotonic", lambda: self.now)

    def outputs(self, pairs: Sequence[tuple[str, str]]) -> Any:
        self.now += sum(self._paces[int(text)] for _, text in pairs)
        self.batches.append(len(pairs))
        return np.array([[float(text)] for _, text in pairs], np.float32)


def reached(paces: Sequence[float], seconds: float, monkeypatch: pytest.MonkeyPatch) -> tuple[int, Paced]:
    """How many texts were scored, and the model that did it."""
    model = Paced(paces, monkeypatch)
    scores = TimedReranker(model, seconds).scores("?", [str(i) for i in range(len(paces))])
    count = len([score for score in scores if score is not None])
    assert len(scores) == len(paces)
    assert scores[count:] == [None] * (len(paces) - count)
    return count, model


def test_it_stops_when_its_time_is_up(monkeypatch: pytest.MonkeyPatch) -> None:
    count, model = reached([0.1] * 50, 1.05, monkeypatch)

    assert count == 10
    assert model.now <= 1.05


def test_with_time_enough_all_are_read_in_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    count, model = reached([0.01] * 25, 60, monkeypatch)

    assert count == 25
    assert model.batches == [1, 8, 8, 8]


def test_a_slow_model_reads_at_least_the_best_text(monkeypatch: pytest.MonkeyPatch) -> None:
    assert reached([30.0] * 5, 1.0, monkeypatch)[0] == 1


def test_slower_texts_make_smaller_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    count, model = reached([0.1] * 9 + [0.5] * 20, 6.0, monkeypatch)

    assert model.batches[:2] == [1, 8]
    assert count < 29
    assert model.now < 6.0 + 8 * 0.5


def test_the_order_of_sure_scores_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    scores = TimedReranker(Paced([0.0] * 31, monkeypatch), 1).scores("?", [str(i) for i in range(31)])

    assert len(set(scores)) == 31
    assert scores == sorted(scores, key=lambda score: score or 0)


def test_a_model_with_several_outputs_is_no_reranker(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"has 3 outputs .* NEWSDESK_RERANKER"):
        open_reranker(saved(tmp_path, outputs=3))


@pytest.mark.parametrize("name", ["nobody/no-such-model", "./no/such/folder"])
def test_a_missing_model_gives_one_clear_sentence(name: str) -> None:
    with pytest.raises(UsageError) as caught:
        open_reranker(name)

    assert str(caught.value).startswith(
        f"There is no reranker {name!r} on this machine: set NEWSDESK_RERANKER"
    )
    assert "\n" not in str(caught.value)


def test_settings_name_the_model_and_its_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NEWSDESK_RERANKER", raising=False)
    monkeypatch.delenv("NEWSDESK_RERANK_SECONDS", raising=False)
    assert (reranker_name(), rerank_seconds()) == ("", 1.5)
    monkeypatch.setenv("NEWSDESK_RERANKER", " /models/mine ")
    monkeypatch.setenv("NEWSDESK_RERANK_SECONDS", "0.4")
    assert (reranker_name(), rerank_seconds()) == ("/models/mine", 0.4)


@pytest.mark.parametrize("seconds", ["soon", "0", "-1", "nan", "inf"])
def test_a_wrong_time_is_refused(seconds: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEWSDESK_RERANK_SECONDS", seconds)
    with pytest.raises(UsageError, match="NEWSDESK_RERANK_SECONDS"):
        rerank_seconds()
