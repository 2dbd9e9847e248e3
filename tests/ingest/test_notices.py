"""Notices are found word for word, with what they are, and nothing else is taken for one."""

from __future__ import annotations

import pytest

from ingest.notices import Notice, is_kill, is_notice, notices, subject

BODY = "The ferry sank on Tuesday with 42 people aboard, the coast guard said.\n\nThe search goes on."


def found(text: str, title: str = "Ferry sinks") -> list[tuple[str, str]]:
    return [(text[n.start : n.end], n.kind) for n in notices(title, text)]


@pytest.mark.parametrize(
    ("notice", "kind"),
    [
        (
            "Correction: An earlier version of this article said 24 people were aboard. It was 42.",
            "correction",
        ),
        ("CORRECTION (4 March): The ferry carried 42 people, not 24.", "correction"),
        ("Correction, 4 March: The ferry carried 42 people, not 24.", "correction"),
        ("This article was amended on 4 March 2026 to give the right number of people aboard.", "correction"),
        ("Editor's note: This story has been updated to correct the number of people aboard.", "correction"),
        ("A previous version of this story misspelled the captain's name.", "correction"),
        ("This report originally stated that 24 people were aboard.", "correction"),
        ("(Corrects number of people aboard in first paragraph)", "correction"),
        ("(This story has been corrected to fix the captain's name)", "correction"),
        ("Clarification: The ferry belongs to the islands' council.", "clarification"),
        ("This article has been clarified to say who owns the ferry.", "clarification"),
        ("Retraction: We no longer stand by this report.", "retraction"),
        ("EDITORS: This is a mandatory kill. The ferry did not sink.", "retraction"),
        ("Editors, please kill the story below at once.", "retraction"),
        ("This article has been retracted because its only source withdrew what she had said.", "retraction"),
    ],
)
@pytest.mark.parametrize("shape", ["{body}\n\n{notice}", "{notice}\n\n{body}", "{notice}"])
def test_a_notice_is_found_word_for_word(notice: str, kind: str, shape: str) -> None:
    assert found(shape.format(body=BODY, notice=notice)) == [(notice, kind)]


def test_a_notice_below_its_heading() -> None:
    notice = "The ferry carried 42 people, not 24."
    assert found(f"{BODY}\n\nCorrection\n\n{notice}") == [(notice, "correction")]


def test_a_notice_begins_with_its_sentence() -> None:
    notice = "This article was corrected on 4 March. It gave the wrong day."
    assert found(f"The search goes on. {notice}") == [(notice, "correction")]


@pytest.mark.parametrize(
    "text",
    [
        BODY,
        "Editor's note: For the latest updates follow our live page.",
        "The prison service, once called the Department of Correction, said so. That is correct.",
        "Markets saw a correction: shares fell by a tenth.",
        "Corrections officers at the prison had a plan: they would strike.",
        "An earlier version of the bill said that ferries need two captains.",
        "The paper was retracted by the journal. Its author said this story was hard to tell.",
        "Frost may kill the story of the year: the vines. He was paid to kill the story, the court heard.",
        "She regrets the day she bought it. “I stand corrected,” he said.",
        "",
        "\n \n",
    ],
)
def test_what_is_no_notice(text: str) -> None:
    assert found(text) == []


def test_an_article_that_is_a_notice() -> None:
    text = "In our report of 4 March we said that the ferry carried 24 people. It carried 42."
    assert notices("Correction: the ferry", text) == [Notice(0, len(text), "correction", False)]
    assert notices("Correction: the ferry", "") == []
    assert subject("Correction: the ferry") == "the ferry"
    assert is_notice("Clarification")
    assert not is_notice("Correctional officers strike")


@pytest.mark.parametrize(
    "title",
    ["MANDATORY KILL: Ferry sinks", "KILL: Ferry sinks", "Kill notice – Ferry sinks", "KILL - Ferry sinks",
     "WITHDRAWN: Ferry sinks", "Notice of withdrawal: Ferry sinks"],
)  # fmt: skip
def test_an_article_that_kills_another(title: str) -> None:
    text = "Editors: please kill this story. The ferry did not sink."
    assert notices(title, text) == [Notice(0, len(text), "retraction", False)]
    assert is_kill(title)
    assert subject(title) == "Ferry sinks"


@pytest.mark.parametrize(
    "title",
    ["Kill: a film in three acts", "KILLER WHALES RETURN", "Kill switch found", "Withdrawn troops come home",
     "Kill or be killed", "Withdrawal from the islands begins"],
)  # fmt: skip
def test_what_is_no_kill(title: str) -> None:
    assert not is_notice(title)
    assert not is_kill(title)


def test_a_column_of_them_has_one_in_each_paragraph() -> None:
    one, other = "A report on Monday gave the wrong day.", "A report on Tuesday gave the wrong place."
    text = f"Corrections\n\n{one}\n\n{other}"
    assert found(text, "Corrections and clarifications") == [(one, "correction"), (other, "correction")]
    assert not any(n.own for n in notices("Corrections and clarifications", text))


def test_a_column_without_end_is_cut() -> None:
    text = "\n".join(f"Correction: report {n} gave the wrong day." for n in range(1_000))
    assert len(notices("Corrections", text)) == len(notices("Other", text)) == 50
    assert all(n.end - n.start <= 1_500 for n in notices("Correction: it", "x " * 90_000))
