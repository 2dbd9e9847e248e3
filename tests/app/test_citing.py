"""What a citation is worth later: after a reload, after the article changed, and when it was never true."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from app.answer import Citation
from app.citing import standing, version_of
from app.locate import normal
from app.quotable import quotables
from app.write import quoted
from ingest.archive import Archive
from ingest.article import Article, Draft, Moment, Rejection
from ingest.chunk import passages_of
from ingest.clean import clean
from ingest.errors import UsageError

STORY = Article(
    "ferry-1",
    "Ferry capsizes",
    "The ferry sank on Tuesday. “We were told nothing,” the crew’s chief said. Nine people died.",
    "The Courier",
    published=Moment.parse("2026-03-03"),
)
QUOTE = "“We were told nothing,” the crew’s chief said."


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    opened = Archive(tmp_path)
    yield opened
    opened.close()


def put(archive: Archive, article: Article) -> Article:
    """The article as the archive keeps it, stored if it is new."""
    if archive.outcome_for(article) != "unchanged":
        with archive.transaction():
            archive.put(article, passages_of(article))
    kept = archive.article(article.id)
    assert kept is not None
    return kept


def cite(article: Article, quote: str) -> Citation:
    start = article.text.index(quote)
    return Citation.of(article, start, start + len(quote))


def reloaded(citation: Citation) -> Citation:
    """As it comes back from a file or another program."""
    return Citation.from_json(json.loads(json.dumps(citation.to_json())))


def test_what_has_not_changed_stands_as_cited(archive: Archive) -> None:
    citation = reloaded(cite(put(archive, STORY), QUOTE))
    found = standing(archive, citation)
    assert (found.outcome, found.place) == ("as_cited", (citation.start, citation.end))
    assert found.cited == found.current == STORY


def test_after_a_change_the_cited_text_is_still_there(archive: Archive) -> None:
    citation = reloaded(cite(put(archive, STORY), QUOTE))
    changed = put(archive, replace(STORY, text=f"Corrected. {STORY.text.replace('Nine', 'Ten')}"))
    found = standing(archive, citation)
    assert found.outcome == "changed_since"
    assert found.cited is not None
    assert found.cited.text == STORY.text
    assert found.current == changed
    assert found.place is not None
    assert changed.text[slice(*found.place)] == QUOTE
    assert found.text == (
        "The article has changed since: version 1 of 2026-03-03 is cited, version 2 is current; "
        "the quoted words still stand there."
    )
    assert found.to_json() == {
        "outcome": "changed_since",
        "text": found.text,
        "cited_version": 1,
        "current_version": 2,
        "place": list(found.place),
    }


def test_words_that_only_changed_their_typography_still_stand(archive: Archive) -> None:
    citation = cite(put(archive, STORY), QUOTE)
    changed = put(
        archive, replace(STORY, text=STORY.text.replace("“", '"').replace("”", '"').replace("’", "'"))
    )
    place = standing(archive, citation).place
    assert place is not None
    assert normal(changed.text[slice(*place)]) == normal(QUOTE)


def test_words_that_went_are_said_to_be_gone(archive: Archive) -> None:
    citation = cite(put(archive, replace(STORY, published=None)), "Nine people died.")
    put(archive, replace(STORY, text="The ferry sank on Tuesday. Nine people were hurt."))
    found = standing(archive, citation)
    assert (found.outcome, found.place) == ("changed_since", None)
    assert found.text.endswith(
        "version 1 is cited, version 2 is current; the quoted words no longer stand there."
    )


def test_an_article_that_is_as_it_was_again_stands_as_cited(archive: Archive) -> None:
    citation = cite(put(archive, STORY), QUOTE)
    put(archive, replace(STORY, text="Withdrawn for a while."))
    put(archive, STORY)
    found = standing(archive, citation)
    assert found.outcome == "as_cited"
    assert found.current is not None
    assert found.current.version == 3


@pytest.mark.parametrize(
    ("change", "outcome"),
    [
        ({"article_id": "other"}, "gone"),
        ({"content_hash": "0" * 32}, "wrong"),
        ({"quote": "We were told everything."}, "wrong"),
        ({"quote": QUOTE.replace("nothing", "NOTHING")}, "wrong"),
        ({"quote": QUOTE.replace("’", "'")}, "wrong"),
        ({"start": 26, "end": 26 + len(QUOTE)}, "wrong"),
        ({"end": 10_000}, "wrong"),
        ({"start": 27 - len(STORY.text), "end": 27 - len(STORY.text) + len(QUOTE)}, "wrong"),
        ({"start": 5, "end": 5, "quote": ""}, "wrong"),
    ],
)
@pytest.mark.parametrize("is_changed", [False, True])
def test_what_was_never_true_is_not_taken_for_true(
    archive: Archive, change: dict[str, object], outcome: str, is_changed: bool
) -> None:
    citation = replace(cite(put(archive, STORY), QUOTE), **change)  # type: ignore[arg-type]
    if is_changed:
        put(archive, replace(STORY, text=f"{STORY.text} A tenth died later."))
    found = standing(archive, citation)
    assert (found.outcome, found.place) == (outcome, None)
    assert found.text.endswith(".")
    assert "\n" not in found.text


def test_older_versions_are_there_and_others_are_not(archive: Archive) -> None:
    put(archive, STORY)
    with pytest.raises(UsageError, match=r"has no version 2: it has only version 1\."):
        version_of(archive, STORY, 2)
    current = put(archive, replace(STORY, text="Another text."))
    assert version_of(archive, current, 1).text == STORY.text
    for number in (0, 3, -1, 10**30):
        with pytest.raises(UsageError, match=rf"has no version {number}: it has versions 1 to 2\."):
            version_of(archive, current, number)


# What breaks offsets elsewhere: marks, halves of pairs, directions, line ends, zero widths, everyday marks.
TROUBLE = "“”‘’\"'—–…\u0301\u0323\ud83d\ude00👩\u200d🚀\u202e\u2066\x00\x1b\r\n\u2028\u00a0\u200b\ufeff.!? "
TEXTS = st.text(st.one_of(st.characters(), st.sampled_from(TROUBLE), st.sampled_from("abcdeABC. ")))
IDS = map(str, count())


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    opened = Archive(tmp_path_factory.mktemp("archive"))
    yield opened
    opened.close()


def cleaned(id_: str, title: str, text: str) -> Article:
    """The text as an article, with a sentence in front so that none is turned away."""
    done = clean(Draft({"id": id_, "title": title, "text": f"The bridge was opened again.\n\n{text}"}, "p"))
    assume(not isinstance(done, Rejection))  # a text full of NULs is turned away
    assert not isinstance(done, Rejection)
    return done[0]


@given(text=TEXTS, title=TEXTS, later=TEXTS)
def test_no_citation_of_any_text_is_ever_wrong(shared: Archive, text: str, title: str, later: str) -> None:
    id_ = next(IDS)
    kept = put(shared, cleaned(id_, title, text))
    spans = [(part.start, part.end) for part in quotables(kept.text)]
    spans += [(passage.start, passage.end) for _, passage in shared.passages_of(kept)]
    citations = [reloaded(c) for span in spans for c in quoted(kept, *span).citations]
    assert citations
    for citation in citations:
        citation.check(kept)
        assert kept.text[citation.start : citation.end] == citation.quote
        assert standing(shared, citation).outcome == "as_cited"
    current = put(shared, cleaned(id_, title, later))
    for citation in citations:
        found = standing(shared, citation)
        assert found.outcome == ("as_cited" if current == kept else "changed_since")
        assert found.cited is not None
        citation.check(found.cited)
        assert found.place is None or normal(current.text[slice(*found.place)]) == normal(citation.quote)
        assert found.place is not None or citation.quote not in current.text
