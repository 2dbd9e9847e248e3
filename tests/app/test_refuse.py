"""When nothing is answered, and how that is said, from invented articles with the fake embedder."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.answer import Hit, Sentence
from app.refuse import Coverage, Judge, Refusal
from app.sift import Sieve, Sifted
from app.understand import Query, understand
from app.words import content_words, rarity, stem, stems
from app.write import ExtractiveWriter, quoted
from ingest.article import Article, Moment, Passage
from ingest.chunk import passages_of
from ingest.embed import Embedder, open_embedder
from ingest.fakes import HashEmbedder

FERRY = Article(
    "ferry",
    "Ferry stops at Marl",
    "The ferry to Marl stopped on Monday after its captain, Ada Quill, found a crack in the hull. "
    "Sixty passengers spent the night in the school. The owner said repairs would cost €90,000.",
    "The Marl Argus",
    published=Moment.parse("2031-03-03"),
)


def everyday(word: str) -> float:
    """The rarity of words in an archive of which nothing is known yet."""
    return rarity(0, lambda word: 0)(word)


def found(article: Article, passage: Passage, score: float, query: Query) -> Hit:
    """A hit as a search gives it: with the parts of words where the article has one of the question's."""
    shared = set(stems(article.text)) & set(map(stem, content_words(query.text)))
    parts = {"passage_words": 0.35, "article_words": 0.35} if shared else {}
    return Hit(passage, score, article.title, article.source, article.published, article.url, parts)


def judged(query: Query, *articles: Article, embedder: Embedder | None = None) -> Refusal | None:
    """Writes from the articles, then judges."""
    model = embedder or HashEmbedder(256)
    hits = [
        found(article, passage, 1.0 - rank / 10, query)
        for rank, article in enumerate(articles)
        for passage in passages_of(article)
    ]
    by_id = {article.id: article for article in articles}
    sieve = Sieve(model, everyday)
    sifted = sieve.sift(query, hits, by_id)
    sentences = list(ExtractiveWriter(sieve).compose(sifted))
    return Judge(model, everyday).judge(sifted, hits, by_id, sentences)


@pytest.mark.parametrize(
    "question",
    [
        "Why did the ferry to Marl stop on Monday?",
        "How many passengers spent the night in the school?",
        "What will the repairs of the ferry cost the owner?",
    ],
)
def test_what_the_archive_covers_is_answered(question: str) -> None:
    assert judged(understand(question), FERRY) is None


@pytest.mark.parametrize("question", ["What is the price of oil?", "Who won the chess final in Brandt?"])
def test_what_it_does_not_cover_is_refused(question: str) -> None:
    refusal = judged(understand(question), FERRY)

    assert refusal is not None
    assert refusal.reason == "not_covered"


def test_a_refusal_says_what_was_asked_and_what_is_nearest() -> None:
    refusal = judged(understand("What is the price of oil?"), FERRY)

    assert refusal is not None
    assert refusal.explanation == (
        "The archive has nothing close enough on price, oil. The nearest is “Ferry stops at Marl” "
        "(The Marl Argus, 2031-03-03)."
    )


def test_an_article_without_headline_is_still_named() -> None:
    refusal = judged(understand("What is the price of oil?"), Article("bare", "", FERRY.text))

    assert refusal is not None
    assert refusal.explanation.endswith("The nearest is an article without a headline.")


def test_without_hits_nothing_was_found() -> None:
    refusal = judged(understand("Where is Marl?"))

    assert refusal == Refusal("nothing_found", "The archive has nothing on Marl.")


def test_hits_without_a_quotable_sentence_do_not_answer() -> None:
    heading = Article("heading", "Ferry", "Ferry stops at Marl")
    refusal = judged(understand("Where does the ferry stop?"), heading)

    assert refusal is not None
    assert refusal.reason == "not_covered"


def found_for(query: Query, article: Article = FERRY) -> tuple[Sifted, list[Hit], list[Sentence]]:
    """The article as the only one found, with its first sentence quoted."""
    hits = [found(article, passage, 1.0, query) for passage in passages_of(article)]
    sifted = Sieve(HashEmbedder(256), everyday).sift(query, hits, {article.id: article})
    return sifted, hits, [quoted(article, 0, article.text.index(". ") + 1)]


def coverage_score(query: Query, article: Article = FERRY) -> float:
    sifted, hits, sentences = found_for(query, article)
    return Judge(HashEmbedder(256), everyday).coverage(sifted, hits, {article.id: article}, sentences).score


def test_a_name_that_no_quoted_article_has_counts_against_an_answer() -> None:
    known = coverage_score(understand("Why did Captain Ada Quill stop the ferry to Marl?"))
    stranger = coverage_score(understand("Why did Captain Olga Brandt stop the ferry to Marl?"))

    assert known > stranger


def test_an_old_report_does_not_answer_what_is_asked_of_this_week() -> None:
    def score(as_of: str) -> float:
        return coverage_score(understand("Why did the ferry to Marl stop this week?", as_of=as_of))

    assert score("2031-03-05") > score("2031-04-05") > score("2033-03-05")


def test_without_such_words_an_old_report_is_as_good() -> None:
    def score(as_of: str) -> float:
        return coverage_score(understand("Why did the ferry to Marl stop?", as_of=as_of))

    assert score("2031-03-05") == score("2033-03-05")


def test_strictness_moves_the_border() -> None:
    sifted, hits, sentences = found_for(understand("Why did the ferry to Marl stop on Monday?"))

    def refusal(strictness: float) -> Refusal | None:
        judge = Judge(HashEmbedder(256), everyday, strictness)
        return judge.judge(sifted, hits, {FERRY.id: FERRY}, sentences)

    assert refusal(0.0) is None
    assert refusal(100.0) is not None


def test_what_meets_neither_words_nor_wording_is_refused_however_well_it_ranks() -> None:
    ranks = dict.fromkeys(("sentence", "hit", "gap", "lead", "words", "recency"), 5.0)
    related = Coverage(likeness=0.6, strangers=0.0, stale=0.0, covered=0.05, **ranks)
    unrelated = replace(related, likeness=0.4)

    assert related.score > 0 > unrelated.score


@given(question=st.text(min_size=1, max_size=120).filter(str.strip), text=st.text(max_size=200))
def test_any_question_is_judged(question: str, text: str) -> None:
    refusal = judged(understand(question), Article("any", "", text))

    assert refusal is None or refusal.explanation.endswith(".")


@pytest.mark.model
@pytest.mark.parametrize(
    ("question", "covered"),
    [
        ("Why has the boat to Marl been halted?", True),
        ("Where did the passengers of the ferry sleep?", True),
        ("What is the price of oil?", False),
        ("Who won the chess final in Brandt?", False),
    ],
)
def test_the_real_model_knows_like_from_unlike(question: str, covered: bool) -> None:
    assert (judged(understand(question), FERRY, embedder=open_embedder()) is None) is covered
