"""What is said in answer: sentences with chips and verdicts, notes, refusals, the question as understood."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest

from app.answer import Answer, Citation, Direct, Hint, Note, Reading, Sentence
from app.page import said
from app.page.pieces import pieces
from app.page.turn import Filters, take
from ingest.article import Moment
from tests.app.fake_desk import BUDGET, QUESTION, REFUSED, STORM, FakeDesk
from tests.app.page.rendered import OneAnswer, html_of, last_turn, words


def test_each_sentence_has_chips_that_point_to_cards() -> None:
    shown = html_of(last_turn(FakeDesk()))
    chips = re.findall(r'class="chip" href="#([^"]+)"', shown)
    cards = re.findall(r'class="card" id="([^"]+)"', shown)
    assert chips == cards == ["source-3-1", "source-3-2"]


def test_a_chip_is_a_named_link_and_carries_its_preview() -> None:
    done = last_turn(FakeDesk((STORM,)))
    citation = done.sentences[0].citations[0]
    chip = said.chip(done, citation)
    assert 'aria-label="Source 1: Halverton Post, 15 January 2026"' in chip
    assert 'data-origin="Halverton Post, 15 January 2026"' in chip
    assert f'data-quote="{citation.quote}"' in chip
    assert f'data-at="{citation.start}-{citation.end}"' in chip


def test_sentences_in_a_row_from_one_article_share_the_line_of_where_they_are_from() -> None:
    citations = [Citation.of(STORM, 0, 9), Citation.of(STORM, 12, 30), Citation.of(BUDGET, 0, 11)]
    sentences = tuple(Sentence(citation.quote, (citation,)) for citation in citations)
    now = last_turn(OneAnswer(Answer(QUESTION, QUESTION, None, sentences, ())))
    origins = [words(footer) for footer in re.findall(r"<footer>(.*?)</footer>", "".join(said.runs(now)))]
    assert origins == ["Halverton Post , 15 January 2026", "The Meridian , March 2026"]
    assert len(re.findall('class="chip"', html_of(now))) == 3
    assert len(re.findall('class="card"', html_of(now))) == 2


def test_a_refusal_is_an_answer_with_the_dates_covered() -> None:
    now = last_turn(FakeDesk(), REFUSED)
    shown = words(said.refusal(now))
    assert "The archive does not say No article of this archive says it" in shown
    assert "The archive covers 15 January 2026 to March 2026 ." in shown
    assert "anywhere" not in said.refusal(now)
    assert pieces("t", now)["problem"] == ""


def test_a_refusal_under_filters_offers_to_ask_the_whole_archive() -> None:
    now = last_turn(FakeDesk(), REFUSED, Filters(since="2026-01-01"))
    assert 'data-act="anywhere">Ask the whole archive' in said.refusal(now)
    assert "anywhere" not in said.refusal(last_turn(FakeDesk(), REFUSED, Filters(writer="extractive")))
    assert "anywhere" in said.refusal(last_turn(FakeDesk(), REFUSED, Filters(sections=("Sport",))))


def test_each_filter_in_force_is_named_and_can_be_taken_back() -> None:
    filters = Filters("2026-01-16", "2026-01-01", "", ("The Meridian", "Coastal Wire"), ("Arts & Ideas",))
    shown = said.scope(last_turn(FakeDesk(), filters=filters))
    for limit in (
        "As of 16 January 2026",
        "Since 1 January 2026",
        "Only The Meridian",
        "In Arts &amp; Ideas",
    ):
        assert limit in words(shown).replace("  ", " ")
    taken = re.findall(r'data-act="without" data-name="(\w+)" data-value="([^"]+)"', shown)
    assert taken == [
        ("as_of", "2026-01-16"),
        ("since", "2026-01-01"),
        ("source", "The Meridian"),
        ("source", "Coastal Wire"),
        ("section", "Arts &amp; Ideas"),
    ]
    assert said.scope(last_turn(FakeDesk())) == ""


def test_the_question_as_understood_is_shown_where_it_differs_and_can_be_corrected() -> None:
    done = last_turn(FakeDesk())
    assert done.answer is not None
    resolved = replace(done, answer=replace(done.answer, understood="How many homes in Halverton?"))
    assert "Understood as: How many homes in Halverton?" in words(said.scope(resolved))
    assert 'data-act="literally"' in said.scope(resolved)
    assert 'data-act="edit" data-text="How many homes in Halverton?"' in said.scope(resolved)
    assert "Understood" not in said.scope(done)
    echoed = replace(done, answer=replace(done.answer, understood=QUESTION.lower().removesuffix("?")))
    assert "Understood" not in said.scope(echoed)


def test_what_words_of_the_question_were_taken_to_say_can_be_done_without() -> None:
    done = last_turn(FakeDesk())
    assert done.answer is not None
    meant = "What did the Echo report in March 2026?"
    hints = (Hint("outlet", "the Echo", "reports of The Echo"), Hint("time", "March 2026", "from 2026-03-01"))
    shown = said.scope(replace(done, answer=replace(done.answer, understood=meant, hints=hints)))
    assert "“March 2026”: from 1 March 2026" in words(shown)
    shorter = re.findall(r'data-act="reword" data-text="([^"]+)"', shown)
    assert shorter == ["What did report in March 2026?", "What did the Echo report?"]


@pytest.mark.parametrize(
    ("verdict", "sign"),
    [
        ("supported", "✓ supported"),
        ("partial", "◐ partly supported"),
        ("contradicted", "✕ contradicted elsewhere"),
        ("unsupported", "○ not supported"),
    ],
)
def test_a_verdict_is_a_sign_and_words(verdict: Any, sign: str) -> None:
    done = last_turn(FakeDesk((STORM,)))
    judged = replace(done, sentences=tuple(replace(s, verdict=verdict) for s in done.sentences))
    shown = "".join(said.runs(judged))
    assert f'class="sentence {verdict}"' in shown
    assert sign.split()[0] in words(shown)
    # In words beside the sentence, but where all is well: there the sign itself is named.
    named = (
        'aria-label="supported">✓' if verdict == "supported" else f'<span class="verdict">{sign[2:]}</span>'
    )
    assert named in shown


def test_what_is_wrong_with_a_sentence_stands_beside_it() -> None:
    done = last_turn(FakeDesk((STORM,)))
    doubted = replace(done.sentences[0], verdict="partial", faults=("“12” is <not> in the quote.",))
    shown = "".join(said.runs(replace(done, sentences=(doubted,))))
    assert "partly supported: <small>“12” is &lt;not&gt; in the quote.</small>" in shown


def test_withheld_sentences_are_counted_and_struck_out_in_a_line_that_opens() -> None:
    done = last_turn(FakeDesk((STORM,)))
    assert done.answer is not None
    withheld = Sentence("Never <b>said</b>.", (), "unsupported", 0.1, faults=("No article says so.",))
    shown = said.beside(replace(done, answer=replace(done.answer, withheld=(withheld,))))
    before, _, inside = shown.partition("<details")
    assert "Never" not in before
    assert "1 sentence withheld" in inside
    assert "<s>Never &lt;b&gt;said&lt;/b&gt;.</s> <span>No article says so.</span>" in inside


def test_the_answer_in_short_has_its_evidence() -> None:
    done = last_turn(FakeDesk((STORM,)))
    assert done.answer is not None
    citation = done.answer.sentences[0].citations[0]
    direct = Direct("a few words", replace(citation, end=citation.start + 3, quote=citation.quote[:3]))
    shown = said.short(replace(done, answer=replace(done.answer, direct=direct)))
    assert words(shown) == "a few words 1"


def test_what_only_the_short_answer_cites_is_a_source_too() -> None:
    quote, told = Citation.of(STORM, 0, 9), Citation.of(BUDGET, 0, 11)
    answer = Answer(QUESTION, QUESTION, None, (Sentence(quote.quote, (quote,)),), ())
    now = last_turn(OneAnswer(replace(answer, direct=Direct(told.quote, told))))
    assert [source.article.id for source in now.sources] == [STORM.id, BUDGET.id]


def test_a_note_lists_what_each_report_gives() -> None:
    done = last_turn(FakeDesk((STORM,)))
    assert done.answer is not None
    citation = done.answer.sentences[0].citations[0]
    readings = (Reading("<30>", citation, "The Echo", Moment.parse("2031-11-05")),)
    note = Note("series", "The figure changed.", readings)
    shown = said.beside(replace(done, answer=replace(done.answer, notes=(note,))))
    assert "The figure changed over time" in shown
    assert "<b>&lt;30&gt;</b>" in shown
    assert "<30>" not in shown


def test_brackets_are_told_apart_from_the_quotation() -> None:
    done = last_turn(FakeDesk((STORM,)))
    sentence = replace(done.sentences[0], text="[Ada] Quill said so.", added=((0, 5),))
    assert '<ins class="added">[Ada]</ins> Quill said so.' in html_of(replace(done, sentences=(sentence,)))


def test_what_a_model_wrote_is_not_shown_as_a_quotation() -> None:
    done = last_turn(FakeDesk((STORM,)))
    written = replace(done.sentences[0], text="In other words, there was a storm.")
    shown = "".join(said.runs(replace(done, sentences=(written, *done.sentences[1:]))))
    assert '<blockquote class="written"' in shown
    assert "<q>In other words" not in shown
    assert "In other words, there was a storm." in shown


def test_what_was_checked_and_who_wrote_is_said() -> None:
    done = last_turn(FakeDesk((STORM,)))
    assert done.answer is not None
    checked = replace(done.answer, checked="quotes; not the meaning")
    assert "Checked: quotes; not the meaning." in said.beside(replace(done, answer=checked))
    written = replace(checked, writer="ollama/some-model")
    assert "Written by ollama/some-model" in said.beside(replace(done, answer=written))


def test_a_very_long_question_is_shown_short() -> None:
    now = last_turn(FakeDesk(), "why " * 25_000)
    assert len(said.question(now)) < 800
    assert "(100,000 characters)" in said.question(now)
    assert "ask with at most 10,000" in pieces("t", now)["problem"]


def test_while_an_answer_is_made_it_says_what_is_done() -> None:
    searching, reading, *_, done = take(FakeDesk(), 1, QUESTION, Filters(), ())  # type: ignore[arg-type]
    assert said.progress(searching) == "Searching the archive"
    assert said.progress(reading) == "Reading 4 articles"
    assert pieces("t", done)["progress"] == ""


def test_those_who_listen_are_told_what_came_of_it() -> None:
    assert pieces("t", last_turn(FakeDesk()))["summary"] == "Answered: 2 sentences from 2 sources."
    refused = pieces("t", last_turn(FakeDesk(), REFUSED))
    assert refused["summary"] == "No answer: The archive does not say."
