"""What the parts of the page say, and that nothing from outside becomes markup in them."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser
from typing import Any

import pytest

from app import chat_html
from app.answer import Answer, Citation, Direct, Hit, Note, Reading, Sentence
from app.chat_turn import Filters, Turn, take
from ingest.article import Article, Moment, Passage
from tests.app.fake_desk import ARTICLES, BUDGET, QUESTION, REFUSED, STORM, UNDATED, FakeDesk
from tests.app.hostile import ARTICLE, HOSTILE

ANYTHING = Filters()


class Tree(HTMLParser):
    """The elements of a piece of HTML, and whether each is closed in order."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.open: list[str] = []
        self.feed(markup)
        self.close()
        assert not self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def last_turn(desk: Any, question: str = QUESTION, filters: Filters = ANYTHING) -> Turn:
    *_, done = take(desk, 3, question, filters, ())
    return done


def words(markup: str) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", markup).replace("&#8288;", "").split())


def test_the_masthead_counts_and_dates_the_archive() -> None:
    shown = words(chat_html.masthead(FakeDesk().status()))
    assert shown == "Newsdesk 4 articles · 3 outlets · 15 January 2026 to March 2026"


def test_the_masthead_of_one_article_is_in_the_singular() -> None:
    shown = words(chat_html.masthead(FakeDesk((STORM,)).status()))
    assert shown == "Newsdesk 1 article · 1 outlet · 15 January 2026"


def test_the_masthead_says_how_far_the_vectors_are_until_they_are_there() -> None:
    assert "Meaning search: 45 % ready" in words(chat_html.masthead(FakeDesk(ready=0.45).status()))
    assert "Meaning" not in chat_html.masthead(FakeDesk(ready=1.0).status())


def test_an_empty_archive_invites_to_fill_it() -> None:
    assert "newsdesk ingest PATH" in chat_html.welcome(empty=True)
    assert "newsdesk ingest" not in chat_html.welcome(empty=False)
    assert "without articles" in chat_html.masthead(FakeDesk(()).status())


def test_each_sentence_has_chips_that_point_to_cards() -> None:
    shown = chat_html.turn(last_turn(FakeDesk()))
    chips = re.findall(r'class="chip" href="#([^"]+)"', shown)
    cards = re.findall(r'class="card" id="([^"]+)"', shown)
    assert chips == cards == ["source-3-1", "source-3-2"]


def test_sentences_in_a_row_from_one_article_share_the_line_of_where_they_are_from() -> None:
    citations = [Citation.of(STORM, 0, 9), Citation.of(STORM, 12, 30), Citation.of(BUDGET, 0, 11)]
    sentences = tuple(Sentence(citation.quote, (citation,)) for citation in citations)
    shown = chat_html.turn(last_turn(_Desk(Answer(QUESTION, QUESTION, None, sentences, ()))))
    origins = [words(footer) for footer in re.findall(r"<footer>(.*?)</footer>", shown)]
    assert origins == ["Halverton Post , 15 January 2026", "The Meridian , March 2026"]
    assert len(re.findall('class="chip"', shown)) == 3
    assert len(re.findall('class="card"', shown)) == 2


def test_a_card_holds_what_a_reader_needs_to_judge_a_source() -> None:
    shown = chat_html.turn(last_turn(FakeDesk((STORM,))))
    card = words(shown[shown.index("<article") :])
    assert card.startswith(
        "1 Halverton Post 15 January 2026 Storm Idris closes the Tarn bridge for a third day"
    )
    assert "By Mara Lindqvist and Tom Achebe" in card
    assert card.endswith("Read the original at post.halverton.example")
    assert "<mark>About 4,200 homes in Halverton were without power on Thursday evening.</mark>" in shown


def test_an_article_without_date_outlet_and_link_says_so() -> None:
    shown = words(
        chat_html.turn(last_turn(FakeDesk((UNDATED,)), "How many litres of stock does the soup need?"))
    )
    assert "unknown outlet undated" in shown
    assert "original" not in shown


