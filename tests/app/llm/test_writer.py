"""Everything a model writes comes back as sentences that were checked, or as one clear error."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.agree.verifier import AgreementVerifier
from app.answer import Sentence
from app.answering import Generates
from app.llm.draft import REFUSAL
from app.llm.models import LLMError
from app.llm.writer import MOST_SENTENCES, LLMWriter
from app.understand import understand
from app.verify import Verifier
from ingest.article import Article
from ingest.fakes import HashEmbedder
from tests.app.llm.press import PRESS, Says, WordForWord, hits_of, is_shown

QUESTION = understand("What did the storm do to the pier at Orrin?", as_of="2031-11-07")
BY_ID = {article.id: article for article in PRESS}
TRUE = "Two anglers were rescued by the lifeboat [1]."
FALSE = "Nine anglers were drowned [1]."


def write(*pieces: str | Exception, verifier: Verifier | None = None) -> list[Sentence]:
    writer: Generates = LLMWriter(Says(*pieces), verifier or WordForWord())
    return list(writer.write(QUESTION, hits_of(*PRESS), BY_ID))


def texts(sentences: list[Sentence]) -> list[tuple[str, str]]:
    return [(sentence.text, sentence.verdict) for sentence in sentences]


def test_each_sentence_comes_with_what_was_found() -> None:
    assert texts(write(f"{TRUE} {FALSE} ", "The lifeboat crew was out", " for six hours [2].")) == [
        ("Two anglers were rescued by the lifeboat.", "supported"),
        ("Nine anglers were drowned.", "unsupported"),
        ("The lifeboat crew was out for six hours.", "supported"),
    ]


def test_sentences_come_while_the_model_is_still_writing() -> None:
    writer = LLMWriter(Says(TRUE, " And ", LLMError("The line broke.")), WordForWord())
    sentences = writer.write(QUESTION, hits_of(*PRESS), BY_ID)

    assert next(sentences).verdict == "supported"
    with pytest.raises(LLMError, match="The line broke"):
        next(sentences)


def test_the_model_is_given_the_passages_and_the_history() -> None:
    model = Says(TRUE)
    list(LLMWriter(model, WordForWord()).write(QUESTION, hits_of(*PRESS), BY_ID, ["Who is mayor of Orrin?"]))
    ((system, user),) = model.asked

    assert REFUSAL in system
    assert "[1] A storm tore 40 metres" in user
    assert "- Who is mayor of Orrin?" in user


def test_a_small_model_is_given_less() -> None:
    model = Says(TRUE)
    model.room = 70
    list(LLMWriter(model, WordForWord()).write(QUESTION, hits_of(*PRESS), BY_ID))

    assert "Two anglers" not in model.asked[0][1]
    assert "[1] A storm tore" in model.asked[0][1]


@pytest.mark.parametrize(
    "output", [REFUSAL, f"{REFUSAL}\n", f"**{REFUSAL}**", "The passages do not say. I cannot tell."]
)
def test_a_refusal_is_no_sentence(output: str) -> None:
    assert write(output) == []


def test_what_comes_after_a_refusal_is_not_read() -> None:
    assert len(write(f"{TRUE} {REFUSAL} {FALSE}")) == 1


@pytest.mark.parametrize(
    "output", ["", "  \n", "<think>It fell.</think>", "The pier fell into the", "# Answer"]
)
def test_no_sentence_at_all_is_an_error(output: str) -> None:
    with pytest.raises(LLMError, match="says wrote no complete sentence"):
        write(output)


def test_the_same_sentence_is_said_once() -> None:
    assert len(write(f"{TRUE} " * 50)) == 1


def test_a_model_that_does_not_stop_is_left() -> None:
    assert len(write(*(f"The lifeboat was out for {n} hours [1]. " for n in range(100)))) == MOST_SENTENCES


def test_without_passages_no_model_is_asked() -> None:
    model = Says(TRUE)

    assert list(LLMWriter(model, WordForWord()).write(QUESTION, [], {})) == []
    assert model.asked == []


OUTPUT = st.lists(
    st.sampled_from(
        [
            *(sentence for article in PRESS for sentence in article.text.split("\n\n")),
            *(
                "[1]",
                "[2]",
                "[99]",
                "[1-3]",
                " ",
                "\n",
                "“",
                "”",
                '"',
                "said Ivo Marsh",
                "not",
                "4",
                "<think>",
                "</think>",
            ),
            *(
                "According to the Orrin Echo,",
                "- ",
                "**",
                REFUSAL,
                ".",
                "Dr.",
                "\u202e",
                "\x00",
                "[1](x)",
                "‘",
            ),
        ]
    ),
    max_size=30,
).map("".join)


def check_everything(sentences: list[Sentence]) -> None:
    """No citation is wrong, none is missing from what is shown, and every mark is kept."""
    for sentence in sentences:
        assert sentence.citations or not is_shown(sentence)
        assert sentence.faults or is_shown(sentence)
        for citation in sentence.citations:
            citation.check(BY_ID[citation.article_id])


@given(output=st.text(max_size=300) | OUTPUT, sizes=st.integers(1, 9))
@pytest.mark.parametrize("verifier", [WordForWord(), AgreementVerifier(HashEmbedder())], ids=lambda v: v.name)
def test_whatever_a_model_writes_no_citation_is_wrong(verifier: Verifier, output: str, sizes: int) -> None:
    pieces = [output[at : at + sizes] for at in range(0, len(output), sizes)]
    # An output without a whole sentence is an error, and that is all right.
    with suppress(LLMError):
        check_everything(write(*pieces, verifier=verifier))


@given(text=st.text(min_size=1, max_size=300), output=st.text(max_size=60))
@pytest.mark.parametrize("verifier", [WordForWord(), AgreementVerifier(HashEmbedder())], ids=lambda v: v.name)
def test_whatever_an_article_holds_no_citation_is_wrong(verifier: Verifier, text: str, output: str) -> None:
    article = Article("any", text[:30], text, text[:10])
    writer = LLMWriter(Says(f"{text} [1]. {output} [1]. The end came [1]."), verifier)
    with suppress(LLMError):  # where no sentence is left of what was written
        for sentence in writer.write(QUESTION, hits_of(article), {"any": article}):
            for citation in sentence.citations:
                citation.check(article)
