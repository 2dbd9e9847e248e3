"""What notices of correction withdraw and put in its place, in the wordings of newspapers."""

from __future__ import annotations

import pytest

from app.story.correct import Correction, corrections
from tests.app.story.topic_desk import article


def corrected(notice: str) -> list[tuple[str, str]]:
    """The pairs of right and wrong values, each held to stand where it says it does."""
    found = corrections(article("n", "Echo", "2031-06-05", "Boats", f"The boats sail.\n\n{notice}"))
    return [_checked(one) for one in found]


def _checked(one: Correction) -> tuple[str, str]:
    for value, sentence in ((one.right, one.right_sentence), (one.wrong, one.wrong_sentence)):
        assert sentence[0] <= value[0] < value[1] <= sentence[1]
    return one.right_text, one.wrong_text


@pytest.mark.parametrize(
    ("notice", "right", "wrong"),
    [
        # X, not Y
        ("Correction: An article on Monday, “Varn Bank profit at 90 million”, misstated the profit of the "
         "bank. It was 19 million crowns, not 90 million.", "19 million", "90 million"),
        ("Clarification: The race is on 4 May and not on 3 May.", "4 May", "3 May"),
        ("This story has been updated to correct the name of the pier. It is Quill Pier, not Quell Harbour.",
         "Quill Pier", "Quell Harbour"),
        ("This article was amended on 3 June: the tower is in Orrin rather than Varn.", "Orrin", "Varn"),
        ("Correction: An earlier version of this story named the wrong winner: not Ivo Marsh but Ada Quill "
         "won.", "Ada Quill", "Ivo Marsh"),
        ("An earlier version of this article gave the toll as 40 instead of 14.", "14", "40"),
        # From Y to X
        ("This story has been corrected to put the profit at 19 million crowns instead of 90 million.",
         "19 million", "90 million"),
        ("(Corrects the toll to 14 from 40.)", "14", "40"),
        ("This story was updated to correct the year of the fire from 1911 to 1921.", "1921", "1911"),
        # Y. It is X
        ("Correction: An earlier version of this story gave the number of branches opened as nine. It is "
         "four.", "four", "nine"),
        ("An earlier version of this article misidentified the captain as Ivo Marsh. She is Ada Quill.",
         "Ada Quill", "Ivo Marsh"),
        ("Correction: An article on Monday, “Varn Bank profit at 90 million”, misstated the profit of the "
         "bank. It was 19 million crowns.", "19 million", "90 million"),
        # We said Y; in fact X
        ("Correction: We said on Monday that the bridge cost €5m; in fact it cost €50m.", "€50m", "€5m"),
        ("Correction: Our report put the toll at 40, but it was 14.", "14", "40"),
        ("Correction: The report said the vote was on Monday. It should have said Tuesday.",
         "Tuesday", "Monday"),
    ],
)  # fmt: skip
def test_the_right_value_and_the_wrong_one_are_told_apart(notice: str, right: str, wrong: str) -> None:
    assert corrected(notice) == [(right, wrong)]


@pytest.mark.parametrize(
    "notice",
    [
        "Correction: An earlier version of this story misstated how many people died in Orrin. It was five.",
        "Correction: A previous version of this story misstated the date of the Varn race. It is in Orrin.",
        "Correction: An earlier version of this story gave a wrong first name for Mr Marsh. It is Ivo.",
        "This story has been updated to correct a conversion from Celsius to Fahrenheit.",
        "Correction: A photo showed an Ada Quill who is not the Quill of the Orrin ferry.",
        "Correction: A graphic misstated the share of the Varn Party in Orrin, which has 40 members. The "
        "party’s 12 rivals were named rightly.",
        "Correction: An earlier version of this story misspelled the name of Ivo Marsh, not for the first "
        "time.",
        "Correction: The story said the prize was €5. It was paid to 40 people.",
    ],
)
def test_where_a_notice_does_not_say_what_was_wrong_nothing_is_paired(notice: str) -> None:
    assert corrected(notice) == []


def test_an_earlier_sentence_of_the_outlet_with_the_wrong_value_is_taken_back() -> None:
    notice = article(
        "n", "Echo", "2031-06-05", "Corrections",
        "An article on Monday, “Varn Bank profit at 90 million”, misstated the profit of the Varn Bank. It "
        "was 19 million crowns, not 90 million.",
    )  # fmt: skip
    (found,) = corrections(notice)
    said = "The Varn Bank made a profit of 90 million crowns last year."
    assert found.takes_back(article("a", "Echo", "2031-06-03", "", said), said)
    assert not found.takes_back(article("a", "Post", "2031-06-03", "", said), said)
    assert not found.takes_back(article("a", "Echo", "2031-06-08", "", said), said)
    other = "The Orrin Bank made a loss of 90 million crowns."
    assert not found.takes_back(article("a", "Echo", "2031-06-03", "", other), other)
