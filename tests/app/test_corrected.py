"""An answer that quotes what a notice in another article takes back says so."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path

import pytest

from app import Answer, Newsdesk
from ingest.archive import Archive
from ingest.article import Article, Moment
from ingest.corrections import catch_up, link
from ingest.fakes import HashEmbedder
from ingest.indexes import Indexes
from tests.app.test_engine import fill

DEATH = Article(
    "death",
    "Mill owner Ivo Marsh dies",
    "The mill owner Ivo Marsh died on Thursday at the age of 91. He left the mill in Orrin to his daughter.",
    "The Courier",
    published=Moment.parse("2031-03-06"),
)
ALIVE = Article(
    "alive",
    "Corrections and clarifications",
    "Ivo Marsh, whose death we reported on Thursday under the headline “Mill owner Ivo Marsh dies”, is "
    "alive. It was his brother, Per Marsh, the mill owner, who died at the age of 91. We apologise to the "
    "family.",
    "The Courier",
    published=Moment.parse("2031-03-08"),
)
Open = Callable[..., Newsdesk]


@pytest.fixture
def opened(home: Path) -> Iterator[Open]:
    """Opens a desk on articles whose notices are linked to what they correct."""
    with ExitStack() as stack:

        def desk(*articles: Article) -> Newsdesk:
            fill(home, *articles)
            archive = Archive(home)
            indexes = Indexes(archive)
            indexes.catch_up_words()
            catch_up(archive)
            link(archive, indexes.lexical)
            indexes.close()
            archive.close()
            context: AbstractContextManager[Newsdesk] = Newsdesk.open(home, embedder=HashEmbedder())
            return stack.enter_context(context)

        yield desk


def notices(answer: Answer) -> list[str]:
    return [note.text for note in answer.notes if note.kind == "correction"]


def test_a_sentence_that_was_taken_back_comes_with_the_notice(opened: Open) -> None:
    answer = opened(DEATH, ALIVE).ask("At what age did the mill owner Ivo Marsh die?")

    assert "death" in {c.article_id for s in answer.sentences for c in s.citations}
    assert notices(answer) == [
        "What is quoted was corrected: “Ivo Marsh, whose death we reported on Thursday under the headline "
        "“Mill owner Ivo Marsh dies”, is alive. It was his brother, Per Marsh, the mill owner, who died at "
        "the age of 91. We apologise to the family.” (The Courier, 8 March 2031)."
    ]
    assert answer.direct is None or answer.direct.citation.article_id != "death"


@pytest.mark.parametrize("question", ["Did Ivo Marsh die?", "Did the mill owner Ivo Marsh die on Thursday?"])
def test_no_yes_stands_on_what_was_taken_back(opened: Open, question: str) -> None:
    answer = opened(DEATH, ALIVE).ask(question)
    assert notices(answer)
    assert answer.direct is None or answer.direct.text != "Yes"


def test_before_the_notice_came_nobody_knew(opened: Open) -> None:
    answer = opened(DEATH, ALIVE).ask("At what age did the mill owner Ivo Marsh die?", as_of="2031-03-07")
    assert answer.sentences
    assert notices(answer) == []


def test_what_the_notice_does_not_speak_of_is_left_alone(opened: Open) -> None:
    report = Article(
        "report", "Orrin mill burns down",
        "The mill of Orrin burned down on Monday. The fire brigade came with nine engines from Varn.",
        "The Courier", published=Moment.parse("2031-04-01"),
    )  # fmt: skip
    notice = Article(
        "notice", "Correction: Orrin mill burns down",
        "The article misstated the name of the owner of the mill of Orrin which burned down. It is Ada "
        "Quill, not Ivo Marsh.",
        "The Courier", published=Moment.parse("2031-04-03"),
    )  # fmt: skip
    answer = opened(report, notice).ask("With how many engines did the fire brigade come from Varn?")
    assert "nine engines" in answer.text
    assert notices(answer) == []
