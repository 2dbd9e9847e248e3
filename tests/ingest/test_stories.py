"""Stories: reprints are one, different reports stay apart, and it does not matter how articles came in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest import stories
from ingest.agencies import agency_named, agency_of
from ingest.archive import Archive
from ingest.article import Article, Moment
from ingest.stories import originator
from tests.ingest.test_duplicates import FERRY, HARBOUR

TITLE = "Ferry capsizes off the islands"


def article(
    id_: str, text: str = FERRY, source: str = "Courier", day: str = "2026-03-03", **more: str
) -> Article:
    return replace(Article(id_, TITLE, text, source, published=Moment.parse(day)), **more)


def take_in(archive: Archive, *articles: Article) -> None:
    with archive.transaction():
        for one in articles:
            if archive.outcome_for(one) != "unchanged":
                archive.put(one, [])
    stories.catch_up(archive)


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive(tmp_path)


def test_an_article_alone_is_its_own_story(archive: Archive) -> None:
    take_in(archive, article("a"), article("b", HARBOUR, title="Harbour to be dredged"))
    assert archive.stories_of(["a", "b", "unknown"]) == {"a": "a", "b": "b", "unknown": "unknown"}
    assert archive.story("b") == ["b"]
    assert archive.story("unknown") == ["unknown"]
    assert archive.count_stories() == (0, 0)


def test_reprints_are_one_story_of_the_earliest(archive: Archive) -> None:
    late = article("late", day="2026-03-04", source="Mercury")
    half = article("half", FERRY[: len(FERRY) * 2 // 3], day="2026-03-05", source="Packet")
    take_in(archive, late, half, article("first"))
    assert archive.story("half") == ["first", "late", "half"]
    assert archive.stories_of(["late"]) == {"late": "first"}
    assert archive.count_stories() == (1, 2)


def test_a_new_version_that_says_something_else_leaves_the_story(archive: Archive) -> None:
    take_in(archive, article("a"), article("b", source="Mercury"), article("c", source="Packet"))
    take_in(archive, article("a", HARBOUR, title="Harbour to be dredged"))
    assert archive.stories_of("abc") == {"a": "a", "b": "b", "c": "b"}
    take_in(archive, article("a"))
    assert archive.stories_of("abc") == {"a": "a", "b": "a", "c": "a"}


def test_members_stay_together_only_while_something_joins_them(archive: Archive) -> None:
    """Two excerpts that share nothing are one story by the whole, and none without it."""
    lines = [
        f"Speaker {n} rose and told the house of matter {n * 7} and of the reasons for it." for n in range(60)
    ]
    whole, head, tail = " ".join(lines), " ".join(lines[:32]), " ".join(lines[28:])
    title = "Speaker told house of matter and reasons"
    whole_article = article("w", whole, title=title)
    take_in(
        archive,
        article("h", head, "Mercury", title=title),
        article("t", f"{lines[1]} {tail}", "Packet", title=title),
        whole_article,
    )
    assert len(archive.story("w")) == 3
    take_in(archive, article("w", HARBOUR, title="Harbour to be dredged"))
    assert archive.story("w") == ["w"]
    assert archive.stories_of("ht") == {"h": "h", "t": "t"}


def test_an_error_page_is_no_story(archive: Archive) -> None:
    page = (
        "We are sorry, but the page that you have asked for cannot be shown at this time. Please try again."
    )
    titles = ("Mayor resigns", "Harbour to be dredged", "Census counts fewer people")
    take_in(archive, *(article(t, page, title=t) for t in titles))
    assert archive.count_stories() == (0, 0)


def test_issues_of_a_series_are_different_reports(archive: Archive) -> None:
    template = FERRY.replace("42", "{}").replace("Eleven", "{}")
    issues = [
        article(f"n{n}", template.format(n, n), title=f"Ferry figures for March {n}") for n in (3, 4, 5)
    ]
    take_in(archive, *issues)
    assert archive.count_stories() == (0, 0)


def test_furniture_is_no_story(archive: Archive) -> None:
    """Long common tails below different reports."""
    tail = " ".join(f"See also item {n} of our list of {n * 3} things to read this week." for n in range(80))
    one = article("a", f"{FERRY}\n\n{tail}")
    other = article("b", f"{HARBOUR}\n\n{tail}", title="Harbour to be dredged")
    take_in(archive, one, other)
    assert archive.count_stories() == (0, 0)


def test_next_years_report_is_another_one(archive: Archive) -> None:
    again = (
        f"{FERRY} A year later the inquiry has not begun, and nobody has been charged with anything at all."
    )
    take_in(archive, article("a"), article("b", again, day="2027-03-03"))
    assert archive.count_stories() == (0, 0)


def test_an_archive_from_before_is_caught_up_with(archive: Archive) -> None:
    take_in(archive, article("a"), article("b", source="Mercury"))
    archive.remember("stories", "0 7")  # what another format left
    assert stories.pending(archive) == 2
    seen: list[int] = []
    stories.catch_up(archive, seen.append)
    assert (sum(seen), archive.story("b")) == (2, ["a", "b"])
    assert stories.pending(archive) == 0


def test_an_interrupted_batch_leaves_nothing(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    with archive.transaction():
        archive.put(article("a"), [])
        archive.put(article("b", source="Mercury"), [])
    with monkeypatch.context() as patch:
        patch.setattr(stories, "is_reprint", lambda *_: 1 // 0)
        with pytest.raises(ZeroDivisionError):
            stories.catch_up(archive)
    assert archive.member("a") is None
    stories.catch_up(archive)
    assert archive.story("b") == ["a", "b"]


WORDS = [f"{a}{b}" for a in "stone river market winter".split() for b in "ward gate fall light house".split()]


def _text(seed: int, cut: int) -> str:
    words = [WORDS[(seed * 31 + n * n * (seed + 3) + n * 7) % len(WORDS)] + str(n % 13) for n in range(90)]
    return " ".join(words[: 90 - cut]) + "."


ARTICLES = st.builds(
    lambda id_, seed, cut, day: article(
        f"id{id_}", _text(seed, cut), f"Outlet {id_ % 3}", f"2026-03-{day:02}", title=_text(seed, 80)
    ),
    st.integers(0, 7), st.integers(0, 2), st.integers(0, 30), st.integers(1, 9),
)  # fmt: skip


@settings(max_examples=25)
@given(st.lists(st.lists(ARTICLES, max_size=4), max_size=5))
def test_stories_are_the_same_however_articles_came(runs: Sequence[Sequence[Article]]) -> None:
    """Many ingests, one ingest, and one of the last versions alone make the same stories."""
    everything = [one for run in runs for one in run]
    last = {one.id: one for one in everything}
    with TemporaryDirectory() as folder:
        found = []
        for number, batches in enumerate((runs, [everything], [list(last.values())])):
            archive = Archive(Path(folder) / str(number))
            for batch in batches:
                take_in(archive, *batch)
            story_of = archive.stories_of(last)
            for id_, story in story_of.items():
                members = archive.story(id_)
                assert members[0] == story
                assert sorted(members) == sorted(i for i, s in story_of.items() if s == story)
            count, reprints = archive.count_stories()
            assert reprints == len(last) - len(set(story_of.values()))
            assert count <= reprints
            found.append({frozenset(archive.story(id_)) for id_ in last})
            archive.close()
    assert found[0] == found[1] == found[2]


def test_the_originator_is_the_agency_that_others_credit() -> None:
    paper = article("p", f"PORT ELLERY (Reuters) - {FERRY}", "Courier", "2026-03-03")
    agency = article("r", FERRY, "Reuters", "2026-03-04")
    assert originator([paper, agency]) is agency
    assert originator([article("q", day="2026-03-03"), replace(agency, published=None)]).id == "q"


def test_of_one_day_the_one_that_credits_an_agency_comes_first() -> None:
    plain, credited = article("a"), article("b", f"{FERRY} (AFP)", "Mercury")
    assert originator([plain, credited]) is credited
    timed = [article(i, day=f"2026-03-03T0{n}:00:00+00:00") for i, n in (("late", 9), ("early", 6))]
    assert originator(timed).id == "early"


@pytest.mark.parametrize(
    ("outlet", "agency"),
    [("Reuters", "Reuters"), ("The Associated Press", "AP"), ("Tarran Wire Service", "Tarran Wire Service"),
     ("The Courier", ""), ("", ""), ("Wired", "")],
)  # fmt: skip
def test_outlets_that_are_agencies(outlet: str, agency: str) -> None:
    assert agency_of(outlet) == agency


@pytest.mark.parametrize(
    ("text", "agency"),
    [("LONDON (Reuters) - A ferry sank.", "Reuters"), ("PARIS (AP) — A ferry sank.", "AP"),
     ("A ferry sank. © 2026 AFP", "AFP"), ("A ferry sank.\n\nThe Associated Press contributed.", "AP"),
     ("A ferry sank, she told the Associated Press. Nobody else said so that day.", ""),
     ("The cp said so.", ""), ("A ferry sank.", "")],
)  # fmt: skip
def test_agencies_that_a_text_credits(text: str, agency: str) -> None:
    assert agency_named(article("a", text)) == agency
    assert agency_named(replace(article("a"), authors=("Ann Lee", "AFP"))) == "AFP"
