"""A judge held to labels: figures worked out by hand, judges made to be useless, and labels of one's own."""

from __future__ import annotations

import json
from collections.abc import Sequence
from io import StringIO
from pathlib import Path

import numpy as np
import pytest
from rich.console import Console

from app.verify import Evidence, Judgement
from eval import judge as judging
from eval.claims import Labelled
from eval.judge import best_threshold, by_document, held_to_people, maker, own_labels
from eval.judge_report import show, write
from eval.main import run as newsdesk
from ingest.article import Article
from ingest.errors import UsageError


class Judge:
    """Believes in a claim as much as the number at its end says; 50 and more is support."""

    name, checked = "by number", ""

    def __init__(self, turn: int = 0) -> None:
        self.turn = turn

    def verify(self, pairs: Sequence[tuple[str, Sequence[Evidence]]]) -> list[Judgement]:
        found = []
        for claim, evidence in pairs:
            support = int(claim.split()[-1]) / 100
            if self.turn:  # a judge that minds the order of what it reads
                support = support if evidence[0].text.startswith("First") else 1 - support
            found.append(Judgement("supported" if support >= 0.5 else "unsupported", support, ()))
        return found


def claims(name: str, beliefs: Sequence[tuple[int, bool]], each: int = 2) -> list[Labelled]:
    """Claims with what the judge believes and people say, `each` of them about one document."""
    found = []
    for number, (belief, supported) in enumerate(beliefs):
        article = Article(
            f"{name}-{number // each}", "", "First this happened.\nThen that happened.\nAnd more."
        )
        evidence = Evidence(article, 0, len(article.text))
        found.append(Labelled(name, article.id, f"It is so {belief}", evidence, supported, news=True))
    return found


GOOD = [(90 - n, True) for n in range(10)] + [(40 - n, False) for n in range(10)]
BLIND = [(50, bool(n % 2)) for n in range(20)]


def test_a_good_judge_and_a_blind_one() -> None:
    found = held_to_people(Judge(), [*claims("good_a", GOOD), *claims("blind_b", BLIND)])
    good, blind = found.sets
    assert (good.auroc.value, good.own.value, good.claims, good.documents) == (1.0, 1.0, 20, 10)
    assert blind.auroc.value == 0.5
    assert found.mean_auroc == 0.75
    assert good.auroc.low == good.auroc.high == 1.0


def test_a_threshold_is_chosen_on_other_makers_sets() -> None:
    shifted = [(belief - 30 if supported else belief - 35, supported) for belief, supported in GOOD]
    found = held_to_people(Judge(), [*claims("one_a", GOOD), *claims("one_b", GOOD), *claims("two", shifted)])
    first, _, other = found.sets
    # For "two" the border comes from "one", for "one_a" from "two" alone: its sister is kin.
    assert 0.4 < other.threshold <= 0.81
    assert first.threshold <= 0.51
    assert held_to_people(Judge(), claims("one_a", GOOD)).sets[0].balanced is None
    assert maker("summedits_news") == maker("summedits_email") != maker("wice_claim")


def test_each_set_counts_alike_for_a_threshold() -> None:
    supports = np.array([0.9, 0.1] + [0.6, 0.4] * 50)
    labels = np.array([1.0, 0.0] + [0.0, 1.0] * 50)
    sets = np.array(["small"] * 2 + ["large"] * 100)
    # The large set is perverse: .5 of it can be had at most, at either end.
    assert 0.1 < best_threshold(supports, labels, sets) <= 0.9
    assert best_threshold(supports[:1], labels[:1], sets[:1]) is None


def test_documents_are_resampled_and_not_claims() -> None:
    values = np.array([1.0] * 10 + [0.0] * 10)
    labels = np.array([1.0, 0.0] * 10)
    alone = by_document([str(n) for n in range(20)], labels, lambda at: float(values[at].mean()))
    together = by_document([str(n // 10) for n in range(20)], labels, lambda at: float(values[at].mean()))
    assert alone.value == together.value == 0.5
    assert (together.low, together.high) == (0.0, 1.0)
    assert 0.2 < alone.low < alone.high < 0.8


def test_a_judge_that_minds_the_order_disagrees_with_itself() -> None:
    given = claims("set", GOOD)
    again, turned = held_to_people(Judge(), given).agreement
    assert (again.same, again.moved, turned.same, turned.moved) == (1, 0, 1, 0)
    again, turned = held_to_people(Judge(turn=1), given).agreement
    assert again.same == 1.0
    assert turned.same < 0.9
    assert turned.moved > 0.1
    assert held_to_people(Judge(), given, repeats=0).agreement == ()


def test_too_few_labels_are_said_so() -> None:
    with pytest.raises(UsageError, match="too few to tell"):
        held_to_people(Judge(), claims("set", GOOD[:12]))


def test_own_labels(tmp_path: Path) -> None:
    file = tmp_path / "mine.jsonl"
    lines = [
        {"claim": "It rained.", "evidence": "It rained in Velm.", "label": True},
        {"claim": "It snowed.", "evidence": "It rained in Velm.", "label": 0, "set": "snow"},
    ]
    file.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    first, second = own_labels(file)
    assert (first.set, first.supported, second.set, second.supported) == ("mine", True, "snow", False)
    assert first.doc == second.doc


@pytest.mark.parametrize("line", ["{}", '{"claim": "x", "evidence": "", "label": 1}',
                                  '{"claim": "x", "evidence": "y", "label": "yes"}'])  # fmt: skip
def test_a_label_that_is_none_is_named(tmp_path: Path, line: str) -> None:
    file = tmp_path / "mine.jsonl"
    file.write_text(line + "\n", encoding="utf-8")
    with pytest.raises(UsageError, match=r"mine\.jsonl, line 1: a label needs"):
        own_labels(file)
    (tmp_path / "none.jsonl").touch()
    with pytest.raises(UsageError, match="holds no labels"):
        own_labels(tmp_path / "none.jsonl")


@pytest.mark.parametrize("ending", ["html", "md", "json"])
def test_it_is_told_in_every_form(tmp_path: Path, ending: str) -> None:
    found = held_to_people(Judge(), [*claims("good_a", GOOD), *claims("blind_b", BLIND)])
    write(found, tmp_path / f"judge.{ending}")
    told = (tmp_path / f"judge.{ending}").read_text(encoding="utf-8")
    assert "good_a" in told
    said = StringIO()
    show(found, Console(file=said, width=160))
    assert "mean AUROC .750" in said.getvalue()
    with pytest.raises(UsageError, match="no known ending"):
        write(found, tmp_path / "judge.doc")


def test_the_command_judges_ones_own_labels(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("NEWSDESK_EMBEDDER", "fake-hash-64")
    monkeypatch.setattr(judging, "TOO_FEW", 3)
    rows = []
    for n in range(6):
        said = f"The council of Velm closed {n + 12} schools on Monday."
        made_up = f"The council of Velm closed {n + 55} schools on Monday."
        rows += [{"claim": said, "evidence": f"{said} It rained.", "label": 1}]
        rows += [{"claim": made_up, "evidence": f"{said} It rained.", "label": 0}]
    file = tmp_path / "mine.jsonl"
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    assert newsdesk(["eval", "judge", "--labels", str(file), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["sets"][0]["auroc"]["value"] == 1.0
    assert {one["how"] for one in found["agreement"]} == {"asked again", "evidence in another order"}
