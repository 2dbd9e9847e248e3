"""How adding goes, and what looking after the archive found, as HTML."""

from __future__ import annotations

from dataclasses import replace

from app.intake import Progress
from app.page import adding
from ingest.status import Status
from tests.app.hostile import HOSTILE
from tests.app.page.elements import Elements
from tests.app.page.test_holdings import STATUS


def test_an_ingest_is_watched_to_its_end() -> None:
    before = Status("home", "model")
    turned_away = {"path": "/tmp/a.txt", "where": "", "code": "empty", "reason": "No text."}
    report = {
        "read": 5,
        "ingested": 3,
        "replaced": 0,
        "unchanged": 1,
        "rejected_count": 12_000,
        "rejected": [turned_away],
    }
    idle = Progress("idle", (), 0, before, before)
    reading = Progress("running", ("a.txt",), 3, before, replace(before, rejected=1))
    embedding = Progress("running", ("a.txt",), 3, before, replace(STATUS, vectors=5))
    done = Progress("done", ("a.txt",), 9, before, STATUS, report)
    failed = Progress("failed", ("a.txt",), 1, before, before, problem="The disk is full.")
    assert adding.intake(idle, 1) == ""
    assert "Reading, 1 rejected" in adding.intake(reading, 1)
    assert "15 passages to go" in adding.intake(embedding, 1)
    assert 'data-again="0.5"' in adding.intake(embedding, 0.5)
    told = Elements(adding.intake(done, 1))
    assert "3 articles added, 0 replaced, 1 known already, 12,000 rejected" in told.text
    assert "No text." in told.text
    assert not told.values("data-again")
    assert told.values("data-then") == ["held"]
    assert "The disk is full." in adding.intake(failed, 1)


def test_what_looking_after_it_found() -> None:
    assert "sound" in adding.checked([])
    assert "<b>" not in adding.checked(["<b>wrong</b>"])


def test_hostile_names_are_harmless() -> None:
    text = " ".join(HOSTILE)
    turned_away = {"path": text, "where": text, "code": "x", "reason": text}
    report = {"read": 1, "ingested": 0, "replaced": 0, "unchanged": 0,
              "rejected_count": 1, "rejected": [turned_away]}  # fmt: skip
    html = adding.intake(Progress("done", (text,), 1, STATUS, STATUS, report), 1) + adding.checked([text])
    assert Elements(html).harmless
