"""Kept answers as turns again, held to the archive as it stands today."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.answer import Citation, Direct, Hint, Note, Reading
from app.citing import Outcome, Standing
from app.kept import Saved, packed, unpacked
from app.page.pieces import pieces
from app.page.resumed import resumed
from app.page.turn import Turn
from app.related import Related
from ingest.archive_notices import Correction
from tests.app.fake_desk import POWER, QUESTION, REFUSED, STORM, FakeDesk
from tests.app.page.elements import Elements
from tests.app.test_keep import answered

EDITED = replace(STORM, version=2, text=STORM.text.replace("4,200", "4,300"))


def told() -> Saved:
    """An answer from two articles with all that may stand beside it, as it comes out of the database."""
    saved = answered(QUESTION)
    citations = [sentence.citations[0] for sentence in saved.answer.sentences]
    citation = next(citation for citation in citations if citation.article_id == STORM.id)
    readings = tuple(Reading("some", one, "Post", None) for one in citations)
    answer = replace(
        saved.answer,
        direct=Direct("4,200", citation),
        notes=(Note("conflict", "Reports differ.", readings),),
        hints=(Hint("time", "in January", "from 2026-01-01 to 2026-01-31"),),
    )
    found, articles, sections = unpacked(packed(replace(saved, answer=answer, sections=("News",))))
    return replace(saved, answer=found, articles=articles, sections=sections)


class _Checking(FakeDesk):
    """What cites the storm stands as it is told to; all else as cited."""

    storm: Outcome = "as_cited"

    def check(self, citation: Citation) -> Standing:
        if citation.article_id != STORM.id:
            return Standing("as_cited", "", POWER, POWER)
        cited = None if self.storm in ("gone", "wrong") else STORM
        return Standing(self.storm, "", cited, STORM if self.storm == "as_cited" else EDITED)


def turn_of(saved: Saved, storm: Outcome = "as_cited", number: int = 1) -> Turn:
    notice = Correction("budget-1", 1, 0, 9, "correction", STORM.id, "It was 300 homes.")
    desk = _Checking(known={STORM.id: Related(corrections=(notice,))})
    desk.storm = storm
    return resumed(desk, saved, number)  # type: ignore[arg-type]


def test_an_answer_is_the_turn_that_it_was() -> None:
    saved = told()
    turn = turn_of(saved, number=3)
    assert (turn.number, turn.question, turn.state) == (3, QUESTION, "done")
    assert turn.sentences == saved.answer.sentences
    assert [source.article.id for source in turn.sources] == [a.article_id for a in saved.cited]
    assert not turn.answer or not turn.answer.warning
    shown = pieces("a", turn, saved.id)
    parts = [shown["short"], *shown["said"], shown["beside"], shown["scope"], *shown["cards"]]
    page = Elements("".join(parts))
    assert "About 4,200 homes in Halverton were without power" in page.text
    assert "Reports differ" in page.text
    assert "in January" in page.text
    assert "It was 300 homes." in page.text, "what was corrected since is told"
    assert turn.filters.sections == ("News",)
    assert shown["exchange"]["understood"] == QUESTION
    assert shown["kept"] == saved.id


def test_what_has_changed_since_is_shown_as_it_was_quoted() -> None:
    turn = turn_of(told(), "changed_since")
    assert turn.answer
    assert turn.answer.warning == "1 article cited here has changed since: it is shown as quoted then."
    assert STORM in [source.article for source in turn.sources]
    assert len(turn.sentences) == 2


@pytest.mark.parametrize("outcome", ["gone", "wrong"])
def test_what_is_gone_is_withheld_with_all_that_leans_on_it(outcome: Outcome) -> None:
    turn = turn_of(told(), outcome)
    assert turn.answer
    assert [sentence.citations[0].article_id for sentence in turn.sentences] == [POWER.id]
    assert [source.article.id for source in turn.sources] == [POWER.id]
    (withheld,) = turn.answer.withheld
    assert withheld.faults == ("The article it was quoted from is not in the archive any more.",)
    assert turn.answer.direct is None
    assert turn.answer.notes == ()
    assert "1 sentence withheld" in pieces("a", turn)["beside"]


def test_a_refusal_and_its_limits_come_back() -> None:
    saved = replace(answered(REFUSED, as_of="2026-02-01"), since="2026-01-01", sources=("Coastal Wire",))
    turn = turn_of(saved)
    assert (turn.filters.as_of, turn.filters.since) == ("2026-02-01", "2026-01-01")
    assert turn.filters.sources == ("Coastal Wire",)
    assert "No article of this archive says it" in pieces("a", turn)["short"]
