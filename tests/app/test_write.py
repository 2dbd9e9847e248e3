"""What the extractive writer quotes, from invented articles with the fake embedder."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.answer import Citation, Hit, Reading, Sentence
from app.quotable import leans, quotables
from app.sift import Sieve
from app.understand import understand
from app.words import rarity
from app.write import SENTENCES, SHOWN, WORDS, ExtractiveWriter
from ingest.article import Article, Moment, Passage
from ingest.chunk import passages_of
from ingest.embed import Embedder, open_embedder
from ingest.fakes import HashEmbedder

PIER = Article(
    "pier",
    "Storm wrecks the pier at Orrin",
    "ORRIN, Nov. 5 (Coast Wire) - A storm tore 40 metres off the pier at Orrin on Tuesday.\n\n"
    "Two anglers were rescued by the lifeboat, and nobody was hurt. Harbourmaster Ada Quill watched it from "
    "her window.\n\n"
    "“I heard a crack like a plank in the frost,” she said. “Then the bandstand left.”\n\n"
    "Read more: Ten piers to see before they fall\n\n"
    "The council put the damage at €3.2 million. Will the pier reopen for the summer season in Orrin? "
    "It closed because the piles had rotted, an engineer found.",
    "The Orrin Echo",
    ("Ned Harrow",),
    Moment.parse("2031-11-05"),
)


def write(question: str, *articles: Article, embedder: Embedder | None = None) -> list[Sentence]:
    """Asks the writer with the articles in the order given, each with all of its passages."""
    hits = [
        Hit(passage, 1.0 - rank / 10, article.title, article.source, article.published, article.url)
        for rank, article in enumerate(articles)
        for passage in passages_of(article)
    ]
    return composed(question, hits, *articles, embedder=embedder)


def composed(
    question: str, hits: Sequence[Hit], *articles: Article, embedder: Embedder | None = None
) -> list[Sentence]:
    sieve = Sieve(embedder or HashEmbedder(), rarity(0, lambda word: 0))
    sifted = sieve.sift(understand(question), hits, {article.id: article for article in articles})
    return list(ExtractiveWriter().compose(sifted))


def without_brackets(sentence: Sentence) -> str:
    """The sentence without what the editor added."""
    return "".join(c for i, c in enumerate(sentence.text) if not any(a <= i < b for a, b in sentence.added))


def texts(sentences: Sequence[Sentence]) -> list[str]:
    return [sentence.text for sentence in sentences]


@pytest.mark.parametrize(
    ("question", "beginning"),
    [
        ("How much damage did the council report?", "The council put the damage at €3.2 million."),
        ("How many anglers were rescued by the lifeboat?", "Two anglers were rescued"),
        ("Why did the pier close?", "It closed because the piles had rotted"),
        ("Which harbourmaster watched from her window?", "Harbourmaster Ada Quill"),
    ],
)
def test_the_sentence_that_answers_is_quoted_first(question: str, beginning: str) -> None:
    quoted = write(question, PIER)
    answering = [text for text in texts(quoted[:2]) if text.startswith(beginning)]

    assert answering, texts(quoted)


def test_every_sentence_is_cited_where_it_stands() -> None:
    for sentence in write("What did the storm do to the pier at Orrin?", PIER):
        (citation,) = sentence.citations
        citation.check(PIER)
        assert sentence.text == citation.quote


def test_a_dateline_is_not_quoted() -> None:
    assert texts(write("What tore 40 metres off the pier?", PIER))[0].startswith("A storm tore 40 metres")


def test_nothing_is_said_without_hits() -> None:
    assert write("What happened in Orrin?") == []


def test_a_speaker_is_named_by_the_sentence_before() -> None:
    quoted = texts(write("What was heard like a plank in the frost, a crack?", PIER))

    said = next(i for i, text in enumerate(quoted) if text.startswith("“I heard a crack"))
    assert quoted[said - 1] == "Harbourmaster Ada Quill watched it from her window."


def test_beside_a_leading_figure_less_is_said() -> None:
    hits = [Hit(p, 1.0, PIER.title, PIER.source, PIER.published, PIER.url) for p in passages_of(PIER)]
    sieve = Sieve(HashEmbedder(), rarity(0, lambda word: 0))
    sifted = sieve.sift(
        understand("How much damage did the storm do to the pier at Orrin?"), hits, {"pier": PIER}
    )
    start = PIER.text.index("The council put")
    lead = Reading("€3.2 million", Citation.of(PIER, start, start + 44), PIER.source, PIER.published)
    led = texts(list(ExtractiveWriter().compose(sifted, lead=lead)))

    assert led[0].startswith("The council put the damage")
    assert len(led) <= len(texts(list(ExtractiveWriter().compose(sifted))))


def test_the_sentence_before_is_not_repeated() -> None:
    quoted = texts(write("What crack did Harbourmaster Ada Quill hear from her window?", PIER))

    assert len(quoted) == len(set(quoted))


def test_a_question_in_the_article_answers_nothing() -> None:
    quoted = texts(write("Will the pier reopen for the summer season in Orrin?", PIER))

    assert not quoted[0].startswith("Will the pier")


def test_the_same_report_is_quoted_once() -> None:
    reprint = Article(
        "reprint", "Storm hits Orrin pier", PIER.text, "The Inland Post", published=PIER.published
    )
    quoted = texts(write("How much damage did the council report?", PIER, reprint))

    assert len(quoted) == len(set(quoted))


def test_of_two_reports_the_later_figure_comes_first() -> None:
    def toll(id_: str, day: str, dead: str) -> Article:
        text = f"Police said {dead} sheep had died in the flood at Marl. Farmers blamed the river board."
        return Article(id_, "Flood at Marl", text, "The Marl Argus", published=Moment.parse(day))

    first, later = toll("a", "2031-03-01", "eleven"), toll("b", "2031-05-20", "thirty-four")
    quoted = texts(write("How many sheep died in the flood at Marl?", first, later))

    assert "thirty-four" in quoted[0]
    assert any("eleven" in text for text in quoted[1:])


def test_an_answer_is_short() -> None:
    long = (
        "The lamp committee of Orrin met about lamps, " + "and again about lamps, " * 20 + "and went home. "
    )
    article = Article("long", "Lamps", long * 4 + "Lamps cost €4 each in Orrin.", "The Orrin Echo")
    quoted = write("What do the lamps of Orrin cost?", article)

    assert 1 <= len(quoted) <= SENTENCES
    assert sum(len(text.split()) for text in texts(quoted)) <= WORDS


def test_an_answer_is_short_with_its_headlines_too() -> None:
    reports = [
        Article(
            f"lamps-{town}",
            f"Lamps of {town} " + "and all that the committee had to say of them " * 4,
            f"The lamps of {town} cost €{price} each, the committee of {town} said after a long meeting.",
        )
        for town, price in (("Orrin", 4), ("Halvern", 7), ("Dray", 9))
    ]
    quoted = write("What do the lamps cost?", *reports)
    cited = {c.article_id for sentence in quoted for c in sentence.citations}
    titles = [article.title for article in reports if article.id in cited]

    assert len(quoted) == 1
    assert sum(len(text.split()) for text in (*texts(quoted), *titles)) <= SHOWN


def test_a_sentence_without_end_is_cut_at_a_clause() -> None:
    text = "The lamp committee of Orrin met about lamps, " + "and again about lamps, " * 40
    (sentence,) = write("What was the lamp committee about?", Article("long", "", text))

    assert sentence.text.endswith("about lamps")
    assert len(sentence.text.split()) <= WORDS


def test_line_breaks_are_shown_as_spaces_and_cited_as_they_are() -> None:
    article = Article(
        "wrapped", "Lamps", "The brass lamps of the pier at\nOrrin were stolen on a foggy\nnight in May."
    )
    (sentence,) = write("When were the brass lamps stolen?", article)

    assert sentence.text == "The brass lamps of the pier at Orrin were stolen on a foggy night in May."
    assert sentence.citations[0].quote == article.text


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("He denied it.", True),
        ("But they came back in May.", True),
        ("Its roof was found in a field.", True),
        ("“It will hold,” she said.", True),
        ("The company said it would appeal.", True),
        ("“It will hold,” Quill said.", False),
        ("It is unclear whether the pier will open.", False),
        ("This week the pier opened.", False),
        ("The mayor of Orrin resigned.", False),
        ("The pier was sold to Brandt on Friday.", False),
        ("Quill denied it.", False),
    ],
)
def test_which_sentences_lean_on_the_one_before(sentence: str, expected: bool) -> None:
    assert leans(sentence, "On Monday, Ada Quill spoke for Brandt Lamps.") is expected


def test_the_headings_before_a_sentence_are_not_part_of_it() -> None:
    text = "A storm took the roof.\n\nWhat comes next\nThe town will rebuild the roof by spring, Quill said."

    assert [q.text for q in quotables(text)] == [
        "A storm took the roof.",
        "The town will rebuild the roof by spring, Quill said.",
    ]


ANYTHING = st.text(max_size=400) | st.lists(
    st.sampled_from(
        [
            "He said no.",
            "Quill paid €4.",
            "“Why?” she said.",
            "\n",
            "\n\n",
            " ",
            "The pier fell on Friday.",
            "Lamps",
            "…",
        ]
    ),
    max_size=30,
).map(" ".join)


@given(
    question=st.text(min_size=1, max_size=200).filter(str.strip), title=st.text(max_size=40), text=ANYTHING
)
def test_any_article_is_quoted_exactly_and_briefly(question: str, title: str, text: str) -> None:
    article = Article("any", title, text)
    everything = Hit(Passage("any", 0, len(text), text), 1.0, title, "", None, "")
    sentences = composed(question, [everything], article)

    assert len(sentences) <= 2 * SENTENCES
    spans = [(c.start, c.end) for sentence in sentences for c in sentence.citations]
    assert len(spans) == len(set(spans)) == len(sentences)
    for sentence in sentences:
        sentence.citations[0].check(article)
        assert without_brackets(sentence).split() == sentence.citations[0].quote.split()


@pytest.mark.parametrize(
    ("text", "dangles"),
    [
        ("The mayor of Orrin, Ada Quill, spoke for an hour. She blamed the storm for it.", False),
        ("She spoke in Orrin for an hour on Monday. She blamed the storm for it.", True),
        ("Read more: Ten piers to see\n\nShe blamed the storm for it.", True),
    ],
)
def test_a_sentence_dangles_when_the_one_before_does_not_explain_it(text: str, dangles: bool) -> None:
    assert quotables(text)[-1].dangles is dangles


RAIDS = Article(
    "raids",
    "",
    "Tarran coast guards have become so quick that foreign crews “hardly ever” sail with them on patrols "
    "against the Grey Gulls smuggling gang, a top officer said.\n\n"
    "“The patrols are increasingly made without us on board,” Commodore Ruth Ansell, deputy commander of the "
    "joint patrol force for Operation Clear Water, told reporters on Tuesday in Port Mallow.\n\n"
    "Officials estimate that there are now fewer than 400 Gulls boats left in Tarrany and Skerrow, many of "
    "them hidden in creeks.\n\n"
    "On Monday, at least 12 people were killed and dozens more hurt in a double explosion at Mallow's "
    "Lantern Market. No group has said that it was behind it.",
    "Voice of the Coast",
)


@pytest.mark.model
@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("How many Gulls boats are left in Tarrany and Skerrow?", "fewer than 400"),
        ("Who is the deputy commander of the joint patrol force?", "Ruth Ansell"),
        ("How many people were killed in the double explosion in Port Mallow?", "at least 12"),
    ],
)
def test_the_real_model_finds_the_sentence_that_answers(question: str, answer: str) -> None:
    assert answer in write(question, RAIDS, embedder=open_embedder())[0].text