def test_a_refusal_is_an_answer_with_the_nearest_articles() -> None:
    shown = chat_html.turn(last_turn(FakeDesk(), REFUSED))
    assert "The archive does not say No article of this archive says it" in words(shown)
    assert len(re.findall('class="card near"', shown)) == chat_html.NEAREST
    assert 'aria-label="Nearest articles"' in shown
    assert "problem" not in shown


def test_one_article_is_near_once() -> None:
    hit = Hit(Passage(STORM.id, 0, 9, STORM.text[:9]), 1.0, STORM.title, STORM.source, None, "")
    refused = Answer(REFUSED, REFUSED, None, (), (hit, replace(hit, score=0.5)), True, "nothing_found", "No.")
    assert len(re.findall('class="card near"', chat_html.turn(last_turn(_Desk(refused))))) == 1


def test_a_date_in_the_past_is_announced() -> None:
    assert "Reading the archive as of 16 January 2026" in words(
        chat_html.turn(last_turn(FakeDesk(), filters=Filters(as_of="2026-01-16")))
    )
    assert "as of" not in chat_html.turn(last_turn(FakeDesk()))


def test_other_filters_are_named() -> None:
    filters = Filters(since="2026-01-01", sources=("The Meridian", "Coastal Wire"))
    assert chat_html.filters_in_words(filters) == "only The Meridian, Coastal Wire, since 2026-01-01"
    assert chat_html.filters_in_words(Filters(as_of="2026-01-01")) == ""
    assert "Only The Meridian" in chat_html.turn(last_turn(FakeDesk(), filters=filters))


def test_the_question_as_understood_is_shown_where_it_differs() -> None:
    done = last_turn(FakeDesk())
    assert done.answer is not None
    resolved = replace(done, answer=replace(done.answer, understood="How many homes in Halverton?"))
    assert "Understood as: How many homes in Halverton?" in chat_html.turn(resolved)
    assert "Understood" not in chat_html.turn(done)
    echoed = replace(done, answer=replace(done.answer, understood=QUESTION.lower().removesuffix("?")))
    assert "Understood" not in chat_html.turn(echoed)


@pytest.mark.parametrize(
    ("verdict", "sign"), [("partial", "partly"), ("contradicted", "✕"), ("unsupported", "○")]
)
def test_a_verdict_less_than_supported_is_a_sign_and_words(verdict: Any, sign: str) -> None:
    done = last_turn(FakeDesk((STORM,)))
    doubted = replace(done, sentences=tuple(replace(s, verdict=verdict) for s in done.sentences))
    assert sign in chat_html.turn(doubted)
    assert "verdict" not in chat_html.turn(done)


def test_withheld_sentences_are_counted_and_struck_out_in_a_line_that_opens() -> None:
    done = last_turn(FakeDesk((STORM,)))
    assert done.answer is not None
    withheld = Sentence("Never <b>said</b>.", (), "unsupported", 0.1, faults=("No article says so.",))
    shown = chat_html.turn(replace(done, answer=replace(done.answer, withheld=(withheld,))))
    said, _, beside = shown.partition("<details")
    assert "Never" not in said
    assert "1 sentence withheld" in beside
    assert "<s>Never &lt;b&gt;said&lt;/b&gt;.</s> <span>No article says so.</span>" in beside


def test_the_answer_in_short_stands_above_the_quotes() -> None:
    done = last_turn(FakeDesk((STORM,)))
    assert done.answer is not None
    citation = done.answer.sentences[0].citations[0]
    direct = Direct("a few words", replace(citation, end=citation.start + 3, quote=citation.quote[:3]))
    shown = chat_html.turn(replace(done, answer=replace(done.answer, direct=direct)))
    assert shown.index("a few words") < shown.index("<blockquote")


