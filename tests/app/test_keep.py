"""Kept conversations: found again, nobody else's, and whole after a kill."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from app.answer import Answer, Choice, Citation, Direct, Hint, Note, Reading, Reprint
from app.keep import FILE, Keep
from app.kept import Saved, name_for, packed, unpacked
from ingest.errors import ArchiveError, UsageError
from tests.app.fake_desk import BUDGET, POWER, QUESTION, REFUSED, STORM, FakeDesk
from tests.conftest import ROOT

READER, OTHER = "reader-one", "reader-two"
ABOUT_BUDGET = "By how many votes did the council of Halverton pass its budget?"


def answered(question: str, **filters: Any) -> Saved:
    desk = FakeDesk()
    *_, answer = desk.stream(question, **filters)
    assert isinstance(answer, Answer)
    return Saved.of(question, answer, [STORM, POWER, BUDGET])


@pytest.fixture
def keep(tmp_path: Path) -> Keep:
    (tmp_path / "home").mkdir()
    return Keep(tmp_path / "home")


def test_a_conversation_comes_back_as_it_was_kept(keep: Keep) -> None:
    first, second = answered(QUESTION), answered(REFUSED)
    keep.save(READER, "c1", first)
    keep.save(READER, "c1", second)
    found = keep.conversation(READER, "c1")
    assert found.name == QUESTION
    assert [s.question for s in found.answers] == [QUESTION, REFUSED]
    assert found.answers[0].answer.to_json() == first.answer.to_json()
    assert found.answers[0].articles == first.articles
    assert found.answers[1].answer.abstained
    assert found.answers[0].asked == pytest.approx(time.time(), abs=60)


def test_an_answer_with_everything_in_it_survives_packing() -> None:
    citation = Citation.of(STORM, 0, 20)
    reading = Reading("4,200", citation, STORM.source, STORM.published)
    plain = answered(QUESTION).answer
    full = Answer(
        plain.question, "understood", "2026-01-16", plain.sentences, plain.hits, withheld=plain.sentences,
        direct=Direct("4,200", citation), choice=Choice(1, "4,200", 0.75, citation),
        notes=(Note("series", "It changed.", (reading,)),), checked="names", warning="careful", seconds=0.5,
    )  # fmt: skip
    full = replace(
        full,
        hits=(replace(full.hits[0], also=(Reprint("r1", "Again", "Coastal Wire", POWER.published),)),),
        hints=(Hint("outlet", "the Post", "only Halverton Post"),),
    )
    saved = Saved.of(QUESTION, full, [STORM], sections=["News"])
    answer, articles, sections = unpacked(packed(saved))
    assert answer.to_json() == full.to_json()
    assert sections == ("News",)
    assert articles == saved.articles
    assert citation in saved.citations
    assert "It changed." in saved.words


@pytest.mark.parametrize("line", ["", "{}", "[]", '{"answer": 1, "articles": []}', '{"answer": {}}'])
def test_what_was_never_packed_is_refused(line: str) -> None:
    with pytest.raises(ValueError):
        unpacked(line)


def test_what_an_older_release_kept_is_read() -> None:
    line = json.loads(packed(answered(QUESTION)))
    del line["sections"], line["answer"]["hints"]
    for hit in line["answer"]["hits"]:
        del hit["also"]
    answer, _, sections = unpacked(json.dumps(line))
    assert (answer.hints, sections, answer.hits[0].also) == ((), (), ())


def test_words_find_questions_answers_and_names(keep: Keep) -> None:
    keep.save(READER, "storm", answered(QUESTION))
    keep.save(READER, "budget", answered(ABOUT_BUDGET))
    keep.rename(READER, "budget", "Council  money")

    def ids(words: str) -> set[str]:
        return {found.id for found in keep.conversations(READER, words)}

    assert ids("") == {"storm", "budget"}
    assert ids("4,200 homes") == {"storm"}
    assert ids("crow") == {"budget"}, "the last word may be a beginning"
    assert ids("council money") == {"budget"}
    assert ids("homes crowns") == set()
    assert ids("votes money") == {"budget"}, "one word in the answer, the other in the name"
    assert ids('" OR * NEAR(') == set()
    assert ids('storm" OR "budget') == set()
    excerpt = keep.conversations(READER, "thursday")[0].excerpt
    assert "Thursday" in excerpt


def test_words_may_be_in_several_answers_of_a_conversation(keep: Keep) -> None:
    for question in (QUESTION, ABOUT_BUDGET):
        keep.save(READER, "both", answered(question))
        keep.save(READER, question, answered(question))
        keep.save(OTHER, f"{OTHER} {question}", answered(question))
    (found,) = keep.conversations(READER, "homes crowns")
    assert (found.id, found.answers) == ("both", 2)
    assert found.excerpt


@pytest.mark.parametrize("words", ["öfen", "ÖFEN", "ofen", "MÜNCHNER öfen", "münchner O"])
def test_case_and_accents_of_a_name_do_not_count(keep: Keep, words: str) -> None:
    keep.save(READER, "c", answered(QUESTION))
    keep.rename(READER, "c", "Münchner Öfen")
    assert [found.id for found in keep.conversations(READER, words)] == ["c"]
    keep.rename(READER, "c", "MÜNCHNER ÖFEN")
    assert [found.id for found in keep.conversations(READER, words)] == ["c"]


def test_the_excerpt_is_of_the_answer_that_has_most_of_the_words(keep: Keep) -> None:
    for question in (ABOUT_BUDGET, QUESTION, ABOUT_BUDGET):
        keep.save(READER, "c", answered(question))
    assert "homes" in keep.conversations(READER, "homes power Halverton")[0].excerpt


def test_a_word_that_is_a_mark_finds_nothing(keep: Keep) -> None:
    keep.save(READER, "c", answered(QUESTION))
    assert keep.conversations(READER, "_") == keep.conversations(READER, "…") == []
    assert len(keep.conversations(READER, "homes _")) == 1
    assert len(keep.conversations(READER, "homes " * 5_000)) == 1


def test_the_latest_is_listed_first(keep: Keep) -> None:
    for name in ("a", "b", "a"):
        keep.save(READER, name, answered(QUESTION))
    assert [(found.id, found.answers) for found in keep.conversations(READER)] == [("a", 2), ("b", 1)]


def test_a_question_asked_anew_takes_the_place_of_what_followed(keep: Keep) -> None:
    for question in (QUESTION, REFUSED, ABOUT_BUDGET):
        keep.save(READER, "c", answered(question))
    keep.save(READER, "c", answered(ABOUT_BUDGET), at=1)
    assert [s.question for s in keep.conversation(READER, "c").answers] == [QUESTION, ABOUT_BUDGET]
    assert not keep.conversations(READER, "price of oil")


def test_what_one_reader_keeps_no_other_finds(keep: Keep) -> None:
    saved = answered(QUESTION)
    keep.save(READER, "c", saved)
    assert keep.conversations(OTHER) == keep.conversations(OTHER, "homes") == []
    keep.delete(OTHER, "c")
    for attempt in (
        lambda: keep.conversation(OTHER, "c"),
        lambda: keep.rename(OTHER, "c", "mine"),
        lambda: keep.save(OTHER, "c", answered(REFUSED)),
        lambda: keep.judge(OTHER, saved.id, "down"),
        lambda: keep.save("", "d", answered(REFUSED)),
    ):
        with pytest.raises(UsageError):
            attempt()
    found = keep.conversation(READER, "c")
    assert (found.name, [s.question for s in found.answers]) == (QUESTION, [QUESTION])


def test_what_is_deleted_is_gone_from_the_disk_too(keep: Keep) -> None:
    keep.save(READER, "kept", answered(QUESTION))
    keep.save(READER, "gone", answered("What does the canaryword sing of Halverton's homes without power?"))
    assert b"canaryword" in keep.path.read_bytes()
    keep.delete(READER, "gone")
    keep.delete(READER, "gone")
    assert [found.id for found in keep.conversations(READER)] == ["kept"]
    for file in keep.path.parent.iterdir():
        assert b"canaryword" not in file.read_bytes()


def test_a_judgement_becomes_a_case(keep: Keep) -> None:
    saved, other = answered(QUESTION, as_of="2026-01-20"), answered(REFUSED)
    keep.save(READER, "c", saved)
    keep.save(READER, "c", other)
    assert keep.judged() == []
    keep.judge(READER, saved.id, "down", "  too old ")
    keep.judge(READER, other.id, "up", "as it should be")
    keep.judge(READER, other.id, "")
    (judged,) = keep.judged(READER)
    assert judged.to_case() == {
        "question": QUESTION,
        "as_of": "2026-01-20",
        "verdict": "down",
        "reason": "too old",
        "answer": saved.answer.text,
    }
    assert keep.judged(OTHER) == []
    with pytest.raises(UsageError, match="up or down"):
        keep.judge(READER, saved.id, "sideways")


def test_names_are_tidy_and_never_empty(keep: Keep) -> None:
    keep.save(READER, "c", answered(QUESTION))
    keep.rename(READER, "c", " a \n name\x00 " + "x" * 500)
    assert keep.conversation(READER, "c").name.startswith("a name")
    assert len(keep.conversation(READER, "c").name) == 200
    with pytest.raises(UsageError, match="needs a name"):
        keep.rename(READER, "c", " \n ")
    assert len(name_for("why " * 100)) <= 80
    keep.save(READER, "half", answered("Is \ud800 half of Halverton's power back?"))
    assert "?" in keep.conversation(READER, "half").name


def test_nothing_kept_is_nothing_found(keep: Keep) -> None:
    assert keep.answers() == keep.judged() == []
    assert keep.conversations(READER) == []
    assert not keep.path.exists(), "looking makes no file"
    with pytest.raises(UsageError, match="no such conversation"):
        keep.conversation(READER, "c")


def test_a_damaged_file_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"not a database at all, but long enough to be read as one" * 20)
    with pytest.raises(ArchiveError, match="cannot be read or written"):
        Keep(tmp_path).conversations(READER)


def test_where_no_home_is_nothing_is_made(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="cannot be read or written"):
        Keep(tmp_path / "nowhere").save(READER, "c", answered(QUESTION))
    assert not (tmp_path / "nowhere").exists()


def test_many_threads_keep_at_once(keep: Keep) -> None:
    failed: list[BaseException] = []

    def work(number: int) -> None:
        try:
            for turn in range(5):
                keep.save(f"reader-{number}", f"c{number}", answered(QUESTION))
                assert len(keep.conversation(f"reader-{number}", f"c{number}").answers) == turn + 1
        except BaseException as error:
            failed.append(error)

    threads = [threading.Thread(target=work, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failed
    assert len(keep.answers()) == 40


_SAVING = """
import sys
from app.keep import Keep
from tests.app.test_keep import QUESTION, READER, answered
keep, number = Keep(sys.argv[1]), 0
while True:
    keep.save(READER, "c", answered(f"{QUESTION} {number}"))
    number += 1
    print(number, flush=True)
"""


@pytest.mark.crash
@pytest.mark.parametrize("after", [1, 4, 9])
def test_what_was_kept_survives_kill_9(keep: Keep, after: int) -> None:
    program = [sys.executable, "-c", _SAVING, str(keep.path.parent)]
    with subprocess.Popen(program, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        told = 0
        while told < after:
            told = int(process.stdout.readline())
        os.kill(process.pid, signal.SIGKILL)
        told = max([told, *map(int, process.stdout.read().split())])
    questions = [s.question for s in keep.conversation(READER, "c").answers]
    assert questions == [f"{QUESTION} {number}" for number in range(len(questions))]
    assert told <= len(questions) <= told + 1
    assert len(keep.conversations(READER, "homes")) == 1
