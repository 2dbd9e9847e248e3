"""Quotation marks stay where an article has the words exactly so, and go everywhere else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.llm.marks import marked, sentence_around, unmarked
from ingest.article import Article
from tests.app.llm.press import ECHO, PRESS, whole

PASSAGES = whole(*PRESS)


@pytest.mark.parametrize(
    "text",
    [
        "“I heard a crack like a plank in the frost,” said Ada Quill.",
        '"I heard a crack like a plank in the frost," said Ada Quill.',
        "«I heard a crack like a plank», said Ada Quill.",
        "‘I heard a crack like a plank in the frost’, said Ada Quill.",
        "“I heard a crack” and “then nothing”.",
    ],
)
def test_marks_stay_only_around_what_the_article_says(text: str) -> None:
    sentence = marked(text, PASSAGES)

    kept = "then nothing" not in text
    assert (sentence.text == text) == kept
    assert sentence.lost != kept
    assert all(article is ECHO for article, _, _ in sentence.quotes)


@pytest.mark.parametrize(
    "text",
    [
        "“I heard a crack like a plank in the ice,” said Ada Quill.",
        "“I heard a crack … the bandstand left,” said Ada Quill.",
        "“I heard a crack and we will build it again in oak and iron.”",
        "“heard a crac”",
        "“the director",
        'A "crack like a plank',
    ],
)
def test_marks_go_from_what_no_article_says_exactly_so(text: str) -> None:
    sentence = marked(text, PASSAGES)

    assert not set(sentence.text) & set('“”"')
    assert sentence.text == unmarked(text)
    assert sentence.lost


def test_quotations_from_two_articles_do_not_share_a_sentence() -> None:
    text = "“I heard a crack like a plank” and “we will build it again in oak”, they said."
    sentence = marked(text, PASSAGES)

    assert [article.id for article, _, _ in sentence.quotes] == ["echo"]
    assert sentence.text == "“I heard a crack like a plank” and we will build it again in oak, they said."


@pytest.mark.parametrize(
    "text", ["The workers' strike and the teachers' pay.", 'It was 6" long.', "the ‘oak’ men"]
)
def test_other_marks_are_left_alone(text: str) -> None:
    assert marked(text, PASSAGES).text == text


def test_a_quotation_begins_as_the_article_begins_it() -> None:
    assert marked("Brandt: “we will build it again”.", PASSAGES).text == "Brandt: “We will build it again”."
    assert (
        marked("It left “Like a plank in the frost”.", PASSAGES).text
        == "It left “like a plank in the frost”."
    )


def test_a_stop_inside_the_marks_goes_with_them() -> None:
    assert marked("“It has gone for good.” said Quill.", PASSAGES).text == "It has gone for good, said Quill."
    assert marked("Mr. “Oak” met St. Orrin of the U.S. army “gang”.", PASSAGES).text.startswith(
        "Mr. Oak met St. O"
    )


def test_what_lost_its_marks_is_told() -> None:
    assert marked("“A crack like thunder,” said Quill.", PASSAGES).lost == ("A crack like thunder,",)
    assert marked("“I heard a crack,” said Quill.", PASSAGES).lost == ()
    assert marked("She said “all is lost.", PASSAGES).lost == ("She said “all is lost.",)


@pytest.mark.parametrize(
    "text", ["“nobody was hurt”", "“I heard a crack”", "“like a plank”", "“said Ada Quill”"]
)
def test_what_is_speech_must_be_quoted_by_the_article(text: str) -> None:
    assert marked(text, PASSAGES).quotes
    assert bool(marked(text, PASSAGES, is_speech=True).quotes) == ("crack" in text or "plank" in text)


@pytest.mark.parametrize(
    "text", ["‘It’s the town’s oak,’ he said. Next.", '"It is oak," he said. "Next.', "«It is oak»."]
)
def test_speech_is_found_between_marks_of_any_kind(text: str) -> None:
    evidence = whole(Article("marks", "", text))

    assert marked("“oak”", evidence, is_speech=True).quotes
    assert not marked("“he said”", evidence, is_speech=True).quotes


def test_the_sentence_around_a_stretch_is_whole() -> None:
    start = ECHO.text.index("anglers")

    assert ECHO.text[slice(*sentence_around(ECHO, start, start + 7))].startswith(
        "Two anglers were rescued by"
    )
    assert ECHO.text[slice(*sentence_around(ECHO, start, start + 70))].endswith("from her window.")


@given(text=st.text(max_size=80) | st.text("“”\"'‘’«» aIf heard.", max_size=60))
def test_any_text_keeps_its_words(text: str) -> None:
    sentence = marked(text, PASSAGES)

    assert letters(unmarked(text)) == letters(text)
    assert letters(sentence.text) == letters(text)
    for article, start, end in sentence.quotes:
        assert article.text[start:end]


def letters(text: str) -> list[str]:
    return [c.casefold() for c in text if c.isalnum()]
