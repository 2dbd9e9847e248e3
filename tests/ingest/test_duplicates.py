"""Near-copies: house style does not hide one, and what two texts have in common is told in numbers."""

from __future__ import annotations

import pytest

from ingest.duplicates import Likeness, Wording, is_series

FERRY = (
    "The ferry Lady Corran capsized off the islands on Tuesday evening with 42 people aboard. Eleven bodies "
    "had been recovered by nightfall and the search went on for the others in heavy seas, the coast guard "
    "said. Survivors told of a bang below the car deck, of water in the saloon and of a list that grew until "
    "nobody could stand. Mr. Rigg, a deckhand, said that the bow door had been known to leak for months."
)
HARBOUR = (
    "Port Ellery will dredge its harbour next spring for the first time since the war, the city council "
    "decided last night after a debate of five hours. The work costs nine million euros, half of it paid by "
    "the ministry. Fishermen fear for the oyster beds south of the mole and asked a court to look at it."
)


def likeness(one: str, other: str, title: str = "Ferry capsizes off the islands") -> Likeness:
    return Likeness(Wording(title, one), Wording(title, other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The U.S. economy grew again this year", "the US economy grew again this year"),
        ("Mr. Smith and Mrs. Jones left the room", "Smith and Jones left the room"),
        ("prices rose seven percent in one year", "prices rose 7 per cent in 1 year"),
        ("the organiser's favourite coloured neighbour", "The organizer’s favorite colored neighbor"),
        ("some 1,200 people came to the hall", "some 1200 people came to the hall"),
    ],
)
def test_house_style_does_not_part_copies(one: str, other: str) -> None:
    assert likeness(one, other).jaccard == 1.0


def test_numbers_are_not_taken_for_longer_words() -> None:
    assert likeness("they saw seven of them there", "they saw several of them there").containment < 1.0


def test_a_text_cut_in_half_stands_in_the_whole() -> None:
    half = FERRY[: len(FERRY) // 2]
    found = likeness(FERRY, half)
    assert found.containment > 0.95
    assert found.jaccard < 0.6
    assert found.shorter == len(Wording("", half).shingles)


def test_different_reports_have_nothing_in_common() -> None:
    found = likeness(FERRY, HARBOUR)
    assert (found.containment, found.openings, found.told) == (0.0, (0.0, 0.0), 0.0)


def test_what_is_only_at_the_end_is_in_no_opening() -> None:
    own, more = ((" ".join(f"{name}{n} word" for n in range(150))) for name in ("alpha", "beta"))
    found = likeness(f"{own} {FERRY}", f"{more} {FERRY}")
    assert found.containment > 0.1
    assert found.headlines == 1.0
    assert found.openings == (0.0, 0.0)


def test_headlines_are_told_by_what_both_say() -> None:
    told = Likeness(Wording("Ferry capsizes off islands", FERRY), Wording("Deckhand: ferry leaked", FERRY))
    untold = Likeness(Wording("Mayor resigns", FERRY), Wording("Ferry capsizes", FERRY))
    assert told.told >= 0.5
    assert untold.told == 0.0


@pytest.mark.parametrize("text", ["", "one", "one two three", " \n ", "。", "\udcff \x00"])
def test_texts_without_four_words_have_no_sketch(text: str) -> None:
    wording = Wording(text, text)
    assert wording.sketch == (0, [])
    assert Likeness(wording, wording).containment == 0.0


def test_a_sketch_is_the_smallest_shingles_and_fits_a_signed_column() -> None:
    shingles, smallest = Wording("", " ".join(f"{n} stands" for n in range(3_000))).sketch
    assert smallest == sorted(smallest)
    assert len(smallest) < shingles / 20
    assert 0 <= smallest[0] <= smallest[-1] < 2**63


@pytest.mark.parametrize(
    ("one", "other", "series"),
    [
        ("Five things to know for March 7", "Five things to know for March 10", True),
        ("Lottery: the numbers of 12 May", "Lottery: the numbers of 19 May", True),
        ("Ferry disaster: 11 dead", "Ferry disaster: 31 missing", False),
        ("Mayor resigns", "Mayor resigns", False),
        ("2025", "2026", False),
    ],
)
def test_issues_of_a_series_differ_in_numbers_only(one: str, other: str, series: bool) -> None:
    assert is_series(one, other) is series
