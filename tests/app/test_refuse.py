"""When nothing is answered, and how that is said, from invented articles with the fake embedder."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.answer import Answer, Hit, Note, Sentence
from app.refuse import Coverage, Judge, Refusal
from app.several import in_parts, parts_asked
from app.sift import Sieve, Sifted
from app.understand import Query, understand
from app.words import content_words, rarity, stem, stems
from app.write import ExtractiveWriter, quoted
from ingest.article import Article, Moment, Passage
from ingest.chunk import passages_of
from ingest.embed import Embedder, TokenVectors, open_embedder
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


def judged(
    query: Query,
    *articles: Article,
    embedder: Embedder | None = None,
    idf: Callable[[str], float] = everyday,
    outside: Sequence[Article] = (),
) -> Refusal | None:
    """Writes from the articles, then judges; those `outside` are found without the query's limits."""
    model = embedder or HashEmbedder(256)
    hits, beyond = (
        [
            found(article, passage, 1.0 - rank / 10, query)
            for rank, article in enumerate(some)
            for passage in passages_of(article)
        ]
        for some in (articles, outside)
    )
    by_id = {article.id: article for article in articles}
    sifted = Sieve(model, everyday).sift(query, hits, by_id)
    sentences = list(ExtractiveWriter().compose(sifted))
    return Judge(model, idf, find=lambda query: beyond).judge(sifted, hits, by_id, sentences)


@pytest.fixture
def nothing_covers(monkeypatch: pytest.MonkeyPatch) -> None:
    """No question is covered well enough to be answered."""
    monkeypatch.setattr(Coverage, "score", property(lambda coverage: -1.0))


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


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Who won the chess final in Marl?", "The archive has nothing close enough on won, chess, final. "),
        (
            "Was the captain found in the school?",
            "The archive has these words, and nothing close enough to an ",
        ),
    ],
)
@pytest.mark.usefixtures("nothing_covers")
def test_the_nearest_article_is_said_to_lack_only_what_it_lacks(question: str, told: str) -> None:
    refusal = judged(understand(question), FERRY)

    assert refusal is not None
    assert refusal.explanation.startswith(told)
    assert "The nearest is “Ferry stops at Marl”" in refusal.explanation


def of_many(word: str) -> float:
    """The rarity of words in an archive of 300 passages in English."""
    counts = {"the": 290, "of": 280, "and": 280, "in": 270, "is": 150, "was": 150, "who": 60, "what": 50}
    return rarity(300, lambda word: counts.get(word.lower(), 12 if word.lower() in ("marl", "ferry") else 0))(
        word
    )


@pytest.mark.parametrize(
    "question",
    [
        "Wer ist der Bürgermeister von Marl?",
        "Wie viel kostet die Fähre in Marl?",
        "¿Cuánto costará el puente de Marl?",
        "Qui a gagné la finale du tournoi?",
    ],
)
def test_a_question_in_another_language_is_told_which_one_the_archive_has(question: str) -> None:
    refusal = judged(understand(question), FERRY, idf=of_many)

    assert refusal is not None
    assert refusal.explanation.startswith(
        "Most words of this question are unknown to the archive, which is in English: ask in English. The "
    )


@pytest.mark.parametrize(
    "question",
    [
        "What is the price of oil?",
        "Who was Zorblax Quuxian Fribble?",
        "Was tortoise husbandry outlawed in Marl?",
        "chess final winner prize",
        "Zorblax?",
    ],
)
@pytest.mark.usefixtures("nothing_covers")
def test_an_english_question_of_unknown_words_is_none_in_another_language(question: str) -> None:
    refusal = judged(understand(question), FERRY, idf=of_many)

    assert refusal is not None
    assert "English" not in refusal.explanation


MARCH = Article(
    "march", "Thousands march in Marl", "Some 20,000 marched in Marl on Tuesday.", "The Marl Argus",
    published=Moment.parse("2031-02-01"),
)  # fmt: skip


def test_what_is_met_only_outside_the_limits_is_not_answered_from_within() -> None:
    question = "How many marched in Marl?"

    assert judged(understand(question), FERRY, outside=[MARCH]) is None
    assert judged(understand(question, as_of="2031-03-05"), FERRY, outside=[MARCH]) is None
    assert judged(understand(question, since="2031-03-01"), FERRY, outside=[FERRY]) is None
    refusal = judged(understand(question, since="2031-03-01"), FERRY, outside=[MARCH])
    assert refusal is not None
    assert refusal.reason == "not_covered"


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        ("How long is the pier and who built it?", ["How long is the pier?", "Who built it?"]),
        ("Who won, and when was the race?", ["Who won?", "When was the race?"]),
        ("Is the pier open, and what did it cost, and who paid?",
         ["Is the pier open?", "What did it cost?", "Who paid?"]),
        ("Where and when will the race be held?", []),
        ("The pier is open, and who paid for it?", []),
        ("Who built the pier and the quay?", []),
        ("What did Ada Quill say?", []),
    ],
)  # fmt: skip
def test_a_question_of_several_things_is_taken_apart(question: str, parts: list[str]) -> None:
    assert parts_asked(question) == parts


