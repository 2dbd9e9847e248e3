"""What the archive knows of an article beside its text, and that nothing of it is from a later day."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.engine import Newsdesk
from app.related import NOTHING, related_to
from ingest.archive import Archive
from ingest.article import Article, Moment, Withdrawal
from ingest.cli import SAMPLE
from ingest.fakes import HashEmbedder
from ingest.indexes import Indexes
from ingest.pipeline import ingest


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    """The sample archive, with an embedder that costs nothing."""
    opened = Archive(tmp_path_factory.mktemp("home"))
    indexes = Indexes(opened)
    ingest(opened, indexes, [SAMPLE], HashEmbedder, HashEmbedder().name)
    indexes.close()
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def articles(archive: Archive) -> dict[str, Article]:
    return {article.id: article for article in archive.articles()}


def test_reprints_are_the_other_articles_of_a_story(archive: Archive, articles: dict[str, Article]) -> None:
    known = {id_: related_to(archive, id_) for id_ in articles}
    assert any(related.reprints for related in known.values())
    for id_, related in known.items():
        assert {id_, *(reprint.article_id for reprint in related.reprints)} == set(archive.story(id_))


def test_a_corrected_article_has_the_words_of_its_notice(
    archive: Archive, articles: dict[str, Article]
) -> None:
    known = {id_: related_to(archive, id_) for id_ in articles}
    assert {id_ for id_, related in known.items() if related.corrections} == set(archive.corrected())
    for related in known.values():
        for notice in related.corrections:
            assert articles[notice.article_id].text[notice.start : notice.end] == notice.text


def test_as_of_a_day_nothing_later_is_told(archive: Archive, articles: dict[str, Article]) -> None:
    days = sorted({str(article.published)[:10] for article in articles.values() if article.published})
    hidden = 0
    for id_ in articles:
        now = related_to(archive, id_)
        for day in days if now != NOTHING else ():
            moment = Moment.parse(day)
            then = related_to(archive, id_, moment)
            told = [r.article_id for r in then.reprints] + [c.article_id for c in then.corrections]
            dates = [articles[other].published for other in told]
            assert all(when is None or when.last <= moment.last for when in dates), (id_, day)
            hidden += now != then
    assert hidden > len(days)


def test_the_day_before_a_reprint_does_not_show_it(archive: Archive, articles: dict[str, Article]) -> None:
    with Newsdesk.open(archive.home, embedder=HashEmbedder()) as desk:
        id_, later = next(
            (id_, articles[other])
            for id_ in articles
            for other in archive.story(id_)[1:]
            if str(articles[other].published)[:10] > str(articles[id_].published)[:10]
        )
        day, eve = str(later.published)[:10], str(Moment(later.published.epoch - 86_400))
        assert later.id in {reprint.article_id for reprint in desk.related(id_, as_of=day).reprints}
        assert later.id in {reprint.article_id for reprint in desk.related(id_).reprints}
        assert later.id not in {reprint.article_id for reprint in desk.related(id_, as_of=eve).reprints}


def test_the_day_before_a_withdrawal_does_not_show_it(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    kill = Withdrawal("kill.xml", "", "canceled", "it was canceled", "a", when=Moment.parse("2026-03-05"))
    with archive.transaction():
        archive.put(Article("a", "Ferry sinks", "The ferry sank.", published=Moment.parse("2026-03-03")), [])
        assert archive.withdraw(kill)
    (notice,) = related_to(archive, "a", Moment.parse("2026-03-05")).corrections
    assert (notice.kind, notice.text, notice.is_message) == ("retraction", "it was canceled", True)
    assert related_to(archive, "a", Moment.parse("2026-03-04")).corrections == ()
    archive.close()


def test_of_an_article_that_is_not_there_nothing_is_known(archive: Archive) -> None:
    assert related_to(archive, "nobody") == NOTHING
