"""Which sentences belong to the page and not to the report."""

from __future__ import annotations

import pytest

from app.furniture import is_furniture
from app.quotable import quotables


@pytest.mark.parametrize(
    "furniture",
    [
        "Read more: Ten piers to see before they fall.",
        "Photo: The pier on Monday morning.",
        "The pier on Monday. (Ned Harrow/Coast Wire)",
        "By Ned Harrow.",
        "Sign up for our newsletter to get the news of the coast.",
        "Write to ned@orrin.example with what you saw.",
        "News | Sport | Weather | Letters to the editor.",
        "Ten piers to see before they fall",
        "So it goes.",
        "Graceland history:Graceland felt like a twilight zone when it opened.",
        "Billions for the war:Where does all the money of those who gave it for a good cause end up?",
        "Sign up for Coast Wire's Morning Tide newsletter.",
        "The Morning Tide newsletter brings you a daily digest of news.",
        "The latest on the pier in your inbox.",
        "For more on the pier click here.",
        "Follow along for live updates.",
        "Reach Ned Harrow on Twitter @nedharrow.",
        "A version of this article first appeared in March.",
        "Read the report by Ned Harrow of Coast Wire.",
        "Find out how to see the pier at night here.",
        "Check out all the puzzles and games of the coast!",
        "Looking for more on the pier at Orrin?",
        "We will use the details you have shared to manage your registration.",
        "We earn an affiliate fee for some of these lamps.",
        "Play our Coast Wire crossword now.",
    ],
)
def test_furniture_is_not_quotable(furniture: str) -> None:
    assert is_furniture(furniture)


@pytest.mark.parametrize(
    "sentence",
    [
        "Photos released by the police show the pier at noon.",
        "The paper lost 2,000 subscribers in a year.",
        "Updated figures put the damage at €3.2 million.",
        "By Tuesday the pier was gone.",
        "“Then the bandstand left.”",
        "Prime Minister Olga Brandt Met President Ivo Marsh.",
        "Orrin: The pier burned down on Monday.",
        "Orrin:The pier, which was built in 1887 by the engineer Ivo Marsh and stood in the bay ever since, "
        "burned down on Monday, the fire brigade said.",
        "The newsletter made them rich.",
        "Looking around the pier, the mayor wept.",
        "Visit Orrin, the posters said, and nobody did.",
        "Read by the mayor, the names of the lost took an hour to hear.",
        "Follow-up talks are planned for June.",
    ],
)
def test_news_about_photos_and_papers_is_quotable(sentence: str) -> None:
    assert not is_furniture(sentence)


@pytest.mark.parametrize(
    "writer",
    ["Ned Harrow covers the coast for Coast Wire.", "Ada Quill is a senior court reporter at the Argus."],
)
def test_who_wrote_it_is_furniture_at_the_end_only(writer: str) -> None:
    text = f"The pier burned down on Monday. {writer} " + "The pier had stood there for years. " * 5
    assert writer in [sentence.text for sentence in quotables(text)]
    assert writer not in [sentence.text for sentence in quotables(f"{text}{writer}")[-2:]]
    assert not is_furniture(writer)