def answered(question: str, text: str = "") -> Answer:
    """An answer that quotes the ferry's article, or a refusal."""
    start = FERRY.text.index(text)
    sentences = (quoted(FERRY, start, start + len(text)),) if text else ()
    return Answer(question, question, None, sentences, (), abstained=not text)


def in_all(whole: Answer, *parts: Answer) -> tuple[list[Sentence], Answer]:
    def told() -> Iterator[Sentence]:
        nonlocal whole
        whole = yield from in_parts(whole, (iter([part]) for part in parts))

    return list(told()), whole


COSTS, SLEPT = "repairs would cost €90,000", "spent the night in the school"


def test_the_part_that_is_covered_is_answered_and_the_other_named() -> None:
    whole = answered("What do the repairs cost and who is king?")
    sentences, answer = in_all(whole, answered("What do the repairs cost?", COSTS), answered("Who is king?"))

    assert not answer.abstained
    assert answer.question == whole.question
    assert [sentence.text for sentence in sentences] == [COSTS]
    assert answer.sentences == tuple(sentences)
    assert answer.notes == (Note("partial", "Nothing close enough was found on “Who is king?”."),)


def test_an_answer_to_one_of_two_things_names_the_other() -> None:
    whole = answered("What do the repairs cost and who is king?", COSTS)
    sentences, answer = in_all(whole, answered("What do the repairs cost?", COSTS), answered("Who is king?"))

    assert sentences == []
    assert answer.sentences == whole.sentences
    assert [note.kind for note in answer.notes] == ["partial"]


def test_two_things_that_were_refused_together_are_answered_one_after_the_other() -> None:
    whole = answered("What do the repairs cost and where did they sleep?")
    sentences, answer = in_all(whole, answered("What?", COSTS), answered("Where?", SLEPT))

    assert [sentence.text for sentence in sentences] == [COSTS, SLEPT]
    assert answer.notes == ()


@pytest.mark.parametrize("texts", [("", ""), ()])
def test_what_no_part_answers_stays_refused(texts: Sequence[str]) -> None:
    whole = answered("Who is king and who is queen?")

    assert in_all(whole, *(answered("Who?", text) for text in texts)) == ([], whole)


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


class Pieces(HashEmbedder):
    """Reads words in pieces of three characters."""

    def tokens(self, texts: Sequence[str]) -> list[TokenVectors]:
        return [self._cut(text) for text in texts]

    def _cut(self, text: str) -> TokenVectors:
        words = re.finditer(r"\w+|[^\w\s]", text)
        spans = [(at, min(at + 3, w.end())) for w in words for at in range(w.start(), w.end(), 3)]
        pieces = [text[start:end] for start, end in spans]
        rows = [read.vectors.sum(axis=0) for read in super().tokens(pieces)]
        return TokenVectors(pieces, spans, np.array(rows, np.float32).reshape(-1, 256))


def strangers(question: str, embedder: Embedder | None = None) -> float:
    sifted, hits, sentences = found_for(understand(question))
    judge = Judge(embedder or HashEmbedder(256), everyday)
    return judge.coverage(sifted, hits, {FERRY.id: FERRY}, sentences).strangers


def test_the_first_word_is_no_stranger_however_many_pieces_it_has() -> None:
    assert strangers("Brandtholm stopped the ferry to Marl?", Pieces(256)) == 0.0
    assert strangers("“Brandtholm” stopped the ferry to Marl?", Pieces(256)) == 0.0
    assert strangers("Has Brandtholm stopped the ferry to Marl?", Pieces(256)) > 0.3


@pytest.mark.parametrize("stranger", ["Ass", "Quil", "0", "Nig"])
def test_part_of_a_word_is_not_known(stranger: str) -> None:
    assert stranger.lower() in FERRY.text.lower()
    assert strangers(f"Did the ferry to {stranger} stop?") > 0.1
    assert strangers("Did the ferry to Marl stop?") == 0.0


def test_what_is_missing_is_in_no_form_in_what_was_found() -> None:
    judge = Judge(HashEmbedder(256), everyday)
    _, _, sentences = found_for(understand("Why did the ferry stop?"))

    def missing(question: str) -> list[str]:
        return judge.missing(understand(question), {FERRY.id: FERRY}, sentences)

    assert missing("Did Passenger and Repair meet Olga Brandt in Marl?") == ["Olga", "Brandt"]


def test_an_old_report_does_not_answer_what_is_asked_of_this_week() -> None:
    def score(as_of: str) -> float:
        return coverage_score(understand("Why did the ferry to Marl stop this week?", as_of=as_of))

    assert score("2031-03-05") > score("2031-04-05") > score("2033-03-05")


def test_without_such_words_an_old_report_is_as_good() -> None:
    def score(as_of: str) -> float:
        return coverage_score(understand("Why did the ferry to Marl stop?", as_of=as_of))

    assert score("2031-03-05") == score("2033-03-05")


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
