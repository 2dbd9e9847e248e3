"""Cards and the reading view show an article, its quotes marked, and nothing from outside becomes markup."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from app.answer import Answer, Citation, Hit, Note, Reading, Reprint, Sentence
from app.page import evidence
from app.page.turn import Filters
from app.related import Related
from ingest.archive_notices import Correction
from ingest.article import Article, Passage
from tests.app.fake_desk import ARTICLES, POWER, QUESTION, REFUSED, STORM, UNDATED, FakeDesk
from tests.app.hostile import ARTICLE, HOSTILE
from tests.app.page.rendered import OneAnswer, Tree, html_of, last_turn, words

NOTICE = Correction("note-1", 1, 0, 9, "correction", STORM.id, "It was <4>, not 5.")
ALSO = tuple(Reprint(f"r{n}", "", name, None) for n, name in enumerate(
    ("Coastal Wire", "The <Echo>", "Coastal Wire", STORM.source, "")))  # fmt: skip


def test_a_card_holds_what_a_reader_needs_to_judge_a_source() -> None:
    (card,) = evidence.cards(last_turn(FakeDesk((STORM,))))
    assert words(card).startswith(
        "1 Halverton Post 15 January 2026 Storm Idris closes the Tarn bridge for a third day"
    )
    assert "By Mara Lindqvist and Tom Achebe" in words(card)
    assert words(card).endswith("Read the original at post.halverton.example (opens in a new tab)")
    quote = "About 4,200 homes in Halverton were without power on Thursday evening."
    at = STORM.text.index(quote)
    assert f'<mark data-at="{at}-{at + len(quote)}">{quote}</mark>' in card


def test_a_headline_opens_the_version_that_was_quoted_at_its_quotes() -> None:
    (card,) = evidence.cards(last_turn(FakeDesk((STORM,))))
    assert f'class="open" data-article="{STORM.id}" data-version="1" data-at="' in card


def test_an_article_without_date_outlet_and_link_says_so() -> None:
    now = last_turn(FakeDesk((UNDATED,)), "How many litres of stock does the soup need?")
    shown = words("".join(evidence.cards(now)))
    assert "unknown outlet undated" in shown
    assert "original" not in shown


def test_a_refusal_has_the_nearest_articles() -> None:
    now = last_turn(FakeDesk(), REFUSED)
    assert evidence.title(now) == "Nearest articles"
    assert len(evidence.cards(now)) == evidence.NEAREST
    assert all('class="card near"' in card for card in evidence.cards(now))


def test_one_article_is_near_once() -> None:
    hit = Hit(Passage(STORM.id, 0, 9, STORM.text[:9]), 1.0, STORM.title, STORM.source, None, "")
    refused = Answer(REFUSED, REFUSED, None, (), (hit, replace(hit, score=0.5)), True, "nothing_found", "No.")
    assert len(evidence.cards(last_turn(OneAnswer(refused)))) == 1


def test_a_correction_is_flagged_and_so_is_what_it_corrects() -> None:
    wrong, right = Citation.of(STORM, 0, 9), Citation.of(POWER, 0, 5)
    readings = tuple(Reading(c.quote, c, "", None) for c in (right, wrong))
    note = Note("correction", "A report was corrected.", readings)
    answer = Answer(QUESTION, QUESTION, None, (Sentence(wrong.quote, (wrong,)),), (), notes=(note,))
    first, second = evidence.cards(last_turn(OneAnswer(answer)))
    assert "Corrected later: see 2" in first
    assert '<strong class="flag">Correction</strong>' in second


def test_who_else_carried_it_and_what_corrects_it_is_told() -> None:
    now = last_turn(FakeDesk((STORM,), known={STORM.id: Related((), (NOTICE,))}))
    carried = replace(now, hits=tuple(replace(hit, also=ALSO) for hit in now.hits))
    (card,) = evidence.cards(carried)
    assert words(card).count("Also in Coastal Wire , The &lt;Echo&gt;") == 1
    assert '<strong class="flag">Corrected</strong>' in card
    assert "It was &lt;4&gt;, not 5." in card
    (source,) = now.sources
    withdrawn = replace(source, corrections=(replace(NOTICE, kind="retraction"),))
    (card,) = evidence.cards(replace(now, sources=(withdrawn,)))
    assert '<strong class="flag">Retracted</strong>' in card
    assert "Also in" not in card


def test_a_card_tells_of_no_reprint_that_the_search_did_not_see() -> None:
    desk = FakeDesk((STORM,), known={STORM.id: Related(ALSO)})
    (card,) = evidence.cards(last_turn(desk, filters=Filters(as_of="2026-01-15")))
    assert "Also in" not in card


def test_the_reading_view_tells_who_else_has_it_and_what_corrects_it() -> None:
    own = replace(NOTICE, article_id=STORM.id, text="Our own words.")
    shown = evidence.whole(STORM, [], related=Related(ALSO, (NOTICE, own)))
    assert "Also in Coastal Wire , The &lt;Echo&gt;" in words(shown)
    assert shown.index("It was &lt;4&gt;, not 5.") < shown.index("HALVERTON")
    assert "Our own words." not in shown


def test_the_whole_article_has_every_quote_marked_where_it_stands() -> None:
    spans = [(0, 9), (STORM.text.index("Winds"), STORM.text.index("About"))]
    shown = evidence.whole(replace(STORM, section="weather"), spans)
    assert re.findall(r'<mark data-at="(\d+)-(\d+)">', shown) == [(str(a), str(b)) for a, b in spans]
    assert len(re.findall('<p dir="auto">', shown.partition('class="text"')[2])) == 3
    assert "Halverton Post 15 January 2026 weather" in words(shown)
    assert "newer" not in shown
    assert "the archive has a newer one" in evidence.whole(STORM, spans, newer=True)


def test_a_quote_over_two_paragraphs_is_marked_in_both() -> None:
    start = STORM.text.index("third day")
    shown = evidence.whole(STORM, [(start, STORM.text.index("118") + 3)])
    assert re.findall(r"<mark[^>]*>(.*?)</mark>", shown) == ["third day of Storm Idris.", "Winds reached 118"]


ALLOWED = {"h2", "h4", "p", "blockquote", "q", "span", "a", "bdi", "time", "footer", "article", "mark"}
ALLOWED |= {"small", "b", "i", "ul", "li", "button", "div", "h3", "details", "summary", "s"}


def harmless(markup: str) -> bool:
    tree = Tree(markup)
    assert set(tree.tags) <= ALLOWED
    assert not [name for name, _ in tree.attributes if name.startswith("on") or name in ("src", "style")]
    links = [value for name, value in tree.attributes if name == "href"]
    return all(value.startswith(("#source-3-", "https://")) for value in links)


@pytest.mark.parametrize("text", [*HOSTILE, " ".join(HOSTILE)])
def test_hostile_text_in_every_place_stays_text(text: str) -> None:
    article = Article(text, text, f"{text} Words in a row. {text}", text, (text, text), STORM.published, text)
    citations = (Citation.of(article, 0, len(text)),)
    hit = Hit(Passage(text, 0, len(text), text), 1.0, text, text, None, text)
    filters = Filters(text, text, text, (text,), (text,), text)
    sentences = (Sentence(text, citations, "partial", faults=(text,)),)
    for answer in (
        Answer(text, text + "!", text, sentences, (hit,), withheld=sentences, checked=text, warning=text),
        Answer(text, text + "!", text, (), (hit,), True, "not_covered", text),
    ):
        assert harmless(html_of(last_turn(OneAnswer(answer, (article,)), text, filters)))
    assert harmless(evidence.whole(article, [(0, len(text))]))


def test_an_article_hostile_in_every_field_is_shown() -> None:
    desk = FakeDesk((*ARTICLES, ARTICLE))
    shown = html_of(last_turn(desk, "Which ships came back to the harbour of Ennismore?"))
    assert harmless(shown)
    assert "mark" in Tree(shown).tags
