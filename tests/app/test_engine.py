"""The engine on a small archive with the fake model: filters, citations, refusals, one way for all doors."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from app import Answer, Hit, Newsdesk, Sentence
from ingest.archive import Archive
from ingest.article import Article, Moment, Withdrawal
from ingest.chunk import passages_of
from ingest.errors import EmbedderError, NewsdeskError, UsageError
from ingest.fakes import HashEmbedder
from ingest.pipeline import claim, embed_pending

ARTICLES = (
    Article(
        "ferry-1",
        "Ferry Lady Corran capsizes",
        "The Lady Corran, a ferry, capsized off the islands. Eleven people died in the ferry disaster.",
        "The Courier",
        published=Moment.parse("2026-03-03"),
        url="https://courier.example/ferry",
        section="Islands",
    ),
    Article(
        "ferry-2",
        "Toll of the Lady Corran rises",
        "The number of people who died in the Lady Corran ferry disaster rose to thirty on Friday. "
        "The Lady Corran was safe, “every bolt of her,” said Gerard Fenn, who ran the ferry.",
        "Radio Tarrany",
        published=Moment.parse("2026-03-06"),
        section="ISLANDS",
    ),
    Article(
        "bridge",
        "Bridge delayed again",
        "The harbour bridge will open in May, the mayor Ada Thule said. It costs 467 million euros.",
        "The Courier",
        published=Moment.parse("2026-02-01"),
        section="City",
    ),
)
TOLL = "How many people died in the Lady Corran ferry disaster?"


def fill(home: Path, *articles: Article) -> None:
    archive = Archive(home)
    claim(archive, HashEmbedder().name)
    with archive.transaction():
        for article in articles:
            archive.put(article, passages_of(article))
    embed_pending(archive, HashEmbedder)
    archive.close()


@pytest.fixture
def desk(home: Path) -> Iterator[Newsdesk]:
    fill(home, *ARTICLES)
    with Newsdesk.open(home, embedder=HashEmbedder()) as opened:
        yield opened


def test_every_sentence_is_a_quote_where_it_says_it_is(desk: Newsdesk) -> None:
    answer = desk.ask(TOLL)
    assert not answer.abstained
    for sentence in answer.sentences:
        for citation in sentence.citations:
            text = desk.show(citation.article_id).text
            assert text[citation.start : citation.end] == citation.quote == sentence.text


def test_as_of_hides_what_came_later(desk: Newsdesk) -> None:
    assert "thirty" in desk.ask(TOLL).text
    before = desk.ask(TOLL, as_of="2026-03-05")
    assert "Eleven" in before.text
    assert "ferry-2" not in {hit.passage.article_id for hit in before.hits}
    assert before.as_of == "2026-03-05"


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"sources": ["radio tarrany"]}, {"ferry-2"}),
        ({"since": "2026-03-04"}, {"ferry-2"}),
        ({"until": "2026-02-28"}, {"bridge"}),
        ({"as_of": "2026-01-01"}, set()),
        ({"sections": ["islands"]}, {"ferry-1", "ferry-2"}),
        ({"sections": ["Islands", "City"]}, {"ferry-1", "ferry-2", "bridge"}),
        ({"sections": ["Islands"], "sources": ["The Courier"]}, {"ferry-1"}),
        ({"sections": ["City"], "since": "2026-03-01"}, set()),
        ({}, {"ferry-1", "ferry-2", "bridge"}),
    ],
)
def test_filters_of_a_search(desk: Newsdesk, filters: dict, expected: set[str]) -> None:
    assert {hit.passage.article_id for hit in desk.search("ferry or bridge", **filters)} == expected


def test_the_stream_is_hits_then_sentences_then_the_answer(desk: Newsdesk) -> None:
    hits, *sentences, answer = desk.stream(TOLL)
    assert isinstance(hits, tuple)
    assert all(isinstance(hit, Hit) for hit in hits)
    assert all(isinstance(sentence, Sentence) for sentence in sentences)
    assert isinstance(answer, Answer)
    assert (answer.hits, list(answer.sentences)) == (hits, sentences)


def test_of_two_things_asked_the_one_that_is_covered_is_answered(desk: Newsdesk) -> None:
    both = f"{TOLL.rstrip('?')} and what is the price of crude oil in Rotterdam?"
    _, *sentences, answer = desk.stream(both)
    assert isinstance(answer, Answer)
    assert not answer.abstained
    assert answer.question == both
    assert list(answer.sentences) == sentences == list(desk.ask(TOLL).sentences)
    assert {c.article_id for s in answer.sentences for c in s.citations} <= {
        hit.passage.article_id for hit in answer.hits
    }
    assert [note.text for note in answer.notes if "crude oil" in note.text] == [
        "Nothing close enough was found on “What is the price of crude oil in Rotterdam?”."
    ]


def test_a_refusal_has_a_reason_and_the_nearest_articles(desk: Newsdesk) -> None:
    answer = desk.ask("What is the price of crude oil in Rotterdam?")
    assert answer.abstained
    assert answer.reason == "not_covered"
    assert answer.sentences == ()
    assert answer.text == answer.explanation


def test_a_refusal_says_when_the_dates_are_the_reason(desk: Newsdesk) -> None:
    answer = desk.ask(TOLL, as_of="2026-02-10")
    assert answer.abstained
    assert answer.reason == "outside_dates"
    assert "Lady Corran" in answer.explanation


def test_a_refusal_says_when_the_section_is_the_reason(desk: Newsdesk) -> None:
    answer = desk.ask(TOLL, sections=["city"])
    assert answer.abstained
    assert answer.reason == "outside_dates"
    assert "Outside the sections asked for there is “Ferry Lady Corran capsizes”" in answer.explanation
    assert {hit.passage.article_id for hit in answer.hits} <= {"bridge"}


def test_a_section_that_is_not_there_is_an_error(desk: Newsdesk) -> None:
    with pytest.raises(UsageError, match="No section 'Sport' in the archive; it has: City, ISLANDS"):
        desk.search("ferry", sections=["Sport"])


def test_an_empty_archive_says_what_to_do(home: Path) -> None:
    with Newsdesk.open(home, embedder=HashEmbedder()) as desk:
        answer = desk.ask("Who won?")
        assert answer.reason == "empty_archive"
        assert "newsdesk ingest" in answer.text
        assert desk.search("anything") == []
        assert desk.examples() == []
        assert desk.status().articles == 0


def test_each_article_is_hit_once(desk: Newsdesk) -> None:
    ids = [hit.passage.article_id for hit in desk.ask(TOLL).hits]
    assert len(ids) == len(set(ids))


def test_an_article_is_shown_by_id_or_address(desk: Newsdesk) -> None:
    assert desk.show("ferry-1") == desk.show("https://courier.example/ferry") == ARTICLES[0]
    with pytest.raises(UsageError, match="No article 'nothing'"):
        desk.show("nothing")


def test_what_was_withdrawn_is_found_only_as_of_days_before(home: Path) -> None:
    fill(home, *ARTICLES)
    kill = Withdrawal(
        "kill.xml", "", "canceled", "it was canceled", "ferry-2", when=Moment.parse("2026-03-08")
    )
    with Newsdesk.open(home, embedder=HashEmbedder()) as desk:
        assert "ferry-2" in {hit.passage.article_id for hit in desk.search(TOLL)}
        archive = Archive(home)
        with archive.transaction():
            assert archive.withdraw(kill)
        archive.close()
        assert "ferry-2" not in {hit.passage.article_id for hit in desk.search(TOLL)}
        cited = {c.article_id for s in desk.ask(TOLL).sentences for c in s.citations}
        assert "ferry-2" not in cited
        assert "ferry-2" in {hit.passage.article_id for hit in desk.search(TOLL, as_of="2026-03-07")}
        assert desk.show("ferry-2").text


def test_what_is_ingested_beside_it_is_found_at_once(desk: Newsdesk, home: Path) -> None:
    assert desk.ask("Where did the whale strand?").abstained
    fill(home, Article("whale", "Whale strands", "The whale stranded at Lowmarsh beach.", "The Courier"))
    assert "Lowmarsh" in desk.ask("Where did the whale strand?").text


def test_text_without_vectors_is_found_by_its_words(home: Path) -> None:
    fill(home, *ARTICLES)
    archive = Archive(home)
    late = Article("whale", "Whale strands", "The whale stranded at Lowmarsh beach.", "The Courier")
    with archive.transaction():
        archive.put(late, passages_of(late))
    with Newsdesk.open(home, embedder=HashEmbedder()) as desk:
        assert desk.search("whale stranded")[0].passage.article_id == "whale"
        assert desk.status().vectors < desk.status().passages


def test_a_follow_up_is_understood_from_the_history(desk: Newsdesk) -> None:
    answer = desk.ask("And when did it capsize?", history=["What happened to the ferry Lady Corran?"])
    assert "Lady Corran" in answer.understood
    assert not answer.abstained


@pytest.mark.parametrize("name", [None, "", "extractive"])
def test_without_a_language_model_answers_are_quotations(desk: Newsdesk, name: str | None) -> None:
    assert desk.writers == ("extractive",)
    assert desk.ask(TOLL, writer=name).writer == "extractive"


def test_a_request_chooses_its_writer(home: Path) -> None:
    fill(home, *ARTICLES)
    with Newsdesk.open(home, embedder=HashEmbedder(), llm="scripted/honest") as desk:
        assert desk.writers == ("scripted/honest", "extractive")
        assert desk.ask(TOLL).writer == desk.ask(TOLL, writer="scripted/honest").writer == "scripted/honest"
        quoted = desk.ask(TOLL, writer="extractive")
        assert quoted.writer == "extractive"
        assert all(sentence.is_quotation for sentence in quoted.sentences)


def test_a_model_that_is_not_chosen_is_asked_nothing(home: Path, caplog: pytest.LogCaptureFixture) -> None:
    fill(home, *ARTICLES)
    with Newsdesk.open(home, embedder=HashEmbedder(), llm="scripted/silent") as desk:
        quoted = desk.ask("And when did it capsize?", history=[TOLL], writer="extractive")
        assert (quoted.writer, quoted.warning, caplog.text) == ("extractive", "", "")
        assert "Lady Corran" in quoted.understood
        assert desk.ask("And when did it capsize?", history=[TOLL]).warning
        assert "scripted/silent" in caplog.text


def test_an_unknown_writer_is_an_error(desk: Newsdesk) -> None:
    with pytest.raises(UsageError, match=r"No writer 'ollama/llama3.2' here; there is: extractive"):
        desk.ask(TOLL, writer="ollama/llama3.2")


def test_an_archive_of_another_model_is_refused(desk: Newsdesk, home: Path) -> None:
    with pytest.raises(EmbedderError, match="fake-hash-64"):
        Newsdesk.open(home, embedder=HashEmbedder(32))


def test_no_more_questions_are_tried_than_examples_are_wanted(
    desk: Newsdesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: list[str] = []

    def ask(question: str) -> Answer:
        tried.append(question)
        return asked(question)

    asked = desk.ask
    monkeypatch.setattr(desk, "ask", ask)
    first = desk.examples(1)
    assert len(first) == 1
    assert tried[-1] == first[0]
    tried.clear()
    assert desk.examples(0) == desk.examples(-1) == tried == []


def test_threads_that_ask_at_once_load_one_model(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(home, *ARTICLES)
    opened: list[str] = []

    def slowly(name: str) -> HashEmbedder:
        opened.append(name)
        time.sleep(0.05)
        return HashEmbedder()

    monkeypatch.setattr("app.engine.open_embedder", slowly)
    monkeypatch.setattr("app.engine.embedder_name", lambda: HashEmbedder().name)
    with Newsdesk.open(home) as desk, ThreadPoolExecutor(8) as threads:
        made = list(threads.map(lambda _: desk.tools, range(8)))
    assert len(opened) == 1
    assert len({id(tools) for tools in made}) == 1


@pytest.mark.parametrize("given", [{"embedder": HashEmbedder(32)}, {"llm": "nobody/nothing"}])
def test_an_archive_that_cannot_be_opened_is_let_go_of(
    home: Path, given: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(home, *ARTICLES)
    closed: list[object] = []
    monkeypatch.setattr(Archive, "close", lambda archive: closed.append(archive.home))
    with pytest.raises(NewsdeskError):
        Newsdesk.open(home, **{"embedder": HashEmbedder(), **given})
    assert closed == [home]


def test_examples_come_from_the_archive_and_are_answered(desk: Newsdesk) -> None:
    examples = desk.examples()
    assert "What is the latest on the Lady Corran?" in examples
    assert "What did Gerard Fenn say?" in examples
    assert all(not desk.ask(example).abstained for example in examples)


def test_the_answer_as_json_keeps_to_the_contract(desk: Newsdesk) -> None:
    told = desk.ask(TOLL).to_json()
    assert {"question", "understood", "as_of", "abstained", "reason", "text", "sentences", "hits", "withheld",
            "writer", "seconds"} <= told.keys()  # fmt: skip
    assert {"text", "verdict", "support", "citations"} <= told["sentences"][0].keys()
    assert {"article_id", "start", "end", "quote"} <= told["sentences"][0]["citations"][0].keys()
    assert told["hits"][0].keys() == {
        "article_id",
        "title",
        "source",
        "published",
        "url",
        "start",
        "end",
        "text",
        "also",
        "score",
    }
    assert told["text"] == " ".join(sentence["text"] for sentence in told["sentences"])


def test_threads_share_one_desk(desk: Newsdesk) -> None:
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(8) as pool:
        texts = set(pool.map(lambda _: desk.ask(TOLL).text, range(24)))
    assert len(texts) == 1
