"""Which sentences belong to the page and not to the report."""

from __future__ import annotations

import pytest

from app.furniture import heads, is_furniture, label_end
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
        "What you buy through links on this page may earn us a commission.",
        "If you order by them, the Coast Wire Network may earn something.",
        "This page reflects what happened at the pier on Monday.",
        "This story is no longer being updated with what happens at the pier.",
        "Check back for updates on the pier.",
        "Please consider supporting local journalism.",
        "Coverage of the coast at the Argus is made possible in part by a grant from a foundation.",
        "Coast Money is a content partner of the Argus.",
        "JUST WATCHED The pier falls Replay More Videos ...",
        "Call Ada Quill of the Argus at (317) 555-6081.",
        "Got a tip or an idea for a story?",
        "Terms apply, see the site of the operator.",
        "For the latest on the pier, visit the pages of the Argus.",
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
        "This report reflects what the engineers found under the pier.",
        "The coverage of its losses is funded by the state, the mayor said.",
        "The anglers might earn a commission on it.",
        "Support for the pier fell to a third.",
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


@pytest.mark.parametrize(
    ("label", "sentence"),
    [
        ("AI-assisted summary ", "The pier burned down on Monday."),
        ("Ned Harrow/AP ", "The pier on Monday was ash."),
        ("Ned B. Harrow/The Orrin Echo/Reuters ", "Anglers watch the pier."),
        ("Ned Harrow/Coast News via AP ", "A gull sits on the pier."),
        ("", "The Orrin/COAST WEEK poll of anglers was held in June."),
        ("", "Coast Jobs/Orrin County chief Ada Quill said so."),
        ("", "The pier burned down on Monday."),
    ],
)
def test_labels_and_credits_glued_to_a_sentence_end_before_it(label: str, sentence: str) -> None:
    assert label_end(label + sentence) == len(label)
    assert [quotable.text for quotable in quotables(label + sentence)] == [sentence]


STAMP = "10:50 pm ET March 9, 2031 Share this update "
LIVE = "\n\n".join(
    STAMP + update
    for update in (
        "Pier burned down, mayor says Ned Harrow The pier at Orrin burned down on Monday. It rained all day.",
        "Anglers ask for a new pier Ned Harrow Anglers met the mayor of Orrin on Monday. She heard them out.",
        "Why did it burn so fast? Ada Quill Engineers looked at the piles of the pier on Monday.",
        "Who will pay? Olga Brandt Councils looked at the bill for the pier. It is high, the councils who "
        "looked at every line of it for a whole long day of June said in the end. "
        "It rained on Tuesday in Orrin.",
        "Firefighters thanked Ada Quill and Ned Harrow “They came at once,” said Mayor Lind of Orrin.",
    )
)


def test_the_heads_of_a_live_page_are_no_part_of_what_is_told() -> None:
    assert [quotable.text for quotable in quotables(LIVE)] == [
        "The pier at Orrin burned down on Monday.",
        "It rained all day.",
        "Anglers met the mayor of Orrin on Monday.",
        "She heard them out.",
        "Engineers looked at the piles of the pier on Monday.",
        "It rained on Tuesday in Orrin.",
        "“They came at once,” said Mayor Lind of Orrin.",
    ]
    assert [head.is_sure for head in heads(LIVE)] == [True, True, True, False, True]


def test_pages_that_are_not_live_have_no_heads() -> None:
    assert heads("The pier opens at 9:05 am ET March 9, 2031. Share this with Ned Harrow The pier.") == ()