def test_a_note_lists_what_each_report_gives() -> None:
    done = last_turn(FakeDesk((STORM,)))
    assert done.answer is not None
    citation = done.answer.sentences[0].citations[0]
    readings = (Reading("<30>", citation, "The Echo", Moment.parse("2031-11-05")),)
    note = Note("series", "The figure changed.", readings)
    shown = chat_html.turn(replace(done, answer=replace(done.answer, notes=(note,))))
    assert "The figure changed over time" in shown
    assert "<b>&lt;30&gt;</b>" in shown
    assert "<30>" not in shown


def test_brackets_are_told_apart_from_the_quotation() -> None:
    done = last_turn(FakeDesk((STORM,)))
    sentence = replace(done.sentences[0], text="[Ada] Quill said so.", added=((0, 5),))
    shown = chat_html.turn(replace(done, sentences=(sentence,)))
    assert '<ins class="added">[Ada]</ins> Quill said so.' in shown


def test_what_a_model_wrote_is_not_shown_as_a_quotation() -> None:
    done = last_turn(FakeDesk((STORM,)))
    written = replace(done.sentences[0], text="In other words, there was a storm.")
    shown = chat_html.turn(replace(done, sentences=(written, *done.sentences[1:])))
    assert '<blockquote class="written"' in shown
    assert "<q>In other words" not in shown
    assert "In other words, there was a storm." in shown


def test_what_was_checked_is_said() -> None:
    done = last_turn(FakeDesk((STORM,)))
    assert done.answer is not None
    shown = chat_html.turn(replace(done, answer=replace(done.answer, checked="quotes; not the meaning")))
    assert "Checked: quotes; not the meaning." in shown


def test_a_very_long_question_is_shown_short() -> None:
    shown = chat_html.turn(last_turn(FakeDesk(), "why " * 25_000))
    assert len(shown) < 2_000
    assert "(100,000 characters)" in shown
    assert "ask with at most 10,000" in shown


def test_while_an_answer_is_made_it_says_what_is_done() -> None:
    searching, reading, *_ = take(FakeDesk(), 1, QUESTION, Filters(), ())  # type: ignore[arg-type]
    assert "Searching the archive" in chat_html.turn(searching)
    assert "Reading 4 articles" in chat_html.turn(reading)


ALLOWED = {"section", "div", "h2", "h3", "h4", "p", "blockquote", "q", "span", "a", "bdi", "time", "footer"}
ALLOWED |= {"aside", "article", "mark", "small", "b"}


@pytest.mark.parametrize("text", [*HOSTILE, " ".join(HOSTILE)])
def test_hostile_text_in_every_place_stays_text(text: str) -> None:
    article = Article(text, text, f"{text} Words in a row. {text}", text, (text, text), STORM.published, text)
    citations = (Citation.of(article, 0, len(text)),)
    hit = Hit(Passage(text, 0, len(text), text), 1.0, text, text, None, text)
    filters = Filters(text, text, text, (text,))
    sentences = (Sentence(text, citations),)
    for answer in (
        Answer(text, text + "!", text, sentences, (hit,)),
        Answer(text, text + "!", text, (), (hit,), True, "not_covered", text),
    ):
        tree = Tree(chat_html.turn(last_turn(_Desk(answer, (article,)), text, filters)))
        assert set(tree.tags) <= ALLOWED
        assert not [name for name, _ in tree.attributes if name.startswith("on") or name in ("src", "style")]
        assert all(value.startswith("#source-3-") for name, value in tree.attributes if name == "href")
    Tree(chat_html.troubled_masthead(text))


def test_an_article_hostile_in_every_field_is_shown() -> None:
    desk = FakeDesk((*ARTICLES, ARTICLE))
    tree = Tree(chat_html.turn(last_turn(desk, "Which ships came back to the harbour of Ennismore?")))
    assert set(tree.tags) <= ALLOWED
    assert "mark" in tree.tags


class _Desk(FakeDesk):
    """Gives one answer to everything."""

    def __init__(self, answer: Answer, articles: tuple[Article, ...] = ARTICLES) -> None:
        super().__init__(articles)
        self.answer = answer

    def stream(self, question: str, **_: Any) -> Any:
        yield from (self.answer.hits, *self.answer.sentences, self.answer)
